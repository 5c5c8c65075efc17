//! Which filed figures the value of a metric rests on: found by trying, so that no list of them can differ from the formula.

use rust_decimal::Decimal;

use super::{Metric, Series, comparable};
use crate::facts::FactValue;
use crate::line::Line;
use crate::statement::{Quality, Statement};

/// A filed figure that a metric rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Input {
    /// Place of its statement among those that were given.
    pub statement: usize,
    /// Its line; `None` for the average number of employees.
    pub line: Option<Line>,
}

/// The value of the metric in `statements[index]` (suspect periods left out), and every filed figure that it would be another one
/// without: its line is taken out, or another amount is put there, and the metric is formed again. Of the same statement first, then
/// the earlier ones, each in the order of a report.
#[must_use]
pub fn value_and_inputs(
    metric: &Metric,
    statements: &[(&Statement, Quality)],
    index: usize,
) -> (FactValue, Vec<Input>) {
    let usable = comparable(statements, index, false);
    let value = of(metric, &usable);
    let mut inputs = Vec::new();
    for (place, statement) in usable.iter().enumerate() {
        let Some(known) = statements.iter().position(|(other, _)| std::ptr::eq(*other, *statement)) else { continue };
        let matters = |changed: Statement| {
            let mut others = usable.clone();
            others[place] = &changed;
            of(metric, &others) != value
        };
        for (line, amount) in statement.figures.iter() {
            let without = with(statement, line, None);
            // Half as much again and a million: another amount whatever it was, of the same sign.
            let other =
                amount.checked_add(amount / 2).and_then(|more| more.checked_add(1_000_000 * amount.signum().max(1)));
            if matters(without) || matters(with(statement, line, other)) {
                inputs.push(Input { statement: known, line: Some(line) });
            }
        }
        if statement.employees.is_some() {
            let without = Statement { employees: None, ..(*statement).clone() };
            let other =
                Statement { employees: statement.employees.map(|count| count + Decimal::TEN), ..(*statement).clone() };
            if matters(without) || matters(other) {
                inputs.push(Input { statement: known, line: None });
            }
        }
    }
    (value, inputs)
}

fn of(metric: &Metric, statements: &[&Statement]) -> FactValue {
    Series::new(statements).map_or(FactValue::Null, |series| metric.formula.value(series))
}

fn with(statement: &Statement, line: Line, amount: Option<i64>) -> Statement {
    let mut changed = statement.clone();
    changed.figures.set(line, amount);
    changed
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::currency::Currency;
    use crate::fiscal_period::FiscalPeriod;
    use crate::metric::METRICS;
    use crate::scope::Scope;

    fn year(year: i32, lines: &[(Line, i64)]) -> Statement {
        let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
        let period = FiscalPeriod::new(day(1, 1), day(12, 31)).unwrap();
        let mut statement = Statement::empty(period, Scope::Company, Currency::SEK);
        for (line, amount) in lines {
            statement.figures.set(*line, Some(*amount));
        }
        statement.employees = Some(Decimal::from(7));
        statement
    }

    fn inputs(key: &str, statements: &[Statement]) -> Vec<(usize, &'static str)> {
        let metric = METRICS.iter().find(|metric| metric.key == key).unwrap();
        let pairs: Vec<_> = statements.iter().map(|statement| (statement, Quality::Ok)).collect();
        let (_, inputs) = value_and_inputs(metric, &pairs, 0);
        inputs.iter().map(|input| (input.statement, input.line.map_or("employees", Line::key))).collect()
    }

    #[test]
    fn a_metric_rests_on_the_figures_of_its_formula_and_on_no_others() {
        let lines = [
            (Line::Revenue, 10_000_000),
            (Line::OtherExternalCosts, -1_000_000),
            (Line::Depreciation, -200_000),
            (Line::Ebit, 1_500_000),
            (Line::TotalAssets, 8_000_000),
            (Line::Equity, 4_000_000),
            (Line::UntaxedReserves, 500_000),
        ];
        let years = [year(2024, &lines), year(2023, &[(Line::Revenue, 9_000_000), (Line::TotalAssets, 7_000_000)])];
        assert_eq!(inputs("ebit_margin", &years), [(0, "revenue"), (0, "ebit")]);
        assert_eq!(inputs("ebitda_margin", &years), [(0, "revenue"), (0, "depreciation"), (0, "ebit")]);
        assert_eq!(inputs("growth_yoy", &years), [(0, "revenue"), (1, "revenue")]);
        assert_eq!(inputs("equity_ratio", &years), [(0, "total_assets"), (0, "equity"), (0, "untaxed_reserves")]);
        assert_eq!(inputs("roa", &years), [(0, "ebit"), (0, "total_assets"), (1, "total_assets")]);
        assert_eq!(inputs("revenue_per_employee", &years), [(0, "revenue"), (0, "employees")]);
    }

    #[test]
    fn every_metric_that_has_a_value_rests_on_something() {
        let lines: Vec<_> =
            Line::ALL.iter().zip(1..).map(|(line, place)| (*line, 1_000_000 + place * 10_000)).collect();
        let years: Vec<_> = (2019..2025).rev().map(|of| year(of, &lines)).collect();
        let pairs: Vec<_> = years.iter().map(|statement| (statement, Quality::Ok)).collect();
        for metric in METRICS {
            let (value, inputs) = value_and_inputs(metric, &pairs, 0);
            assert!(value == FactValue::Null || !inputs.is_empty(), "{}", metric.key);
        }
    }
}
