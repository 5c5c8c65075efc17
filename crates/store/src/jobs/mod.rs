//! Jobs: rows that say what is to be done outside a request, and everything that happens to them.
//!
//! A run of a job is named by its id and attempt. Every statement that settles a run asks for both, so a worker that
//! lost its lease changes nothing.

pub mod claim;
pub mod control;
pub mod enqueue;
pub mod lease;
pub mod probes;
pub mod publish;
pub mod queues;
pub mod read;
pub mod retention;
pub mod schedules;
pub mod settle;
pub mod wake;
pub mod workers;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum JobState {
    /// May run now.
    Available,
    /// Waits for its time.
    Scheduled,
    /// Failed and waits for its next attempt.
    Retryable,
    /// A worker holds its lease.
    Running,
    /// Done.
    Completed,
    /// Stopped by a person.
    Cancelled,
    /// Dead: out of attempts, or failed permanently. A person may retry it.
    Discarded,
}

impl JobState {
    /// Every state, in the order of a job's life.
    pub const ALL: [Self; 7] = [
        Self::Available,
        Self::Scheduled,
        Self::Retryable,
        Self::Running,
        Self::Completed,
        Self::Cancelled,
        Self::Discarded,
    ];

    /// The name used in the database and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Available => "available",
            Self::Scheduled => "scheduled",
            Self::Retryable => "retryable",
            Self::Running => "running",
            Self::Completed => "completed",
            Self::Cancelled => "cancelled",
            Self::Discarded => "discarded",
        }
    }

    /// Reads [`JobState::as_str`] back.
    #[must_use]
    pub fn from_name(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Whether nothing more happens to it by itself.
    #[must_use]
    pub fn is_finished(self) -> bool {
        matches!(self, Self::Completed | Self::Cancelled | Self::Discarded)
    }
}

/// One run of a job: only who names the newest attempt may settle it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Run {
    /// The job.
    pub id: i64,
    /// Which attempt, from 1.
    pub attempt: i32,
}

/// Why an attempt did not end well.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttemptError {
    /// Which attempt, from 1.
    pub attempt: i32,
    /// When it was noted.
    pub at: DateTime<Utc>,
    /// `error`, `timeout`, `panic`, `lost` (its worker went silent), `cancelled` or `unreadable`.
    pub kind: String,
    /// What happened, for people.
    pub reason: String,
    /// The worker that ran it.
    pub worker: Option<Uuid>,
    /// How long the attempt ran.
    pub duration_ms: Option<i64>,
}

/// One job as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct JobRow {
    /// Identity; later jobs have larger ones.
    pub id: i64,
    /// Its queue.
    pub queue: String,
    /// Its kind.
    pub kind: String,
    /// What it works on.
    pub payload: Value,
    /// What it is about, e.g. `list:…`.
    pub subject: Option<String>,
    /// 1 before 2 before 3.
    pub priority: i16,
    /// Where it stands.
    pub state: JobState,
    /// When it may run.
    pub run_at: DateTime<Utc>,
    /// How often it was started.
    pub attempt: i32,
    /// How often it may be.
    pub max_attempts: i32,
    /// Failed attempts, oldest first: [`AttemptError`]s.
    pub errors: Value,
    /// The worker that has or had it.
    pub worker: Option<Uuid>,
    /// Until when that worker has it unless it says so again.
    pub lease_until: Option<DateTime<Utc>>,
    /// When somebody asked for it to stop.
    pub cancel_requested_at: Option<DateTime<Utc>>,
    /// How much of it is done, in units of its own.
    pub progress_done: Option<i64>,
    /// Of how much.
    pub progress_total: Option<i64>,
    /// In words.
    pub progress_note: Option<String>,
    /// What it left behind.
    pub result: Option<Value>,
    /// The request that asked for it.
    pub trace_id: Option<String>,
    /// Who asked for it.
    pub requested_by: Option<Uuid>,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// When its newest attempt began.
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
}
