//! `lode bench pages`: what every route that a page calls costs, at several sizes of the register.
//!
//! A person looks at a page, not at a country: a route may cost more only as far as it shows more. The command fails where
//! one does not keep to that; times alone never fail it, so that it says the same on a slow machine.

mod growth;
mod questions;
mod server;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::ensure;
use clap::Args;
use serde_json::{Map, Value, json};
use store::generated_load::Amounts;

use super::bench_database::BenchDatabase;
use super::console;
use growth::{Cost, Fault};
use questions::Question;
use server::Server;

/// How much to measure.
#[derive(Args)]
pub struct BenchPagesArgs {
    /// Companies in the register, one measurement each, rising
    #[arg(long, value_delimiter = ',', default_value = "20000,200000", value_parser = clap::value_parser!(u64).range(1_000..=9_000_000))]
    sizes: Vec<u64>,
    /// Fiscal years of each company
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(i32).range(1..=20))]
    years: i32,
    /// Lists of fifty companies
    #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(i32).range(1..=10_000))]
    lists: i32,
    /// Companies of the list that is made from a screen and opened
    #[arg(long, default_value_t = 5_000, value_parser = clap::value_parser!(u64).range(100..=100_000))]
    list: u64,
    /// Prospects in the pipeline
    #[arg(long, default_value_t = 20_000, value_parser = clap::value_parser!(i32).range(1..=1_000_000))]
    prospects: i32,
    /// Rows of activity
    #[arg(long, default_value_t = 200_000, value_parser = clap::value_parser!(i32).range(1..=10_000_000))]
    activity: i32,
    /// Users
    #[arg(long, default_value_t = 500, value_parser = clap::value_parser!(i32).range(1..=10_000))]
    users: i32,
    /// Runs of analyses
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(i32).range(1..=10_000))]
    runs: i32,
    /// How often each route is asked
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(3..=1_000))]
    repeat: u32,
    /// Measure only routes whose name holds this text
    #[arg(long)]
    only: Option<String>,
    /// Seed of the generated companies
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Print JSON instead of a table
    #[arg(long)]
    json: bool,
}

/// What a route cost at one size.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Measured {
    p50_ms: f64,
    p95_ms: f64,
    /// Of the quickest call: what other work on the machine disturbs least.
    least_ms: f64,
    /// Rows and index entries that Postgres read for one call.
    rows_read: f64,
    /// Bytes of the answer, or companies that the call was about: what is shown.
    shown: f64,
}

/// A route with its cost at each size that was measured.
struct Route {
    name: String,
    cost: Cost,
    sizes: Vec<(u64, Measured)>,
}

impl Route {
    /// The cost at the least and at the largest size.
    fn ends(&self) -> Option<((u64, Measured), (u64, Measured))> {
        match self.sizes.as_slice() {
            [first, .., last] => Some((*first, *last)),
            _ => None,
        }
    }
}

