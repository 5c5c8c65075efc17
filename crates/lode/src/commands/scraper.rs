//! `lode scraper`: the scraper service, a process, port and API of its own.

use std::net::IpAddr;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::console;
use super::stop::stop_when_told;
use crate::wiring;
use api::server::{ConnectionLimits, listen, serve_within};
use config::{Config, DEFAULT_SCRAPER_PORT};
use outbound::website_turns::WebsiteTurns;
use scraper::{self, Scraper};

/// Where to listen.
#[derive(clap::Args)]
pub struct Arguments {
    /// Port (default: SCRAPER_PORT or 8081)
    #[arg(long)]
    port: Option<u16>,
    /// Address (default: LODE_BIND or loopback)
    #[arg(long)]
    bind: Option<IpAddr>,
}

/// Serves and works until the process is told to stop.
///
/// # Errors
/// When a part cannot be reached, the schema is not up to date, or the port is taken.
pub async fn run(arguments: Arguments, mut config: Config) -> anyhow::Result<ExitCode> {
    let port = arguments.port.or(config.scraper.port).unwrap_or(DEFAULT_SCRAPER_PORT);
    config.bind = arguments.bind.unwrap_or(config.bind);
    super::logging::start_reporting(&config, false, "scraper");
    let database_url = config
        .database_url
        .clone()
        .context("DATABASE_URL is not set; lode scraper needs a Postgres (lode up starts one of its own)")?;
    config.check_exposure()?;
    let listener = listen(config.bind, port).await?;
    let db = wiring::connect_database(&database_url, "lode scraper").await?;
    let found = store::schema::verify(&mut *db.acquire().await?).await?;
    if let Some(problem) = found.problems.first() {
        anyhow::bail!("the schema is not what this version expects: {problem}; run lode migrate first");
    }
    db.close().await;
    wiring::install_metrics();
    let stop = stop_when_told()?;
    console::say(&format!("ready http://{}", listener.local_addr()?));
    serve(listener, Arc::new(config), &database_url, stop).await?;
    Ok(ExitCode::SUCCESS)
}

/// Serves the API and does the work until `stop`.
///
/// # Errors
/// When the database or the artifact store cannot be reached.
pub async fn serve(
    listener: TcpListener,
    config: Arc<Config>,
    database_url: &str,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let db = wiring::connect_pool(database_url, "lode scraper", config.process.scraper_pool).await?;
    api::watch_pool("scraper", &db);
    let web = crawl::Web::new().context("the crawler cannot be made")?.sharing(WebsiteTurns::new(db.clone()));
    let scraper = Arc::new(Scraper::new(
        db.clone(),
        wiring::open_artifacts(&config)?,
        Arc::new(web),
        config.scraper.clone(),
        config.data_dir.join("scraper"),
    )?);
    let working = tokio::spawn(scraper::run::run(Arc::clone(&scraper), stop.clone()));
    let limits = ConnectionLimits::of(&config);
    let state = wiring::scraper_state(db, database_url, config, scraper.artifacts.clone())?;
    let (router, told) = (api::scraper_router(state, scraper), stop.clone().cancelled_owned());
    let served = serve_within(listener, router, limits, told).await;
    stop.cancel();
    // Work stops between two commits; what does not within five seconds goes on from its last one.
    let _ = tokio::time::timeout(std::time::Duration::from_secs(5), working).await;
    served
}
