//! Settings: read once at start from the environment (and `.env` in the working directory), judged as a whole.

mod env_file;
mod models;
mod names;
mod network;
mod oidc;
mod process;
mod scraper;
mod search;
mod shown;
mod sign_in;
mod traces;

use std::net::IpAddr;
use std::path::{Path, PathBuf};

use env_file::read_env_file;
use network::origins;

pub use models::{ModelProvider, ModelsConfig};
pub use names::NAMES;
pub use network::Network;
pub use oidc::OidcProvider;
pub use process::{Build, ProcessConfig};
pub use scraper::{DEFAULT_SCRAPER_PORT, ScraperConfig};
pub use search::{SearchConfig, SearchKind};
pub use shown::without_credentials;
pub use sign_in::{AccountDomains, SignInConfig};
pub use traces::TracesConfig;

/// Port of the API and web app when none is given.
pub const DEFAULT_PORT: u16 = 8080;

/// Connections of a process when no setting says otherwise.
pub const DEFAULT_CONNECTIONS: usize = 1_000;
/// Connections of one address when no setting says otherwise.
pub const DEFAULT_CONNECTIONS_PER_ADDRESS: usize = 600;

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object per line.
    Json,
}

/// Every setting, judged.
#[derive(Clone, Debug)]
pub struct Config {
    /// Postgres; `None` means that an embedded one is to be used.
    pub database_url: Option<String>,
    /// Redis or Valkey; `None` means that an embedded one is to be used.
    pub redis_url: Option<String>,
    /// PEM file of the authority whose certificates are believed of Redis; `None` means the public authorities.
    pub redis_ca_file: Option<PathBuf>,
    /// Where artifacts are kept; `None` means the data directory.
    pub artifact_store_url: Option<String>,
    /// Where an installation on this machine keeps everything.
    pub data_dir: PathBuf,
    /// Address to listen on.
    pub bind: IpAddr,
    /// Port to listen on.
    pub port: u16,
    /// Origins of web apps that are served from elsewhere.
    pub cors_origins: Vec<String>,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<Network>,
    /// Names, in lower case, by which the server may be asked beside those that are its own.
    pub allowed_hosts: Vec<String>,
    /// Whether everybody who reaches the port may do everything, on other addresses than loopback too.
    pub allow_unauthenticated_network: bool,
    /// Connections of a process.
    pub max_connections: usize,
    /// Of these, connections of one address.
    pub max_connections_per_address: usize,
    /// Whether every request needs a valid token.
    pub require_auth: bool,
    /// Supabase project, whose JWKS verifies tokens.
    pub supabase_url: Option<String>,
    /// Secret of HS256 tokens.
    pub supabase_jwt_secret: Option<String>,
    /// Public key that the web app sends to the Supabase project.
    pub supabase_anon_key: Option<String>,
    /// Whether people sign in with accounts that this installation keeps.
    pub builtin_accounts: bool,
    /// How long sessions last, and which tokens are let in.
    pub sign_in: SignInConfig,
    /// Address of the first administrator's account.
    pub admin_email: String,
    /// Where people reach the web app, for links that are written elsewhere than in it.
    pub public_url: Option<String>,
    /// Requests of one person per minute; 0 means no limit.
    pub rate_limit_per_minute: u32,
    /// Attempts to sign in from one address per minute; 0 means no limit.
    pub sign_in_limit_per_minute: u32,
    /// Further origins that the web app may call.
    pub connect_origins: Vec<String>,
    /// Models behind OpenAI-compatible servers, and what they may cost.
    pub models: ModelsConfig,
    /// Who is asked for candidates of companies' websites; `None`: nobody.
    pub search: Option<SearchConfig>,
    /// How a process starts, stops and uses Postgres.
    pub process: ProcessConfig,
    /// The scraper service.
    pub scraper: ScraperConfig,
    /// Mail server for emails, with user and password; `None` sends none.
    pub smtp_url: Option<String>,
    /// Sender of emails.
    pub smtp_from: Option<String>,
    /// Whether webhooks may call addresses inside, and without TLS.
    pub webhook_allow_private: bool,
    /// Days that exported files are kept, 1 to 365.
    pub export_days: u16,
    /// Days after which a kept report of a company is made anew, 0 to 3650; 0 makes each one anew.
    pub report_max_age_days: u16,
    /// How log lines look; `None` means text on a terminal, else JSON.
    pub log_format: Option<LogFormat>,
    /// Log filter.
    pub log_filter: Option<String>,
    /// Where errors are reported.
    pub sentry_dsn: Option<String>,
    /// What reports of errors are filed under, e.g. `staging`.
    pub sentry_environment: String,
    /// Where traces are exported to; `None` exports none.
    pub traces: Option<TracesConfig>,
}

