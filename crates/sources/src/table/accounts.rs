//! Tables of accounts: one row per company and fiscal year.

use std::io::Read;

use chrono::{Datelike, Days, Months, NaiveDate};
use domain::company::CompanyRecord;
use domain::currency::Currency;
use domain::filing::{Filing, FilingKind, Framework};
use domain::fiscal_period::FiscalPeriod;
use domain::identity;
use domain::line::Line;
use domain::orgnr::Orgnr;
use domain::scope::Scope;
use domain::statement::{Figures, Statement};
use sha2::{Digest, Sha256};

use super::amount::{self, Amount, AmountError, number};
use super::companies::record;
use super::costs::{self, Turned};
use super::date::{self, DateError, Named};
use super::fields::Field;
use super::preview::Kind;
use super::source::{Input, Line as Row};
use super::{Reader, Table, at, notes};
use crate::cell::Cell;
use crate::error::SourceError;
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
pub struct Accounts<R> {
    table: Table<R>,
    reader: Reader<AccountsRow>,
    turned: Turned,
}

/// Opens a table of accounts; `mapping` is the text of a mapping, where there is one.
///
/// # Errors
/// When the mapping is wrong, or the file is no table with organisation numbers, periods and amounts.
pub fn accounts<R: Read>(input: R, mapping: Option<&str>) -> Result<Accounts<R>, SourceError> {
    accounts_of(Input::Text(input), mapping)
}

/// As [`accounts`], from text or a workbook.
///
/// # Errors
/// As [`accounts`], and when costs are positive numbers and nothing in the table shows whether they are costs.
pub fn accounts_of<R: Read>(input: Input<R>, mapping: Option<&str>) -> Result<Accounts<R>, SourceError> {
    let mut table = Table::open(Kind::Accounts, input, mapping)?;
    if let Some(problem) = lacks(&table).into_iter().next() {
        return Err(problem);
    }
    let turned = signs(&table)?;
    table.told.extend(turned.told.clone());
    let reader = Reader::new(std::mem::take(&mut table.told));
    Ok(Accounts { table, reader, turned })
}

/// The columns that a table of accounts needs and this one lacks.
pub(super) fn lacks<R>(table: &Table<R>) -> Vec<SourceError> {
    let columns = &table.columns;
    let needs = [
        (
            columns.have_amounts(),
            "no column holds an amount",
            "Name the columns as in docs/import-mapping.md or give a mapping",
        ),
        (
            columns.position(Field::PeriodEnd).is_some() || columns.position(Field::Year).is_some(),
            "no column holds the end of the period or the year",
            "Name it “period_end” or “year”, or give a mapping",
        ),
    ];
    let lacking = needs.into_iter().filter(|(is_there, ..)| !is_there);
    lacking
        .map(|(_, reason, remedy)| {
            let error = SourceError::input(reason).at_line(table.layout.header_line);
            error.sample(&columns.headings.join(" | ")).remedy(remedy)
        })
        .collect()
}

/// The signs of the costs: as the mapping says, as a commercial site's codes are known to be, or as the rows show.
pub(super) fn signs<R: Read>(table: &Table<R>) -> Result<Turned, SourceError> {
    if let Some(costs) = table.mapping.costs {
        return Ok(Turned::given(costs));
    }
    if table.columns.third_party {
        return Ok(Turned::nothing());
    }
    let written: Vec<Statement> = table
        .ahead
        .iter()
        .filter_map(|line| line.as_ref().ok())
        .filter(|line| notes::aside(line, &table.columns).is_none())
        .filter_map(|line| as_written(table, line, &mut Vec::new()).ok())
        .collect();
    costs::infer(&written).map_err(|lines| {
        let headings: Vec<String> = lines.iter().map(|line| format!("“{}”", table.heading(Field::Amount(*line)))).collect();
        SourceError::input(format!(
            "the costs in {} are positive numbers, and no sum of the table shows whether they are costs",
            headings.join(", ")
        ))
        .at_line(table.layout.header_line)
        .remedy("Put “@costs = positive” into the mapping if they are costs, “@costs = negative” if a cost would be negative here")
    })
}

impl<R: Read> Iterator for Accounts<R> {
    type Item = Result<SourceRow<AccountsRow>, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        let turned = &self.turned;
        self.reader.next(&mut self.table, |table, line| {
            let mut warnings = Vec::new();
            let content = read(table, line, turned, &mut warnings)?;
            Ok(SourceRow { row: line.number, line: line.line, content, warnings })
        })
    }
}

