//! `lode up`: everything on this machine, with embedded servers, until Ctrl-C.

use std::io::IsTerminal;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{ExitCode, Stdio};
use std::sync::Arc;

use anyhow::Context;
use chrono::Utc;
use embedded::running::{self, Running};
use embedded::{Options, Profile, Servers};
use store::pool::{PoolSettings, connect};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::stop::stop_when_told;
use super::{backup_secret, console};
use crate::backup;
use crate::demo::load::{DemoSet, load};
use crate::wiring::{self, Services};
use api::server::{ConnectionLimits, listen, serve_within};
use config::{Config, DEFAULT_SCRAPER_PORT, without_credentials};
use jobs::QUEUES;
use services::accounts::invite_user::first_administrator;

/// Jobs that the worker of this process runs at once.
const UP_CONCURRENCY: usize = 8;
const UP_DRAIN: std::time::Duration = std::time::Duration::from_secs(5);

/// Backups before a migration that are kept.
const KEPT_BACKUPS: usize = 3;

/// How to start.
#[derive(clap::Args)]
pub struct Arguments {
    /// Port of the API and web app; 0 for any free one (default: PORT or 8080)
    #[arg(long)]
    port: Option<u16>,
    /// Where everything is kept (default: LODE_DATA_DIR or ~/.local/share/lode)
    #[arg(long)]
    data_dir: Option<PathBuf>,
    /// Demonstration data, loaded once into an empty installation
    #[arg(long, value_enum, default_value_t = Demo::None)]
    demo: Demo,
    /// Do not run jobs in this process; start `lode worker` beside it
    #[arg(long)]
    no_worker: bool,
    /// Do not write a backup before the schema is brought up to date
    #[arg(long)]
    no_backup: bool,
    #[command(flatten)]
    secret: backup_secret::BackupSecret,
    /// Do not open a browser
    #[arg(long)]
    no_open: bool,
}

/// Which demonstration data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Demo {
    /// None.
    None,
    /// Real figures of a few companies.
    Small,
    /// These and 20 000 fictitious companies.
    Full,
}

/// Starts everything, serves until Ctrl-C or SIGTERM, stops everything.
///
/// # Errors
/// When the data directory is in use, the port is taken, or a server cannot be started; with the remedy.
pub async fn run(arguments: Arguments, mut config: Config) -> anyhow::Result<ExitCode> {
    let stop = stop_when_told()?;
    config.port = arguments.port.unwrap_or(config.port);
    if let Some(data_dir) = &arguments.data_dir {
        config.data_dir.clone_from(data_dir);
    }
    super::logging::start_reporting(&config, std::io::stderr().is_terminal(), "up");
    config.check_exposure()?;
    // First, because it fails at once where the rest takes seconds.
    refuse_second_start(&config.data_dir)?;
    let listener = listen(config.bind, config.port).await?;
    let scraper = listen_for_scraper(&mut config, listener.local_addr()?).await?;

    let options = Options {
        data_dir: config.data_dir.clone(),
        profile: Profile::Durable,
        postgres: config.database_url.is_none(),
        valkey: config.redis_url.is_none(),
    };
    console::progress(&format!("data directory {}", config.data_dir.display()));
    let servers = tokio::select! {
        started = Servers::start(&options, console::progress) => started?,
        () = stop.cancelled() => return Ok(ExitCode::SUCCESS),
    };
    config.data_dir = servers.data_dir().to_owned();
    super::secret_key::ensure(&config)?;
    let finished = serve(&servers, listener, scraper, config, &arguments, &stop).await;
    running::remove(servers.data_dir());
    console::progress("stopping");
    servers.stop().await;
    finished.map(|()| ExitCode::SUCCESS)
}

/// The scraper service's port: the one that is set, or the default one, or any that is free. The web app is told of it, and
/// the service lets the web app in.
async fn listen_for_scraper(config: &mut Config, web: SocketAddr) -> anyhow::Result<tokio::net::TcpListener> {
    let listener = match config.scraper.port {
        Some(port) => listen(config.bind, port).await?,
        // Beside a web app on any free port there may be a second installation.
        None if config.port == 0 => listen(config.bind, 0).await?,
        None => match listen(config.bind, DEFAULT_SCRAPER_PORT).await {
            Ok(listener) => listener,
            Err(_) => listen(config.bind, 0).await?,
        },
    };
    let own = browser_url(listener.local_addr()?);
    config.scraper.public_url.get_or_insert(own);
    for origin in [browser_url(web), format!("http://localhost:{}", web.port())] {
        if !config.cors_origins.contains(&origin) {
            config.cors_origins.push(origin);
        }
    }
    Ok(listener)
}