impl Config {
    /// Reads the environment and `.env`; the environment wins.
    ///
    /// # Errors
    /// Every setting that is wrong, one per line, each with what is expected.
    pub fn from_environment() -> anyhow::Result<Self> {
        let file = read_env_file(Path::new(".env"))?;
        Self::from_values(|name| std::env::var(name).ok().or_else(|| file.get(name).cloned()))
    }

    /// As [`Config::from_environment`], for commands that run an installation on this machine or work on its data: where
    /// sign-in is required and no Supabase project is named, built-in accounts are used.
    ///
    /// # Errors
    /// Every setting that is wrong, one per line, each with what is expected.
    pub fn for_this_machine() -> anyhow::Result<Self> {
        let file = read_env_file(Path::new(".env"))?;
        let given = |name: &str| {
            let value = std::env::var(name).ok().or_else(|| file.get(name).cloned());
            value.filter(|value| !value.trim().is_empty())
        };
        let has_project = ["SUPABASE_URL", "SUPABASE_JWT_SECRET"].into_iter().any(|name| given(name).is_some());
        Self::from_values(|name| match given(name) {
            None if name == "LODE_ACCOUNTS" && !has_project => Some("builtin".to_owned()),
            value => value,
        })
    }

    /// Whether people sign in with accounts that this installation keeps.
    #[must_use]
    pub fn has_accounts(&self) -> bool {
        self.require_auth && self.builtin_accounts
    }

    /// Refuses to listen where others than this machine's own can ask, while whoever asks may do everything.
    ///
    /// # Errors
    /// When sign-in is off, the address is not loopback, and no setting says that this is meant.
    pub fn check_exposure(&self) -> anyhow::Result<()> {
        if self.require_auth || self.allow_unauthenticated_network || self.bind.to_canonical().is_loopback() {
            return Ok(());
        }
        anyhow::bail!(
            "LODE_BIND is {}, which others than this machine can reach, and without sign-in everybody who reaches it may read and change \
             everything. Set REQUIRE_AUTH=true, or LODE_BIND=127.0.0.1; or, where something else keeps strangers out, \
             LODE_ALLOW_UNAUTHENTICATED_NETWORK=true",
            self.bind
        )
    }

