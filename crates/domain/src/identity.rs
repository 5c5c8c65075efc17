//! Accounting identities: what must add up in a statement, and what it means when it does not.

use serde::Serialize;

use crate::label::Label;
use crate::line::Line;
use crate::statement::{Quality, Statement};

/// An identity that every complete statement obeys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Identity {
    /// Total assets = equity + untaxed reserves + provisions + liabilities.
    BalanceSheet,
    /// Fixed + current assets (+ unpaid share capital) = total assets.
    Assets,
    /// EBIT + net financial items = result after financial items.
    FinancialItems,
    /// Result after financial items + appropriations = result before tax.
    Appropriations,
    /// Result before tax + tax = net result (tax is kept negative).
    Tax,
}

impl Identity {
    /// Every identity.
    pub const ALL: [Self; 5] =
        [Self::BalanceSheet, Self::Assets, Self::FinancialItems, Self::Appropriations, Self::Tax];

    /// The name used in the database and the API.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::BalanceSheet => "balance_sheet",
            Self::Assets => "assets",
            Self::FinancialItems => "financial_items",
            Self::Appropriations => "appropriations",
            Self::Tax => "tax",
        }
    }

    /// The identity in words.
    #[must_use]
    pub fn label(self) -> Label {
        match self {
            Self::BalanceSheet => Label {
                sv: "Tillgångar = eget kapital + obeskattade reserver + avsättningar + skulder",
                en: "Total assets = equity + untaxed reserves + provisions + liabilities",
            },
            Self::Assets => Label {
                sv: "Anläggningstillgångar + omsättningstillgångar = summa tillgångar",
                en: "Fixed + current assets = total assets",
            },
            Self::FinancialItems => Label {
                sv: "Rörelseresultat + finansnetto = resultat efter finansiella poster",
                en: "EBIT + net financial items = result after financial items",
            },
            Self::Appropriations => Label {
                sv: "Resultat efter finansiella poster + bokslutsdispositioner = resultat före skatt",
                en: "Result after financial items + appropriations = result before tax",
            },
            Self::Tax => Label {
                sv: "Resultat före skatt − skatt = årets resultat",
                en: "Result before tax − tax = net result",
            },
        }
    }

    /// Every line that takes part in the identity.
    #[must_use]
    pub fn lines(self) -> &'static [Line] {
        match self {
            Self::BalanceSheet => &[
                Line::TotalAssets,
                Line::EquityAndLiabilities,
                Line::Equity,
                Line::UntaxedReserves,
                Line::Provisions,
                Line::TotalLiabilities,
                Line::LongTermLiabilities,
                Line::CurrentLiabilities,
            ],
            Self::Assets => &[Line::FixedAssets, Line::CurrentAssets, Line::UnpaidShareCapital, Line::TotalAssets],
            Self::FinancialItems => &[
                Line::Ebit,
                Line::NetFinancialItems,
                Line::FinancialIncome,
                Line::FinancialCosts,
                Line::ResultAfterFinancialItems,
            ],
            Self::Appropriations => &[Line::ResultAfterFinancialItems, Line::Appropriations, Line::ResultBeforeTax],
            Self::Tax => &[Line::ResultBeforeTax, Line::Tax, Line::NetIncome],
        }
    }

    /// The identity with this key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|identity| identity.key() == key)
    }
}

/// An identity that a statement breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Broken {
    /// Which.
    pub identity: Identity,
    /// The sum of the parts, in whole units of the statement's currency.
    pub computed: i128,
    /// The filed total.
    pub filed: i64,
}

