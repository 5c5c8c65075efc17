//! What makes figures suspect beside a broken identity: amounts read in the wrong unit, and signs turned round.
//!
//! A table of thousands that was read as kronor adds up like any other, so no identity notices. But share capital that was
//! 50 000 and is 50 the year after has not been paid back to the last three digits, a limited company's share capital is at least
//! 25 000 kr, and nobody works for 400 kr a year.

use rust_decimal::prelude::ToPrimitive;

use crate::currency::Currency;
use crate::line::Line;
use crate::scope::Scope;
use crate::statement::Statement;

/// Why figures are suspect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Suspicion {
    /// The amounts seem to be read in the wrong unit (thousands as kronor, or the other way round).
    Scale,
    /// Costs are income: the result adds up only with the signs of the costs turned.
    Signs,
}

impl Suspicion {
    /// Every reason.
    pub const ALL: [Self; 2] = [Self::Scale, Self::Signs];

    /// The name used in the database and the API, beside those of the identities.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Scale => "scale",
            Self::Signs => "signs",
        }
    }
}

/// Factors by which a wrong unit changes amounts.
const FACTORS: [f64; 2] = [1_000.0, 1_000_000.0];
/// The least share capital of a limited company is 25 000 kr; an old one may have less, but none has a few kronor.
const LEAST_SHARE_CAPITAL: i64 = 1_000;
/// Personnel costs of an employee that no employer has, in kronor a year.
const LEAST_COST_OF_AN_EMPLOYEE: f64 = 1_000.0;
const MOST_COST_OF_AN_EMPLOYEE: f64 = 100_000_000.0;
/// Employees from which their average cost is telling.
const TELLING_EMPLOYEES: f64 = 3.0;
/// Lines that two years must share before their factor tells anything.
const TELLING_LINES: usize = 3;

/// What a statement says against itself.
#[must_use]
pub fn of_statement(statement: &Statement) -> Vec<Suspicion> {
    let mut found = Vec::new();
    if has_impossible_scale(statement) {
        found.push(Suspicion::Scale);
    }
    if has_turned_signs(statement) {
        found.push(Suspicion::Signs);
    }
    found
}

/// For each of a company's current statements, whether the others say that it is read in the wrong unit. Where two years
/// contradict each other and nothing tells which of them is wrong, both are suspect.
#[must_use]
pub fn scale_against_neighbours(statements: &[&Statement]) -> Vec<bool> {
    let mut against = vec![0_usize; statements.len()];
    let mut compared = vec![0_usize; statements.len()];
    for (at, one) in statements.iter().enumerate() {
        for (other_at, other) in statements.iter().enumerate().skip(at + 1) {
            let Some(differ) = differ_in_unit(one, other) else { continue };
            for index in [at, other_at] {
                compared[index] += 1;
                against[index] += usize::from(differ);
            }
        }
    }
    // The year that most others contradict is the wrong one; of two alone that contradict each other, either may be.
    (0..statements.len()).map(|at| against[at] * 2 > compared[at]).collect()
}

/// Whether two years of the same scope and currency differ as only a wrong unit makes them: share capital by a thousand exactly, or
/// every line that both have by about a thousand. `None` where they cannot be compared.
fn differ_in_unit(one: &Statement, other: &Statement) -> Option<bool> {
    if one.scope != other.scope || one.currency != other.currency || one.period == other.period {
        return None;
    }
    let both = |line: &Line| Some((one.get(*line)?, other.get(*line)?)).filter(|(a, b)| *a != 0 && *b != 0);
    let ratio = |(a, b): (i64, i64)| (a as f64 / b as f64).abs();
    let is_factor = |ratio: f64, slack: f64| {
        FACTORS.iter().any(|factor| {
            let off = if ratio > 1.0 { ratio / factor } else { 1.0 / (ratio * factor) };
            (1.0 / slack..=slack).contains(&off)
        })
    };
    if let Some(capital) = both(&Line::ShareCapital) {
        // Thousands lose three digits: 100 500 kr may read 100 or 101.
        return Some(is_factor(ratio(capital), 1.02));
    }
    let mut ratios: Vec<f64> = Line::ALL.iter().filter_map(both).map(ratio).collect();
    if ratios.len() < TELLING_LINES {
        return None;
    }
    ratios.sort_by(f64::total_cmp);
    let middle = ratios[ratios.len() / 2];
    let (least, most) = (ratios[0], ratios[ratios.len() - 1]);
    // A company that grows a thousandfold does not grow so in every line alike.
    Some(is_factor(middle, 3.0) && most / least < 30.0)
}

