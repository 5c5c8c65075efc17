//! `lode doctor`: looks at a deployment part by part, and says what is to be done.

mod certificates;
mod database;
mod redis;
mod server;
mod sign_in;
mod traces;
mod work;

use std::path::PathBuf;
use std::process::ExitCode;

use super::console;
use config::Config;
use services::diagnosis::{self, Finding, Part, Report};

/// Where the deployment is: its settings are read as every command reads them.
///
/// Looks at settings, Postgres, Redis, the artifact store, disk, backups, jobs, the API, certificates, clocks, models, identity providers and the search provider. Nothing is changed
/// but one small file in the artifact store, which is removed again. Exit status 0: nothing to mend now; 2: something is.
#[derive(clap::Args)]
pub struct Arguments {
    /// Base URL of the API (default: LODE_PUBLIC_URL)
    #[arg(long)]
    base: Option<String>,
    /// API token with the scope read, where sign-in is required
    #[arg(long, env = "LODE_SMOKE_TOKEN", hide_env_values = true)]
    token: Option<String>,
    /// Data directory of an installation on this machine; DATABASE_URL wins
    #[arg(long)]
    data_dir: Option<PathBuf>,
    /// Count warnings as failures in the exit status
    #[arg(long)]
    strict: bool,
    /// Print the findings as JSON
    #[arg(long)]
    json: bool,
}

/// Looks at everything. Settings that are wrong are a finding, like everything else.
///
/// # Errors
/// When the findings cannot be written as JSON.
pub async fn run(arguments: Arguments, config: anyhow::Result<Config>) -> anyhow::Result<ExitCode> {
    let mut report = Report::default();
    match config {
        Ok(mut config) => {
            if let Some(data_dir) = &arguments.data_dir {
                config.data_dir.clone_from(data_dir);
            }
            super::logging::start(&config, true);
            look(&arguments, &config, &mut report).await;
        }
        Err(error) => {
            let remedy = ".env.example says what each setting may be; correct the environment or .env";
            report.note([Finding::failure(Part::Settings, format!("{error:#}"), remedy)]);
            report.note(server::look(arguments.base.as_deref(), arguments.token.as_deref()).await);
        }
    }
    console::say(&if arguments.json { serde_json::to_string_pretty(&report.document())? } else { report.text() });
    Ok(if report.is_well(arguments.strict) { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

async fn look(arguments: &Arguments, config: &Config, report: &mut Report) {
    let running = embedded::running::find(&config.data_dir).filter(|_| config.database_url.is_none());
    let database_url =
        config.database_url.clone().or_else(|| running.as_ref().map(|running| running.database_url.clone()));
    let redis_url = config.redis_url.clone().or_else(|| running.as_ref().and_then(|running| running.redis_url.clone()));
    let here = running.and_then(|running| running.http_url);
    let base = arguments.base.clone().or_else(|| config.public_url.clone()).or(here);

    report.note([Finding::well(Part::Settings, "every setting is right"), exposure(config), diagnosis::mail(config)]);
    report.note(sign_in::look(config).await);
    report.note([traces::look(config.traces.as_ref()).await]);
    report.note(diagnosis::look_at_disks(config));
    let pool = match &database_url {
        Some(url) => {
            let (findings, pool) = database::look(url, config).await;
            report.note(findings);
            pool
        }
        None => {
            let found = format!("DATABASE_URL is not set, and nothing runs on {}", config.data_dir.display());
            report.note([Finding::failure(
                Part::Database,
                found,
                "set DATABASE_URL, or start everything with lode up",
            )]);
            None
        }
    };
    match &pool {
        Some(pool) => report.note(work::look(pool, config).await),
        None => report.note(database::unknown()),
    }
    report.note(redis::look(redis_url.as_deref(), config.redis_ca_file.as_deref()).await);
    report.note(server::look(base.as_deref(), arguments.token.as_deref()).await);
    let addresses: Vec<&str> = [&base, &database_url, &redis_url].into_iter().filter_map(Option::as_deref).collect();
    report.note(certificates::look(&addresses).await);
    if let Some(pool) = pool {
        pool.close().await;
    }
}

/// Who may use the installation, and whether what they send is encrypted on the way.
fn exposure(config: &Config) -> Finding {
    if let Err(error) = config.check_exposure() {
        return Finding::failure(
            Part::Exposure,
            "everybody who reaches the port may do everything",
            format!("{error}"),
        );
    }
    if config.allow_unauthenticated_network && !config.require_auth {
        let remedy = "REQUIRE_AUTH=true, unless something else really keeps strangers out";
        return Finding::warning(Part::Exposure, "sign-in is off (LODE_ALLOW_UNAUTHENTICATED_NETWORK)", remedy);
    }
    match &config.public_url {
        Some(url) if url.starts_with("http://") && !diagnosis::is_local(url) => {
            let remedy = "put a proxy with TLS before the API (deploy/caddy, deploy/nginx) and set LODE_PUBLIC_URL to its https:// address";
            Finding::failure(Part::Exposure, format!("people reach {url} unencrypted"), remedy)
        }
        _ if config.require_auth => Finding::well(Part::Exposure, "sign-in is required"),
        _ => Finding::well(Part::Exposure, "only this machine reaches it"),
    }
}
