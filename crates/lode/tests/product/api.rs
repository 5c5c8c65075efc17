//! The HTTP API end to end: a real server, a real database, figures with their lineage.

use crate::support::{Server, start};
use chrono::{NaiveDate, Utc};
use domain::company::{Address, CompanyRecord, CompanySource, CompanyStatus, SniCode, SniEdition};
use domain::filing::{Filing, FilingKind, Framework};
use domain::fiscal_period::FiscalPeriod;
use domain::line::Line;
use domain::orgnr::Orgnr;
use domain::scope::Scope;
use domain::statement::{ContextPeriod, Fact, Statement};
use serde_json::json;
use sha2::{Digest, Sha256};
use store::filings::NewFiling;
use store::ingest::{self, Incoming};
use uuid::Uuid;

const ORGNR: &str = "5560160680";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn orgnr() -> Orgnr {
    ORGNR.parse().unwrap()
}

/// Two lines with tags, two without.
fn statement(year: i32, revenue: i64) -> Statement {
    let period = FiscalPeriod::new(day(&format!("{year}-01-01")), day(&format!("{year}-12-31"))).unwrap();
    let mut statement = Statement::empty(period, Scope::Company, "SEK".parse().unwrap());
    statement.figures.set(Line::Revenue, Some(revenue));
    statement.figures.set(Line::Ebit, Some(100));
    statement.figures.set(Line::Depreciation, Some(-25));
    statement.figures.set(Line::TotalAssets, Some(900));
    statement.facts.push(Fact {
        concept: "se-gen-base:Nettoomsattning".to_owned(),
        value: revenue.into(),
        context: "period0".to_owned(),
        period: ContextPeriod::Duration { start: period.start(), end: period.end() },
        unit: "SEK".to_owned(),
        as_filed: "1 000".to_owned(),
        scale: 0,
        decimals: Some(0),
        negative: false,
        document: 0,
    });
    statement.line_facts.push((Line::Revenue, 0));
    statement
}

fn filing(package: &[u8], filed_at: &str, statements: Vec<Statement>) -> Incoming {
    let filing = Filing {
        orgnr: orgnr(),
        kind: FilingKind::AnnualReport,
        framework: Framework::K2,
        taxonomy: Some(day("2021-10-31")),
        company_name: Some("Provbolaget AB".to_owned()),
        seat: None,
        software: Some("Prov 1.0".to_owned()),
        documents: vec!["report.xhtml".to_owned()],
        filed_at: Some(day(filed_at)),
        sha256: hex::encode(Sha256::digest(package)),
        size_bytes: package.len() as u64,
        statements,
        warnings: Vec::new(),
        unused: Vec::new(),
    };
    let new = NewFiling {
        id: Uuid::now_v7(),
        filing,
        dated_on: None,
        archived_on: None,
        reader_version: None,
        file_name: Some("årsredovisning.zip".to_owned()),
        is_stored: true,
        provenance: None,
    };
    Incoming { company: None, filing: Some(new) }
}

/// A company with 2022 (filed, then restated by the 2023 filing) and 2023.
async fn with_company() -> Server {
    let server = start(&[]).await;
    let mut record = CompanyRecord::empty(orgnr(), CompanySource::Scb);
    record.name = Some("Provbolaget AB".to_owned());
    record.status = Some(CompanyStatus::Active);
    record.legal_form = Some("49".to_owned());
    record.sni = Some(vec![SniCode { code: "62010".to_owned(), edition: SniEdition::Sni2007 }]);
    record.address = Some(Address { postcode: Some("11122".to_owned()), ..Address::default() });
    let batch = [
        Incoming { company: Some(record), filing: None },
        filing(b"first package", "2023-06-30", vec![statement(2022, 1000)]),
        filing(b"second package", "2024-06-30", vec![statement(2023, 1200), statement(2022, 990)]),
    ];
    for package in [&b"first package"[..], b"second package"] {
        let sha256 = hex::encode(Sha256::digest(package));
        server.artifacts.put(&sha256, bytes::Bytes::copy_from_slice(package)).await.unwrap();
    }
    let mut tx = server.db.begin().await.unwrap();
    ingest::apply(&mut tx, &batch, None, Utc::now()).await.unwrap();
    tx.commit().await.unwrap();
    server
}

#[tokio::test]
async fn a_company_is_described_in_full() {
    let server = with_company().await;
    let company = server.json("/api/companies/556016-0680", 200).await;
    assert_eq!(company["orgnr"], ORGNR);
    assert_eq!(company["orgnr_formatted"], "556016-0680");
    assert_eq!(company["municipality"], json!({"code": "0180", "name": "Stockholm"}));
    assert_eq!(
        company["sni"][0],
        json!({"code": "62010", "edition": "sni2007", "label": "Dataprogrammering", "rank": 1})
    );
    assert_eq!(company["facts"]["revenue"], 1200);
    assert_eq!(company["facts"]["cash"], json!(null));
    assert_eq!(company["coverage"]["has_financials"], true);
    assert_eq!(company["demo_note"], json!(null));
}

