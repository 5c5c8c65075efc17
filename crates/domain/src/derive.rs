//! Figures that follow from filed ones, in one place. A filed figure is never replaced by a derived one, and a derived one is
//! never stored as if it had been filed.

use crate::line::Line;
use crate::statement::Statement;
use crate::tax;

/// The sum of what is filed; `None` when nothing is, or the sum does not fit.
fn sum(statement: &Statement, lines: &[Line]) -> Option<i64> {
    let mut amounts = lines.iter().filter_map(|line| statement.get(*line)).peekable();
    amounts.peek()?;
    amounts.try_fold(0i64, i64::checked_add)
}

/// Total operating income: as filed; else EBIT − operating costs, which is exact; else the sum of its parts when other parts than
/// revenue are filed. Revenue alone (an older year in the overview) is not taken for the total.
#[must_use]
pub fn operating_income(statement: &Statement) -> Option<i64> {
    const OTHER_PARTS: [Line; 3] = [Line::InventoryChange, Line::OwnWorkCapitalised, Line::OtherOperatingIncome];
    let from_costs = || statement.get(Line::Ebit)?.checked_sub(statement.get(Line::OperatingCosts)?);
    let from_parts = || statement.get(Line::Revenue)?.checked_add(sum(statement, &OTHER_PARTS)?);
    statement.get(Line::OperatingIncome).or_else(from_costs).or_else(from_parts)
}

/// Net financial items: as filed, else income + costs; `None` when none of the three is filed.
#[must_use]
pub fn net_financial_items(statement: &Statement) -> Option<i64> {
    let from_parts = || sum(statement, &[Line::FinancialIncome, Line::FinancialCosts]);
    statement.get(Line::NetFinancialItems).or_else(from_parts)
}

/// EBITDA: operating result before depreciation, amortisation and write-downs of fixed assets; `None` where the statement does
/// not file those (a statement by function puts them in a note).
#[must_use]
pub fn ebitda(statement: &Statement) -> Option<i64> {
    statement.get(Line::Ebit)?.checked_sub(statement.get(Line::Depreciation)?)
}

/// Cost of goods as a positive figure: by function as filed, by nature raw materials + goods for resale.
#[must_use]
pub fn cost_of_goods(statement: &Statement) -> Option<i64> {
    let by_nature = || sum(statement, &[Line::RawMaterials, Line::GoodsForResale]);
    statement.get(Line::CostOfGoodsSold).or_else(by_nature)?.checked_neg()
}

/// Gross profit: as filed, else revenue − cost of goods.
#[must_use]
pub fn gross_profit(statement: &Statement) -> Option<i64> {
    let from_costs = || statement.get(Line::Revenue)?.checked_sub(cost_of_goods(statement)?);
    statement.get(Line::GrossProfit).or_else(from_costs)
}

/// What is bought from suppliers, positive: by function the cost of goods sold, by nature raw materials + goods for resale + other
/// external costs, because trade payables hold the bills of all three.
#[must_use]
pub fn purchases(statement: &Statement) -> Option<i64> {
    let by_nature = || sum(statement, &[Line::RawMaterials, Line::GoodsForResale, Line::OtherExternalCosts]);
    statement.get(Line::CostOfGoodsSold).or_else(by_nature)?.checked_neg()
}

/// Total liabilities (skulder, without provisions): as filed, else long-term + current; one of the two that is not filed is none.
#[must_use]
pub fn total_liabilities(statement: &Statement) -> Option<i64> {
    let from_parts = || sum(statement, &[Line::LongTermLiabilities, Line::CurrentLiabilities]);
    statement.get(Line::TotalLiabilities).or_else(from_parts)
}

/// The tax that untaxed reserves will cost, at the rate of the period's end, rounded half up to whole units.
#[must_use]
pub fn deferred_tax_in_reserves(statement: &Statement) -> i64 {
    let reserves = i128::from(statement.get(Line::UntaxedReserves).unwrap_or(0));
    let rate = i128::from(tax::rate_permille(statement.period.end()));
    // At most 22 % of an i64, so it always fits.
    i64::try_from((reserves * rate + 500).div_euclid(1_000)).unwrap_or(0)
}

/// Adjusted equity = equity + (1 − tax rate) × untaxed reserves; no line of untaxed reserves means none.
#[must_use]
pub fn adjusted_equity(statement: &Statement) -> Option<i64> {
    let reserves = statement.get(Line::UntaxedReserves).unwrap_or(0);
    statement.get(Line::Equity)?.checked_add(reserves - deferred_tax_in_reserves(statement))
}

/// Debt that bears interest: bank loans, bonds and overdraft. A report under K2 or K3 names each of them that it has, so where
/// liabilities are filed an absent line is no debt; `None` where no liabilities are filed either, and where a table, a
/// register of totals or a listed group's report names none of them: what the debt is, is not known then.
#[must_use]
pub fn interest_bearing_debt(statement: &Statement) -> Option<i64> {
    const LINES: [Line; 4] = [Line::BondLoans, Line::LongTermBankLoans, Line::ShortTermBankLoans, Line::Overdraft];
    sum(statement, &LINES).or_else(|| total_liabilities(statement).filter(|_| statement.is_itemised).map(|_| 0))
}

/// Inventory: as filed; none where a report that names what it has names no inventory.
#[must_use]
pub fn inventory(statement: &Statement) -> Option<i64> {
    statement.get(Line::Inventory).or(statement.is_itemised.then_some(0))
}

/// Capital employed = total assets − liabilities that bear no interest − the deferred tax in untaxed reserves. Provisions stay in
/// it: the largest kind, pensions, bears interest.
#[must_use]
pub fn capital_employed(statement: &Statement) -> Option<i64> {
    let without_interest = total_liabilities(statement)?.checked_sub(interest_bearing_debt(statement)?)?;
    let assets = statement.get(Line::TotalAssets)?.checked_sub(without_interest)?;
    assets.checked_sub(deferred_tax_in_reserves(statement))
}

/// Earnings kept in the company: retained earnings + the result of the year, else unrestricted equity (which also holds share premium).
#[must_use]
pub fn retained_earnings(statement: &Statement) -> Option<i64> {
    let kept = || statement.get(Line::RetainedEarnings)?.checked_add(statement.get(Line::NetIncome)?);
    kept().or_else(|| statement.get(Line::UnrestrictedEquity))
}
