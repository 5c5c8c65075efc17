//! What people change in the reports of analyses, each change with the report that it was made from.

use chrono::{DateTime, Utc};
use domain::orgnr::Orgnr;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::companies::key;

/// A change of a report.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredChange {
    /// The version of the analysis that it made.
    pub version: i32,
    /// Who made it; `None` once their account is gone.
    pub made_by: Option<String>,
    /// When.
    pub made_at: DateTime<Utc>,
    /// As `domain::analysis::Change` in a list.
    pub changes: Value,
}

/// An analysis that is about to change: its result, version and verdict. It is locked until the transaction ends.
///
/// # Errors
/// When the database does not answer.
pub async fn lock(
    conn: &mut PgConnection,
    run: Uuid,
    orgnr: Orgnr,
) -> sqlx::Result<Option<(Value, i32, Option<String>)>> {
    let row = sqlx::query!(
        "SELECT result, version, verdict FROM analyses WHERE run_id = $1 AND orgnr = $2 FOR UPDATE",
        run,
        key(orgnr)
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| (row.result, row.version, row.verdict)))
}

/// Writes a report in the place of another one and notes what changed. Whoever changes an approved report answers for it from then on. The
/// analysis is locked by [`lock`].
///
/// # Errors
/// When the database does not answer.
pub async fn write(
    conn: &mut PgConnection,
    run: Uuid,
    orgnr: Orgnr,
    before: &Value,
    after: &Value,
    changes: &Value,
    by: Uuid,
) -> sqlx::Result<i32> {
    let version = sqlx::query_scalar!(
        "UPDATE analyses SET result = jsonb_set(result, '{report}', $3), version = version + 1,
                verdict_by = CASE WHEN verdict = 'approved' THEN $4 ELSE verdict_by END,
                verdict_at = CASE WHEN verdict = 'approved' THEN now() ELSE verdict_at END,
                is_verdict_by_rule = false
         WHERE run_id = $1 AND orgnr = $2 RETURNING version",
        run,
        key(orgnr),
        after,
        by
    )
    .fetch_one(&mut *conn)
    .await?;
    sqlx::query!(
        "INSERT INTO analysis_changes (run_id, orgnr, version, made_by, changes, report) VALUES ($1, $2, $3, $4, $5, $6)",
        run,
        key(orgnr),
        version,
        by,
        changes,
        before
    )
    .execute(conn)
    .await?;
    Ok(version)
}

/// The changes of an analysis, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list(conn: &mut PgConnection, run: Uuid, orgnr: Orgnr) -> sqlx::Result<Vec<StoredChange>> {
    sqlx::query_as!(
        StoredChange,
        r#"SELECT c.version, u.display_name AS "made_by?", c.made_at, c.changes
           FROM analysis_changes c LEFT JOIN users u ON u.id = c.made_by
           WHERE c.run_id = $1 AND c.orgnr = $2 ORDER BY c.version DESC"#,
        run,
        key(orgnr)
    )
    .fetch_all(conn)
    .await
}

/// The report before the change that made a version; `None` where there was no such change.
///
/// # Errors
/// When the database does not answer.
pub async fn report_before(
    conn: &mut PgConnection,
    run: Uuid,
    orgnr: Orgnr,
    version: i32,
) -> sqlx::Result<Option<Value>> {
    sqlx::query_scalar!(
        "SELECT report FROM analysis_changes WHERE run_id = $1 AND orgnr = $2 AND version = $3",
        run,
        key(orgnr),
        version
    )
    .fetch_optional(conn)
    .await
}
