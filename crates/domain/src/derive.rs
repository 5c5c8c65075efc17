//! Figures that follow from filed ones. A filed figure is never replaced by a derived one.

use crate::line::Line;
use crate::statement::Statement;
use crate::tax;

fn sum(parts: &[Option<i64>]) -> Option<i64> {
    if parts.iter().all(Option::is_none) {
        return None;
    }
    parts.iter().flatten().try_fold(0i64, |total, part| total.checked_add(*part))
}

/// Net financial items: as filed, else income + costs; `None` when neither is filed.
#[must_use]
pub fn net_financial_items(statement: &Statement) -> Option<i64> {
    statement
        .get(Line::NetFinancialItems)
        .or_else(|| sum(&[statement.get(Line::FinancialIncome), statement.get(Line::FinancialCosts)]))
}

/// EBITDA: operating result before depreciation, amortisation and write-downs of fixed assets; `None` where the statement does not
/// file those (a statement by function).
#[must_use]
pub fn ebitda(statement: &Statement) -> Option<i64> {
    statement.get(Line::Ebit)?.checked_sub(statement.get(Line::Depreciation)?)
}

/// Total liabilities: as filed, else long-term + current.
#[must_use]
pub fn total_liabilities(statement: &Statement) -> Option<i64> {
    statement
        .get(Line::TotalLiabilities)
        .or_else(|| sum(&[statement.get(Line::LongTermLiabilities), statement.get(Line::CurrentLiabilities)]))
}

/// Adjusted equity = equity + (1 − tax rate) × untaxed reserves, rounded to whole units; no untaxed reserves count as none.
#[must_use]
pub fn adjusted_equity(statement: &Statement) -> Option<i64> {
    let reserves = i128::from(statement.get(Line::UntaxedReserves).unwrap_or(0));
    let kept = (reserves * i128::from(1_000 - tax::rate_permille(statement.period.end())) + 500).div_euclid(1_000);
    i64::try_from(i128::from(statement.get(Line::Equity)?) + kept).ok()
}

/// Debt that bears interest: bank loans, bonds and overdraft; `None` when the statement names none of them.
#[must_use]
pub fn interest_bearing_debt(statement: &Statement) -> Option<i64> {
    sum(&[Line::BondLoans, Line::LongTermBankLoans, Line::ShortTermBankLoans, Line::Overdraft]
        .map(|line| statement.get(line)))
}
