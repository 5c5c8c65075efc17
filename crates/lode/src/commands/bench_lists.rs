//! `lode bench lists`: making, opening and listing lists over HTTP, on a Postgres of its own with generated companies.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use clap::Args;
use domain::catalogue::FIELDS;
use domain::facts::{CompanyFacts, FactValue};
use domain::filter::FieldId;
use domain::orgnr::Orgnr;
use embedded::{Options, Profile, Servers};
use serde_json::{Value, json};
use store::PgPool;
use store::companies::StoredCompany;

use super::console;
use crate::wiring::{Services, app_state};
use config::Config;

/// Companies written at a time.
const PIECE: u64 = 10_000;

/// How much to measure.
#[derive(Args)]
pub struct BenchListsArgs {
    /// Companies in the register
    #[arg(long, default_value_t = 120_000, value_parser = clap::value_parser!(u64).range(1_000..=2_000_000))]
    companies: u64,
    /// Companies of the large list
    #[arg(long, default_value_t = 50_000, value_parser = clap::value_parser!(u64).range(1_000..=100_000))]
    list: u64,
    /// Lists beside it; one person keeps a thousand at most
    #[arg(long, default_value_t = 990, value_parser = clap::value_parser!(u32).range(1..=990))]
    lists: u32,
    /// Runs of each question
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    runs: u32,
    /// Print JSON instead of a table
    #[arg(long)]
    json: bool,
}

struct Measured {
    name: &'static str,
    aim_ms: f64,
    times_ms: Vec<f64>,
}

impl Measured {
    fn median(&self) -> f64 {
        let mut sorted = self.times_ms.clone();
        sorted.sort_by(f64::total_cmp);
        sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
    }

    fn worst(&self) -> f64 {
        self.times_ms.iter().copied().fold(f64::NAN, f64::max)
    }
}

