//! Working capital and use of assets.

use super::profitability::total_assets;
use super::ratio::over;
use super::{Series, revenue};
use crate::derive;
use crate::facts::round_ratio;
use crate::line::Line;

/// Annualised revenue / average total assets.
#[must_use]
pub fn asset_turnover(series: Series<'_>) -> Option<f64> {
    over(revenue(series)? as f64, series.average(total_assets)?)
}

/// Days sales outstanding = trade receivables / revenue × days of the period; `None` when revenue ≤ 0.
#[must_use]
pub fn dso(series: Series<'_>) -> Option<f64> {
    days(series, series.get(Line::TradeReceivables), series.get(Line::Revenue))
}

/// Days inventory outstanding = inventory / cost of goods × days of the period; `None` without a cost of goods.
#[must_use]
pub fn dio(series: Series<'_>) -> Option<f64> {
    days(series, series.get(Line::Inventory), derive::cost_of_goods(series.now()))
}

/// Days payables outstanding = trade payables / purchases × days of the period; see [`derive::purchases`].
#[must_use]
pub fn dpo(series: Series<'_>) -> Option<f64> {
    days(series, series.get(Line::TradePayables), derive::purchases(series.now()))
}

/// DSO + DIO − DPO, of the values as shown; `None` when one of them is.
#[must_use]
pub fn cash_cycle(series: Series<'_>) -> Option<f64> {
    round_ratio(dso(series)? + dio(series)? - dpo(series)?)
}

/// The flow is of the period and so are the days: neither is annualised.
fn days(series: Series<'_>, stock: Option<i64>, flow: Option<i64>) -> Option<f64> {
    over(stock? as f64 * series.now().period.days() as f64, flow? as f64)
}
