//! The sign of costs: in Lode a cost is negative, in many tables it is a positive number. Which of the two a table uses is
//! inferred from the identities that its rows must obey, or else asked for.

use domain::line::Line;
use domain::statement::Statement;

use super::mapping::Costs;

/// Rows on one side for each one on the other before the sides count as decided.
const CLEAR: usize = 9;

/// What the rows say of the lines of a group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Evidence {
    /// Amounts above zero.
    positive: usize,
    /// Amounts below zero.
    negative: usize,
}

/// The lines whose sign is turned when the table is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Turned {
    lines: Vec<Line>,
    /// What is to be told.
    pub told: Option<String>,
    /// Whether a person said so, so that no row is doubted.
    is_given: bool,
}

impl Turned {
    /// As a mapping says.
    pub fn given(costs: Costs) -> Self {
        let lines = match costs {
            Costs::Negative => Vec::new(),
            Costs::Positive => Line::ALL.iter().copied().filter(|line| line.is_cost()).collect(),
        };
        Self { lines, told: None, is_given: true }
    }

    /// Nothing is turned, and nothing is doubted.
    pub fn nothing() -> Self {
        Self { is_given: true, ..Self::default() }
    }

    /// The signs as Lode keeps them.
    pub fn apply(&self, statement: &mut Statement) {
        for line in &self.lines {
            if let Some(amount) = statement.get(*line) {
                statement.figures.set(*line, Some(-amount));
            }
        }
    }

    /// Whether any cost is turned.
    pub fn is_any(&self) -> bool {
        !self.lines.is_empty()
    }

    /// Why a row (as written) cannot be read with these signs: it obeys the identities only with the others, or its costs are
    /// positive in a table that has shown no signs.
    pub fn refuse(&self, written: &Statement) -> Option<&'static str> {
        if self.is_given {
            return None;
        }
        let positive: Vec<Line> =
            candidates().filter(|line| written.get(*line).is_some_and(|amount| amount > 0)).collect();
        let others: Vec<Line> = positive.iter().copied().filter(|line| !self.lines.contains(line)).collect();
        if !others.is_empty() && self.lines.is_empty() {
            let (turned, kept) = verdicts(written, &others);
            return (turned > kept).then_some("costs are positive in this row and negative in the rest of the table");
        }
        if !self.lines.is_empty() {
            let (turned, kept) = verdicts(written, &self.lines);
            return (kept > turned).then_some("costs have other signs in this row than in the rest of the table");
        }
        None
    }
}

/// Costs, and the tax, which a table that lists it as a cost writes as a positive number as well.
fn candidates() -> impl Iterator<Item = Line> {
    Line::ALL.iter().copied().filter(|line| line.is_cost() || *line == Line::Tax)
}

/// The signs of a table from rows as they are written.
///
/// # Errors
/// The headings' lines that are positive without any identity showing whether that makes them costs.
pub(super) fn infer(rows: &[Statement]) -> Result<Turned, Vec<Line>> {
    let mut positive = Vec::new();
    for line in candidates() {
        let mut evidence = Evidence::default();
        for amount in rows.iter().filter_map(|row| row.get(line)) {
            evidence.positive += usize::from(amount > 0);
            evidence.negative += usize::from(amount < 0);
        }
        if evidence.positive > evidence.negative {
            positive.push(line);
        }
    }
    if positive.is_empty() {
        return Ok(Turned::default());
    }
    let (mut turned, mut kept) = (0, 0);
    for row in rows {
        let (more_turned, more_kept) = verdicts(row, &positive);
        turned += usize::from(more_turned > more_kept);
        kept += usize::from(more_kept > more_turned);
    }
    let names = || positive.iter().map(|line| line.key()).collect::<Vec<_>>().join(", ");
    if turned > 0 && turned >= CLEAR * kept {
        let rows = if turned == 1 { "1 row adds".to_owned() } else { format!("{turned} rows add") };
        let told = format!("{} are positive numbers in this table and are read as costs: {rows} up only so", names());
        return Ok(Turned { lines: positive, told: Some(told), is_given: false });
    }
    if kept > 0 && kept >= CLEAR * turned {
        let told = format!("{} are kept as the positive amounts that they are: the rows add up only so", names());
        return Ok(Turned { lines: Vec::new(), told: Some(told), is_given: true });
    }
    Err(positive)
}

/// How many identities of a row hold only with the signs of these lines turned, and how many only as written.
fn verdicts(row: &Statement, lines: &[Line]) -> (usize, usize) {
    let written = |line: Line| row.get(line).map(i128::from);
    let turned = |line: Line| written(line).map(|amount| if lines.contains(&line) { -amount } else { amount });
    let unit = 10i128.pow(u32::from(row.rounding.min(9)));
    let (mut only_turned, mut only_written) = (0, 0);
    for identity in IDENTITIES {
        match (identity.holds(&turned, unit), identity.holds(&written, unit)) {
            (Some(true), Some(false)) => only_turned += 1,
            (Some(false), Some(true)) => only_written += 1,
            _ => {}
        }
    }
    (only_turned, only_written)
}

/// A sum that must hold: base + addends = total.
struct Sum {
    /// The first of these that is there begins the sum.
    base: &'static [Line],
    /// Of these at least one must be there.
    addends: &'static [Line],
    total: Line,
}

