//! `lode serve`: the API and the web app on servers that somebody else runs.

use std::net::IpAddr;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;

use super::console;
use super::stop::stop_when_told;
use crate::wiring::{self, Services};
use api::server::{ConnectionLimits, listen, serve_within};
use config::Config;

/// Where to listen.
#[derive(clap::Args)]
pub struct Arguments {
    /// Port (default: PORT or 8080)
    #[arg(long)]
    port: Option<u16>,
    /// Address (default: LODE_BIND or loopback)
    #[arg(long)]
    bind: Option<IpAddr>,
}

/// Serves until the process is told to stop.
///
/// # Errors
/// When a part cannot be reached, the schema is not up to date, or the port is taken.
pub async fn run(arguments: Arguments, mut config: Config) -> anyhow::Result<ExitCode> {
    config.port = arguments.port.unwrap_or(config.port);
    config.bind = arguments.bind.unwrap_or(config.bind);
    super::logging::start(&config, false);
    let database_url = config
        .database_url
        .clone()
        .context("DATABASE_URL is not set; lode serve needs a Postgres (lode up starts one of its own)")?;
    config.check_exposure()?;
    let listener = listen(config.bind, config.port).await?;
    let services = Services { database_url, redis_url: config.redis_url.clone() };
    let state = wiring::app_state(Arc::new(config), &services).await?;
    let found = store::schema::verify(&mut *state.db.acquire().await?).await?;
    if let Some(problem) = found.problems.first() {
        anyhow::bail!("the schema is not what this version expects: {problem}; run lode migrate first");
    }
    super::ask_for_reading(&state.db).await?;
    if state.config.has_accounts()
        && store::users::other_admins(&mut *state.db.acquire().await?, uuid::Uuid::nil()).await? == 0
    {
        tracing::warn!("nobody can sign in as administrator yet: lode admin user add ADDRESS --role admin");
    }
    api::install_metrics();
    let stop = stop_when_told()?;
    console::say(&format!("ready http://{}", listener.local_addr()?));
    let limits = ConnectionLimits::of(&state.config);
    serve_within(listener, api::router(state), limits, stop.cancelled_owned()).await?;
    Ok(ExitCode::SUCCESS)
}
