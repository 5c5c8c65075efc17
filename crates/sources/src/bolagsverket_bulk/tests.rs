//! Every peculiarity of the bulk file, in rows written here.

use proptest::prelude::*;

use super::*;
use domain::company::CompanyStatus;

const HEADER: &str = "organisationsidentitet;namnskyddslopnummer;registreringsland;organisationsnamn;organisationsform;\
avregistreringsdatum;avregistreringsorsak;pagandeAvvecklingsEllerOmstruktureringsforfarande;registreringsdatum;\
verksamhetsbeskrivning;postadress\n";

fn rows(body: &str) -> Vec<Result<SourceRow<CompanyRecord>, SourceError>> {
    let text = format!("{HEADER}{body}");
    read(text.as_bytes()).unwrap().collect()
}

fn record(body: &str) -> CompanyRecord {
    match rows(body).remove(0).unwrap().content {
        Content::Record(record) => record,
        Content::SoleTrader => panic!("a company was expected"),
    }
}

const PLAIN: &str = r#""5590852777$ORGNR-IDORG";"";"SE-LAND";"Exempel AB$FORETAGSNAMN-ORGNAM$2016-11-15";"AB-ORGFO";"";"";"";"2016-11-15";"Skomakeri; lagning
av skor.";"Gatan 1$$BODEN$96198$SE-LAND"
"#;

#[test]
fn an_ordinary_row_with_a_line_break_and_a_semicolon_inside() {
    let company = record(PLAIN);
    assert_eq!(company.orgnr.to_string(), "5590852777");
    assert_eq!(company.name.as_deref(), Some("Exempel AB"));
    assert_eq!(company.legal_form.as_deref(), Some("49"));
    assert_eq!(company.status, Some(CompanyStatus::Active));
    assert_eq!(company.registered_on, chrono::NaiveDate::from_ymd_opt(2016, 11, 15));
    assert_eq!(company.activity_description.as_deref(), Some("Skomakeri; lagning\nav skor."));
    assert_eq!(company.address.and_then(|address| address.postcode).as_deref(), Some("96198"));
    assert_eq!((company.other_names, company.procedures, company.sni), (Some(vec![]), Some(vec![]), None));
}

#[test]
fn rows_are_numbered_and_lines_counted_through_line_breaks() {
    let rows = rows(&format!("{PLAIN}{PLAIN}"));
    let second = rows[1].as_ref().unwrap();
    assert_eq!((second.row, second.line), (2, 4));
}

#[test]
fn quotes_doubled_or_backslash_escaped_give_the_same_company() {
    let with = |text: &str| record(&PLAIN.replace("Skomakeri", text)).activity_description;
    assert_eq!(with(r#"Kalles ""Kul"" bod"#), with(r#"Kalles \"Kul\" bod"#));
    assert!(with(r#"Kalles ""Kul"" bod"#).is_some_and(|text| text.starts_with("Kalles \"Kul\" bod")));
}

#[test]
fn sole_traders_are_counted_and_nothing_of_them_is_kept() {
    let person = PLAIN.replace("5590852777$ORGNR", "198112289874$PERSON").replace("AB-ORGFO", "E-ORGFO");
    assert_eq!(rows(&person)[0].as_ref().unwrap().content, Content::SoleTrader);
    let unmarked = PLAIN.replace("5590852777$ORGNR", "8112289874$ORGNR");
    assert_eq!(rows(&unmarked)[0].as_ref().unwrap().content, Content::SoleTrader);
}

#[test]
fn deregistration_and_procedures_set_the_status() {
    let closed = PLAIN.replace(r#""";"";"";"2016"#, r#""2024-02-01";"VERKUPP-AVORG";"";"2016"#);
    let closed = record(&closed);
    assert_eq!(closed.status, Some(CompanyStatus::Deregistered));
    assert_eq!(closed.deregistration_reason.as_deref(), Some("VERKUPP"));
    let open = record(&PLAIN.replace(r#""";"";"";"2016"#, r#""";"";"|LI-AVOMFO$2026-04-01|KK-AVOMFO$null";"2016"#));
    assert_eq!(open.status, Some(CompanyStatus::Bankrupt));
    assert_eq!(open.procedures.map(|open| open.len()), Some(2));
}

#[test]
fn a_wrong_check_digit_is_a_warning_and_a_broken_number_a_located_error() {
    let warned = rows(&PLAIN.replace("5590852777", "5560000002"));
    assert_eq!(warned[0].as_ref().unwrap().warnings.len(), 1);
    let error = rows(&PLAIN.replace("5590852777", "55908527")).remove(0).unwrap_err();
    assert_eq!(error.place().field.as_deref(), Some("organisationsidentitet"));
    assert_eq!((error.place().row, error.place().line), (Some(1), Some(2)));
}

#[test]
fn one_broken_row_does_not_take_the_next_with_it() {
    let open = PLAIN.replace("SE-LAND\"\n", "SE-LAND\n");
    let rows = rows(&format!("{open}{PLAIN}\"1\";\"2\"\n{PLAIN}"));
    let outcome: Vec<bool> = rows.iter().map(Result::is_ok).collect();
    assert_eq!(outcome, [false, true, false, true]);
}

#[test]
fn text_that_is_not_utf_8_is_one_rows_error() {
    let mut bytes = format!("{HEADER}{PLAIN}{PLAIN}").into_bytes();
    let at = bytes.windows(7).position(|window| window == b"Exempel").unwrap();
    bytes[at] = 0xE5;
    let rows: Vec<_> = read(&bytes[..]).unwrap().collect();
    assert!(rows[0].as_ref().is_err_and(|error| error.to_string().contains("not UTF-8")));
    assert!(rows[1].is_ok());
}

#[test]
fn a_wrong_file_or_delimiter_is_named() {
    for (text, words) in [
        (HEADER.replace(';', ","), "separated by “;”"),
        (HEADER.replace(';', "\t"), "separated by “;”"),
        ("ForAndrTyp\tCOAdress\tPeOrgNr\n".to_owned(), "SCB"),
        ("name;revenue\n".to_owned(), "not that of"),
        (HEADER.replace("postadress", "adress"), "column 11"),
        (String::new(), "empty"),
    ] {
        let error = read(text.as_bytes()).unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
        assert_eq!(error.extent(), Extent::Input);
    }
}

proptest! {
    #[test]
    fn any_body_is_read_to_the_end(body in "(\\PC|[\"\\\\;$|\n]){0,200}") {
        let text = format!("{HEADER}{PLAIN}{body}");
        prop_assert!(read(text.as_bytes()).unwrap().count() <= text.len());
    }
}
