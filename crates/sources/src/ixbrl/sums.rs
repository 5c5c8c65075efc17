//! Sums of a printed report beyond the accounting identities, which decide between two amounts of one line. They are no
//! measure of quality: a report need not file every addend.

use domain::identity;
use domain::line::Line;
use domain::statement::Statement;

/// Totals and the lines that they are the sum of.
const SUMS: &[(Line, &[Line])] = &[
    (
        Line::OperatingIncome,
        &[Line::Revenue, Line::InventoryChange, Line::OwnWorkCapitalised, Line::OtherOperatingIncome],
    ),
    (Line::GrossProfit, &[Line::Revenue, Line::CostOfGoodsSold]),
    (
        Line::OperatingCosts,
        &[
            Line::RawMaterials,
            Line::GoodsForResale,
            Line::OtherExternalCosts,
            Line::PersonnelCosts,
            Line::Depreciation,
            Line::CurrentAssetWriteDowns,
            Line::OtherOperatingCosts,
        ],
    ),
    (Line::Ebit, &[Line::OperatingIncome, Line::OperatingCosts]),
    (Line::NetFinancialItems, &[Line::FinancialIncome, Line::FinancialCosts]),
    (Line::FixedAssets, &[Line::IntangibleAssets, Line::TangibleAssets, Line::FinancialAssets]),
    (Line::CurrentAssets, &[Line::Inventory, Line::CurrentReceivables, Line::ShortTermInvestments, Line::Cash]),
    (Line::Equity, &[Line::RestrictedEquity, Line::UnrestrictedEquity, Line::MinorityInterest]),
    (Line::EquityAndLiabilities, &[Line::TotalAssets]),
];

/// How many sums and identities a statement does not fulfil.
pub(super) fn failures(statement: &Statement) -> usize {
    let unit = 10_i128.pow(u32::from(statement.rounding.min(9)));
    let broken = SUMS.iter().filter(|(total, parts)| {
        let Some(total) = statement.get(*total) else { return false };
        let filed: Vec<i64> = parts.iter().filter_map(|line| statement.get(*line)).collect();
        let sum: i128 = filed.iter().map(|amount| i128::from(*amount)).sum();
        // Exact amounts add up exactly; rounded ones may miss by one unit each.
        let tolerance = if unit == 1 { 0 } else { unit * filed.len() as i128 };
        !filed.is_empty() && (sum - i128::from(total)).abs() > tolerance
    });
    broken.count() + identity::check(statement).len()
}
