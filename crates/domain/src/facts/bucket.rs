//! The classes that figures are sorted into.

use chrono::NaiveDate;
use rust_decimal::prelude::ToPrimitive;

use super::compute::{StatementVersion, is_stale};
use crate::currency::Currency;
use crate::line::Line;
use crate::metric::{self, Series};
use crate::statement::Quality;

/// EU recommendation 2003/361: micro < 10, small < 50, medium < 250 employees, else large. Without a headcount, by annualised
/// revenue or total assets in SEK at 11 kr per euro, whichever is the larger class: micro ≤ 22 m, small ≤ 110 m, medium ≤ 550 m.
#[must_use]
pub fn size_class(series: Series<'_>) -> Option<&'static str> {
    const NAMES: [&str; 4] = ["micro", "small", "medium", "large"];
    let statement = series.0[0];
    if let Some(people) = statement.employees.and_then(|people| people.to_f64()) {
        return Some(NAMES[[10.0, 50.0, 250.0].iter().filter(|limit| people >= **limit).count()]);
    }
    if statement.currency != Currency::SEK {
        return None;
    }
    let class = |amount: i64| [22_000_000, 110_000_000, 550_000_000].iter().filter(|limit| amount > **limit).count();
    let amounts = [metric::revenue(series), statement.get(Line::TotalAssets)];
    amounts.into_iter().flatten().map(class).max().map(|class| NAMES[class])
}

/// Shrinking < −5 %, stable ≤ 5 %, growing ≤ 20 %, fast above.
#[must_use]
pub fn growth_class(growth: f64) -> &'static str {
    match growth {
        growth if growth < -0.05 => "shrinking",
        growth if growth <= 0.05 => "stable",
        growth if growth <= 0.20 => "growing",
        _ => "fast",
    }
}

/// Loss < 0, thin < 5 %, good < 15 %, high from there (EBIT margin).
#[must_use]
pub fn profitability_class(ebit_margin: f64) -> &'static str {
    match ebit_margin {
        margin if margin < 0.0 => "loss",
        margin if margin < 0.05 => "thin",
        margin if margin < 0.15 => "good",
        _ => "high",
    }
}

/// Safe > 2.6, grey 1.1–2.6, distress < 1.1.
#[must_use]
pub fn altman_zone(score: f64) -> &'static str {
    match score {
        score if score > 2.6 => "safe",
        score if score >= 1.1 => "grey",
        _ => "distress",
    }
}

/// 0–100: quality of the latest period (ok 40, partial 20, suspect 0), years of accounts (10 each, at most 30), the core lines revenue,
/// EBIT, net result, total assets and equity (4 each), and accounts that are not stale (10).
#[must_use]
pub fn data_quality_score(latest: &StatementVersion, years: usize, today: NaiveDate) -> i64 {
    let quality = match latest.quality {
        Quality::Ok => 40,
        Quality::Partial => 20,
        Quality::Suspect => 0,
    };
    let core = [Line::Revenue, Line::Ebit, Line::NetIncome, Line::TotalAssets, Line::Equity];
    let lines = core.iter().filter(|line| latest.statement.get(**line).is_some()).count() as i64 * 4;
    let fresh = if is_stale(latest.statement.period.end(), today) { 0 } else { 10 };
    quality + 10 * years.min(3) as i64 + lines + fresh
}
