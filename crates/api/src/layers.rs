//! What every request passes through: its line in the log, metrics, safety headers, plain errors turned into problems.

use std::time::{Duration, Instant};

use axum::body::{Body, to_bytes};
use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use services::trace::{Kind, Step, TraceContext};
use sha2::{Digest, Sha256};
use tracing::Instrument;

use super::problem::Problem;
use super::request_id;

/// A request that takes longer than this is given up.
pub const TIMEOUT: Duration = Duration::from_secs(30);
/// Largest body of an ordinary request.
pub const BODY_LIMIT: usize = 2 << 20;
/// What the page that shows the API's description may load: itself.
const DOCS_POLICY: &str =
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";
/// What an answer that is no page may load, should a browser show it as one.
const NOTHING_POLICY: &str = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
/// Characters of a path that stand in the log.
const LOGGED_CHARACTERS: usize = 300;
/// Bytes of an address, its query included.
const LONGEST_ADDRESS: usize = 16 << 10;
/// Answers beyond this size carry no ETag.
const ETAG_LIMIT: usize = 4 << 20;

/// An upload may take longer: it takes as long as the sender's line is slow.
const UPLOAD_TIMEOUT: Duration = Duration::from_secs(4 * 3600);

/// Gives up requests that take too long.
pub async fn limit_time(request: Request, next: Next) -> Response {
    let is_upload = request.method() == Method::POST && request.uri().path() == "/api/imports";
    let limit = if is_upload { UPLOAD_TIMEOUT } else { TIMEOUT };
    tokio::time::timeout(limit, next.run(request)).await.unwrap_or_else(|_| StatusCode::GATEWAY_TIMEOUT.into_response())
}

/// The method by its name where it is one of ours: anybody can invent others, and each label is kept for as long as the process lives.
fn label(method: &Method) -> &'static str {
    const KNOWN: [Method; 7] =
        [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS];
    const NAMES: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    let place = KNOWN.iter().position(|known| known == method);
    place.and_then(|place| NAMES.get(place)).copied().unwrap_or("other")
}

/// Refuses addresses that are too long, and a NUL character anywhere in one: no text of the database can hold it.
pub async fn check_address(request: Request, next: Next) -> Response {
    let uri = request.uri();
    if uri.path_and_query().is_some_and(|address| address.as_str().len() > LONGEST_ADDRESS) {
        let detail = format!("the address is longer than {} kB; send what is long in a body", LONGEST_ADDRESS >> 10);
        return Problem::new(StatusCode::URI_TOO_LONG, detail).into_response();
    }
    let nul = uri.query().unwrap_or_default().split('&').find(|pair| pair.contains("%00"));
    if let Some(pair) = nul {
        let name: String = pair.split('=').next().unwrap_or_default().chars().take(60).collect();
        return Problem::input(name, "a NUL character (%00) is no part of a text").into_response();
    }
    if uri.path().contains("%00") {
        return Problem::input("path", "a NUL character (%00) is no part of an address").into_response();
    }
    next.run(request).await
}

/// Logs the request when it is answered, and counts it.
pub async fn observe(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = label(request.method());
    // A path is as long as its sender likes.
    let path: String = request.uri().path().chars().take(LOGGED_CHARACTERS).collect();
    // The pattern, not the path: a label per company would never end.
    let route = request.extensions().get::<MatchedPath>().map_or("(none)", MatchedPath::as_str).to_owned();
    let id = request_id::current().unwrap_or_default();
    // Of the highest level, so that a line about a fault has the id however little is logged.
    let context = services::trace::current();
    let trace_id = context.map(|context| context.trace_id()).unwrap_or_default();
    let span = tracing::error_span!("request", request_id = %id, trace_id);
    // Kept traces know the pattern of the route alone: a path names companies and lists. Probes would be most of them.
    let is_probe = matches!(path.as_str(), "/health" | "/ready" | "/metrics");
    let mut step = context.filter(|_| !is_probe).map(|context| begin_step(context, method, &route, &id));
    let response = next.run(request).instrument(span).await;
    if let Some(step) = &mut step {
        end_step(step, response.status());
    }
    drop(step);
    let (status, seconds) = (response.status(), begun.elapsed().as_secs_f64());
    let labels = [("method", method.to_owned()), ("route", route), ("status", status.as_u16().to_string())];
    metrics::counter!("lode_http_requests_total", &labels).increment(1);
    metrics::histogram!("lode_http_request_seconds", &labels[..2]).record(seconds);
    let duration_ms = (seconds * 1e6).round() / 1e3;
    let status = status.as_u16();
    if status >= 500 {
        tracing::warn!(request_id = %id, trace_id, %method, path, status, duration_ms, "answered");
    } else if path == "/health" || path == "/metrics" {
        tracing::debug!(request_id = %id, trace_id, %method, path, status, duration_ms, "answered");
    } else {
        tracing::info!(request_id = %id, trace_id, %method, path, status, duration_ms, "answered");
    }
    response
}

