//! One run of a job: within its time, stoppable, and whatever it does turned into an ending.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::Utc;
use futures::FutureExt;
use store::jobs::claim::Claimed;
use store::jobs::settle::Ending;
use store::jobs::{AttemptError, Run};
use tokio::sync::{OwnedSemaphorePermit, mpsc};
use tokio_util::sync::CancellationToken;
use tracing::Instrument;

use super::Shared;
use super::running::StopReason;
use crate::back_off::back_off;
use crate::context::Context;
use crate::error::JobError;

/// A handler that was told to stop gets this long before it is dropped.
const GRACE: Duration = Duration::from_secs(30);

/// What is to be written about a run.
pub(super) struct Outcome {
    pub run: Run,
    /// `None` when nothing is to be written: the handler did, or the run is somebody else's.
    pub ending: Option<Ending>,
}

enum Raw {
    Done(Result<(), JobError>),
    Panicked(String),
    TimedOut,
}

/// Starts the run on a task of its own.
pub(super) fn start(
    shared: &Arc<Shared>,
    claimed: Claimed,
    place: OwnedSemaphorePermit,
    outcomes: mpsc::UnboundedSender<Outcome>,
) {
    let cancel = CancellationToken::new();
    let context = Context::new(&claimed, cancel.clone());
    let run = claimed.run;
    shared.running.add(context.clone(), cancel.clone());
    // Of the highest level, so that a line about a fault has the ids however little is logged.
    let span = tracing::error_span!(
        "job",
        job_id = run.id,
        kind = %claimed.kind,
        attempt = run.attempt,
        subject = claimed.subject.as_deref().unwrap_or_default(),
        trace_id = claimed.trace_id.as_deref().unwrap_or_default(),
    );
    let own = shared.clone();
    let task = tokio::spawn(
        async move {
            let _place = place;
            let begun = Instant::now();
            let raw = execute(&own, &claimed, context.clone(), &cancel).await;
            let reason = own.running.remove(run);
            let ending = judge(&own, &claimed, &context, raw, reason, begun.elapsed());
            report(&own, &claimed, ending.as_ref(), begun.elapsed());
            let _ = outcomes.send(Outcome { run, ending });
        }
        .instrument(span),
    );
    shared.running.note_task(run, task.abort_handle());
}

async fn execute(shared: &Shared, claimed: &Claimed, context: Context, cancel: &CancellationToken) -> Raw {
    let Some(kind) = shared.registry.kinds.get(claimed.kind.as_str()) else {
        return Raw::Done(Err(JobError::retry(format!("this worker knows no kind {}", claimed.kind))));
    };
    let timeout = kind.timeout;
    let make = AssertUnwindSafe(|| (kind.run)(claimed.payload.clone(), context));
    let handler = match std::panic::catch_unwind(make) {
        Ok(handler) => handler,
        Err(panic) => return Raw::Panicked(words_of(&*panic)),
    };
    let mut handler = std::pin::pin!(AssertUnwindSafe(handler).catch_unwind());
    let finish = |done: Result<Result<(), JobError>, Box<dyn std::any::Any + Send>>| match done {
        Ok(done) => Raw::Done(done),
        Err(panic) => Raw::Panicked(words_of(&*panic)),
    };
    tokio::select! {
        done = &mut handler => finish(done),
        () = tokio::time::sleep(timeout) => {
            cancel.cancel();
            // No longer than it was allowed in the first place.
            match tokio::time::timeout(GRACE.min(timeout), &mut handler).await {
                Ok(Ok(Ok(()))) => Raw::Done(Ok(())),
                _ => Raw::TimedOut,
            }
        }
        () = cancel.cancelled() => match tokio::time::timeout(GRACE, &mut handler).await {
            Ok(done) => finish(done),
            Err(_) => Raw::Done(Err(JobError::Cancelled)),
        }
    }
}

fn words_of(panic: &(dyn std::any::Any + Send)) -> String {
    panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no message")
        .to_owned()
}

