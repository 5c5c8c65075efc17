//! Comparisons of screening indexes with Postgres: asked for by notification, answered by rows.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

/// Processes that hold an index listen here.
pub const CHANNEL: &str = "lode_check_index";

/// What one process found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexCheck {
    /// Host and process.
    pub process: String,
    /// When.
    pub checked_at: DateTime<Utc>,
    /// Whether it is still comparing.
    pub is_running: bool,
    /// Version of the data that was compared; `None` when nothing was.
    pub data_version: Option<String>,
    /// Companies compared.
    pub companies: i64,
    /// What differs, one sentence each.
    pub differences: Vec<String>,
    /// Why not everything was compared.
    pub problem: Option<String>,
}

/// What a comparison found.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    /// Version of the data that was compared; `None` when nothing was.
    pub data_version: Option<&'a str>,
    /// Companies compared.
    pub companies: i64,
    /// What differs, one sentence each.
    pub differences: &'a [String],
    /// Why not everything was compared.
    pub problem: Option<&'a str>,
}

/// Asks every process with an index to compare it; returns the database's time, after which the answers come. Answers
/// older than a month are removed.
///
/// # Errors
/// When the database does not answer.
pub async fn ask(conn: &mut PgConnection) -> sqlx::Result<DateTime<Utc>> {
    sqlx::query!("DELETE FROM index_checks WHERE checked_at < now() - interval '30 days'").execute(&mut *conn).await?;
    let now = sqlx::query_scalar!(r#"SELECT clock_timestamp() AS "now!""#).fetch_one(&mut *conn).await?;
    sqlx::query!("SELECT pg_notify($1, '')", CHANNEL).execute(conn).await?;
    Ok(now)
}

/// Notes that this process has begun to compare; returns the row to [`answer`] with.
///
/// # Errors
/// When the database does not answer.
pub async fn begin(conn: &mut PgConnection, process: &str) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        "INSERT INTO index_checks (process, companies, is_running) VALUES ($1, 0, true) RETURNING id",
        process
    )
    .fetch_one(conn)
    .await
}

/// Notes what this process found.
///
/// # Errors
/// When the database does not answer.
pub async fn answer(conn: &mut PgConnection, check: i64, found: &Found<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE index_checks SET is_running = false, data_version = $2, companies = $3, differences = $4, problem = $5
         WHERE id = $1",
        check,
        found.data_version,
        found.companies,
        found.differences,
        found.problem
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// What was found after a time, oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn since(conn: &mut PgConnection, time: DateTime<Utc>) -> sqlx::Result<Vec<IndexCheck>> {
    sqlx::query_as!(
        IndexCheck,
        "SELECT process, checked_at, is_running, data_version, companies, differences, problem
         FROM index_checks WHERE checked_at > $1 ORDER BY id",
        time
    )
    .fetch_all(conn)
    .await
}
