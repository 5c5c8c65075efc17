//! What sources say in the sequences: few companies, few years, a few wordings of each document, so that everything
//! meets everything.

use chrono::{DateTime, NaiveDate, Utc};
use domain::company::{CompanyRecord, CompanySource};
use domain::currency::Currency;
use domain::filing::{Filing, FilingKind, Framework};
use domain::fiscal_period::FiscalPeriod;
use domain::line::Line;
use domain::orgnr::{Orgnr, check_digit};
use domain::scope::Scope;
use domain::statement::{ContextPeriod, Fact, Statement};
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use store::filings::NewFiling;
use store::ingest::Incoming;
use uuid::Uuid;

/// One thing that a source says.
#[derive(Clone, Debug)]
pub enum Said {
    /// A row of a table of accounts, with days as they should be or in need of a correction.
    Row { company: u8, year: i32, wording: u8, columns: u8, is_group: bool, days: u8 },
    /// A filed report of a year, with the year before beside it and an overview of the one before that.
    Report { company: u8, year: i32, wording: u8, evidence: u8 },
    /// An answer of a register of accounts.
    Answer { company: u8, year: i32, wording: u8 },
    /// A bundled copy of a report.
    Bundled { company: u8, year: i32, wording: u8 },
    /// A register's word on the company itself.
    Named { company: u8, by_register: bool, wording: u8 },
}

/// One step of a sequence.
#[derive(Clone, Debug)]
pub enum Step {
    /// An import, in batches of so many items.
    Import { items: Vec<Said>, batch: usize },
    /// An import whose process ends in the middle of a batch, and the same import taken up where it stopped.
    Killed { items: Vec<Said>, batch: usize, at: u8 },
    /// Two imports at once, each in one batch.
    Together { one: Vec<Said>, other: Vec<Said> },
}

/// Companies of one sequence.
pub const COMPANIES: u8 = 3;

pub fn sequences() -> impl Strategy<Value = Vec<Step>> {
    let company = || 0..COMPANIES;
    let year = || 2021..=2023_i32;
    let days = prop_oneof![6 => Just(0_u8), 1 => Just(1), 1 => Just(2), 1 => Just(3)];
    let said = prop_oneof![
        5 => (company(), year(), 0..4_u8, 0..5_u8, prop::bool::weighted(0.15), days).prop_map(
            |(company, year, wording, columns, is_group, days)| Said::Row { company, year, wording, columns, is_group, days }
        ),
        6 => (company(), year(), 0..4_u8, 0..5_u8)
            .prop_map(|(company, year, wording, evidence)| Said::Report { company, year, wording, evidence }),
        1 => (company(), year(), 0..3_u8).prop_map(|(company, year, wording)| Said::Answer { company, year, wording }),
        1 => (company(), year(), 0..2_u8).prop_map(|(company, year, wording)| Said::Bundled { company, year, wording }),
        2 => (company(), any::<bool>(), 0..2_u8)
            .prop_map(|(company, by_register, wording)| Said::Named { company, by_register, wording }),
    ];
    let items = prop::collection::vec(said, 1..7);
    let step = prop_oneof![
        6 => (items.clone(), 1..8_usize).prop_map(|(items, batch)| Step::Import { items, batch }),
        1 => (items.clone(), 1..5_usize, any::<u8>()).prop_map(|(items, batch, at)| Step::Killed { items, batch, at }),
        2 => (items.clone(), items).prop_map(|(one, other)| Step::Together { one, other }),
    ];
    // The same documents come again and again: a sequence repeats its own steps.
    (prop::collection::vec(step, 2..7), prop::collection::vec(any::<prop::sample::Index>(), 0..5)).prop_map(
        |(mut steps, again)| {
            let repeated: Vec<Step> = again.iter().map(|index| index.get(&steps).clone()).collect();
            steps.extend(repeated);
            steps
        },
    )
}

