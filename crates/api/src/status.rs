//! What runs here, what it holds, what it can do, and how it is set up.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::state::AppState;
use artifacts::Artifacts;
use config::Config;
use services::control_jobs;
use services::installation::{self, TABLES, Totals};
use universe::index::IndexStatus;

/// Answer of `/api/status`.
#[derive(Debug, Serialize, ToSchema)]
pub struct Status {
    /// `ok`, or `degraded` when a part does not answer, or the index differs from Postgres or was not compared with it.
    pub status: &'static str,
    /// Version of the program.
    pub version: &'static str,
    /// Commit that it was built from; null in a development build.
    pub commit: Option<&'static str>,
    /// Always `postgres`.
    pub db_source: &'static str,
    /// Whether Postgres answers.
    pub db_ok: bool,
    /// Which tables are there.
    pub tables_ok: BTreeMap<String, bool>,
    /// Rows per table.
    pub counts: BTreeMap<String, i64>,
    /// The queue's server.
    pub redis: RedisStatus,
    /// The screening index of this process.
    pub index: IndexStatus,
    /// How fresh the data is.
    pub data: DataStatus,
    /// Seconds since the process was wired.
    pub uptime_seconds: u64,
}

/// Whether Redis or Valkey takes what jobs need it to take.
#[derive(Debug, Serialize, ToSchema)]
pub struct RedisStatus {
    /// Whether one is set up.
    pub configured: bool,
    /// Whether it answers and can be written to.
    pub ok: bool,
    /// Why not, e.g. that its memory is used up; jobs are then found in Postgres.
    pub problem: Option<String>,
}

/// How fresh the data is.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct DataStatus {
    /// Companies.
    pub companies: i64,
    /// Companies with at least one statement.
    pub with_financials: i64,
    /// Fictitious companies.
    pub demo_companies: i64,
    /// When the latest import ended.
    pub latest_import_at: Option<DateTime<Utc>>,
}

/// Answer of `/api/status/capabilities`: what this installation can do.
#[derive(Debug, Serialize, ToSchema)]
pub struct Capabilities {
    /// Whether every request needs a token.
    pub auth_required: bool,
    /// Where people sign in.
    pub sign_in: SignIn,
    /// Whether a model can write analyses: one is set up, and answered when it was last asked. False: rules write all of them.
    pub ai: bool,
    /// Whether a search provider finds candidates of companies' websites: one is set up, answered when it was last asked, and today's questions
    /// are not used up.
    pub search: bool,
    /// Whether background work is done now: a worker has given a sign of life lately.
    pub jobs: bool,
    /// Whether the store of packages and exports answers now.
    pub artifacts: bool,
    /// Figures that can be asked for.
    pub scopes: [&'static str; 2],
    /// Where browsers reach the scraper service; null when there is none.
    pub scraper_url: Option<String>,
    /// Currencies of amounts on the screen.
    pub screen_currency: &'static str,
}

/// Where people sign in, by the protocol of Supabase Auth in either case.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignIn {
    /// `none`, `builtin` (accounts kept here, under `/auth/v1` of this server) or `supabase`.
    pub kind: &'static str,
    /// The Supabase project's address.
    pub supabase_url: Option<String>,
    /// Its public key.
    pub supabase_anon_key: Option<String>,
    /// Whether a link for a forgotten password is mailed; else an administrator makes one.
    pub mails_links: bool,
    /// Whether this server's own pages hold their session in a cookie, which no script can read.
    pub cookie: bool,
    /// Identity providers that people may sign in with, in the order of the settings.
    pub providers: Vec<SignInProvider>,
}

/// An identity provider as the sign-in page shows it.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignInProvider {
    /// Its name in addresses (`/auth/v1/providers/{key}/begin`).
    pub key: String,
    /// Its name for people.
    pub name: String,
}

impl SignIn {
    fn new(config: &Config) -> Self {
        let kind = match (config.require_auth, config.builtin_accounts) {
            (false, _) => "none",
            (true, true) => "builtin",
            (true, false) => "supabase",
        };
        let is_project = kind == "supabase";
        Self {
            kind,
            supabase_url: config.supabase_url.clone().filter(|_| is_project),
            supabase_anon_key: config.supabase_anon_key.clone().filter(|_| is_project),
            mails_links: kind == "builtin" && config.smtp_url.is_some() && config.public_url.is_some(),
            cookie: kind == "builtin" && config.sign_in.session_in_cookie,
            providers: if kind == "builtin" {
                let shown =
                    |one: &config::OidcProvider| SignInProvider { key: one.key.clone(), name: one.name.clone() };
                config.sign_in.providers.iter().map(shown).collect()
            } else {
                Vec::new()
            },
        }
    }
}

