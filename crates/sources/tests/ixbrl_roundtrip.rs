//! What is written is what is read: any statements, in every style.

mod ixbrl_support;

use chrono::{Days, NaiveDate};
use domain::currency::Currency;
use domain::filing::Framework;
use domain::fiscal_period::FiscalPeriod;
use domain::line::Line;
use domain::orgnr::Orgnr;
use domain::scope::Scope;
use domain::statement::Statement;
use proptest::prelude::*;
use rust_decimal::Decimal;
use sources::ixbrl::writer::{self, Report, Style};
use sources::package::parse;

/// Lines that the Swedish taxonomies have (IFRS alone files total liabilities as one figure).
fn written(line: Line) -> bool {
    line != Line::TotalLiabilities
}

fn amount() -> impl Strategy<Value = Option<i64>> {
    prop_oneof![
        Just(None),
        Just(Some(0)),
        (-9_999_999_999_i64..10_000_000_000).prop_map(Some),
        (-99_i64..100).prop_map(Some)
    ]
}

fn statement(end: NaiveDate, days: u64, currency: Currency) -> impl Strategy<Value = Statement> {
    let employees = proptest::option::of((0_i64..100_000).prop_map(|tenths| Decimal::new(tenths, 1).normalize()));
    (proptest::collection::vec(amount(), Line::COUNT), employees).prop_map(move |(amounts, employees)| {
        let period = FiscalPeriod::new(end - Days::new(days), end).unwrap();
        let mut statement = Statement::empty(period, Scope::Company, currency);
        for (line, amount) in Line::ALL.iter().zip(amounts) {
            // Investments are an outflow whatever the sign they are filed with.
            let amount = if *line == Line::CapitalExpenditure { amount.map(|amount| -amount.abs()) } else { amount };
            statement.figures.set(*line, amount.filter(|_| written(*line)));
        }
        // Without revenue there would be periods with nothing in them.
        statement.figures.set(Line::Revenue, Some(amounts_or_zero(&statement)));
        statement.employees = employees;
        statement
    })
}

fn amounts_or_zero(statement: &Statement) -> i64 {
    statement.figures.get(Line::Revenue).unwrap_or(0)
}

fn report() -> impl Strategy<Value = (Vec<Statement>, Framework, NaiveDate)> {
    let taxonomy = prop::sample::select(vec!["2017-09-30", "2020-12-01", "2021-10-31", "2024-09-12"]);
    let framework = prop::sample::select(vec![Framework::K2, Framework::K3]);
    let currency = prop::sample::select(vec![Currency::SEK, Currency::EUR]);
    (0_u64..4000, 27_u64..500, taxonomy, framework, currency).prop_flat_map(
        |(after, days, taxonomy, framework, currency)| {
            let end: NaiveDate = NaiveDate::from_ymd_opt(2015, 6, 30).unwrap() + Days::new(after);
            let second = end - Days::new(days + 1);
            (statement(end, days, currency), statement(second, 364, currency))
                .prop_map(move |(one, two)| (vec![one, two], framework, taxonomy.parse().unwrap()))
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 60 } else { 2_000 }))]

    #[test]
    fn what_is_written_is_read((statements, framework, taxonomy) in report(), number in 0_u64..10_000_000) {
        let orgnr = Orgnr::from_number(5_560_000_000 + number).unwrap();
        let report = Report { orgnr, name: "Prov & Försök <Test> AB", seat: "Örebro", framework, taxonomy, statements: &statements };
        for style in [Style::fortnox_like(), Style::wolters_kluwer_like(), Style::unusual()] {
            let style = Style { bulk: 10, markup_rows: 2, ..style };
            let parsed = parse("x.zip", &writer::package(&report, &style).unwrap()).unwrap();
            let filing = parsed.filing;
            prop_assert_eq!(filing.orgnr, orgnr);
            prop_assert_eq!(filing.company_name.as_deref(), Some("Prov & Försök <Test> AB"));
            prop_assert_eq!(filing.seat.as_deref(), Some("Örebro"));
            prop_assert_eq!((filing.framework, filing.taxonomy), (framework, Some(taxonomy)));
            prop_assert_eq!(filing.statements.len(), statements.len());
            for (read, written) in filing.statements.iter().zip(&statements) {
                prop_assert_eq!((read.period, read.currency, read.employees), (written.period, written.currency, written.employees));
                for line in Line::ALL {
                    prop_assert_eq!(read.figures.get(*line), written.figures.get(*line), "{:?}", line);
                }
            }
        }
    }
}

#[test]
fn older_years_come_back_in_thousands_from_the_overview() {
    let mut statements = ixbrl_support::statements(1_234_567);
    let mut old = statements[1].clone();
    old.period = FiscalPeriod::new("2022-01-01".parse().unwrap(), "2022-12-31".parse().unwrap()).unwrap();
    statements.push(old);
    let report = Report {
        orgnr: "556677-8899".parse().unwrap(),
        name: "Prov AB",
        seat: "Umeå",
        framework: Framework::K2,
        taxonomy: "2021-10-31".parse().unwrap(),
        statements: &statements,
    };
    let filing =
        parse(&writer::package_name(&report), &writer::package(&report, &Style::wolters_kluwer_like()).unwrap())
            .unwrap()
            .filing;
    let oldest = &filing.statements[2];
    assert_eq!(
        oldest.figures.iter().collect::<Vec<_>>(),
        [(Line::Revenue, 412_000), (Line::ResultAfterFinancialItems, 206_000), (Line::TotalAssets, 823_000)]
    );
    assert_eq!((oldest.rounding, filing.statements[0].rounding), (3, 0));
    assert_eq!(filing.statements[0].get(Line::Revenue), Some(1_234_567));
    assert_eq!(filing.warnings, Vec::<String>::new());
}
