//! What analysis runs say about companies.

use chrono::{DateTime, Utc};
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
}

/// Keeps an analysis; one that the run made before is replaced, its verdict with it.
///
/// # Errors
/// When the run or company does not exist, or the database does not answer.
pub async fn keep(
    conn: &mut PgConnection,
    run: Uuid,
    orgnr: Orgnr,
    result: &Value,
    points: Option<u8>,
    method: &str,
    at: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO analyses (run_id, orgnr, result, points, method, made_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (run_id, orgnr) DO UPDATE SET result = EXCLUDED.result, points = EXCLUDED.points, method = EXCLUDED.method,
             made_at = EXCLUDED.made_at, verdict = NULL, verdict_by = NULL, verdict_at = NULL",
        run,
        key(orgnr),
        result,
        points.map(i16::from),
        method,
        at
    )
    .execute(conn)
    .await?;
    Ok(())
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
        "SELECT a.run_id, r.name AS run_name, a.result, a.points, a.method, a.made_at, a.verdict
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
        "SELECT a.run_id, r.name AS run_name, a.result, a.points, a.method, a.made_at, a.verdict
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
                verdict_at = CASE WHEN $3::text IS NULL THEN NULL ELSE now() END
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
