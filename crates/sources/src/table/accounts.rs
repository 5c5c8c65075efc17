//! Tables of accounts: one row per company and fiscal year.

use std::io::Read;

use chrono::{Days, Months, NaiveDate};
use domain::company::CompanyRecord;
use domain::currency::Currency;
use domain::filing::{Filing, FilingKind, Framework};
use domain::fiscal_period::FiscalPeriod;
use domain::identity;
use domain::line::Line;
use domain::orgnr::Orgnr;
use domain::scope::Scope;
use domain::statement::Statement;
use sha2::{Digest, Sha256};

use super::Table;
use super::amount::{self, AmountError};
use super::companies::{heading, record};
use super::fields::Field;
use super::mapping::Costs;
use crate::error::SourceError;
use crate::register_values as values;
use crate::row::{Content, SourceRow};

/// The accounts of one row.
#[derive(Clone, Debug, PartialEq)]
pub struct AccountsRow {
    /// The figures; the hash identifies what the row says, so the same row in another file is the same filing.
    pub filing: Filing,
    /// What the row says of the company beside its figures.
    pub company: CompanyRecord,
    /// Where the figures come from, in words.
    pub provenance: String,
}

/// The accounts of a table, one by one.
#[derive(Debug)]
pub struct Accounts<R>(Table<R>);

/// Opens a table of accounts; `mapping` is the text of a mapping, where there is one.
///
/// # Errors
/// When the mapping is wrong, or the file is no table with organisation numbers, periods and amounts.
pub fn accounts<R: Read>(input: R, mapping: Option<&str>) -> Result<Accounts<R>, SourceError> {
    let table = Table::open(input, mapping)?;
    if !table.columns.have_amounts() {
        return Err(SourceError::input("no column holds an amount")
            .at_line(1)
            .sample(&table.columns.headings.join(" | "))
            .remedy("Name the columns as in docs/import-mapping.md or give a mapping"));
    }
    if table.columns.position(Field::PeriodEnd).is_none() && table.columns.position(Field::Year).is_none() {
        return Err(SourceError::input("no column holds the end of the period or the year")
            .at_line(1)
            .sample(&table.columns.headings.join(" | "))
            .remedy("Name it “period_end” or “year”, or give a mapping"));
    }
    Ok(Accounts(table))
}

impl<R: Read> Iterator for Accounts<R> {
    type Item = Result<SourceRow<AccountsRow>, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        Some(match self.0.advance()? {
            Err(error) => Err(error),
            Ok(()) => {
                let mut warnings = Vec::new();
                read(&self.0, &mut warnings).map(|content| SourceRow {
                    row: self.0.row.number,
                    line: self.0.row.line,
                    content,
                    warnings,
                })
            }
        })
    }
}

fn read<R: Read>(table: &Table<R>, warnings: &mut Vec<String>) -> Result<Content<AccountsRow>, SourceError> {
    let Some(company) = record(table, warnings)? else { return Ok(Content::SoleTrader) };
    let statement = statement(table)?;
    if table.columns.third_party {
        check_third_party(&statement).map_err(|error| table.at(error))?;
    }
    let get = |field: Field| table.columns.position(field).and_then(|position| table.text(position));
    let framework = match get(Field::Framework).map(|text| text.to_lowercase()).as_deref() {
        Some("k2") => Framework::K2,
        Some("k3") => Framework::K3,
        Some("ifrs") => Framework::Ifrs,
        _ => Framework::Unknown,
    };
    let provenance = if table.columns.third_party {
        "A row of a table with the codes of a commercial site, which passed the accounting identities."
    } else {
        "A row of an imported table."
    };
    let filing = Filing {
        orgnr: company.orgnr,
        kind: FilingKind::Table,
        framework,
        taxonomy: None,
        company_name: company.name.clone(),
        seat: None,
        software: None,
        documents: Vec::new(),
        filed_at: None,
        sha256: fingerprint(company.orgnr, &statement),
        size_bytes: 0,
        statements: vec![statement],
        warnings: Vec::new(),
        unused: Vec::new(),
    };
    Ok(Content::Record(AccountsRow { filing, company, provenance: format!("{provenance} Row {}.", table.row.number) }))
}

