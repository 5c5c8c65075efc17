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

/// Filings of all companies that are looked at before the companies that somebody cares about are taken one by one.
const WALKED: i64 = 2_000;

/// Filings imported since a moment, of companies with a prospect or on a list that the user may see, newest first.
///
/// Whoever cares for many companies finds enough among the newest filings of all; whoever cares for few has few to look up. So
/// the cost follows neither the register nor the lists.
///
/// # Errors
/// When the database does not answer.
pub async fn of_user(
    conn: &mut PgConnection,
    user: Uuid,
    since: DateTime<Utc>,
    limit: i64,
) -> sqlx::Result<Vec<RecentFiling>> {
    match among_newest(conn, user, since, limit, WALKED).await? {
        Some(found) => Ok(found),
        None => by_company(conn, user, since, limit).await,
    }
}

/// The same, where the newest filings of all, so many at most, hold them; `None` where they may not.
///
/// # Errors
/// When the database does not answer.
pub async fn among_newest(
    conn: &mut PgConnection,
    user: Uuid,
    since: DateTime<Utc>,
    limit: i64,
    walked: i64,
) -> sqlx::Result<Option<Vec<RecentFiling>>> {
    let rows = sqlx::query!(
        r#"WITH newest AS MATERIALIZED (
               SELECT id, orgnr, report_end, filed_at, imported_at FROM filings
               WHERE imported_at >= $2 ORDER BY imported_at DESC, id LIMIT $4
           ), found AS MATERIALIZED (
               SELECT f.*, s.stage FROM newest f
               LEFT JOIN LATERAL (
                   SELECT p.stage FROM prospects p
                   WHERE p.orgnr = f.orgnr AND p.removed_at IS NULL AND (p.scope = 'team' OR p.created_by = $1)
                   ORDER BY p.scope DESC LIMIT 1) AS s ON true
               LEFT JOIN LATERAL (
                   SELECT true AS is_listed FROM list_items i JOIN lists l ON l.id = i.list_id
                   WHERE i.orgnr = f.orgnr AND (l.scope = 'team' OR l.owner_id = $1)
                     AND l.deleted_at IS NULL AND l.archived_at IS NULL LIMIT 1) AS i ON s.stage IS NULL
               WHERE s.stage IS NOT NULL OR i.is_listed
               ORDER BY f.imported_at DESC, f.id LIMIT $3
           )
           SELECT (SELECT count(*) FROM newest) AS "walked!", f.id AS "id?", f.orgnr AS "orgnr?", c.name AS "company_name?",
                  f.report_end AS "report_end?", f.filed_at AS "filed_at?", f.imported_at AS "imported_at?", f.stage AS "stage?",
                  k.revenue AS "revenue?", k.ebitda_margin AS "ebitda_margin?", k.currency AS "currency?"
           FROM (SELECT) AS one
           LEFT JOIN found f ON true
           LEFT JOIN companies c ON c.orgnr = f.orgnr
           LEFT JOIN company_facts k ON k.orgnr = f.orgnr
           ORDER BY f.imported_at DESC, f.id"#,
        user,
        since,
        limit,
        walked,
    )
    .fetch_all(conn)
    .await?;
    let are_all_walked = rows.first().is_some_and(|row| row.walked < walked);
    let found: Vec<RecentFiling> = rows
        .into_iter()
        .filter_map(|row| {
            Some(RecentFiling {
                id: row.id?,
                orgnr: row.orgnr?,
                company_name: row.company_name,
                report_end: row.report_end,
                filed_at: row.filed_at,
                imported_at: row.imported_at?,
                stage: row.stage,
                revenue: row.revenue,
                ebitda_margin: row.ebitda_margin,
                currency: row.currency,
            })
        })
        .collect();
    let is_enough = are_all_walked || i64::try_from(found.len()).is_ok_and(|count| count >= limit);
    Ok(is_enough.then_some(found))
}

/// The same, by a look at each of those companies.
///
/// # Errors
/// When the database does not answer.
pub async fn by_company(
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