fn refuse_second_start(data_dir: &Path) -> anyhow::Result<()> {
    let Some(running) = running::find(data_dir) else { return Ok(()) };
    Err(embedded::Error::InUse { data_dir: data_dir.to_owned(), pid: running.pid, url: running.http_url }.into())
}

async fn serve(
    servers: &Servers,
    listener: tokio::net::TcpListener,
    scraper: tokio::net::TcpListener,
    config: Config,
    arguments: &Arguments,
    stop: &CancellationToken,
) -> anyhow::Result<()> {
    let services = Services {
        database_url: config.database_url.clone().or_else(|| servers.database_url()).context("there is no Postgres")?,
        redis_url: config.redis_url.clone().or_else(|| servers.redis_url()),
    };
    let data_dir = servers.data_dir().to_owned();
    let mut entry = Running {
        pid: std::process::id(),
        database_url: services.database_url.clone(),
        redis_url: services.redis_url.clone(),
        http_url: None,
        started_at: Utc::now().to_rfc3339(),
    };
    running::write(&data_dir, &entry)?;
    let address = listener.local_addr()?;
    let url = browser_url(address);
    let config = Arc::new(config);
    let prepared = async {
        back_up_before_migration(&services.database_url, &config, &arguments.secret, arguments.no_backup).await?;
        migrate(&services.database_url).await?;
        load_demo(&services.database_url, arguments.demo).await?;
        let state = wiring::app_state(config.clone(), &services).await?;
        super::ask_for_reading(state.db.clone());
        wiring::install_metrics();
        let first_administrator = match state.config.has_accounts() {
            true => {
                let domains = &state.identity.account_domains;
                first_administrator(&state.db, domains, &state.config.admin_email, Utc::now()).await?
            }
            false => None,
        };
        let worker = start_worker(arguments, Arc::clone(&config), &services, stop.clone()).await?;
        anyhow::Ok((state, first_administrator, worker))
    };
    let (state, first_administrator, worker) = tokio::select! {
        prepared = prepared => prepared?,
        () = stop.cancelled() => return Ok(()),
    };
    let origin = state.config.public_url.clone().unwrap_or_else(|| url.clone());
    let limits = ConnectionLimits::of(&state.config);
    let server = tokio::spawn(serve_within(listener, api::router(state), limits, stop.clone().cancelled_owned()));
    // Its end does not end the rest: everything else works without the scraper service.
    let database_url = services.database_url.clone();
    let told = stop.clone();
    let scraping = tokio::spawn(async move {
        if let Err(error) = super::scraper::serve(scraper, config, &database_url, told).await {
            tracing::error!(error = format!("{error:#}"), "the scraper service ended");
        }
    });
    if is_ready(&url, &server, stop).await? {
        entry.http_url = Some(url.clone());
        running::write(&data_dir, &entry)?;
        if let Some(link) = first_administrator {
            // For whoever sees this terminal: it is not written into the log.
            console::say(&format!(
                "first administrator: open {origin}{} (once, until {})",
                link.path(),
                link.expires_at
            ));
        }
        console::say(&format!("ready {url}"));
        if !api::has_web_app() {
            console::progress("this binary was built without the web app; the API is at /api/docs");
        } else if !arguments.no_open {
            open_browser(&url);
        }
    }
    let served = server.await.context("the server ended")?;
    // The server may also have ended by itself; then the rest is told here.
    stop.cancel();
    if let Some(worker) = worker {
        let _ = worker.await;
    }
    let _ = scraping.await;
    served
}

/// The worker of this process, until `stop`.
async fn start_worker(
    arguments: &Arguments,
    config: Arc<Config>,
    services: &Services,
    stop: CancellationToken,
) -> anyhow::Result<Option<JoinHandle<()>>> {
    if arguments.no_worker {
        return Ok(None);
    }
    let mut settings = queue::Settings::new(QUEUES.map(str::to_owned).to_vec(), UP_CONCURRENCY);
    // Somebody at a terminal waits for the end.
    settings.drain = UP_DRAIN;
    let worker = wiring::worker(config, services, settings).await?;
    Ok(Some(tokio::spawn(worker.run(stop))))
}