fn has_impossible_scale(statement: &Statement) -> bool {
    if statement.currency != Currency::SEK {
        return false;
    }
    let has_tiny_capital = statement.scope == Scope::Company
        && statement.get(Line::ShareCapital).is_some_and(|capital| (1..LEAST_SHARE_CAPITAL).contains(&capital));
    let people = statement.employees.and_then(|people| people.to_f64()).filter(|people| *people >= TELLING_EMPLOYEES);
    let cost = statement.get(Line::PersonnelCosts).filter(|cost| *cost != 0).map(|cost| cost.unsigned_abs() as f64);
    let has_odd_pay = people.zip(cost).is_some_and(|(people, cost)| {
        !(LEAST_COST_OF_AN_EMPLOYEE..=MOST_COST_OF_AN_EMPLOYEE).contains(&(cost / people))
    });
    has_tiny_capital || has_odd_pay
}

/// Whether income + costs = operating result holds only when the costs change their sign.
fn has_turned_signs(statement: &Statement) -> bool {
    const BY_NATURE: [Line; 7] = [
        Line::RawMaterials,
        Line::GoodsForResale,
        Line::OtherExternalCosts,
        Line::PersonnelCosts,
        Line::Depreciation,
        Line::CurrentAssetWriteDowns,
        Line::OtherOperatingCosts,
    ];
    let get = |line: Line| statement.get(line).map(i128::from);
    let (Some(income), Some(result)) = (get(Line::OperatingIncome), get(Line::Ebit)) else { return false };
    let unit = 10i128.pow(u32::from(statement.rounding.min(9)));
    let turned = |costs: i128, addends: usize| {
        let tolerance = unit * (addends as i128 + 1);
        costs > tolerance && (income - costs - result).abs() <= tolerance && (income + costs - result).abs() > tolerance
    };
    let costs: Vec<i128> = BY_NATURE.iter().filter_map(|line| get(*line)).collect();
    turned(costs.iter().sum(), costs.len()) || get(Line::OperatingCosts).is_some_and(|costs| turned(costs, 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fiscal_period::FiscalPeriod;
    use proptest::prelude::*;

    fn year(year: i32, lines: &[(Line, i64)]) -> Statement {
        let day = |text: String| text.parse().unwrap();
        let period = FiscalPeriod::new(day(format!("{year}-01-01")), day(format!("{year}-12-31"))).unwrap();
        Statement {
            figures: lines.iter().copied().collect(),
            ..Statement::empty(period, Scope::Company, Currency::SEK)
        }
    }

    fn usual(factor: i64) -> Vec<(Line, i64)> {
        [(Line::Revenue, 5_335_000), (Line::TotalAssets, 2_000_000), (Line::Equity, 1_500_000), (Line::Cash, 700_000)]
            .map(|(line, amount)| (line, amount * factor / 1_000))
            .to_vec()
    }

    #[test]
    fn a_year_of_thousands_among_years_of_kronor_is_the_suspect_one() {
        let years = [year(2021, &usual(900)), year(2022, &usual(1)), year(2023, &usual(1_100))];
        let seen = scale_against_neighbours(&years.iter().collect::<Vec<_>>());
        assert_eq!(seen, [false, true, false]);
        // Of two alone nobody can tell.
        assert_eq!(scale_against_neighbours(&[&years[1], &years[2]]), [true, true]);
        // The other unit or scope is another series.
        let mut group = years[1].clone();
        group.scope = Scope::Group;
        assert_eq!(scale_against_neighbours(&[&group, &years[2]]), [false, false]);
    }

    #[test]
    fn share_capital_tells_the_unit_by_itself() {
        let years = [
            year(2022, &[(Line::ShareCapital, 50_000), (Line::Revenue, 0)]),
            year(2023, &[(Line::ShareCapital, 50), (Line::Revenue, 9_000)]),
            year(2024, &[(Line::ShareCapital, 50_000), (Line::Revenue, 9_000_000)]),
        ];
        assert_eq!(scale_against_neighbours(&years.iter().collect::<Vec<_>>()), [false, true, false]);
        assert_eq!(of_statement(&years[1]), [Suspicion::Scale]);
        assert_eq!(of_statement(&years[0]), []);
    }

    #[test]
    fn a_company_that_wakes_up_is_not_suspect() {
        let asleep = year(
            2022,
            &[(Line::Revenue, 1), (Line::TotalAssets, 50_000), (Line::Equity, 50_000), (Line::Cash, 50_000)],
        );
        let awake = year(
            2023,
            &[(Line::Revenue, 5_335_000), (Line::TotalAssets, 2_000_000), (Line::Equity, 800_000), (Line::Cash, 9_000)],
        );
        assert_eq!(scale_against_neighbours(&[&asleep, &awake]), [false, false]);
    }

    #[test]
    fn nobody_works_for_a_few_kronor() {
        let mut statement = year(2023, &[(Line::PersonnelCosts, -2_235)]);
        statement.employees = Some(5.into());
        assert_eq!(of_statement(&statement), [Suspicion::Scale]);
        statement.figures.set(Line::PersonnelCosts, Some(-2_235_000));
        assert_eq!(of_statement(&statement), []);
        statement.figures.set(Line::PersonnelCosts, Some(-2_235_000_000));
        assert_eq!(of_statement(&statement), [Suspicion::Scale]);
    }

    #[test]
    fn costs_that_add_up_only_with_turned_signs_are_suspect() {
        let lines = |sign: i64| {
            [
                (Line::OperatingIncome, 5_335),
                (Line::OtherExternalCosts, 2_000 * sign),
                (Line::PersonnelCosts, 2_535 * sign),
                (Line::Ebit, 800),
            ]
        };
        assert_eq!(of_statement(&year(2023, &lines(1))), [Suspicion::Signs]);
        assert_eq!(of_statement(&year(2023, &lines(-1))), []);
        assert_eq!(
            of_statement(&year(2023, &[(Line::OperatingIncome, 100), (Line::OperatingCosts, 0), (Line::Ebit, 100)])),
            []
        );
    }

    proptest! {
        #[test]
        fn years_that_change_by_less_than_a_hundredfold_are_never_suspect(
            factors in proptest::collection::vec(1_000i64..90_000, 2..6),
        ) {
            let years: Vec<Statement> =
                factors.iter().enumerate().map(|(at, factor)| year(2000 + at as i32, &usual(*factor))).collect();
            prop_assert!(scale_against_neighbours(&years.iter().collect::<Vec<_>>()).iter().all(|suspect| !suspect));
        }

        #[test]
        fn any_figures_are_judged(amounts in proptest::collection::vec(any::<i64>(), Line::COUNT), other in proptest::collection::vec(any::<i64>(), Line::COUNT)) {
            let of = |amounts: &[i64], at: i32| year(at, &Line::ALL.iter().copied().zip(amounts.iter().copied()).collect::<Vec<_>>());
            let (one, two) = (of(&amounts, 2022), of(&other, 2023));
            let _ = (of_statement(&one), scale_against_neighbours(&[&one, &two]));
        }
    }
}
