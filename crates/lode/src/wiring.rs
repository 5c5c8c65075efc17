//! Puts the parts of a running process together from the settings.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;
use queue::{Settings, Worker};
use store::PgPool;
use store::pool::{PoolSettings, connect, connect_lazy};

use crate::redis_client;
use api::process::Process;
use api::state::AppState;
use artifacts::Artifacts;
use config::{Build, Config};
use identity::Identity;
use identity::jwks::Policy;
use outbound::website_turns::WebsiteTurns;
use services::live::Live;
use services::models::Models;
use universe::index::ScreenIndex;
use worker::JobState;
use worker::watch_screens::senders;

/// Where the services of this process are, once it is known.
#[derive(Clone, Debug)]
pub struct Services {
    /// Postgres, with its password.
    pub database_url: String,
    /// Redis or Valkey, with its password.
    pub redis_url: Option<String>,
}

/// Connects to Postgres for serving requests.
///
/// # Errors
/// When the server cannot be reached or refuses us; the address is named without its password.
pub async fn connect_database(database_url: &str, application_name: &str) -> anyhow::Result<PgPool> {
    connect_pool(database_url, application_name, DEFAULT_POOL).await
}

/// Connections of a command, which no setting says.
const DEFAULT_POOL: u32 = 8;

/// As [`connect_database`], with at most so many connections.
///
/// # Errors
/// As [`connect_database`].
pub async fn connect_pool(database_url: &str, application_name: &str, size: u32) -> anyhow::Result<PgPool> {
    connect(&PoolSettings::serving(database_url).named(application_name).sized(size))
        .await
        .with_context(|| format!("cannot connect to {}", config::without_credentials(database_url)))
}

/// Which build this is: what `build.rs` found out.
pub const BUILD: Build = Build { version: env!("CARGO_PKG_VERSION"), commit: option_env!("LODE_BUILD_COMMIT") };

/// Starts collecting metrics, with the build's name as the first, and says in the log what begins.
pub fn install_metrics() {
    api::install_metrics();
    api::note_build(&BUILD);
    tracing::info!(version = BUILD.version, commit = BUILD.commit, pid = std::process::id(), "lode starts");
}

/// What `/ready` and `/health` speak of, with a connection to Postgres of its own.
fn process(database_url: &str) -> anyhow::Result<Arc<Process>> {
    let probe = connect_lazy(&PoolSettings::probing(database_url))?;
    api::watch_pool("probe", &probe);
    Ok(Arc::new(Process::new(BUILD, probe)))
}

/// Opens the artifact store that the settings name.
///
/// # Errors
/// When it cannot be opened.
pub fn open_artifacts(config: &Config) -> anyhow::Result<Artifacts> {
    match &config.artifact_store_url {
        Some(url) => Artifacts::open(url),
        None => Artifacts::in_folder(&config.data_dir.join("artifacts")),
    }
}

fn open_redis(config: &Config, services: &Services) -> anyhow::Result<Option<redis::Client>> {
    services.redis_url.as_deref().map(|url| redis_client::open(url, config.redis_ca_file.as_deref())).transpose()
}

/// Everything that request handlers need.
///
/// # Errors
/// When Postgres or the artifact store cannot be reached. Redis is optional: the API reads without it.
pub async fn app_state(config: Arc<Config>, services: &Services) -> anyhow::Result<AppState> {
    let db = connect_pool(&services.database_url, "lode serve", config.process.database_pool).await?;
    api::watch_pool("requests", &db);
    let process = process(&services.database_url)?;
    let artifacts = open_artifacts(&config)?;
    let redis = open_redis(&config, services)?;
    let identity = Arc::new(Identity::from_config(&config, Policy::default())?);
    if !identity.sealer.has_key() {
        tracing::warn!(
            "no key seals secrets: signing keys and secrets of webhooks stand readable in the database, and no second factor can be \
             added; set LODE_SECRET_KEY or LODE_SECRET_KEY_FILE (openssl rand -hex 32)"
        );
    }
    tokio::spawn(seal_audit_log(db.clone()));
    tokio::spawn(tidy_accounts(db.clone()));
    // The index keeps a file in the data folder, so that a restart need not read every row of Postgres.
    let index = ScreenIndex::start(db.clone(), Some(config.data_dir.join("index")));
    // A mail server that cannot be used is told of at the start, not by the first email.
    senders(&config)?;
    let models = Arc::new(Models::new(&config, redis.clone(), db.clone(), artifacts.clone()));
    let live = Live::new(db.clone());
    live.start();
    Ok(AppState { db, index, live, identity, artifacts, redis, models, config, process, started: Instant::now() })
}

