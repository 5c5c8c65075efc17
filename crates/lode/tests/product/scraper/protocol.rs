//! Bolagsverket's API and file server as they really answer: tokens, budgets, outages, listings in pages, ranges.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use chrono::NaiveDate;
use domain::currency::Currency;
use domain::fiscal_period::FiscalPeriod;
use domain::line::Line;
use domain::orgnr::{Orgnr, check_digit};
use domain::scope::Scope;
use domain::statement::Statement;
use md5::{Digest, Md5};
use serde_json::{Value, json};
use sources::ixbrl::writer;
use testing::website::{Asked, Reply, Website};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

pub const CLIENT: (&str, &str) = ("a-client", "a-secret");

/// What the server knows of one company.
#[derive(Clone)]
pub struct Company {
    pub organisation: Value,
    /// Id, last day of the period, package.
    pub documents: Vec<(String, String, Vec<u8>)>,
}

/// What the server is to do wrong.
#[derive(Default)]
pub struct Faults {
    /// Answers by path (and number) that are given once, before the right one.
    pub once: Mutex<BTreeMap<String, Vec<Reply>>>,
}

pub struct Protocol {
    pub site: Website,
    pub companies: Arc<BTreeMap<String, Company>>,
    pub archive: Arc<Vec<u8>>,
    pub faults: Arc<Faults>,
}

/// The nth valid number.
pub fn orgnr(n: u64) -> u64 {
    let first_nine = 556_200_000 + n;
    first_nine * 10 + u64::from(check_digit(first_nine))
}

/// Recorded answers, where they are here.
pub fn recorded(name: &str) -> Option<Value> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/se_hvd_api");
    let text = std::fs::read(folder.join(name));
    if text.is_err() {
        println!("skipped: the recording {name} is not here");
    }
    serde_json::from_slice(&text.ok()?).ok()
}

/// A real report, where it is here.
fn real_package(name: &str) -> Option<Vec<u8>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/se_arsredovisning_zip");
    std::fs::read(folder.join(name)).ok()
}

pub fn package(orgnr: u64, year: i32, revenue: i64) -> Vec<u8> {
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
    let mut statement =
        Statement::empty(FiscalPeriod::new(day(1, 1), day(12, 31)).unwrap(), Scope::Company, Currency::SEK);
    for (line, amount) in [
        (Line::Revenue, revenue),
        (Line::NetIncome, revenue / 10),
        (Line::TotalAssets, revenue),
        (Line::Equity, revenue / 2),
    ] {
        statement.figures.set(line, Some(amount));
    }
    let report = writer::Report {
        orgnr: Orgnr::from_number(orgnr).unwrap(),
        name: "Prov AB",
        seat: "Borås",
        framework: domain::filing::Framework::K2,
        taxonomy: NaiveDate::from_ymd_opt(2021, 10, 31).unwrap(),
        statements: &[statement],
    };
    writer::package(&report, &writer::Style::fortnox_like()).unwrap()
}

fn organisation(orgnr: u64) -> Value {
    let said = |value: Value| {
        let mut value = value;
        value["dataproducent"] = json!("Bolagsverket");
        value["fel"] = Value::Null;
        value
    };
    json!({ "organisationer": [{
        "organisationsidentitet": { "identitetsbeteckning": format!("{orgnr:010}"), "typ": { "kod": "ORGNR", "klartext": "Organisationsnummer" } },
        "organisationsnamn": said(json!({ "organisationsnamnLista": [{ "namn": format!("Prov {orgnr} AB"), "organisationsnamntyp": { "kod": "FORETAGSNAMN", "klartext": "Företagsnamn" }, "registreringsdatum": "2001-02-03" }] })),
        "organisationsform": said(json!({ "kod": "AB", "klartext": "Aktiebolag" })),
        "juridiskForm": said(json!({ "kod": "49", "klartext": "Övriga aktiebolag" })),
        "organisationsdatum": said(json!({ "registreringsdatum": "2001-02-03" })),
        "verksamhetsbeskrivning": said(json!({ "beskrivning": "Bolaget ska bygga bryggor." })),
    }]})
}

