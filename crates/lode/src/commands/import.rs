//! `lode import filings|register|scb|accounts|companies PATH…`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use embedded::{Options, Profile, Servers};
use serde_json::json;
use store::PgPool;
use store::imports::Ending;
use store::pool::{PoolSettings, connect};
use tokio_util::sync::CancellationToken;

use super::console;
use super::import_progress::Bar;
use artifacts::Artifacts;
use config::{Config, without_credentials};
use ingest::report::Summary;
use ingest::reread::{self, Mode, RereadReport, Which};
use ingest::{Done, ImportKind, ImportRequest};

/// Everything was read, and something was rejected.
pub(super) const SOME_REJECTED: u8 = 3;
/// Stopped by Ctrl-C.
const INTERRUPTED: u8 = 130;

/// What to import, and from where.
///
/// Goes on where it stopped when the same files are imported again after a kill, Ctrl-C or an error. Exit status: 0 all was
/// taken; 3 all was read, but something was rejected (the report says what); 1 it could not be finished; 2 wrong usage;
/// 130 stopped by Ctrl-C.
#[derive(clap::Args)]
pub struct Arguments {
    /// What the files hold
    #[arg(value_enum)]
    kind: Kind,
    /// Files and folders; filings may be packages, archives of packages, and archives of those
    #[arg(required_unless_present_any = ["check", "apply"], value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How the columns of a table are called (accounts and companies)
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// Count what would happen; write nothing but the report
    #[arg(long)]
    dry_run: bool,
    /// Read the filings that are kept again with this version's reader and say what would change; writes nothing
    #[arg(long, conflicts_with_all = ["paths", "mapping", "dry_run"])]
    check: bool,
    /// As --check, and take over what changed, with its lineage
    #[arg(long, conflicts_with_all = ["paths", "mapping", "dry_run", "check"])]
    apply: bool,
    /// Show what tables will be read as (columns, units, what is left out, the first rows); open no database and write nothing
    #[arg(long, conflicts_with = "dry_run")]
    explain: bool,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
    /// Data directory of the installation, running or not; DATABASE_URL wins
    #[arg(long)]
    data_dir: Option<PathBuf>,
    /// Items per transaction
    #[arg(long, default_value_t = 4000, value_parser = clap::value_parser!(u16).range(1..=4000), hide = true)]
    batch: u16,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Kind {
    /// Annual reports: packages as the register delivers them
    Filings,
    /// Bolagsverket's bulk file of organisations
    Register,
    /// SCB's bulk file of companies
    Scb,
    /// Answers of Bolagsverket's API about organisations (JSON, one after another)
    Organisations,
    /// A table of accounts, or answers of Regnskapsregisteret (JSON)
    Accounts,
    /// A table of companies, or entities of Enhetsregisteret (JSON)
    Companies,
}

/// Runs the import.
///
/// # Errors
/// When a path or the mapping cannot be read, or the database or the artifact store fails.
pub async fn run(arguments: Arguments, config: Config) -> anyhow::Result<ExitCode> {
    super::logging::start(&config, true);
    let kind = match arguments.kind {
        Kind::Filings => ImportKind::Filings,
        Kind::Register => ImportKind::Register,
        Kind::Scb => ImportKind::Scb,
        Kind::Organisations => ImportKind::Organisations,
        Kind::Accounts => ImportKind::Accounts,
        Kind::Companies => ImportKind::Companies,
    };
    anyhow::ensure!(
        kind == ImportKind::Filings || !(arguments.check || arguments.apply),
        "only filings are kept as files that can be read again; write lode import filings --check"
    );
    if arguments.explain {
        return super::import_explain::run(kind, &arguments.paths, arguments.mapping.as_deref(), arguments.json);
    }
    let data_dir = arguments.data_dir.clone().unwrap_or_else(|| config.data_dir.clone());
    let request = ImportRequest {
        kind,
        paths: arguments.paths,
        mapping: arguments.mapping,
        is_dry_run: arguments.dry_run,
        batch: arguments.batch.into(),
    };
    let artifacts = artifacts(&config, &data_dir)?;
    let (pool, servers) = database(&config, &data_dir).await?;
    let cancel = CancellationToken::new();
    let on_interrupt = cancel.clone();
    let listener = tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            console::progress("stopping after this batch; the same command goes on from there");
            on_interrupt.cancel();
        }
    });
    if arguments.check || arguments.apply {
        let mode = if arguments.apply { Mode::Apply } else { Mode::Check };
        let outcome = reread::run(&pool, &artifacts, Which::All, mode, &cancel, &|_| ()).await;
        listener.abort();
        pool.close().await;
        if let Some(servers) = servers {
            servers.stop().await;
        }
        return tell_reread(&outcome?, mode, arguments.json);
    }
    let bar = Bar::new(arguments.json);
    let patience = super::import_outage::PATIENCE;
    let outcome = super::import_outage::run(&pool, &artifacts, &request, &cancel, &bar, patience).await;
    bar.finish();
    listener.abort();
    pool.close().await;
    if let Some(servers) = servers {
        servers.stop().await;
    }
    let done = outcome?;
    print(&request, &done, arguments.json)?;
    Ok(match (done.ending, done.report.rejected) {
        (Ending::Completed, 0) => ExitCode::SUCCESS,
        (Ending::Completed, _) => ExitCode::from(SOME_REJECTED),
        (Ending::Cancelled, _) => ExitCode::from(INTERRUPTED),
        (Ending::Failed, _) => ExitCode::FAILURE,
    })
}

