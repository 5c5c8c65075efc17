//! `lode backup`: the database, the artifact store and the settings, written to a folder or a bucket and read back.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use serde_json::json;

use super::database_of::database_of;
use super::{backup_secret, console};
use crate::backup::write::{self, Plan};
use crate::wiring;
use config::Config;

/// What to back up, and to where.
///
/// The database is dumped in one snapshot while everything goes on; each file of the artifact store is copied once. Exit status 0 only
/// when everything was read back and agrees with its checksums.
#[derive(clap::Args)]
pub struct Arguments {
    /// Folder or bucket (s3://bucket/prefix) that backups are kept in
    #[arg(long, env = "BACKUP_TO", value_name = "PLACE")]
    to: String,
    /// Refuse to write a backup that is not encrypted; a key or passphrase that is given encrypts without this, too
    #[arg(long, env = "BACKUP_ENCRYPT", action = clap::ArgAction::Set, num_args = 0..=1, require_equals = true, default_value_t = false, default_missing_value = "true", value_parser = clap::builder::BoolishValueParser::new())]
    encrypt: bool,
    #[command(flatten)]
    secret: backup_secret::BackupSecret,
    /// How many backups to keep; 0 keeps all
    #[arg(long, default_value_t = 30)]
    keep: usize,
    /// Leave the artifact store out, where a bucket has versions and copies of its own
    #[arg(long)]
    without_artifacts: bool,
    /// Write the time and size of the backup there, for node-exporter's text files
    #[arg(long, env = "METRICS_FILE", value_name = "FILE")]
    metrics_file: Option<PathBuf>,
    /// Data directory of a running installation; DATABASE_URL wins
    #[arg(long)]
    data_dir: Option<PathBuf>,
    /// Print what was written as JSON
    #[arg(long)]
    json: bool,
}

/// Writes one backup.
///
/// # Errors
/// When something cannot be read or written, or does not read back.
pub async fn run(arguments: Arguments, mut config: Config) -> anyhow::Result<ExitCode> {
    super::logging::start(&config, true);
    if let Some(data_dir) = arguments.data_dir {
        config.data_dir = data_dir;
    }
    let database_url = database_of(&config, &config.data_dir)?;
    let to = arguments.secret.open(&arguments.to, arguments.encrypt).await?;
    let store = if arguments.without_artifacts { None } else { Some(wiring::open_artifacts(&config)?) };
    let plan = Plan {
        database_url: &database_url,
        artifacts: store.as_ref(),
        config: &config,
        to: &to,
        progress: console::progress,
    };
    let written = write::run(&plan).await?;
    let forgotten = match arguments.keep {
        0 => Vec::new(),
        keep => write::forget_old(&to, keep).await?,
    };
    if let Some(file) = &arguments.metrics_file {
        write_metrics(file, written.manifest.database.bytes)?;
    }
    if arguments.json {
        let whole = json!({ "name": written.name, "encrypted": to.is_encrypted(), "manifest": written.manifest, "forgotten": forgotten });
        console::say(&serde_json::to_string_pretty(&whole)?);
        return Ok(ExitCode::SUCCESS);
    }
    let rows: i64 = written.manifest.tables.iter().map(|table| table.rows).sum();
    let artifacts = written.manifest.artifacts.as_ref().map_or_else(
        || "the artifact store left out".to_owned(),
        |sum| format!("{} artifacts of {} bytes", sum.count, sum.bytes),
    );
    console::say(&format!(
        "backup {} in {}{}: {} tables, {rows} rows, {} bytes; {artifacts}; read back{}",
        written.name,
        to.name(),
        if to.is_encrypted() { ", encrypted" } else { "" },
        written.manifest.tables.len(),
        written.manifest.database.bytes,
        if forgotten.is_empty() { String::new() } else { format!("; {} old ones removed", forgotten.len()) }
    ));
    Ok(ExitCode::SUCCESS)
}

/// Written beside and renamed, so that nobody reads half of it.
fn write_metrics(file: &std::path::Path, bytes: u64) -> anyhow::Result<()> {
    let text = format!(
        "# HELP lode_backup_success_timestamp_seconds When the last backup was written and read back.\n\
         # TYPE lode_backup_success_timestamp_seconds gauge\n\
         lode_backup_success_timestamp_seconds {}\n\
         # HELP lode_backup_bytes Size of the last backup without the artifact store.\n\
         # TYPE lode_backup_bytes gauge\n\
         lode_backup_bytes {bytes}\n",
        chrono::Utc::now().timestamp()
    );
    let new = file.with_extension("new");
    std::fs::write(&new, text).with_context(|| format!("cannot write {}", new.display()))?;
    std::fs::rename(&new, file).with_context(|| format!("cannot write {}", file.display()))
}
