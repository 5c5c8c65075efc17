//! `lode bench load`: the main routes under load, each for itself, and more clients than can be served. The server is a process of its own, so
//! that asking does not slow down answering more than it must.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use clap::Args;
use serde::Serialize;
use serde_json::{Value, json};
use store::generated_load::Amounts;

use super::bench_database::BenchDatabase;
use super::bench_server::{Server, share};
use super::console;

/// How much to measure.
#[derive(Args)]
pub struct BenchLoadArgs {
    /// Companies to generate
    #[arg(long, default_value_t = 20_000, value_parser = clap::value_parser!(u64).range(1_000..=9_000_000))]
    rows: u64,
    /// Clients that ask one route at once
    #[arg(long, default_value_t = 16, value_parser = clap::value_parser!(u32).range(1..=64))]
    clients: u32,
    /// Seconds of each measurement
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=600))]
    seconds: u64,
    /// Clients of the usual load and of the overload, half of whom ask about every company
    #[arg(long, value_delimiter = ',', num_args = 2, default_values_t = [64, 512])]
    overload: Vec<u32>,
    /// Program that serves (default: this one)
    #[arg(long)]
    program: Option<PathBuf>,
    /// Seed of the generated companies
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Print JSON instead of tables
    #[arg(long)]
    json: bool,
}

/// What a route is asked.
#[derive(Clone, Debug)]
struct Question {
    name: &'static str,
    path: String,
    body: Option<Value>,
}

/// What was measured of one kind of load.
#[derive(Clone, Debug, Default, Serialize)]
struct Load {
    name: String,
    clients: u32,
    requests_per_second: f64,
    p50_ms: f64,
    p95_ms: f64,
    p99_ms: f64,
    /// Refused with 503 and `Retry-After`, and therefore in none of the times.
    refused: usize,
    /// Resident memory of the server afterwards, MiB.
    memory_mib: u64,
}

/// Everything that was measured.
#[derive(Debug, Serialize)]
struct Report {
    rows: u64,
    routes: Vec<Load>,
    usual: Load,
    over: Load,
    /// p99 of what is admitted in the overload against that of the usual load.
    ratio: f64,
    /// From the end of the overload until an answer came within the usual p99.
    recovered_ms: f64,
}

/// Measures and prints. Exit status 0 whatever is measured: it depends on the machine.
///
/// # Errors
/// When Postgres or the server cannot be started, or an answer is neither right nor a refusal with `Retry-After`.
pub async fn run(arguments: &BenchLoadArgs) -> anyhow::Result<ExitCode> {
    let database = BenchDatabase::with_companies(arguments.rows, arguments.seed).await?;
    let measured = measure(arguments, &database).await;
    database.remove().await;
    let report = measured?;
    if arguments.json {
        console::say(&serde_json::to_string_pretty(&report)?);
    } else {
        print(&report);
    }
    Ok(ExitCode::SUCCESS)
}

async fn measure(arguments: &BenchLoadArgs, database: &BenchDatabase) -> anyhow::Result<Report> {
    let amounts = Amounts { lists: 200, prospects: 5_000, activity: 20_000, users: 50, runs: 20, years: 5 };
    store::generated_load::fill(&mut *database.pool.acquire().await?, amounts).await?;
    let folder = tempfile::tempdir()?;
    let mut server = start(arguments, database, folder.path()).await?;
    server.loaded().await?;
    let questions = questions(&server).await?;
    let lasts = Duration::from_secs(arguments.seconds);
    let mut routes = Vec::new();
    for question in &questions {
        console::progress(question.name);
        let asked = std::slice::from_ref(question);
        routes.push(load(&server, question.name, asked, arguments.clients, lasts).await?);
    }
    let both: Vec<Question> = questions.iter().filter(|one| ["screen", "lists"].contains(&one.name)).cloned().collect();
    let mut loads = Vec::new();
    for (name, clients) in ["usual load", "overload"].iter().zip(&arguments.overload) {
        console::progress(&format!("{name}: {clients} clients"));
        loads.push(load(&server, name, &both, *clients, lasts).await?);
    }
    let ended = Instant::now();
    let [usual, over] = <[Load; 2]>::try_from(loads).map_err(|_| anyhow::anyhow!("--overload takes two numbers"))?;
    let recovered_ms = loop {
        let begun = Instant::now();
        let mut times = Times::default();
        ask(&server, &both[0], 0, &mut times).await?;
        if times.refused == 0 && begun.elapsed().as_secs_f64() * 1e3 <= usual.p99_ms {
            break ended.elapsed().as_secs_f64() * 1e3;
        }
        ensure!(ended.elapsed() < Duration::from_secs(60), "the server did not recover within a minute");
    };
    server.end().await;
    let ratio = over.p99_ms / usual.p99_ms.max(0.001);
    Ok(Report { rows: arguments.rows, routes, usual, over, ratio, recovered_ms })
}

async fn start(arguments: &BenchLoadArgs, database: &BenchDatabase, folder: &Path) -> anyhow::Result<Server> {
    let own = std::env::current_exe().context("the path of this program")?;
    let program = arguments.program.as_deref().unwrap_or(&own);
    // Everybody is one address and, without sign-in, one person: neither is what is measured. A client that waits opens a connection ahead.
    let settings =
        [("RATE_LIMIT_PER_MINUTE", "0"), ("MAX_CONNECTIONS_PER_ADDRESS", "2000"), ("MAX_CONNECTIONS", "4000")];
    Server::start_program(program, database, folder, &settings).await
}

