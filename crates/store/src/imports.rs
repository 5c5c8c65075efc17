//! Imports: one row per run of `lode import`, with its checkpoint and its report.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

/// One run.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportRun {
    /// Identity.
    pub id: Uuid,
    /// `filings`, `register`, `scb`, `accounts` or `companies`.
    pub kind: String,
    /// `running`, `completed`, `failed` or `cancelled`.
    pub status: String,
    /// Whether nothing but the run itself was written.
    pub is_dry_run: bool,
    /// Identity of the input.
    pub input_key: String,
    /// The files, with size.
    pub inputs: Value,
    /// Where to go on after an interruption.
    pub checkpoint: Value,
    /// Counts and warnings so far.
    pub report: Value,
    /// Why it failed.
    pub error: Option<String>,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When its last batch was committed.
    pub updated_at: DateTime<Utc>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Everything was read.
    Completed,
    /// Stopped by a person; the same command goes on from here.
    Cancelled,
    /// Stopped by an error; the same command goes on from here.
    Failed,
}

impl Ending {
    /// The name used in the database and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Completed => "completed",
            Self::Cancelled => "cancelled",
            Self::Failed => "failed",
        }
    }
}

/// Notes that a run begins.
///
/// # Errors
/// When the database does not answer.
pub async fn start(
    conn: &mut PgConnection,
    id: Uuid,
    kind: &str,
    input_key: &str,
    inputs: &Value,
    is_dry_run: bool,
) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO imports (id, kind, status, input_key, inputs, is_dry_run) VALUES ($1, $2, 'running', $3, $4, $5)",
        id,
        kind,
        input_key,
        inputs,
        is_dry_run
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The newest runs of the same input that did not come to their end: candidates for going on.
///
/// # Errors
/// When the database does not answer.
pub async fn unfinished(conn: &mut PgConnection, input_key: &str) -> sqlx::Result<Vec<ImportRun>> {
    sqlx::query_as!(
        ImportRun,
        "SELECT * FROM imports WHERE input_key = $1 AND status <> 'completed' AND NOT is_dry_run ORDER BY started_at DESC LIMIT 5",
        input_key
    )
    .fetch_all(conn)
    .await
}

/// Notes that an interrupted run goes on.
///
/// # Errors
/// When the database does not answer.
pub async fn resume(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE imports SET status = 'running', error = NULL, finished_at = NULL, updated_at = now() WHERE id = $1",
        id
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes how far a run has come, in the transaction that writes the batch.
///
/// # Errors
/// When the database does not answer.
pub async fn save_progress(conn: &mut PgConnection, id: Uuid, checkpoint: &Value, report: &Value) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE imports SET checkpoint = $2, report = $3, updated_at = now() WHERE id = $1",
        id,
        checkpoint,
        report
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes that a run ended.
///
/// # Errors
/// When the database does not answer.
pub async fn finish(
    conn: &mut PgConnection,
    id: Uuid,
    ending: Ending,
    report: &Value,
    error: Option<&str>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE imports SET status = $2, report = $3, error = $4, updated_at = now(), finished_at = now() WHERE id = $1",
        id,
        ending.as_str(),
        report,
        error
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// One run.
///
/// # Errors
/// When the database does not answer.
pub async fn get(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<ImportRun>> {
    sqlx::query_as!(ImportRun, "SELECT * FROM imports WHERE id = $1", id).fetch_optional(conn).await
}

/// Runs, newest first, and how many there are in all.
///
/// # Errors
/// When the database does not answer.
pub async fn list(conn: &mut PgConnection, limit: i64, offset: i64) -> sqlx::Result<(Vec<ImportRun>, i64)> {
    let runs = sqlx::query_as!(
        ImportRun,
        "SELECT * FROM imports ORDER BY started_at DESC, id DESC LIMIT $1 OFFSET $2",
        limit,
        offset
    )
    .fetch_all(&mut *conn)
    .await?;
    let total = sqlx::query_scalar!(r#"SELECT count(*) AS "count!" FROM imports"#).fetch_one(conn).await?;
    Ok((runs, total))
}