/// The identities that the statement breaks by more than its rounding allows.
///
/// Tolerance: one unit of the filing's rounding (1 kr, 1 tkr, 1 mkr) per addend that is filed.
///
/// A missing addend:
/// - A tagged report leaves empty lines out, so in its balance sheet an absent line is 0, once the total and at least one part of the other
///   side are filed. An overview with equity and total assets alone is not checked.
/// - A table without tags may merely lack a column. Absent untaxed reserves, provisions and unpaid capital are 0 there too, but when
///   fixed or current assets, long-term or current liabilities are absent, only a gap that such a line cannot fill (a negative one) is reported.
/// - Filed total liabilities (IFRS) may or may not hold the provisions: either way of adding up will do. A filed sum of equity and
///   liabilities must equal total assets.
/// - In the result an absent addend (financial items, appropriations, tax) is 0 when that adds up; when it does not, the gap may be just
///   the missing line, so nothing is reported, except a gap of the wrong sign where only financial income or only costs are filed.
#[must_use]
pub fn check(statement: &Statement) -> Vec<Broken> {
    check_of(statement, !statement.facts.is_empty())
}

/// [`check`] of figures whose tags are not at hand: `is_tagged` tells whether their source has tags.
#[must_use]
pub fn check_of(statement: &Statement, is_tagged: bool) -> Vec<Broken> {
    let checks = [
        balance_sheet(statement, is_tagged),
        assets(statement, is_tagged),
        financial_items(statement),
        step(
            statement,
            Identity::Appropriations,
            Line::ResultAfterFinancialItems,
            Line::Appropriations,
            Line::ResultBeforeTax,
        ),
        step(statement, Identity::Tax, Line::ResultBeforeTax, Line::Tax, Line::NetIncome),
    ];
    checks.into_iter().flatten().collect()
}

/// The identity as broken, unless the addends that are filed come close enough to the filed total.
fn compare(statement: &Statement, identity: Identity, addends: &[Option<i64>], filed: i64) -> Option<Broken> {
    let filed_addends = || addends.iter().flatten();
    let computed: i128 = filed_addends().map(|amount| i128::from(*amount)).sum();
    // A rounding above 10^9 is no rounding of a report; the bound keeps the power small.
    let unit = 10i128.pow(u32::from(statement.rounding.min(9)));
    let tolerance = unit * filed_addends().count().max(1) as i128;
    ((computed - i128::from(filed)).abs() > tolerance).then_some(Broken { identity, computed, filed })
}

fn balance_sheet(statement: &Statement, is_tagged: bool) -> Option<Broken> {
    let get = |line| statement.get(line);
    let total = get(Line::TotalAssets)?;
    if let Some(other_side) = get(Line::EquityAndLiabilities)
        && let Some(broken) = compare(statement, Identity::BalanceSheet, &[Some(other_side)], total)
    {
        return Some(broken);
    }
    let equity = Some(get(Line::Equity)?);
    let reserves = get(Line::UntaxedReserves);
    let provisions = get(Line::Provisions);
    let test = |addends: &[Option<i64>]| compare(statement, Identity::BalanceSheet, addends, total);
    if let Some(liabilities) = get(Line::TotalLiabilities) {
        let beside = test(&[equity, reserves, provisions, Some(liabilities)])?;
        return test(&[equity, reserves, Some(liabilities)]).map(|_| beside);
    }
    let [long_term, current] = [get(Line::LongTermLiabilities), get(Line::CurrentLiabilities)];
    if long_term.is_none() && current.is_none() {
        return None;
    }
    let broken = test(&[equity, reserves, provisions, long_term, current])?;
    (is_tagged || !may_lack_a_column([long_term, current], &broken)).then_some(broken)
}

fn assets(statement: &Statement, is_tagged: bool) -> Option<Broken> {
    let [fixed, current] = [Line::FixedAssets, Line::CurrentAssets].map(|line| statement.get(line));
    if fixed.is_none() && current.is_none() {
        return None;
    }
    let parts = [fixed, current, statement.get(Line::UnpaidShareCapital)];
    let broken = compare(statement, Identity::Assets, &parts, statement.get(Line::TotalAssets)?)?;
    (is_tagged || !may_lack_a_column([fixed, current], &broken)).then_some(broken)
}