#[tokio::test]
async fn statements_come_newest_first_with_restatements_and_earlier_truths() {
    let server = with_company().await;
    let path = format!("/api/companies/{ORGNR}/financials");
    let answer = server.json(&path, 200).await;
    assert_eq!(answer["count"], 2);
    let (newest, restated) = (&answer["financials"][0], &answer["financials"][1]);
    assert_eq!((&newest["revenue"], &newest["ebitda"], &newest["cash"]), (&json!(1200), &json!(125), &json!(null)));
    assert_eq!((&restated["revenue"], &restated["is_restated"]), (&json!(990), &json!(true)));
    assert_eq!(newest["metrics"]["growth_yoy"], json!(0.2121));
    assert_eq!(answer["lines"][0]["key"], "revenue");

    let all = server.json(&format!("{path}?restated=true"), 200).await;
    assert_eq!(all["count"], 3);
    assert_eq!(all["financials"][2]["superseded_by"], restated["filing_id"]);
    let earlier = server.json(&format!("{path}?as_of=2023-12-31"), 200).await;
    assert_eq!((&earlier["count"], &earlier["financials"][0]["revenue"]), (&json!(1), &json!(1000)));
    let group = server.json(&format!("{path}?scope=group"), 200).await;
    assert_eq!(group["count"], 0);
}

#[tokio::test]
async fn a_figure_leads_to_its_filing_and_tag() {
    let server = with_company().await;
    let figure = server.json(&format!("/api/companies/{ORGNR}/figures/revenue?period_end=2022-12-31"), 200).await;
    assert_eq!(figure["value"], 990);
    let versions = figure["versions"].as_array().unwrap();
    assert_eq!(versions.len(), 2);
    assert_eq!((&versions[0]["is_current"], &versions[1]["value"]), (&json!(true), &json!(1000)));
    assert_eq!(versions[1]["concept"], "se-gen-base:Nettoomsattning");
    assert_eq!(versions[1]["context_period"], json!({"start": "2022-01-01", "end": "2022-12-31"}));
    assert_eq!((&versions[1]["as_filed"], &versions[1]["entry"]), (&json!("1 000"), &json!("report.xhtml")));
    let derived = server.json(&format!("/api/companies/{ORGNR}/figures/ebitda"), 200).await;
    assert_eq!(derived["value"], 125);
    assert_eq!(derived["inputs"][1]["value"], -25);
    server.json(&format!("/api/companies/{ORGNR}/figures/nothing"), 404).await;
    server.json(&format!("/api/companies/{ORGNR}/figures/revenue?scope=group"), 404).await;
}

#[tokio::test]
async fn a_package_downloads_byte_for_byte() {
    let server = with_company().await;
    let answer = server.json(&format!("/api/companies/{ORGNR}/filings"), 200).await;
    assert_eq!(answer["count"], 2);
    assert_eq!(answer["filings"][0]["periods"], 2);
    let download = server.get(answer["filings"][0]["download_url"].as_str().unwrap()).await;
    assert_eq!(download.headers()["content-type"], "application/zip");
    let disposition = download.headers()["content-disposition"].to_str().unwrap().to_owned();
    assert!(disposition.contains("filename*=UTF-8''%C3%A5rsredovisning.zip"), "{disposition}");
    assert_eq!(download.bytes().await.unwrap(), &b"second package"[..]);
    server.json(&format!("/api/filings/{}/download", Uuid::nil()), 404).await;
}

