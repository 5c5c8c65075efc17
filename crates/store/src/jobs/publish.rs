//! Handing due jobs to Redis: which ones, and what to do when Redis lost them.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

/// How many more jobs a lane of a queue takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Room {
    /// The queue.
    pub queue: String,
    /// 1, 2 or 3.
    pub priority: i16,
    /// At most so many.
    pub room: i64,
}

/// A job that is to be handed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The job.
    pub id: i64,
    /// Its queue.
    pub queue: String,
    /// Its priority.
    pub priority: i16,
}

/// Marks jobs that are due and not handed out yet, oldest first, and says which. Two relays never get the same one. Kinds at
/// their limit and queues that are paused are left out.
///
/// # Errors
/// When the database does not answer.
pub async fn take_due(
    conn: &mut PgConnection,
    rooms: &[Room],
    kinds: &[String],
    limits: &[(String, i32)],
) -> sqlx::Result<Vec<Due>> {
    let (limited, most): (Vec<String>, Vec<i32>) = limits.iter().cloned().unzip();
    let full = if limited.is_empty() { Vec::new() } else { super::claim::full(conn, &limited, &most).await? };
    sqlx::query_as!(
        Due,
        r#"WITH due AS (
               SELECT due.id FROM unnest($1::text[], $2::smallint[], $3::bigint[]) AS lane(queue, priority, room)
               CROSS JOIN LATERAL (
                   SELECT id FROM jobs
                   WHERE jobs.queue = lane.queue AND jobs.priority = lane.priority AND jobs.state IN ('available', 'scheduled', 'retryable')
                     AND jobs.published_at IS NULL AND jobs.run_at <= clock_timestamp() AND jobs.kind = ANY($4) AND jobs.kind <> ALL($5)
                   ORDER BY run_at, id LIMIT lane.room FOR UPDATE SKIP LOCKED
               ) AS due
               WHERE NOT EXISTS (SELECT FROM job_pauses WHERE job_pauses.queue = lane.queue)
           )
           UPDATE jobs SET published_at = clock_timestamp(), state = 'available'
           FROM due WHERE jobs.id = due.id RETURNING jobs.id, jobs.queue, jobs.priority"#,
        &rooms.iter().map(|room| room.queue.clone()).collect::<Vec<_>>(),
        &rooms.iter().map(|room| room.priority).collect::<Vec<_>>(),
        &rooms.iter().map(|room| room.room).collect::<Vec<_>>(),
        kinds,
        &full
    )
    .fetch_all(conn)
    .await
}

/// Whether commits of this session wait for the disk. Marks may be lost in a crash of the server: their jobs are then
/// handed out again, which does no harm.
///
/// # Errors
/// When the database does not answer.
pub async fn do_not_wait_for_disk(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("SELECT set_config('synchronous_commit', 'off', false)").fetch_one(conn).await?;
    Ok(())
}

/// Forgets that these jobs were handed out, so that they are handed out again.
///
/// # Errors
/// When the database does not answer.
pub async fn forget(conn: &mut PgConnection, ids: &[i64]) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        r#"UPDATE jobs SET published_at = NULL FROM (
               SELECT id FROM jobs WHERE id = ANY($1) AND state IN ('available', 'scheduled', 'retryable') AND published_at IS NOT NULL
               FOR UPDATE SKIP LOCKED
           ) AS open WHERE jobs.id = open.id"#,
        ids
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// Forgets that jobs of the queues were handed out before `before`: Redis may have lost them. Returns how many.
///
/// # Errors
/// When the database does not answer.
pub async fn forget_before(conn: &mut PgConnection, queues: &[String], before: DateTime<Utc>) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        r#"UPDATE jobs SET published_at = NULL FROM (
               SELECT id FROM jobs WHERE queue = ANY($1) AND state IN ('available', 'scheduled', 'retryable') AND published_at < $2
               FOR UPDATE SKIP LOCKED
           ) AS open WHERE jobs.id = open.id"#,
        queues,
        before
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// The database's clock, which all workers share.
///
/// # Errors
/// When the database does not answer.
pub async fn now(conn: &mut PgConnection) -> sqlx::Result<DateTime<Utc>> {
    sqlx::query_scalar!(r#"SELECT clock_timestamp() AS "now!""#).fetch_one(conn).await
}
