//! `lode bench http`: the whole screen over HTTP on generated companies, from the start of a server of its own to its answers under load.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context;
use clap::Args;
use serde::Serialize;
use serde_json::{Value, json};

use super::bench_database::BenchDatabase;
use super::bench_server::{Server, share};
use super::console;

/// How much to measure.
#[derive(Args)]
pub struct BenchHttpArgs {
    /// Companies to generate
    #[arg(long, default_value_t = 200_000, value_parser = clap::value_parser!(u64).range(1..=9_000_000))]
    rows: u64,
    /// Clients that ask at once, one measurement each
    #[arg(long, value_delimiter = ',', default_value = "1,8,32")]
    clients: Vec<usize>,
    /// Seconds of each measurement
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u64).range(1..=600))]
    seconds: u64,
    /// Seed of the generated companies
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Print JSON instead of a table
    #[arg(long)]
    json: bool,
}

/// What was measured.
#[derive(Debug, Default, Serialize)]
struct Report {
    rows: u64,
    /// How the first start loaded the index, in the server's own words.
    start_from_postgres: String,
    /// And the second.
    start_from_file: String,
    /// Bytes of the index file.
    file_bytes: u64,
    /// Resident memory of the server, MiB, when it had loaded, and after the load.
    memory_loaded_mib: u64,
    memory_after_mib: u64,
    load: Vec<Load>,
    freshness: Freshness,
}

/// Answers under load.
#[derive(Clone, Debug, Default, Serialize)]
struct Load {
    clients: usize,
    requests_per_second: f64,
    p50_ms: f64,
    p95_ms: f64,
}

/// What 10 000 companies changed by another process do to readers.
#[derive(Debug, Default, Serialize)]
struct Freshness {
    changed: u64,
    /// From the writer's commit until an answer over HTTP shows all of them.
    visible_after_ms: f64,
    /// The readers' p95 in the seconds before, and in those around the change.
    p95_before_ms: f64,
    p95_during_ms: f64,
}

/// Measures and prints.
///
/// # Errors
/// When Postgres or the server cannot be started, or an answer is wrong.
pub async fn run(arguments: &BenchHttpArgs) -> anyhow::Result<ExitCode> {
    let database = BenchDatabase::with_companies(arguments.rows, arguments.seed).await?;
    let folder = std::env::temp_dir().join(format!("lode-bench-http-{}", std::process::id()));
    let measured = measure(arguments, &database, &folder).await;
    database.remove().await;
    // The folder holds nothing but what the measured servers wrote.
    let _ = std::fs::remove_dir_all(&folder);
    let report = measured?;
    if arguments.json {
        console::say(&serde_json::to_string_pretty(&report)?);
    } else {
        print(&report);
    }
    Ok(ExitCode::SUCCESS)
}

async fn measure(arguments: &BenchHttpArgs, database: &BenchDatabase, folder: &Path) -> anyhow::Result<Report> {
    let mut report = Report { rows: arguments.rows, ..Report::default() };
    let mut server = Server::start(database, folder).await?;
    report.start_from_postgres = server.loaded().await?;
    let file = folder.join("index").join("index.lode");
    console::progress("waiting for the index file");
    for _ in 0..600 {
        tokio::time::sleep(Duration::from_millis(200)).await;
        if let Ok(found) = std::fs::metadata(&file) {
            report.file_bytes = found.len();
            break;
        }
    }
    server.end().await;
    let mut server = Server::start(database, folder).await?;
    report.start_from_file = server.loaded().await?;
    report.memory_loaded_mib = server.memory_mib();
    for clients in &arguments.clients {
        console::progress(&format!("{clients} clients"));
        report.load.push(load(&server, *clients, Duration::from_secs(arguments.seconds)).await?);
    }
    report.memory_after_mib = server.memory_mib();
    console::progress("10 000 changed companies");
    report.freshness = freshness(&server, database, arguments).await?;
    server.end().await;
    Ok(report)
}

/// A screen as the page asks for it while a slider moves: each question has another bound.
fn question(step: u64) -> Value {
    json!({
        "filter": {"all": [
            {"field": "revenue", "op": ">=", "value": 50_000_000 + step % 997 * 10_007},
            {"field": "ebitda_margin", "op": ">=", "value": 0.10},
        ]},
        "sort": {"by": "cagr_3y", "dir": "desc"},
        "limit": 50,
        "facets": ["sni:2", "county", "legal_form", "size_class", "growth_class", "data_quality"],
        "histograms": (["revenue", "ebitda_margin", "cagr_3y", "equity_ratio", "employees", "total_assets"])
            .map(|field| json!({"field": field, "bins": 24, "scale": "log"})),
    })
}

/// A client at work, and what it will have measured.
type Client = tokio::task::JoinHandle<anyhow::Result<Vec<(f64, f64)>>>;

