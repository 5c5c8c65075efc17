//! `lode worker [QUEUE…]`: runs jobs until it is told to stop, then finishes what it has.

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use clap::builder::PossibleValuesParser;
use queue::Settings;
use tokio_util::sync::CancellationToken;

use super::console;
use super::stop::StopSignals;
use crate::wiring::{self, Services};
use config::{Config, without_credentials};
use jobs::QUEUES;

/// Which jobs to run, and how many at once.
///
/// Needs Postgres (DATABASE_URL, or the installation that runs on the data directory). Learns of jobs from Redis where there is
/// one, and looks for them in Postgres where there is none. SIGTERM or Ctrl-C: takes nothing new, gives running jobs 25
/// seconds, hands the rest back; a second signal ends at once.
#[derive(clap::Args)]
pub struct Arguments {
    /// Queues to work on; all of them when none is named
    #[arg(value_name = "QUEUE", value_parser = PossibleValuesParser::new(QUEUES))]
    queues: Vec<String>,
    /// Redis (default: REDIS_URL)
    #[arg(long, value_name = "REDIS_URL")]
    url: Option<String>,
    /// Jobs to run at once
    #[arg(long, env = "LODE_WORKER_CONCURRENCY", default_value_t = 16, value_parser = clap::value_parser!(u16).range(1..=1000))]
    concurrency: u16,
    /// Port for /health, /ready and /metrics; none is opened when not given, and then nobody can read this worker's metrics
    #[arg(long, env = "LODE_WORKER_PORT", value_parser = clap::value_parser!(u16))]
    port: Option<u16>,
    /// Seconds that running jobs get to end after SIGTERM
    #[arg(long, default_value_t = 25, value_parser = clap::value_parser!(u16).range(0..=3600))]
    drain: u16,
}

/// Works until the process is told to stop.
///
/// # Errors
/// When Postgres cannot be reached, the schema is not up to date, Redis' address is wrong, or the port is taken.
pub async fn run(arguments: Arguments, mut config: Config) -> anyhow::Result<ExitCode> {
    super::logging::start_reporting(&config, false, "worker");
    let running = embedded::running::find(&config.data_dir);
    let found_here = config.database_url.is_none();
    let database_url =
        config.database_url.clone().or_else(|| running.as_ref().map(|running| running.database_url.clone())).context(
            "DATABASE_URL is not set, and nothing runs on the data directory; lode worker needs the Postgres of the API",
        )?;
    let redis_url = arguments.url.clone().or_else(|| config.redis_url.clone()).or_else(|| {
        // The Redis of another installation than the Postgres would hand out ids of other jobs.
        running.filter(|_| found_here).and_then(|running| running.redis_url)
    });
    config.database_url = Some(database_url.clone());
    config.redis_url.clone_from(&redis_url);
    let services = Services { database_url, redis_url };
    let mut settings = Settings::new(queues(&arguments.queues), arguments.concurrency.into());
    settings.drain = std::time::Duration::from_secs(arguments.drain.into());
    wiring::install_metrics();
    let limits = api::server::ConnectionLimits::of(&config);
    let worker = wiring::worker(Arc::new(config), &services, settings).await?;
    let mut signals = StopSignals::listen()?;
    let stop = CancellationToken::new();
    if let Some(port) = arguments.port {
        let listener = api::server::listen([0, 0, 0, 0].into(), port).await?;
        console::progress(&format!("health and metrics on port {}", listener.local_addr()?.port()));
        let router = api::worker_router(worker.health(), wiring::BUILD);
        tokio::spawn(api::server::serve_within(listener, router, limits, stop.clone().cancelled_owned()));
    }
    console::say(&format!(
        "ready worker {} on {}, {}",
        worker.id(),
        without_credentials(&services.database_url),
        services.redis_url.as_deref().map_or_else(|| "without Redis".to_owned(), without_credentials)
    ));
    let working = worker.run(stop.clone());
    tokio::pin!(working);
    tokio::select! {
        () = &mut working => return Ok(ExitCode::SUCCESS),
        _ = signals.next() => {
            console::progress("stopping: running jobs get their time; press Ctrl-C again to end at once");
            stop.cancel();
        }
    }
    tokio::select! {
        () = &mut working => Ok(ExitCode::SUCCESS),
        _ = signals.next() => anyhow::bail!("ended at once; what ran is taken up again when its lease has run out"),
    }
}

/// The named queues, or all.
fn queues(named: &[String]) -> Vec<String> {
    let mut queues: Vec<String> = if named.is_empty() { QUEUES.map(str::to_owned).to_vec() } else { named.to_vec() };
    queues.sort();
    queues.dedup();
    queues
}