fn statement<R: Read>(table: &Table<R>) -> Result<Statement, SourceError> {
    let get = |field: Field| table.columns.position(field).and_then(|position| table.text(position));
    let period = period(table)?;
    let scope = match get(Field::Scope).map(|text| text.to_lowercase()).as_deref() {
        Some("group" | "koncern" | "koncernen" | "ja" | "consolidated") => Scope::Group,
        Some("company" | "bolag" | "moderbolag" | "nej" | "juridisk person") => Scope::Company,
        Some(other) => {
            let error =
                SourceError::item("the scope is neither company nor group").in_field(heading(table, Field::Scope));
            return Err(table.at(error.sample(other)));
        }
        None if table.mapping.group_scope == Some(true) => Scope::Group,
        None => Scope::Company,
    };
    let currency = match get(Field::Currency) {
        Some(text) => text.parse::<Currency>().map_err(|error| {
            table.at(SourceError::item(error.to_string()).in_field(heading(table, Field::Currency)))
        })?,
        None => table.mapping.currency.unwrap_or(Currency::SEK),
    };
    let mut statement = Statement::empty(period, scope, currency);
    for (field, position, unit) in &table.columns.found {
        let Some(text) = table.text(*position) else { continue };
        let refuse = |error: AmountError| {
            let remedy = match error {
                AmountError::Ambiguous => "Put “@decimal = ,” or “@decimal = .” into the mapping",
                _ => "Write digits with a decimal comma or point; leave unknown amounts empty",
            };
            let error =
                SourceError::item(error.to_string()).in_field(heading(table, *field)).sample(&text).remedy(remedy);
            table.at(error)
        };
        match field {
            Field::Amount(line) => {
                let value = amount::number(&text, table.mapping.decimal).map_err(refuse)?;
                let amount = amount::whole(value, unit.exponent()).map_err(refuse)?;
                let is_turned = line.is_cost() && table.mapping.costs == Costs::Positive;
                statement.figures.set(*line, Some(if is_turned { -amount } else { amount }));
                statement.rounding = statement.rounding.max(unit.exponent());
            }
            Field::Employees => {
                let people = amount::number(&text, table.mapping.decimal).map_err(refuse)?;
                if people.is_sign_negative() && !people.is_zero() {
                    return Err(refuse(AmountError::NotANumber));
                }
                statement.employees = Some(people);
            }
            _ => {}
        }
    }
    if statement.figures.is_empty() {
        return Err(
            table.at(SourceError::item("the row holds no amount").remedy("Fill in the figures or leave the row out"))
        );
    }
    Ok(statement)
}

/// From first and last day; from the last day and a number of months (12 where not given); or from a calendar year.
fn period<R: Read>(table: &Table<R>) -> Result<FiscalPeriod, SourceError> {
    let get = |field: Field| table.columns.position(field).and_then(|position| table.text(position));
    let refuse = |field: Field, reason: &str, text: &str, remedy: &str| {
        table.at(SourceError::item(reason).in_field(heading(table, field)).sample(text).remedy(remedy))
    };
    let day = |field: Field| -> Result<Option<NaiveDate>, SourceError> {
        let Some(text) = get(field) else { return Ok(None) };
        let day = values::date(&text).or_else(|| month_end(&text));
        day.map(Some).ok_or_else(|| refuse(field, "this is not a date", &text, "Write dates as YYYY-MM-DD"))
    };
    let (start, end) = (day(Field::PeriodStart)?, day(Field::PeriodEnd)?);
    let months = match get(Field::Months) {
        None => 12,
        Some(text) => match text.parse::<u32>() {
            Ok(months) if (1..=18).contains(&months) => months,
            _ => {
                return Err(refuse(
                    Field::Months,
                    "a fiscal year has 1 to 18 months",
                    &text,
                    "Correct the number of months",
                ));
            }
        },
    };
    let (start, end) = match (start, end, get(Field::Year)) {
        (Some(start), Some(end), _) => (start, end),
        (None, Some(end), _) => match before(end, months) {
            Some(start) => (start, end),
            None => {
                return Err(refuse(Field::PeriodEnd, "the date is out of range", &end.to_string(), "Correct the date"));
            }
        },
        (_, None, Some(text)) => {
            let year = text.parse::<i32>().ok().filter(|year| (1900..=2200).contains(year));
            let year = year
                .ok_or_else(|| refuse(Field::Year, "this is not a year", &text, "Write the year with four digits"))?;
            let december = NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or_default();
            (start.or_else(|| before(december, months)).unwrap_or(december), december)
        }
        (_, None, None) => {
            return Err(refuse(
                Field::PeriodEnd,
                "the end of the period is missing",
                "",
                "Fill it in or leave the row out",
            ));
        }
    };
    FiscalPeriod::new(start, end).map_err(|error| table.at(SourceError::item(error.to_string()).in_field("period")))
}

