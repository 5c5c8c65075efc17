//! `lode smoke …`: does a deployment do what it should? Exit status 0 when every check holds, else 2.

pub(super) mod api;
pub(super) mod auth;
pub(super) mod checks;
pub(super) mod financials;
pub(super) mod frontend;
pub(super) mod worker;

use std::process::ExitCode;
use std::time::Duration;

use serde_json::json;

use super::console;
use checks::Checks;

/// What to check, and where.
#[derive(clap::Args)]
pub struct Arguments {
    /// Which checks
    #[arg(value_enum)]
    what: What,
    /// Base URL of the API
    #[arg(long, env = "VITE_API_BASE_URL")]
    base: String,
    /// Base URL of the web app, where it is hosted apart from the API
    #[arg(long)]
    web: Option<String>,
    /// An organisation number with statements; one is looked up when left out
    #[arg(long)]
    orgnr: Option<String>,
    /// Bearer token, where the deployment asks for one; what the checks write they take back
    #[arg(long, env = "LODE_SMOKE_TOKEN", hide_env_values = true)]
    token: Option<String>,
    /// Print one JSON document instead of a line per check
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum What {
    /// Health, status, database, screening, search, lists and views with clean-up, errors
    Api,
    /// Statements of a company: shape, order, nulls, currencies
    Financials,
    /// The web app: start page, its files, deep links, caching
    Frontend,
    /// Who gets in: anonymous, forged token, the given token, CORS
    Auth,
    /// A worker takes and finishes a job (needs the permission to manage jobs)
    Worker,
    /// Pages of the web app in a headless browser
    Routes,
    /// All of these but the browser's
    All,
}

/// Runs the checks.
///
/// # Errors
/// When the HTTP client cannot be made; a failed check is no error but exit status 2.
pub async fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let base = arguments.base.trim_end_matches('/').to_owned();
    anyhow::ensure!(base.starts_with("http://") || base.starts_with("https://"), "--base must be a URL, not {base:?}");
    let client = reqwest::Client::builder().timeout(Duration::from_secs(20)).build()?;
    let web = arguments.web.as_deref().map_or(base.clone(), |web| web.trim_end_matches('/').to_owned());
    let token = arguments.token.filter(|token| !token.is_empty());
    let mut checks = Checks { client, base, token, outcomes: Vec::new(), is_json: arguments.json };
    let wants = |what| arguments.what == what || arguments.what == What::All;
    if wants(What::Api) {
        api::api(&mut checks).await;
    }
    if wants(What::Financials) {
        financials::financials(&mut checks, arguments.orgnr.as_deref()).await;
    }
    if wants(What::Frontend) {
        frontend::frontend(&mut checks, &web).await;
    }
    if wants(What::Auth) {
        let elsewhere = arguments.web.as_deref().and_then(origin_of);
        auth::auth(&mut checks, elsewhere.as_deref()).await;
    }
    if wants(What::Worker) {
        worker::worker(&mut checks).await;
    }
    if arguments.what == What::Routes {
        frontend::routes(&mut checks, &web).await;
    }
    let failed = checks.failed();
    let passed = checks.outcomes.len() - failed;
    if arguments.json {
        let document = json!({"passed": passed, "failed": failed, "checks": checks.outcomes});
        console::say(&serde_json::to_string_pretty(&document)?);
    } else {
        console::say(&format!("{passed} passed, {failed} failed"));
    }
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

/// Scheme, host and port of a URL, as a browser names the origin of a page.
pub(super) fn origin_of(url: &str) -> Option<String> {
    let origin = reqwest::Url::parse(url).ok()?.origin();
    origin.is_tuple().then(|| origin.ascii_serialization())
}
