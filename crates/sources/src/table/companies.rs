//! Tables of companies.

use std::io::Read;

use domain::company::{Address, CompanyRecord, CompanySource, CompanyStatus};
use domain::orgnr::{Orgnr, OrgnrError};

use super::Table;
use super::fields::Field;
use crate::error::SourceError;
use crate::register_values as values;
use crate::row::{Content, SourceRow};

/// The companies of a table, one by one.
#[derive(Debug)]
pub struct Companies<R>(Table<R>);

/// Opens a table of companies; `mapping` is the text of a mapping, where there is one.
///
/// # Errors
/// When the mapping is wrong, or the file is no table with a column of organisation numbers.
pub fn companies<R: Read>(input: R, mapping: Option<&str>) -> Result<Companies<R>, SourceError> {
    Table::open(input, mapping).map(Companies)
}

impl<R: Read> Iterator for Companies<R> {
    type Item = Result<SourceRow<CompanyRecord>, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        Some(match self.0.advance()? {
            Err(error) => Err(error),
            Ok(()) => {
                let mut warnings = Vec::new();
                record(&self.0, &mut warnings).map(|record| SourceRow {
                    row: self.0.row.number,
                    line: self.0.row.line,
                    content: record.map_or(Content::SoleTrader, Content::Record),
                    warnings,
                })
            }
        })
    }
}

/// What the row says of the company; `None` for a sole trader.
pub(super) fn record<R: Read>(
    table: &Table<R>,
    warnings: &mut Vec<String>,
) -> Result<Option<CompanyRecord>, SourceError> {
    let get = |field: Field| table.columns.position(field).and_then(|position| table.text(position));
    let at = |error: SourceError, field: Field| table.at(error).in_field(heading(table, field));
    let number = get(Field::Orgnr).ok_or_else(|| {
        at(SourceError::item("the organisation number is missing"), Field::Orgnr)
            .remedy("Fill it in or leave the row out")
    })?;
    let orgnr: Orgnr = match number.parse() {
        Ok(orgnr) => orgnr,
        Err(OrgnrError::Personal) => return Ok(None),
        Err(error) => {
            let remedy =
                "Write ten digits as text; spreadsheets drop leading zeros and turn long numbers into 5,59E+09";
            return Err(at(SourceError::item(error.to_string()), Field::Orgnr).sample(&number).remedy(remedy));
        }
    };
    let mut day = |field: Field| {
        let text = get(field)?;
        let day = values::date(&text);
        if day.is_none() {
            warnings.push(format!("{} “{text}” is not a date (YYYY-MM-DD)", field.key()));
        }
        day
    };
    let mut record = CompanyRecord::empty(orgnr, CompanySource::Table);
    record.registered_on = day(Field::RegisteredOn);
    record.deregistered_on = day(Field::DeregisteredOn);
    record.name = get(Field::Name);
    record.legal_form = get(Field::LegalForm).and_then(|text| legal_form(&text, warnings));
    record.status = get(Field::Status).and_then(|text| status(&text, warnings));
    record.sni = get(Field::Sni).map(|text| industries(&text, warnings));
    record.activity_description = get(Field::ActivityDescription);
    record.homepage = get(Field::Homepage);
    record.advertising_block = get(Field::AdvertisingBlock).and_then(|text| yes_or_no(&text));
    let address = Address {
        street: get(Field::Street),
        care_of: get(Field::CareOf),
        postcode: get(Field::Postcode).map(|text| values::postcode(&text).unwrap_or(text)),
        city: get(Field::City),
        country: get(Field::Country).and_then(|text| values::country(&text)),
    };
    record.address = (address != Address::default()).then_some(address);
    Ok(Some(record))
}

/// The heading over a field, for messages.
pub(super) fn heading<R>(table: &Table<R>, field: Field) -> String {
    let position = table.columns.found.iter().find(|(found, ..)| *found == field).map(|(_, position, _)| *position);
    position
        .and_then(|position| table.columns.headings.get(position))
        .cloned()
        .unwrap_or_else(|| field.key().to_owned())
}

fn legal_form(text: &str, warnings: &mut Vec<String>) -> Option<String> {
    let code = text.split_whitespace().next().unwrap_or_default();
    if code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(code.to_owned());
    }
    let form = match text.to_lowercase().as_str() {
        "aktiebolag" | "privat aktiebolag" | "publikt aktiebolag" => Some("49"),
        "handelsbolag" | "kommanditbolag" => Some("31"),
        "ekonomisk förening" => Some("51"),
        "bostadsrättsförening" => Some("53"),
        _ => values::legal_form(&code.to_uppercase()),
    };
    if form.is_none() {
        warnings.push(format!("legal form “{text}” is not known"));
    }
    form.map(str::to_owned)
}

fn status(text: &str, warnings: &mut Vec<String>) -> Option<CompanyStatus> {
    let status = match text.to_lowercase().as_str() {
        "active" | "aktiv" | "aktivt" | "registrerad" | "bolaget är aktivt" => CompanyStatus::Active,
        "dormant" | "vilande" | "inaktiv" | "inaktivt" => CompanyStatus::Dormant,
        "winding" | "likvidation" | "rekonstruktion" | "fusion" => CompanyStatus::Winding,
        "bankrupt" | "konkurs" => CompanyStatus::Bankrupt,
        "deregistered" | "avregistrerad" | "avregistrerat" => CompanyStatus::Deregistered,
        _ => {
            warnings.push(format!("status “{text}” is not known"));
            return None;
        }
    };
    Some(status)
}

fn industries(text: &str, warnings: &mut Vec<String>) -> Vec<domain::company::SniCode> {
    let words = text.split([' ', ',', '|', '/']).filter(|word| !word.is_empty());
    let mut codes = Vec::new();
    for word in words.filter(|word| word.starts_with(|c: char| c.is_ascii_digit())) {
        // 62.010 and 62010 are one code.
        match values::sni(&word.replace('.', "")) {
            Some(code) => codes.push(code),
            None => warnings.push(format!("“{word}” is not a five-digit industry code")),
        }
    }
    codes
}

fn yes_or_no(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "ja" | "yes" | "true" | "1" | "x" => Some(true),
        "nej" | "no" | "false" | "0" => Some(false),
        _ => None,
    }
}
