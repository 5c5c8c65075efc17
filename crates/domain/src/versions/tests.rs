//! Each rule of the merge, by a case worked by hand.

use chrono::DateTime;

use super::*;
use crate::currency::Currency;
use crate::filing::FilingKind;
use crate::fiscal_period::FiscalPeriod;
use crate::line::Line;
use crate::scope::Scope;
use crate::statement::{Quality, Statement};

/// A statement of 2023 in a filing, told apart from others by its number of assertion.
struct Told {
    statement: Statement,
    kind: FilingKind,
    known_on: &'static str,
    number: i64,
    is_overview: bool,
}

fn told(kind: FilingKind, known_on: &'static str, number: i64, lines: &[(Line, i64)]) -> Told {
    let period = FiscalPeriod::new("2023-01-01".parse().unwrap(), "2023-12-31".parse().unwrap()).unwrap();
    let mut statement = Statement::empty(period, Scope::Company, Currency::SEK);
    statement.figures = lines.iter().copied().collect();
    Told { statement, kind, known_on, number, is_overview: false }
}

fn filed(known_on: &'static str, number: i64, lines: &[(Line, i64)]) -> Told {
    told(FilingKind::AnnualReport, known_on, number, lines)
}

fn rounded(mut of: Told, rounding: u8) -> Told {
    of.statement.rounding = rounding;
    of
}

fn merged(all: &[Told]) -> Vec<Merged> {
    let versions: Vec<Version<'_>> = all
        .iter()
        .map(|one| Version {
            statement: &one.statement,
            rank: Rank::new(
                one.kind,
                one.known_on.parse().unwrap(),
                Some("2023-12-31".parse().unwrap()),
                Assertion { number: Some(one.number), imported_at: DateTime::UNIX_EPOCH, identity: 0 },
            ),
            quality: crate::identity::quality(&one.statement).0,
            is_overview: one.is_overview,
            is_tagged: one.kind.has_tags(),
        })
        .collect();
    current(&versions)
}

fn only(all: &[Told]) -> Merged {
    let mut years = merged(all);
    assert_eq!(years.len(), 1);
    years.remove(0)
}

#[test]
fn a_later_comparative_column_with_fewer_lines_leaves_employees_and_dividend_where_they_were() {
    let mut own = filed("2024-06-01", 1, &[(Line::Revenue, 5_335_123), (Line::ProposedDividend, 70_000)]);
    own.statement.employees = Some(7.into());
    let comparative = filed("2025-06-01", 2, &[(Line::Revenue, 5_335_122), (Line::Ebit, 800_000)]);
    let year = only(&[own, comparative]);
    let get = |line| (year.statement.get(line), year.source(line));
    assert_eq!(year.leader, 1);
    assert_eq!(get(Line::Revenue), (Some(5_335_122), Some(1)), "the newest filing that tags the line");
    assert_eq!(get(Line::ProposedDividend), (Some(70_000), Some(0)));
    assert_eq!((year.statement.employees, year.employees_source), (Some(7.into()), Some(0)));
    assert_eq!(year.restatements, [], "one krona is rounding");
}

#[test]
fn a_figure_in_thousands_confirms_the_exact_one_and_a_real_restatement_names_both() {
    let own = filed("2024-06-01", 1, &[(Line::Revenue, 5_335_123), (Line::Ebit, 800_000)]);
    let comparative = rounded(filed("2025-06-01", 2, &[(Line::Revenue, 5_335_000), (Line::Ebit, 750_000)]), 3);
    let year = only(&[own, comparative]);
    assert_eq!((year.statement.get(Line::Revenue), year.source(Line::Revenue)), (Some(5_335_123), Some(0)));
    assert_eq!((year.statement.get(Line::Ebit), year.source(Line::Ebit)), (Some(750_000), Some(1)));
    assert_eq!(
        year.restatements,
        [Restatement { line: Line::Ebit, old: 800_000, old_version: 0, new: 750_000, new_version: 1 }]
    );
    assert_eq!(year.statement.rounding, 3);
}

#[test]
fn filing_dates_and_not_the_order_of_import_decide_between_reports() {
    let newer = || filed("2025-06-01", 1, &[(Line::Revenue, 200)]);
    let older = || filed("2024-06-01", 2, &[(Line::Revenue, 100)]);
    assert_eq!(only(&[newer(), older()]).statement.get(Line::Revenue), Some(200));
    assert_eq!(only(&[older(), newer()]).statement.get(Line::Revenue), Some(200));
}

