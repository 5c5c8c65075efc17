//! Files that people asked for: what is in them, the job that writes them, and how long they are kept.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::jobs::JobState;

/// A file that is asked for.
#[derive(Clone, Debug)]
pub struct NewExport<'a> {
    /// Identity.
    pub id: Uuid,
    /// Who asks.
    pub owner: Uuid,
    /// `screen`, `list` or `prospects`.
    pub what: &'a str,
    /// `csv` or `xlsx`.
    pub format: &'a str,
    /// Which companies, columns and language.
    pub settings: &'a Value,
    /// The same for people.
    pub title: &'a str,
    /// The job that writes it.
    pub job: i64,
    /// Companies, where they could be counted.
    pub rows_expected: Option<i64>,
}

/// Where an export stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Its job waits.
    Queued,
    /// Its job is at work.
    Running,
    /// The file can be fetched.
    Ready,
    /// The file was kept for its time and is gone.
    Expired,
    /// Its job was stopped by a person.
    Cancelled,
    /// Its job is dead.
    Failed,
}

impl Status {
    /// The name used in the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Ready => "ready",
            Self::Expired => "expired",
            Self::Cancelled => "cancelled",
            Self::Failed => "failed",
        }
    }

    /// Whether its job is still to end.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Queued | Self::Running)
    }
}

/// An export with its job as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Export {
    /// Identity.
    pub id: Uuid,
    /// `screen`, `list` or `prospects`.
    pub what: String,
    /// `csv` or `xlsx`.
    pub format: String,
    /// What is in it, for people.
    pub title: String,
    /// The newest job that writes it.
    pub job_id: i64,
    /// Companies, as counted when it was asked for.
    pub rows_expected: Option<i64>,
    /// Hash of the file.
    pub sha256: Option<String>,
    /// Name of the file, once it is written.
    pub file_name: Option<String>,
    /// Its size.
    pub bytes: Option<i64>,
    /// Companies in it.
    pub rows_written: Option<i64>,
    /// Version of the data that it is of.
    pub data_version: Option<String>,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// When the file was written.
    pub finished_at: Option<DateTime<Utc>>,
    /// Until when the file is kept.
    pub expires_at: Option<DateTime<Utc>>,
    /// Where the job stands; `None` when it is forgotten.
    pub job_state: Option<JobState>,
    /// When the job was last started.
    pub started_at: Option<DateTime<Utc>>,
    /// Rows that the job has written.
    pub rows_done: Option<i64>,
    /// Of how many.
    pub rows_total: Option<i64>,
    /// Whether the job was asked to stop.
    pub is_cancel_requested: bool,
    /// Why its last attempt failed.
    pub error: Option<String>,
}

impl Export {
    /// Where it stands.
    #[must_use]
    pub fn status(&self, now: DateTime<Utc>) -> Status {
        match (self.finished_at, self.expires_at, self.job_state) {
            (Some(_), Some(until), _) if until > now => Status::Ready,
            (Some(_), _, _) => Status::Expired,
            (None, _, Some(JobState::Available | JobState::Scheduled | JobState::Retryable)) => Status::Queued,
            (None, _, Some(JobState::Running)) => Status::Running,
            (None, _, Some(JobState::Cancelled)) => Status::Cancelled,
            // A job that ended and left no file, or that is forgotten, will leave none.
            (None, _, Some(JobState::Discarded | JobState::Completed) | None) => Status::Failed,
        }
    }
}

/// What a job needs to know of the file it writes.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// Who asked.
    pub owner: Uuid,
    /// `screen`, `list` or `prospects`.
    pub what: String,
    /// `csv` or `xlsx`.
    pub format: String,
    /// Which companies, columns and language.
    pub settings: Value,
    /// The newest job that writes it; another one has nothing to do.
    pub job_id: i64,
    /// Whether it is written already.
    pub is_finished: bool,
}

