//! `lode bench screen`: the named queries over generated companies, hot and with the processor's caches swept.

use std::process::ExitCode;

use anyhow::Context;
use clap::Args;
use screen::benchmark::{Report, Settings, run_on};

use super::{bench_screen_duckdb, bench_screen_sql, console};

/// How much to measure.
#[derive(Args)]
pub struct BenchScreenArgs {
    /// Companies to generate
    #[arg(long, default_value_t = 200_000, value_parser = clap::value_parser!(u64).range(1..=9_000_000))]
    rows: u64,
    /// Print JSON instead of a table
    #[arg(long)]
    json: bool,
    /// Hot runs of each query
    #[arg(long, default_value_t = 40, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    runs: u32,
    /// Seed of the generated companies
    #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(u64).range(..u64::MAX))]
    seed: u64,
    /// Worker threads; 0 takes one per processor
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u16).range(..=1024))]
    threads: u16,
    /// What answers: the index, or the same queries on the same companies in another engine, with the index beside it
    #[arg(long, value_enum, default_value_t = Engine::Index)]
    engine: Engine,
}

/// Who answers the queries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Engine {
    /// The screening index
    Index,
    /// Postgres, embedded, with the indexes of the schema
    Postgres,
    /// The duckdb program, where it is on PATH
    Duckdb,
}

/// Measures and prints.
///
/// # Errors
/// When worker threads or the engine cannot be started, or the report cannot be written as JSON.
pub async fn run(arguments: &BenchScreenArgs) -> anyhow::Result<ExitCode> {
    let runs = arguments.runs as usize;
    // A swept run costs a walk over a quarter of a gigabyte, so there are fewer of them.
    let settings = Settings { rows: arguments.rows, runs, cold_runs: runs.div_ceil(3), seed: arguments.seed };
    let threads = usize::from(arguments.threads);
    if arguments.engine == Engine::Duckdb {
        let version = bench_screen_duckdb::version().context(
            "there is no duckdb on PATH to compare with; install its command line program (one file, from its own site or as the \
             Python package duckdb-cli), or use --engine postgres",
        )?;
        console::progress(&format!("DuckDB {version}"));
    }
    let report = tokio::task::spawn_blocking(move || run_on(threads, settings, console::progress)).await??;
    match arguments.engine {
        Engine::Postgres => {
            let measured = bench_screen_sql::run(settings).await?;
            bench_screen_sql::print(&report, "postgres", &measured, arguments.json)?;
        }
        Engine::Duckdb => {
            let measured = tokio::task::spawn_blocking(move || bench_screen_duckdb::run(settings)).await??;
            bench_screen_sql::print(&report, "duckdb", &measured, arguments.json)?;
        }
        Engine::Index if arguments.json => console::say(&serde_json::to_string_pretty(&report)?),
        Engine::Index => table(&report).iter().for_each(|line| console::say(line)),
    }
    Ok(ExitCode::SUCCESS)
}

fn table(report: &Report) -> Vec<String> {
    let mut lines = vec![
        format!("{} companies, {} threads", report.rows, report.threads),
        format!("built in {:.2} s, {:.0} bytes per company", report.build_seconds, report.bytes_per_row),
        format!(
            "{:<20} {:>10} {:>10} {:>10} {:>10} {:>10} {:>12}",
            "query", "hot p50", "hot p95", "hot max", "cold p50", "first", "result"
        ),
    ];
    lines.extend(report.queries.iter().map(|query| {
        format!(
            "{:<20} {:>10.2} {:>10.2} {:>10.2} {:>10.2} {:>10.2} {:>12}",
            query.name,
            query.hot_p50_ms,
            query.hot_p95_ms,
            query.hot_max_ms,
            query.cold_p50_ms,
            query.first_ms,
            query.result
        )
    }));
    lines.push("times in milliseconds".to_owned());
    lines
}