/// Asks until told to stop; returns when each answer came, in seconds since `begun`, and how long it took in milliseconds.
async fn ask(
    client: reqwest::Client,
    url: String,
    seed: u64,
    begun: Instant,
    is_over: Arc<AtomicBool>,
) -> anyhow::Result<Vec<(f64, f64)>> {
    let mut times = Vec::new();
    let mut step = seed * 131;
    while !is_over.load(Ordering::Relaxed) {
        step += 1;
        let asked = Instant::now();
        let answer = client.post(format!("{url}/api/universe/query")).json(&question(step)).send().await?;
        let status = answer.status();
        let body = answer.bytes().await?;
        anyhow::ensure!(status.is_success(), "{status}: {}", String::from_utf8_lossy(&body));
        times.push((begun.elapsed().as_secs_f64(), asked.elapsed().as_secs_f64() * 1e3));
    }
    Ok(times)
}

fn start_clients(server: &Server, count: usize, begun: Instant, is_over: &Arc<AtomicBool>) -> Vec<Client> {
    let start = |seed| tokio::spawn(ask(server.client.clone(), server.url.clone(), seed, begun, is_over.clone()));
    (0..count as u64).map(start).collect()
}

async fn load(server: &Server, clients: usize, time: Duration) -> anyhow::Result<Load> {
    let is_over = Arc::new(AtomicBool::new(false));
    let begun = Instant::now();
    let tasks = start_clients(server, clients, begun, &is_over);
    tokio::time::sleep(time).await;
    is_over.store(true, Ordering::Relaxed);
    let mut times = Vec::new();
    for task in tasks {
        times.extend(task.await??.into_iter().map(|(_, took)| took));
    }
    let seconds = begun.elapsed().as_secs_f64();
    let requests_per_second = times.len() as f64 / seconds;
    Ok(Load { clients, requests_per_second, p50_ms: share(&mut times, 0.5), p95_ms: share(&mut times, 0.95) })
}

async fn freshness(server: &Server, database: &BenchDatabase, arguments: &BenchHttpArgs) -> anyhow::Result<Freshness> {
    const MARK: i64 = 8_765_432_109;
    let count = arguments.rows.min(10_000);
    let revenue = domain::filter::FieldId::find("revenue").context("revenue")?;
    let mut changed: Vec<_> = screen::synthetic::companies(count, arguments.seed + 1).collect();
    for company in &mut changed {
        company.values[usize::from(revenue.0)] = domain::facts::FactValue::Integer(MARK);
    }
    let is_over = Arc::new(AtomicBool::new(false));
    let begun = Instant::now();
    let tasks = start_clients(server, 2, begun, &is_over);
    tokio::time::sleep(Duration::from_secs(arguments.seconds)).await;
    let writing_from = begun.elapsed().as_secs_f64();
    let mut tx = database.pool.begin().await?;
    store::company_facts::upsert(&mut tx, &changed).await?;
    tx.commit().await?;
    let committed = Instant::now();
    let mark = json!({"filters": [{"field": "revenue", "op": "=", "value": MARK}], "limit": 0});
    let visible_after_ms = loop {
        let answer = server.client.post(format!("{}/api/universe/query", server.url)).json(&mark).send().await?;
        let answer: Value = answer.json().await?;
        if answer["total"] == count {
            break committed.elapsed().as_secs_f64() * 1e3;
        }
        anyhow::ensure!(committed.elapsed() < Duration::from_secs(60), "the changes never became visible: {answer}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    };
    tokio::time::sleep(Duration::from_secs(arguments.seconds)).await;
    is_over.store(true, Ordering::Relaxed);
    let (mut before, mut during) = (Vec::new(), Vec::new());
    for task in tasks {
        for (at, took) in task.await?? {
            if at < writing_from { before.push(took) } else { during.push(took) }
        }
    }
    Ok(Freshness {
        changed: count,
        visible_after_ms,
        p95_before_ms: share(&mut before, 0.95),
        p95_during_ms: share(&mut during, 0.95),
    })
}

fn print(report: &Report) {
    console::say(&format!("{} companies", report.rows));
    console::say(&format!("first start   {}", report.start_from_postgres));
    console::say(&format!("second start  {} ({} MB)", report.start_from_file, report.file_bytes / 1_000_000));
    console::say(&format!(
        "memory        {} MiB loaded, {} MiB after",
        report.memory_loaded_mib, report.memory_after_mib
    ));
    console::say(&format!("{:>8} {:>12} {:>10} {:>10}", "clients", "requests/s", "p50 ms", "p95 ms"));
    for load in &report.load {
        console::say(&format!(
            "{:>8} {:>12.1} {:>10.1} {:>10.1}",
            load.clients, load.requests_per_second, load.p50_ms, load.p95_ms
        ));
    }
    let fresh = &report.freshness;
    console::say(&format!(
        "{} changed companies visible after {:.0} ms; readers' p95 {:.1} ms before, {:.1} ms during",
        fresh.changed, fresh.visible_after_ms, fresh.p95_before_ms, fresh.p95_during_ms
    ));
}