/// What is to become of the job.
fn judge(
    shared: &Shared,
    claimed: &Claimed,
    context: &Context,
    raw: Raw,
    reason: Option<StopReason>,
    took: Duration,
) -> Option<Ending> {
    let error = |kind: &str, reason: String| AttemptError {
        attempt: claimed.run.attempt,
        at: Utc::now(),
        kind: kind.to_owned(),
        // A page of text is enough to know what happened.
        reason: reason.chars().take(4_000).collect(),
        worker: Some(shared.claimer.worker),
        duration_ms: i64::try_from(took.as_millis()).ok(),
    };
    let again = |kind: &str, reason: String, after: Option<Duration>| {
        let first = shared.registry.kinds.get(claimed.kind.as_str()).map_or(Duration::from_secs(5), |k| k.back_off);
        let wait = back_off(first, claimed.run.attempt, rand::random::<f64>(), after);
        Some(Ending::Retry { after_seconds: wait.as_secs_f64(), error: error(kind, reason) })
    };
    match (raw, reason) {
        (Raw::Done(Ok(())), _) if context.has_completed() => None,
        (Raw::Done(Ok(())), _) => Some(Ending::Completed),
        (Raw::Done(Err(JobError::LostLease)), _) | (_, Some(StopReason::Lost)) => None,
        (Raw::Done(Err(JobError::Fail(reason))), _) => Some(Ending::Failed(error("error", reason))),
        (Raw::Done(Err(_)), Some(StopReason::Person)) => {
            Some(Ending::Stopped(error("cancelled", "somebody cancelled it while it ran".to_owned())))
        }
        (_, Some(StopReason::Stopping)) => Some(Ending::Released),
        (Raw::Done(Err(JobError::Cancelled)), None) => {
            Some(Ending::Cancelled(error("cancelled", "it stopped by itself".to_owned())))
        }
        (Raw::Done(Err(JobError::Later(wait))), _) => Some(Ending::Later { after_seconds: wait.as_secs_f64() }),
        (Raw::Done(Err(JobError::Retry { reason, after })), _) => again("error", reason, after),
        (Raw::Panicked(words), _) => again("panic", format!("the handler panicked: {words}"), None),
        (Raw::TimedOut, _) => again("timeout", "it took longer than its kind may".to_owned(), None),
    }
}

fn report(shared: &Shared, claimed: &Claimed, ending: Option<&Ending>, took: Duration) {
    let (outcome, why) = match ending {
        None => ("handed_over", None),
        Some(Ending::Completed) => ("completed", None),
        Some(Ending::Retry { error, .. }) if claimed.run.attempt >= claimed.max_attempts => ("discarded", Some(error)),
        Some(Ending::Retry { error, .. }) => ("retryable", Some(error)),
        Some(Ending::Failed(error)) => ("discarded", Some(error)),
        Some(Ending::Cancelled(error) | Ending::Stopped(error)) => ("cancelled", Some(error)),
        Some(Ending::Released) => ("released", None),
        Some(Ending::Later { .. }) => ("later", None),
    };
    // A handler that completed in its own transaction, which is the usual case of `None`, is as good as any.
    let outcome = if outcome == "handed_over" { "completed" } else { outcome };
    let labels = [("queue", claimed.queue.clone()), ("kind", claimed.kind.clone())];
    metrics::histogram!("lode_job_run_seconds", &labels).record(took.as_secs_f64());
    let wait = (claimed.started_at - claimed.run_at).to_std().unwrap_or_default();
    metrics::histogram!("lode_job_wait_seconds", &labels).record(wait.as_secs_f64());
    let counted = [("queue", claimed.queue.clone()), ("kind", claimed.kind.clone()), ("outcome", outcome.to_owned())];
    metrics::counter!("lode_jobs_total", &counted).increment(1);
    if let Some(error) = why {
        let failed = [("kind", claimed.kind.clone()), ("reason", error.kind.clone())];
        metrics::counter!("lode_job_failures_total", &failed).increment(1);
    }
    let duration_ms = (took.as_secs_f64() * 1e6).round() / 1e3;
    let worker = shared.claimer.worker;
    match (outcome, why) {
        ("discarded", Some(error)) => {
            tracing::error!(outcome, duration_ms, %worker, error = error.reason, "job is dead; a person must look");
        }
        (_, Some(error)) => tracing::warn!(outcome, duration_ms, %worker, error = error.reason, "job ended"),
        _ => tracing::info!(outcome, duration_ms, "job ended"),
    }
}