#[test]
fn the_order_of_import_decides_between_rows_of_tables() {
    let row = |known_on, number, revenue| told(FilingKind::Table, known_on, number, &[(Line::Revenue, revenue)]);
    let year = only(&[row("2025-06-01", 3, 100), row("2024-06-01", 9, 200)]);
    assert_eq!((year.statement.get(Line::Revenue), year.leader), (Some(200), 1));
}

#[test]
fn a_filed_report_leads_over_a_table_and_that_over_bundled_figures_whenever_they_came() {
    let bundled = || told(FilingKind::Demo, "2025-12-01", 9, &[(Line::Revenue, 1), (Line::Cash, 11), (Line::Ebit, 5)]);
    let table = || told(FilingKind::Table, "2025-11-01", 8, &[(Line::Revenue, 2), (Line::Cash, 12)]);
    let report = || filed("2024-01-01", 1, &[(Line::Revenue, 3)]);
    let year = only(&[bundled(), table(), report()]);
    let amounts = [Line::Revenue, Line::Cash, Line::Ebit].map(|line| (year.statement.get(line), year.source(line)));
    assert_eq!(amounts, [(Some(3), Some(2)), (Some(12), Some(1)), (Some(5), Some(0))]);
    assert_eq!((year.leader, year.restatements.len()), (2, 0), "another class's figure is no restatement");
}

#[test]
fn a_weaker_source_does_not_fill_lines_that_break_what_held() {
    let report = filed(
        "2024-06-01",
        1,
        &[(Line::TotalAssets, 100), (Line::Equity, 60), (Line::CurrentLiabilities, 40), (Line::NetIncome, 1)],
    );
    let table = told(FilingKind::Table, "2024-08-01", 2, &[(Line::Provisions, 30), (Line::Revenue, 500)]);
    let year = only(&[report, table]);
    assert_eq!(year.statement.get(Line::Provisions), None);
    assert_eq!(year.statement.get(Line::Revenue), Some(500));
    assert_eq!(year.verdict, Verdict::Together(Quality::Ok, vec![]));
}

#[test]
fn a_table_that_corrects_one_figure_changes_that_one_and_marks_what_no_longer_adds_up() {
    let all = told(
        FilingKind::Table,
        "2024-06-01",
        1,
        &[(Line::TotalAssets, 100), (Line::Equity, 60), (Line::CurrentLiabilities, 40), (Line::NetIncome, 1)],
    );
    let one = told(FilingKind::Table, "2024-06-01", 2, &[(Line::Equity, 90)]);
    let year = only(&[all, one]);
    assert_eq!(year.statement.get(Line::Equity), Some(90));
    assert_eq!(year.statement.get(Line::TotalAssets), Some(100));
    assert!(matches!(year.verdict, Verdict::Together(Quality::Suspect, _)));
}

#[test]
fn a_corrected_first_day_replaces_the_year_instead_of_standing_beside_it() {
    let mut corrected = told(FilingKind::Table, "2024-06-01", 2, &[(Line::Revenue, 100)]);
    corrected.statement.period =
        FiscalPeriod::new("2023-03-01".parse().unwrap(), "2023-12-31".parse().unwrap()).unwrap();
    let first = told(FilingKind::Table, "2024-06-01", 1, &[(Line::Revenue, 100), (Line::Ebit, 9)]);
    let year = only(&[first, corrected]);
    assert_eq!(year.statement.period.start().to_string(), "2023-03-01");
    assert_eq!(year.statement.get(Line::Ebit), Some(9));
}

#[test]
fn a_corrected_last_day_replaces_the_year_and_taking_it_back_shows_the_first_again() {
    let row = |number, end: &str, revenue| {
        let mut row = told(FilingKind::Table, "2024-06-01", number, &[(Line::Revenue, revenue)]);
        row.statement.period = FiscalPeriod::new("2023-01-01".parse().unwrap(), end.parse().unwrap()).unwrap();
        row
    };
    let shown = |rows: &[Told]| {
        let year = only(rows);
        (year.statement.period.end().to_string(), year.statement.get(Line::Revenue))
    };
    let (wrong, right) = (|number| row(number, "2023-12-31", 100), |number| row(number, "2023-08-31", 90));
    assert_eq!(shown(&[wrong(1), right(2)]), ("2023-08-31".to_owned(), Some(90)));
    assert_eq!(shown(&[wrong(3), right(2)]), ("2023-12-31".to_owned(), Some(100)));
}

