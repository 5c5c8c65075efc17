//! Margins and returns.
//!
//! Margins compare flows of one period and need no annualisation; returns compare a flow with a stock and are annualised.

use super::ratio::{over, share};
use super::{Series, ebit};
use crate::derive;
use crate::line::Line;
use crate::statement::Statement;

/// Gross profit (as filed, else revenue − cost of goods) / revenue; `None` when revenue ≤ 0 or no cost of goods is filed.
#[must_use]
pub fn gross_margin(series: Series<'_>) -> Option<f64> {
    share(derive::gross_profit(series.now()), series.get(Line::Revenue))
}

/// EBITDA / revenue; `None` when revenue ≤ 0 or depreciation is not filed.
#[must_use]
pub fn ebitda_margin(series: Series<'_>) -> Option<f64> {
    share(derive::ebitda(series.now()), series.get(Line::Revenue))
}

/// Operating result / revenue; `None` when revenue ≤ 0.
#[must_use]
pub fn ebit_margin(series: Series<'_>) -> Option<f64> {
    share(series.get(Line::Ebit), series.get(Line::Revenue))
}

/// Net result / revenue; `None` when revenue ≤ 0.
#[must_use]
pub fn net_margin(series: Series<'_>) -> Option<f64> {
    share(series.get(Line::NetIncome), series.get(Line::Revenue))
}

/// Return on equity = annualised result after financial items / average adjusted equity; `None` when that is ≤ 0.
#[must_use]
pub fn roe(series: Series<'_>) -> Option<f64> {
    let result = series.annualised(series.get(Line::ResultAfterFinancialItems))?;
    over(result as f64, series.average(derive::adjusted_equity)?)
}

/// Return on capital employed = annualised (EBIT + financial income) / capital employed at the end of the period; absent financial
/// income counts as none. `None` when capital employed is ≤ 0.
#[must_use]
pub fn roce(series: Series<'_>) -> Option<f64> {
    let earned = series.annualised(earned_before_interest(series))?;
    share(Some(earned), derive::capital_employed(series.now()))
}

/// Return on assets = annualised EBIT / average total assets.
#[must_use]
pub fn roa(series: Series<'_>) -> Option<f64> {
    over(ebit(series)? as f64, series.average(total_assets)?)
}

/// EBIT + financial income: what is left for lenders and owners.
pub(super) fn earned_before_interest(series: Series<'_>) -> Option<i64> {
    series.get(Line::Ebit)?.checked_add(series.get(Line::FinancialIncome).unwrap_or(0))
}

pub(super) fn total_assets(statement: &Statement) -> Option<i64> {
    statement.get(Line::TotalAssets)
}
