//! `lode demo load|generate`: demonstration data into a database, or fictitious companies as text.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};
use store::pool::{PoolSettings, connect};

use super::console;
use super::database_of::database_of;
use crate::demo::generate::{MOST, companies};
use crate::demo::load::{DemoSet, load};
use crate::demo::print::{self, Format};
use config::{Config, without_credentials};

/// What to do with demonstration data.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(clap::Subcommand)]
enum Action {
    /// Load demonstration data into DATABASE_URL, else into the installation that runs on the data directory
    Load {
        /// Real figures of a few companies, or these and 20 000 fictitious ones
        #[arg(value_enum, default_value_t = DemoSet::Full)]
        set: DemoSet,
        /// Data directory of a running installation
        #[arg(long)]
        data_dir: Option<PathBuf>,
    },
    /// Write fictitious companies as text; the same seed gives the same companies everywhere
    Generate {
        /// How many, at most 8 000 000
        #[arg(long, value_parser = clap::value_parser!(u64).range(1..=MOST))]
        companies: u64,
        /// Which ones
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// How they are written
        #[arg(long, value_enum, default_value_t = Format::Csv)]
        format: Format,
        /// File to write (default: standard output)
        #[arg(long)]
        out: Option<PathBuf>,
    },
}

/// Loads or writes demonstration data.
///
/// # Errors
/// When the database cannot be found or fails, or the file cannot be written.
pub async fn run(arguments: Arguments, config: Config) -> anyhow::Result<ExitCode> {
    match arguments.action {
        Action::Load { set, data_dir } => load_into_database(set, data_dir, &config).await,
        Action::Generate { companies, seed, format, out } => {
            let written =
                tokio::task::spawn_blocking(move || generate(companies, seed, format, out.as_deref())).await?;
            written.map(|()| ExitCode::SUCCESS)
        }
    }
}

async fn load_into_database(set: DemoSet, data_dir: Option<PathBuf>, config: &Config) -> anyhow::Result<ExitCode> {
    let data_dir = data_dir.unwrap_or_else(|| config.data_dir.clone());
    let url = database_of(config, &data_dir)?;
    console::progress(&format!("database {}", without_credentials(&url)));
    let pool = connect(&PoolSettings::bulk(&url).named("lode demo")).await?;
    let bar = bar(0, "companies");
    let report = load(&pool, set, |done, total| {
        bar.set_length(total);
        bar.set_position(done);
    })
    .await;
    bar.finish_and_clear();
    pool.close().await;
    let report = report?;
    console::say(&format!(
        "{} reports and companies read in {:.1} s: {} new, {} changed, {} unchanged; {} fiscal periods",
        report.read, report.seconds, report.new, report.changed, report.unchanged, report.periods
    ));
    Ok(ExitCode::SUCCESS)
}

fn generate(count: u64, seed: u64, format: Format, out: Option<&Path>) -> anyhow::Result<()> {
    let mut file: Box<dyn Write> = match out {
        Some(path) => {
            Box::new(std::fs::File::create(path).with_context(|| format!("cannot write {}", path.display()))?)
        }
        None => Box::new(std::io::stdout().lock()),
    };
    let bar = if out.is_some() { bar(count, "companies") } else { ProgressBar::hidden() };
    let mut buffered = BufWriter::with_capacity(1 << 20, &mut file);
    let written = (|| {
        print::begin(&mut buffered, format)?;
        for (index, company) in companies(seed, 0..count).enumerate() {
            print::company(&mut buffered, format, &company)?;
            if index % 4096 == 0 {
                bar.set_position(index as u64);
            }
        }
        buffered.flush()
    })();
    bar.finish_and_clear();
    match written {
        // Whoever read along has seen enough, e.g. `head`.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => other.context("the companies could not be written"),
    }
}

fn bar(length: u64, noun: &'static str) -> ProgressBar {
    let bar = ProgressBar::new(length);
    let template = format!("  {{bar:32}} {{human_pos}}/{{human_len}} {noun} ({{per_sec}}, {{eta}} left)");
    if let Ok(style) = ProgressStyle::with_template(&template) {
        bar.set_style(style);
    }
    bar
}
