//! The parts of a run: one row per company and what is found out of it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::orgnr::Orgnr;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::companies::{key, orgnr_of};

/// Parts by state, by part: `{"website_insights": {"completed": 12, "failed": 1}}`.
pub type Counts = BTreeMap<String, BTreeMap<String, i64>>;

/// Adds a part for every given company that Lode knows; one that is fresher than `fresh_since` is marked as skipped, and so is each of a
/// company with an approved analysis that `keeping_approved_of` may see. Returns the companies that have something to do, ascending, and how
/// many companies are known at all. The parts of a company that wait come with it.
///
/// # Errors
/// When the database does not answer.
pub async fn add(
    conn: &mut PgConnection,
    run: Uuid,
    orgnrs: &[i64],
    parts: &[String],
    fresh_since: Option<DateTime<Utc>>,
    keeping_approved_of: Option<Uuid>,
) -> sqlx::Result<(Vec<(Orgnr, Vec<String>)>, i64)> {
    sqlx::query!(
        "INSERT INTO run_items (run_id, orgnr, part, state, reason)
         SELECT $1, c.orgnr, part,
                CASE WHEN fresh.is_fresh OR kept.is_approved THEN 'skipped' ELSE 'queued' END,
                CASE WHEN kept.is_approved THEN 'approved_before' WHEN fresh.is_fresh THEN 'fresh' END
         FROM companies c CROSS JOIN unnest($3::text[]) AS part
         CROSS JOIN LATERAL (SELECT $4::timestamptz IS NOT NULL AND (
             EXISTS (SELECT FROM enrichments e WHERE e.orgnr = c.orgnr AND e.kind = part AND e.made_at >= $4)
             OR part = 'homepage' AND EXISTS (SELECT FROM homepages h WHERE h.orgnr = c.orgnr AND h.checked_at >= $4)
         ) AS is_fresh) AS fresh
         CROSS JOIN LATERAL (SELECT $5::uuid IS NOT NULL AND EXISTS (
             SELECT FROM analyses a JOIN runs r ON r.id = a.run_id
             WHERE a.orgnr = c.orgnr AND a.verdict = 'approved' AND (r.scope = 'team' OR r.owner_id = $5)) AS is_approved) AS kept
         WHERE c.orgnr = ANY($2)",
        run,
        orgnrs,
        parts,
        fresh_since,
        keeping_approved_of
    )
    .execute(&mut *conn)
    .await?;
    let known = sqlx::query_scalar!(
        r#"UPDATE runs SET company_count = (SELECT count(DISTINCT orgnr) FROM run_items WHERE run_id = $1)
           WHERE id = $1 RETURNING company_count AS "count!""#,
        run
    )
    .fetch_one(&mut *conn)
    .await?;
    Ok((waiting(conn, run).await?, i64::from(known)))
}

/// Companies of the run with parts in the queue, ascending, each with those parts.
///
/// # Errors
/// When the database does not answer.
pub async fn waiting(conn: &mut PgConnection, run: Uuid) -> sqlx::Result<Vec<(Orgnr, Vec<String>)>> {
    let rows = sqlx::query!(
        r#"SELECT orgnr, array_agg(part ORDER BY part) AS "parts!" FROM run_items
           WHERE run_id = $1 AND state = 'queued' GROUP BY orgnr ORDER BY orgnr"#,
        run
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(|row| Ok((orgnr_of(row.orgnr)?, row.parts))).collect()
}

/// How many of the companies are known, each counted once.
///
/// # Errors
/// When the database does not answer.
pub async fn known(conn: &mut PgConnection, orgnrs: &[i64]) -> sqlx::Result<i64> {
    sqlx::query_scalar!(r#"SELECT count(*) AS "count!" FROM companies WHERE orgnr = ANY($1)"#, orgnrs)
        .fetch_one(conn)
        .await
}

/// How many of the companies have nothing to find out: each of the parts, none of them named twice, is fresh. What an estimate
/// tells; by the same rule as [`add`].
///
/// # Errors
/// When the database does not answer.
pub async fn fresh(
    conn: &mut PgConnection,
    orgnrs: &[i64],
    parts: &[String],
    fresh_since: DateTime<Utc>,
) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!" FROM (
               SELECT orgnr FROM (
                   SELECT orgnr, kind FROM enrichments WHERE orgnr = ANY($1) AND kind = ANY($2) AND made_at >= $3
                   UNION
                   SELECT orgnr, 'homepage' FROM homepages
                   WHERE 'homepage' = ANY($2) AND orgnr = ANY($1) AND checked_at >= $3) AS found
               GROUP BY orgnr HAVING count(*) = cardinality($2)) AS whole"#,
        orgnrs,
        parts,
        fresh_since
    )
    .fetch_one(conn)
    .await
}

