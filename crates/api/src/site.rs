//! Whose page a request comes from, and by which name it reached us.
//!
//! A browser sends requests for whatever page it shows, and where there is no sign-in each of them has every right. So two things are
//! looked at before anything is read: the name that the request was sent to, because a page's own name can be made to lead here (DNS
//! rebinding), and the page that sent it. A request that carries its proof in `Authorization` cannot be made by a foreign page; one that
//! rests on a cookie can.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::uri::Authority;
use http::{HeaderMap, HeaderName, Method, StatusCode, header};

use super::problem::Problem;
use super::session_cookie;
use super::state::AppState;
use config::Config;

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const FETCH_MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");
const FETCH_DEST: HeaderName = HeaderName::from_static("sec-fetch-dest");

/// The layer that refuses foreign names and foreign pages, and lets a session's cookie count for own pages alone.
pub async fn refuse_foreign(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    match judge(&state.config, &request) {
        Ok(()) => {
            let method = request.method().clone();
            session_cookie::withhold_from_foreign(&state.config, &method, request.headers_mut());
            next.run(request).await
        }
        Err(problem) => problem.into_response(),
    }
}

fn judge(config: &Config, request: &Request) -> Result<(), Problem> {
    // What monitors ask, by whatever address they know; it tells nothing.
    if matches!(request.uri().path(), "/health" | "/ready") {
        return Ok(());
    }
    let host = host_of(request);
    let names_are_limited = !config.require_auth || !config.allowed_hosts.is_empty();
    if names_are_limited && !host.as_ref().is_some_and(|host| is_own_name(config, host)) {
        let shown: String = host.map(|host| host.to_string().chars().take(100).collect()).unwrap_or_default();
        tracing::warn!(host = shown, "refused: the server is not known by that name");
        let detail = "the server is not known by the name that this request was sent to; add the name to LODE_ALLOWED_HOSTS, or \
                      set LODE_PUBLIC_URL to the address that people use";
        return Err(Problem::new(StatusCode::FORBIDDEN, detail));
    }
    if !config.require_auth && is_foreign_page(config, request.headers(), host.as_ref(), is_navigation(request)) {
        let detail = "a page of another origin asked for this; add its origin to CORS_ORIGINS if it is yours";
        return Err(Problem::new(StatusCode::FORBIDDEN, detail));
    }
    Ok(())
}

/// The name and port that the request was sent to.
fn host_of(request: &Request) -> Option<Authority> {
    if let Some(authority) = request.uri().authority() {
        return Some(authority.clone());
    }
    host_named(request.headers())
}

/// The name and port in `Host`, where there is one such header.
pub fn host_named(headers: &HeaderMap) -> Option<Authority> {
    let mut given = headers.get_all(header::HOST).iter();
    let host = given.next()?;
    if given.next().is_some() {
        return None;
    }
    Authority::try_from(host.as_bytes()).ok().filter(|host| !host.as_str().contains('@'))
}

/// Whether the name is one of ours. An address in digits is nobody's name: no page's name can be made to lead to it.
fn is_own_name(config: &Config, host: &Authority) -> bool {
    let name = host.host().trim_end_matches('.').to_ascii_lowercase();
    let digits = name.trim_start_matches('[').trim_end_matches(']');
    digits.parse::<std::net::IpAddr>().is_ok()
        || name == "localhost"
        || name.ends_with(".localhost")
        || config.allowed_hosts.contains(&name)
        || config.public_url.as_deref().and_then(origin_host).is_some_and(|own| own == name)
        || config.scraper.public_url.as_deref().and_then(origin_host).is_some_and(|own| own == name)
}

fn origin_host(url: &str) -> Option<String> {
    url::Url::parse(url).ok()?.host_str().map(str::to_ascii_lowercase)
}

/// Whether a page of this server's own origin sent the request, so that a cookie proves something: browsers send cookies for other pages too.
/// What changes something must say so itself; what reads must not say otherwise, because a browser says nothing of its own address bar.
#[must_use]
pub fn is_own_page(config: &Config, method: &Method, headers: &HeaderMap) -> bool {
    let is_read = matches!(*method, Method::GET | Method::HEAD);
    // The browser's own judgement, which no page can set, where its connection is safe enough that it gives one.
    match headers.get(FETCH_SITE).map(http::HeaderValue::as_bytes) {
        Some(b"same-origin") => return true,
        Some(b"none") => return is_read,
        Some(_) => return false,
        None => {}
    }
    let Some(origin) = headers.get(header::ORIGIN) else { return is_read };
    let Ok(origin) = origin.to_str() else { return false };
    let is_public = config.public_url.as_deref().and_then(|url| url::Url::parse(url).ok());
    is_public.is_some_and(|url| url.origin().ascii_serialization() == origin)
        || host_named(headers)
            .zip(origin.split_once("://"))
            .is_some_and(|(host, (_, own))| own.eq_ignore_ascii_case(host.as_str()))
}

/// A link that a person follows: the answer is shown to them, and no page can read it.
fn is_navigation(request: &Request) -> bool {
    let is = |name: &HeaderName, value: &str| request.headers().get(name).is_some_and(|found| found == value);
    request.method() == Method::GET && is(&FETCH_MODE, "navigate") && is(&FETCH_DEST, "document")
}

