//! `lode serve`: the API and the web app on servers that somebody else runs.

use std::net::IpAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use tokio_util::sync::CancellationToken;

use super::console;
use super::stop::{Stop, StopSignals};
use crate::wiring::{self, Services};
use api::server::{Bound, ConnectionLimits, serve_within};
use api::state::AppState;
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

/// Opens the port when the index is loaded and serves until the process is told to stop. SIGTERM: `/ready` says no for
/// UNREADY_SECONDS while requests are answered, then the port closes and running requests have DRAIN_SECONDS. Ctrl-C leaves out the
/// first; a second signal ends at once.
///
/// # Errors
/// When a part cannot be reached, the schema is not up to date, or the port is taken.
pub async fn run(arguments: Arguments, mut config: Config) -> anyhow::Result<ExitCode> {
    config.port = arguments.port.unwrap_or(config.port);
    config.bind = arguments.bind.unwrap_or(config.bind);
    super::logging::start_reporting(&config, false, "api");
    let database_url = config
        .database_url
        .clone()
        .context("DATABASE_URL is not set; lode serve needs a Postgres (lode up starts one of its own)")?;
    config.check_exposure()?;
    // Taken at once, because a taken port fails at once where the rest takes seconds; opened when there is something to say.
    let port = Bound::new(config.bind, config.port)?;
    let mut signals = StopSignals::listen()?;
    let services = Services { database_url, redis_url: config.redis_url.clone() };
    let state = wiring::app_state(Arc::new(config), &services).await?;
    let found = store::schema::verify(&mut *state.db.acquire().await?).await?;
    if let Some(problem) = found.problems.first() {
        anyhow::bail!("the schema is not what this version expects: {problem}; run lode migrate first");
    }
    super::ask_for_reading(state.db.clone());
    if state.config.has_accounts()
        && store::users::other_admins(&mut *state.db.acquire().await?, uuid::Uuid::nil()).await? == 0
    {
        tracing::warn!("nobody can sign in as administrator yet: lode admin user add ADDRESS --role admin");
    }
    wiring::install_metrics();
    let times = state.config.process.clone();
    tokio::select! {
        () = until_prepared(&state, times.start_wait) => {}
        _ = signals.next() => return Ok(ExitCode::SUCCESS),
    }
    let listener = port.open()?;
    console::say(&format!("ready http://{}", listener.local_addr()?));
    let limits = ConnectionLimits::of(&state.config);
    let (process, close) = (Arc::clone(&state.process), CancellationToken::new());
    let serving = serve_within(listener, api::router(state), limits, close.clone().cancelled_owned());
    tokio::pin!(serving);
    let signal = tokio::select! {
        served = &mut serving => return served.map(|()| ExitCode::SUCCESS),
        signal = signals.next() => signal,
    };
    process.leave();
    // Somebody at a terminal waits for the end; a proxy needs time to see that it is near.
    let unready = if signal == Stop::Interrupt { Duration::ZERO } else { times.unready };
    let (unready_seconds, drain_seconds) = (unready.as_secs(), times.drain.as_secs());
    tracing::info!(unready_seconds, drain_seconds, "told to stop: not ready any more, requests are still answered");
    let leaving = async {
        tokio::time::sleep(unready).await;
        close.cancel();
        std::future::pending::<()>().await;
    };
    tokio::select! {
        served = &mut serving => served?,
        () = leaving => {}
        _ = signals.next() => anyhow::bail!("ended at once by a second signal"),
    }
    Ok(ExitCode::SUCCESS)
}

/// Waits until the screening index answers and half of the connections to Postgres are open: a proxy that only connects sends nothing
/// before that, and the first second of requests waits for neither. Not for ever, because whoever looks for the reason asks this
/// port.
async fn until_prepared(state: &AppState, at_most: Duration) {
    let prepared = async {
        let half = state.db.options().get_max_connections() / 2;
        let opened = futures::future::join_all((0..half).map(|_| state.db.acquire())).await;
        if let Some(Err(error)) = opened.into_iter().find(Result::is_err) {
            tracing::warn!(%error, "not every connection to Postgres could be opened in advance");
        }
        while !state.index.is_ready() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    if tokio::time::timeout(at_most, prepared).await.is_err() && !at_most.is_zero() {
        tracing::warn!(
            seconds = at_most.as_secs(),
            "the screening index is not loaded yet; the port opens all the same"
        );
    }
}