/// A file that was written.
#[derive(Clone, Debug)]
pub struct Written<'a> {
    /// Name of the file.
    pub file_name: &'a str,
    /// Its size.
    pub bytes: i64,
    /// Companies in it.
    pub rows: i64,
    /// Version of the data.
    pub data_version: &'a str,
    /// When it was written.
    pub finished_at: DateTime<Utc>,
    /// Until when it is kept.
    pub expires_at: DateTime<Utc>,
}

/// Notes an export that was asked for.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(conn: &mut PgConnection, new: &NewExport<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO exports (id, owner_id, what, format, settings, title, job_id, rows_expected)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        new.id,
        new.owner,
        new.what,
        new.format,
        new.settings,
        new.title,
        new.job,
        new.rows_expected
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The exports of a person, newest first; of one with `id`.
///
/// # Errors
/// When the database does not answer.
pub async fn of_owner(conn: &mut PgConnection, owner: Uuid, id: Option<Uuid>, limit: i64) -> sqlx::Result<Vec<Export>> {
    sqlx::query_as!(
        Export,
        r#"SELECT e.id, e.what, e.format, e.title, e.job_id, e.rows_expected, e.sha256, e.file_name, e.bytes, e.rows_written,
                  e.data_version, e.created_at, e.finished_at, e.expires_at, j.state AS "job_state?: JobState",
                  j.started_at AS "started_at?", j.progress_done AS rows_done, j.progress_total AS rows_total,
                  coalesce(j.cancel_requested_at IS NOT NULL, false) AS "is_cancel_requested!",
                  j.errors -> -1 ->> 'reason' AS error
           FROM exports e LEFT JOIN jobs j ON j.id = e.job_id
           WHERE e.owner_id = $1 AND ($2::uuid IS NULL OR e.id = $2)
           ORDER BY e.created_at DESC, e.id LIMIT $3"#,
        owner,
        id,
        limit
    )
    .fetch_all(conn)
    .await
}

/// One export of a person.
///
/// # Errors
/// When the database does not answer.
pub async fn find(conn: &mut PgConnection, owner: Uuid, id: Uuid) -> sqlx::Result<Option<Export>> {
    Ok(of_owner(conn, owner, Some(id), 1).await?.pop())
}

/// Keeps an export of a person from being changed by others until the transaction ends; false when there is none.
///
/// # Errors
/// When the database does not answer.
pub async fn lock(conn: &mut PgConnection, owner: Uuid, id: Uuid) -> sqlx::Result<bool> {
    let found = sqlx::query_scalar!("SELECT id FROM exports WHERE id = $1 AND owner_id = $2 FOR UPDATE", id, owner)
        .fetch_optional(conn)
        .await?;
    Ok(found.is_some())
}

/// How many exports of a person wait or are being written.
///
/// # Errors
/// When the database does not answer.
pub async fn open_count(conn: &mut PgConnection, owner: Uuid) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!" FROM exports e JOIN jobs j ON j.id = e.job_id
           WHERE e.owner_id = $1 AND e.finished_at IS NULL AND j.state IN ('available', 'scheduled', 'retryable', 'running')"#,
        owner
    )
    .fetch_one(conn)
    .await
}

