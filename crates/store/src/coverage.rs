//! What is known: companies, years and sources, and how fresh they are.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

/// Totals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Totals {
    /// Companies.
    pub companies: i64,
    /// Companies with at least one statement.
    pub with_financials: i64,
    /// Companies with three years or more.
    pub with_three_years: i64,
    /// Companies with group accounts.
    pub with_group_accounts: i64,
    /// Companies whose latest year is older than it should be.
    pub stale: i64,
    /// Fictitious companies.
    pub demo: i64,
    /// When the latest import that wrote something ended.
    pub latest_import_at: Option<DateTime<Utc>>,
}

/// Companies with a current statement whose period ends in a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearCount {
    /// Calendar year of the period's end.
    pub year: i32,
    /// Companies.
    pub companies: i64,
    /// Of these, with a period that breaks an identity.
    pub suspect: i64,
}

/// Filings of a kind and framework.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceCount {
    /// Kind of filing.
    pub kind: String,
    /// Framework.
    pub framework: String,
    /// Filings.
    pub filings: i64,
    /// Companies.
    pub companies: i64,
    /// When the latest came in.
    pub latest_at: Option<DateTime<Utc>>,
}

/// Totals over every company.
///
/// # Errors
/// When the database does not answer.
pub async fn totals(conn: &mut PgConnection) -> sqlx::Result<Totals> {
    sqlx::query_as!(
        Totals,
        r#"SELECT count(*) AS "companies!", count(*) FILTER (WHERE has_financials) AS "with_financials!",
                  count(*) FILTER (WHERE has_3y_financials) AS "with_three_years!",
                  count(*) FILTER (WHERE has_group_accounts) AS "with_group_accounts!",
                  count(*) FILTER (WHERE is_stale) AS "stale!", count(*) FILTER (WHERE is_demo) AS "demo!",
                  (SELECT max(finished_at) FROM imports WHERE status = 'completed' AND NOT is_dry_run) AS latest_import_at
           FROM company_facts"#
    )
    .fetch_one(conn)
    .await
}

/// Companies per year, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn by_year(conn: &mut PgConnection) -> sqlx::Result<Vec<YearCount>> {
    sqlx::query_as!(
        YearCount,
        r#"SELECT extract(year FROM period_end)::int AS "year!", count(DISTINCT orgnr) AS "companies!",
                  count(DISTINCT orgnr) FILTER (WHERE quality = 'suspect') AS "suspect!"
           FROM financial_periods GROUP BY 1 ORDER BY 1 DESC"#
    )
    .fetch_all(conn)
    .await
}

/// Filings per kind and framework, most first.
///
/// # Errors
/// When the database does not answer.
pub async fn by_source(conn: &mut PgConnection) -> sqlx::Result<Vec<SourceCount>> {
    sqlx::query_as!(
        SourceCount,
        r#"SELECT kind, framework, count(*) AS "filings!", count(DISTINCT orgnr) AS "companies!",
                  max(imported_at) AS latest_at
           FROM filings GROUP BY kind, framework ORDER BY count(*) DESC, kind, framework"#
    )
    .fetch_all(conn)
    .await
}
