//! The trace that a request belongs to, and what jobs keep of it.

pub use llm::trace::{FinishedStep, HEADER, Kind, Step, TraceContext, Value, current, send_steps_to, within};

/// What a job that is enqueued now keeps: the trace of the request with the step that asks, else the request's own id.
#[must_use]
pub(crate) fn kept(request_id: Option<&String>) -> Option<queue::Trace> {
    let of_request = || request_id.map(|id| queue::Trace { id: id.clone(), step: None });
    current().map(|context| queue::Trace { id: context.trace_id(), step: Some(context.step_id()) }).or_else(of_request)
}
