//! `lode mirror`: every company and its years as Parquet files in a folder or a bucket.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use artifacts::Files;
use chrono::Utc;
use services::mirror;

use super::console;
use super::database_of::database_of;
use crate::wiring::connect_database;
use config::Config;

/// Companies between two lines of progress.
const TELL_EVERY: u64 = 100_000;

/// Where the mirror is written.
///
/// The database is read in one state while everything goes on. `manifest.json` names the files and is replaced last; the mirror before
/// stays for whoever still reads it, older ones are removed. See docs/mirror.md for the schema.
#[derive(clap::Args)]
pub struct Arguments {
    /// Folder or bucket (s3://bucket/prefix) of mirrors, and of nothing else
    #[arg(long, env = "MIRROR_TO", value_name = "PLACE")]
    to: String,
    /// Data directory of a running installation; DATABASE_URL wins
    #[arg(long)]
    data_dir: Option<PathBuf>,
    /// Print the manifest as JSON
    #[arg(long)]
    json: bool,
}

/// Writes one mirror.
///
/// # Errors
/// When the database cannot be read or the place cannot be written; the mirror that was there stays the newest.
pub async fn run(arguments: Arguments, mut config: Config) -> anyhow::Result<ExitCode> {
    super::logging::start(&config, true);
    if let Some(data_dir) = arguments.data_dir {
        config.data_dir = data_dir;
    }
    let database_url = database_of(&config, &config.data_dir)?;
    let to = Files::open(&arguments.to).context("--to")?;
    let work = tempfile::tempdir().context("cannot make a temporary folder")?;
    let db = connect_database(&database_url, "lode mirror").await?;
    let told = |done: u64| {
        if done.is_multiple_of(TELL_EVERY) {
            console::progress(&format!("{done} companies"));
        }
    };
    let manifest = mirror::write(&db, &to, work.path(), Utc::now(), told).await?;
    if arguments.json {
        console::say(&serde_json::to_string_pretty(&manifest)?);
        return Ok(ExitCode::SUCCESS);
    }
    let tables: Vec<String> = manifest
        .tables
        .iter()
        .map(|table| {
            let bytes: u64 = table.files.iter().map(|file| file.bytes).sum();
            format!("{} {} in {} files of {bytes} bytes", table.rows, table.name, table.files.len())
        })
        .collect();
    console::say(&format!("mirror {} in {}: {}", manifest.folder, to.place(), tables.join(", ")));
    Ok(ExitCode::SUCCESS)
}
