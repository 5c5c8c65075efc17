//! `lode migrate [--verify]`: brings the schema up to date, then compares it with what this binary expects.

use std::path::PathBuf;
use std::process::ExitCode;

use store::pool::{PoolSettings, connect};

use super::console;
use super::database_of::database_of;
use config::{Config, without_credentials};

/// Which database: DATABASE_URL, else the installation that runs on the data directory.
#[derive(clap::Args)]
pub struct Arguments {
    /// Change nothing, only compare
    #[arg(long)]
    verify: bool,
    /// Data directory of a running installation
    #[arg(long)]
    data_dir: Option<PathBuf>,
}

/// Migrates and verifies.
///
/// # Errors
/// When the database cannot be found or reached, or a migration fails.
pub async fn run(arguments: Arguments, config: Config) -> anyhow::Result<ExitCode> {
    super::logging::start(&config, true);
    let data_dir = arguments.data_dir.unwrap_or_else(|| config.data_dir.clone());
    let url = database_of(&config, &data_dir)?;
    console::progress(&format!("database {}", without_credentials(&url)));
    let pool = connect(&PoolSettings::bulk(&url).named("lode migrate")).await?;
    if !arguments.verify {
        store::schema::migrate(&pool).await?;
    }
    let found = store::schema::verify(&mut *pool.acquire().await?).await?;
    if found.problems.is_empty() {
        let reader = sources::package::READER_VERSION;
        let outdated = store::filing_readings::outdated(&mut *pool.acquire().await?, reader).await?;
        if outdated > 0 {
            console::progress(&format!(
                "{outdated} filings were read by an older version; see what changes with lode import filings --check, take \
                 it over with --apply"
            ));
        }
    }
    pool.close().await;
    for problem in &found.problems {
        console::error(problem);
    }
    if !found.problems.is_empty() {
        anyhow::bail!("the schema is not what this version expects ({} problems)", found.problems.len());
    }
    console::say(&format!("schema verified at migration {}", found.applied.unwrap_or(0)));
    Ok(ExitCode::SUCCESS)
}
