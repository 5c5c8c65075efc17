//! Answers of the documented shape, and every recorded one where the shared data is present.

use std::path::PathBuf;

use domain::company::{CompanyRecord, CompanyStatus};
use proptest::prelude::*;

use super::organisation::{FailureKind, OrganisationAnswer, Outcome};
use super::*;

fn company(answer: &OrganisationAnswer) -> &CompanyRecord {
    match &answer.outcome {
        Outcome::Company(record) => record,
        other => panic!("a company was expected, not {other:?}"),
    }
}

fn one(json: &str) -> OrganisationAnswer {
    let text = format!(r#"{{"organisationer":[{json}]}}"#);
    organisation::parse(text.as_bytes()).unwrap().remove(0)
}

const IDENTITY: &str = r#""organisationsidentitet":{"identitetsbeteckning":"5590852777","typ":{"kod":"ORGNR"}}"#;
const NAME: &str = r#""organisationsnamn":{"fel":null,"organisationsnamnLista":[
    {"namn":"Bifirman","organisationsnamntyp":{"kod":"SARSKILT_FORETAGSNAMN"}},
    {"namn":"Exempel AB","organisationsnamntyp":{"kod":"FORETAGSNAMN"},"registreringsdatum":"2016-11-15"}]}"#;
const OUTAGE: &str = r#""fel":{"typ":"OTILLGANGLIG_UPPGIFTSKALLA","felBeskrivning":"…"}"#;
const UNKNOWN: &str = r#""fel":{"typ":"ORGANISATION_FINNS_EJ","felBeskrivning":"…"}"#;

#[test]
fn a_partial_outage_leaves_nothing_that_could_overwrite() {
    let answer = one(&format!(
        r#"{{{IDENTITY},{NAME},
        "juridiskForm":{{"kod":null,"dataproducent":"SCB",{OUTAGE}}},
        "naringsgrenOrganisation":{{"sni":[],"dataproducent":"SCB",{OUTAGE}}},
        "avregistreradOrganisation":{{"avregistreringsdatum":null,{OUTAGE}}},
        "pagaendeAvvecklingsEllerOmstruktureringsforfarande":{{
            "pagaendeAvvecklingsEllerOmstruktureringsforfarandeLista":null,{OUTAGE}}},
        "verksamhetsbeskrivning":{{"beskrivning":null,{OUTAGE}}},
        "verksamOrganisation":{{"kod":null,"dataproducent":"SCB",{OUTAGE}}}}}"#
    ));
    let record = company(&answer);
    assert_eq!(record.name.as_deref(), Some("Exempel AB"));
    assert_eq!((&record.sni, &record.procedures, record.status, &record.legal_form), (&None, &None, None, &None));
    assert_eq!((&record.activity_description, record.deregistered_on), (&None, None));
    assert_eq!(answer.failures.len(), 6);
    assert!(answer.failures.iter().all(|failure| failure.kind == FailureKind::Unavailable));
}

#[test]
fn a_bankruptcy_is_certain_even_when_the_other_authority_fails() {
    let answer = one(&format!(
        r#"{{{IDENTITY},"pagaendeAvvecklingsEllerOmstruktureringsforfarande":{{
            "pagaendeAvvecklingsEllerOmstruktureringsforfarandeLista":[{{"kod":"KK","fromDatum":"2024-01-26"}}],"fel":null}},
        "verksamOrganisation":{{"kod":null,{OUTAGE}}}}}"#
    ));
    assert_eq!(company(&answer).status, Some(CompanyStatus::Bankrupt));
}

