//! What is known: companies, years and sources, and how fresh they are.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use crate::kept_counts::{self, Kept, Subject};

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
    /// When the latest came in, also when it has been removed since.
    pub latest_at: Option<DateTime<Utc>>,
}

/// Totals over every company, out of the kept counts.
///
/// # Errors
/// When the database does not answer.
pub async fn totals(conn: &mut PgConnection) -> sqlx::Result<Totals> {
    let flags = kept_counts::of(conn, Subject::Facts).await?;
    let tables = kept_counts::of(conn, Subject::Table).await?;
    let flag = |key: &str| flags.iter().find(|kept| kept.key == key).map_or(0, |kept| kept.companies);
    let latest_import_at =
        sqlx::query_scalar!("SELECT max(finished_at) FROM imports WHERE status = 'completed' AND NOT is_dry_run")
            .fetch_one(conn)
            .await?;
    Ok(Totals {
        companies: tables.iter().find(|kept| kept.key == "company_facts").map_or(0, |kept| kept.rows),
        with_financials: flag("has_financials"),
        with_three_years: flag("has_3y_financials"),
        with_group_accounts: flag("has_group_accounts"),
        stale: flag("is_stale"),
        demo: flag("is_demo"),
        latest_import_at,
    })
}

/// Companies per year, newest first, out of the kept counts.
///
/// # Errors
/// When the database does not answer.
pub async fn by_year(conn: &mut PgConnection) -> sqlx::Result<Vec<YearCount>> {
    let kept = kept_counts::of(conn, Subject::Year).await?;
    let year =
        |kept: Kept| Some(YearCount { year: kept.key.parse().ok()?, companies: kept.companies, suspect: kept.suspect });
    let mut years: Vec<YearCount> = kept.into_iter().filter_map(year).collect();
    years.sort_by_key(|count| std::cmp::Reverse(count.year));
    Ok(years)
}

/// Filings per kind and framework, most first, out of the kept counts.
///
/// # Errors
/// When the database does not answer.
pub async fn by_source(conn: &mut PgConnection) -> sqlx::Result<Vec<SourceCount>> {
    let kept = kept_counts::of(conn, Subject::Filings).await?;
    let source = |kept: Kept| {
        let (kind, framework) = kept.key.split_once(' ')?;
        let (kind, framework) = (kind.to_owned(), framework.to_owned());
        Some(SourceCount { kind, framework, filings: kept.rows, companies: kept.companies, latest_at: kept.latest_at })
    };
    let mut sources: Vec<SourceCount> = kept.into_iter().filter_map(source).collect();
    sources
        .sort_by(|a, b| b.filings.cmp(&a.filings).then_with(|| (&a.kind, &a.framework).cmp(&(&b.kind, &b.framework))));
    Ok(sources)
}