/// Six companies with packages of the project's own making, and, where the recordings are here, the recorded ones.
pub fn companies() -> BTreeMap<String, Company> {
    let mut companies = BTreeMap::new();
    for n in 1..=6 {
        let number = orgnr(n);
        let documents = (0..=(n % 2))
            .map(|year| {
                let year = 2022 + i32::try_from(year).unwrap();
                (
                    format!("{number:08x}-0000-4000-8000-{year:012}_paket"),
                    format!("{year}-12-31"),
                    package(number, year, 1_000_000 * i64::try_from(n).unwrap()),
                )
            })
            .collect();
        companies.insert(format!("{number:010}"), Company { organisation: organisation(number), documents });
    }
    for name in [
        "organisationer_5590852777.json",
        "bv_ab_active.json",
        "bv_hb_active.json",
        "bv_brf_active.json",
        "bv_ek_active.json",
        "bv_ab_konkurs.json",
    ] {
        let Some(answer) = recorded(name) else { continue };
        let number =
            answer["organisationer"][0]["organisationsidentitet"]["identitetsbeteckning"].as_str().unwrap().to_owned();
        let documents = real_package("5590852777_2024_k2.zip")
            .filter(|_| number == "5590852777")
            .map(|bytes| ("0f0f0f0f-0000-4000-8000-000000000001_paket".to_owned(), "2024-12-31".to_owned(), bytes));
        companies.insert(number, Company { organisation: answer, documents: documents.into_iter().collect() });
    }
    companies
}