/// Whether one of the two parts is not in a table without tags, and would fill the gap.
fn may_lack_a_column(parts: [Option<i64>; 2], broken: &Broken) -> bool {
    parts.contains(&None) && i128::from(broken.filed) > broken.computed
}

fn financial_items(statement: &Statement) -> Option<Broken> {
    let get = |line| statement.get(line);
    let ebit = get(Line::Ebit)?;
    let filed = get(Line::ResultAfterFinancialItems)?;
    let test = |addends: &[Option<i64>]| compare(statement, Identity::FinancialItems, addends, filed);
    if let Some(net) = get(Line::NetFinancialItems) {
        return test(&[Some(ebit), Some(net)]);
    }
    let (income, costs) = (get(Line::FinancialIncome), get(Line::FinancialCosts));
    let broken = test(&[Some(ebit), income, costs])?;
    let gap = i128::from(filed) - broken.computed;
    let is_explained = match (income, costs) {
        (Some(_), Some(_)) => false,
        (None, None) => true,
        (None, Some(_)) => gap > 0,
        (Some(_), None) => gap < 0,
    };
    (!is_explained).then_some(broken)
}

/// from + addend = to, checked when all three are filed.
fn step(statement: &Statement, identity: Identity, from: Line, addend: Line, to: Line) -> Option<Broken> {
    let addends = [Some(statement.get(from)?), Some(statement.get(addend)?)];
    compare(statement, identity, &addends, statement.get(to)?)
}

/// What the identities and the filed lines say about a statement: suspect when an identity is broken; partial when total assets,
/// equity, or both of net result and result after financial items are missing (an overview); else ok.
#[must_use]
pub fn quality(statement: &Statement) -> (Quality, Vec<Broken>) {
    quality_of(statement, !statement.facts.is_empty())
}

