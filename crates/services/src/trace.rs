//! The trace that a request belongs to, and what jobs keep of it.

pub use llm::trace::{HEADER, TraceContext, current, within};

/// What a job that is enqueued now keeps: the trace of the request, else the request's own id.
#[must_use]
pub(crate) fn kept(request_id: Option<&String>) -> Option<String> {
    current().map(|context| context.trace_id()).or_else(|| request_id.cloned())
}
