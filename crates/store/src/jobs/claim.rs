//! Taking jobs to run: by their ids, as Redis hands them out, or straight from the table.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::Run;

/// A job that this worker has now.
#[derive(Clone, Debug, PartialEq)]
pub struct Claimed {
    /// Which run of which job.
    pub run: Run,
    /// Its queue.
    pub queue: String,
    /// Its kind.
    pub kind: String,
    /// What it works on.
    pub payload: Value,
    /// What it is about.
    pub subject: Option<String>,
    /// How often it may be started.
    pub max_attempts: i32,
    /// The request that asked for it.
    pub trace_id: Option<String>,
    /// The step of the trace that asked for it.
    pub trace_step: Option<String>,
    /// Who asked for it.
    pub requested_by: Option<Uuid>,
    /// Since when it could have run.
    pub run_at: DateTime<Utc>,
    /// When it was claimed, by the database's clock.
    pub started_at: DateTime<Utc>,
}

/// Who claims, and what it can run.
#[derive(Clone, Debug)]
pub struct Claimer {
    /// The worker.
    pub worker: Uuid,
    /// Kinds it has a handler for.
    pub kinds: Vec<String>,
    /// Kinds of which only so many may run at once, over all workers.
    pub limits: Vec<(String, i32)>,
    /// How long it has a job unless it says so again.
    pub lease_seconds: f64,
}

/// Claims those of the jobs that can run now; the others are left to be handed out again. No row is waited for.
///
/// # Errors
/// When the database does not answer.
pub async fn by_ids(pool: &PgPool, claimer: &Claimer, ids: &[i64]) -> sqlx::Result<Vec<Claimed>> {
    let mut tx = pool.begin().await?;
    let candidates = sqlx::query!(
        r#"SELECT id, kind FROM jobs
           WHERE id = ANY($1) AND state IN ('available', 'scheduled', 'retryable') AND run_at <= clock_timestamp() AND kind = ANY($2)
             AND NOT EXISTS (SELECT FROM job_pauses WHERE job_pauses.queue = jobs.queue)
           ORDER BY priority, run_at, id FOR UPDATE SKIP LOCKED"#,
        ids,
        &claimer.kinds
    )
    .fetch_all(&mut *tx)
    .await?;
    let candidates: Vec<(i64, String)> = candidates.into_iter().map(|row| (row.id, row.kind)).collect();
    let allowed = within_limits(&mut tx, claimer, &candidates).await?;
    let claimed = take(&mut tx, claimer, &allowed).await?;
    // What was not claimed is no longer handed out: it becomes due for that again.
    let left: Vec<i64> = ids.iter().copied().filter(|id| !allowed.contains(id)).collect();
    if !left.is_empty() {
        sqlx::query!(
            r#"UPDATE jobs SET published_at = NULL FROM (
                   SELECT id FROM jobs WHERE id = ANY($1) AND state IN ('available', 'scheduled', 'retryable') AND published_at IS NOT NULL
                   FOR UPDATE SKIP LOCKED
               ) AS open WHERE jobs.id = open.id"#,
            &left
        )
        .execute(&mut *tx)
        .await?;
    }
    tx.commit().await?;
    Ok(claimed)
}

/// Claims up to `room` of what is due in the queues, by priority, oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn next(pool: &PgPool, claimer: &Claimer, queues: &[String], room: i64) -> sqlx::Result<Vec<Claimed>> {
    let mut tx = pool.begin().await?;
    let full = full_kinds(&mut tx, claimer).await?;
    let candidates = sqlx::query!(
        r#"SELECT due.id AS "id!", due.kind AS "kind!"
           FROM unnest($1::text[]) AS wanted(queue)
           CROSS JOIN generate_series(1, 3) AS lane(priority)
           CROSS JOIN LATERAL (
               SELECT id, kind, run_at FROM jobs
               WHERE jobs.queue = wanted.queue AND jobs.priority = lane.priority AND jobs.state IN ('available', 'scheduled', 'retryable')
                 AND jobs.run_at <= clock_timestamp() AND jobs.kind = ANY($2) AND jobs.kind <> ALL($4)
               ORDER BY run_at, id LIMIT $3 FOR UPDATE SKIP LOCKED
           ) AS due
           WHERE NOT EXISTS (SELECT FROM job_pauses WHERE job_pauses.queue = wanted.queue)
           ORDER BY lane.priority, due.run_at, due.id LIMIT $3"#,
        queues,
        &claimer.kinds,
        room,
        &full
    )
    .fetch_all(&mut *tx)
    .await?;
    let candidates: Vec<(i64, String)> = candidates.into_iter().map(|row| (row.id, row.kind)).collect();
    let allowed = within_limits(&mut tx, claimer, &candidates).await?;
    let claimed = take(&mut tx, claimer, &allowed).await?;
    tx.commit().await?;
    Ok(claimed)
}