impl Sum {
    fn holds(&self, get: &impl Fn(Line) -> Option<i128>, unit: i128) -> Option<bool> {
        let total = get(self.total)?;
        let base = self.base.iter().find_map(|line| get(*line))?;
        let addends: Vec<i128> = self.addends.iter().filter_map(|line| get(*line)).collect();
        if addends.iter().all(|amount| *amount == 0) {
            return None;
        }
        let tolerance = unit * (addends.len() as i128 + 1);
        Some((base + addends.iter().sum::<i128>() - total).abs() <= tolerance)
    }
}

const IDENTITIES: &[Sum] = &[
    // By nature.
    Sum {
        base: &[Line::OperatingIncome, Line::Revenue],
        addends: &[
            Line::RawMaterials,
            Line::GoodsForResale,
            Line::OtherExternalCosts,
            Line::PersonnelCosts,
            Line::Depreciation,
            Line::CurrentAssetWriteDowns,
            Line::OtherOperatingCosts,
        ],
        total: Line::Ebit,
    },
    // By function.
    Sum { base: &[Line::Revenue, Line::OperatingIncome], addends: &[Line::CostOfGoodsSold], total: Line::GrossProfit },
    Sum {
        base: &[Line::GrossProfit],
        addends: &[
            Line::SellingCosts,
            Line::AdministrativeCosts,
            Line::ResearchCosts,
            Line::OtherOperatingIncome,
            Line::OtherOperatingCosts,
        ],
        total: Line::Ebit,
    },
    Sum { base: &[Line::OperatingIncome, Line::Revenue], addends: &[Line::OperatingCosts], total: Line::Ebit },
    Sum {
        base: &[Line::Ebit],
        addends: &[Line::FinancialIncome, Line::FinancialCosts],
        total: Line::ResultAfterFinancialItems,
    },
    Sum { base: &[Line::ResultBeforeTax], addends: &[Line::Tax], total: Line::NetIncome },
];

#[cfg(test)]
mod tests {
    use super::*;
    use domain::currency::Currency;
    use domain::fiscal_period::FiscalPeriod;
    use domain::scope::Scope;
    use proptest::prelude::*;

    fn row(lines: &[(Line, i64)]) -> Statement {
        let period = FiscalPeriod::new("2023-01-01".parse().unwrap(), "2023-12-31".parse().unwrap()).unwrap();
        Statement {
            figures: lines.iter().copied().collect(),
            ..Statement::empty(period, Scope::Company, Currency::SEK)
        }
    }

    fn income(sign: i64) -> Statement {
        row(&[
            (Line::OperatingIncome, 5_335),
            (Line::OtherExternalCosts, 2_000 * sign),
            (Line::PersonnelCosts, 2_235 * sign),
            (Line::Depreciation, 300 * sign),
            (Line::Ebit, 800),
        ])
    }

    #[test]
    fn positive_costs_are_turned_when_the_rows_add_up_only_so() {
        let found = infer(&[income(1), income(1)]).unwrap();
        assert!(found.is_any() && found.told.as_deref().unwrap().contains("personnel_costs"));
        let mut statement = income(1);
        found.apply(&mut statement);
        assert_eq!(statement.figures, income(-1).figures);
        assert!(found.refuse(&income(-1)).is_some() && found.refuse(&income(1)).is_none());
    }

    #[test]
    fn negative_costs_stay_as_they_are() {
        let found = infer(&[income(-1)]).unwrap();
        assert!(!found.is_any() && found.told.is_none());
        assert!(found.refuse(&income(1)).is_some());
    }

    #[test]
    fn positive_costs_that_nothing_explains_are_named() {
        let lone = row(&[(Line::Revenue, 100), (Line::PersonnelCosts, 40)]);
        assert_eq!(infer(&[lone]), Err(vec![Line::PersonnelCosts]));
        // One row against another decides nothing.
        let kept = row(&[(Line::OperatingIncome, 100), (Line::OperatingCosts, 40), (Line::Ebit, 140)]);
        let turned = row(&[(Line::OperatingIncome, 100), (Line::OperatingCosts, 40), (Line::Ebit, 60)]);
        assert_eq!(infer(&[kept, turned]), Err(vec![Line::OperatingCosts]));
    }

    #[test]
    fn a_positive_tax_is_a_cost_where_the_net_result_says_so() {
        let table = [row(&[(Line::ResultBeforeTax, 800), (Line::Tax, 165), (Line::NetIncome, 635)])];
        assert_eq!(infer(&table).unwrap().lines, [Line::Tax]);
        let income = [row(&[(Line::ResultBeforeTax, -800), (Line::Tax, 165), (Line::NetIncome, -635)])];
        assert!(!infer(&income).unwrap().is_any());
    }

    proptest! {
        #[test]
        fn the_sign_that_a_table_uses_is_found(
            costs in proptest::collection::vec((1i64..1_000_000, 1i64..1_000_000, 0i64..1_000_000, 1i64..10_000_000), 1..20),
            sign in prop_oneof![Just(1i64), Just(-1)],
        ) {
            let rows: Vec<Statement> = costs.iter().map(|(external, staff, depreciation, income)| row(&[
                (Line::OperatingIncome, *income),
                (Line::OtherExternalCosts, external * sign),
                (Line::PersonnelCosts, staff * sign),
                (Line::Depreciation, depreciation * sign),
                (Line::Ebit, income - external - staff - depreciation),
            ])).collect();
            let found = infer(&rows).unwrap();
            for written in &rows {
                let mut statement = written.clone();
                found.apply(&mut statement);
                prop_assert!(statement.get(Line::PersonnelCosts).unwrap() < 0);
                prop_assert!(found.refuse(written).is_none());
            }
        }
    }
}