/// First day of a period of so many months that ends on a day.
fn before(end: NaiveDate, months: u32) -> Option<NaiveDate> {
    end.checked_add_days(Days::new(1))?.checked_sub_months(Months::new(months))
}

/// `2024-12` as the last day of that month.
fn month_end(text: &str) -> Option<NaiveDate> {
    let (year, month) =
        text.split_once('-').or_else(|| (text.len() == 6).then(|| text.split_at_checked(4)).flatten())?;
    let first = NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, 1)?;
    (year.len() == 4).then(|| first.checked_add_months(Months::new(1))?.pred_opt()).flatten()
}

/// A row with the codes of a commercial site is used only when at least one identity can be checked and all that can
/// be checked hold: the codes mislead, and a shifted column would otherwise go unnoticed.
fn check_third_party(statement: &Statement) -> Result<(), SourceError> {
    let get = |line| statement.get(line);
    let unit = 10i64.pow(u32::from(statement.rounding.min(9)));
    let refuse = |reason: String| {
        Err(SourceError::item(reason)
            .remedy("Check that each code's column holds what the code means (docs/import-mapping.md)"))
    };
    if let Some(broken) = identity::check(statement).first() {
        return refuse(format!(
            "{} does not hold: {} is filed, the parts give {}",
            broken.identity.label().en,
            broken.filed,
            broken.computed
        ));
    }
    let (Some(assets), Some(other_side)) = (get(Line::TotalAssets), get(Line::EquityAndLiabilities)) else {
        return refuse("SED and SGE are needed to check the row, and one of them is missing".to_owned());
    };
    let within = |parts: &[Line], whole: i64| {
        let sum: i128 = parts.iter().filter_map(|line| get(*line)).map(i128::from).sum();
        sum <= i128::from(whole) + i128::from(unit) * (parts.len() as i128 + 1)
    };
    if !within(&[Line::CurrentAssets], assets) {
        return refuse("SOM (current assets) is larger than SED (total assets)".to_owned());
    }
    if get(Line::CurrentAssets).is_some_and(|current| !within(&[Line::Inventory, Line::Cash], current)) {
        return refuse("SV (inventory) and KBP (cash) are larger than SOM (current assets)".to_owned());
    }
    if !within(&[Line::Equity, Line::CurrentLiabilities], other_side) {
        return refuse("SEK (equity) and SKG (current liabilities) are larger than SGE".to_owned());
    }
    if let (Some(net), Some(income)) = (get(Line::Revenue), get(Line::OperatingIncome))
        && get(Line::OtherOperatingIncome)
            .is_some_and(|other| i128::from(net) + i128::from(other) > i128::from(income) + i128::from(unit) * 3)
    {
        return refuse("SI (net sales) and ADI (other income) are larger than SDI (operating income)".to_owned());
    }
    if get(Line::Depreciation).is_some_and(|amount| amount > 0) {
        return refuse("EK is depreciation and must be negative".to_owned());
    }
    Ok(())
}

/// What the row says, as a hash.
fn fingerprint(orgnr: Orgnr, statement: &Statement) -> String {
    let mut hash = Sha256::new();
    let period = statement.period;
    hash.update(format!(
        "table {orgnr} {} {} {} {} ",
        period.start(),
        period.end(),
        statement.scope.as_str(),
        statement.currency
    ));
    for (line, amount) in statement.figures.iter() {
        hash.update(format!("{}={amount} ", line.key()));
    }
    if let Some(people) = statement.employees {
        hash.update(format!("employees={}", people.normalize()));
    }
    hex::encode(hash.finalize())
}
