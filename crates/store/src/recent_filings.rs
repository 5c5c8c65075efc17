//! New filings of companies that somebody cares about: in the pipeline, or on a list.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

/// A filing that came lately.
#[derive(Clone, Debug, PartialEq)]
pub struct RecentFiling {
    /// Identity.
    pub id: Uuid,
    /// The company.
    pub orgnr: i64,
    /// Its name.
    pub company_name: Option<String>,
    /// Last day of the newest year in it.
    pub report_end: Option<NaiveDate>,
    /// When it was filed.
    pub filed_at: Option<NaiveDate>,
    /// When it was imported.
    pub imported_at: DateTime<Utc>,
    /// Stage of the company's prospect, where it has one.
    pub stage: Option<String>,
    /// Net sales of the latest year.
    pub revenue: Option<i64>,
    /// EBITDA margin of the latest year, as 0.12.
    pub ebitda_margin: Option<f64>,
    /// Currency of the figures.
    pub currency: Option<String>,
}

/// Filings imported since a moment, of companies with a prospect or on a list that the user may see, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_user(
    conn: &mut PgConnection,
    user: Uuid,
    since: DateTime<Utc>,
    limit: i64,
) -> sqlx::Result<Vec<RecentFiling>> {
    sqlx::query_as!(
        RecentFiling,
        r#"WITH staged AS MATERIALIZED (
               SELECT orgnr, (array_agg(stage ORDER BY scope DESC))[1] AS stage FROM prospects
               WHERE removed_at IS NULL AND (scope = 'team' OR created_by = $1) GROUP BY orgnr
           ), cared_for AS MATERIALIZED (
               SELECT orgnr FROM staged
               UNION
               SELECT i.orgnr FROM lists l JOIN list_items i ON i.list_id = l.id
               WHERE (l.scope = 'team' OR l.owner_id = $1) AND l.deleted_at IS NULL AND l.archived_at IS NULL
           ), newest AS MATERIALIZED (
               SELECT f.* FROM cared_for CROSS JOIN LATERAL (
                   SELECT id, orgnr, report_end, filed_at, imported_at FROM filings
                   WHERE filings.orgnr = cared_for.orgnr AND filings.imported_at >= $2
                   ORDER BY imported_at DESC, id LIMIT $3) AS f
               ORDER BY f.imported_at DESC, f.id LIMIT $3
           )
           SELECT f.id, f.orgnr, c.name AS "company_name?", f.report_end, f.filed_at, f.imported_at, s.stage AS "stage?",
                  k.revenue AS "revenue?", k.ebitda_margin AS "ebitda_margin?", k.currency AS "currency?"
           FROM newest f
           JOIN companies c ON c.orgnr = f.orgnr
           LEFT JOIN company_facts k ON k.orgnr = f.orgnr
           LEFT JOIN staged s ON s.orgnr = f.orgnr
           ORDER BY f.imported_at DESC, f.id"#,
        user,
        since,
        limit,
    )
    .fetch_all(conn)
    .await
}
