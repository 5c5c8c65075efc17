//! The real figures that come with the product, in a file of our own: facts with their lineage and where each was
//! taken from. How they were taken is described in `docs/demo-data.md`.

use anyhow::Context;
use chrono::NaiveDate;
use domain::company::{
    Address, CompanyRecord, CompanySource, CompanyStatus, OtherName, Procedure, SniCode, SniEdition,
};
use domain::currency::Currency;
use domain::filing::{Filing, FilingKind, Framework};
use domain::fiscal_period::FiscalPeriod;
use domain::line::Line;
use domain::orgnr::Orgnr;
use domain::scope::Scope;
use domain::statement::{ContextPeriod, Fact, Statement};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

const FIGURES: &str = include_str!("figures.json");

/// A company with its reports, ready to be written.
#[derive(Clone, Debug)]
pub struct DemoCompany {
    /// What is known of the company.
    pub record: CompanyRecord,
    /// Its reports, each with where the figures were taken from.
    pub reports: Vec<(Filing, String)>,
}

#[derive(Deserialize)]
struct File {
    companies: Vec<Company>,
}

#[derive(Deserialize)]
struct Company {
    orgnr: Orgnr,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    register: Option<Register>,
    reports: Vec<Report>,
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Register {
    legal_form: Option<String>,
    status: Option<CompanyStatus>,
    registered_on: Option<NaiveDate>,
    activity_description: Option<String>,
    sni: Option<Vec<String>>,
    address: Option<Address>,
    homepage: Option<String>,
    other_names: Option<Vec<OtherName>>,
    procedures: Option<Vec<Procedure>>,
}

#[derive(Deserialize, Serialize)]
struct Report {
    provenance: String,
    document: String,
    framework: Framework,
    #[serde(default)]
    taxonomy: Option<NaiveDate>,
    #[serde(default)]
    software: Option<String>,
    #[serde(default)]
    seat: Option<String>,
    #[serde(default)]
    filed_at: Option<NaiveDate>,
    statements: Vec<Period>,
}

#[derive(Deserialize, Serialize)]
struct Period {
    start: NaiveDate,
    end: NaiveDate,
    scope: Scope,
    currency: Currency,
    rounding: u8,
    #[serde(default)]
    employees: Option<Decimal>,
    lines: Vec<Entry>,
}

/// One figure: as Lode keeps it, and as the document has it where that is known.
#[derive(Deserialize, Serialize)]
struct Entry {
    line: String,
    value: i64,
    #[serde(default)]
    concept: Option<String>,
    #[serde(default)]
    context: Option<String>,
    #[serde(default)]
    as_filed: Option<String>,
    #[serde(default)]
    unit: Option<String>,
    #[serde(default)]
    scale: i8,
    #[serde(default)]
    decimals: Option<i8>,
    #[serde(default)]
    negative: bool,
}

/// Every company of the file.
///
/// # Errors
/// When the file, which is part of the binary, has been damaged by an edit; a test reads it.
pub fn companies() -> anyhow::Result<Vec<DemoCompany>> {
    let file: File = serde_json::from_str(FIGURES).context("demo/figures.json")?;
    file.companies.into_iter().map(company).collect()
}

fn company(company: Company) -> anyhow::Result<DemoCompany> {
    let mut record = CompanyRecord::empty(company.orgnr, CompanySource::Demo);
    record.name.clone_from(&company.name);
    if let Some(register) = company.register {
        record.legal_form = register.legal_form;
        record.status = register.status;
        record.registered_on = register.registered_on;
        record.activity_description = register.activity_description;
        record.sni = register
            .sni
            .map(|codes| codes.into_iter().map(|code| SniCode { code, edition: SniEdition::Sni2007 }).collect());
        record.address = register.address;
        record.homepage = register.homepage;
        record.other_names = register.other_names;
        record.procedures = register.procedures;
    }
    let reports = company
        .reports
        .into_iter()
        .map(|report| filing(company.orgnr, company.name.as_deref(), report))
        .collect::<anyhow::Result<_>>()
        .with_context(|| format!("demo/figures.json, {}", company.orgnr))?;
    Ok(DemoCompany { record, reports })
}

fn filing(orgnr: Orgnr, name: Option<&str>, report: Report) -> anyhow::Result<(Filing, String)> {
    let text = serde_json::to_vec(&report)?;
    let statements = report.statements.into_iter().map(statement).collect::<anyhow::Result<Vec<_>>>()?;
    let filing = Filing {
        orgnr,
        kind: FilingKind::Demo,
        framework: report.framework,
        taxonomy: report.taxonomy,
        company_name: name.map(str::to_owned),
        seat: report.seat,
        software: report.software,
        documents: vec![report.document],
        filed_at: report.filed_at,
        sha256: hex::encode(Sha256::digest(&text)),
        size_bytes: text.len() as u64,
        statements,
        warnings: Vec::new(),
        unused: Vec::new(),
    };
    Ok((filing, report.provenance))
}

fn statement(period: Period) -> anyhow::Result<Statement> {
    let days = FiscalPeriod::new(period.start, period.end)?;
    let mut statement = Statement::empty(days, period.scope, period.currency);
    statement.rounding = period.rounding;
    statement.employees = period.employees;
    for entry in period.lines {
        let line = Line::from_key(&entry.line).with_context(|| format!("{} is not a line", entry.line))?;
        statement.figures.set(line, Some(entry.value));
        let (Some(concept), Some(as_filed)) = (entry.concept, entry.as_filed) else { continue };
        let is_flow = line.is_flow();
        let index = u32::try_from(statement.facts.len())?;
        // Lode turns costs; as filed only the sign attribute negates, or a minus that is part of the number (JSON).
        let is_negative = entry.negative || as_filed.starts_with('-');
        let filed = if is_negative { -entry.value.abs() } else { entry.value.abs() };
        statement.facts.push(Fact {
            concept,
            value: Decimal::from(filed),
            context: entry.context.unwrap_or_default(),
            period: if is_flow {
                ContextPeriod::Duration { start: period.start, end: period.end }
            } else {
                ContextPeriod::Instant { instant: period.end }
            },
            unit: entry.unit.unwrap_or_else(|| period.currency.code().to_owned()),
            as_filed,
            scale: entry.scale,
            decimals: entry.decimals,
            negative: entry.negative,
            document: 0,
        });
        statement.line_facts.push((line, index));
    }
    Ok(statement)
}

#[cfg(test)]
mod tests;
