//! The processes that run jobs.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

/// What a worker says about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkerSign {
    /// Identity of the process.
    pub id: Uuid,
    /// Host and process, for people.
    pub name: String,
    /// Version of the program.
    pub version: String,
    /// Queues it works on.
    pub queues: Vec<String>,
    /// Jobs it runs at once.
    pub concurrency: i32,
    /// Jobs it runs now.
    pub running: i32,
    /// `redis` or `postgres`: where it learns of jobs at the moment.
    pub dispatch: String,
    /// Whether it finishes what it has and takes nothing new.
    pub is_stopping: bool,
}

/// A worker that was seen.
#[derive(Clone, Debug, PartialEq)]
pub struct WorkerRow {
    /// Identity of the process.
    pub id: Uuid,
    /// Host and process.
    pub name: String,
    /// Version of the program.
    pub version: String,
    /// Queues it works on.
    pub queues: Vec<String>,
    /// Jobs it runs at once.
    pub concurrency: i32,
    /// Jobs it ran when it was last seen.
    pub running: i32,
    /// `redis` or `postgres`.
    pub dispatch: String,
    /// Whether it takes nothing new.
    pub is_stopping: bool,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it last gave a sign.
    pub seen_at: DateTime<Utc>,
}

/// Notes that the worker is alive.
///
/// # Errors
/// When the database does not answer.
pub async fn sign(conn: &mut PgConnection, worker: &WorkerSign) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO job_workers (id, name, version, queues, concurrency, running, dispatch, is_stopping)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (id) DO UPDATE SET running = excluded.running, dispatch = excluded.dispatch,
             is_stopping = excluded.is_stopping, seen_at = now()",
        worker.id,
        worker.name,
        worker.version,
        &worker.queues,
        worker.concurrency,
        worker.running,
        worker.dispatch,
        worker.is_stopping
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes that the worker is gone.
///
/// # Errors
/// When the database does not answer.
pub async fn leave(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<()> {
    sqlx::query!("DELETE FROM job_workers WHERE id = $1", id).execute(conn).await?;
    Ok(())
}

/// Workers seen within the last so many seconds.
///
/// # Errors
/// When the database does not answer.
pub async fn alive(conn: &mut PgConnection, within_seconds: f64) -> sqlx::Result<Vec<WorkerRow>> {
    sqlx::query_as!(
        WorkerRow,
        "SELECT * FROM job_workers WHERE seen_at > now() - make_interval(secs => $1) ORDER BY started_at, id",
        within_seconds
    )
    .fetch_all(conn)
    .await
}

/// Forgets workers that gave no sign for a day.
///
/// # Errors
/// When the database does not answer.
pub async fn forget_silent(conn: &mut PgConnection) -> sqlx::Result<u64> {
    let done = sqlx::query!("DELETE FROM job_workers WHERE seen_at < now() - interval '1 day'").execute(conn).await?;
    Ok(done.rows_affected())
}
