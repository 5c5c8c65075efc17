//! One id per request: taken from `x-request-id` when it is a sane one, else the id of its trace; told to the caller, logs and errors.
//! The trace is the caller's, by `traceparent` (W3C Trace Context), else one of its own; jobs and calls of models go on with it.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderName, HeaderValue};
use services::trace::{self, TraceContext};

/// The header in requests and responses.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

tokio::task_local! {
    static CURRENT: String;
}

/// The id of the request that this task answers.
#[must_use]
pub fn current() -> Option<String> {
    CURRENT.try_with(Clone::clone).ok()
}

/// Gives the request its id for everything inside.
pub async fn assign(request: Request, next: Next) -> Response {
    let given = request.headers().get(HEADER).and_then(|value| value.to_str().ok()).filter(|id| is_sane(id));
    let parent = request.headers().get(trace::HEADER).and_then(|value| value.to_str().ok());
    let context = parent.and_then(TraceContext::parse).map_or_else(TraceContext::new, TraceContext::next);
    let id = given.map_or_else(|| context.trace_id(), str::to_owned);
    let mut response = trace::within(context, CURRENT.scope(id.clone(), next.run(request))).await;
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HEADER, value);
    }
    response
}

fn is_sane(id: &str) -> bool {
    (8..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}