    /// Judges settings from any source; an empty value counts as not given.
    ///
    /// # Errors
    /// Every setting that is wrong, one per line, each with what is expected.
    pub fn from_values(read: impl Fn(&str) -> Option<String>) -> anyhow::Result<Self> {
        let mut wrong = Vec::new();
        let get = |name: &str| read(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());

        let source = get("DATABASE_SOURCE").unwrap_or_else(|| "postgres".to_owned());
        if source != "postgres" {
            wrong.push(format!("DATABASE_SOURCE is {source:?}; the only source is \"postgres\""));
        }
        let database_url = get("DATABASE_URL");
        if database_url.as_deref().is_some_and(|url| !has_scheme(url, &["postgres", "postgresql"])) {
            wrong.push("DATABASE_URL must begin with postgres:// or postgresql://".to_owned());
        }
        let redis_url = get("REDIS_URL");
        if redis_url.as_deref().is_some_and(|url| !has_scheme(url, &["redis", "rediss", "unix", "redis+unix"])) {
            wrong.push("REDIS_URL must begin with redis://, rediss:// or unix://".to_owned());
        }
        if redis_url.as_deref().is_some_and(|url| url.contains("#insecure")) {
            wrong.push("REDIS_URL: certificates are always checked; name a private authority by REDIS_CA_FILE instead of #insecure".to_owned());
        }
        let redis_ca_file = get("REDIS_CA_FILE").map(PathBuf::from);
        if redis_ca_file.is_some() && redis_url.as_deref().is_some_and(|url| !has_scheme(url, &["rediss"])) {
            wrong.push("REDIS_CA_FILE is of use only with a REDIS_URL that begins with rediss://".to_owned());
        }
        let port = parse(get("PORT"), DEFAULT_PORT, "PORT must be a number from 0 to 65535", &mut wrong);
        let bind = parse(get("LODE_BIND"), IpAddr::from([127, 0, 0, 1]), "LODE_BIND must be an IP address", &mut wrong);
        let require_auth = boolean("REQUIRE_AUTH", get("REQUIRE_AUTH").as_deref(), &mut wrong);
        let (supabase_url, supabase_jwt_secret) = (get("SUPABASE_URL"), get("SUPABASE_JWT_SECRET"));
        let builtin_accounts = match get("LODE_ACCOUNTS").as_deref() {
            None | Some("none") => false,
            Some("builtin") => true,
            Some(other) => {
                wrong.push(format!("LODE_ACCOUNTS is {other:?}; it may be \"builtin\" or \"none\""));
                false
            }
        };
        if require_auth && !builtin_accounts && supabase_jwt_secret.is_none() && supabase_url.is_none() {
            wrong.push(
                "REQUIRE_AUTH is true, but there is nothing to verify tokens with: set SUPABASE_URL (the project's public keys), \
                 SUPABASE_JWT_SECRET (the secret of its HS256 tokens), or LODE_ACCOUNTS=builtin (accounts kept here)"
                    .to_owned(),
            );
        }
        let limit = "must be a whole number per minute, 0 for no limit";
        let rate_limit_per_minute =
            parse(get("RATE_LIMIT_PER_MINUTE"), 3000, &format!("RATE_LIMIT_PER_MINUTE {limit}"), &mut wrong);
        let sign_in_limit_per_minute =
            parse(get("SIGN_IN_LIMIT_PER_MINUTE"), 30, &format!("SIGN_IN_LIMIT_PER_MINUTE {limit}"), &mut wrong);
        for (name, url) in [("SUPABASE_URL", &supabase_url), ("LODE_PUBLIC_URL", &get("LODE_PUBLIC_URL"))] {
            if url.as_deref().is_some_and(|url| !has_scheme(url, &["http", "https"])) {
                wrong.push(format!("{name} must begin with https:// or http://"));
            }
        }
        let cors_origins = origins("CORS_ORIGINS", get("CORS_ORIGINS").as_deref(), &mut wrong);
        let connect_origins = origins("CONNECT_ORIGINS", get("CONNECT_ORIGINS").as_deref(), &mut wrong);
        let mut trusted_proxies = Vec::new();
        for proxy in get("TRUSTED_PROXIES").iter().flat_map(|list| list.split(',')).map(str::trim) {
            match proxy.parse() {
                Ok(network) => trusted_proxies.push(network),
                Err(()) => {
                    wrong.push(format!("TRUSTED_PROXIES: {proxy:?} is not an address or network such as 10.0.0.0/8"))
                }
            }
        }
        let mut allowed_hosts = Vec::new();
        for host in get("LODE_ALLOWED_HOSTS").iter().flat_map(|list| list.split(',')).map(str::trim) {
            if host.is_empty() || host.contains([':', '/', '@', '*', ' ']) {
                wrong
                    .push(format!("LODE_ALLOWED_HOSTS: {host:?} is not a name such as lode.example.com, without port"));
            }
            allowed_hosts.push(host.trim_end_matches('.').to_ascii_lowercase());
        }
        let open = "LODE_ALLOW_UNAUTHENTICATED_NETWORK";
        let allow_unauthenticated_network = boolean(open, get(open).as_deref(), &mut wrong);
        let mut connections = |name: &str, default: usize| {
            let expected = format!("{name} must be a number of connections of at least 1");
            let most = parse(get(name), default, &expected, &mut wrong);
            if most == 0 {
                wrong.push(expected);
            }
            most
        };
        let max_connections = connections("MAX_CONNECTIONS", DEFAULT_CONNECTIONS);
        let max_connections_per_address = connections("MAX_CONNECTIONS_PER_ADDRESS", DEFAULT_CONNECTIONS_PER_ADDRESS);
        let process = ProcessConfig::from_values(&get, &mut wrong);
        let scraper = ScraperConfig::from_values(&get, &mut wrong);
        let models = ModelsConfig::from_values(&get, &mut wrong);
        let search = search::from_values(&get, &mut wrong);
        let sign_in = SignInConfig::from_values(&get, &mut wrong);
        if require_auth && !sign_in.providers.is_empty() {
            if !builtin_accounts {
                wrong.push(
                    "OIDC_PROVIDERS needs LODE_ACCOUNTS=builtin: who signs in by a provider has an account here"
                        .to_owned(),
                );
            }
            if get("LODE_PUBLIC_URL").is_none() {
                wrong.push(
                    "OIDC_PROVIDERS needs LODE_PUBLIC_URL: providers send people back to LODE_PUBLIC_URL/login/<name>"
                        .to_owned(),
                );
            }
        }
        if get("SMTP_URL").is_some() != get("SMTP_FROM").is_some() {
            wrong.push("SMTP_URL and SMTP_FROM are set together: the server, and the sender of emails".to_owned());
        }
        if get("SMTP_URL").as_deref().is_some_and(|url| !has_scheme(url, &["smtp", "smtps"])) {
            wrong.push("SMTP_URL must begin with smtps:// or smtp://".to_owned());
        }
        let webhook_allow_private =
            boolean("WEBHOOK_ALLOW_PRIVATE", get("WEBHOOK_ALLOW_PRIVATE").as_deref(), &mut wrong);
        let days = "LODE_EXPORT_DAYS must be a number of days from 1 to 365";
        let export_days = parse(get("LODE_EXPORT_DAYS"), 7, days, &mut wrong);
        if !(1..=365).contains(&export_days) {
            wrong.push(days.to_owned());
        }
        let age = "AI_REPORT_MAX_AGE_DAYS must be a number of days from 0 to 3650";
        let report_max_age_days = parse(get("AI_REPORT_MAX_AGE_DAYS"), 30, age, &mut wrong);
        if report_max_age_days > 3650 {
            wrong.push(age.to_owned());
        }
        let log_format = match get("LOG_FORMAT").as_deref() {
            None => None,
            Some("text") => Some(LogFormat::Text),
            Some("json") => Some(LogFormat::Json),
            Some(other) => {
                wrong.push(format!("LOG_FORMAT is {other:?}; it may be \"text\" or \"json\""));
                None
            }
        };
        let sentry_dsn = get("SENTRY_DSN");
        if sentry_dsn.as_deref().is_some_and(|dsn| !is_dsn(dsn)) {
            wrong.push("SENTRY_DSN must be as the project's page shows it: https://KEY@HOST/NUMBER".to_owned());
        }
        let traces = TracesConfig::from_values(&get, &mut wrong);
        let data_dir = match get("LODE_DATA_DIR").map(PathBuf::from).or_else(|| default_data_dir(&read)) {
            Some(data_dir) => data_dir,
            None => {
                wrong.push("there is no home folder; set LODE_DATA_DIR".to_owned());
                PathBuf::new()
            }
        };
        if !wrong.is_empty() {
            anyhow::bail!("the settings are not right:\n  {}", wrong.join("\n  "));
        }
        Ok(Self {
            database_url,
            redis_url,
            redis_ca_file,
            artifact_store_url: get("ARTIFACT_STORE_URL"),
            data_dir,
            bind,
            port,
            cors_origins,
            trusted_proxies,
            allowed_hosts,
            allow_unauthenticated_network,
            max_connections,
            max_connections_per_address,
            require_auth,
            supabase_url,
            supabase_jwt_secret,
            supabase_anon_key: get("SUPABASE_ANON_KEY"),
            builtin_accounts,
            sign_in,
            admin_email: get("LODE_ADMIN_EMAIL").unwrap_or_else(|| "admin@lode.invalid".to_owned()),
            public_url: get("LODE_PUBLIC_URL").map(|url| url.trim_end_matches('/').to_owned()),
            rate_limit_per_minute,
            sign_in_limit_per_minute,
            connect_origins,
            models,
            search,
            process,
            scraper,
            smtp_url: get("SMTP_URL"),
            smtp_from: get("SMTP_FROM"),
            webhook_allow_private,
            export_days,
            report_max_age_days,
            log_format,
            log_filter: get("RUST_LOG"),
            sentry_dsn,
            sentry_environment: get("SENTRY_ENVIRONMENT").unwrap_or_else(|| "production".to_owned()),
            traces,
        })
    }
}

