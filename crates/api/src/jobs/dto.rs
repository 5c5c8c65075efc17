//! Jobs on the wire.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use services::control_jobs::{AttemptError, JobRow};

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// May run now.
    Available,
    /// Waits for its time.
    Scheduled,
    /// Failed and waits for its next attempt.
    Retryable,
    /// Runs.
    Running,
    /// Done.
    Completed,
    /// Stopped by a person.
    Cancelled,
    /// Dead: a person must look.
    Discarded,
}

impl From<services::control_jobs::JobState> for JobState {
    fn from(state: services::control_jobs::JobState) -> Self {
        use services::control_jobs::JobState as Stored;
        match state {
            Stored::Available => Self::Available,
            Stored::Scheduled => Self::Scheduled,
            Stored::Retryable => Self::Retryable,
            Stored::Running => Self::Running,
            Stored::Completed => Self::Completed,
            Stored::Cancelled => Self::Cancelled,
            Stored::Discarded => Self::Discarded,
        }
    }
}

/// How far a running job has come.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct JobProgressDto {
    /// How much is done, in units of the job's own.
    pub done: Option<i64>,
    /// Of how much.
    pub total: Option<i64>,
    /// In words.
    pub note: Option<String>,
}

/// A failed attempt.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct JobErrorDto {
    /// Which attempt, from 1.
    pub attempt: i32,
    /// When.
    pub at: DateTime<Utc>,
    /// `error`, `timeout`, `panic`, `lost` (its worker went silent) or `cancelled`.
    pub kind: String,
    /// What happened.
    pub reason: String,
    /// The worker.
    pub worker: Option<Uuid>,
    /// How long the attempt ran.
    pub duration_ms: Option<i64>,
}

/// A job.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct JobDto {
    /// Identity.
    pub id: i64,
    /// Its queue.
    pub queue: String,
    /// Its kind: `import_files`.
    pub kind: String,
    /// What it is about: `list:…`, `company:…`, `import:…`.
    pub subject: Option<String>,
    /// Where it stands.
    pub state: JobState,
    /// 1 runs before 2 before 3.
    pub priority: i16,
    /// How often it was started.
    pub attempt: i32,
    /// How often it may be.
    pub max_attempts: i32,
    /// When it may run.
    pub run_at: DateTime<Utc>,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// When its newest attempt began.
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
    /// How far it has come.
    pub progress: JobProgressDto,
    /// Whether somebody asked for it to stop.
    pub is_cancel_requested: bool,
    /// Why its newest failed attempt failed.
    pub last_error: Option<String>,
    /// Who asked for it.
    pub requested_by: Option<Uuid>,
    /// What it left behind.
    pub result: Option<Value>,
}

impl From<JobRow> for JobDto {
    fn from(job: JobRow) -> Self {
        let last_error = errors(&job).pop().map(|error| error.reason);
        Self {
            id: job.id,
            queue: job.queue,
            kind: job.kind,
            subject: job.subject,
            state: job.state.into(),
            priority: job.priority,
            attempt: job.attempt,
            max_attempts: job.max_attempts,
            run_at: job.run_at,
            created_at: job.created_at,
            started_at: job.started_at,
            finished_at: job.finished_at,
            progress: JobProgressDto { done: job.progress_done, total: job.progress_total, note: job.progress_note },
            is_cancel_requested: job.cancel_requested_at.is_some(),
            last_error,
            requested_by: job.requested_by,
            result: job.result,
        }
    }
}

/// The failed attempts of a job, oldest first.
pub fn errors(job: &JobRow) -> Vec<JobErrorDto> {
    let stored: Vec<AttemptError> = match serde_json::from_value(job.errors.clone()) {
        Ok(stored) => stored,
        // Shown in the place of the history: a page of jobs does not fail because of one of them.
        Err(error) => {
            tracing::error!(job = %job.id, %error, "the stored errors of a job cannot be read");
            let reason = format!("the stored errors of this job cannot be read: {error}");
            return vec![JobErrorDto {
                attempt: job.attempt,
                at: job.finished_at.unwrap_or(job.created_at),
                kind: "error".to_owned(),
                reason,
                worker: job.worker,
                duration_ms: None,
            }];
        }
    };
    stored
        .into_iter()
        .map(|error| JobErrorDto {
            attempt: error.attempt,
            at: error.at,
            kind: error.kind,
            reason: error.reason,
            worker: error.worker,
            duration_ms: error.duration_ms,
        })
        .collect()
}

/// A job with its history.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct JobDetail {
    /// The job.
    #[serde(flatten)]
    pub job: JobDto,
    /// What it works on.
    pub payload: Value,
    /// Failed attempts, oldest first.
    pub errors: Vec<JobErrorDto>,
    /// The worker that has or had it.
    pub worker: Option<Uuid>,
    /// The request that asked for it, as in the log.
    pub trace_id: Option<String>,
}

impl From<JobRow> for JobDetail {
    fn from(job: JobRow) -> Self {
        Self {
            payload: job.payload.clone(),
            errors: errors(&job),
            worker: job.worker,
            trace_id: job.trace_id.clone(),
            job: job.into(),
        }
    }
}

/// A page of jobs.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct JobList {
    /// Newest first.
    pub items: Vec<JobDto>,
    /// Ask with `before` this for the next page; null on the last one.
    pub next: Option<i64>,
}
