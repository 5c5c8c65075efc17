//! Tables of companies.

use std::io::Read;

use domain::codes::legal_form;
use domain::company::{Address, CompanyRecord, CompanySource, CompanyStatus};
use domain::one_line::filled_line;
use domain::orgnr::{Country, Orgnr, OrgnrError};
use domain::website::homepage;

use super::date;
use super::fields::Field;
use super::preview::Kind;
use super::source::{Input, Line};
use super::{Reader, Table, at};
use crate::cell::Cell;
use crate::error::SourceError;
use crate::register_values as values;
use crate::row::{Content, SourceRow};

/// The companies of a table, one by one.
#[derive(Debug)]
pub struct Companies<R> {
    table: Table<R>,
    reader: Reader<CompanyRecord>,
}

/// Opens a table of companies; `mapping` is the text of a mapping, where there is one.
///
/// # Errors
/// When the mapping is wrong, or the file is no table with a column of organisation numbers.
pub fn companies<R: Read>(input: R, mapping: Option<&str>) -> Result<Companies<R>, SourceError> {
    companies_of(Input::Text(input), mapping)
}

/// As [`companies`], from text or a workbook.
///
/// # Errors
/// As [`companies`].
pub fn companies_of<R: Read>(input: Input<R>, mapping: Option<&str>) -> Result<Companies<R>, SourceError> {
    let mut table = Table::open(Kind::Companies, input, mapping)?;
    let reader = Reader::new(std::mem::take(&mut table.told));
    Ok(Companies { table, reader })
}

impl<R: Read> Iterator for Companies<R> {
    type Item = Result<SourceRow<CompanyRecord>, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.reader.next(&mut self.table, |table, line| {
            let mut warnings = Vec::new();
            let content = record(table, line, &mut warnings)?.map_or(Content::SoleTrader, Content::Record);
            Ok(SourceRow { row: line.number, line: line.line, content, warnings })
        })
    }
}

