//! Scores and warnings.

use super::efficiency::asset_turnover;
use super::profitability::{ebit_margin, gross_margin, roa};
use super::solidity::{current_ratio, leverage};
use super::{Series, ebit};
use crate::derive;
use crate::facts::round_ratio;
use crate::label::Label;
use crate::line::Line;

/// Altman Z″ for private non-manufacturers (Altman 1995): 6.56·WC/TA + 3.26·RE/TA + 6.72·EBIT/TA + 1.05·equity/liabilities.
///
/// WC is current assets − current liabilities, RE is [`derive::retained_earnings`], EBIT is annualised, equity is as filed and
/// liabilities are [`derive::total_liabilities`]. `None` when a part is missing, or assets or liabilities are ≤ 0.
#[must_use]
pub fn altman_z2(series: Series<'_>) -> Option<f64> {
    let statement = series.now();
    let assets = series.get(Line::TotalAssets).filter(|assets| *assets > 0)? as f64;
    let liabilities = derive::total_liabilities(statement).filter(|liabilities| *liabilities > 0)? as f64;
    let working_capital = series.get(Line::CurrentAssets)? as f64 - series.get(Line::CurrentLiabilities)? as f64;
    let retained = derive::retained_earnings(statement)? as f64;
    let equity = series.get(Line::Equity)? as f64;
    round_ratio(
        6.56 * working_capital / assets
            + 3.26 * retained / assets
            + 6.72 * ebit(series)? as f64 / assets
            + 1.05 * equity / liabilities,
    )
}

/// One Piotroski-style sign of health and how it came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Sign {
    /// Stable name.
    pub key: &'static str,
    /// What the sign asks, answered yes when it is good.
    pub label: Label,
    /// Whether the sign is good; `None` when it cannot be computed.
    pub is_good: Option<bool>,
}

/// The nine signs of Piotroski (2000), each `None` where the figures do not tell.
///
/// Leverage is total liabilities / total assets; "no new shares" is share capital that has not grown; the margin is the gross margin,
/// or the EBIT margin where one of the two years has no cost of goods.
#[must_use]
pub fn health_signs(series: Series<'_>) -> [Sign; 9] {
    let before = series.previous();
    let change = |of: fn(Series<'_>) -> Option<f64>| Some(of(series)? - of(before?)?);
    let result = series.get(Line::NetIncome);
    let cash_flow = series.get(Line::OperatingCashFlow);
    let capital = |series: Series<'_>| series.get(Line::ShareCapital);
    let sign = |key, sv, en, is_good| Sign { key, label: Label { sv, en }, is_good };
    [
        sign("profit", "Årets resultat är positivt", "The net result is positive", result.map(|result| result > 0)),
        sign(
            "cash_flow",
            "Kassaflödet från den löpande verksamheten är positivt",
            "Cash flow from operations is positive",
            cash_flow.map(|flow| flow > 0),
        ),
        sign(
            "cash_above_profit",
            "Kassaflödet är större än årets resultat",
            "Cash flow from operations exceeds the net result",
            cash_flow.zip(result).map(|(cash, profit)| cash > profit),
        ),
        sign(
            "rising_return",
            "Räntabiliteten på totalt kapital stiger",
            "Return on assets rises",
            change(roa).map(|change| change > 0.0),
        ),
        sign(
            "falling_leverage",
            "Skuldernas andel av tillgångarna sjunker",
            "Liabilities fall as a share of assets",
            change(leverage).map(|change| change < 0.0),
        ),
        sign(
            "rising_liquidity",
            "Balanslikviditeten stiger",
            "The current ratio rises",
            change(current_ratio).map(|change| change > 0.0),
        ),
        sign(
            "no_new_shares",
            "Aktiekapitalet har inte ökat",
            "Share capital has not grown",
            before.and_then(|before| Some(capital(series)? <= capital(before)?)),
        ),
        sign(
            "rising_margin",
            "Bruttomarginalen (annars rörelsemarginalen) stiger",
            "The gross margin (else the EBIT margin) rises",
            change(gross_margin).or_else(|| change(ebit_margin)).map(|change| change > 0.0),
        ),
        sign(
            "rising_turnover",
            "Kapitalomsättningshastigheten stiger",
            "Asset turnover rises",
            change(asset_turnover).map(|change| change > 0.0),
        ),
    ]
}

/// How many of the signs that can be computed are good; `None` when none can.
#[must_use]
pub fn health_score(series: Series<'_>) -> Option<i64> {
    health_score_of(series)?;
    Some(health_signs(series).iter().filter(|sign| sign.is_good == Some(true)).count() as i64)
}

/// How many signs can be computed; `None` when none can.
#[must_use]
pub fn health_score_of(series: Series<'_>) -> Option<i64> {
    let known = health_signs(series).iter().filter(|sign| sign.is_good.is_some()).count();
    (known > 0).then_some(known as i64)
}

/// Equity below half the registered share capital: a control balance sheet must be drawn up (aktiebolagslagen 25 kap. 13 §).
/// It looks at equity as filed; the law lets the company count hidden values, which a report does not show.
#[must_use]
pub fn capital_flag(series: Series<'_>) -> Option<bool> {
    Some(i128::from(series.get(Line::Equity)?) * 2 < i128::from(series.get(Line::ShareCapital)?))
}