/// What the scraper service's handlers need: the same identities, but no screening index and no queue.
///
/// # Errors
/// When the settings of identity cannot be used.
pub fn scraper_state(
    db: PgPool,
    database_url: &str,
    config: Arc<Config>,
    artifacts: Artifacts,
) -> anyhow::Result<AppState> {
    let process = process(database_url)?;
    let identity = Arc::new(Identity::from_config(&config, Policy::default())?);
    let index = ScreenIndex::idle(db.clone());
    let models = Arc::new(Models::new(&config, None, db.clone(), artifacts.clone()));
    let live = Live::new(db.clone());
    Ok(AppState { db, index, live, identity, artifacts, redis: None, models, config, process, started: Instant::now() })
}

/// How long an event of the audit log waits for its seal at most.
const SEAL_EVERY: Duration = Duration::from_secs(5);

/// Seals the audit log for as long as the process lives. Several processes may do so at once.
async fn seal_audit_log(db: PgPool) {
    let mut ticks = tokio::time::interval(SEAL_EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let sealed = async { store::audit::seal(&mut *db.acquire().await?).await }.await;
        match sealed {
            Ok(0) => {}
            Ok(count) => tracing::debug!(count, "sealed events of the audit log"),
            Err(sqlx::Error::PoolClosed) => return,
            Err(error) => tracing::error!(%error, "the audit log could not be sealed; it is tried again"),
        }
    }
}

/// Removes old sessions, links and counts of failures, hourly.
async fn tidy_accounts(db: PgPool) {
    let mut ticks = tokio::time::interval(Duration::from_secs(3600));
    loop {
        ticks.tick().await;
        let done = async { store::accounts::prune(&mut *db.acquire().await?).await }.await;
        match done {
            Ok(()) => {}
            Err(sqlx::Error::PoolClosed) => return,
            Err(error) => tracing::warn!(%error, "old sessions could not be removed; it is tried again"),
        }
    }
}

/// A worker that runs every kind of job.
///
/// # Errors
/// When Postgres or the artifact store cannot be reached, the schema is older than this program, Redis' address is wrong, or
/// its certificate is not believed. A Redis that is silent is no error.
pub async fn worker(config: Arc<Config>, services: &Services, mut settings: Settings) -> anyhow::Result<Worker> {
    // Each running job may hold a connection for a moment; the worker's own tasks hold five.
    let needed = u32::try_from(settings.concurrency).unwrap_or(u32::MAX).clamp(2, 20) + 6;
    let most = config.process.worker_pool.unwrap_or(needed);
    let pool = PoolSettings::serving(&services.database_url).named("lode worker");
    let db = connect(&PoolSettings { max_connections: most, ..pool })
        .await
        .with_context(|| format!("cannot connect to {}", config::without_credentials(&services.database_url)))?;
    let found = store::schema::verify(&mut *db.acquire().await?).await?;
    if let Some(problem) = found.problems.first() {
        anyhow::bail!("the schema is not what this version expects: {problem}; run lode migrate first");
    }
    // Before anything is written: what is written belongs to the feed of this server.
    store::change_feed::recognise(&mut *db.acquire().await?).await?;
    let redis = open_redis(&config, services)?;
    if let (Some(client), Some(url)) = (&redis, &services.redis_url) {
        redis_client::check_certificate(client, url).await?;
    }
    api::watch_pool("jobs", &db);
    settings.version = BUILD.text();
    settings.name = store::process_name::process_name();
    let artifacts = open_artifacts(&config)?;
    // Opened when the first import runs.
    let bulk = connect_lazy(&PoolSettings::bulk(&services.database_url).named("lode worker import"))?;
    api::watch_pool("import", &bulk);
    let models = Arc::new(Models::new(&config, redis.clone(), db.clone(), artifacts.clone()));
    let registry = worker::registry(Arc::new(JobState {
        db: db.clone(),
        bulk,
        artifacts,
        models,
        search: services::search::provider(&config, db.clone()),
        web: Arc::new(crawl::Web::new()?.sharing(WebsiteTurns::new(db.clone()))),
        config,
    }))?;
    Ok(Worker::new(db, redis, registry, settings))
}
