//! The second country: answers of the Norwegian registers, from the file to the facts.

use std::path::Path;

use domain::facts::FactValue;
use domain::orgnr::Orgnr;
use ingest::ImportKind;
use serde_json::json;

use crate::support;
use crate::universe::data;

use super::fixtures::{dump, import, rejection, request, write};

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/no_brreg_regnskap");

const ENTITY: &str = r#"{"organisasjonsnummer":"923609016","navn":"EKSEMPEL ASA","organisasjonsform":{"kode":"ASA"},
    "naeringskode1":{"kode":"06.100"},"registreringsdatoEnhetsregisteret":"1995-03-12"}"#;

fn account(year: i32, revenue: i64, result: i64) -> String {
    format!(
        r#"{{"journalnr":"1","regnskapstype":"SELSKAP","virksomhet":{{"organisasjonsnummer":"923609016","organisasjonsform":"ASA"}},
        "regnskapsperiode":{{"fraDato":"{year}-01-01","tilDato":"{year}-12-31"}},"valuta":"NOK",
        "eiendeler":{{"sumEiendeler":5000.0,"omloepsmidler":{{}},"anleggsmidler":{{"sumAnleggsmidler":0.0}}}},
        "egenkapitalGjeld":{{"gjeldOversikt":{{"sumGjeld":-108.0}},"egenkapital":{{"sumEgenkapital":5108.0}},"sumEgenkapitalGjeld":5000.0}},
        "resultatregnskapResultat":{{"aarsresultat":{result}.0,"driftsresultat":{{"driftsinntekter":{{"salgsinntekter":{revenue}.0}}}}}}}}"#
    )
}

type Period = (i64, String, String, Option<i64>, Option<i64>, Option<i64>, Option<i64>, Option<f64>);

async fn periods(db: &testing::TestDatabase) -> Vec<Period> {
    sqlx::query_as(
        "SELECT orgnr, period_end::text, currency, revenue, net_income, total_assets, current_assets, employees
         FROM current_financials ORDER BY orgnr, period_end DESC, scope",
    )
    .fetch_all(db.pool())
    .await
    .unwrap()
}

#[tokio::test]
async fn answers_of_the_registers_become_a_company_with_periods_in_their_own_currency() {
    let (db, folder) = (testing::database().await, tempfile::tempdir().unwrap());
    let answer = format!("[{},{}]", account(2024, 900, 90), account(2023, 800, -80));
    let accounts = write(&folder.path().join("accounts"), "regnskap.json", &answer);
    let entity = write(&folder.path().join("entities"), "enhet.json", ENTITY);
    let accounts = request(ImportKind::Accounts, accounts.parent().unwrap());
    let entities = request(ImportKind::Companies, entity.parent().unwrap());

    let done = import(&db, &accounts, folder.path()).await;
    assert_eq!((done.report.read, done.report.new, done.report.periods, done.report.rejected), (1, 1, 2, 0));
    let done = import(&db, &entities, folder.path()).await;
    assert_eq!((done.report.read, done.report.changed, done.report.rejected), (1, 1, 0), "{:?}", done.report);
    let nok = |end: &str, revenue, result| {
        (923_609_016, end.to_owned(), "NOK".to_owned(), Some(revenue), Some(result), Some(5_000), None, None)
    };
    assert_eq!(periods(&db).await, [nok("2024-12-31", 900, 90), nok("2023-12-31", 800, -80)]);
    let company: (Option<String>, Option<String>, String) =
        sqlx::query_as("SELECT name, legal_form, status FROM companies").fetch_one(db.pool()).await.unwrap();
    assert_eq!(company, (Some("EKSEMPEL ASA".to_owned()), Some("ASA".to_owned()), "active".to_owned()));
    // Kroner of another country are never screened as if they were Swedish ones.
    let facts: (Option<String>, Option<i64>) =
        sqlx::query_as("SELECT name, revenue FROM company_facts").fetch_one(db.pool()).await.unwrap();
    assert_eq!(facts, (Some("EKSEMPEL ASA".to_owned()), None));

    let before = dump(&db).await;
    for request in [&accounts, &entities] {
        let again = import(&db, request, folder.path()).await;
        assert_eq!((again.report.read, again.report.unchanged), (1, 1));
    }
    assert_eq!(dump(&db).await, before);

    let corrected = write(&folder.path().join("later"), "regnskap.json", format!("[{}]", account(2024, 901, 91)));
    let done = import(&db, &request(ImportKind::Accounts, &corrected), folder.path()).await;
    assert_eq!((done.report.changed, done.report.periods), (1, 1));
    assert_eq!(periods(&db).await, [nok("2024-12-31", 901, 91), nok("2023-12-31", 800, -80)]);
}