/// Where packages are kept: the store that is set, else a folder of the installation.
pub(super) fn artifacts(config: &Config, data_dir: &Path) -> anyhow::Result<Artifacts> {
    match &config.artifact_store_url {
        Some(url) => Artifacts::open(url),
        None => Artifacts::in_folder(&data_dir.join("artifacts")),
    }
}

/// Exit status 3 tells that some filings could not be read again.
fn tell_reread(report: &RereadReport, mode: Mode, as_json: bool) -> anyhow::Result<ExitCode> {
    if as_json {
        let whole = json!({ "applied": mode == Mode::Apply, "report": report });
        console::say(&serde_json::to_string_pretty(&whole)?);
    } else {
        let nothing = if mode == Mode::Check { " (nothing was written)" } else { "" };
        console::say(format!("reader version {}{nothing}\n{report}", report.reader_version).trim_end());
    }
    Ok(if report.failed == 0 { ExitCode::SUCCESS } else { ExitCode::from(SOME_REJECTED) })
}

/// DATABASE_URL, else the installation that runs on the data directory, else its servers started for the duration.
async fn database(config: &Config, data_dir: &Path) -> anyhow::Result<(PgPool, Option<Servers>)> {
    let (url, servers) = match (&config.database_url, embedded::running::find(data_dir)) {
        (Some(url), _) => (url.clone(), None),
        (None, Some(running)) => (running.database_url, None),
        (None, None) => {
            let options =
                Options { data_dir: data_dir.to_owned(), profile: Profile::Durable, postgres: true, valkey: false };
            let servers = Servers::start(&options, console::progress).await?;
            (servers.database_url().unwrap_or_default(), Some(servers))
        }
    };
    console::progress(&format!("database {}", without_credentials(&url)));
    let pool = connect(&PoolSettings::bulk(&url))
        .await
        .with_context(|| format!("cannot connect to {}", without_credentials(&url)))?;
    if servers.is_some() {
        store::schema::migrate(&pool).await.context("a migration failed; nothing of it was kept")?;
    }
    let level = store::schema::level(&mut *pool.acquire().await?).await?;
    anyhow::ensure!(level.is_some(), "the database has no tables yet; run lode migrate");
    // Before anything is written: what is written belongs to the feed of this server.
    let known = store::change_feed::recognise(&mut *pool.acquire().await?).await;
    known.context("the change feed cannot be read; is the schema older than this program? Then run lode migrate")?;
    Ok((pool, servers))
}

fn print(request: &ImportRequest, done: &Done, as_json: bool) -> anyhow::Result<()> {
    let (kind, status) = (request.kind.name(), done.ending.as_str());
    if !as_json {
        let summary = Summary {
            kind,
            status,
            is_dry_run: request.is_dry_run,
            report: &done.report,
            rejections: &done.rejections,
        };
        console::say(summary.to_string().trim_end());
        return Ok(());
    }
    let rejections: Vec<_> = done
        .rejections
        .iter()
        .map(|r| {
            json!({ "file": r.file, "item": r.item, "place": r.place, "reason": r.reason, "remedy": r.remedy, "sample": r.sample })
        })
        .collect();
    let whole = json!({
        "id": done.id, "kind": kind, "status": status, "is_dry_run": request.is_dry_run,
        "report": done.report, "rejections": rejections,
    });
    console::say(&serde_json::to_string_pretty(&whole)?);
    Ok(())
}
