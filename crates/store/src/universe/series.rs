//! Revenue over the years, for the sparklines of a page.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::line::Line;
use domain::orgnr::Orgnr;
use domain::scope::Scope;
use sqlx::PgConnection;

use crate::companies::key;
use crate::{current_periods, financial_periods};

/// How many years a sparkline shows.
const YEARS: usize = 5;

/// One year of a company.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearRevenue {
    /// Last day of the period.
    pub period_end: NaiveDate,
    /// Net revenue in whole units of the currency, annualised when the period is not twelve months; `None` where not filed.
    pub revenue: Option<i64>,
}

/// The company's own revenue (never the group's) of its last five periods, oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn revenue_series(
    conn: &mut PgConnection,
    orgnrs: &[Orgnr],
) -> sqlx::Result<HashMap<Orgnr, Vec<YearRevenue>>> {
    let keys: Vec<i64> = orgnrs.iter().map(|orgnr| key(*orgnr)).collect();
    let versions = financial_periods::versions_with(conn, &keys, None, &[Line::Revenue]).await?;
    let mut series: HashMap<Orgnr, Vec<YearRevenue>> = HashMap::new();
    for year in current_periods::of(&versions) {
        let period = year.statement.period;
        let annual = |amount: i64| match period.months() {
            12 => amount,
            months => i64::try_from(i128::from(amount) * 12 / i128::from(months.max(1))).unwrap_or(amount),
        };
        let of_company = series.entry(year.orgnr).or_default();
        // The newest comes first.
        if year.statement.scope == Scope::Company && of_company.len() < YEARS {
            let revenue = year.statement.get(Line::Revenue).map(annual);
            of_company.push(YearRevenue { period_end: period.end(), revenue });
        }
    }
    series.retain(|_, years| !years.is_empty());
    for years in series.values_mut() {
        years.reverse();
    }
    Ok(series)
}
