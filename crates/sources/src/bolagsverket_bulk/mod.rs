//! Bolagsverket's bulk file of all organisations (`bolagsverket_bulkfil.txt`, UTF-8, `;`, quoted fields).
//!
//! The layout is known from several public readers of the real file; where they disagree (quotes doubled or escaped
//! by a backslash, postcode and city swapped) every variant is accepted.

mod fields;

use std::io::Read;

use domain::company::{CompanyRecord, CompanySource};
use domain::orgnr::{Orgnr, OrgnrError};

use crate::delimited::{Layout, Row, Rows};
use crate::error::{Extent, SourceError};
use crate::register_values::{self as values, legal_form, status};
use crate::row::{Content, SourceRow};

const COLUMNS: [&str; 11] = [
    "organisationsidentitet",
    "namnskyddslopnummer",
    "registreringsland",
    "organisationsnamn",
    "organisationsform",
    "avregistreringsdatum",
    "avregistreringsorsak",
    "pagandeavvecklingselleromstruktureringsforfarande",
    "registreringsdatum",
    "verksamhetsbeskrivning",
    "postadress",
];

/// The companies of the file, one by one.
#[derive(Debug)]
pub struct Companies<R> {
    rows: Rows<R>,
    row: Row,
    ended: bool,
}

/// Starts reading: checks the header.
///
/// # Errors
/// When the header is not the one of this file, with the likely reason (delimiter, encoding, other file).
pub fn read<R: Read>(input: R) -> Result<Companies<R>, SourceError> {
    let layout = Layout { backslash: true, row_start: Some(starts_row), ..Layout::quoted(b';') };
    let mut rows = Rows::new(input, layout);
    let mut row = Row::default();
    rows.header(&mut row).map_err(SourceError::of_input)?;
    check_header(&row)?;
    Ok(Companies { rows, row, ended: false })
}

/// A row starts with a quoted number and the name of its list.
fn starts_row(bytes: &[u8]) -> bool {
    let Some(rest) = bytes.strip_prefix(b"\"") else { return false };
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (10..=12).contains(&digits) && rest.get(digits) == Some(&b'$') && {
        let mark = &rest[digits + 1..];
        let letters = mark.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
        letters > 0 && mark[letters..].starts_with(b"-IDORG\"")
    }
}

fn check_header(row: &Row) -> Result<(), SourceError> {
    let names: Vec<String> =
        row.fields().map(|field| String::from_utf8_lossy(field).trim().to_ascii_lowercase()).collect();
    let first = names.first().map(String::as_str).unwrap_or_default();
    let wrong = |reason: &str, remedy: &str| {
        Err(SourceError::input(reason).at_line(1).sample(&String::from_utf8_lossy(row.bytes())).remedy(remedy))
    };
    if names.iter().any(|name| name.contains("peorgnr")) || first.contains("foretagsnamn") {
        return wrong("this is SCB's file, not Bolagsverket's", "Use `lode import scb` for it");
    }
    if first != COLUMNS[0] {
        if first.starts_with(COLUMNS[0]) {
            return wrong("the fields are not separated by “;”", "The register's own file uses “;”: give it unchanged");
        }
        return wrong("the header is not that of bolagsverket_bulkfil.txt", "Check that this is the right file");
    }
    for (position, expected) in COLUMNS.iter().enumerate() {
        // The register spells one column "pagande…" here and "pagaende…" in its API.
        let found = names.get(position).map(|name| name.replace("pagaende", "pagande"));
        if found.as_deref() != Some(expected) {
            return Err(SourceError::input(format!("column {} of the header should be {expected}", position + 1))
                .at_line(1)
                .in_field(names.get(position).cloned().unwrap_or_default())
                .remedy("The layout of the file has changed; this version of Lode cannot read it"));
        }
    }
    Ok(())
}

impl<R: Read> Iterator for Companies<R> {
    type Item = Result<SourceRow<CompanyRecord>, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        match self.rows.next_row(&mut self.row) {
            Ok(true) => Some(company(&self.row)),
            Ok(false) => {
                self.ended = true;
                None
            }
            Err(error) => {
                self.ended = error.extent() == Extent::Input;
                Some(Err(error))
            }
        }
    }
}

fn company(row: &Row) -> Result<SourceRow<CompanyRecord>, SourceError> {
    let at = |error: SourceError| error.at_row(row.number).at_line(row.line);
    let done = |content, warnings| SourceRow { row: row.number, line: row.line, content, warnings };
    if row.len() != COLUMNS.len() {
        return Err(at(SourceError::item(format!("the row has {} fields instead of {}", row.len(), COLUMNS.len()))
            .remedy("Check the quotes around this row")));
    }
    // A sole trader's row is left before any of its text is looked at.
    let mut identity = row.field(0).splitn(2, |byte| *byte == b'$');
    let (number, list) = (identity.next().unwrap_or_default(), identity.next().unwrap_or_default());
    if list.starts_with(b"PERSON") || row.field(4) == b"E-ORGFO" {
        return Ok(done(Content::SoleTrader, Vec::new()));
    }
    let text = |index: usize| {
        std::str::from_utf8(row.field(index)).map_err(|_| {
            at(SourceError::item("the text is not UTF-8")
                .in_field(COLUMNS[index])
                .remedy("Give the register's file unchanged"))
        })
    };
    let mut warnings = Vec::new();
    let orgnr = match Orgnr::parse_lenient(&String::from_utf8_lossy(number)) {
        Ok((orgnr, true)) => orgnr,
        Ok((orgnr, false)) => {
            warnings.push("the organisation number's check digit is wrong".to_owned());
            orgnr
        }
        Err(OrgnrError::Personal) => return Ok(done(Content::SoleTrader, Vec::new())),
        Err(error) => return Err(at(SourceError::item(error.to_string()).in_field(COLUMNS[0]))),
    };
    let mut record = CompanyRecord::empty(orgnr, CompanySource::BolagsverketBulk);
    let names = fields::names(text(3)?, &mut warnings);
    record.name = names.main;
    record.other_names = Some(names.others);
    record.legal_form = legal_form(fields::code(text(4)?)).map(str::to_owned);
    record.deregistered_on = fields::date(text(5)?);
    record.deregistration_reason = fields::filled_code(text(6)?);
    let procedures = fields::procedures(text(7)?);
    record.registered_on = fields::date(text(8)?);
    record.activity_description = values::filled_text(text(9)?).filter(|text| text != "null");
    record.address = fields::address(text(10)?, &mut warnings);
    if row.field(5) != b"" && record.deregistered_on.is_none() && fields::filled(text(5)?).is_some() {
        warnings.push("the day of deregistration is not a date".to_owned());
    }
    let is_deregistered = record.deregistered_on.is_some() || record.deregistration_reason.is_some();
    record.status = Some(status(is_deregistered, &procedures));
    record.procedures = Some(procedures);
    if record.name.is_none() {
        warnings.push("the company has no name".to_owned());
    }
    Ok(done(Content::Record(record), warnings))
}

#[cfg(test)]
mod tests;