/// Measures and prints; fails where a route grows with the register.
///
/// # Errors
/// When Postgres cannot be started, the server refuses a request, or sizes are too near one another to tell growth.
pub async fn run(arguments: &BenchPagesArgs) -> anyhow::Result<ExitCode> {
    ensure!(arguments.sizes.is_sorted_by(|a, b| a < b), "--sizes must rise");
    if let [first, .., last] = arguments.sizes.as_slice() {
        ensure!(
            last / first >= growth::LEAST_FACTOR,
            "the largest of --sizes is at least {} times the least",
            growth::LEAST_FACTOR
        );
    }
    let mut routes: Vec<Route> = Vec::new();
    let mut quickest = Vec::new();
    for size in &arguments.sizes {
        let (idle_ms, measured) = at_size(arguments, *size).await?;
        quickest.push(idle_ms);
        for (question, cost) in measured {
            match routes.iter_mut().find(|route| route.name == question.name) {
                Some(route) => route.sizes.push((*size, cost)),
                None => routes.push(Route { name: question.name, cost: question.cost, sizes: vec![(*size, cost)] }),
            }
        }
    }
    let idle_ms = quickest.iter().copied().fold(0.0, f64::max);
    let faults: Vec<(String, Fault)> = routes
        .iter()
        .filter_map(|route| {
            let (first, last) = route.ends()?;
            growth::judge(route.cost, first, last, idle_ms).map(|fault| (route.name.clone(), fault))
        })
        .collect();
    print(arguments, &routes, &faults)?;
    Ok(if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What the quickest route takes at this size, and every question with its cost.
async fn at_size(arguments: &BenchPagesArgs, companies: u64) -> anyhow::Result<(f64, Vec<(Question, Measured)>)> {
    let database = BenchDatabase::with_companies(companies, arguments.seed).await?;
    let measured = on_database(arguments, &database, companies).await;
    database.remove().await;
    measured
}

async fn on_database(
    arguments: &BenchPagesArgs,
    database: &BenchDatabase,
    companies: u64,
) -> anyhow::Result<(f64, Vec<(Question, Measured)>)> {
    let begun = Instant::now();
    let amounts = Amounts {
        lists: arguments.lists,
        prospects: arguments.prospects,
        activity: arguments.activity,
        users: arguments.users,
        runs: arguments.runs,
        years: arguments.years,
    };
    store::generated_load::fill(&mut *database.pool.acquire().await?, amounts).await?;
    console::progress(&format!("filled in {:.1} s", begun.elapsed().as_secs_f64()));
    let folder = tempfile::tempdir()?;
    let server = Server::start(&database.url, folder.path()).await?;
    let measured = every_question(arguments, &server, companies).await;
    server.stop().await;
    measured
}

async fn every_question(
    arguments: &BenchPagesArgs,
    server: &Server,
    companies: u64,
) -> anyhow::Result<(f64, Vec<(Question, Measured)>)> {
    let list = arguments.list.min(companies / 4);
    let mut questions = questions::all(server, list).await?;
    if let Some(only) = &arguments.only {
        questions.retain(|question| question.name.contains(only.as_str()));
    }
    let mut idle = Vec::new();
    for _ in 0..arguments.repeat {
        idle.push(server.get("/health").await?.took_ms);
    }
    console::progress(&format!("asking {} questions of {companies} companies", questions.len()));
    let mut measured = Vec::new();
    for question in questions {
        let cost = ask(server, &question, arguments.repeat).await?;
        measured.push((question, cost));
    }
    Ok((share(&mut idle, 0.5), measured))
}

/// Asks once unmeasured, which fills caches as a page that is open does, then over and over.
async fn ask(server: &Server, question: &Question, repeat: u32) -> anyhow::Result<Measured> {
    let repeat = if question.writes { repeat.min(5) } else { repeat };
    question.ask(server).await?;
    let (mut times, mut rows, mut shown) = (Vec::new(), Vec::new(), 0.0);
    for _ in 0..repeat {
        // One by one: the median leaves out what the server's own tasks read meanwhile.
        let before = server.rows_read().await?;
        let answer = question.ask(server).await?;
        rows.push((server.rows_read().await? - before) as f64);
        times.push(answer.took_ms);
        shown = answer.shown;
    }
    Ok(Measured {
        p50_ms: share(&mut times, 0.5),
        p95_ms: share(&mut times, 0.95),
        least_ms: share(&mut times, 0.0),
        rows_read: share(&mut rows, 0.5),
        shown,
    })
}

fn share(times: &mut [f64], share: f64) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get((times.len().saturating_sub(1) as f64 * share).round() as usize).copied().unwrap_or(0.0)
}

pub(super) fn milliseconds(took: Duration) -> f64 {
    (took.as_secs_f64() * 1e6).round() / 1e3
}

fn print(arguments: &BenchPagesArgs, routes: &[Route], faults: &[(String, Fault)]) -> anyhow::Result<()> {
    let fault_of = |name: &str| faults.iter().find(|(route, _)| route == name).map(|(_, fault)| fault.to_string());
    if arguments.json {
        let routes: Vec<Value> = routes.iter().map(|route| as_json(route, fault_of(&route.name))).collect();
        let faults: Vec<String> = faults.iter().map(|(name, fault)| format!("{name}: {fault}")).collect();
        console::say(&serde_json::to_string_pretty(&json!({ "routes": routes, "faults": faults }))?);
        return Ok(());
    }
    console::say(
        "of one call, one client: p50 and p95 in milliseconds, rows read in Postgres; ! grows with the register",
    );
    let sizes = arguments.sizes.iter().map(|size| format!("{:>26}", format!("{size} companies"))).collect::<String>();
    console::say(&format!("{:<58}{sizes} {:>8} {:>8} {:>8}", "", "× p50", "× rows", "× shown"));
    for route in routes {
        let costs: String = route
            .sizes
            .iter()
            .map(|(_, cost)| format!("{:>8.1} {:>8.1} {:>8.0}", cost.p50_ms, cost.p95_ms, cost.rows_read))
            .collect();
        let factors = route.ends().map_or_else(String::new, |((_, first), (_, last))| {
            let of = |value: fn(&Measured) -> f64| growth::factor(value(&first), value(&last));
            format!(
                " {:>8.1} {:>8.1} {:>8.1}",
                of(|cost| cost.p50_ms),
                of(|cost| cost.rows_read),
                of(|cost| cost.shown)
            )
        });
        let mark = if fault_of(&route.name).is_some() { "!" } else { " " };
        console::say(&format!("{mark} {:<56}{costs}{factors}", route.name));
    }
    for (name, fault) in faults {
        console::say(&format!("{name}: {fault}"));
    }
    Ok(())
}

fn as_json(route: &Route, fault: Option<String>) -> Value {
    let sizes: Map<String, Value> = route
        .sizes
        .iter()
        .map(|(size, cost)| {
            let cost = json!({ "p50_ms": cost.p50_ms, "p95_ms": cost.p95_ms, "rows_read": cost.rows_read as i64, "shown": cost.shown as i64 });
            (size.to_string(), cost)
        })
        .collect();
    let growth = route.ends().map(|((_, first), (_, last))| {
        json!({
            "p50": growth::factor(first.p50_ms, last.p50_ms),
            "rows_read": growth::factor(first.rows_read, last.rows_read),
            "shown": growth::factor(first.shown, last.shown),
        })
    });
    json!({ "name": route.name, "sizes": sizes, "growth": growth, "fault": fault })
}
