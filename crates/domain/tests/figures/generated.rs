//! Properties of identities and metrics over generated statements.

use domain::facts::FactValue;
use domain::line::Line;
use domain::metric::{Formula, METRICS, period_metrics};
use domain::statement::{Quality, Statement};
use proptest::prelude::*;

use crate::filed::{judged, statement};

/// A statement that adds up, and the same one with every amount multiplied.
fn consistent(parts: &[i64; 14], factor: i64) -> Statement {
    let [
        revenue,
        other,
        goods,
        external,
        depreciation,
        income,
        costs,
        appropriations,
        tax,
        fixed,
        cash,
        inventory,
        reserves,
        current,
    ] = parts.map(|part| part * factor);
    let ebit = revenue + other - goods - external - depreciation;
    let after_financial = ebit + income - costs;
    let before_tax = after_financial + appropriations;
    let total = fixed + cash + inventory;
    statement(
        "2024-01-01",
        "2024-12-31",
        Some(7),
        &[
            (Line::Revenue, revenue),
            (Line::OtherOperatingIncome, other),
            (Line::OperatingIncome, revenue + other),
            (Line::GoodsForResale, -goods),
            (Line::OtherExternalCosts, -external),
            (Line::Depreciation, -depreciation),
            (Line::OperatingCosts, -(goods + external + depreciation)),
            (Line::Ebit, ebit),
            (Line::FinancialIncome, income),
            (Line::FinancialCosts, -costs),
            (Line::ResultAfterFinancialItems, after_financial),
            (Line::Appropriations, appropriations),
            (Line::ResultBeforeTax, before_tax),
            (Line::Tax, -tax),
            (Line::NetIncome, before_tax - tax),
            (Line::FixedAssets, fixed),
            (Line::Inventory, inventory),
            (Line::Cash, cash),
            (Line::CurrentAssets, cash + inventory),
            (Line::TotalAssets, total),
            (Line::Equity, total - reserves - 2 * current),
            (Line::UntaxedReserves, reserves),
            (Line::LongTermLiabilities, current),
            (Line::LongTermBankLoans, current / 2),
            (Line::TradePayables, current / 2),
            (Line::CurrentLiabilities, current),
        ],
    )
}

fn any_figure() -> impl Strategy<Value = i64> {
    prop_oneof![Just(i64::MIN), Just(i64::MAX), Just(0), Just(-1), Just(1), any::<i64>(), -1_000_000i64..1_000_000]
}

proptest! {
    #[test]
    fn consistent_statements_obey_every_identity(parts in prop::array::uniform14(0i64..1_000_000_000)) {
        let statement = consistent(&parts, 1);
        prop_assert_eq!(domain::identity::check(&statement), vec![]);
        prop_assert_eq!(judged(&statement).1, Quality::Ok);
    }

    #[test]
    fn a_changed_total_breaks_an_identity(parts in prop::array::uniform14(0i64..1_000_000_000), shift in 10i64..1_000_000) {
        for line in [Line::TotalAssets, Line::ResultAfterFinancialItems, Line::ResultBeforeTax, Line::NetIncome] {
            let mut statement = consistent(&parts, 1);
            statement.figures.set(line, statement.get(line).map(|amount| amount + shift));
            prop_assert_eq!(judged(&statement).1, Quality::Suspect);
        }
    }

    #[test]
    fn ratios_do_not_change_when_every_amount_is_a_thousandfold(parts in prop::array::uniform14(0i64..1_000_000)) {
        // Halving must be exact before and after.
        let parts = parts.map(|part| part * 2_000);
        let (small, large) = (consistent(&parts, 1), consistent(&parts, 1_000));
        let (small, large) = (period_metrics(&[judged(&small)], false), period_metrics(&[judged(&large)], false));
        for (((key, small), (_, large)), metric) in small[0].iter().zip(&large[0]).zip(METRICS) {
            if let (Formula::Ratio(_), FactValue::Real(small), FactValue::Real(large)) = (metric.formula, small, large) {
                // Rounding deferred tax to whole kronor moves a ratio by next to nothing.
                prop_assert!((small - large).abs() <= 1.1e-4 + small.abs() * 1e-3, "{} {} {}", key, small, large);
            }
        }
    }

    #[test]
    fn no_figures_make_a_metric_panic_or_give_an_unrounded_number(
        figures in prop::collection::vec(prop::collection::vec(prop::option::of(any_figure()), Line::COUNT), 1..4),
        employees in prop::option::of(0u32..3),
    ) {
        let years: Vec<Statement> = figures
            .iter()
            .enumerate()
            .map(|(age, amounts)| {
                let year = 2024 - age;
                let mut one = statement(&format!("{year}-01-01"), &format!("{year}-12-31"), employees, &[]);
                for (line, amount) in Line::ALL.iter().zip(amounts) {
                    one.figures.set(*line, *amount);
                }
                one
            })
            .collect();
        let judged: Vec<_> = years.iter().map(judged).collect();
        for (key, value) in period_metrics(&judged, true).into_iter().flatten() {
            if let FactValue::Real(number) = value {
                prop_assert_eq!(domain::facts::round_ratio(number), Some(number), "{}", key);
            }
        }
    }
}
