//! What a running job knows and may do besides its work.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;
use sqlx::PgConnection;
use store::jobs::lease::JobProgress;
use store::jobs::{Run, settle};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::JobId;
use crate::error::JobError;

/// One run of a job, for its handler; cheap to clone.
#[derive(Clone)]
pub struct Context {
    run: Run,
    max_attempts: i32,
    trace_id: Option<String>,
    trace_step: Option<String>,
    requested_by: Option<Uuid>,
    cancel: CancellationToken,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    progress: Mutex<JobProgress>,
    has_completed: AtomicBool,
}

impl Context {
    pub(crate) fn new(claimed: &store::jobs::claim::Claimed, cancel: CancellationToken) -> Self {
        Self {
            run: claimed.run,
            max_attempts: claimed.max_attempts,
            trace_id: claimed.trace_id.clone(),
            trace_step: claimed.trace_step.clone(),
            requested_by: claimed.requested_by,
            cancel,
            shared: Arc::default(),
        }
    }

    /// Identity of the job.
    #[must_use]
    pub fn id(&self) -> JobId {
        JobId(self.run.id)
    }

    /// Which attempt this is, from 1.
    #[must_use]
    pub fn attempt(&self) -> i32 {
        self.run.attempt
    }

    /// Whether a failure now is the last.
    #[must_use]
    pub fn is_last_attempt(&self) -> bool {
        self.run.attempt >= self.max_attempts
    }

    /// The run, for statements that settle it.
    #[must_use]
    pub fn run(&self) -> Run {
        self.run
    }

    /// The request that asked for the job.
    #[must_use]
    pub fn trace_id(&self) -> Option<&str> {
        self.trace_id.as_deref()
    }

    /// The step of the request's trace that asked for the job.
    #[must_use]
    pub fn trace_step(&self) -> Option<&str> {
        self.trace_step.as_deref()
    }

    /// Who asked for the job.
    #[must_use]
    pub fn requested_by(&self) -> Option<Uuid> {
        self.requested_by
    }

    /// Told when a person cancels the job, its lease is lost, or the worker stops and cannot wait any longer. A handler
    /// that looks ends in good order; one that does not is dropped at its next await half a minute later.
    #[must_use]
    pub fn cancel(&self) -> &CancellationToken {
        &self.cancel
    }

    /// Ends the handler with `?` when it was asked to stop.
    ///
    /// # Errors
    /// [`JobError::Cancelled`].
    pub fn check(&self) -> Result<(), JobError> {
        if self.cancel.is_cancelled() { Err(JobError::Cancelled) } else { Ok(()) }
    }

    /// Says how far the job has come, in units of its own; people see it within a few seconds.
    pub fn progress(&self, done: u64, total: Option<u64>, note: Option<String>) {
        let mut progress = self.shared.progress.lock().unwrap_or_else(PoisonError::into_inner);
        progress.done = i64::try_from(done).ok();
        progress.total = total.and_then(|total| i64::try_from(total).ok()).or(progress.total);
        progress.note = note.or_else(|| progress.note.take());
    }

    /// Completes the job in the handler's own transaction, so that the effect and the end of the job commit together:
    /// the effect then happens once, whatever dies. Call it before the commit, then return `Ok(())`.
    ///
    /// # Errors
    /// [`JobError::LostLease`] when somebody else has the job: roll back. [`JobError::Retry`] when the database does
    /// not answer.
    pub async fn complete(&self, conn: &mut PgConnection) -> Result<(), JobError> {
        self.complete_with(conn, None).await
    }

    /// As [`Context::complete`], and leaves a result for whoever asked.
    ///
    /// # Errors
    /// As [`Context::complete`].
    pub async fn complete_with(&self, conn: &mut PgConnection, result: Option<&Value>) -> Result<(), JobError> {
        if !settle::complete(conn, self.run, result).await? {
            return Err(JobError::LostLease);
        }
        self.shared.has_completed.store(true, Ordering::Relaxed);
        Ok(())
    }

    /// Keeps the job for the rest of the transaction: nobody can take it away before the commit. For handlers that commit
    /// more than once.
    ///
    /// # Errors
    /// As [`Context::complete`].
    pub async fn hold(&self, conn: &mut PgConnection) -> Result<(), JobError> {
        if settle::hold(conn, self.run).await? { Ok(()) } else { Err(JobError::LostLease) }
    }

    /// Whether the handler completed the job itself; it counts only when the handler then ends well.
    pub(crate) fn has_completed(&self) -> bool {
        self.shared.has_completed.load(Ordering::Relaxed)
    }

    pub(crate) fn reported(&self) -> JobProgress {
        self.shared.progress.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
