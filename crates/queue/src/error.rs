//! What can go wrong, as a decision: again, never again, or stopped.

use std::time::Duration;

/// Why a job cannot be enqueued.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database does not answer.
    #[error("the job cannot be enqueued: {0}")]
    Database(#[from] sqlx::Error),
    /// The payload is no JSON, e.g. a map whose keys are no texts.
    #[error("the payload of {kind} cannot be written: {reason}")]
    Payload {
        /// The kind.
        kind: &'static str,
        /// Why.
        reason: String,
    },
}

/// How a run ended that did not end well.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JobError {
    /// Try again after the back-off, or after the delay that the remote side asked for.
    #[error("{reason}")]
    Retry {
        /// What happened, for people.
        reason: String,
        /// How long to wait at least.
        after: Option<Duration>,
    },
    /// Never try again; a person must look.
    #[error("{0}")]
    Fail(String),
    /// It was asked to stop, and did.
    #[error("stopped as asked")]
    Cancelled,
    /// Not the time for it yet, and nobody's fault: it runs again after the delay, and the attempt does not count.
    #[error("not yet; again in {} s", .0.as_secs())]
    Later(Duration),
    /// The run is no longer this worker's; whatever it did in the open transaction must be rolled back.
    #[error("the lease was lost, somebody else runs the job")]
    LostLease,
}

impl JobError {
    /// Try again after the back-off.
    pub fn retry(reason: impl std::fmt::Display) -> Self {
        Self::Retry { reason: reason.to_string(), after: None }
    }

    /// Try again after at least this long.
    pub fn retry_after(reason: impl std::fmt::Display, after: Duration) -> Self {
        Self::Retry { reason: reason.to_string(), after: Some(after) }
    }

    /// Never try again.
    pub fn fail(reason: impl std::fmt::Display) -> Self {
        Self::Fail(reason.to_string())
    }
}

impl From<sqlx::Error> for JobError {
    /// The database comes back; what it refuses permanently runs out of attempts.
    fn from(error: sqlx::Error) -> Self {
        Self::retry(format!("the database: {error}"))
    }
}

impl From<Error> for JobError {
    fn from(error: Error) -> Self {
        match error {
            Error::Database(error) => error.into(),
            other @ Error::Payload { .. } => Self::fail(other),
        }
    }
}