/// [`quality`] of figures whose tags are not at hand.
#[must_use]
pub fn quality_of(statement: &Statement, is_tagged: bool) -> (Quality, Vec<Broken>) {
    let broken = check_of(statement, is_tagged);
    let has = |line| statement.get(line).is_some();
    let is_complete =
        has(Line::TotalAssets) && has(Line::Equity) && (has(Line::NetIncome) || has(Line::ResultAfterFinancialItems));
    let quality = match (broken.is_empty(), is_complete) {
        (false, _) => Quality::Suspect,
        (true, true) => Quality::Ok,
        (true, false) => Quality::Partial,
    };
    (quality, broken)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::currency::Currency;
    use crate::fiscal_period::FiscalPeriod;
    use crate::scope::Scope;

    fn statement(rounding: u8, lines: &[(Line, i64)]) -> Statement {
        let period = FiscalPeriod::new("2024-01-01".parse().unwrap(), "2024-12-31".parse().unwrap()).unwrap();
        let mut statement = Statement::empty(period, Scope::Company, Currency::SEK);
        statement.rounding = rounding;
        statement.figures = lines.iter().copied().collect();
        statement
    }

    fn broken(rounding: u8, lines: &[(Line, i64)]) -> Vec<Identity> {
        check(&statement(rounding, lines)).into_iter().map(|broken| broken.identity).collect()
    }

    #[test]
    fn names_are_read_back() {
        for identity in Identity::ALL {
            assert_eq!(Identity::from_key(identity.key()), Some(identity));
        }
    }

    #[test]
    fn tolerance_is_one_unit_of_rounding_per_addend() {
        let lines = |total| {
            [
                (Line::TotalAssets, total),
                (Line::Equity, 500_000),
                (Line::UntaxedReserves, 200_000),
                (Line::CurrentLiabilities, 300_000),
                (Line::LongTermLiabilities, 0),
            ]
        };
        assert_eq!(broken(3, &lines(1_004_000)), []);
        assert_eq!(broken(3, &lines(1_004_001)), [Identity::BalanceSheet]);
        assert_eq!(broken(0, &lines(1_000_004)), []);
        assert_eq!(broken(0, &lines(1_000_005)), [Identity::BalanceSheet]);
    }

    #[test]
    fn an_overview_is_partial_and_not_suspect() {
        let overview = statement(3, &[(Line::TotalAssets, 1_000), (Line::Equity, 400), (Line::Revenue, 900)]);
        assert_eq!(quality(&overview), (Quality::Partial, vec![]));
    }

    #[test]
    fn a_table_may_lack_a_column_and_a_tagged_report_leaves_out_only_empty_lines() {
        let lines = [
            (Line::TotalAssets, 1_000),
            (Line::Equity, 500),
            (Line::CurrentLiabilities, 300),
            (Line::CurrentAssets, 700),
        ];
        let mut balance = statement(0, &lines);
        assert_eq!(check(&balance), []);
        balance.facts.push(crate::statement::Fact {
            concept: "se-gen-base:Tillgangar".into(),
            value: 1_000.into(),
            context: "balans0".into(),
            period: crate::statement::ContextPeriod::Instant { instant: "2024-12-31".parse().unwrap() },
            unit: "SEK".into(),
            as_filed: "1 000".into(),
            scale: 0,
            decimals: None,
            negative: false,
            document: 0,
        });
        let names: Vec<_> = check(&balance).iter().map(|broken| broken.identity).collect();
        assert_eq!(names, [Identity::BalanceSheet, Identity::Assets]);
        // More current assets than assets cannot be mended by a missing column.
        assert_eq!(broken(0, &[(Line::TotalAssets, 100), (Line::CurrentAssets, 200)]), [Identity::Assets]);
    }

    #[test]
    fn total_liabilities_may_hold_the_provisions_or_not() {
        let lines = |total| {
            [(Line::TotalAssets, total), (Line::Equity, 500), (Line::Provisions, 100), (Line::TotalLiabilities, 400)]
        };
        assert_eq!(broken(0, &lines(900)), []);
        assert_eq!(broken(0, &lines(1_000)), []);
        assert_eq!(broken(0, &lines(1_100)), [Identity::BalanceSheet]);
    }

    #[test]
    fn a_gap_that_the_missing_line_explains_is_not_reported() {
        let before_tax = [(Line::ResultBeforeTax, 100), (Line::NetIncome, 79)];
        assert_eq!(broken(0, &before_tax), []);
        let with_tax = [(Line::ResultBeforeTax, 100), (Line::Tax, -10), (Line::NetIncome, 79)];
        assert_eq!(broken(0, &with_tax), [Identity::Tax]);
        // Costs are filed and income is not: income can only lift the result.
        let lines =
            |result| [(Line::Ebit, 100), (Line::FinancialCosts, -20), (Line::ResultAfterFinancialItems, result)];
        assert_eq!(broken(0, &lines(80)), []);
        assert_eq!(broken(0, &lines(95)), []);
        assert_eq!(broken(0, &lines(60)), [Identity::FinancialItems]);
    }

    #[test]
    fn profit_before_tax_in_the_place_of_the_result_after_financial_items_is_found() {
        // The trap of third-party tables: ORS is profit before tax.
        let lines = [
            (Line::Ebit, 1_829_655),
            (Line::FinancialIncome, 148_000),
            (Line::FinancialCosts, -1_337),
            (Line::ResultAfterFinancialItems, 1_576_318),
        ];
        let found = check(&statement(0, &lines));
        assert_eq!(found, [Broken { identity: Identity::FinancialItems, computed: 1_976_318, filed: 1_576_318 }]);
    }

    #[test]
    fn extreme_figures_do_not_overflow() {
        let all = |amount| Line::ALL.iter().map(|line| (*line, amount)).collect::<Vec<_>>();
        assert!(!broken(u8::MAX, &all(i64::MAX)).is_empty());
        assert!(!broken(0, &all(i64::MIN)).is_empty());
    }
}