#[test]
fn a_200_may_mean_not_found_or_unavailable() {
    let nowhere = one(&format!(
        r#"{{"organisationsidentitet":null,"organisationsnamn":{{{UNKNOWN}}},"juridiskForm":{{{UNKNOWN}}}}}"#
    ));
    assert_eq!(nowhere.outcome, Outcome::NotFound);
    let down = one(&format!(
        r#"{{"organisationsidentitet":null,"organisationsnamn":{{{OUTAGE}}},"juridiskForm":{{{UNKNOWN}}}}}"#
    ));
    assert_eq!(down.outcome, Outcome::Unavailable);
    assert_eq!(organisation::parse(br#"{"organisationer":[]}"#), Ok(vec![]));
}

#[test]
fn the_company_name_is_main_and_the_others_are_kept() {
    let answer = one(&format!("{{{IDENTITY},{NAME}}}"));
    let record = company(&answer);
    assert_eq!(record.name.as_deref(), Some("Exempel AB"));
    assert_eq!(record.other_names.as_ref().map(|names| names[0].kind.as_str()), Some("SARSKILT_FORETAGSNAMN"));
}

#[test]
fn persons_and_estates_are_not_kept() {
    for (number, kind, form) in [
        ("198112289874", "PERSON", "E"),
        ("8112289874", "ORGNR", "AB"),
        ("5590852777", "ORGNR", "E"),
        ("302112289874", "GDNUMMER", "X"),
        ("191112289874", "DODSBO", "X"),
    ] {
        let answer = one(&format!(
            r#"{{"organisationsidentitet":{{"identitetsbeteckning":"{number}","typ":{{"kod":"{kind}"}}}},
            "organisationsform":{{"kod":"{form}"}}}}"#
        ));
        assert_eq!(answer.outcome, Outcome::SoleTrader, "{kind}");
        assert!(!format!("{answer:?}").contains(number));
    }
}

#[test]
fn blank_industry_codes_fill_places_and_mean_nothing() {
    let answer = one(&format!(
        r#"{{{IDENTITY},"naringsgrenOrganisation":{{"sni":[{{"kod":"01110"}},{{"kod":"     "}},{{"kod":null}},{{"kod":"00000"}}]}}}}"#
    ));
    let codes: Vec<_> = company(&answer).sni.iter().flatten().map(|sni| sni.code.clone()).collect();
    assert_eq!(codes, ["01110"]);
}

#[test]
fn both_forms_of_dates_are_read() {
    for date in ["2023-05-05", "2023-05-05T00:00:00.000+00:00"] {
        let answer = one(&format!(
            r#"{{{IDENTITY},"avregistreradOrganisation":{{"avregistreringsdatum":"{date}","fel":null}}}}"#
        ));
        assert_eq!(company(&answer).deregistered_on, chrono::NaiveDate::from_ymd_opt(2023, 5, 5));
        assert_eq!(company(&answer).status, Some(CompanyStatus::Deregistered));
    }
}

