//! How full the queues are, and which are paused.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::wake::CHANNEL;

/// How one queue stands.
#[derive(Clone, Debug, PartialEq)]
pub struct QueueState {
    /// Its name.
    pub queue: String,
    /// Jobs that may run now.
    pub available: i64,
    /// Jobs that wait for their time.
    pub scheduled: i64,
    /// Jobs that failed and wait for their next attempt.
    pub retryable: i64,
    /// Jobs that run.
    pub running: i64,
    /// Dead jobs that are kept.
    pub discarded: i64,
    /// Seconds since the oldest job that may run could have; `None` when none waits.
    pub oldest_seconds: Option<f64>,
    /// Since when it is paused.
    pub paused_at: Option<DateTime<Utc>>,
    /// Who paused it.
    pub paused_by: Option<Uuid>,
    /// Jobs completed in the last five minutes; of all queues the newest 50 000 are counted.
    pub completed_lately: i64,
    /// Jobs that died in the last five minutes.
    pub discarded_lately: i64,
    /// Median run time of those completed lately, in seconds.
    pub run_seconds: Option<f64>,
    /// Median wait of those completed lately, from when they could run to when they did, in seconds.
    pub wait_seconds: Option<f64>,
}

/// Whether somebody has paused the queue.
///
/// # Errors
/// When the database does not answer.
pub async fn is_paused(conn: &mut PgConnection, queue: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"SELECT EXISTS (SELECT FROM job_pauses WHERE queue = $1) AS "is_paused!""#, queue)
        .fetch_one(conn)
        .await
}

/// How the queues stand, in the order of their names.
///
/// # Errors
/// When the database does not answer.
pub async fn states(conn: &mut PgConnection, queues: &[String]) -> sqlx::Result<Vec<QueueState>> {
    sqlx::query_as!(
        QueueState,
        r#"SELECT wanted.queue AS "queue!",
                  coalesce(open.available, 0) AS "available!", coalesce(open.scheduled, 0) AS "scheduled!",
                  coalesce(open.retryable, 0) AS "retryable!", coalesce(running.count, 0) AS "running!",
                  coalesce(dead.count, 0) AS "discarded!", open.oldest_seconds, job_pauses.paused_at AS "paused_at?", job_pauses.paused_by AS "paused_by?",
                  coalesce(lately.completed, 0) AS "completed_lately!", coalesce(lately.discarded, 0) AS "discarded_lately!",
                  lately.run_seconds, lately.wait_seconds
           FROM unnest($1::text[]) AS wanted(queue)
           LEFT JOIN job_pauses ON job_pauses.queue = wanted.queue
           LEFT JOIN (
               SELECT queue, count(*) FILTER (WHERE run_at <= clock_timestamp()) AS available,
                      count(*) FILTER (WHERE run_at > clock_timestamp() AND state <> 'retryable') AS scheduled,
                      count(*) FILTER (WHERE run_at > clock_timestamp() AND state = 'retryable') AS retryable,
                      extract(epoch FROM clock_timestamp() - min(run_at) FILTER (WHERE run_at <= clock_timestamp()))::float8 AS oldest_seconds
               FROM jobs WHERE state IN ('available', 'scheduled', 'retryable') GROUP BY queue
           ) AS open ON open.queue = wanted.queue
           LEFT JOIN (SELECT queue, count(*) FROM jobs WHERE state = 'running' GROUP BY queue) AS running ON running.queue = wanted.queue
           LEFT JOIN (SELECT queue, count(*) FROM jobs WHERE state = 'discarded' GROUP BY queue) AS dead ON dead.queue = wanted.queue
           LEFT JOIN (
               SELECT queue, count(*) FILTER (WHERE state = 'completed') AS completed, count(*) FILTER (WHERE state = 'discarded') AS discarded,
                      percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM finished_at - started_at)::float8)
                          FILTER (WHERE state = 'completed') AS run_seconds,
                      percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM started_at - run_at)::float8)
                          FILTER (WHERE state = 'completed') AS wait_seconds
               FROM (SELECT queue, state, run_at, started_at, finished_at FROM jobs
                     WHERE state IN ('completed', 'cancelled', 'discarded') AND finished_at > clock_timestamp() - interval '5 minutes'
                     ORDER BY finished_at DESC LIMIT 50000) AS newest
               GROUP BY queue
           ) AS lately ON lately.queue = wanted.queue
           ORDER BY wanted.queue"#,
        queues
    )
    .fetch_all(conn)
    .await
}

/// Pauses a queue: nothing of it is started from now on; what runs goes on. False when it was paused already.
///
/// # Errors
/// When the database does not answer.
pub async fn pause(conn: &mut PgConnection, queue: &str, by: Option<Uuid>) -> sqlx::Result<bool> {
    let done =
        sqlx::query!("INSERT INTO job_pauses (queue, paused_by) VALUES ($1, $2) ON CONFLICT DO NOTHING", queue, by)
            .execute(conn)
            .await?;
    Ok(done.rows_affected() == 1)
}

/// Lets a paused queue go on. False when it was not paused.
///
/// # Errors
/// When the database does not answer.
pub async fn resume(conn: &mut PgConnection, queue: &str) -> sqlx::Result<bool> {
    let done = sqlx::query!("DELETE FROM job_pauses WHERE queue = $1", queue).execute(&mut *conn).await?;
    sqlx::query!("SELECT pg_notify($1, $2)", CHANNEL, queue).execute(conn).await?;
    Ok(done.rows_affected() == 1)
}
