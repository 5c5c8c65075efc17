//! Companies in Postgres and questions over HTTP.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use domain::catalogue::FIELDS;
use domain::facts::{CompanyFacts, FactValue};
use domain::filter::FieldId;
use domain::orgnr::Orgnr;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::Value;
use sqlx::PgPool;

use crate::support::Server;

#[path = "../../../../domain/src/filter/tests/arbitrary.rs"]
#[allow(dead_code)]
pub mod arbitrary;

fn number(index: u64) -> Orgnr {
    Orgnr::from_number(5_560_000_000 + index * 37).unwrap()
}

/// Companies with random facts.
pub fn random(runner: &mut TestRunner, count: u64) -> Vec<CompanyFacts> {
    (0..count).map(|index| arbitrary::any_facts(number(index)).new_tree(runner).unwrap().current()).collect()
}

/// Companies with a name and a revenue of a million.
pub fn plain(count: u64) -> Vec<CompanyFacts> {
    let mut companies: Vec<CompanyFacts> = (0..count)
        .map(|index| CompanyFacts { orgnr: number(index), values: vec![FactValue::Null; FIELDS.len()] })
        .collect();
    set(&mut companies, "name", FactValue::Text("Exempel AB".into()));
    set(&mut companies, "revenue", FactValue::Integer(1_000_000));
    companies
}

/// Gives each company this value.
pub fn set(companies: &mut [CompanyFacts], key: &str, value: FactValue) {
    let field = FieldId::find(key).unwrap();
    for company in companies {
        company.values[usize::from(field.0)] = value.clone();
    }
}

/// Writes the rows as an import does: companies, facts and change feed in one transaction.
pub async fn fill(db: &PgPool, companies: &[CompanyFacts]) {
    let mut tx = db.begin().await.unwrap();
    let keys: Vec<i64> = companies.iter().map(|facts| facts.orgnr.number() as i64).collect();
    sqlx::query("INSERT INTO companies (orgnr) SELECT unnest($1::bigint[]) ON CONFLICT DO NOTHING")
        .bind(keys)
        .execute(&mut *tx)
        .await
        .unwrap();
    store::company_facts::upsert(&mut tx, companies).await.unwrap();
    tx.commit().await.unwrap();
}

/// Waits until the server is ready and knows so many companies.
pub async fn ready(server: &Server, rows: Option<u64>) {
    server.until_ready().await;
    for _ in 0..600 {
        let status: Value = server.get("/api/status").await.json().await.unwrap();
        if rows.is_none_or(|rows| status["index"]["rows"] == rows) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the index never became ready");
}

/// Status and body of a POST.
pub async fn post(server: &Server, path: &str, body: &Value) -> (u16, Value) {
    let answer = server.client.post(format!("{}{path}", server.url)).json(body).send().await.unwrap();
    let status = answer.status().as_u16();
    let text = answer.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}: {text}")))
}

/// `lode serve` on this database as a process of its own.
pub fn serve(db: &testing::TestDatabase, folder: &Path) -> Child {
    serve_on(db.url(), folder)
}

/// `lode serve` on the database at an address.
pub fn serve_on(url: &str, folder: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_lode"))
        .args(["serve", "--port", "0"])
        .env_clear()
        .env("DATABASE_URL", url)
        .env("LODE_DATA_DIR", folder)
        .env("HOME", folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// The address that a server prints when it listens.
pub async fn address(server: &mut Child) -> String {
    let stdout = server.stdout.take().unwrap();
    tokio::task::spawn_blocking(move || {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            if let Some(at) = line.find("http://") {
                return line[at..].trim().to_owned();
            }
        }
        panic!("the server ended before it listened");
    })
    .await
    .unwrap()
}
