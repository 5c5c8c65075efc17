//! `lode gate`: every condition of going live, evaluated, in one table that ends in GO or NO-GO.

mod deployment;
mod files;
mod monitoring;
mod table;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use super::{backup_secret, console};
use table::{Condition, Table};

/// Where everything that the conditions are about is.
///
/// A condition whose place is not given does not hold: what was not looked at is no reason to go. Exit status 0: GO; 2: NO-GO.
#[derive(clap::Args)]
pub struct Arguments {
    /// Base URL of staging's API
    #[arg(long)]
    staging: Option<String>,
    /// Base URL of staging's web app (default: staging's API)
    #[arg(long)]
    staging_web: Option<String>,
    /// Token for staging, of an administrator, with the scopes read, write, run and admin
    #[arg(long, env = "LODE_STAGING_TOKEN", hide_env_values = true)]
    staging_token: Option<String>,
    /// Base URL of production's API
    #[arg(long)]
    production: Option<String>,
    /// Base URL of production's web app (default: production's API)
    #[arg(long)]
    production_web: Option<String>,
    /// Token for production, as for staging
    #[arg(long, env = "LODE_PRODUCTION_TOKEN", hide_env_values = true)]
    production_token: Option<String>,
    /// JSON file with the results of the checks of the release: {"commit": …, "lint": "passed", "typecheck": …, "build": …, "tests": …}
    #[arg(long, value_name = "FILE")]
    results: Option<PathBuf>,
    /// Folder of the built web app
    #[arg(long, value_name = "FOLDER")]
    bundle: Option<PathBuf>,
    /// Folder or bucket that backups are kept in
    #[arg(long, env = "BACKUP_TO", value_name = "PLACE")]
    backups: Option<String>,
    #[command(flatten)]
    secret: backup_secret::BackupSecret,
    /// Greatest age of the newest backup, in hours
    #[arg(long, default_value_t = 26)]
    backup_hours: u32,
    /// Greatest age of the last restore that was compared, in days
    #[arg(long, default_value_t = 31)]
    restore_days: u32,
    /// Base URL of Prometheus
    #[arg(long, value_name = "URL")]
    prometheus: Option<String>,
    /// Let production be without TLS or on this machine, for a rehearsal
    #[arg(long)]
    rehearsal: bool,
    /// Print the table as JSON
    #[arg(long)]
    json: bool,
}

/// How long one request may take.
const LIMIT: Duration = Duration::from_secs(20);

/// Evaluates every condition.
///
/// # Errors
/// When the HTTP client cannot be made; a condition that does not hold is no error but exit status 2.
pub async fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let client = reqwest::Client::builder().timeout(LIMIT).build()?;
    let mut table = Table::default();
    files::results(&mut table, arguments.results.as_deref());
    files::bundle(&mut table, arguments.bundle.as_deref());
    let places = [
        ("staging", &arguments.staging, &arguments.staging_web, &arguments.staging_token),
        ("production", &arguments.production, &arguments.production_web, &arguments.production_token),
    ];
    for (name, base, web, token) in places {
        let Some(base) = base.as_deref().map(|base| base.trim_end_matches('/').to_owned()) else {
            for condition in Condition::of_deployment(name) {
                table.note(condition, Err(format!("not looked at: give --{name}")));
            }
            continue;
        };
        let deployment = deployment::Deployment {
            name,
            web: web.as_deref().map(|web| web.trim_end_matches('/').to_owned()),
            token: token.clone().filter(|token| !token.is_empty()),
            client: client.clone(),
            is_rehearsal: arguments.rehearsal,
            base,
        };
        deployment.look(&mut table).await;
    }
    let (place, secret) = (arguments.backups.as_deref(), &arguments.secret);
    files::backups(&mut table, place, secret, arguments.backup_hours, arguments.restore_days).await;
    monitoring::alerts(&mut table, &client, arguments.prometheus.as_deref()).await;
    if arguments.json {
        console::say(&serde_json::to_string_pretty(&table.document())?);
    } else {
        console::say(&table.text());
    }
    Ok(if table.is_go() { ExitCode::SUCCESS } else { ExitCode::from(2) })
}
