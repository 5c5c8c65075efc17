//! Entities of Enhetsregisteret: what the Norwegian register says about a company.

use std::io::Read;

use domain::company::{Address, CompanyRecord, CompanySource, OtherName, Procedure, SniCode, SniEdition};
use domain::orgnr::Orgnr;
use domain::website::homepage;
use serde_json::Value;

use super::{Elements, at, text};
use crate::error::SourceError;
use crate::register_values::{self as values, date};
use crate::row::{Content, SourceRow};

/// The entities of an answer, one by one.
#[derive(Debug)]
pub struct Entities<R: Read> {
    elements: Elements<R>,
    row: u64,
    told: Vec<String>,
}

/// Reads one entity, a list of them, the answer to a search or the bulk file. Sole proprietorships (ENK) are left out as in
/// Sweden: the name is a person's.
///
/// Industry codes are kept with the edition SNI 2007: to four digits both countries' codes are NACE Rev. 2, the fifth
/// digit is national. Legal forms are Norwegian (`AS`, `ASA`), which no Swedish code can be confused with.
///
/// The iterator ends with an error of the input when it is no such answer, or an error answer of the register.
pub fn read<R: Read>(input: R) -> Entities<R> {
    Entities { elements: Elements::new(input), row: 0, told: Vec::new() }
}

impl<R: Read> Iterator for Entities<R> {
    type Item = Result<SourceRow<CompanyRecord>, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        let value = self.elements.next()?;
        self.row += 1;
        self.told.extend(self.elements.take_told());
        Some(value.and_then(|value| {
            let mut row = entity(&value, self.row)?;
            row.warnings.append(&mut self.told);
            Ok(row)
        }))
    }
}

fn entity(entry: &Value, row: u64) -> Result<SourceRow<CompanyRecord>, SourceError> {
    if at(entry, "regnskapsperiode").is_some() {
        return Err(SourceError::item("this is a statement of Regnskapsregisteret, not an entity")
            .at_row(row)
            .remedy("Use `lode import accounts` for it"));
    }
    if at(entry, "overordnetEnhet").is_some()
        && at(entry, "registreringsdatoEnhetsregisteret").is_some()
        && at(entry, "oppstartsdato").is_some()
        || text(entry, "respons_klasse").as_deref() == Some("Underenhet")
        || matches!(text(entry, "organisasjonsform.kode").as_deref(), Some("BEDR" | "AAFY"))
    {
        return Err(SourceError::item(
            "this is a sub-unit (underenhet) of a company, which has no accounts of its own",
        )
        .at_row(row)
        .remedy("Give the entities of /enheter"));
    }
    if text(entry, "respons_klasse").as_deref() == Some("FjernetEnhet") {
        return Err(SourceError::item("the register has removed this entity for legal reasons").at_row(row));
    }
    let form = text(entry, "organisasjonsform.kode");
    if form.as_deref() == Some("ENK") {
        return Ok(SourceRow { row, line: 0, content: Content::SoleTrader, warnings: Vec::new() });
    }
    let field = "organisasjonsnummer";
    let number = text(entry, field).ok_or_else(|| {
        SourceError::item("the organisation number is missing: this is no entity of Enhetsregisteret")
            .at_row(row)
            .in_field(field)
            .remedy("Give answers of /enheter: one entity, a list, a search result or the bulk file")
    })?;
    let (orgnr, is_valid) = Orgnr::parse_lenient(&number)
        .map_err(|error| SourceError::item(error.to_string()).at_row(row).in_field(field))?;
    let mut record = CompanyRecord::empty(orgnr, CompanySource::Brreg);
    record.name = text(entry, "navn");
    record.other_names = Some(former_names(entry));
    record.legal_form = form;
    record.registered_on = text(entry, "registreringsdatoEnhetsregisteret").and_then(|text| date(&text));
    record.deregistered_on = text(entry, "slettedato").and_then(|text| date(&text));
    let procedures = procedures(entry);
    record.status = Some(values::status(record.deregistered_on.is_some(), &procedures));
    record.procedures = Some(procedures);
    record.activity_description = ["aktivitet", "vedtektsfestetFormaal"].iter().find_map(|path| joined(entry, path));
    record.sni = Some(
        ["naeringskode1", "naeringskode2", "naeringskode3"].iter().filter_map(|key| industry(entry, key)).collect(),
    );
    record.address = address(entry);
    record.homepage = text(entry, "hjemmeside").and_then(|text| homepage(&text));
    let warnings =
        if is_valid { Vec::new() } else { vec!["the organisation number's check digit is wrong".to_owned()] };
    Ok(SourceRow { row, line: 0, content: Content::Record(record), warnings })
}

fn former_names(entry: &Value) -> Vec<OtherName> {
    let names = at(entry, "historiskeNavn").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    names
        .iter()
        .filter_map(|name| {
            let from = text(name, "fraDato").and_then(|text| date(&text));
            Some(OtherName { name: text(name, "navn")?, kind: "HISTORISK".to_owned(), registered_on: from })
        })
        .collect()
}

fn procedures(entry: &Value) -> Vec<Procedure> {
    [
        ("konkurs", "KK", "konkursdato"),
        ("underAvvikling", "LI", "underAvviklingDato"),
        ("underTvangsavviklingEllerTvangsopplosning", "LI", "tvangsavvikletPgaManglendeDagligLederDato"),
    ]
    .iter()
    .filter(|(key, ..)| at(entry, key).and_then(Value::as_bool) == Some(true))
    .map(|(_, code, day)| Procedure { code: (*code).to_owned(), from: text(entry, day).and_then(|text| date(&text)) })
    .collect()
}