pub fn zip_of(entries: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        writer.start_file(name.as_str(), options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

impl Protocol {
    pub async fn start() -> Self {
        let (companies, faults) = (Arc::new(companies()), Arc::new(Faults::default()));
        let entries: Vec<_> = (20..26)
            .map(|n| (format!("{:010}_2023-12-31.zip", orgnr(n)), package(orgnr(n), 2023, 5_000_000)))
            .collect();
        let archive = Arc::new(zip_of(&entries));
        let (known, wrong, file) = (Arc::clone(&companies), Arc::clone(&faults), Arc::clone(&archive));
        let site = Website::start(move |asked| answer(asked, &known, &wrong, &file)).await;
        Self { site, companies, archive, faults }
    }

    /// Settings of a service that asks this server.
    pub fn settings(&self, per_minute: u32) -> Vec<(&'static str, String)> {
        vec![
            ("SCRAPER_BOLAGSVERKET_URL", self.site.url("/vdm/v1")),
            ("SCRAPER_BOLAGSVERKET_TOKEN_URL", self.site.url("/oauth2/token")),
            ("SCRAPER_BOLAGSVERKET_CLIENT_ID", CLIENT.0.to_owned()),
            ("SCRAPER_BOLAGSVERKET_CLIENT_SECRET", CLIENT.1.to_owned()),
            ("SCRAPER_BOLAGSVERKET_PER_MINUTE", per_minute.to_string()),
            ("SCRAPER_BULK_URL", self.site.url("")),
        ]
    }

    /// Answers once with this, before the right answer.
    pub fn fail_once(&self, path: &str, reply: Reply) {
        self.faults.once.lock().unwrap().entry(path.to_owned()).or_default().push(reply);
    }

    pub fn numbers(&self) -> Vec<String> {
        self.companies.keys().cloned().collect()
    }
}

fn json_reply(status: u16, value: &Value) -> Reply {
    Reply::Whole {
        status,
        headers: vec![("Content-Type", "application/json".to_owned())],
        body: value.to_string().into_bytes(),
    }
}

/// An error as the API documents it.
pub fn problem(status: u16, detail: &str) -> Reply {
    json_reply(
        status,
        &json!({ "type": "about:blank", "instance": "x", "status": status, "title": "Fel", "timestamp": null, "requestId": "r", "detail": detail }),
    )
}

fn answer(asked: &Asked, companies: &BTreeMap<String, Company>, faults: &Faults, archive: &[u8]) -> Reply {
    let body: Value = serde_json::from_slice(&asked.body).unwrap_or_default();
    let number = body["identitetsbeteckning"].as_str().unwrap_or_default().to_owned();
    let (path, query) = asked.path.split_once('?').unwrap_or((asked.path.as_str(), ""));
    for key in [format!("{path} {number}"), path.to_owned()] {
        if let Some(reply) = faults.once.lock().unwrap().get_mut(&key).and_then(Vec::pop) {
            return reply;
        }
    }
    if path == "/oauth2/token" {
        let form = String::from_utf8_lossy(&asked.body).into_owned();
        let is_ours =
            form.contains(&format!("client_id={}", CLIENT.0)) && form.contains(&format!("client_secret={}", CLIENT.1));
        if asked.method != "POST" || !is_ours || !form.contains("grant_type=client_credentials") {
            return problem(401, "okänd klient");
        }
        return json_reply(
            200,
            &json!({ "access_token": "good", "scope": "x", "token_type": "Bearer", "expires_in": 3600 }),
        );
    }
    if let Some(rest) = path.strip_prefix("/vdm/v1") {
        if asked.header("authorization") != Some("Bearer good") {
            return problem(401, "ogiltig token");
        }
        return match rest {
            "/organisationer" => match companies.get(&number) {
                Some(company) => json_reply(200, &company.organisation),
                // There is no 404: the answer is an empty list.
                None => json_reply(200, &json!({ "organisationer": [] })),
            },
            "/dokumentlista" => {
                let list: Vec<_> = companies.get(&number).map(|company| company.documents.as_slice()).unwrap_or_default().iter().map(|(id, end, _)| {
                    json!({ "dokumentId": id, "filformat": "application/zip", "rapporteringsperiodTom": end, "registreringstidpunkt": "2024-06-01" })
                }).collect();
                json_reply(200, &json!({ "dokument": list }))
            }
            _ => {
                let id = rest.trim_start_matches("/dokument/");
                let found = companies.values().flat_map(|company| &company.documents).find(|(known, ..)| known == id);
                found.map_or_else(
                    || problem(404, "dokumentet finns inte"),
                    |(_, _, bytes)| Reply::typed("application/zip", bytes),
                )
            }
        };
    }
    if path == "/arsredovisningar-bulkfiler" {
        // Two pages; the marker is opaque and carries characters that need escaping.
        let is_second = query.contains("marker=");
        let entry = |key: &str, bytes: usize, etag: &str| {
            format!(
                "<Contents><Key>{key}</Key><LastModified>2025-02-07T09:11:31.713Z</LastModified><ETag>&#34;{etag}&#34;</ETag><Size>{bytes}</Size></Contents>"
            )
        };
        let sum = hex::encode(Md5::digest(archive));
        let (objects, more) = if is_second {
            (entry("arsredovisningar/2024/02_1.zip", archive.len(), &sum), "<IsTruncated>false</IsTruncated>")
        } else {
            let early = entry("arsredovisningar/2023/52_1.zip", 10, "x") + &entry("arsredovisningar/2024/", 0, "x");
            (
                early,
                "<NextMarker>arsredovisningar/2023/52_1.zip[minio_list:v2,return:]</NextMarker><IsTruncated>true</IsTruncated>",
            )
        };
        let xml = format!(
            "<?xml version=\"1.0\"?><ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>b</Name>{more}{objects}</ListBucketResult>"
        );
        return Reply::typed("application/xml", xml.as_bytes());
    }
    if path == "/arsredovisningar-bulkfiler/arsredovisningar/2024/02_1.zip" {
        let etag = format!("\"{}\"", hex::encode(Md5::digest(archive)));
        let begins_at = asked
            .header("range")
            .and_then(|range| range.strip_prefix("bytes=")?.strip_suffix('-')?.parse::<usize>().ok());
        return match begins_at {
            Some(from) if asked.header("if-range") == Some(etag.as_str()) && from < archive.len() => Reply::Whole {
                status: 206,
                headers: vec![
                    ("ETag", etag),
                    ("Content-Range", format!("bytes {from}-{}/{}", archive.len() - 1, archive.len())),
                ],
                body: archive[from..].to_vec(),
            },
            _ => Reply::typed("application/zip", archive).with("ETag", etag),
        };
    }
    Reply::status(404, Vec::new())
}