fn begin_step(context: TraceContext, method: &'static str, route: &str, request_id: &str) -> Step {
    let mut step = Step::begin(context, Kind::Server, || format!("{method} {route}"));
    step.note("http.request.method", || method);
    step.note("http.route", || route.to_owned());
    step.note("lode.request.id", || request_id.to_owned());
    step
}

fn end_step(step: &mut Step, status: StatusCode) {
    step.note("http.response.status_code", || i64::from(status.as_u16()));
    if status.is_server_error() {
        step.fail();
    }
}

/// Turns errors that the framework answers in plain text into problems.
pub async fn explain_errors(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let status = response.status();
    let is_plain = response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_none_or(|media_type| media_type.starts_with("text/plain"));
    if !(status.is_client_error() || status.is_server_error()) || !is_plain {
        return response;
    }
    let allow = response.headers().get(header::ALLOW).cloned();
    let text = to_bytes(response.into_body(), 4096).await.unwrap_or_default();
    let text = String::from_utf8_lossy(&text).trim().to_owned();
    let detail = match status {
        StatusCode::REQUEST_TIMEOUT | StatusCode::GATEWAY_TIMEOUT => {
            format!("not answered within {} s", TIMEOUT.as_secs())
        }
        StatusCode::PAYLOAD_TOO_LARGE => format!("the body is larger than {} MB", BODY_LIMIT >> 20),
        StatusCode::METHOD_NOT_ALLOWED => "this address does not know that method; see /api/docs".to_owned(),
        _ if text.is_empty() => status.canonical_reason().unwrap_or("error").to_owned(),
        _ => text,
    };
    let mut problem = Problem::new(status, detail).into_response();
    if let Some(allow) = allow {
        problem.headers_mut().insert(header::ALLOW, allow);
    }
    problem
}

/// A panic in a handler becomes a 500 with the request's id.
#[allow(clippy::needless_pass_by_value, reason = "the signature that the layer asks for")]
pub fn explain_panic(panic: Box<dyn std::any::Any + Send + 'static>) -> Response {
    let text = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no message");
    Problem::internal(format!("panic: {text}")).into_response()
}

/// Headers that make browsers careful.
pub async fn secure(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let is_docs = path.starts_with("/api/docs");
    let is_api = path.starts_with("/api")
        || path.starts_with("/scraper/api")
        || path.starts_with("/auth/")
        || path == "/metrics";
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut set = |name: header::HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "same-origin");
    set(header::X_FRAME_OPTIONS, "DENY");
    set(header::HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()");
    set(header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    // Browsers heed it over https only.
    set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    // The web app's page brings its own; whatever else is shown as a page loads nothing and runs nothing.
    set(header::CONTENT_SECURITY_POLICY, if is_docs { DOCS_POLICY } else { NOTHING_POLICY });
    if is_api {
        set(header::CACHE_CONTROL, "no-cache");
    }
    response
}

/// Gives answers that are polled an ETag, and answers 304 when the caller has that one.
pub async fn etag(request: Request, next: Next) -> Response {
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let response = next.run(request).await;
    let is_json = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|value| value.as_bytes().starts_with(b"application/json"));
    if !is_read || response.status() != StatusCode::OK || !is_json {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    // JSON answers are made in memory, so they are whole already and small enough to hash.
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return Problem::internal("an answer could not be read back").into_response();
    };
    if bytes.len() > ETAG_LIMIT {
        return Response::from_parts(parts, Body::from(bytes));
    }
    let tag = format!("W/\"{}\"", hex::encode(&Sha256::digest(&bytes)[..12]));
    if known.is_some_and(|known| matches(&known, &tag)) {
        let mut headers = HeaderMap::new();
        headers.extend(HeaderValue::from_str(&tag).map(|value| (header::ETAG, value)));
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    if let Ok(value) = HeaderValue::from_str(&tag) {
        parts.headers.insert(header::ETAG, value);
    }
    Response::from_parts(parts, Body::from(bytes))
}

fn matches(known: &HeaderValue, tag: &str) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    known.to_str().is_ok_and(|known| known.split(',').any(|one| one.trim() == "*" || opaque(one) == opaque(tag)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invented_methods_share_one_label() {
        assert_eq!(label(&Method::PATCH), "PATCH");
        for invented in ["M1", "M2", "TRACE", "get", "PROPFIND"] {
            assert_eq!(label(&Method::from_bytes(invented.as_bytes()).unwrap()), "other");
        }
    }
}
