//! Companies, filings and statements for the tests of the store.
#![allow(dead_code)]

use chrono::{DateTime, NaiveDate, Utc};
use domain::company::{CompanyRecord, CompanySource};
use domain::currency::Currency;
use domain::filing::{Filing, FilingKind, Framework};
use domain::fiscal_period::FiscalPeriod;
use domain::line::Line;
use domain::orgnr::{Orgnr, check_digit};
use domain::scope::Scope;
use domain::statement::Statement;
use sha2::{Digest, Sha256};
use store::PgPool;
use store::filings::NewFiling;
use store::ingest::{self, Applied, Incoming};
use uuid::Uuid;

/// The nth of a row of valid numbers.
pub fn orgnr(n: u64) -> Orgnr {
    let first_nine = 556_000_000 + n;
    Orgnr::from_number(first_nine * 10 + u64::from(check_digit(first_nine))).unwrap()
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn now() -> DateTime<Utc> {
    "2026-03-01T12:00:00Z".parse().unwrap()
}

pub fn named(orgnr: Orgnr, source: CompanySource, name: &str) -> Incoming {
    let mut record = CompanyRecord::empty(orgnr, source);
    record.name = Some(name.to_owned());
    Incoming { company: Some(record), filing: None }
}

/// A calendar year with the given lines.
pub fn year(year: i32, lines: &[(Line, i64)]) -> Statement {
    let period = FiscalPeriod::new(day(&format!("{year}-01-01")), day(&format!("{year}-12-31"))).unwrap();
    let mut statement = Statement::empty(period, Scope::Company, Currency::SEK);
    statement.figures = lines.iter().copied().collect();
    statement
}

/// A year with enough lines to be more than an overview; no identity is broken.
pub fn full_year(of: i32, revenue: i64) -> Statement {
    year(
        of,
        &[
            (Line::Revenue, revenue),
            (Line::Ebit, revenue / 10),
            (Line::ResultAfterFinancialItems, revenue / 10),
            (Line::ResultBeforeTax, revenue / 10),
            (Line::NetIncome, revenue / 10),
            (Line::TotalAssets, revenue),
            (Line::Equity, revenue / 2),
        ],
    )
}

/// A filing whose identity is made from `mark`.
pub fn filing(orgnr: Orgnr, mark: &str, filed_at: Option<&str>, statements: Vec<Statement>) -> Incoming {
    let filing = Filing {
        orgnr,
        kind: FilingKind::AnnualReport,
        framework: Framework::K2,
        taxonomy: None,
        company_name: Some(format!("Namn enligt {mark}")),
        seat: None,
        software: None,
        documents: vec!["a.xhtml".to_owned()],
        filed_at: filed_at.map(day),
        sha256: hex::encode(Sha256::digest(format!("{orgnr}{mark}"))),
        size_bytes: 10,
        statements,
        warnings: Vec::new(),
    };
    Incoming {
        company: None,
        filing: Some(NewFiling {
            id: Uuid::now_v7(),
            filing,
            file_name: None,
            dated_on: None,
            archived_on: None,
            is_stored: false,
            provenance: None,
        }),
    }
}

pub async fn apply(pool: &PgPool, batch: &[Incoming]) -> Applied {
    let mut tx = pool.begin().await.unwrap();
    let applied = ingest::apply(&mut tx, batch, None, now()).await.unwrap();
    tx.commit().await.unwrap();
    applied
}

pub fn key(orgnr: Orgnr) -> i64 {
    store::companies::key(orgnr)
}

pub fn fact(facts: &domain::facts::CompanyFacts, field: &str) -> domain::facts::FactValue {
    facts.values[domain::catalogue::position(field).unwrap()].clone()
}