#[test]
fn a_last_day_off_by_a_few_days_is_the_same_year_and_one_off_by_months_with_another_first_day_is_not() {
    let report = |number, start: &str, end: &str| {
        let mut report = filed("2024-06-01", number, &[(Line::Revenue, number)]);
        report.statement.period = FiscalPeriod::new(start.parse().unwrap(), end.parse().unwrap()).unwrap();
        report
    };
    let year = only(&[report(1, "2023-01-01", "2023-12-30"), report(2, "2022-12-31", "2023-12-31")]);
    assert_eq!((year.versions.len(), year.statement.period.end().to_string().as_str()), (2, "2023-12-31"));
    let years = merged(&[report(1, "2022-07-01", "2023-06-30"), report(2, "2023-07-01", "2023-12-31")]);
    let ends: Vec<String> = years.iter().map(|year| year.statement.period.end().to_string()).collect();
    assert_eq!(ends, ["2023-12-31", "2023-06-30"]);
}

#[test]
fn two_years_that_one_filing_tells_apart_are_never_joined_by_a_row_that_spans_both() {
    let at = |mut told: Told, start: &str, end: &str| {
        told.statement.period = FiscalPeriod::new(start.parse().unwrap(), end.parse().unwrap()).unwrap();
        told
    };
    let own = at(filed("2024-06-01", 1, &[(Line::Revenue, 10)]), "2023-01-01", "2023-12-31");
    let before = at(filed("2024-06-01", 1, &[(Line::Revenue, 5)]), "2022-07-01", "2022-12-31");
    let row = at(told(FilingKind::Table, "2024-06-01", 2, &[(Line::Revenue, 15)]), "2022-07-01", "2023-12-31");
    let years = merged(&[own, before, row]);
    let shown: Vec<_> = years.iter().map(|year| year.statement.get(Line::Revenue)).collect();
    assert_eq!(shown, [Some(10), Some(5)]);
}

#[test]
fn an_overview_of_a_later_report_fills_and_restates_nothing() {
    let own = filed("2024-06-01", 1, &[(Line::Revenue, 1_000_000)]);
    let mut overview = filed("2026-06-01", 2, &[(Line::Revenue, 900_000), (Line::TotalAssets, 50)]);
    overview.is_overview = true;
    let year = only(&[own, overview]);
    assert_eq!(year.statement.get(Line::Revenue), Some(1_000_000));
    assert_eq!((year.statement.get(Line::TotalAssets), year.leader), (Some(50), 0));
    assert_eq!(year.restatements, []);
}

#[test]
fn another_currency_is_never_mixed_in() {
    let mut euros = filed("2024-06-01", 1, &[(Line::Revenue, 10), (Line::Ebit, 2)]);
    euros.statement.currency = Currency::EUR;
    let year = only(&[euros, filed("2025-06-01", 2, &[(Line::Revenue, 110)])]);
    assert_eq!((year.statement.get(Line::Revenue), year.statement.get(Line::Ebit)), (Some(110), None));
    assert_eq!(year.restatements, []);
}

#[test]
fn overview_columns_are_partial_years_with_two_later_ones_of_their_scope() {
    let day = |text: &str| text.parse().unwrap();
    let columns = [
        (Scope::Company, day("2024-12-31"), Quality::Ok),
        (Scope::Company, day("2023-12-31"), Quality::Partial),
        (Scope::Company, day("2022-12-31"), Quality::Partial),
        (Scope::Company, day("2021-12-31"), Quality::Ok),
        (Scope::Group, day("2022-12-31"), Quality::Partial),
    ];
    assert_eq!(overview_columns(&columns), [false, false, true, false, false]);
}

#[test]
fn amounts_at_the_edge_of_the_range_are_compared_without_overflow() {
    assert!(!agree(i64::MIN, 0, i64::MAX, 255));
    assert!(agree(i64::MAX, 3, i64::MAX - 1_000, 0));
}
