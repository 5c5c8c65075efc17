//! What a provider says of itself: its endpoints, fetched when they are first needed, kept for a while, and used longer when it is away.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;
use arc_swap::ArcSwapOption;
use config::OidcProvider;
use outbound::guard::read_url;
use serde::Deserialize;
use tokio::sync::Mutex;

use super::IDENTITY_PROVIDER;
use crate::answer;
use crate::jwks::{Jwks, Policy};

/// Older documents are fetched anew.
const FRESH_FOR: Duration = Duration::from_secs(3600);
/// A document that cannot be fetched anew is used no longer than this.
const USABLE_FOR: Duration = Duration::from_secs(24 * 3600);

/// OpenID Connect Discovery 1.0, what of it is used here.
#[derive(Clone, Debug, Deserialize)]
pub struct Document {
    issuer: String,
    /// Where people sign in.
    pub authorization_endpoint: String,
    /// Where codes are exchanged.
    pub token_endpoint: String,
    jwks_uri: String,
    /// Where more of a person is told.
    pub userinfo_endpoint: Option<String>,
    /// Where people sign out.
    pub end_session_endpoint: Option<String>,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    /// Whether its answers name their issuer (RFC 9207).
    #[serde(default)]
    pub authorization_response_iss_parameter_supported: bool,
}

impl Document {
    /// Whether clients prove themselves in the header `Authorization`: the default, unless it takes the body alone.
    #[must_use]
    pub fn takes_basic(&self) -> bool {
        let methods = self.token_endpoint_auth_methods_supported.as_ref();
        methods.is_none_or(|methods| {
            methods.iter().any(|method| method == "client_secret_basic")
                || !methods.iter().any(|method| method == "client_secret_post")
        })
    }
}

/// The document, and the keys that it names.
pub struct Known {
    /// The document.
    pub document: Document,
    /// Its public keys.
    pub jwks: Arc<Jwks>,
    fetched_at: Instant,
}

/// The document of one provider.
pub struct Discovery {
    policy: Policy,
    known: ArcSwapOption<Known>,
    /// Held while fetching, so that one request asks for all; holds when that was.
    last_fetch: Mutex<Option<Instant>>,
}

impl Discovery {
    /// Nothing is fetched yet.
    #[must_use]
    pub fn new(policy: Policy) -> Self {
        Self { policy, known: ArcSwapOption::empty(), last_fetch: Mutex::new(None) }
    }

    /// The document, from memory while it is fresh.
    ///
    /// # Errors
    /// When the provider cannot be asked and nothing usable is kept.
    pub async fn get(&self, client: &reqwest::Client, settings: &OidcProvider) -> anyhow::Result<Arc<Known>> {
        if let Some(known) = self.kept(FRESH_FOR) {
            return Ok(known);
        }
        let mut last_fetch = self.last_fetch.lock().await;
        // Another request may have fetched it while this one waited.
        if let Some(known) = self.kept(FRESH_FOR) {
            return Ok(known);
        }
        let mut failure = anyhow::anyhow!("it did not answer a moment ago");
        if last_fetch.is_none_or(|at| at.elapsed() >= self.policy.fetch_every) {
            *last_fetch = Some(Instant::now());
            match self.fetch(client, settings).await {
                Ok(known) => {
                    let known = Arc::new(known);
                    self.known.store(Some(known.clone()));
                    return Ok(known);
                }
                Err(error) => failure = error,
            }
        }
        self.kept(USABLE_FOR).ok_or(failure)
    }

    fn kept(&self, at_most: Duration) -> Option<Arc<Known>> {
        self.known.load_full().filter(|known| known.fetched_at.elapsed() < at_most)
    }

    /// Fetches the document now.
    ///
    /// # Errors
    /// When the provider cannot be asked, or is another than the settings say.
    pub async fn fetch(&self, client: &reqwest::Client, settings: &OidcProvider) -> anyhow::Result<Known> {
        let url = format!("{}/.well-known/openid-configuration", settings.issuer.trim_end_matches('/'));
        let url = read_url(&url, settings.allow_private, IDENTITY_PROVIDER)?;
        let answer = client.get(url).send().await.and_then(reqwest::Response::error_for_status)?;
        let document: Document = answer::read(answer).await.context("its discovery document cannot be read")?;
        anyhow::ensure!(
            document.issuer == settings.issuer,
            "its discovery document names the issuer {:?}, and OIDC_{}_ISSUER says {:?}: they must be the same to the letter",
            document.issuer,
            settings.key.to_uppercase(),
            settings.issuer
        );
        let keys = read_url(&document.jwks_uri, settings.allow_private, IDENTITY_PROVIDER)?.to_string();
        // Keys that are known stay known.
        let jwks = self
            .known
            .load_full()
            .map(|known| known.jwks.clone())
            .filter(|jwks| jwks.url() == keys)
            .unwrap_or_else(|| Arc::new(Jwks::new(keys, client.clone(), self.policy)));
        Ok(Known { document, jwks, fetched_at: Instant::now() })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn clients_prove_themselves_as_the_provider_takes_it() {
        let takes_basic = |methods: serde_json::Value| {
            let mut document =
                json!({ "issuer": "i", "authorization_endpoint": "a", "token_endpoint": "t", "jwks_uri": "j" });
            document["token_endpoint_auth_methods_supported"] = methods;
            serde_json::from_value::<Document>(document).unwrap().takes_basic()
        };
        assert!(takes_basic(json!(null)), "the default of the standard");
        assert!(takes_basic(json!(["client_secret_post", "client_secret_basic"])));
        assert!(!takes_basic(json!(["client_secret_post"])));
        assert!(takes_basic(json!(["private_key_jwt"])), "which is not spoken here");
    }
}
