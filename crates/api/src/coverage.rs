//! `/api/sources/coverage`: what is known, by year and by source.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::problem::{self, Problem};
use super::state::AppState;
use services::installation;

/// What is known.
#[derive(Debug, Serialize, ToSchema)]
pub struct Coverage {
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
    pub demo_companies: i64,
    /// Companies per calendar year of the period's end, newest first.
    pub by_year: Vec<YearCoverage>,
    /// Filings per kind and framework.
    pub by_source: Vec<SourceCoverage>,
    /// When the latest import ended.
    pub latest_import_at: Option<DateTime<Utc>>,
}

/// One calendar year.
#[derive(Debug, Serialize, ToSchema)]
pub struct YearCoverage {
    /// Year of the period's end.
    pub year: i32,
    /// Companies with a statement.
    pub companies: i64,
    /// Of these, companies with a period that breaks an identity.
    pub suspect: i64,
}

/// One kind of filing.
#[derive(Debug, Serialize, ToSchema)]
pub struct SourceCoverage {
    /// annual_report, esef_report, register_accounts, table or demo.
    pub kind: String,
    /// k2, k3, ifrs, norwegian_gaap or unknown.
    pub framework: String,
    /// Filings.
    pub filings: i64,
    /// Companies.
    pub companies: i64,
    /// When the latest came in.
    pub latest_at: Option<DateTime<Utc>>,
}

/// What is known: companies, years and sources, and how fresh they are.
#[utoipa::path(get, path = "/api/sources/coverage", tag = "imports",
    responses((status = 200, body = Coverage), (status = 503, body = Problem)))]
pub async fn coverage(State(state): State<AppState>) -> problem::Result<Json<Coverage>> {
    let (totals, by_year, by_source) = installation::coverage(&state.db).await?;
    Ok(Json(Coverage {
        companies: totals.companies,
        with_financials: totals.with_financials,
        with_three_years: totals.with_three_years,
        with_group_accounts: totals.with_group_accounts,
        stale: totals.stale,
        demo_companies: totals.demo,
        by_year: by_year
            .into_iter()
            .map(|year| YearCoverage { year: year.year, companies: year.companies, suspect: year.suspect })
            .collect(),
        by_source: by_source
            .into_iter()
            .map(|source| SourceCoverage {
                kind: source.kind,
                framework: source.framework,
                filings: source.filings,
                companies: source.companies,
                latest_at: source.latest_at,
            })
            .collect(),
        latest_import_at: totals.latest_import_at,
    }))
}