#[tokio::test]
async fn companies_are_found_by_name_number_and_batch() {
    let server = with_company().await;
    // The index answers, and follows what was written a moment later.
    server.until_ready().await;
    for _ in 0..200 {
        if server.json("/api/companies/search?q=prov", 200).await["count"] == 1 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    for query in ["prov", "5560", "556016-0680", "BOLAGET", "16556016-0680", "SE556016068001", "provv"] {
        let found = server.json(&format!("/api/companies/search?q={query}"), 200).await;
        assert_eq!(found["items"][0]["orgnr"], ORGNR, "{query}");
    }
    assert_eq!(server.json("/api/companies/search?q=100%25", 200).await["count"], 0);
    server.json("/api/companies/search?q=a&limit=1000", 422).await;

    let body = json!({"orgnrs": ["556016-0680", "5560160680", "5592151756"]});
    let answer = server.client.post(format!("{}/api/companies/batch", server.url)).json(&body).send().await.unwrap();
    let answer: serde_json::Value = answer.json().await.unwrap();
    assert_eq!((&answer["count"], &answer["not_found"]), (&json!(1), &json!(["5592151756"])));
}

#[tokio::test]
async fn errors_are_problems_with_a_request_id() {
    let server = start(&[]).await;
    for (path, status) in [
        ("/api/nothing", 404),
        ("/api/companies/5592151756", 404),
        ("/api/companies/5592151756/financials", 404),
        ("/api/companies/12", 422),
        ("/api/companies/search", 422),
        ("/api/companies/5592151756/financials?as_of=soon", 422),
        ("/api/companies/batch", 404),
    ] {
        // The last one is a number that is none: "batch".
        let status = if path.ends_with("batch") { 405 } else { status };
        let answer =
            server.client.get(format!("{}{path}", server.url)).header("x-request-id", "from-a-test").send().await;
        let answer = answer.unwrap();
        assert_eq!(answer.status().as_u16(), status, "{path}");
        assert_eq!(answer.headers()["content-type"], "application/problem+json", "{path}");
        assert_eq!(answer.headers()["x-request-id"], "from-a-test");
        let problem: serde_json::Value = answer.json().await.unwrap();
        assert_eq!((&problem["status"], &problem["request_id"]), (&json!(status), &json!("from-a-test")), "{path}");
    }
    let answer = server
        .client
        .post(format!("{}/api/companies/batch", server.url))
        .body("{")
        .header("content-type", "application/json");
    assert_eq!(answer.send().await.unwrap().status(), 422);
    let answer =
        server.client.post(format!("{}/api/companies/batch", server.url)).json(&json!({"orgnrs": [5]})).send().await;
    let problem: serde_json::Value = answer.unwrap().json().await.unwrap();
    assert_eq!(problem["errors"][0]["pointer"], "/orgnrs/0", "{problem}");
    let huge = server
        .client
        .post(format!("{}/api/companies/batch", server.url))
        .json(&json!({"orgnrs": ["x".repeat(3 << 20)]}));
    assert_eq!(huge.send().await.unwrap().status(), 413);
}

#[tokio::test]
async fn the_installation_describes_itself_without_secrets() {
    let server = start(&[
        ("DATABASE_URL", "postgres://user:hush@db.example/lode"),
        ("SUPABASE_JWT_SECRET", "hush"),
        ("CORS_ORIGINS", "https://app.example"),
    ])
    .await;
    let status = server.json("/api/status", 200).await;
    assert_eq!((&status["status"], &status["db_source"]), (&json!("ok"), &json!("postgres")));
    assert!(status["tables_ok"].as_object().unwrap().values().all(|ok| ok == true), "{status}");
    let config = server.json("/api/status/config", 200).await;
    assert!(!config.to_string().contains("hush"), "{config}");
    let info = server.json("/api/db/info", 200).await;
    assert!(info["migration_level"].as_i64().unwrap() >= 1);
    server.until_ready().await;
    assert_eq!(server.json("/ready", 200).await["ready"], true);
    assert_eq!(server.json("/api/sources/coverage", 200).await["companies"], 0);

    let preflight = |origin: &'static str| {
        let request = server.client.request(reqwest::Method::OPTIONS, format!("{}/api/status", server.url));
        request.header("origin", origin).header("access-control-request-method", "GET").send()
    };
    let allowed = preflight("https://app.example").await.unwrap();
    assert_eq!(allowed.headers()["access-control-allow-origin"], "https://app.example");
    let refused = preflight("https://other.example").await.unwrap();
    assert!(!refused.headers().contains_key("access-control-allow-origin"));
}

#[tokio::test]
async fn an_unchanged_answer_is_not_sent_again() {
    let server = with_company().await;
    let path = format!("/api/companies/{ORGNR}");
    let first = server.get(&path).await;
    let tag = first.headers()["etag"].to_str().unwrap().to_owned();
    let again = server.client.get(format!("{}{path}", server.url)).header("if-none-match", &tag).send().await.unwrap();
    assert_eq!(again.status(), 304);
    assert_eq!(again.text().await.unwrap(), "");
}

#[tokio::test]
async fn every_route_is_described() {
    let server = start(&[]).await;
    let served = server.json("/api/openapi.json", 200).await;
    let made: serde_json::Value = serde_json::from_str(&api::openapi().to_json().unwrap()).unwrap();
    assert_eq!(served, made);
    assert_eq!(served["openapi"], "3.1.0");
    let docs = server.get("/api/docs/").await;
    assert!(docs.text().await.unwrap().contains("swagger-ui"));
}
