//! `lode restore`: a backup into an empty database and an artifact store, compared with what it held; or only checked.

use std::process::ExitCode;

use anyhow::Context;
use serde_json::json;

use super::{backup_secret, console};
use crate::backup::restore::{self, Plan};
use crate::backup::{manifest::Manifest, read};
use crate::wiring;
use config::Config;

/// Which backup, and into what: DATABASE_URL must be an empty database.
///
/// A backup that was cut short or altered is refused before anything is written. The database is filled whole or stays empty, then
/// every table is compared with what the backup says. Exit status 0 only when all of it agrees.
#[derive(clap::Args)]
pub struct Arguments {
    /// Folder or bucket that backups are kept in
    #[arg(long, env = "BACKUP_TO", value_name = "PLACE")]
    from: String,
    #[command(flatten)]
    secret: backup_secret::BackupSecret,
    /// Name of the backup, such as lode-20260101T023000000Z (default: the newest)
    #[arg(long)]
    name: Option<String>,
    /// Only check that the backup is whole; no database is touched
    #[arg(long)]
    check: bool,
    /// Leave the artifact store alone, as for a drill in another database
    #[arg(long)]
    without_artifacts: bool,
    /// Print the outcome as JSON
    #[arg(long)]
    json: bool,
}

/// Checks, and restores unless only that was asked for.
///
/// # Errors
/// When there is no whole backup, the database is not empty, or what came out differs.
pub async fn run(arguments: Arguments, config: Config) -> anyhow::Result<ExitCode> {
    super::logging::start(&config, true);
    let from = arguments.secret.open(&arguments.from, false).await?;
    let backup = match arguments.name {
        Some(name) => name,
        None => read::backups(&from)
            .await?
            .pop()
            .with_context(|| format!("there is no backup in {}; lode backup --to writes one", from.name()))?,
    };
    if arguments.check {
        let manifest = read::check(&from, &backup).await?;
        return tell(&backup, &manifest, None, arguments.json);
    }
    let database_url =
        config.database_url.clone().context("DATABASE_URL is not set; it names the empty database to restore into")?;
    let store = if arguments.without_artifacts { None } else { Some(wiring::open_artifacts(&config)?) };
    let plan = Plan {
        from: &from,
        backup: &backup,
        database_url: &database_url,
        artifacts: store.as_ref(),
        progress: console::progress,
    };
    let (manifest, restored) = restore::run(&plan).await?;
    if manifest.migration < store::schema::latest() {
        console::progress(&format!("the backup is of migration {}; run lode migrate", manifest.migration));
    }
    tell(&backup, &manifest, Some(&restored), arguments.json)
}

fn tell(
    backup: &str,
    manifest: &Manifest,
    restored: Option<&read::Restored>,
    as_json: bool,
) -> anyhow::Result<ExitCode> {
    if as_json {
        let whole = json!({ "name": backup, "whole": true, "manifest": manifest, "restored": restored });
        console::say(&serde_json::to_string_pretty(&whole)?);
        return Ok(ExitCode::SUCCESS);
    }
    let rows: i64 = manifest.tables.iter().map(|table| table.rows).sum();
    let of = format!(
        "{backup} of {} (migration {}, Postgres {})",
        manifest.created_at.to_rfc3339(),
        manifest.migration,
        manifest.server_version
    );
    console::say(&match restored {
        None => format!("whole: {of}: {} tables, {rows} rows", manifest.tables.len()),
        Some(restored) => format!(
            "restored {of}: {} tables, {} rows, all equal, in {:.1} s",
            restored.tables, restored.rows, restored.seconds
        ),
    });
    Ok(ExitCode::SUCCESS)
}
