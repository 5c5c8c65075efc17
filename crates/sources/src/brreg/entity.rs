//! Entities of Enhetsregisteret: what the Norwegian register says about a company.

use std::io::Read;

use domain::company::{Address, CompanyRecord, CompanySource, OtherName, Procedure, SniCode, SniEdition};
use domain::orgnr::Orgnr;
use serde_json::Value;

use super::{answer, at, text};
use crate::error::SourceError;
use crate::register_values::{self as values, date};
use crate::row::{Content, SourceRow};

/// Reads one entity or a list of them. Sole proprietorships (ENK) are left out as in Sweden: the name is a person's.
///
/// Industry codes are kept with the edition SNI 2007: to four digits both countries' codes are NACE Rev. 2, the fifth
/// digit is national. Legal forms are Norwegian (`AS`, `ASA`), which no Swedish code can be confused with.
///
/// # Errors
/// When the input is not an entity, or is an error answer of the register.
pub fn parse(input: impl Read) -> Result<Vec<Result<SourceRow<CompanyRecord>, SourceError>>, SourceError> {
    let (_, value) = answer(input)?;
    let entries = match value {
        Value::Array(entries) => entries,
        Value::Object(_) => vec![value],
        _ => return Err(SourceError::input("the answer is neither an entity nor a list of entities")),
    };
    Ok(entries.iter().enumerate().map(|(index, entry)| entity(entry, index as u64 + 1)).collect())
}

fn entity(entry: &Value, row: u64) -> Result<SourceRow<CompanyRecord>, SourceError> {
    if at(entry, "regnskapsperiode").is_some() {
        return Err(SourceError::item("this is a statement of Regnskapsregisteret, not an entity")
            .at_row(row)
            .remedy("Use `lode import accounts` for it"));
    }
    let form = text(entry, "organisasjonsform.kode");
    if form.as_deref() == Some("ENK") {
        return Ok(SourceRow { row, line: 0, content: Content::SoleTrader, warnings: Vec::new() });
    }
    let field = "organisasjonsnummer";
    let number = text(entry, field).ok_or_else(|| SourceError::item("it is missing").at_row(row).in_field(field))?;
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
    record.homepage = text(entry, "hjemmeside");
    let warnings =
        if is_valid { Vec::new() } else { vec!["the organisation number's check digit is wrong".to_owned()] };
    Ok(SourceRow { row, line: 0, content: Content::Record(record), warnings })
}

fn former_names(entry: &Value) -> Vec<OtherName> {
    let names = at(entry, "historiskeNavn").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    names
        .iter()
        .filter_map(|name| {
            // "1995-03-12 16:23:00": the day is enough.
            let from = text(name, "fraDato").and_then(|text| text.get(..10).and_then(date));
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
        parse(json.as_bytes()).unwrap().remove(0).unwrap().record().cloned().unwrap()
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
    fn sole_proprietorships_are_left_out() {
        let rows =
            parse(&br#"[{"organisasjonsnummer":"923609016","navn":"OLA","organisasjonsform":{"kode":"ENK"}}]"#[..])
                .unwrap();
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
            let _ = parse(&bytes[..]);
        }
    }
}