/// Free text comes cut into lines.
fn joined(entry: &Value, path: &str) -> Option<String> {
    let lines = at(entry, path)?.as_array()?;
    let words: Vec<&str> = lines.iter().filter_map(Value::as_str).map(str::trim).collect();
    values::filled(&words.join(" "))
}

/// `06.100` → `06100`.
fn industry(entry: &Value, key: &str) -> Option<SniCode> {
    let code = text(entry, &format!("{key}.kode"))?.replace('.', "");
    let is_code = code.len() == 5 && code.bytes().all(|byte| byte.is_ascii_digit()) && code != "00000";
    is_code.then_some(SniCode { code, edition: SniEdition::Sni2007 })
}

fn address(entry: &Value) -> Option<Address> {
    let place = at(entry, "forretningsadresse").or_else(|| at(entry, "postadresse"))?;
    let address = Address {
        street: joined(place, "adresse"),
        care_of: None,
        postcode: text(place, "postnummer"),
        city: text(place, "poststed"),
        country: text(place, "landkode"),
    };
    (address != Address::default()).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::company::CompanyStatus;
    use proptest::prelude::*;

    fn record(json: &str) -> CompanyRecord {
        read(json.as_bytes()).next().unwrap().unwrap().record().cloned().unwrap()
    }

    #[test]
    fn an_entity_becomes_a_company() {
        let company = record(
            r#"{"organisasjonsnummer":"923609016","navn":"EKSEMPEL ASA","organisasjonsform":{"kode":"ASA"},
            "naeringskode1":{"kode":"06.100"},"hjemmeside":"www.example.com","konkurs":false,"underAvvikling":true,
            "registreringsdatoEnhetsregisteret":"1995-03-12","aktivitet":["Utvinning av","olje."],
            "historiskeNavn":[{"navn":"GAMMEL AS","fraDato":"1995-03-12 16:23:00"}],
            "forretningsadresse":{"landkode":"NO","postnummer":"4035","poststed":"STAVANGER","adresse":["Forusbeen 50"]}}"#,
        );
        assert_eq!(company.orgnr.formatted(), "923 609 016");
        assert_eq!(company.status, Some(CompanyStatus::Winding));
        assert_eq!(company.sni.as_ref().map(|codes| codes[0].code.as_str()), Some("06100"));
        assert_eq!(company.activity_description.as_deref(), Some("Utvinning av olje."));
        assert_eq!(
            company.other_names.as_ref().and_then(|names| names[0].registered_on),
            chrono::NaiveDate::from_ymd_opt(1995, 3, 12)
        );
        assert_eq!(company.address.as_ref().and_then(|address| address.country.as_deref()), Some("NO"));
    }

    #[test]
    fn a_search_answer_gives_its_entities_and_tells_of_other_pages() {
        let json = r#"{"_embedded":{"enheter":[
            {"organisasjonsnummer":"800000009","navn":"PÅHITTADE FJORDEN ASA","hjemmeside":"www.exempel.example","organisasjonsform":{"kode":"ASA"}},
            {"organisasjonsnummer":"800000017","navn":"PÅHITTADE  NESSET ASA","organisasjonsform":{"kode":"ASA"}},
            {"organisasjonsnummer":"800000025","navn":"AVDELING","organisasjonsform":{"kode":"BEDR"},"overordnetEnhet":"800000009"}]},
            "_links":{"self":{"href":"…"}},"page":{"size":3,"totalElements":9,"totalPages":3,"number":0}}"#;
        let rows: Vec<_> = read(json.as_bytes()).collect();
        let first = rows[0].as_ref().unwrap();
        assert_eq!(first.record().unwrap().homepage.as_deref(), Some("https://www.exempel.example"));
        assert!(first.warnings[0].contains("page 1 of 3"), "{:?}", first.warnings);
        assert_eq!(rows[1].as_ref().unwrap().record().unwrap().name.as_deref(), Some("PÅHITTADE NESSET ASA"));
        assert!(rows[2].as_ref().unwrap_err().to_string().contains("sub-unit"));
    }

    #[test]
    fn sole_proprietorships_are_left_out() {
        let json = &br#"[{"organisasjonsnummer":"923609016","navn":"OLA","organisasjonsform":{"kode":"ENK"}}]"#[..];
        let rows: Vec<_> = read(json).collect();
        assert_eq!(rows[0].as_ref().unwrap().content, Content::SoleTrader);
    }

    #[test]
    fn the_recorded_entity_is_read() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/no_brreg_regnskap/brreg_923609016.json");
        let Ok(text) = std::fs::read_to_string(path) else {
            println!("skipped: ../shared/data/no_brreg_regnskap/brreg_923609016.json not present");
            return;
        };
        let company = record(&text);
        assert_eq!((company.name.as_deref(), company.legal_form.as_deref()), (Some("EQUINOR ASA"), Some("ASA")));
        assert_eq!((company.status, company.sni.map(|codes| codes.len())), (Some(CompanyStatus::Active), Some(3)));
    }

    proptest! {
        #[test]
        fn any_bytes_give_an_answer_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = read(&bytes[..]).count();
        }
    }
}
