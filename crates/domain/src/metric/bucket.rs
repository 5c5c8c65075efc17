//! The classes that figures are sorted into. The codes' words stand in [`crate::catalogue::category_values`].

use super::Series;
use super::growth::{cagr_3y, growth_yoy};
use super::profitability::ebit_margin;
use super::risk::altman_z2;
use super::size::{employees, revenue};
use crate::currency::Currency;
use crate::line::Line;

/// Kronor per euro for the ceilings of [`size_class`]: a fixed round rate, so that a class does not change with the market.
pub const SEK_PER_EUR: i64 = 11;

const SIZES: [&str; 4] = ["micro", "small", "medium", "large"];

/// Size by EU recommendation 2003/361: headcount under 10, 50, 250 **and** (revenue of at most 2, 10, 50 **or** total assets of at
/// most 2, 10, 43 million euro). What is not known is left out of the test: headcount alone, or amounts alone, decide then.
/// Amounts are tested in SEK (at [`SEK_PER_EUR`]) and EUR only.
#[must_use]
pub fn size_class(series: Series<'_>) -> Option<&'static str> {
    let by_people = employees(series).map(|people| passed([10.0, 50.0, 250.0], |limit| people >= limit));
    let by_amounts = euro_in_currency(series.now().currency).and_then(|euro| {
        let of = |amount: Option<i64>, millions: [i64; 3]| {
            amount.map(|amount| passed(millions, |limit| amount > limit * 1_000_000 * euro))
        };
        let by_revenue = of(revenue(series), [2, 10, 50]);
        let by_assets = of(series.get(Line::TotalAssets), [2, 10, 43]);
        by_revenue.into_iter().chain(by_assets).min()
    });
    by_people.into_iter().chain(by_amounts).max().map(|class| SIZES[class])
}

fn euro_in_currency(currency: Currency) -> Option<i64> {
    match currency {
        Currency::SEK => Some(SEK_PER_EUR),
        Currency::EUR => Some(1),
        _ => None,
    }
}

/// How many of the limits are passed.
fn passed<T>(limits: [T; 3], passes: impl Fn(T) -> bool) -> usize {
    limits.into_iter().map(passes).filter(|passed| *passed).count()
}

/// The class of [`cagr_3y`], else of [`growth_yoy`]: see [`growth_class_of`].
#[must_use]
pub fn growth_class(series: Series<'_>) -> Option<&'static str> {
    cagr_3y(series).or_else(|| growth_yoy(series)).map(growth_class_of)
}

/// Shrinking < −5 %, stable ≤ 5 %, growing ≤ 20 %, fast above.
#[must_use]
pub fn growth_class_of(growth: f64) -> &'static str {
    match growth {
        growth if growth < -0.05 => "shrinking",
        growth if growth <= 0.05 => "stable",
        growth if growth <= 0.20 => "growing",
        _ => "fast",
    }
}

/// The class of [`ebit_margin`]: see [`profitability_class_of`].
#[must_use]
pub fn profitability_class(series: Series<'_>) -> Option<&'static str> {
    ebit_margin(series).map(profitability_class_of)
}

/// Loss < 0, thin < 5 %, good < 15 %, high from there.
#[must_use]
pub fn profitability_class_of(ebit_margin: f64) -> &'static str {
    match ebit_margin {
        margin if margin < 0.0 => "loss",
        margin if margin < 0.05 => "thin",
        margin if margin < 0.15 => "good",
        _ => "high",
    }
}

/// The zone of [`altman_z2`]: see [`altman_zone_of`].
#[must_use]
pub fn altman_zone(series: Series<'_>) -> Option<&'static str> {
    altman_z2(series).map(altman_zone_of)
}

/// Safe > 2.6, grey 1.1–2.6, distress < 1.1.
#[must_use]
pub fn altman_zone_of(score: f64) -> &'static str {
    match score {
        score if score > 2.6 => "safe",
        score if score >= 1.1 => "grey",
        _ => "distress",
    }
}
