//! `lode bench queue`: jobs per second through real worker processes, and how soon a job starts after its commit.
//!
//! Servers of its own are started in a temporary folder, with the disk waited for as in production.

use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context;
use chrono::{DateTime, Utc};
use clap::Args;
use embedded::{Options, Profile, Servers};
use serde::Serialize;
use store::PgPool;
use store::jobs::{probes, queues, read, workers};
use store::pool::{PoolSettings, connect};
use uuid::Uuid;

use super::console;
use jobs::MONITORS;
use jobs::run_probe::{Instead, RunProbe};

/// How much to measure.
#[derive(Args)]
pub struct BenchQueueArgs {
    /// Jobs of each measurement of the rate
    #[arg(long, default_value_t = 20_000, value_parser = clap::value_parser!(u32).range(100..=1_000_000))]
    jobs: u32,
    /// Jobs of each measurement of the latency
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(10..=10_000))]
    starts: u32,
    /// Jobs that each worker runs at once
    #[arg(long, default_value_t = 128, value_parser = clap::value_parser!(u16).range(1..=1000))]
    concurrency: u16,
    /// Numbers of worker processes
    #[arg(long, value_delimiter = ',', default_values_t = [1, 2, 4], value_parser = clap::value_parser!(u8).range(1..=32))]
    workers: Vec<u8>,
    /// Print JSON instead of a table
    #[arg(long)]
    json: bool,
}

/// What was measured.
#[derive(Debug, Serialize)]
struct Report {
    runs: Vec<Measured>,
}

/// With one number of workers.
#[derive(Debug, Serialize)]
struct Measured {
    workers: u8,
    jobs_per_second: f64,
    start_latency_p50_ms: f64,
    start_latency_p95_ms: f64,
}

/// Worker processes that end with this value.
struct Workers(Vec<Child>);

impl Drop for Workers {
    fn drop(&mut self) {
        for worker in &mut self.0 {
            let _ = worker.kill();
            let _ = worker.wait();
        }
    }
}

/// Measures and prints.
///
/// # Errors
/// When the servers or the workers cannot be started, or a measurement takes longer than ten minutes.
pub async fn run(arguments: &BenchQueueArgs) -> anyhow::Result<ExitCode> {
    let folder = tempfile::tempdir().context("there is no temporary folder")?;
    // As root the servers run under another account, which must be able to pass through.
    std::fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o711))?;
    let data_dir = folder.path().join("data");
    let options = Options { data_dir, profile: Profile::Durable, postgres: true, valkey: true };
    let servers = Servers::start(&options, console::progress).await?;
    let measured = measure_all(arguments, &servers, folder.path()).await;
    servers.stop_and_remove().await;
    let report = measured?;
    if arguments.json {
        console::say(&serde_json::to_string_pretty(&report)?);
        return Ok(ExitCode::SUCCESS);
    }
    console::say(&format!("{} jobs that do nothing, {} at once per worker", arguments.jobs, arguments.concurrency));
    console::say(&format!("{:<8} {:>12} {:>18} {:>18}", "workers", "jobs/s", "start p50 (ms)", "start p95 (ms)"));
    for run in &report.runs {
        console::say(&format!(
            "{:<8} {:>12.0} {:>18.1} {:>18.1}",
            run.workers, run.jobs_per_second, run.start_latency_p50_ms, run.start_latency_p95_ms
        ));
    }
    Ok(ExitCode::SUCCESS)
}

