//! The conditions of one deployment, by asking it.

use serde_json::Value;

use super::super::smoke::checks::{Checks, Outcome};
use super::super::smoke::{api, auth, financials, frontend, origin_of, worker};
use super::table::{Condition, Table};

/// A deployment that is looked at.
pub(super) struct Deployment {
    pub name: &'static str,
    pub base: String,
    /// Where the web app is, when it is not where the API is.
    pub web: Option<String>,
    pub token: Option<String>,
    pub client: reqwest::Client,
    pub is_rehearsal: bool,
}

impl Deployment {
    /// Notes every condition of the deployment.
    pub(super) async fn look(&self, table: &mut Table) {
        let mut checks = self.checks();
        api::api(&mut checks).await;
        financials::financials(&mut checks, None).await;
        table.note(Condition::Smoke(self.name), verdict(&checks.outcomes));

        let mut checks = self.checks();
        frontend::frontend(&mut checks, self.web.as_deref().unwrap_or(&self.base)).await;
        table.note(Condition::WebApp(self.name), verdict(&checks.outcomes));

        table.note(Condition::AuthAndCors(self.name), self.auth().await);

        let mut checks = self.checks();
        worker::worker(&mut checks).await;
        table.note(Condition::Workers(self.name), verdict(&checks.outcomes));

        table.note(Condition::Migrations(self.name), self.migrations().await);
        if self.name == "production" {
            let address = if self.is_rehearsal { Ok(format!("{} (rehearsal)", self.base)) } else { public(&self.base) };
            let web = self.web.as_deref().filter(|_| !self.is_rehearsal).map_or(Ok(String::new()), public);
            table.note(Condition::Address(self.name), web.and(address));
        }
    }

    fn checks(&self) -> Checks {
        Checks {
            client: self.client.clone(),
            base: self.base.clone(),
            token: self.token.clone(),
            outcomes: Vec::new(),
            is_json: true,
        }
    }

    /// A deployment without sign-in never holds, whatever its checks say.
    async fn auth(&self) -> Result<String, String> {
        let mut checks = self.checks();
        let capabilities = checks.get("/api/status/capabilities").await?;
        if capabilities["auth_required"] != Value::Bool(true) {
            return Err("sign-in is off: set REQUIRE_AUTH=true".to_owned());
        }
        let origin =
            self.web.as_deref().and_then(origin_of).filter(|origin| Some(origin) != origin_of(&self.base).as_ref());
        auth::auth(&mut checks, origin.as_deref()).await;
        verdict(&checks.outcomes)
    }

    async fn migrations(&self) -> Result<String, String> {
        let info = self.checks().get("/api/db/info").await?;
        let (found, expected) = (info["migration_level"].as_i64(), store::schema::latest());
        match found {
            Some(level) if level == expected => Ok(format!("{level}, as this release")),
            Some(level) if level < expected => {
                Err(format!("{level}, and this release has {expected}: run lode migrate"))
            }
            Some(level) => Err(format!("{level}, and this release has {expected}: this is an older release")),
            None => Err("no migration was applied: run lode migrate".to_owned()),
        }
    }
}

/// Whether the address is one that people reach: with TLS, and not of this machine.
fn public(base: &str) -> Result<String, String> {
    let url = reqwest::Url::parse(base).map_err(|error| format!("{base} is no URL: {error}"))?;
    if url.scheme() != "https" {
        return Err(format!("{base} is not https://"));
    }
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    let is_local = host == "localhost"
        || host.ends_with(".localhost")
        || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback() || ip.is_unspecified());
    if is_local {
        return Err(format!("{base} is this machine"));
    }
    Ok(base.to_owned())
}

/// All checks hold, or the first ones that do not.
fn verdict(outcomes: &[Outcome]) -> Result<String, String> {
    let failed: Vec<String> = outcomes
        .iter()
        .filter(|outcome| !outcome.ok)
        .map(|outcome| format!("{}: {}", outcome.name, outcome.reason.as_deref().unwrap_or("failed")))
        .collect();
    match failed.first() {
        None if outcomes.is_empty() => Err("nothing was checked".to_owned()),
        None => Ok(format!("{} checks hold", outcomes.len())),
        Some(first) if failed.len() == 1 => Err(first.clone()),
        Some(first) => Err(format!("{first} (and {} more)", failed.len() - 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_with_tls_are_production() {
        assert!(public("https://lode.example.com").is_ok());
        for base in ["http://lode.example.com", "https://localhost", "https://127.0.0.1:8443", "https://[::1]", "lode"]
        {
            assert!(public(base).is_err(), "{base}");
        }
    }
}