pub(super) fn read<R: Read>(
    table: &Table<R>,
    line: &Row,
    turned: &Turned,
    warnings: &mut Vec<String>,
) -> Result<Content<AccountsRow>, SourceError> {
    let Some(company) = record(table, line, warnings)? else { return Ok(Content::SoleTrader) };
    let mut statement = as_written(table, line, warnings)?;
    if let Some(reason) = turned.refuse(&statement) {
        return Err(at(
            line,
            SourceError::item(reason).remedy("Correct the row, or import such rows as a table of their own"),
        ));
    }
    turned.apply(&mut statement);
    if table.columns.third_party {
        check_third_party(&statement).map_err(|error| at(line, error))?;
    }
    let framework = match table.text(line, Field::Framework).map(|text| text.to_lowercase()).as_deref() {
        Some("k2") => Framework::K2,
        Some("k3") => Framework::K3,
        Some("ifrs") => Framework::Ifrs,
        Some(other) => {
            warnings.push(format!("the framework “{other}” is none of K2, K3 and IFRS"));
            Framework::Unknown
        }
        None => Framework::Unknown,
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
    Ok(Content::Record(AccountsRow { filing, company, provenance: format!("{provenance} Row {}.", line.number) }))
}

/// The figures of a row with the signs that they are written with.
fn as_written<R: Read>(table: &Table<R>, line: &Row, warnings: &mut Vec<String>) -> Result<Statement, SourceError> {
    let period = period(table, line, warnings)?;
    let scope = match table.text(line, Field::Scope) {
        Some(text) => match scope_of(&text) {
            Some(scope) => scope,
            None => {
                let error =
                    SourceError::item("the scope is neither company nor group").in_field(table.heading(Field::Scope));
                return Err(at(line, error.sample(&text).remedy("Write company or group")));
            }
        },
        None if table.mapping.group_scope == Some(true) => Scope::Group,
        None => Scope::Company,
    };
    let mut currency = match table.text(line, Field::Currency) {
        Some(text) => Some(currency(&text).ok_or_else(|| {
            let error = SourceError::item("this is no currency").in_field(table.heading(Field::Currency)).sample(&text);
            at(line, error.remedy("Write an ISO 4217 code such as SEK or EUR"))
        })?),
        None => None,
    };
    let mut figures = Figures::default();
    let (mut rounding, mut employees) = (0, None);
    for column in &table.columns.found {
        let cell = line.cells.get(column.position).unwrap_or(&Cell::Empty);
        let refuse = |error: AmountError| {
            let remedy = match error {
                AmountError::Ambiguous => "Put “@decimal = ,” or “@decimal = .” into the mapping",
                AmountError::Rounded => "Give the column a number format with all digits and save the table again",
                _ => "Write digits with a decimal comma or point; leave unknown amounts empty",
            };
            let sample = cell.text().unwrap_or_default();
            let error = SourceError::item(error.to_string()).in_field(table.heading(column.field)).sample(&sample);
            at(line, error.remedy(remedy))
        };
        let read = |cell: &Cell| match cell {
            Cell::Empty => Ok(None),
            // A number of a workbook is what it is, whatever mark the mapping gives for texts.
            Cell::Number(value) => Ok(Some(Amount { value: *value, unit: None, currency: None })),
            Cell::Text(text) => amount::amount(text, table.mapping.decimal).map(Some),
            Cell::Day(_) => Err(AmountError::NotANumber),
        };
        match column.field {
            Field::Amount(target) => {
                let Some(found) = read(cell).map_err(refuse)? else { continue };
                for code in [found.currency, column.currency].into_iter().flatten() {
                    if currency.is_some_and(|other| other != code) {
                        let reason = format!("the row has amounts in {code} and in another currency");
                        let error = SourceError::item(reason).in_field(table.heading(column.field));
                        return Err(at(line, error.remedy("Give each currency a table of its own")));
                    }
                    currency = Some(code);
                }
                let exponent = found.unit.or(column.unit).unwrap_or_default().exponent();
                figures.set(target, Some(amount::whole(found.value, exponent).map_err(refuse)?));
                rounding = rounding.max(exponent);
            }
            Field::Employees => {
                let Some(found) = read(cell).map_err(refuse)? else { continue };
                let is_wrong = found.value.is_sign_negative() && !found.value.is_zero();
                if is_wrong || found.unit.is_some() || found.currency.is_some() {
                    return Err(refuse(AmountError::NotANumber));
                }
                employees = Some(found.value);
            }
            _ => {}
        }
    }
    if figures.is_empty() {
        let error = SourceError::item("the row holds no amount").remedy("Fill in the figures or leave the row out");
        return Err(at(line, error));
    }
    let currency = currency.or(table.mapping.currency).unwrap_or(Currency::SEK);
    Ok(Statement { rounding, figures, employees, ..Statement::empty(period, scope, currency) })
}

/// Whose figures a cell says they are, under a heading that asks (“Koncern: ja”).
fn scope_of(text: &str) -> Option<Scope> {
    match text.trim().to_lowercase().as_str() {
        "ja" | "yes" | "true" | "1" => Some(Scope::Group),
        "nej" | "no" | "false" | "0" => Some(Scope::Company),
        _ => scope_in_words(text),
    }
}

/// The same in words that say it under any heading.
pub(super) fn scope_in_words(text: &str) -> Option<Scope> {
    match text.trim().to_lowercase().as_str() {
        "group" | "koncern" | "koncernen" | "konsern" | "koncernredovisning" | "koncernbokslut" | "consolidated" => {
            Some(Scope::Group)
        }
        "company" | "bolag" | "bolaget" | "moderbolag" | "moderbolaget" | "moderföretag" | "moderföretaget"
        | "juridisk person" | "parent" | "parent company" | "legal entity" | "selskap" | "morselskap" | "enskilt"
        | "årsredovisning" | "bolagsbokslut" | "unconsolidated" | "standalone" => Some(Scope::Company),
        _ => None,
    }
}

/// A currency by its code, its sign or its name.
fn currency(text: &str) -> Option<Currency> {
    match text.trim().to_lowercase().as_str() {
        "kr" | "kronor" | "svenska kronor" => Some(Currency::SEK),
        "€" | "euro" => Some(Currency::EUR),
        _ => text.parse().ok(),
    }
}

/// From first and last day; from the last day and a number of months (12 where not given); from both in one cell; or from a
/// calendar year.
fn period<R: Read>(table: &Table<R>, line: &Row, warnings: &mut Vec<String>) -> Result<FiscalPeriod, SourceError> {
    let refuse = |field: Field, reason: &str, text: &str, remedy: &str| {
        at(line, SourceError::item(reason).in_field(table.heading(field)).sample(text).remedy(remedy))
    };
    let unreadable = |field: Field, error: DateError, text: &str| {
        let remedy = match error {
            DateError::YearAlone => "Write the last day of the year as YYYY-MM-DD, or name the column “year”",
            _ => "Write dates as YYYY-MM-DD",
        };
        refuse(field, &error.to_string(), text, remedy)
    };
    let named = |field: Field| -> Result<Option<Named>, SourceError> {
        match table.cell(line, field) {
            Cell::Empty => Ok(None),
            Cell::Day(day) => Ok(Some(Named::Day(*day))),
            cell => {
                let text = cell.text().unwrap_or_default();
                date::read(&text).map(Some).map_err(|error| unreadable(field, error, &text))
            }
        }
    };
    let range = |field: Field| table.text(line, field).and_then(|text| date::range(&text));
    let new = |start: NaiveDate, end: NaiveDate| {
        FiscalPeriod::new(start, end).map_err(|error| {
            let remedy = "Correct the first or the last day";
            at(line, SourceError::item(error.to_string()).in_field("period").remedy(remedy))
        })
    };
    if let Some((start, end)) = range(Field::PeriodEnd).or_else(|| range(Field::Year)) {
        return new(start, end);
    }
    let start = named(Field::PeriodStart)?.map(Named::first);
    let mut end = named(Field::PeriodEnd)?.and_then(Named::last);
    let months = match table.cell(line, Field::Months).text() {
        None => 12,
        Some(text) => match number(&text, table.mapping.decimal).ok().and_then(|months| u32::try_from(months).ok()) {
            Some(months) if (1..=18).contains(&months) => months,
            _ => {
                let remedy = "Correct the number of months";
                return Err(refuse(Field::Months, "a fiscal year has 1 to 18 months", &text, remedy));
            }
        },
    };
    if end.is_none()
        && let Some(text) = table.text(line, Field::Year)
    {
        let year = date::year_alone(&text).filter(|year| (1900..=2200).contains(year));
        end = match (year, named(Field::Year)) {
            (Some(year), _) => match table.text(line, Field::YearEndMonth) {
                None => NaiveDate::from_ymd_opt(year, 12, 31),
                Some(month) => Some(date::end_of_month(year, &month).ok_or_else(|| {
                    let remedy = "Write the last month of the fiscal year as 1 to 12, or its last day as YYYY-MM-DD";
                    refuse(Field::YearEndMonth, "this is no month", &month, remedy)
                })?),
            },
            // A whole date under “Räkenskapsår” is its last day.
            (None, Ok(Some(named))) => named.last(),
            (None, _) => {
                let remedy = "Write the year with four digits; for a broken year its last day as YYYY-MM-DD";
                return Err(refuse(Field::Year, "this is not a year", &text, remedy));
            }
        };
    } else if let (Some(end), Some(year)) =
        (end, table.text(line, Field::Year).and_then(|text| date::year_alone(&text)))
        && end.year() != year
    {
        warnings.push(format!("the year {year} is not that of the last day, {end}, which is used"));
    }
    let Some(end) = end else {
        let remedy = "Fill it in or leave the row out";
        return Err(refuse(Field::PeriodEnd, "the end of the period is missing", "", remedy));
    };
    match start.or_else(|| before(end, months)) {
        Some(start) => new(start, end),
        None => Err(refuse(Field::PeriodEnd, "the date is out of range", &end.to_string(), "Correct the date")),
    }
}

/// First day of a period of so many months that ends on a day.
fn before(end: NaiveDate, months: u32) -> Option<NaiveDate> {
    end.checked_add_days(Days::new(1))?.checked_sub_months(Months::new(months))
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