fn has_scheme(url: &str, schemes: &[&str]) -> bool {
    url.split_once("://").is_some_and(|(scheme, rest)| schemes.contains(&scheme) && !rest.is_empty())
}

/// Whether it is the address of a Sentry project: scheme, key, host and number.
fn is_dsn(text: &str) -> bool {
    let Some((_, rest)) = text.split_once("://").filter(|_| has_scheme(text, &["http", "https"])) else { return false };
    let Some((key, place)) = rest.split_once('@') else { return false };
    let (host, project) = place.rsplit_once('/').unwrap_or_default();
    let is_word = |text: &str| !text.is_empty() && text.chars().all(|letter| letter.is_ascii_alphanumeric());
    is_word(key) && !host.is_empty() && !host.contains(['?', '#', ' ']) && is_word(project)
}

fn parse<T: std::str::FromStr>(value: Option<String>, default: T, expected: &str, wrong: &mut Vec<String>) -> T {
    let Some(value) = value else { return default };
    value.parse().unwrap_or_else(|_| {
        wrong.push(format!("{expected}, not {value:?}"));
        default
    })
}

fn boolean(name: &str, value: Option<&str>, wrong: &mut Vec<String>) -> bool {
    match value.map(str::to_ascii_lowercase).as_deref() {
        None | Some("false" | "0" | "no") => false,
        Some("true" | "1" | "yes") => true,
        Some(other) => {
            wrong.push(format!("{name} must be true or false, not {other:?}"));
            false
        }
    }
}

fn default_data_dir(read: &impl Fn(&str) -> Option<String>) -> Option<PathBuf> {
    let folder = |name: &str| read(name).map(PathBuf::from).filter(|path| path.is_absolute());
    folder("XDG_DATA_HOME")
        .map(|base| base.join("lode"))
        .or_else(|| folder("HOME").map(|home| home.join(".local/share/lode")))
}

#[cfg(test)]
mod tests;
