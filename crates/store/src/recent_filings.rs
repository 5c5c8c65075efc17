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
        r#"SELECT f.id, f.orgnr, c.name AS "company_name?", f.report_end, f.filed_at, f.imported_at, p.stage AS "stage?",
                  k.revenue AS "revenue?", k.ebitda_margin AS "ebitda_margin?", k.currency AS "currency?"
           FROM filings f
           JOIN companies c ON c.orgnr = f.orgnr
           LEFT JOIN company_facts k ON k.orgnr = f.orgnr
           LEFT JOIN LATERAL (SELECT stage FROM prospects p WHERE p.orgnr = f.orgnr AND p.removed_at IS NULL
                              AND (p.scope = 'team' OR p.created_by = $1) ORDER BY p.scope DESC LIMIT 1) p ON true
           WHERE f.imported_at >= $2
             AND (p.stage IS NOT NULL
                  OR EXISTS (SELECT FROM list_items i JOIN lists l ON l.id = i.list_id
                             WHERE i.orgnr = f.orgnr AND (l.scope = 'team' OR l.owner_id = $1)
                               AND l.deleted_at IS NULL AND l.archived_at IS NULL))
           ORDER BY f.imported_at DESC, f.id LIMIT $3"#,
        user,
        since,
        limit,
    )
    .fetch_all(conn)
    .await
}
