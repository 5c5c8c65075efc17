//! The metrics of one fiscal period, each a pure function of a [`Series`].
//!
//! Rules that hold for all of them: a missing part gives `None`, never 0; a share of something that is ≤ 0 is `None`; ratios are
//! rounded to four decimals; flows are annualised before they meet a stock or a count of people, not when they meet another
//! flow of the same period; averages are [`Series::average`]. Suspect periods are left out unless asked for.

pub mod bucket;
mod efficiency;
mod growth;
pub mod inputs;
mod profitability;
mod ratio;
mod risk;
mod series;
mod size;
mod solidity;

pub use bucket::{altman_zone, growth_class, profitability_class, size_class};
pub use efficiency::{asset_turnover, cash_cycle, dio, dpo, dso};
pub use growth::{cagr_3y, cagr_5y, growth_volatility, growth_yoy};
pub use profitability::{ebit_margin, ebitda_margin, gross_margin, net_margin, roa, roce, roe};
pub use risk::{Sign, altman_z2, capital_flag, health_score, health_score_of, health_signs};
pub use series::{Series, comparable};
pub use size::{ebit, ebitda, ebitda_per_employee, employees, operating_income, revenue, revenue_per_employee};
pub use solidity::{
    current_ratio, debt_to_equity, equity_ratio, interest_cover, net_debt, net_debt_to_ebitda, quick_ratio,
};

use crate::derive;
use crate::facts::FactValue;
use crate::line::Line;
use crate::statement::{Quality, Statement};

/// How a metric is computed, by the kind of its value.
#[derive(Clone, Copy, Debug)]
pub enum Formula {
    /// Whole units of the statement's currency.
    Amount(fn(Series<'_>) -> Option<i64>),
    /// A real number of four decimals.
    Ratio(fn(Series<'_>) -> Option<f64>),
    /// A small whole number.
    Integer(fn(Series<'_>) -> Option<i64>),
    /// A code of the field's categories.
    Code(fn(Series<'_>) -> Option<&'static str>),
    /// Yes or no.
    Flag(fn(Series<'_>) -> Option<bool>),
}

impl Formula {
    /// The value for the newest period of the series.
    #[must_use]
    pub fn value(self, series: Series<'_>) -> FactValue {
        match self {
            Self::Amount(of) | Self::Integer(of) => of(series).map(FactValue::Integer),
            Self::Ratio(of) => of(series).map(FactValue::Real),
            Self::Code(of) => of(series).map(|code| FactValue::Text(code.into())),
            Self::Flag(of) => of(series).map(FactValue::Boolean),
        }
        .unwrap_or(FactValue::Null)
    }
}

/// One metric: a field of the catalogue that is computed from statements.
#[derive(Clone, Copy, Debug)]
pub struct Metric {
    /// Key of the field.
    pub key: &'static str,
    /// How it is computed.
    pub formula: Formula,
}

const fn metric(key: &'static str, formula: Formula) -> Metric {
    Metric { key, formula }
}

/// Every metric, in the order of the catalogue.
pub static METRICS: &[Metric] = &[
    metric("revenue", Formula::Amount(revenue)),
    metric("operating_income", Formula::Amount(operating_income)),
    metric("ebitda", Formula::Amount(ebitda)),
    metric("ebit", Formula::Amount(ebit)),
    metric(
        "result_after_financial_items",
        Formula::Amount(|series| series.annualised(series.get(Line::ResultAfterFinancialItems))),
    ),
    metric("net_income", Formula::Amount(|series| series.annualised(series.get(Line::NetIncome)))),
    metric("total_assets", Formula::Amount(|series| series.get(Line::TotalAssets))),
    metric("equity", Formula::Amount(|series| series.get(Line::Equity))),
    metric("adjusted_equity", Formula::Amount(|series| derive::adjusted_equity(series.now()))),
    metric("untaxed_reserves", Formula::Amount(|series| series.get(Line::UntaxedReserves))),
    metric("cash", Formula::Amount(|series| series.get(Line::Cash))),
    metric("employees", Formula::Ratio(employees)),
    metric("size_class", Formula::Code(size_class)),
    metric("growth_yoy", Formula::Ratio(growth_yoy)),
    metric("cagr_3y", Formula::Ratio(cagr_3y)),
    metric("cagr_5y", Formula::Ratio(cagr_5y)),
    metric("growth_volatility", Formula::Ratio(growth_volatility)),
    metric("growth_class", Formula::Code(growth_class)),
    metric("gross_margin", Formula::Ratio(gross_margin)),
    metric("ebitda_margin", Formula::Ratio(ebitda_margin)),
    metric("ebit_margin", Formula::Ratio(ebit_margin)),
    metric("net_margin", Formula::Ratio(net_margin)),
    metric("roe", Formula::Ratio(roe)),
    metric("roce", Formula::Ratio(roce)),
    metric("roa", Formula::Ratio(roa)),
    metric("profitability_class", Formula::Code(profitability_class)),
    metric("equity_ratio", Formula::Ratio(equity_ratio)),
    metric("quick_ratio", Formula::Ratio(quick_ratio)),
    metric("current_ratio", Formula::Ratio(current_ratio)),
    metric("debt_to_equity", Formula::Ratio(debt_to_equity)),
    metric("net_debt", Formula::Amount(net_debt)),
    metric("net_debt_to_ebitda", Formula::Ratio(net_debt_to_ebitda)),
    metric("interest_cover", Formula::Ratio(interest_cover)),
    metric("asset_turnover", Formula::Ratio(asset_turnover)),
    metric("revenue_per_employee", Formula::Amount(revenue_per_employee)),
    metric("ebitda_per_employee", Formula::Amount(ebitda_per_employee)),
    metric("dso", Formula::Ratio(dso)),
    metric("dio", Formula::Ratio(dio)),
    metric("dpo", Formula::Ratio(dpo)),
    metric("cash_cycle", Formula::Ratio(cash_cycle)),
    metric("altman_z2", Formula::Ratio(altman_z2)),
    metric("altman_zone", Formula::Code(altman_zone)),
    metric("health_score", Formula::Integer(health_score)),
    metric("health_score_of", Formula::Integer(health_score_of)),
    metric("capital_flag", Formula::Flag(capital_flag)),
];

/// The metrics of every period, one list per statement in the order given: the same formulas as in the wide row, each looking only
/// at its own period and earlier ones of its own scope and currency. Amounts are in the statement's currency. A
/// suspect period has no metrics, and is not looked back at, unless `with_suspect`.
#[must_use]
pub fn period_metrics(statements: &[(&Statement, Quality)], with_suspect: bool) -> Vec<Vec<(&'static str, FactValue)>> {
    (0..statements.len())
        .map(|index| {
            let comparable = comparable(statements, index, with_suspect);
            METRICS
                .iter()
                .map(|metric| {
                    let value = Series::new(&comparable).map_or(FactValue::Null, |series| metric.formula.value(series));
                    (metric.key, value)
                })
                .collect()
        })
        .collect()
}