async fn measure_all(
    arguments: &BenchQueueArgs,
    servers: &Servers,
    folder: &std::path::Path,
) -> anyhow::Result<Report> {
    let database_url = servers.database_url().context("there is no Postgres")?;
    let redis_url = servers.redis_url().context("there is no Valkey")?;
    let pool = connect(&PoolSettings::bulk(&database_url).named("lode bench")).await?;
    store::schema::migrate(&pool).await?;
    let program = std::env::current_exe().context("this program's own file is not known")?;
    let mut runs = Vec::new();
    for count in &arguments.workers {
        console::progress(&format!("measuring with {count} workers"));
        let mut started = Workers(Vec::new());
        for _ in 0..*count {
            let worker = Command::new(&program)
                .args(["worker", MONITORS, "--url", &redis_url, "--concurrency", &arguments.concurrency.to_string()])
                .env("DATABASE_URL", &database_url)
                .env("LODE_DATA_DIR", folder)
                .env("RUST_LOG", "warn")
                .stdout(Stdio::null())
                .spawn()
                .context("a worker cannot be started")?;
            started.0.push(worker);
        }
        wait_for_workers(&pool, *count).await?;
        let jobs_per_second = measure_rate(&pool, arguments.jobs).await?;
        let mut latencies = measure_starts(&pool, arguments.starts).await?;
        latencies.sort_by(f64::total_cmp);
        let at = |share: f64| {
            latencies.get(((latencies.len() as f64 - 1.0) * share).round() as usize).copied().unwrap_or_default()
        };
        runs.push(Measured {
            workers: *count,
            jobs_per_second,
            start_latency_p50_ms: at(0.5),
            start_latency_p95_ms: at(0.95),
        });
        drop(started);
        // Killed workers are forgotten, so that the next measurement counts its own.
        for worker in workers::alive(&mut *pool.acquire().await?, 3600.0).await? {
            workers::leave(&mut *pool.acquire().await?, worker.id).await?;
        }
    }
    pool.close().await;
    Ok(Report { runs })
}

async fn wait_for_workers(pool: &PgPool, count: u8) -> anyhow::Result<()> {
    let begun = Instant::now();
    loop {
        let alive = workers::alive(&mut *pool.acquire().await?, 60.0).await?;
        if alive.len() >= usize::from(count) && alive.iter().any(|worker| worker.dispatch == "redis") {
            return Ok(());
        }
        anyhow::ensure!(begun.elapsed() < Duration::from_secs(60), "the workers did not start within a minute");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// From the moment the queue is let go until the last job has ended.
async fn measure_rate(pool: &PgPool, count: u32) -> anyhow::Result<f64> {
    let batch = Uuid::now_v7();
    queues::pause(&mut *pool.acquire().await?, MONITORS, None).await?;
    let jobs: Vec<RunProbe> = (0..count.cast_signed()).map(|number| probe(batch, number, Instead::NoRow)).collect();
    queue::enqueue_many(&mut *pool.acquire().await?, &jobs, &queue::Options::default()).await?;
    let subject = format!("probe:{batch}");
    let mut conn = pool.acquire().await?;
    let begun = Instant::now();
    queues::resume(&mut conn, MONITORS).await?;
    while read::has_unfinished(&mut conn, &subject).await? {
        anyhow::ensure!(begun.elapsed() < Duration::from_secs(600), "{count} jobs took longer than ten minutes");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    Ok(f64::from(count) / begun.elapsed().as_secs_f64())
}

/// Milliseconds from the commit of single jobs to the first line of their handler.
async fn measure_starts(pool: &PgPool, count: u32) -> anyhow::Result<Vec<f64>> {
    let batch = Uuid::now_v7();
    let mut committed: Vec<DateTime<Utc>> = Vec::new();
    for number in 0..count.cast_signed() {
        let mut tx = pool.begin().await?;
        queue::enqueue(&mut tx, &probe(batch, number, Instead::Nothing)).await?;
        tx.commit().await?;
        committed.push(Utc::now());
        // Uneven, so that no beat of the worker is met or missed by design.
        tokio::time::sleep(Duration::from_millis(15 + u64::from(number.unsigned_abs() * 7 % 23))).await;
    }
    let subject = format!("probe:{batch}");
    let begun = Instant::now();
    while read::has_unfinished(&mut *pool.acquire().await?, &subject).await? {
        anyhow::ensure!(begun.elapsed() < Duration::from_secs(60), "single jobs did not end within a minute");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let starts = probes::starts(&mut *pool.acquire().await?, batch).await?;
    anyhow::ensure!(starts.len() == committed.len(), "a job left no trace");
    Ok(starts
        .iter()
        .zip(&committed)
        .map(|((_, start), commit)| ((*start - *commit).num_microseconds().unwrap_or(0) as f64 / 1e3).max(0.0))
        .collect())
}

fn probe(batch: Uuid, number: i32, instead: Instead) -> RunProbe {
    RunProbe { batch, number, work_ms: 0, instead }
}