/// The main routes, about things that there are.
async fn questions(server: &Server) -> anyhow::Result<Vec<Question>> {
    let screen = json!({
        "filters": [{ "field": "revenue", "op": ">", "value": 1_000_000 }],
        "sort": { "by": "revenue", "dir": "desc" },
        "limit": 50,
    });
    let found = server.post("/api/universe/query", &screen).await?;
    let orgnr = found["rows"][0]["orgnr"].as_str().context("no company was found")?.to_owned();
    let lists = server.get("/api/lists?scope=all").await?;
    let list = lists["items"][0]["id"].as_str().context("no list was found")?.to_owned();
    let get = |name, path: &str| Question { name, path: path.to_owned(), body: None };
    let facets = json!({ "limit": 50, "facets": ["sni:2", "county", "legal_form", "size_class"] });
    Ok(vec![
        Question { name: "screen", path: "/api/universe/query".to_owned(), body: Some(screen) },
        Question { name: "screen with facets", path: "/api/universe/query".to_owned(), body: Some(facets) },
        get("search", "/api/companies/search?q=bygg"),
        get("company", &format!("/api/companies/{orgnr}")),
        get("financials", &format!("/api/companies/{orgnr}/financials")),
        get("lists", "/api/lists?scope=all"),
        get("companies of a list", &format!("/api/lists/{list}/items")),
        get("prospects", "/api/prospects?limit=100"),
        get("home", "/api/home"),
        get("status", "/api/status"),
    ])
}

/// Times of answers in milliseconds, and how many were refused.
#[derive(Default)]
struct Times {
    answered: Vec<f64>,
    refused: usize,
}

async fn ask(server: &Server, question: &Question, step: u64, times: &mut Times) -> anyhow::Result<()> {
    let url = format!("{}{}", server.url, question.path);
    let request = match &question.body {
        Some(body) => {
            let mut body = body.clone();
            // A bound that no earlier request had, so that no answer is a kept one.
            if let Some(value) = body.pointer_mut("/filters/0/value") {
                *value = (1_000_000 + step).into();
            }
            server.client.post(url).json(&body)
        }
        None => server.client.get(url),
    };
    let begun = Instant::now();
    let answer = request.send().await?;
    let (status, may_return) = (answer.status().as_u16(), answer.headers().contains_key("retry-after"));
    let body = answer.bytes().await?;
    match status {
        200 => times.answered.push(begun.elapsed().as_secs_f64() * 1e3),
        503 if may_return => times.refused += 1,
        _ => anyhow::bail!("{}: {status} {}", question.path, String::from_utf8_lossy(&body)),
    }
    Ok(())
}

/// So many clients, each of whom asks one of the questions again and again; who is refused comes again after a tenth of a second.
async fn load(
    server: &Server,
    name: &str,
    questions: &[Question],
    clients: u32,
    lasts: Duration,
) -> anyhow::Result<Load> {
    let begun = Instant::now();
    let client = |number: u32| async move {
        let mut times = Times::default();
        let Some(question) = questions.get(number as usize % questions.len().max(1)) else { return Ok(times) };
        let mut step = u64::from(number) * 1_000_003;
        while begun.elapsed() < lasts {
            let refused = times.refused;
            ask(server, question, step, &mut times).await?;
            step += 1;
            if times.refused > refused {
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
        anyhow::Ok(times)
    };
    let all = futures::future::try_join_all((0..clients).map(client)).await?;
    let seconds = begun.elapsed().as_secs_f64();
    let refused = all.iter().map(|times| times.refused).sum();
    let mut answered: Vec<f64> = all.into_iter().flat_map(|times| times.answered).collect();
    ensure!(!answered.is_empty(), "{name}: nothing was answered");
    Ok(Load {
        name: name.to_owned(),
        clients,
        requests_per_second: answered.len() as f64 / seconds,
        p50_ms: share(&mut answered, 0.5),
        p95_ms: share(&mut answered, 0.95),
        p99_ms: share(&mut answered, 0.99),
        refused,
        memory_mib: server.memory_mib(),
    })
}

fn print(report: &Report) {
    console::say(&format!("{} companies", report.rows));
    console::say("| route | clients | requests/s | p50 (ms) | p95 (ms) | p99 (ms) | refused | memory (MiB) |");
    console::say("|---|---|---|---|---|---|---|---|");
    for load in report.routes.iter().chain([&report.usual, &report.over]) {
        console::say(&format!(
            "| {} | {} | {:.0} | {:.1} | {:.1} | {:.1} | {} | {} |",
            load.name,
            load.clients,
            load.requests_per_second,
            load.p50_ms,
            load.p95_ms,
            load.p99_ms,
            load.refused,
            load.memory_mib
        ));
    }
    console::say(&format!(
        "overload: p99 of what is admitted {:.2} times the usual; recovered after {:.0} ms",
        report.ratio, report.recovered_ms
    ));
}
