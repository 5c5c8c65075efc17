//! What a person does to jobs: cancel, retry, discard.

use sqlx::PgConnection;

use super::wake::{CANCEL_CHANNEL, CHANNEL};
use super::{JobRow, JobState};

/// Asks for a job to stop: one that waits is cancelled at once, one that runs is told. `None` when there is no such job or it
/// has ended; else where it stands now.
///
/// # Errors
/// When the database does not answer.
pub async fn cancel(conn: &mut PgConnection, id: i64) -> sqlx::Result<Option<JobState>> {
    let state = sqlx::query_scalar!(
        r#"UPDATE jobs SET cancel_requested_at = coalesce(cancel_requested_at, clock_timestamp()),
                  state = CASE WHEN state = 'running' THEN state ELSE 'cancelled' END,
                  finished_at = CASE WHEN state = 'running' THEN NULL ELSE clock_timestamp() END
           WHERE id = $1 AND state IN ('available', 'scheduled', 'retryable', 'running')
           RETURNING state AS "state: JobState""#,
        id
    )
    .fetch_optional(&mut *conn)
    .await?;
    if state == Some(JobState::Running) {
        sqlx::query!("SELECT pg_notify($1, $2)", CANCEL_CHANNEL, id.to_string()).execute(conn).await?;
    }
    Ok(state)
}

/// Cancels every unfinished job with the subject; returns how many were waiting and how many run and are told.
///
/// # Errors
/// When the database does not answer.
pub async fn cancel_subject(conn: &mut PgConnection, subject: &str) -> sqlx::Result<(u64, u64)> {
    let told = sqlx::query!(
        r#"WITH unfinished AS (
               -- In the order in which workers settle many jobs too, so that neither waits for the other for ever.
               SELECT id FROM jobs WHERE subject = $1 AND state IN ('available', 'scheduled', 'retryable', 'running')
               ORDER BY id FOR NO KEY UPDATE
           ), changed AS (
               UPDATE jobs SET cancel_requested_at = coalesce(cancel_requested_at, clock_timestamp()),
                      state = CASE WHEN state = 'running' THEN state ELSE 'cancelled' END,
                      finished_at = CASE WHEN state = 'running' THEN NULL ELSE clock_timestamp() END
               FROM unfinished WHERE jobs.id = unfinished.id
               RETURNING jobs.id, state = 'running' AS is_running
           )
           SELECT count(*) FILTER (WHERE NOT is_running) AS "waiting!",
                  count(pg_notify($2, id::text)) FILTER (WHERE is_running) AS "running!"
           FROM changed"#,
        subject,
        CANCEL_CHANNEL
    )
    .fetch_one(conn)
    .await?;
    Ok((u64::try_from(told.waiting).unwrap_or_default(), u64::try_from(told.running).unwrap_or_default()))
}

/// Lets a job run again that is dead, cancelled or waits for its next attempt; one that ended gets three more attempts. False
/// when it is in another state, or an unfinished one with the same key has taken its place.
///
/// # Errors
/// When the database does not answer.
pub async fn retry(conn: &mut PgConnection, id: i64) -> sqlx::Result<bool> {
    let queue = sqlx::query_scalar!(
        r#"UPDATE jobs SET state = 'available', run_at = clock_timestamp(), finished_at = NULL, cancel_requested_at = NULL,
                  published_at = NULL, max_attempts = CASE WHEN state = 'retryable' THEN max_attempts ELSE attempt + 3 END
           WHERE id = $1 AND state IN ('retryable', 'cancelled', 'discarded')
             AND NOT EXISTS (SELECT FROM jobs AS other WHERE other.kind = jobs.kind AND other.unique_key = jobs.unique_key
                             AND other.id <> jobs.id AND other.state IN ('available', 'scheduled', 'retryable', 'running'))
           RETURNING queue"#,
        id
    )
    .fetch_optional(&mut *conn)
    .await?;
    let Some(queue) = queue else { return Ok(false) };
    sqlx::query!("SELECT pg_notify($1, $2)", CHANNEL, queue).execute(conn).await?;
    Ok(true)
}

/// Retries every dead job of a queue; returns how many.
///
/// # Errors
/// When the database does not answer.
pub async fn retry_dead(conn: &mut PgConnection, queue: &str) -> sqlx::Result<u64> {
    let ids = sqlx::query_scalar!("SELECT id FROM jobs WHERE queue = $1 AND state = 'discarded' ORDER BY id", queue)
        .fetch_all(&mut *conn)
        .await?;
    let mut retried = 0;
    for id in ids {
        retried += u64::from(retry(conn, id).await?);
    }
    Ok(retried)
}

/// Takes a job out for good that waits for its next attempt, or is dead and need not be kept in sight: it is cancelled. False
/// when it is in another state.
///
/// # Errors
/// When the database does not answer.
pub async fn discard(conn: &mut PgConnection, id: i64) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "UPDATE jobs SET state = 'cancelled', finished_at = clock_timestamp(), published_at = NULL
         WHERE id = $1 AND state IN ('available', 'scheduled', 'retryable', 'discarded')",
        id
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Locks and reads one job, for whoever decides by what it is.
///
/// # Errors
/// When the database does not answer.
pub async fn lock(conn: &mut PgConnection, id: i64) -> sqlx::Result<Option<JobRow>> {
    sqlx::query_scalar!("SELECT id FROM jobs WHERE id = $1 FOR UPDATE", id).fetch_optional(&mut *conn).await?;
    super::read::get(conn, id).await
}