#[tokio::test]
async fn an_error_of_the_register_and_the_other_kind_of_answer_are_refused_by_name() {
    let (db, folder) = (testing::database().await, tempfile::tempdir().unwrap());
    let input = folder.path().join("in");
    write(&input, "a_entity.json", ENTITY);
    write(&input, "b_outage.json", r#"{"timestamp":"x","status":"500","error":"Internal Server Error","path":"/"}"#);
    write(&input, "c_cut.json", &account(2024, 1, 1)[..90]);
    write(&input, "d_months.json", format!("[{}]", account(2024, 1, 1).replace("2024-12-31", "2023-12-31")));
    write(&input, "e_good.json", format!("\u{feff}[{}]", account(2024, 7, 1)));
    let done = import(&db, &request(ImportKind::Accounts, &input), folder.path()).await;
    assert_eq!((done.report.new, done.report.rejected), (1, 4), "{:#?}", done.rejections);
    for (file, words) in [
        ("a_entity.json", "lode import companies"),
        ("b_outage.json", "error 500"),
        ("c_cut.json", "not JSON"),
        ("d_months.json", "regnskapsperiode"),
    ] {
        let found = rejection(&done, file);
        let text = format!("{:?} {} {:?}", found.place, found.reason, found.remedy);
        assert!(text.contains(words), "{file}: {text}");
    }
    let done = import(&db, &request(ImportKind::Companies, &input.join("e_good.json")), folder.path()).await;
    assert!(
        rejection(&done, "e_good.json").remedy.as_deref().is_some_and(|text| text.contains("lode import accounts"))
    );
}

#[tokio::test]
async fn the_recorded_answers_give_their_totals() {
    let (db, folder) = (testing::database().await, tempfile::tempdir().unwrap());
    if !Path::new(DATA).is_dir() {
        println!("skipped: ../shared/data/no_brreg_regnskap not present");
        return;
    }
    let done = import(&db, &request(ImportKind::Accounts, Path::new(DATA)), folder.path()).await;
    assert_eq!((done.report.read, done.report.new, done.report.rejected), (10, 8, 2), "{:#?}", done.rejections);
    rejection(&done, "brreg_923609016.json");
    rejection(&done, "brreg_regnskap_500.json");
    let entity = Path::new(DATA).join("brreg_923609016.json");
    let done = import(&db, &request(ImportKind::Companies, &entity), folder.path()).await;
    assert_eq!((done.report.changed, done.report.rejected), (1, 0));
    let found = periods(&db).await;
    let assets = |orgnr: i64| found.iter().find(|period| period.0 == orgnr).and_then(|period| period.5);
    assert_eq!(assets(923_609_016), Some(103_432_000_000));
    assert_eq!(assets(931_883_836), Some(27_949));
    assert_eq!(found.iter().filter(|period| period.2 == "USD").count(), 1);
}

/// Nine digits wherever a number goes out: a zero in front would be no number of any register.
#[tokio::test]
async fn a_norwegian_number_has_nine_digits_in_every_answer_and_file() {
    let server = support::start(&[]).await;
    let mut companies = data::plain(2);
    companies[0].orgnr = Orgnr::from_number(923_609_016).unwrap();
    data::set(&mut companies[..1], "ebitda_margin", FactValue::Real(0.2));
    data::fill(server.db.pool(), &companies).await;
    data::ready(&server, Some(2)).await;

    let seeds = json!({ "orgnrs": ["923609016", "931883836"] });
    let added = json!({ "orgnrs": ["923609016", "931883836"], "scope": "team" });
    let columns = json!({ "text": "revenue > 0", "columns": ["revenue", "ebitda_margin"] });
    let points = json!({ "text": "revenue > 0", "x": "revenue", "y": "ebitda_margin" });
    let near = json!({ "text": "revenue > 1100000", "near_misses": 5 });
    let requests = [
        ("POST", "/api/prospects", Some(added)),
        ("POST", "/api/companies/923609016/notes", Some(json!({ "body": "Ring i mars" }))),
        ("GET", "/api/companies/923609016", None),
        ("GET", "/api/companies/923609016/notes", None),
        ("GET", "/api/prospects?q=9236", None),
        ("GET", "/api/prospects/export?format=csv", None),
        ("POST", "/api/universe/query", Some(columns.clone())),
        ("POST", "/api/universe/similar", Some(seeds)),
        ("POST", "/api/universe/scatter", Some(points)),
        ("POST", "/api/universe/funnel", Some(near)),
        ("POST", "/api/universe/export", Some(columns)),
        ("GET", "/api/admin/audit", None),
        ("GET", "/api/admin/audit/export", None),
    ];
    for (method, path, body) in requests {
        let (status, text) = server.send_for_text(None, method, path, body.as_ref()).await;
        assert!((200..300).contains(&status), "{path}: {status} {text}");
        assert!(text.contains("923609016") || text.contains("931883836"), "{path}: {text}");
        assert!(!text.contains("0923609016") && !text.contains("0931883836"), "{path}: {text}");
    }
}