/// Ties the queued parts of companies to their jobs, so that a job that dies is noticed.
///
/// # Errors
/// When the database does not answer.
pub async fn tie(conn: &mut PgConnection, run: Uuid, orgnrs: &[i64], jobs: &[i64]) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE run_items i SET job_id = given.job
         FROM unnest($2::bigint[], $3::bigint[]) AS given (orgnr, job)
         WHERE i.run_id = $1 AND i.orgnr = given.orgnr AND i.state = 'queued'",
        run,
        orgnrs,
        jobs
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Those of these parts of the company that are still to be found out, marked as running.
///
/// # Errors
/// When the database does not answer.
pub async fn start(conn: &mut PgConnection, run: Uuid, orgnr: Orgnr, parts: &[&str]) -> sqlx::Result<Vec<String>> {
    let parts: Vec<String> = parts.iter().map(|part| (*part).to_owned()).collect();
    sqlx::query_scalar!(
        "UPDATE run_items SET state = 'running', updated_at = now()
         WHERE run_id = $1 AND orgnr = $2 AND part = ANY($3) AND state IN ('queued', 'running') RETURNING part",
        run,
        key(orgnr),
        &parts
    )
    .fetch_all(conn)
    .await
}

/// The parts of the company that wait in the queue, in no order.
///
/// # Errors
/// When the database does not answer.
pub async fn queued(conn: &mut PgConnection, run: Uuid, orgnr: Orgnr) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        "SELECT part FROM run_items WHERE run_id = $1 AND orgnr = $2 AND state = 'queued'",
        run,
        key(orgnr)
    )
    .fetch_all(conn)
    .await
}

