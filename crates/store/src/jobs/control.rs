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
    Ok(cancel_all(conn, &[id]).await?.pop())
}

/// Cancels every unfinished job with the subject; returns how many were waiting and how many run and are told.
///
/// # Errors
/// When the database does not answer.
pub async fn cancel_subject(conn: &mut PgConnection, subject: &str) -> sqlx::Result<(usize, usize)> {
    let ids = sqlx::query_scalar!(
        "SELECT id FROM jobs WHERE subject = $1 AND state IN ('available', 'scheduled', 'retryable', 'running')",
        subject
    )
    .fetch_all(&mut *conn)
    .await?;
    let states = cancel_all(conn, &ids).await?;
    let running = states.iter().filter(|state| **state == JobState::Running).count();
    Ok((states.len() - running, running))
}

/// Asks for the jobs to stop; returns where those stand now that had not ended.
async fn cancel_all(conn: &mut PgConnection, ids: &[i64]) -> sqlx::Result<Vec<JobState>> {
    let changed = sqlx::query!(
        r#"UPDATE jobs SET cancel_requested_at = coalesce(cancel_requested_at, clock_timestamp()),
                  state = CASE WHEN state = 'running' THEN state ELSE 'cancelled' END,
                  finished_at = CASE WHEN state = 'running' THEN NULL ELSE clock_timestamp() END
           FROM (
               -- Locked in one order by everybody who changes many jobs.
               SELECT id FROM jobs WHERE id = ANY($1) AND state IN ('available', 'scheduled', 'retryable', 'running')
               ORDER BY id FOR NO KEY UPDATE
           ) AS unfinished
           WHERE jobs.id = unfinished.id
           RETURNING jobs.id, state AS "state: JobState""#,
        ids
    )
    .fetch_all(&mut *conn)
    .await?;
    let running: Vec<i64> = changed.iter().filter(|job| job.state == JobState::Running).map(|job| job.id).collect();
    sqlx::query!("SELECT pg_notify($1, id::text) FROM unnest($2::bigint[]) AS told (id)", CANCEL_CHANNEL, &running)
        .execute(conn)
        .await?;
    Ok(changed.into_iter().map(|job| job.state).collect())
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

/// Takes a job out permanently that waits for its next attempt, or is dead and need not be kept in sight: it is cancelled. False
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
