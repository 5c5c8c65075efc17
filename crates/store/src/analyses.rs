//! What analysis runs say about companies.

pub mod changes;

use chrono::{DateTime, Utc};
use domain::analysis::{ApprovedAnalysis, Recommendation};
use domain::orgnr::Orgnr;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::companies::key;

/// An analysis of one company.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredAnalysis {
    /// The run that made it.
    pub run_id: Uuid,
    /// The run's name.
    pub run_name: String,
    /// As `domain::analysis` writes it, each figure with its filing.
    pub result: Value,
    /// Fit score, 0 to 100.
    pub points: Option<i16>,
    /// `rules`, or the name of a model.
    pub method: String,
    /// When.
    pub made_at: DateTime<Utc>,
    /// `approved` or `rejected`, where somebody decided.
    pub verdict: Option<String>,
    /// Raised whenever the report changes, from 1.
    pub version: i32,
}

/// A result as a job of a run makes it.
#[derive(Clone, Copy, Debug)]
pub struct MadeAnalysis<'a> {
    /// As `domain::analysis` writes it.
    pub result: &'a Value,
    /// Fit score, 0 to 100.
    pub points: Option<u8>,
    /// `rules`, or the name of a model.
    pub method: &'a str,
    /// When.
    pub at: DateTime<Utc>,
    /// Whether the run's rule approves it.
    pub is_approved_by_rule: bool,
}

/// Keeps an analysis; one that the run made before is replaced, its verdict with it. Whether the company's approved analysis may be another
/// one now, so that its facts are to be computed anew.
///
/// # Errors
/// When the run or company does not exist, or the database does not answer.
pub async fn keep(conn: &mut PgConnection, run: Uuid, orgnr: Orgnr, made: &MadeAnalysis<'_>) -> sqlx::Result<bool> {
    let before = sqlx::query_scalar!(
        r#"WITH before AS (SELECT verdict FROM analyses WHERE run_id = $1 AND orgnr = $2 FOR UPDATE)
           INSERT INTO analyses (run_id, orgnr, result, points, method, made_at, verdict, verdict_at, is_verdict_by_rule)
           VALUES ($1, $2, $3, $4, $5, $6::timestamptz, CASE WHEN $7::boolean THEN 'approved' END, CASE WHEN $7 THEN $6::timestamptz END, $7)
           ON CONFLICT (run_id, orgnr) DO UPDATE SET result = EXCLUDED.result, points = EXCLUDED.points, method = EXCLUDED.method,
               made_at = EXCLUDED.made_at, verdict = EXCLUDED.verdict, verdict_by = NULL, verdict_at = EXCLUDED.verdict_at,
               is_verdict_by_rule = EXCLUDED.is_verdict_by_rule, version = analyses.version + 1
           RETURNING (SELECT verdict FROM before) AS "before?""#,
        run,
        key(orgnr),
        made.result,
        made.points.map(i16::from),
        made.method,
        made.at,
        made.is_approved_by_rule
    )
    .fetch_one(conn)
    .await?;
    Ok(made.is_approved_by_rule || before.as_deref() == Some("approved"))
}

/// What the newest approved analysis of a run of the team says of each company. Runs over private lists are left out: everybody screens by
/// this, and their companies would tell what is on the list.
///
/// # Errors
/// When the database does not answer.
pub async fn approved(conn: &mut PgConnection, orgnrs: &[i64]) -> sqlx::Result<Vec<(i64, ApprovedAnalysis)>> {
    let rows = sqlx::query!(
        r#"SELECT DISTINCT ON (a.orgnr) a.orgnr, a.points, (a.made_at AT TIME ZONE 'UTC')::date AS "made_on!",
                  coalesce(a.result #>> '{report,person_recommendation}', a.result #>> '{report,recommendation}') AS recommendation,
                  ARRAY(SELECT jsonb_array_elements_text(coalesce(a.result #> '{report,person_levers}',
                        jsonb_path_query_array(a.result, '$.report.levers[*].lever')))) AS "levers!"
           FROM analyses a JOIN runs r ON r.id = a.run_id
           WHERE a.orgnr = ANY($1) AND a.verdict = 'approved' AND r.scope = 'team'
           ORDER BY a.orgnr, a.made_at DESC, a.run_id"#,
        orgnrs
    )
    .fetch_all(conn)
    .await?;
    let approved = rows.into_iter().map(|row| {
        let word = row.recommendation.as_deref();
        let approved = ApprovedAnalysis {
            points: row.points.and_then(|points| u8::try_from(points).ok()),
            recommendation: Recommendation::ALL.iter().copied().find(|one| Some(one.key()) == word),
            levers: ApprovedAnalysis::levers_of(&row.levers),
            made_on: row.made_on,
        };
        (row.orgnr, approved)
    });
    Ok(approved.collect())
}

/// How many of the companies have an approved analysis that the user may see.
///
/// # Errors
/// When the database does not answer.
pub async fn approved_count(conn: &mut PgConnection, orgnrs: &[i64], user: Uuid) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"SELECT count(DISTINCT a.orgnr) AS "count!" FROM analyses a JOIN runs r ON r.id = a.run_id
           WHERE a.orgnr = ANY($1) AND a.verdict = 'approved' AND (r.scope = 'team' OR r.owner_id = $2)"#,
        orgnrs,
        user
    )
    .fetch_one(conn)
    .await
}

/// The newest analyses of a company that the user may see.
///
/// # Errors
/// When the database does not answer.
pub async fn of_company(
    conn: &mut PgConnection,
    orgnr: Orgnr,
    user: Uuid,
    limit: i64,
) -> sqlx::Result<Vec<StoredAnalysis>> {
    sqlx::query_as!(
        StoredAnalysis,
        "SELECT a.run_id, r.name AS run_name, a.result, a.points, a.method, a.made_at, a.verdict, a.version
         FROM analyses a JOIN runs r ON r.id = a.run_id
         WHERE a.orgnr = $1 AND (r.scope = 'team' OR r.owner_id = $2) ORDER BY a.made_at DESC LIMIT $3",
        key(orgnr),
        user,
        limit
    )
    .fetch_all(conn)
    .await
}

/// What a run says of a company.
///
/// # Errors
/// When the database does not answer.
pub async fn of_run(conn: &mut PgConnection, run: Uuid, orgnr: Orgnr) -> sqlx::Result<Option<StoredAnalysis>> {
    sqlx::query_as!(
        StoredAnalysis,
        "SELECT a.run_id, r.name AS run_name, a.result, a.points, a.method, a.made_at, a.verdict, a.version
         FROM analyses a JOIN runs r ON r.id = a.run_id WHERE a.run_id = $1 AND a.orgnr = $2",
        run,
        key(orgnr)
    )
    .fetch_optional(conn)
    .await
}

/// Writes down what somebody decided, or takes it back (`None`); false when there is no such analysis.
///
/// # Errors
/// When the database does not answer.
pub async fn judge(
    conn: &mut PgConnection,
    run: Uuid,
    orgnr: Orgnr,
    verdict: Option<&str>,
    by: Uuid,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "UPDATE analyses SET verdict = $3::text, verdict_by = CASE WHEN $3::text IS NULL THEN NULL ELSE $4::uuid END,
                verdict_at = CASE WHEN $3::text IS NULL THEN NULL ELSE now() END, is_verdict_by_rule = false
         WHERE run_id = $1 AND orgnr = $2",
        run,
        key(orgnr),
        verdict,
        by
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}