async fn take(conn: &mut PgConnection, claimer: &Claimer, ids: &[i64]) -> sqlx::Result<Vec<Claimed>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = sqlx::query!(
        r#"UPDATE jobs SET state = 'running', attempt = attempt + 1, worker = $2, started_at = clock_timestamp(),
                  lease_until = clock_timestamp() + make_interval(secs => $3), published_at = NULL, finished_at = NULL
           WHERE id = ANY($1)
           RETURNING id, attempt, queue, kind, payload, subject, max_attempts, trace_id, trace_step, requested_by, run_at,
                     started_at AS "started_at!""#,
        ids,
        claimer.worker,
        claimer.lease_seconds
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Claimed {
            run: Run { id: row.id, attempt: row.attempt },
            queue: row.queue,
            kind: row.kind,
            payload: row.payload,
            subject: row.subject,
            max_attempts: row.max_attempts,
            trace_id: row.trace_id,
            trace_step: row.trace_step,
            requested_by: row.requested_by,
            run_at: row.run_at,
            started_at: row.started_at,
        })
        .collect())
}

/// Of the candidates, in their order, those that do not take a kind over its limit. Claims of a limited kind come one after
/// another, by a lock that ends with the transaction, so that two workers cannot both take the last place.
async fn within_limits(
    conn: &mut PgConnection,
    claimer: &Claimer,
    candidates: &[(i64, String)],
) -> sqlx::Result<Vec<i64>> {
    let mut refused = std::collections::HashSet::new();
    // In the order of their names, so that two workers never wait for each other.
    let mut limits: Vec<_> =
        claimer.limits.iter().filter(|(kind, _)| candidates.iter().any(|(_, of)| of == kind)).collect();
    limits.sort();
    for (kind, limit) in limits {
        sqlx::query!("SELECT pg_advisory_xact_lock(hashtextextended('lode job limit ' || $1, 0))", kind)
            .execute(&mut *conn)
            .await?;
        let running =
            sqlx::query_scalar!(r#"SELECT count(*) AS "count!" FROM jobs WHERE kind = $1 AND state = 'running'"#, kind)
                .fetch_one(&mut *conn)
                .await?;
        let room = usize::try_from(i64::from(*limit) - running).unwrap_or(0);
        refused.extend(candidates.iter().filter(|(_, of)| of == kind).skip(room).map(|(id, _)| *id));
    }
    Ok(candidates.iter().map(|(id, _)| *id).filter(|id| !refused.contains(id)).collect())
}

/// Limited kinds that have no place now, so that their jobs do not stand in the way of others.
async fn full_kinds(conn: &mut PgConnection, claimer: &Claimer) -> sqlx::Result<Vec<String>> {
    if claimer.limits.is_empty() {
        return Ok(Vec::new());
    }
    let (kinds, limits): (Vec<String>, Vec<i32>) = claimer.limits.iter().cloned().unzip();
    full(conn, &kinds, &limits).await
}

/// Which of the kinds run as often as they may.
pub(super) async fn full(conn: &mut PgConnection, kinds: &[String], limits: &[i32]) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"SELECT wanted.kind AS "kind!" FROM unnest($1::text[], $2::int[]) AS wanted(kind, most)
           WHERE (SELECT count(*) FROM jobs WHERE jobs.kind = wanted.kind AND jobs.state = 'running') >= wanted.most"#,
        kinds,
        limits
    )
    .fetch_all(conn)
    .await
}
