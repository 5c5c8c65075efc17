//! Ticks of schedules: each is taken once.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

/// Any number: whoever holds this session lock leads, i.e. hands out jobs and watches the clock.
const LEADER: i64 = 0x6c6f_6465_6a6f_6273;

/// A schedule as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduleRow {
    /// Its name.
    pub name: String,
    /// The newest tick that was taken.
    pub last_tick: DateTime<Utc>,
    /// The job of that tick.
    pub job_id: Option<i64>,
}

/// Tries to become the leader; the place is free again when the connection closes, however the process ends.
///
/// # Errors
/// When the database does not answer.
pub async fn try_lead(conn: &mut PgConnection) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"SELECT pg_try_advisory_lock($1) AS "leads!""#, LEADER).fetch_one(conn).await
}

/// The newest tick that was taken; a schedule that is new begins at `begin` and has none behind it.
///
/// # Errors
/// When the database does not answer.
pub async fn last_tick(conn: &mut PgConnection, name: &str, begin: DateTime<Utc>) -> sqlx::Result<DateTime<Utc>> {
    sqlx::query!("INSERT INTO job_schedules (name, last_tick) VALUES ($1, $2) ON CONFLICT DO NOTHING", name, begin)
        .execute(&mut *conn)
        .await?;
    sqlx::query_scalar!("SELECT last_tick FROM job_schedules WHERE name = $1", name).fetch_one(conn).await
}

/// Takes a tick in the caller's transaction; false when it, or a later one, was taken by somebody else.
///
/// # Errors
/// When the database does not answer.
pub async fn take_tick(conn: &mut PgConnection, name: &str, tick: DateTime<Utc>) -> sqlx::Result<bool> {
    let done = sqlx::query!("UPDATE job_schedules SET last_tick = $2 WHERE name = $1 AND last_tick < $2", name, tick)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes which job a tick became.
///
/// # Errors
/// When the database does not answer.
pub async fn note_job(conn: &mut PgConnection, name: &str, job: i64) -> sqlx::Result<()> {
    sqlx::query!("UPDATE job_schedules SET job_id = $2 WHERE name = $1", name, job).execute(conn).await?;
    Ok(())
}

/// Every schedule that ever ticked or waits for its first tick.
///
/// # Errors
/// When the database does not answer.
pub async fn list(conn: &mut PgConnection) -> sqlx::Result<Vec<ScheduleRow>> {
    sqlx::query_as!(ScheduleRow, "SELECT name, last_tick, job_id FROM job_schedules ORDER BY name")
        .fetch_all(conn)
        .await
}