/// Before the schema changes, the way back: the database as it was, beside the data. Artifacts never change and are not copied.
async fn back_up_before_migration(
    database_url: &str,
    config: &Config,
    secret: &backup_secret::BackupSecret,
    is_declined: bool,
) -> anyhow::Result<()> {
    let pool = connect(&PoolSettings::bulk(database_url).named("lode migrate")).await?;
    let level = store::schema::level(&mut *pool.acquire().await?).await?;
    pool.close().await;
    let Some(level) = level.filter(|level| *level < store::schema::latest()) else { return Ok(()) };
    if is_declined {
        return Ok(());
    }
    let place = config.data_dir.join("backups");
    console::progress(&format!("a backup before the schema goes from {level} to {}", store::schema::latest()));
    let to = secret.open(&place.display().to_string(), false).await?;
    let plan = backup::write::Plan { database_url, artifacts: None, config, to: &to, progress: console::progress };
    let written = backup::write::run(&plan).await.with_context(|| {
        format!(
            "nothing was changed, because the backup before the migration failed; free space or mend {}, or start with --no-backup",
            place.display()
        )
    })?;
    backup::write::forget_old(&to, KEPT_BACKUPS).await?;
    console::progress(&format!("backup {} in {}", written.name, place.display()));
    Ok(())
}

async fn migrate(database_url: &str) -> anyhow::Result<()> {
    console::progress(&format!("applying migrations to {}", without_credentials(database_url)));
    let pool = connect(&PoolSettings::bulk(database_url).named("lode migrate")).await?;
    store::schema::migrate(&pool).await?;
    let found = store::schema::verify(&mut *pool.acquire().await?).await?;
    pool.close().await;
    match found.problems.first() {
        None => Ok(()),
        Some(problem) => anyhow::bail!("the schema is not what this version expects: {problem}"),
    }
}

/// Loads demonstration data into an installation that holds no company yet.
async fn load_demo(database_url: &str, demo: Demo) -> anyhow::Result<()> {
    let set = match demo {
        Demo::None => return Ok(()),
        Demo::Small => DemoSet::Small,
        Demo::Full => DemoSet::Full,
    };
    let pool = connect(&PoolSettings::bulk(database_url).named("lode demo")).await?;
    let is_empty = store::status::counts(&mut *pool.acquire().await?)
        .await?
        .iter()
        .any(|(table, count)| *table == "companies" && *count == Some(0));
    if is_empty {
        console::progress("loading demonstration data");
        let told = std::sync::atomic::AtomicU64::new(0);
        load(&pool, set, |done, of| {
            // Every tenth, so that a log holds ten lines and not thousands.
            let tenth = (done * 10).checked_div(of).unwrap_or(0);
            if told.fetch_max(tenth, std::sync::atomic::Ordering::Relaxed) < tenth {
                console::progress(&format!("demonstration data: {done} of {of} companies"));
            }
        })
        .await
        .context("the demonstration data could not be loaded; start again, or use --demo none")?;
    }
    pool.close().await;
    Ok(())
}

/// Asks our own `/ready` until it says yes, so that "ready" is never said too early. `false` when it was stopped before that.
async fn is_ready(
    url: &str,
    server: &JoinHandle<anyhow::Result<()>>,
    stop: &CancellationToken,
) -> anyhow::Result<bool> {
    let client = reqwest::Client::builder().no_proxy().build()?;
    let mut last = String::new();
    for attempt in 0_u32.. {
        if stop.is_cancelled() || server.is_finished() {
            // The caller awaits the server and reports how it ended.
            return Ok(false);
        }
        match client.get(format!("{url}/ready")).send().await {
            Ok(answer) if answer.status().is_success() => return Ok(true),
            Ok(answer) => {
                let said = answer.text().await.unwrap_or_default();
                if said != last && attempt > 20 {
                    console::progress(&format!("waiting: {said}"));
                    last = said;
                }
            }
            Err(error) => anyhow::ensure!(attempt < 100, "our own address {url} does not answer: {error}"),
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    Ok(false)
}

/// The address for a browser on this machine.
fn browser_url(address: SocketAddr) -> String {
    let port = address.port();
    match address.ip() {
        ip if ip.is_unspecified() => format!("http://127.0.0.1:{port}"),
        std::net::IpAddr::V6(ip) => format!("http://[{ip}]:{port}"),
        std::net::IpAddr::V4(ip) => format!("http://{ip}:{port}"),
    }
}

/// Opens a browser where a person sits at this machine; never fails.
fn open_browser(url: &str) {
    let has_screen = cfg!(target_os = "macos")
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()));
    if !has_screen || !std::io::stdout().is_terminal() {
        return;
    }
    let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let _ = std::process::Command::new(opener)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
}