/// Answer of `/api/status/config`: every setting, secrets as "set".
#[derive(Debug, Serialize, ToSchema)]
pub struct ConfigView {
    /// Setting → value; null where it is not given.
    pub settings: BTreeMap<String, Option<String>>,
    /// Where packages are kept.
    pub artifact_store: String,
}

impl From<Totals> for DataStatus {
    fn from(totals: Totals) -> Self {
        Self {
            companies: totals.companies,
            with_financials: totals.with_financials,
            demo_companies: totals.demo,
            latest_import_at: totals.latest_import_at,
        }
    }
}

/// State of the whole installation.
#[utoipa::path(get, path = "/api/status", tag = "status", responses((status = 200, body = Status)))]
pub async fn status(State(state): State<AppState>) -> Json<Status> {
    let database = tokio::time::timeout(Duration::from_secs(10), installation::counts(&state.db)).await;
    let (counts, data) = match database {
        Ok(Ok((counts, totals))) => (Some(counts), totals.map(DataStatus::from).unwrap_or_default()),
        Ok(Err(error)) => {
            tracing::warn!(%error, "status: the database does not answer");
            (None, DataStatus::default())
        }
        Err(_) => (None, DataStatus::default()),
    };
    let db_ok = counts.is_some();
    let counts = counts.unwrap_or_default();
    let redis = redis_status(&state).await;
    let tables_ok: BTreeMap<_, _> = TABLES
        .iter()
        .map(|table| ((*table).to_owned(), counts.iter().any(|(name, count)| name == table && count.is_some())))
        .collect();
    let index = state.index.status();
    let is_true = index.not_compared.is_none() && index.check.as_ref().is_none_or(|check| check.differences.is_empty());
    let is_whole = db_ok && is_true && tables_ok.values().all(|ok| *ok) && (redis.ok || !redis.configured);
    Json(Status {
        status: if is_whole { "ok" } else { "degraded" },
        version: state.process.build.version,
        commit: state.process.build.commit,
        db_source: "postgres",
        db_ok,
        tables_ok,
        counts: counts.into_iter().filter_map(|(name, count)| Some((name.to_owned(), count?))).collect(),
        redis,
        index,
        data,
        uptime_seconds: state.started.elapsed().as_secs(),
    })
}

/// A server that answers but takes nothing (its memory is used up, or it is a replica) is of no use to the queue, so the question
/// is a write.
pub(super) async fn redis_status(state: &AppState) -> RedisStatus {
    let Some(client) = &state.redis else { return RedisStatus { configured: false, ok: false, problem: None } };
    let writing = async {
        let mut connection = client.get_multiplexed_async_connection().await?;
        queue::check_writable(&mut connection).await
    };
    let problem = match tokio::time::timeout(Duration::from_secs(2), writing).await {
        Ok(Ok(())) => None,
        Ok(Err(error)) => Some(queue::redis_problem(&error).to_owned()),
        Err(_) => Some("it does not answer within 2 s".to_owned()),
    };
    RedisStatus { configured: true, ok: problem.is_none(), problem }
}

/// How long a part of the installation may take to show that it is there.
const PATIENCE: Duration = Duration::from_secs(2);

async fn has_worker(state: &AppState) -> bool {
    matches!(tokio::time::timeout(PATIENCE, control_jobs::has_worker(&state.db)).await, Ok(Ok(true)))
}

async fn has_search(state: &AppState) -> bool {
    let view = tokio::time::timeout(PATIENCE, services::search::view(&state.config, &state.db)).await;
    matches!(view, Ok(Ok(Some(view))) if view.is_ready(Utc::now()))
}

/// Whether the store says of a file that it does not have that it does not have it.
async fn answers(artifacts: &Artifacts) -> bool {
    matches!(tokio::time::timeout(PATIENCE, artifacts.has(&"0".repeat(64))).await, Ok(Ok(_)))
}

/// What this installation can do.
#[utoipa::path(get, path = "/api/status/capabilities", tag = "status", responses((status = 200, body = Capabilities)))]
pub async fn capabilities(State(state): State<AppState>) -> Json<Capabilities> {
    let config = &state.config;
    let (jobs, artifacts, search) = tokio::join!(has_worker(&state), answers(&state.artifacts), has_search(&state));
    Json(Capabilities {
        auth_required: config.require_auth,
        sign_in: SignIn::new(config),
        ai: state.models.is_any_ready().await.unwrap_or(false),
        search,
        jobs,
        artifacts,
        scopes: ["company", "group"],
        scraper_url: config.scraper.public_url.clone(),
        screen_currency: "SEK",
    })
}

/// How this installation is set up, without secrets.
#[utoipa::path(get, path = "/api/status/config", tag = "status", responses((status = 200, body = ConfigView)))]
pub async fn config(State(state): State<AppState>) -> Json<ConfigView> {
    let settings = state.config.redacted().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    Json(ConfigView { settings, artifact_store: state.artifacts.place().to_owned() })
}
