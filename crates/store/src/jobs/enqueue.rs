//! Putting jobs into their queue, in the transaction of whoever asks for them.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use super::wake::CHANNEL;

/// Rows of one statement: a statement of more would hold its memory twice for little gain.
const ROWS_AT_ONCE: usize = 5_000;

/// A job to be.
#[derive(Clone, Debug, PartialEq)]
pub struct NewJob {
    /// Its queue.
    pub queue: &'static str,
    /// Its kind.
    pub kind: &'static str,
    /// What it works on.
    pub payload: Value,
    /// Among unfinished jobs of its kind there is one with this key.
    pub unique_key: Option<String>,
    /// What it is about, e.g. `list:…`.
    pub subject: Option<String>,
    /// 1 before 2 before 3.
    pub priority: i16,
    /// How often it may be started.
    pub max_attempts: i32,
    /// When it may run; `None` is now.
    pub run_at: Option<DateTime<Utc>>,
    /// The request that asks for it.
    pub trace_id: Option<String>,
    /// The step of its trace that asks for it.
    pub trace_step: Option<String>,
    /// Who asks for it.
    pub requested_by: Option<Uuid>,
}

/// What became of a job that was to be enqueued.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Enqueued {
    /// The job: the new one, or the unfinished one with the same key.
    pub id: i64,
    /// Whether it is new.
    pub is_new: bool,
}

/// Inserts the jobs; where an unfinished one has the same kind and key, that one is meant instead. Where that one was asked
/// to stop, the request is taken back, and when its worker stops it all the same, it runs again. Workers learn of it when
/// the transaction commits. Answers in the order of the input.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(conn: &mut PgConnection, jobs: &[NewJob]) -> sqlx::Result<Vec<Enqueued>> {
    let mut done = Vec::with_capacity(jobs.len());
    for part in jobs.chunks(ROWS_AT_ONCE) {
        done.extend(insert_part(conn, part).await?);
    }
    let mut queues: Vec<&str> = jobs.iter().map(|job| job.queue).collect();
    queues.sort_unstable();
    queues.dedup();
    for queue in queues {
        sqlx::query!("SELECT pg_notify($1, $2)", CHANNEL, queue).execute(&mut *conn).await?;
    }
    Ok(done)
}

async fn insert_part(conn: &mut PgConnection, jobs: &[NewJob]) -> sqlx::Result<Vec<Enqueued>> {
    let mut found: Vec<Option<Enqueued>> = vec![None; jobs.len()];
    // A job with the same key may end between our finding it in the way and our looking for it: then it is tried again.
    for _ in 0..5 {
        let open: Vec<usize> = (0..jobs.len()).filter(|at| found[*at].is_none()).collect();
        if open.is_empty() {
            break;
        }
        insert_open(conn, jobs, &open, &mut found).await?;
    }
    found.into_iter().map(|one| one.ok_or(sqlx::Error::RowNotFound)).collect()
}

