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
    /// Version of the data that was compared; `None` when it kept changing.
    pub data_version: Option<String>,
    /// Companies compared.
    pub companies: i64,
    /// What differs, one sentence each.
    pub differences: Vec<String>,
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

/// Notes what this process found.
///
/// # Errors
/// When the database does not answer.
pub async fn answer(
    conn: &mut PgConnection,
    process: &str,
    data_version: Option<&str>,
    companies: i64,
    differences: &[String],
) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO index_checks (process, data_version, companies, differences) VALUES ($1, $2, $3, $4)",
        process,
        data_version,
        companies,
        differences
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
        "SELECT process, checked_at, data_version, companies, differences FROM index_checks WHERE checked_at > $1 ORDER BY id",
        time
    )
    .fetch_all(conn)
    .await
}
