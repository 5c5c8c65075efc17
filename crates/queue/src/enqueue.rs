//! Enqueuing in the caller's transaction.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use store::jobs::enqueue::{NewJob, insert};
use uuid::Uuid;

use crate::JobId;
use crate::error::Error;
use crate::job::{Job, Priority};

/// Where a job comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    /// The trace, or the id of the request, as in the log.
    pub id: String,
    /// The step of the trace that asks for it, where it is one.
    pub step: Option<String>,
}

/// What a single job may have apart from its kind's policy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Not before this; `None` is now.
    pub run_at: Option<DateTime<Utc>>,
    /// Instead of its kind's.
    pub priority: Option<Priority>,
    /// How often it may be started, instead of its kind's.
    pub max_attempts: Option<u16>,
    /// The request that asks for it.
    pub trace: Option<Trace>,
    /// Who asks for it.
    pub requested_by: Option<Uuid>,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Enqueued {
    /// The job: the new one, or the unfinished one with the same key.
    pub id: JobId,
    /// Whether it is new.
    pub is_new: bool,
}

/// Puts a job into its queue when the caller's transaction commits. Where an unfinished one has the same key, that one is
/// meant; if somebody had asked it to stop, that is taken back.
///
/// # Errors
/// When the database does not answer, or the payload is no JSON.
pub async fn enqueue<J: Job>(conn: &mut PgConnection, job: &J) -> Result<JobId, Error> {
    Ok(enqueue_with(conn, job, &Options::default()).await?.id)
}

/// As [`enqueue`], with what this one job has apart from its kind.
///
/// # Errors
/// As [`enqueue`].
pub async fn enqueue_with<J: Job>(conn: &mut PgConnection, job: &J, options: &Options) -> Result<Enqueued, Error> {
    let done = enqueue_many(conn, std::slice::from_ref(job), options).await?;
    done.into_iter().next().ok_or(Error::Database(sqlx::Error::RowNotFound))
}

/// Puts many jobs of a kind into their queue, in few statements however many they are; answers in their order.
///
/// # Errors
/// As [`enqueue`].
pub async fn enqueue_many<J: Job>(
    conn: &mut PgConnection,
    jobs: &[J],
    options: &Options,
) -> Result<Vec<Enqueued>, Error> {
    let rows = jobs.iter().map(|job| row(job, options)).collect::<Result<Vec<_>, _>>()?;
    let done = insert(conn, &rows).await?;
    Ok(done.into_iter().map(|one| Enqueued { id: JobId(one.id), is_new: one.is_new }).collect())
}

/// The row that a job becomes.
pub(crate) fn row<J: Job>(job: &J, options: &Options) -> Result<NewJob, Error> {
    let payload =
        serde_json::to_value(job).map_err(|error| Error::Payload { kind: J::KIND, reason: error.to_string() })?;
    Ok(NewJob {
        queue: J::QUEUE,
        kind: J::KIND,
        payload,
        unique_key: job.unique_key(),
        subject: job.subject(),
        priority: options.priority.unwrap_or(J::PRIORITY).number(),
        max_attempts: i32::from(options.max_attempts.unwrap_or(J::MAX_ATTEMPTS).max(1)),
        run_at: options.run_at,
        trace_id: options.trace.as_ref().map(|trace| trace.id.clone()),
        trace_step: options.trace.as_ref().and_then(|trace| trace.step.clone()),
        requested_by: options.requested_by,
    })
}