pub fn now() -> DateTime<Utc> {
    "2026-03-01T12:00:00Z".parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The number of a company in the sequence that began with `first`.
pub fn orgnr(first: u64, company: u8) -> Orgnr {
    let nine = 556_000_000 + first + u64::from(company);
    Orgnr::from_number(nine * 10 + u64::from(check_digit(nine))).unwrap()
}

impl Said {
    pub fn company(&self) -> u8 {
        match self {
            Self::Row { company, .. }
            | Self::Report { company, .. }
            | Self::Answer { company, .. }
            | Self::Bundled { company, .. }
            | Self::Named { company, .. } => *company,
        }
    }

    /// As an importer would hand it to the store.
    pub fn incoming(&self, first: u64) -> Incoming {
        let about = orgnr(first, self.company());
        match self {
            Self::Named { by_register, wording, .. } => {
                let source = if *by_register { CompanySource::BolagsverketBulk } else { CompanySource::Scb };
                Incoming { company: Some(named(about, source, &format!("Registrerat namn {wording}"))), filing: None }
            }
            Self::Row { year, wording, columns, is_group, days, .. } => {
                let scope = if *is_group { Scope::Group } else { Scope::Company };
                let mut row = full(*year, scope, *wording);
                keep_columns(&mut row, *columns);
                let (first, last) = match days {
                    1 => ("05-01", "12-31"),
                    2 => ("01-01", "08-31"),
                    3 => ("01-01", "12-30"),
                    _ => ("01-01", "12-31"),
                };
                let [first, last] = [first, last].map(|of_year| day(&format!("{year}-{of_year}")));
                row.period = FiscalPeriod::new(first, last).unwrap();
                let name = format!("Tabellnamn {}", wording % 2);
                let mut incoming = filing(about, FilingKind::Table, Framework::Unknown, vec![row], Some(&name));
                incoming.company = Some(named(about, CompanySource::Table, &name));
                incoming
            }
            Self::Report { year, wording, evidence, .. } => {
                let framework = if wording % 2 == 0 { Framework::K2 } else { Framework::Ifrs };
                let mut statements = vec![
                    full(*year, Scope::Company, *wording),
                    comparative(*year - 1, *wording),
                    overview(*year - 2, *wording),
                ];
                if *wording == 3 {
                    statements.push(full(*year, Scope::Group, 0));
                }
                for statement in &mut statements {
                    statement.facts.push(tag());
                }
                let name = format!("Namn enligt {year}-{wording}");
                let mut incoming = filing(about, FilingKind::AnnualReport, framework, statements, Some(&name));
                if let Some(new) = &mut incoming.filing {
                    let after = year + 1;
                    match evidence {
                        1 => new.dated_on = Some(day(&format!("{after}-05-02"))),
                        2 => new.archived_on = Some(day(&format!("{after}-06-08"))),
                        3 => new.archived_on = Some(day(&format!("{after}-06-15"))),
                        4 => new.filing.filed_at = Some(day(&format!("{after}-06-03"))),
                        _ => {}
                    }
                }
                incoming
            }
            Self::Answer { year, wording, .. } => {
                let statements = vec![full(*year, Scope::Company, *wording)];
                filing(about, FilingKind::RegisterAccounts, Framework::NorwegianGaap, statements, None)
            }
            Self::Bundled { year, wording, .. } => {
                let statements = vec![full(*year, Scope::Company, *wording), comparative(*year - 1, *wording)];
                filing(about, FilingKind::Demo, Framework::K2, statements, Some("Medföljande namn"))
            }
        }
    }
}

fn named(about: Orgnr, source: CompanySource, name: &str) -> CompanyRecord {
    let mut record = CompanyRecord::empty(about, source);
    record.name = Some(name.to_owned());
    record
}

fn filing(
    about: Orgnr,
    kind: FilingKind,
    framework: Framework,
    mut statements: Vec<Statement>,
    name: Option<&str>,
) -> Incoming {
    for statement in &mut statements {
        statement.is_itemised = framework.is_itemised();
    }
    let content = format!("{about} {kind:?} {framework:?} {statements:?} {name:?}");
    let filing = Filing {
        orgnr: about,
        kind,
        framework,
        taxonomy: None,
        company_name: name.map(str::to_owned),
        seat: None,
        software: None,
        documents: Vec::new(),
        filed_at: None,
        sha256: hex::encode(Sha256::digest(content)),
        size_bytes: 1,
        statements,
        warnings: Vec::new(),
        unused: Vec::new(),
    };
    let new = NewFiling {
        id: Uuid::now_v7(),
        filing,
        file_name: None,
        dated_on: None,
        archived_on: None,
        reader_version: None,
        is_stored: false,
        provenance: None,
    };
    Incoming { company: None, filing: Some(new) }
}

fn year_of(year: i32, scope: Scope) -> Statement {
    let period = FiscalPeriod::new(day(&format!("{year}-01-01")), day(&format!("{year}-12-31"))).unwrap();
    Statement::empty(period, scope, Currency::SEK)
}

/// A whole year. Wording 1 differs by a krona, 2 by a real amount, 3 in equity alone, which breaks the balance.
fn full(year: i32, scope: Scope, wording: u8) -> Statement {
    let mut statement = year_of(year, scope);
    let size = i64::from(year - 2000) * 100_123 + if scope == Scope::Group { 7_000_000 } else { 0 };
    let revenue = match wording {
        1 => size + 1,
        2 => size + 55_000,
        _ => size,
    };
    statement.figures = [
        (Line::Revenue, revenue),
        (Line::Ebit, size / 10),
        (Line::Depreciation, -size / 50),
        (Line::ResultAfterFinancialItems, size / 10),
        (Line::NetIncome, size / 12),
        (Line::TotalAssets, size * 2),
        (Line::Equity, if wording == 3 { size / 2 } else { size }),
        (Line::CurrentLiabilities, size),
        (Line::Provisions, 0),
        (Line::ProposedDividend, 70_000),
    ]
    .into_iter()
    .collect();
    statement.employees = Some((i64::from(wording) + 5).into());
    statement
}

fn keep_columns(row: &mut Statement, columns: u8) {
    let kept: &[Line] = match columns {
        0 | 1 => return,
        2 => &[Line::Revenue],
        3 => &[Line::TotalAssets, Line::Equity, Line::CurrentLiabilities, Line::Provisions],
        _ => &[Line::Ebit, Line::Equity],
    };
    row.figures = row.figures.iter().filter(|(line, _)| kept.contains(line)).collect();
    if columns != 2 {
        row.employees = None;
    }
}

/// Fewer lines than the year's own report; in thousands for some, restated for one.
fn comparative(year: i32, wording: u8) -> Statement {
    let own = full(year, Scope::Company, 0);
    let mut statement = year_of(year, Scope::Company);
    for line in [Line::Revenue, Line::Ebit, Line::NetIncome, Line::TotalAssets, Line::Equity] {
        statement.figures.set(line, own.get(line));
    }
    match wording {
        0 => {}
        1 => {
            statement.rounding = 3;
            let rounded: Vec<_> = statement.figures.iter().collect();
            statement.figures = rounded.into_iter().map(|(line, amount)| (line, amount / 1000 * 1000)).collect();
        }
        2 => statement.figures.set(Line::Ebit, own.get(Line::Ebit).map(|amount| amount - 30_000)),
        _ => {
            statement.figures.set(Line::TotalAssets, own.get(Line::TotalAssets).map(|amount| amount + 9_000));
            statement.figures.set(Line::Provisions, Some(9_000));
        }
    }
    statement
}

fn overview(year: i32, wording: u8) -> Statement {
    let own = full(year, Scope::Company, 2 * (wording / 2));
    let mut statement = year_of(year, Scope::Company);
    statement.rounding = 3;
    for line in [Line::Revenue, Line::TotalAssets] {
        statement.figures.set(line, own.get(line).map(|amount| amount / 1000 * 1000));
    }
    statement
}

/// A report has tags; which ones is of no account here.
fn tag() -> Fact {
    Fact {
        concept: "se-gen-base:Nettoomsattning".to_owned(),
        value: 1.into(),
        context: "period0".to_owned(),
        period: ContextPeriod::Instant { instant: day("2023-12-31") },
        unit: "SEK".to_owned(),
        as_filed: "1".to_owned(),
        scale: 0,
        decimals: None,
        negative: false,
        document: 0,
    }
}
