//! What test jobs leave behind: one row for each time the effect happened.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::Run;

/// What the test jobs of one batch left behind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ProbeCount {
    /// Different jobs whose effect is there.
    pub numbers: i64,
    /// Effects in all: the same when each happened once.
    pub rows: i64,
}

/// Writes the effect of a test job.
///
/// # Errors
/// When the database does not answer.
pub async fn write(
    conn: &mut PgConnection,
    batch: Uuid,
    number: i32,
    run: Run,
    started_at: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO job_probes (batch, number, job_id, attempt, started_at) VALUES ($1, $2, $3, $4, $5)",
        batch,
        number,
        run.id,
        run.attempt,
        started_at
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Counts the effects of a batch.
///
/// # Errors
/// When the database does not answer.
pub async fn count(conn: &mut PgConnection, batch: Uuid) -> sqlx::Result<ProbeCount> {
    sqlx::query_as!(
        ProbeCount,
        r#"SELECT count(DISTINCT number) AS "numbers!", count(*) AS "rows!" FROM job_probes WHERE batch = $1"#,
        batch
    )
    .fetch_one(conn)
    .await
}

/// When each test job of a batch started, by its number.
///
/// # Errors
/// When the database does not answer.
pub async fn starts(conn: &mut PgConnection, batch: Uuid) -> sqlx::Result<Vec<(i32, DateTime<Utc>)>> {
    let rows = sqlx::query!("SELECT number, started_at FROM job_probes WHERE batch = $1 ORDER BY number", batch)
        .fetch_all(conn)
        .await?;
    Ok(rows.into_iter().map(|row| (row.number, row.started_at)).collect())
}

/// Removes effects that were written before a time; returns how many.
///
/// # Errors
/// When the database does not answer.
pub async fn delete_before(conn: &mut PgConnection, before: DateTime<Utc>) -> sqlx::Result<u64> {
    let done = sqlx::query!("DELETE FROM job_probes WHERE written_at < $1", before).execute(conn).await?;
    Ok(done.rows_affected())
}