#[test]
fn document_lists_may_be_empty_or_missing_and_come_in_any_order() {
    assert_eq!(documents::parse(b"{}"), Ok(vec![]));
    assert_eq!(documents::parse(br#"{"dokument":[]}"#), Ok(vec![]));
    let list = documents::parse(
        br#"{"dokument":[
        {"dokumentId":"a","rapporteringsperiodTom":"2022-12-31","registreringstidpunkt":"2023-06-27"},
        {"dokumentId":"b","rapporteringsperiodTom":"2023-12-31","registreringstidpunkt":"2024-06-27"},
        {"dokumentId":"amended","rapporteringsperiodTom":"2022-12-31","registreringstidpunkt":"2023-09-01"}]}"#,
    );
    let ids: Vec<_> = list.unwrap().into_iter().map(|document| document.id).collect();
    assert_eq!(ids, ["b", "amended", "a"]);
    let error = documents::parse(br#"{"dokument":[{"dokumentId":"a","rapporteringsperiodTom":"soon"}]}"#).unwrap_err();
    assert_eq!((error.place().row, error.place().field.as_deref()), (Some(1), Some("rapporteringsperiodTom")));
}

#[test]
fn an_error_answer_is_quoted_and_broken_json_is_located() {
    let problem = br#"{"type":"about:blank","status":400,"title":"Bad Request","detail":"Ogiltig kontrollsiffra.","requestId":null,"timestamp":null}"#;
    for error in [organisation::parse(problem).unwrap_err(), documents::parse(problem).unwrap_err()] {
        assert!(error.to_string().contains("400: Ogiltig kontrollsiffra."), "{error}");
    }
    let error = organisation::parse(b"{\"organisationer\":\n[{]}").unwrap_err();
    assert_eq!((error.place().line, error.place().column), (Some(2), Some(3)));
}

#[test]
fn a_token_is_read_and_not_printed() {
    let token =
        token::parse(br#"{"access_token":"secret","scope":"a b","token_type":"Bearer","expires_in":3600}"#).unwrap();
    assert_eq!(token.expires_in_seconds, 3600);
    assert!(!format!("{token:?}").contains("secret"));
}

fn recorded(name: &str) -> Option<Vec<u8>> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/se_hvd_api")).join(name);
    let bytes = std::fs::read(path).ok();
    if bytes.is_none() {
        println!("skipped: ../shared/data/se_hvd_api/{name} not present");
    }
    bytes
}

#[test]
fn every_recorded_answer_says_what_it_should() {
    for (name, orgnr, status, failures) in [
        ("organisationer_5590852777.json", "5590852777", CompanyStatus::Active, 0),
        ("bv_ab_active.json", "5560021361", CompanyStatus::Active, 0),
        ("bv_ab_konkurs.json", "5560986878", CompanyStatus::Bankrupt, 3),
        ("bv_ab_kk_and_li.json", "5299999994", CompanyStatus::Bankrupt, 0),
        ("bv_ab_avregistrerad.json", "5299999994", CompanyStatus::Deregistered, 0),
        ("bv_ab_fusion_overtagande.json", "5299999994", CompanyStatus::Active, 0),
        ("bv_ab_rekonstruktion.json", "5299999994", CompanyStatus::Winding, 0),
        ("bv_ab_dormant.json", "5299999994", CompanyStatus::Dormant, 0),
        ("bv_scb_only.json", "5567223705", CompanyStatus::Active, 3),
        ("bv_hb_active.json", "9124001992", CompanyStatus::Active, 0),
        ("bv_brf_active.json", "7164099017", CompanyStatus::Active, 0),
        ("bv_ek_active.json", "7020008350", CompanyStatus::Active, 0),
    ] {
        let Some(bytes) = recorded(name) else { continue };
        let answers = organisation::parse(&bytes).unwrap();
        let record = company(&answers[0]);
        assert_eq!((record.orgnr.to_string().as_str(), record.overall_status()), (orgnr, status), "{name}");
        assert_eq!(answers[0].failures.len(), failures, "{name}");
        assert!(record.name.is_some() && record.address.is_some(), "{name}");
    }
}

#[test]
fn the_recorded_outage_is_unavailable_and_errors_are_errors() {
    if let Some(bytes) = recorded("bv_uppgiftskalla_fel.json") {
        assert_eq!(organisation::parse(&bytes).unwrap()[0].outcome, Outcome::Unavailable);
    }
    for (name, status, temporary) in [
        ("bv_400.json", 400, false),
        ("bv_401.json", 401, false),
        ("bv_403.json", 403, false),
        ("bv_500.json", 500, true),
    ] {
        let Some(bytes) = recorded(name) else { continue };
        let found = problem::parse(&bytes).unwrap();
        assert_eq!((found.status, found.is_temporary()), (status, temporary), "{name}");
        assert!(organisation::parse(&bytes).is_err());
    }
    for (name, count) in
        [("bv_dokumentlista.json", 3), ("se_dokumentlista_5561890038.json", 6), ("bv_dokumentlista_empty.json", 0)]
    {
        let Some(bytes) = recorded(name) else { continue };
        let list = documents::parse(&bytes).unwrap();
        assert_eq!(list.len(), count, "{name}");
        assert!(list.is_sorted_by(|a, b| a.period_end >= b.period_end), "{name}");
    }
    if let Some(bytes) = recorded("bv_dokumentlista_400.json") {
        assert!(documents::parse(&bytes).is_err());
    }
    if let Some(bytes) = recorded("bv_token.json") {
        assert!(token::parse(&bytes).is_ok());
    }
}

proptest! {
    #[test]
    fn any_bytes_give_an_answer_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = organisation::parse(&bytes);
        let _ = documents::parse(&bytes);
        let _ = problem::parse(&bytes);
        let _ = token::parse(&bytes);
    }

    #[test]
    fn any_value_of_any_part_gives_an_answer(text in "\\PC{0,40}") {
        let quoted = serde_json::to_string(&text).unwrap();
        let _ = organisation::parse(format!(r#"{{"organisationer":[{{{IDENTITY},"organisationsdatum":{{"registreringsdatum":{quoted}}},
            "naringsgrenOrganisation":{{"sni":[{{"kod":{quoted}}}]}},"organisationsform":{{"kod":{quoted}}},
            "postadressOrganisation":{{"postadress":{{"postnummer":{quoted},"land":{quoted}}}}}}}]}}"#).as_bytes());
    }
}
