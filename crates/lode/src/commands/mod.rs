//! The command line: one file per subcommand.

mod admin;
mod backup;
mod backup_secret;
mod bench;
mod bench_database;
mod bench_http;
mod bench_lists;
mod bench_load;
mod bench_pages;
mod bench_parse;
mod bench_queue;
mod bench_screen;
mod bench_screen_duckdb;
mod bench_screen_sql;
mod bench_server;
mod console;
mod database_of;
mod demo;
mod doctor;
mod eval;
mod evidence;
mod gate;
mod health;
mod import;
mod import_explain;
mod import_outage;
mod import_progress;
mod logging;
mod migrate;
mod mirror;
mod openapi;
mod process_cost;
mod restore;
mod scraper;
mod secret_key;
mod serve;
mod services;
mod smoke;
mod stop;
mod up;
mod worker;

use std::process::ExitCode;
use std::sync::LazyLock;

use clap::{Parser, Subcommand};

use config::Config;

/// Company data with traceable figures: import, screen, read.
#[derive(Parser)]
#[command(name = "lode", version = version(), propagate_version = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Start everything on this machine: Postgres, Valkey, migrations, API and web app
    Up(up::Arguments),
    /// Serve the API and the web app (needs DATABASE_URL)
    Serve(serve::Arguments),
    /// Run jobs (needs DATABASE_URL; learns of them from REDIS_URL where there is one)
    Worker(worker::Arguments),
    /// Run the scraper service: fetch from sources into staging (needs DATABASE_URL)
    Scraper(scraper::Arguments),
    /// Apply migrations, then verify the schema
    Migrate(migrate::Arguments),
    /// Write a backup of everything, and read it back
    Backup(backup::Arguments),
    /// Restore a backup into an empty database and compare it, or check that one is whole
    Restore(restore::Arguments),
    /// Write every company and its years as Parquet files, for engines that analyse all of them
    Mirror(mirror::Arguments),
    /// Demonstration data: load it, or write fictitious companies as text
    Demo(demo::Arguments),
    /// Import annual reports, registers or tables, resumably
    Import(import::Arguments),
    /// Run a command on throw-away servers of its own
    Services(services::Arguments),
    /// People, API tokens, the audit log
    Admin(admin::Arguments),
    /// Measure how fast this machine answers
    Bench(bench::Arguments),
    /// Measure an analyst on a golden set
    Eval(eval::Arguments),
    /// Check claims against the evidence that they cite
    Evidence(evidence::Arguments),
    /// Print the API's description
    Openapi(openapi::Arguments),
    /// Ask whether the process on a port of this machine lives (for health checks of containers)
    Health(health::Arguments),
    /// Look at a deployment and say what to do
    Doctor(doctor::Arguments),
    /// Decide whether to go live: every condition, one table, GO or NO-GO
    Gate(gate::Arguments),
    /// Check a running installation
    Smoke(smoke::Arguments),
}

/// As `lode --version` says it.
fn version() -> &'static str {
    static TEXT: LazyLock<String> = LazyLock::new(|| crate::wiring::BUILD.text());
    &TEXT
}

/// Reads the command line and runs it. Exit status 0: done; 1: failed, with the reason on stderr; 2: wrong usage, a
/// failed smoke check, or NO-GO.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // The one provider of cryptography; a second call can only find it installed.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            console::error(&format!("the runtime cannot start: {error}"));
            return ExitCode::FAILURE;
        }
    };
    let ended = runtime.block_on(run(arguments.command));
    crate::error_reports::finish();
    crate::trace_export::finish();
    match ended {
        Ok(code) => code,
        Err(error) => {
            console::error(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Openapi(arguments) => openapi::run(&arguments),
        Command::Eval(arguments) => eval::run(arguments, Config::for_this_machine()?).await,
        Command::Evidence(arguments) => evidence::run(&arguments),
        Command::Admin(arguments) => admin::run(arguments, Config::for_this_machine()?).await,
        Command::Bench(arguments) => bench::run(&arguments).await,
        Command::Services(arguments) => services::run(arguments).await,
        Command::Health(arguments) => health::run(&arguments).await,
        Command::Doctor(arguments) => doctor::run(arguments, Config::for_this_machine()).await,
        Command::Gate(arguments) => gate::run(arguments).await,
        Command::Smoke(arguments) => smoke::run(arguments).await,
        Command::Backup(arguments) => backup::run(arguments, Config::for_this_machine()?).await,
        Command::Restore(arguments) => restore::run(arguments, Config::for_this_machine()?).await,
        Command::Mirror(arguments) => mirror::run(arguments, Config::for_this_machine()?).await,
        Command::Demo(arguments) => demo::run(arguments, Config::for_this_machine()?).await,
        Command::Import(arguments) => import::run(arguments, Config::for_this_machine()?).await,
        Command::Up(arguments) => up::run(arguments, Config::for_this_machine()?).await,
        Command::Serve(arguments) => serve::run(arguments, Config::from_environment()?).await,
        Command::Scraper(arguments) => scraper::run(arguments, Config::from_environment()?).await,
        Command::Migrate(arguments) => migrate::run(arguments, Config::for_this_machine()?).await,
        Command::Worker(arguments) => worker::run(arguments, Config::for_this_machine()?).await,
    }
}

/// After an upgrade that reads packages otherwise, has a worker read again what is kept. Looked for beside the start, which need not wait
/// for a count of every filing.
fn ask_for_reading(db: store::PgPool) {
    tokio::spawn(async move {
        match ::services::filing_readings::ask_for_reading(&db, sources::package::READER_VERSION).await {
            Ok(0) => {}
            Ok(outdated) => console::progress(&format!(
                "{outdated} filings were read by an older version; a worker reads them again"
            )),
            Err(error) => {
                tracing::error!(%error, "no job reads kept filings again; run lode import filings --apply");
            }
        }
    });
}