/// Whether another origin's page sent the request, by what the browser says about it. Programs say nothing.
fn is_foreign_page(config: &Config, headers: &HeaderMap, host: Option<&Authority>, is_navigation: bool) -> bool {
    let is_known = |origin: &str| {
        let is_listed = config.cors_origins.iter().any(|listed| listed == origin);
        let is_public = config
            .public_url
            .as_deref()
            .is_some_and(|url| url::Url::parse(url).is_ok_and(|url| url.origin().ascii_serialization() == origin));
        let is_same =
            origin.split_once("://").zip(host).is_some_and(|((_, own), host)| own.eq_ignore_ascii_case(host.as_str()));
        is_listed || is_public || is_same
    };
    if let Some(origin) = headers.get(header::ORIGIN) {
        return !origin.to_str().is_ok_and(is_known);
    }
    match headers.get(FETCH_SITE).map(http::HeaderValue::as_bytes) {
        None | Some(b"same-origin" | b"none") => false,
        Some(_) => !is_navigation,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(values: &[(&str, &str)]) -> Config {
        Config::from_values(|name| {
            let given = values.iter().find(|(given, _)| *given == name).map(|(_, value)| (*value).to_owned());
            given.or_else(|| (name == "HOME").then(|| "/home/somebody".to_owned()))
        })
        .unwrap()
    }

    fn allowed(config: &Config, method: &str, host: &str, headers: &[(&str, &str)]) -> bool {
        let mut request = Request::builder().method(method).uri("/api/lists").header("host", host);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        judge(config, &request.body(axum::body::Body::empty()).unwrap()).is_ok()
    }

    #[test]
    fn without_sign_in_only_own_names_are_answered() {
        let named = config(&[("LODE_PUBLIC_URL", "https://Lode.example"), ("LODE_ALLOWED_HOSTS", "inner.example")]);
        for (host, is_allowed) in [
            ("localhost:8080", true),
            ("app.localhost", true),
            ("127.0.0.1:8080", true),
            ("[::1]:8080", true),
            ("lode.example", true),
            ("LODE.example.:443", true),
            ("inner.example:80", true),
            ("rebind.evil.example", false),
            ("localhost.evil.example", false),
            ("127.0.0.1.evil.example", false),
            ("evil.example@localhost", false),
            ("", false),
        ] {
            assert_eq!(allowed(&named, "GET", host, &[]), is_allowed, "{host}");
        }
        let signed_in = config(&[("REQUIRE_AUTH", "true"), ("SUPABASE_JWT_SECRET", "a secret of some length")]);
        assert!(allowed(&signed_in, "GET", "anything.example", &[]), "a token cannot be had by rebinding");
    }

    #[test]
    fn without_sign_in_pages_of_other_origins_get_nothing() {
        let config = config(&[("CORS_ORIGINS", "https://app.example")]);
        for (method, headers, is_allowed) in [
            ("POST", &[][..], true),
            ("POST", &[("origin", "http://localhost:8080"), ("sec-fetch-site", "same-origin")], true),
            ("POST", &[("origin", "https://app.example"), ("sec-fetch-site", "cross-site")], true),
            ("POST", &[("origin", "https://evil.example")], false),
            ("POST", &[("origin", "http://localhost:9090"), ("sec-fetch-site", "same-site")], false),
            ("POST", &[("origin", "null")], false),
            ("POST", &[("sec-fetch-site", "cross-site")], false),
            ("GET", &[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors")], false),
            ("GET", &[("sec-fetch-site", "none"), ("sec-fetch-mode", "navigate")], true),
            (
                "GET",
                &[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")],
                true,
            ),
            (
                "GET",
                &[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "iframe")],
                false,
            ),
            (
                "POST",
                &[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")],
                false,
            ),
        ] {
            assert_eq!(allowed(&config, method, "localhost:8080", headers), is_allowed, "{method} {headers:?}");
        }
    }

    #[test]
    fn a_cookie_counts_for_own_pages_alone() {
        let config = config(&[("LODE_PUBLIC_URL", "https://lode.example"), ("CORS_ORIGINS", "https://app.example")]);
        for (method, given, is_own) in [
            (Method::GET, &[][..], true),
            (Method::POST, &[], false),
            (Method::DELETE, &[("sec-fetch-site", "none")], false),
            (Method::GET, &[("sec-fetch-site", "none")], true),
            (Method::POST, &[("sec-fetch-site", "same-origin"), ("origin", "https://proxied.example")], true),
            (Method::POST, &[("origin", "http://inner:8080")], true),
            (Method::POST, &[("origin", "https://lode.example")], true),
            (Method::POST, &[("origin", "http://inner:8081")], false),
            (Method::POST, &[("origin", "https://app.example")], false),
            (Method::GET, &[("origin", "https://evil.example")], false),
            (Method::POST, &[("origin", "null")], false),
            (Method::GET, &[("sec-fetch-site", "same-site")], false),
            (Method::GET, &[("sec-fetch-site", "cross-site")], false),
            (Method::POST, &[("sec-fetch-site", "same-site"), ("origin", "http://inner:8080")], false),
        ] {
            let mut headers = HeaderMap::from_iter([(header::HOST, "inner:8080".parse().unwrap())]);
            headers.extend(
                given
                    .iter()
                    .map(|(name, value)| (HeaderName::from_static(name), http::HeaderValue::from_static(value))),
            );
            assert_eq!(is_own_page(&config, &method, &headers), is_own, "{method} {given:?}");
        }
    }
}
