//! How much a company's figures can be leaned on, as one number.

use chrono::NaiveDate;

use super::StatementVersion;
use super::compute::is_stale;
use crate::line::Line;
use crate::statement::Quality;

/// 0–100: quality of the newest period (ok 40, partial 20, suspect 0), periods of accounts (10 each, at most 30), which of revenue,
/// EBIT, net result, total assets and equity it files (4 each), and accounts that are not stale (10).
#[must_use]
pub fn quality_score(newest: &StatementVersion, periods: usize, today: NaiveDate) -> i64 {
    let quality = match newest.quality {
        Quality::Ok => 40,
        Quality::Partial => 20,
        Quality::Suspect => 0,
    };
    let core = [Line::Revenue, Line::Ebit, Line::NetIncome, Line::TotalAssets, Line::Equity];
    let lines = core.iter().filter(|line| newest.statement.get(**line).is_some()).count() as i64 * 4;
    let fresh = if is_stale(newest.statement.period.end(), today) { 0 } else { 10 };
    quality + 10 * periods.min(3) as i64 + lines + fresh
}