/// What the row says of the company; `None` for a sole trader.
pub(super) fn record<R: Read>(
    table: &Table<R>,
    line: &Line,
    warnings: &mut Vec<String>,
) -> Result<Option<CompanyRecord>, SourceError> {
    let get = |field: Field| table.text(line, field).and_then(|text| filled_line(&text));
    let refuse = |error: SourceError, field: Field| at(line, error).in_field(table.heading(field));
    let number = get(Field::Orgnr).ok_or_else(|| {
        refuse(SourceError::item("the organisation number is missing"), Field::Orgnr)
            .remedy("Fill it in or leave the row out")
    })?;
    let orgnr: Orgnr = match number.parse() {
        Ok(orgnr) => orgnr,
        Err(OrgnrError::Personal) => return Ok(None),
        Err(error) => {
            let remedy =
                "Write ten digits as text; spreadsheets drop leading zeros and turn long numbers into 5,59E+09";
            let refused = refuse(SourceError::item(error.to_string()), Field::Orgnr).remedy(remedy);
            // A number without its zeros may be a person's.
            let is_shown = !matches!(error, OrgnrError::TooFewDigits { .. });
            return Err(if is_shown { refused.sample(&number) } else { refused });
        }
    };
    let mut day = |field: Field| {
        let cell = table.cell(line, field);
        if let Cell::Day(day) = cell {
            return Some(*day);
        }
        let text = cell.text()?;
        match date::read(&text) {
            Ok(date::Named::Day(day)) => Some(day),
            Ok(date::Named::Month(_)) => {
                warnings.push(format!("{} “{text}” names no day (YYYY-MM-DD)", field.key()));
                None
            }
            Err(error) => {
                warnings.push(format!("{} “{text}”: {error} (YYYY-MM-DD)", field.key()));
                None
            }
        }
    };
    let mut record = CompanyRecord::empty(orgnr, CompanySource::Table);
    record.registered_on = day(Field::RegisteredOn);
    record.deregistered_on = day(Field::DeregisteredOn);
    record.name = get(Field::Name);
    if let Some(text) = get(Field::LegalForm) {
        match legal_form(orgnr, &text, warnings) {
            Form::Company(form) => record.legal_form = form,
            Form::SoleTrader => return Ok(None),
            Form::SubUnit => {
                let sub_unit = SourceError::item("this is a sub-unit of a company, which has no accounts of its own");
                return Err(refuse(sub_unit, Field::LegalForm).remedy("Give the company that it belongs to"));
            }
        }
    }
    record.status = match get(Field::Status) {
        Some(text) => status(&text, warnings),
        None => shown_status(
            record.deregistered_on.is_some(),
            [Field::Bankrupt, Field::InLiquidation, Field::InDissolution].map(|field| {
                get(field)
                    .and_then(|text| date::read(&text).map_or_else(|_| yes_or_no(&text, warnings), |_| Some(true)))
            }),
        ),
    };
    record.sni = get(Field::Sni).map(|text| industries(&text, warnings));
    record.activity_description = get(Field::ActivityDescription);
    record.homepage = get(Field::Homepage).and_then(|text| address(&text, warnings));
    record.advertising_block = get(Field::AdvertisingBlock).and_then(|text| yes_or_no(&text, warnings));
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

/// What a legal form says of its row.
enum Form {
    /// A form of companies, in the code that is kept; `None` where it is not known.
    Company(Option<String>),
    /// A natural person (Enhetsregisteret's `ENK`).
    SoleTrader,
    /// A place of business, which Enhetsregisteret numbers like a company (`BEDR`, `AAFY`).
    SubUnit,
}

fn legal_form(orgnr: Orgnr, text: &str, warnings: &mut Vec<String>) -> Form {
    match (orgnr.country(), text.trim().to_uppercase().as_str()) {
        (Country::Norway, "ENK" | "ENKELTPERSONFORETAK") => Form::SoleTrader,
        (Country::Norway, "BEDR" | "AAFY") => Form::SubUnit,
        (Country::Norway, code) => {
            let form = legal_form::norwegian(code)
                .or_else(|| legal_form::codes().find(|(_, name)| name.to_uppercase() == code).map(|(code, _)| code));
            if form.is_none() {
                warnings.push(format!("legal form “{text}” is not known"));
            }
            Form::Company(form.map(str::to_owned))
        }
        (Country::Sweden, _) => Form::Company(swedish_form(text, warnings)),
    }
}

/// The status that days and columns of yes and no show together: open procedures (bankruptcy, liquidation, compulsory
/// dissolution), of which “no” in all makes a company active, and nothing is known where a column is empty.
fn shown_status(is_deregistered: bool, procedures: [Option<bool>; 3]) -> Option<CompanyStatus> {
    let [bankrupt, liquidation, dissolution] = procedures;
    if is_deregistered {
        Some(CompanyStatus::Deregistered)
    } else if bankrupt == Some(true) {
        Some(CompanyStatus::Bankrupt)
    } else if liquidation == Some(true) || dissolution == Some(true) {
        Some(CompanyStatus::Winding)
    } else {
        (bankrupt.is_some() && liquidation.is_some()).then_some(CompanyStatus::Active)
    }
}

fn swedish_form(text: &str, warnings: &mut Vec<String>) -> Option<String> {
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

fn address(text: &str, warnings: &mut Vec<String>) -> Option<String> {
    let found = homepage(text);
    if found.is_none() {
        warnings.push(format!("“{text}” is the address of a mailbox and no homepage"));
    }
    found
}

/// “Konkurs avslutad” is not decided: the company is struck off, or in liquidation where something was left.
fn status(text: &str, warnings: &mut Vec<String>) -> Option<CompanyStatus> {
    let status = match text.to_lowercase().as_str() {
        "active" | "aktiv" | "aktivt" | "registrerad" | "bolaget är aktivt" => CompanyStatus::Active,
        "dormant" | "vilande" | "inaktiv" | "inaktivt" => CompanyStatus::Dormant,
        "winding"
        | "likvidation"
        | "i likvidation"
        | "likvidation pågår"
        | "likvidation inledd"
        | "likvidation beslutad"
        | "rekonstruktion"
        | "företagsrekonstruktion"
        | "företagsrekonstruktion inledd"
        | "fusion"
        | "fusion pågår"
        | "fusion inledd"
        | "in liquidation" => CompanyStatus::Winding,
        "bankrupt" | "konkurs" | "i konkurs" | "konkurs inledd" | "konkurs pågår" => CompanyStatus::Bankrupt,
        "deregistered"
        | "avregistrerad"
        | "avregistrerat"
        | "likvidation avslutad"
        | "fusion avslutad"
        | "upplöst"
        | "upplöst genom fusion"
        | "dissolved" => CompanyStatus::Deregistered,
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

fn yes_or_no(text: &str, warnings: &mut Vec<String>) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "ja" | "j" | "yes" | "y" | "true" | "1" | "x" => Some(true),
        "nej" | "n" | "no" | "false" | "0" => Some(false),
        _ => {
            warnings.push(format!("“{text}” is neither yes nor no"));
            None
        }
    }
}
