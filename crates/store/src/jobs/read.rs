//! Reading jobs for people and programs.

use sqlx::PgConnection;
use uuid::Uuid;

use super::{JobRow, JobState};

/// Which jobs; what is `None` or empty does not narrow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JobFilter {
    /// Of this queue.
    pub queue: Option<String>,
    /// Of this kind.
    pub kind: Option<String>,
    /// In one of these states.
    pub states: Vec<JobState>,
    /// About this.
    pub subject: Option<String>,
    /// Asked for by this person.
    pub requested_by: Option<Uuid>,
    /// Older than this job: the last of the page before.
    pub before: Option<i64>,
}

/// One job.
///
/// # Errors
/// When the database does not answer.
pub async fn get(conn: &mut PgConnection, id: i64) -> sqlx::Result<Option<JobRow>> {
    sqlx::query_as!(
        JobRow,
        r#"SELECT id, queue, kind, payload, subject, priority, state AS "state: JobState", run_at, attempt, max_attempts, errors, worker,
                  lease_until, cancel_requested_at, progress_done, progress_total, progress_note, result, trace_id, requested_by,
                  created_at, started_at, finished_at
           FROM jobs WHERE id = $1"#,
        id
    )
    .fetch_optional(conn)
    .await
}

/// Jobs, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list(conn: &mut PgConnection, filter: &JobFilter, limit: i64) -> sqlx::Result<Vec<JobRow>> {
    let states: Vec<String> = filter.states.iter().map(|state| state.as_str().to_owned()).collect();
    sqlx::query_as!(
        JobRow,
        r#"SELECT id, queue, kind, payload, subject, priority, state AS "state: JobState", run_at, attempt, max_attempts, errors, worker,
                  lease_until, cancel_requested_at, progress_done, progress_total, progress_note, result, trace_id, requested_by,
                  created_at, started_at, finished_at
           FROM jobs
           WHERE ($1::text IS NULL OR queue = $1) AND ($2::text IS NULL OR kind = $2)
             AND (cardinality($3::text[]) = 0 OR state = ANY($3)) AND ($4::text IS NULL OR subject = $4)
             AND ($5::uuid IS NULL OR requested_by = $5) AND ($6::bigint IS NULL OR id < $6)
           ORDER BY id DESC LIMIT $7"#,
        filter.queue.as_deref(),
        filter.kind.as_deref(),
        &states,
        filter.subject.as_deref(),
        filter.requested_by,
        filter.before,
        limit
    )
    .fetch_all(conn)
    .await
}

/// The newest job of the kind with this key, whatever its state.
///
/// # Errors
/// When the database does not answer.
pub async fn newest_with_key(conn: &mut PgConnection, kind: &str, unique_key: &str) -> sqlx::Result<Option<i64>> {
    sqlx::query_scalar!(
        "SELECT id FROM jobs WHERE kind = $1 AND unique_key = $2 ORDER BY id DESC LIMIT 1",
        kind,
        unique_key
    )
    .fetch_optional(conn)
    .await
}

/// How many jobs with the subject are in each state.
///
/// # Errors
/// When the database does not answer.
pub async fn count_by_state(conn: &mut PgConnection, subject: &str) -> sqlx::Result<Vec<(JobState, i64)>> {
    let rows = sqlx::query!(
        r#"SELECT state AS "state: JobState", count(*) AS "count!" FROM jobs WHERE subject = $1 GROUP BY state"#,
        subject
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.state, row.count)).collect())
}

/// Whether a job with the subject has not ended.
///
/// # Errors
/// When the database does not answer.
pub async fn has_unfinished(conn: &mut PgConnection, subject: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM jobs WHERE subject = $1 AND state IN ('available', 'scheduled', 'retryable', 'running')) AS "exists!""#,
        subject
    )
    .fetch_one(conn)
    .await
}
