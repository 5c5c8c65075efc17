//! Balance sheet and debt.

use super::profitability::earned_before_interest;
use super::ratio::share;
use super::{Series, ebitda};
use crate::derive;
use crate::line::Line;

/// Soliditet = adjusted equity / total assets.
#[must_use]
pub fn equity_ratio(series: Series<'_>) -> Option<f64> {
    share(derive::adjusted_equity(series.now()), series.get(Line::TotalAssets))
}

/// Kassalikviditet = (current assets − inventory) / current liabilities; see [`derive::inventory`].
#[must_use]
pub fn quick_ratio(series: Series<'_>) -> Option<f64> {
    let liquid = series.get(Line::CurrentAssets)?.checked_sub(derive::inventory(series.now())?);
    share(liquid, series.get(Line::CurrentLiabilities))
}

/// Balanslikviditet = current assets / current liabilities.
#[must_use]
pub fn current_ratio(series: Series<'_>) -> Option<f64> {
    share(series.get(Line::CurrentAssets), series.get(Line::CurrentLiabilities))
}

/// Interest-bearing liabilities / adjusted equity; `None` when adjusted equity is ≤ 0.
#[must_use]
pub fn debt_to_equity(series: Series<'_>) -> Option<f64> {
    share(derive::interest_bearing_debt(series.now()), derive::adjusted_equity(series.now()))
}

/// Bank and bond debt + overdraft − cash − short-term investments; negative when there is more money than debt. No line of
/// short-term investments means none; `None` without a cash line or where debt is not known.
#[must_use]
pub fn net_debt(series: Series<'_>) -> Option<i64> {
    derive::interest_bearing_debt(series.now())?
        .checked_sub(series.get(Line::Cash)?)?
        .checked_sub(series.get(Line::ShortTermInvestments).unwrap_or(0))
}

/// Net debt / annualised EBITDA; `None` when EBITDA ≤ 0, where the multiple has no meaning.
#[must_use]
pub fn net_debt_to_ebitda(series: Series<'_>) -> Option<f64> {
    share(net_debt(series), ebitda(series))
}

/// (EBIT + financial income) / financial costs; `None` without financial costs.
#[must_use]
pub fn interest_cover(series: Series<'_>) -> Option<f64> {
    share(earned_before_interest(series), series.get(Line::FinancialCosts)?.checked_neg())
}

/// Total liabilities / total assets.
pub(super) fn leverage(series: Series<'_>) -> Option<f64> {
    share(derive::total_liabilities(series.now()), series.get(Line::TotalAssets))
}