async fn insert_open(
    conn: &mut PgConnection,
    jobs: &[NewJob],
    open: &[usize],
    found: &mut [Option<Enqueued>],
) -> sqlx::Result<()> {
    let of = |at: &usize| &jobs[*at];
    // Ids are drawn first, so that each row of the answer is known again by its id.
    let ids = sqlx::query_scalar!(
        r#"SELECT nextval(pg_get_serial_sequence('jobs', 'id')) AS "id!" FROM generate_series(1, $1::bigint)"#,
        i64::try_from(open.len()).unwrap_or(i64::MAX)
    )
    .fetch_all(&mut *conn)
    .await?;
    let inserted = sqlx::query_scalar!(
        r#"INSERT INTO jobs (id, queue, kind, payload, unique_key, subject, priority, max_attempts, run_at, state, trace_id, requested_by, trace_step)
           OVERRIDING SYSTEM VALUE
           SELECT n.id, n.queue, n.kind, n.payload, n.unique_key, n.subject, n.priority, n.max_attempts,
                  coalesce(n.run_at, clock_timestamp()),
                  CASE WHEN n.run_at > now() THEN 'scheduled' ELSE 'available' END, n.trace_id, n.requested_by, n.trace_step
           FROM unnest($1::bigint[], $2::text[], $3::text[], $4::jsonb[], $5::text[], $6::text[], $7::smallint[], $8::int[],
                       $9::timestamptz[], $10::text[], $11::uuid[], $12::text[])
                AS n(id, queue, kind, payload, unique_key, subject, priority, max_attempts, run_at, trace_id, requested_by,
                     trace_step)
           ON CONFLICT (kind, unique_key)
               WHERE unique_key IS NOT NULL AND state IN ('available', 'scheduled', 'retryable', 'running') DO NOTHING
           RETURNING id"#,
        &ids,
        &open.iter().map(|at| of(at).queue.to_owned()).collect::<Vec<_>>(),
        &open.iter().map(|at| of(at).kind.to_owned()).collect::<Vec<_>>(),
        &open.iter().map(|at| of(at).payload.clone()).collect::<Vec<_>>(),
        &open.iter().map(|at| of(at).unique_key.clone()).collect::<Vec<_>>() as &[Option<String>],
        &open.iter().map(|at| of(at).subject.clone()).collect::<Vec<_>>() as &[Option<String>],
        &open.iter().map(|at| of(at).priority).collect::<Vec<_>>(),
        &open.iter().map(|at| of(at).max_attempts).collect::<Vec<_>>(),
        &open.iter().map(|at| of(at).run_at).collect::<Vec<_>>() as &[Option<DateTime<Utc>>],
        &open.iter().map(|at| of(at).trace_id.clone()).collect::<Vec<_>>() as &[Option<String>],
        &open.iter().map(|at| of(at).requested_by).collect::<Vec<_>>() as &[Option<Uuid>],
        &open.iter().map(|at| of(at).trace_step.clone()).collect::<Vec<_>>() as &[Option<String>],
    )
    .fetch_all(&mut *conn)
    .await?;
    let inserted: std::collections::HashSet<i64> = inserted.into_iter().collect();
    let mut missing = Vec::new();
    for (at, id) in open.iter().zip(&ids) {
        if inserted.contains(id) {
            found[*at] = Some(Enqueued { id: *id, is_new: true });
        } else {
            missing.push(*at);
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    let kinds: Vec<String> = missing.iter().map(|at| of(at).kind.to_owned()).collect();
    let keys: Vec<Option<String>> = missing.iter().map(|at| of(at).unique_key.clone()).collect();
    // One that ends before this has it is found no more below, and takes its key along.
    sqlx::query!(
        r#"UPDATE jobs SET cancel_requested_at = NULL
           FROM (
               -- Locked in one order by everybody who changes many jobs.
               SELECT job.id FROM unnest($1::text[], $2::text[]) AS n(kind, unique_key)
               JOIN jobs AS job ON job.kind = n.kind AND job.unique_key = n.unique_key
                    AND job.state IN ('available', 'scheduled', 'retryable', 'running') AND job.cancel_requested_at IS NOT NULL
               ORDER BY job.id FOR NO KEY UPDATE OF job
           ) AS stopping
           WHERE jobs.id = stopping.id"#,
        &kinds,
        &keys as &[Option<String>],
    )
    .execute(&mut *conn)
    .await?;
    let existing = sqlx::query!(
        r#"SELECT jobs.id, n.place AS "place!"
           FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS n(kind, unique_key, place)
           JOIN jobs ON jobs.kind = n.kind AND jobs.unique_key = n.unique_key
                AND jobs.state IN ('available', 'scheduled', 'retryable', 'running') AND jobs.cancel_requested_at IS NULL"#,
        &kinds,
        &keys as &[Option<String>],
    )
    .fetch_all(&mut *conn)
    .await?;
    for row in existing {
        if let Some(at) = usize::try_from(row.place - 1).ok().and_then(|place| missing.get(place)) {
            found[*at] = Some(Enqueued { id: row.id, is_new: false });
        }
    }
    Ok(())
}
