//! How a run ends: done, to be tried again, dead, cancelled, or given back untouched.

use serde_json::Value;
use sqlx::PgConnection;

use super::{AttemptError, Run};

/// Newest errors that a job keeps.
const ERRORS_KEPT: i32 = 50;

/// What becomes of a job after a run.
#[derive(Clone, Debug, PartialEq)]
pub enum Ending {
    /// Done.
    Completed,
    /// Failed; try again after so many seconds, when an attempt is left, else dead.
    Retry {
        /// From now.
        after_seconds: f64,
        /// Why.
        error: AttemptError,
    },
    /// Dead, whatever attempts are left.
    Failed(AttemptError),
    /// It gave up by itself.
    Cancelled(AttemptError),
    /// It stopped because a person asked: cancelled, unless the request was taken back meanwhile (see
    /// [`super::enqueue::insert`]); then the attempt does not count, and somebody else may start at once.
    Stopped(AttemptError),
    /// Given back by a worker that stops: the attempt does not count, and somebody else may start at once.
    Released,
    /// Not the time for it yet: the attempt does not count, and it runs again after so many seconds.
    Later {
        /// From now.
        after_seconds: f64,
    },
}

/// Completes the run in the caller's transaction, so that its effect and its end commit together; false when the run was no
/// longer the caller's, who must then roll back.
///
/// # Errors
/// When the database does not answer.
pub async fn complete(conn: &mut PgConnection, run: Run, result: Option<&Value>) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "UPDATE jobs SET state = 'completed', finished_at = clock_timestamp(), lease_until = NULL, result = coalesce($3, result)
         WHERE id = $1 AND attempt = $2 AND state = 'running'",
        run.id,
        run.attempt,
        result
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Keeps the run for the caller until the end of the transaction; false when it is no longer the caller's, who must then
/// roll back. For jobs that commit more than once.
///
/// # Errors
/// When the database does not answer.
pub async fn hold(conn: &mut PgConnection, run: Run) -> sqlx::Result<bool> {
    // An update that changes nothing: the row is locked against everybody who would take the run away.
    let done = sqlx::query!(
        "UPDATE jobs SET started_at = started_at WHERE id = $1 AND attempt = $2 AND state = 'running'",
        run.id,
        run.attempt
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Settles many runs with one statement each for the completed and the others; runs that are no longer the worker's are
/// left as they are. Returns the runs that were settled.
///
/// # Errors
/// When the database does not answer.
pub async fn settle(conn: &mut PgConnection, endings: &[(Run, Ending)]) -> sqlx::Result<Vec<i64>> {
    let (completed, others): (Vec<_>, Vec<_>) =
        endings.iter().partition(|(_, ending)| matches!(ending, Ending::Completed));
    let mut settled = Vec::with_capacity(endings.len());
    if !completed.is_empty() {
        settled = sqlx::query_scalar!(
            r#"UPDATE jobs SET state = 'completed', finished_at = clock_timestamp(), lease_until = NULL
               FROM (
                   -- Locked in one order by everybody who changes many jobs.
                   SELECT job.id FROM unnest($1::bigint[], $2::int[]) AS run(id, attempt)
                   JOIN jobs AS job ON job.id = run.id AND job.attempt = run.attempt AND job.state = 'running'
                   ORDER BY job.id FOR NO KEY UPDATE OF job
               ) AS run
               WHERE jobs.id = run.id RETURNING jobs.id"#,
            &completed.iter().map(|(run, _)| run.id).collect::<Vec<_>>(),
            &completed.iter().map(|(run, _)| run.attempt).collect::<Vec<_>>(),
        )
        .fetch_all(&mut *conn)
        .await?;
    }
    if others.is_empty() {
        return Ok(settled);
    }
    let (mut states, mut after, mut errors) = (Vec::new(), Vec::new(), Vec::new());
    for (_, ending) in &others {
        let (state, seconds, error) = match ending {
            Ending::Completed => ("completed", 0.0, None),
            Ending::Retry { after_seconds, error } => ("retryable", *after_seconds, Some(error)),
            Ending::Failed(error) => ("discarded", 0.0, Some(error)),
            Ending::Cancelled(error) => ("cancelled", 0.0, Some(error)),
            Ending::Stopped(error) => ("stopped", 0.0, Some(error)),
            Ending::Released => ("available", 0.0, None),
            Ending::Later { after_seconds } => ("scheduled", *after_seconds, None),
        };
        states.push(state.to_owned());
        after.push(seconds);
        errors.push(error.map_or_else(|| Value::Array(Vec::new()), |error| serde_json::json!([error])));
    }
    let more = sqlx::query_scalar!(
        r#"UPDATE jobs SET
               state = ending.state,
               attempt = CASE WHEN ending.state IN ('available', 'scheduled') THEN jobs.attempt - 1 ELSE jobs.attempt END,
               run_at = CASE WHEN ending.state IN ('retryable', 'scheduled') THEN clock_timestamp() + make_interval(secs => ending.after)
                             ELSE jobs.run_at END,
               errors = CASE WHEN jsonb_array_length(jobs.errors) >= $6 THEN jobs.errors - 0 ELSE jobs.errors END || ending.error,
               lease_until = NULL, published_at = NULL,
               finished_at = CASE WHEN ending.state IN ('discarded', 'cancelled') THEN clock_timestamp() END
           FROM (
               -- A run that is out of attempts, or that somebody asked to stop, is not tried again.
               SELECT run.id, run.attempt, run.after, run.error,
                      CASE WHEN run.state = 'stopped' AND job.cancel_requested_at IS NULL THEN 'available'
                           WHEN run.state = 'stopped' THEN 'cancelled'
                           WHEN run.state = 'retryable' AND job.cancel_requested_at IS NOT NULL THEN 'cancelled'
                           WHEN run.state = 'retryable' AND job.attempt >= job.max_attempts THEN 'discarded'
                           ELSE run.state END AS state
               FROM unnest($1::bigint[], $2::int[], $3::text[], $4::float8[], $5::jsonb[]) AS run(id, attempt, state, after, error)
               JOIN jobs AS job ON job.id = run.id
               ORDER BY job.id FOR NO KEY UPDATE OF job
           ) AS ending
           WHERE jobs.id = ending.id AND jobs.attempt = ending.attempt AND jobs.state = 'running' RETURNING jobs.id"#,
        &others.iter().map(|(run, _)| run.id).collect::<Vec<_>>(),
        &others.iter().map(|(run, _)| run.attempt).collect::<Vec<_>>(),
        &states,
        &after,
        &errors,
        ERRORS_KEPT
    )
    .fetch_all(conn)
    .await?;
    settled.extend(more);
    Ok(settled)
}
