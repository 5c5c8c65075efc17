//! Who has a running job, and until when.

use sqlx::PgConnection;
use uuid::Uuid;

use super::Run;

/// How far a running job has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JobProgress {
    /// How much is done, in units of the job's own.
    pub done: Option<i64>,
    /// Of how much.
    pub total: Option<i64>,
    /// In words.
    pub note: Option<String>,
}

/// A run that is still the worker's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// The run.
    pub run: Run,
    /// Whether somebody asked for it to stop.
    pub is_cancelled: bool,
}

/// Extends the leases of the worker's runs and notes how far each has come. Runs that are not in the answer are no longer
/// the worker's.
///
/// # Errors
/// When the database does not answer.
pub async fn extend(
    conn: &mut PgConnection,
    worker: Uuid,
    lease_seconds: f64,
    runs: &[(Run, JobProgress)],
) -> sqlx::Result<Vec<Held>> {
    let ids: Vec<i64> = runs.iter().map(|(run, _)| run.id).collect();
    let attempts: Vec<i32> = runs.iter().map(|(run, _)| run.attempt).collect();
    // A row that is locked is being written by its own run; nobody takes it back meanwhile.
    sqlx::query!(
        r#"UPDATE jobs SET lease_until = clock_timestamp() + make_interval(secs => $2),
                  progress_done = coalesce(own.done, progress_done), progress_total = coalesce(own.total, progress_total),
                  progress_note = coalesce(own.note, progress_note)
           FROM (
               SELECT job.id, run.done, run.total, run.note
               FROM unnest($3::bigint[], $4::int[], $5::bigint[], $6::bigint[], $7::text[]) AS run(id, attempt, done, total, note)
               JOIN jobs AS job ON job.id = run.id AND job.attempt = run.attempt AND job.state = 'running' AND job.worker = $1
               ORDER BY job.id FOR NO KEY UPDATE OF job SKIP LOCKED
           ) AS own WHERE jobs.id = own.id"#,
        worker,
        lease_seconds,
        &ids,
        &attempts,
        &runs.iter().map(|(_, progress)| progress.done).collect::<Vec<_>>() as &[Option<i64>],
        &runs.iter().map(|(_, progress)| progress.total).collect::<Vec<_>>() as &[Option<i64>],
        &runs.iter().map(|(_, progress)| progress.note.clone()).collect::<Vec<_>>() as &[Option<String>],
    )
    .execute(&mut *conn)
    .await?;
    let rows = sqlx::query!(
        r#"SELECT jobs.id, jobs.attempt, cancel_requested_at IS NOT NULL AS "is_cancelled!"
           FROM unnest($1::bigint[], $2::int[]) AS run(id, attempt)
           JOIN jobs ON jobs.id = run.id AND jobs.attempt = run.attempt AND jobs.state = 'running'"#,
        &ids,
        &attempts
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Held { run: Run { id: row.id, attempt: row.attempt }, is_cancelled: row.is_cancelled })
        .collect())
}

/// A run whose lease ran out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// The job.
    pub id: i64,
    /// Its kind.
    pub kind: String,
    /// The attempt that went silent.
    pub attempt: i32,
    /// Where the job stands now: `available`, `cancelled` or `discarded`.
    pub state: String,
}

/// Takes jobs back whose lease ran out: their worker was killed or cut off. They may run again at once, as long as attempts
/// are left.
///
/// # Errors
/// When the database does not answer.
pub async fn take_back(conn: &mut PgConnection, limit: i64) -> sqlx::Result<Vec<Lost>> {
    sqlx::query_as!(
        Lost,
        r#"UPDATE jobs SET
               state = CASE WHEN cancel_requested_at IS NOT NULL THEN 'cancelled' WHEN attempt >= max_attempts THEN 'discarded'
                            ELSE 'available' END,
               finished_at = CASE WHEN cancel_requested_at IS NOT NULL OR attempt >= max_attempts THEN clock_timestamp() END,
               errors = errors || jsonb_build_array(jsonb_build_object(
                   'attempt', attempt, 'at', clock_timestamp(), 'kind', 'lost', 'worker', worker,
                   'reason', 'the worker that ran it went silent: it was killed or lost its connection',
                   'duration_ms', round(extract(epoch FROM clock_timestamp() - started_at) * 1000)::bigint)),
               lease_until = NULL, published_at = NULL
           WHERE id IN (SELECT id FROM jobs WHERE state = 'running' AND lease_until < clock_timestamp()
                        ORDER BY lease_until LIMIT $1 FOR UPDATE SKIP LOCKED)
           RETURNING id, kind, attempt, state"#,
        limit
    )
    .fetch_all(conn)
    .await
}