/// What is to be written; `None` when its owner has removed it.
///
/// # Errors
/// When the database does not answer.
pub async fn order(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<Order>> {
    sqlx::query_as!(
        Order,
        r#"SELECT owner_id AS owner, what, format, settings, job_id, finished_at IS NOT NULL AS "is_finished!"
           FROM exports WHERE id = $1"#,
        id
    )
    .fetch_optional(conn)
    .await
}

/// Names the file that is about to be put into the artifact store, and returns the one that was named before: `None` when
/// the export is gone or another job writes it.
///
/// # Errors
/// When the database does not answer.
pub async fn name_file(
    conn: &mut PgConnection,
    id: Uuid,
    job: i64,
    sha256: &str,
) -> sqlx::Result<Option<Option<String>>> {
    sqlx::query_scalar!(
        r#"WITH former AS (SELECT id, sha256 FROM exports WHERE id = $1 AND job_id = $2 AND finished_at IS NULL FOR UPDATE)
           UPDATE exports e SET sha256 = $3 FROM former WHERE e.id = former.id RETURNING former.sha256 AS "former?""#,
        id,
        job,
        sha256
    )
    .fetch_optional(conn)
    .await
}

/// Notes that the file is written; false when the export is gone or another job writes it.
///
/// # Errors
/// When the database does not answer.
pub async fn finish(conn: &mut PgConnection, id: Uuid, job: i64, written: &Written<'_>) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "UPDATE exports SET file_name = $3, bytes = $4, rows_written = $5, data_version = $6, finished_at = $7, expires_at = $8
         WHERE id = $1 AND job_id = $2 AND finished_at IS NULL",
        id,
        job,
        written.file_name,
        written.bytes,
        written.rows,
        written.data_version,
        written.finished_at,
        written.expires_at
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Has another job write it anew. The hash stays, for whoever writes next removes what it names.
///
/// # Errors
/// When the database does not answer.
pub async fn restart(conn: &mut PgConnection, id: Uuid, job: i64) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE exports SET job_id = $2, finished_at = NULL, expires_at = NULL, file_name = NULL, bytes = NULL, rows_written = NULL,
                data_version = NULL, created_at = clock_timestamp() WHERE id = $1",
        id,
        job
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Removes an export and returns the hash of its file, where it named one.
///
/// # Errors
/// When the database does not answer.
pub async fn delete(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<String>> {
    let removed =
        sqlx::query_scalar!("DELETE FROM exports WHERE id = $1 RETURNING sha256", id).fetch_optional(conn).await?;
    Ok(removed.flatten())
}

/// Exports that name a file which has had its time, or which was named before `started_before` and never finished; at most so many,
/// each with the file's hash.
///
/// # Errors
/// When the database does not answer.
pub async fn expired(
    conn: &mut PgConnection,
    now: DateTime<Utc>,
    started_before: DateTime<Utc>,
    limit: i64,
) -> sqlx::Result<Vec<(Uuid, String)>> {
    let rows = sqlx::query!(
        r#"SELECT e.id, e.sha256 AS "sha256!" FROM exports e
           WHERE e.sha256 IS NOT NULL
             AND (e.expires_at <= $1
                  OR (e.finished_at IS NULL AND e.created_at <= $2
                      AND NOT EXISTS (SELECT FROM jobs j WHERE j.id = e.job_id
                                      AND j.state IN ('available', 'scheduled', 'retryable', 'running'))))
           ORDER BY coalesce(e.expires_at, e.created_at), e.id LIMIT $3"#,
        now,
        started_before,
        limit
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.sha256)).collect())
}

/// Takes the file's name off an export that is not being written anew; false when it names another one by now.
///
/// # Errors
/// When the database does not answer.
pub async fn drop_file(conn: &mut PgConnection, id: Uuid, sha256: &str) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "UPDATE exports e SET sha256 = NULL WHERE e.id = $1 AND e.sha256 = $2
           AND NOT EXISTS (SELECT FROM jobs j WHERE j.id = e.job_id
                           AND j.state IN ('available', 'scheduled', 'retryable', 'running'))",
        id,
        sha256
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Forgets exports without a file that expired, or were asked for and never written, before this time; returns how many.
///
/// # Errors
/// When the database does not answer.
pub async fn forget(conn: &mut PgConnection, before: DateTime<Utc>) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "DELETE FROM exports e WHERE coalesce(e.expires_at, e.created_at) < $1 AND e.sha256 IS NULL
           AND NOT EXISTS (SELECT FROM jobs j WHERE j.id = e.job_id
                           AND j.state IN ('available', 'scheduled', 'retryable', 'running'))",
        before
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}
