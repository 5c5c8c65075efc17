//! The settings as they may be shown to administrators.

use std::collections::BTreeMap;

use super::{Config, LogFormat, TracesConfig, search};

impl Config {
    /// Every setting as it may be shown: secrets only as "set", addresses without user and password.
    #[must_use]
    pub fn redacted(&self) -> BTreeMap<&'static str, Option<String>> {
        let secret = |value: &Option<String>| value.as_ref().map(|_| "set".to_owned());
        let address = |value: &Option<String>| value.as_deref().map(without_credentials);
        let mut shown = BTreeMap::from([
            ("DATABASE_SOURCE", Some("postgres".to_owned())),
            ("DATABASE_URL", address(&self.database_url)),
            ("REDIS_URL", address(&self.redis_url)),
            ("REDIS_CA_FILE", self.redis_ca_file.as_ref().map(|file| file.display().to_string())),
            ("ARTIFACT_STORE_URL", address(&self.artifact_store_url)),
            ("LODE_DATA_DIR", Some(self.data_dir.display().to_string())),
            ("LODE_BIND", Some(self.bind.to_string())),
            ("PORT", Some(self.port.to_string())),
            ("CORS_ORIGINS", Some(self.cors_origins.join(","))),
            (
                "TRUSTED_PROXIES",
                Some(self.trusted_proxies.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")),
            ),
            ("LODE_ALLOWED_HOSTS", Some(self.allowed_hosts.join(","))),
            ("LODE_ALLOW_UNAUTHENTICATED_NETWORK", Some(self.allow_unauthenticated_network.to_string())),
            ("MAX_CONNECTIONS", Some(self.max_connections.to_string())),
            ("MAX_CONNECTIONS_PER_ADDRESS", Some(self.max_connections_per_address.to_string())),
            ("REQUIRE_AUTH", Some(self.require_auth.to_string())),
            ("SMTP_URL", address(&self.smtp_url)),
            ("SMTP_FROM", self.smtp_from.clone()),
            ("WEBHOOK_ALLOW_PRIVATE", Some(self.webhook_allow_private.to_string())),
            ("SUPABASE_URL", address(&self.supabase_url)),
            ("SUPABASE_JWT_SECRET", secret(&self.supabase_jwt_secret)),
            ("SUPABASE_ANON_KEY", secret(&self.supabase_anon_key)),
            ("LODE_ACCOUNTS", Some(if self.builtin_accounts { "builtin" } else { "none" }.to_owned())),
            ("LODE_ADMIN_EMAIL", Some(self.admin_email.clone())),
            ("LODE_PUBLIC_URL", address(&self.public_url)),
            ("RATE_LIMIT_PER_MINUTE", Some(self.rate_limit_per_minute.to_string())),
            ("SIGN_IN_LIMIT_PER_MINUTE", Some(self.sign_in_limit_per_minute.to_string())),
            ("CONNECT_ORIGINS", Some(self.connect_origins.join(","))),
            ("LODE_EXPORT_DAYS", Some(self.export_days.to_string())),
            ("AI_REPORT_MAX_AGE_DAYS", Some(self.report_max_age_days.to_string())),
            (
                "LOG_FORMAT",
                self.log_format.map(|format| if format == LogFormat::Json { "json" } else { "text" }.to_owned()),
            ),
            ("RUST_LOG", self.log_filter.clone()),
            ("SENTRY_DSN", secret(&self.sentry_dsn)),
            ("SENTRY_ENVIRONMENT", Some(self.sentry_environment.clone())),
        ]);
        shown.extend(self.models.redacted());
        shown.extend(search::redacted(self.search.as_ref()));
        shown.extend(self.process.redacted());
        shown.extend(self.scraper.redacted());
        shown.extend(self.sign_in.redacted());
        shown.extend(TracesConfig::redacted(self.traces.as_ref()));
        shown
    }
}

/// The address without user, password and query, all of which may hold secrets.
#[must_use]
pub fn without_credentials(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return "set".to_owned() };
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    let host_starts = rest.split('/').next().and_then(|authority| authority.rfind('@')).map_or(0, |at| at + 1);
    format!("{scheme}://{}", &rest[host_starts..])
}