/// Measures and prints.
///
/// # Errors
/// When Postgres cannot be started or the server refuses a request.
pub async fn run(arguments: &BenchListsArgs) -> anyhow::Result<ExitCode> {
    ensure!(arguments.list <= arguments.companies, "--list is at most --companies");
    let folder = std::env::temp_dir().join(format!("lode-bench-lists-{}", std::process::id()));
    let options = Options { data_dir: folder.clone(), profile: Profile::Throwaway, postgres: true, valkey: false };
    let servers = Servers::start(&options, console::progress).await?;
    let measured = measure(arguments, &servers.database_url().unwrap_or_default(), &folder).await;
    servers.stop_and_remove().await;
    let measured = measured?;
    if arguments.json {
        let rows: Vec<Value> = measured
            .iter()
            .map(|row| json!({ "name": row.name, "aim_ms": row.aim_ms, "p50_ms": row.median(), "max_ms": row.worst() }))
            .collect();
        console::say(&serde_json::to_string_pretty(&rows)?);
    } else {
        console::say(&format!("{:<44} {:>9} {:>9} {:>9}", "over HTTP, milliseconds", "aim", "p50", "max"));
        for row in &measured {
            console::say(&format!("{:<44} {:>9.0} {:>9.1} {:>9.1}", row.name, row.aim_ms, row.median(), row.worst()));
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn measure(arguments: &BenchListsArgs, database_url: &str, folder: &Path) -> anyhow::Result<Vec<Measured>> {
    let data_dir = folder.join("serve").display().to_string();
    let config = Config::from_values(|name| (name == "LODE_DATA_DIR").then(|| data_dir.clone()))?;
    let services = Services { database_url: database_url.to_owned(), redis_url: None };
    let db = crate::wiring::connect_database(database_url, "lode bench").await?;
    store::schema::migrate(&db).await?;
    console::progress("writing the companies");
    fill(&db, arguments.companies).await?;
    let state = app_state(Arc::new(config), &services).await?;
    state.index.wait_until_ready().await;
    let listener = api::server::listen([127, 0, 0, 1].into(), 0).await?;
    let server = Server { url: format!("http://{}", listener.local_addr()?), client: reqwest::Client::new() };
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let serving = tokio::spawn(api::server::serve_until(listener, api::router(state), async {
        let _ = stopped.await;
    }));
    let measured = questions(arguments, &server).await;
    let _ = stop.send(());
    let _ = tokio::time::timeout(Duration::from_secs(10), serving).await;
    measured
}

async fn questions(arguments: &BenchListsArgs, server: &Server) -> anyhow::Result<Vec<Measured>> {
    console::progress("making lists");
    let text = format!("revenue < {}", arguments.list);
    let mut made = Measured { name: "list of a screen, made", aim_ms: 2_000.0, times_ms: Vec::new() };
    let mut list = Value::Null;
    for run in 0..5 {
        let body = json!({ "name": format!("Stor {run}"), "text": text });
        let begun = Instant::now();
        list = server.post("/api/lists/from_query", &body).await?;
        made.times_ms.push(milliseconds(begun));
        ensure!(list["item_count"] == arguments.list, "the list holds {} companies", list["item_count"]);
    }
    for number in 0..arguments.lists {
        server.post("/api/lists", &json!({ "name": format!("Lista {number}"), "scope": "team" })).await?;
    }
    let id = list["id"].as_str().context("a list has an id")?.to_owned();
    let page = json!({
        "filter": { "field": "list", "op": "in_list", "value": id }, "sort": { "by": "name", "dir": "asc" }, "limit": 100,
    });
    let mut opened =
        Measured { name: "the list opened: itself, first page, marks", aim_ms: 200.0, times_ms: Vec::new() };
    let mut listed = Measured { name: "GET /api/lists", aim_ms: 50.0, times_ms: Vec::new() };
    let mut changed = Measured { name: "5 000 companies out and back", aim_ms: 2_000.0, times_ms: Vec::new() };
    for _ in 0..arguments.runs {
        let begun = Instant::now();
        server.get(&format!("/api/lists/{id}")).await?;
        let rows = server.post("/api/universe/query", &page).await?;
        let orgnrs: Vec<&Value> =
            rows["rows"].as_array().into_iter().flatten().filter_map(|row| row.get("orgnr")).collect();
        server.post("/api/companies/marks", &json!({ "orgnrs": orgnrs, "list_id": id })).await?;
        opened.times_ms.push(milliseconds(begun));
        let begun = Instant::now();
        let all = server.get("/api/lists").await?;
        listed.times_ms.push(milliseconds(begun));
        ensure!(all["count"].as_u64() >= Some(u64::from(arguments.lists)), "{} lists", all["count"]);
    }
    let some: Vec<String> = (0..5_000.min(arguments.list)).map(|index| number(index).to_string()).collect();
    for _ in 0..5 {
        let begun = Instant::now();
        let done = server.post(&format!("/api/lists/{id}/items/remove"), &json!({ "orgnrs": some })).await?;
        let change = done["change_id"].as_str().context("a change has an id")?;
        server.post(&format!("/api/changes/{change}/undo"), &Value::Null).await?;
        changed.times_ms.push(milliseconds(begun));
    }
    Ok(vec![made, opened, listed, changed])
}

fn milliseconds(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64() * 1e3
}

fn number(index: u64) -> u64 {
    5_560_000_000 + index
}

/// Companies with a name and a revenue that counts up from 0.
async fn fill(db: &PgPool, companies: u64) -> anyhow::Result<()> {
    let (name, revenue) = (FieldId::find("name"), FieldId::find("revenue"));
    for from in (0..companies).step_by(usize::try_from(PIECE)?) {
        let mut facts = Vec::new();
        for index in from..(from + PIECE).min(companies) {
            let mut values = vec![FactValue::Null; FIELDS.len()];
            if let (Some(name), Some(revenue)) = (name, revenue) {
                values[usize::from(name.0)] = FactValue::Text(format!("Bolag {index} AB").into());
                values[usize::from(revenue.0)] = FactValue::Integer(index.cast_signed());
            }
            facts.push(CompanyFacts { orgnr: Orgnr::from_number(number(index))?, values });
        }
        let mut tx = db.begin().await?;
        let companies: Vec<StoredCompany> = facts.iter().map(|facts| StoredCompany::unknown(facts.orgnr)).collect();
        let companies: Vec<&StoredCompany> = companies.iter().collect();
        store::companies::write::insert_missing(&mut tx, &companies).await?;
        store::company_facts::upsert(&mut tx, &facts).await?;
        tx.commit().await?;
    }
    Ok(())
}

struct Server {
    url: String,
    client: reqwest::Client,
}

impl Server {
    async fn get(&self, path: &str) -> anyhow::Result<Value> {
        Self::read(self.client.get(format!("{}{path}", self.url)), path).await
    }

    async fn post(&self, path: &str, body: &Value) -> anyhow::Result<Value> {
        Self::read(self.client.post(format!("{}{path}", self.url)).json(body), path).await
    }

    async fn read(request: reqwest::RequestBuilder, path: &str) -> anyhow::Result<Value> {
        let answer = request.send().await?;
        let (status, text) = (answer.status(), answer.text().await?);
        ensure!(status.is_success(), "{path}: {status} {text}");
        Ok(serde_json::from_str(&text)?)
    }
}