/// Skips the parts of the company that wait in the queue, for a reason.
///
/// # Errors
/// When the database does not answer.
pub async fn skip_queued(conn: &mut PgConnection, run: Uuid, orgnr: Orgnr, reason: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE run_items SET state = 'skipped', reason = $3, updated_at = now()
         WHERE run_id = $1 AND orgnr = $2 AND state = 'queued'",
        run,
        key(orgnr),
        reason
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// How a part ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Found out.
    Completed,
    /// Not found out: a stable word and the story.
    Failed(&'static str, String),
    /// Not looked for: a stable word.
    Skipped(&'static str),
}

/// Ends a part that is not ended yet.
///
/// # Errors
/// When the database does not answer.
pub async fn end(conn: &mut PgConnection, run: Uuid, orgnr: Orgnr, part: &str, outcome: &Outcome) -> sqlx::Result<()> {
    let (state, reason, detail) = match outcome {
        Outcome::Completed => ("completed", None, None),
        Outcome::Failed(reason, detail) => ("failed", Some(*reason), Some(detail.as_str())),
        Outcome::Skipped(reason) => ("skipped", Some(*reason), None),
    };
    sqlx::query!(
        "UPDATE run_items SET state = $4, reason = $5, detail = $6, updated_at = now()
         WHERE run_id = $1 AND orgnr = $2 AND part = $3 AND state IN ('queued', 'running')",
        run,
        key(orgnr),
        part,
        state,
        reason,
        detail
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Cancels what has not ended; returns how many parts.
///
/// # Errors
/// When the database does not answer.
pub async fn cancel(conn: &mut PgConnection, run: Uuid) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "UPDATE run_items SET state = 'cancelled', updated_at = now() WHERE run_id = $1 AND state IN ('queued', 'running')",
        run
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// Puts parts in one of these states back into the queue; with those that failed also what was skipped because of them. Returns how many.
///
/// # Errors
/// When the database does not answer.
pub async fn requeue(conn: &mut PgConnection, run: Uuid, states: &[&str]) -> sqlx::Result<u64> {
    let states: Vec<String> = states.iter().map(|state| (*state).to_owned()).collect();
    let done = sqlx::query!(
        "UPDATE run_items SET state = 'queued', reason = NULL, detail = NULL, job_id = NULL, updated_at = now()
         WHERE run_id = $1 AND (state = ANY($2) OR 'failed' = ANY($2) AND state = 'skipped' AND reason = 'stage_failed')",
        run,
        &states
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// Parts of the runs by state, for those that have not ended.
///
/// # Errors
/// When the database does not answer.
pub async fn counts(conn: &mut PgConnection, runs: &[Uuid]) -> sqlx::Result<BTreeMap<Uuid, Counts>> {
    let rows = sqlx::query!(
        r#"SELECT run_id, part, state, count(*) AS "count!" FROM run_items WHERE run_id = ANY($1) GROUP BY run_id, part, state"#,
        runs
    )
    .fetch_all(conn)
    .await?;
    let mut counted: BTreeMap<Uuid, Counts> = BTreeMap::new();
    for row in rows {
        counted.entry(row.run_id).or_default().entry(row.part).or_default().insert(row.state, row.count);
    }
    Ok(counted)
}

/// Why parts failed, most frequent first: the word and how many.
///
/// # Errors
/// When the database does not answer.
pub async fn failures(conn: &mut PgConnection, run: Uuid) -> sqlx::Result<Vec<(String, i64)>> {
    let rows = sqlx::query!(
        r#"SELECT coalesce(reason, 'unknown') AS "reason!", count(*) AS "count!" FROM run_items
           WHERE run_id = $1 AND state = 'failed' GROUP BY 1 ORDER BY 2 DESC, 1"#,
        run
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.reason, row.count)).collect())
}

/// A company of a run with its parts, and what the analysis says of it.
#[derive(Clone, Debug, PartialEq)]
pub struct RunCompany {
    /// Number.
    pub orgnr: i64,
    /// Registered name.
    pub name: Option<String>,
    /// `[{"part", "state", "reason", "detail"}]`, by part.
    pub parts: Value,
    /// When something of it last changed.
    pub updated_at: Option<DateTime<Utc>>,
    /// Fit score, for an analysis.
    pub points: Option<i16>,
    /// The analysis.
    pub result: Option<Value>,
    /// `approved` or `rejected`, where somebody decided.
    pub verdict: Option<String>,
    /// Who decided; `None` where the run's rule did.
    pub verdict_by: Option<String>,
    /// When.
    pub verdict_at: Option<DateTime<Utc>>,
    /// Whether the run's rule approved it.
    pub is_verdict_by_rule: Option<bool>,
    /// Version of the analysis; above 1 where somebody changed it.
    pub version: Option<i32>,
}

/// Companies of the run, those with the best score first, then by number; only those with a part in `state` where it is given.
/// Also says how many there are.
///
/// # Errors
/// When the database does not answer.
pub async fn companies(
    conn: &mut PgConnection,
    run: Uuid,
    state: Option<&str>,
    limit: i64,
    offset: i64,
) -> sqlx::Result<(Vec<RunCompany>, i64)> {
    let rows = sqlx::query_as!(
        RunCompany,
        // The page is found by numbers alone; only its own rows are read in full.
        r#"WITH page AS MATERIALIZED (
               SELECT i.orgnr, a.points FROM (
                   SELECT DISTINCT orgnr FROM run_items WHERE run_id = $1 AND ($2::text IS NULL OR state = $2)) AS i
               LEFT JOIN analyses a ON a.run_id = $1 AND a.orgnr = i.orgnr
               ORDER BY a.points DESC NULLS LAST, i.orgnr LIMIT $3 OFFSET $4)
           SELECT p.orgnr AS "orgnr!", c.name, found.parts AS "parts!", found.updated_at, a.points AS "points?",
                  a.result AS "result?", a.verdict AS "verdict?", u.display_name AS "verdict_by?", a.verdict_at AS "verdict_at?",
                  a.is_verdict_by_rule AS "is_verdict_by_rule?", a.version AS "version?"
           FROM page p JOIN companies c ON c.orgnr = p.orgnr
           LEFT JOIN analyses a ON a.run_id = $1 AND a.orgnr = p.orgnr
           LEFT JOIN users u ON u.id = a.verdict_by
           CROSS JOIN LATERAL (
               SELECT max(i.updated_at) AS updated_at,
                      jsonb_agg(jsonb_build_object('part', part, 'state', state, 'reason', reason, 'detail', detail) ORDER BY part) AS parts
               FROM run_items i WHERE i.run_id = $1 AND i.orgnr = p.orgnr) AS found
           ORDER BY p.points DESC NULLS LAST, p.orgnr"#,
        run,
        state,
        limit,
        offset
    )
    .fetch_all(&mut *conn)
    .await?;
    let total = sqlx::query_scalar!(
        r#"SELECT count(DISTINCT orgnr) AS "count!" FROM run_items WHERE run_id = $1 AND ($2::text IS NULL OR state = $2)"#,
        run,
        state
    )
    .fetch_one(conn)
    .await?;
    Ok((rows, total))
}
