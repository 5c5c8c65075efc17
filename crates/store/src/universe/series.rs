//! Revenue over the years, for the sparklines of a page.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::orgnr::Orgnr;
use sqlx::PgConnection;

use crate::companies::{key, orgnr_of};

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
    let rows = sqlx::query!(
        r#"SELECT orgnr AS "orgnr!", period_end AS "period_end!", months AS "months!", revenue FROM (
               SELECT orgnr, period_end, months, revenue,
                      row_number() OVER (PARTITION BY orgnr ORDER BY period_end DESC) AS age
               FROM current_financials WHERE scope = 'company' AND orgnr = ANY($1)
           ) AS aged WHERE age <= 5 ORDER BY orgnr, period_end"#,
        &keys
    )
    .fetch_all(conn)
    .await?;
    let mut series: HashMap<Orgnr, Vec<YearRevenue>> = HashMap::new();
    for row in rows {
        let annual = |amount: i64| match row.months {
            12 => amount,
            months => i64::try_from(i128::from(amount) * 12 / i128::from(months.max(1))).unwrap_or(amount),
        };
        let year = YearRevenue { period_end: row.period_end, revenue: row.revenue.map(annual) };
        series.entry(orgnr_of(row.orgnr)?).or_default().push(year);
    }
    Ok(series)
}
