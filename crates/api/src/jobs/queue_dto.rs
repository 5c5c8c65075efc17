//! Queues and workers on the wire.

use chrono::{DateTime, Utc};
use serde::Serialize;
use services::control_jobs::{Overview, QueueState, WorkerRow};
use utoipa::ToSchema;
use uuid::Uuid;

/// A queue.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct QueueDto {
    /// Its name.
    pub queue: String,
    /// Jobs that may run now.
    pub available: i64,
    /// Jobs that wait for their time.
    pub scheduled: i64,
    /// Jobs that failed and wait for their next attempt.
    pub retryable: i64,
    /// Jobs that run.
    pub running: i64,
    /// Dead jobs.
    pub discarded: i64,
    /// Seconds since the oldest job that may run could have; null when none waits.
    pub oldest_seconds: Option<f64>,
    /// Since when it is paused; null when it is not.
    pub paused_at: Option<DateTime<Utc>>,
    /// Jobs completed in the last five minutes.
    pub completed_lately: i64,
    /// Jobs that died in the last five minutes.
    pub discarded_lately: i64,
    /// Median run time of those, in seconds.
    pub run_seconds: Option<f64>,
    /// Median wait of those before they ran, in seconds.
    pub wait_seconds: Option<f64>,
}

impl From<QueueState> for QueueDto {
    fn from(state: QueueState) -> Self {
        Self {
            queue: state.queue,
            available: state.available,
            scheduled: state.scheduled,
            retryable: state.retryable,
            running: state.running,
            discarded: state.discarded,
            oldest_seconds: state.oldest_seconds,
            paused_at: state.paused_at,
            completed_lately: state.completed_lately,
            discarded_lately: state.discarded_lately,
            run_seconds: state.run_seconds,
            wait_seconds: state.wait_seconds,
        }
    }
}

/// A process that runs jobs.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WorkerDto {
    /// Identity.
    pub id: Uuid,
    /// Host and process.
    pub name: String,
    /// Version of the program.
    pub version: String,
    /// Queues it works on.
    pub queues: Vec<String>,
    /// Jobs it runs at once.
    pub concurrency: i32,
    /// Jobs it runs.
    pub running: i32,
    /// `redis` or `postgres`: where it learns of jobs.
    pub dispatch: String,
    /// Whether it finishes what it has and takes nothing new.
    pub is_stopping: bool,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it last gave a sign.
    pub seen_at: DateTime<Utc>,
}

impl From<WorkerRow> for WorkerDto {
    fn from(worker: WorkerRow) -> Self {
        Self {
            id: worker.id,
            name: worker.name,
            version: worker.version,
            queues: worker.queues,
            concurrency: worker.concurrency,
            running: worker.running,
            dispatch: worker.dispatch,
            is_stopping: worker.is_stopping,
            started_at: worker.started_at,
            seen_at: worker.seen_at,
        }
    }
}

/// A schedule.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ScheduleDto {
    /// Its name.
    pub name: String,
    /// Its newest tick.
    pub last_tick: DateTime<Utc>,
    /// The job of that tick.
    pub job_id: Option<i64>,
}

/// The queues and who works on them.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct QueueOverview {
    /// Every queue, by name.
    pub queues: Vec<QueueDto>,
    /// Workers that gave a sign within the last half minute.
    pub workers: Vec<WorkerDto>,
    /// Schedules.
    pub schedules: Vec<ScheduleDto>,
}

impl From<Overview> for QueueOverview {
    fn from(overview: Overview) -> Self {
        let schedules = overview.schedules.into_iter();
        Self {
            queues: overview.queues.into_iter().map(Into::into).collect(),
            workers: overview.workers.into_iter().map(Into::into).collect(),
            schedules: schedules
                .map(|row| ScheduleDto { name: row.name, last_tick: row.last_tick, job_id: row.job_id })
                .collect(),
        }
    }
}
