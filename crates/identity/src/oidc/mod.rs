//! Signing in by an identity provider: OpenID Connect Core 1.0, the authorization code flow with PKCE.
//!
//! The browser keeps one secret of a sign-in that is on its way ([`flow`]); state, nonce and PKCE verifier are made of it, so whoever has a
//! code without that browser has nothing, and a code that was put into another browser is refused there.

mod claims;
mod discovery;
pub mod flow;

use std::sync::Arc;
use std::time::Duration;

use config::OidcProvider;
use outbound::guard::{CheckedNames, Purpose, read_url};
use reqwest::Url;
use serde::Deserialize;

pub use self::claims::{Fault, Person};
use self::discovery::{Discovery, Known};
use self::flow::Flow;
use super::answer;
use super::jwks::Policy;

/// How long a provider may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// The setting that lets a provider be inside the organisation.
const IDENTITY_PROVIDER: Purpose = Purpose { what: "an identity provider", setting: "OIDC_<NAME>_ALLOW_PRIVATE" };
/// Longer codes are none.
const LONGEST_CODE: usize = 4 << 10;

/// Why a provider signed nobody in.
#[derive(Debug, thiserror::Error)]
pub enum ProviderError {
    /// It cannot be asked, or what it answers cannot be used; the log says more.
    #[error("{0} does not answer as it should right now; try again in a moment, or sign in another way")]
    Away(String),
    /// It did not take the code: it is over, was used, or is none of its own.
    #[error("{0} did not accept this sign-in; begin again")]
    Code(String),
    /// What it says of the person proves nothing.
    #[error("what {0} says of you cannot be believed: {1}; begin again, and tell an administrator if it happens again")]
    Fault(String, Fault),
}

/// One provider, as it is used.
pub struct Provider {
    /// Its settings.
    pub settings: OidcProvider,
    client: reqwest::Client,
    discovery: Discovery,
    /// Where it sends people back to.
    redirect_uri: String,
}

/// What the token endpoint answers.
#[derive(Deserialize)]
struct Tokens {
    id_token: String,
    access_token: Option<String>,
}

/// What came back with the browser.
#[derive(Clone, Copy, Debug)]
pub struct Returned<'a> {
    /// The code.
    pub code: &'a str,
    /// The issuer that the answer names (RFC 9207), where it does.
    pub issuer: Option<&'a str>,
}

impl Provider {
    /// As the settings say; nothing is fetched yet.
    ///
    /// # Errors
    /// When no HTTP client can be made.
    pub fn new(settings: OidcProvider, public_url: &str, policy: Policy) -> reqwest::Result<Self> {
        let client = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(PATIENCE)
            .dns_resolver(Arc::new(CheckedNames { allow_private: settings.allow_private, purpose: IDENTITY_PROVIDER }))
            .user_agent(concat!("lode/", env!("CARGO_PKG_VERSION")))
            .build()?;
        let redirect_uri = format!("{}/login/{}", public_url.trim_end_matches('/'), settings.key);
        Ok(Self { discovery: Discovery::new(policy), client, redirect_uri, settings })
    }

    /// Where the browser goes to sign in.
    ///
    /// # Errors
    /// When the provider cannot be asked where that is.
    pub async fn authorization_url(&self, flow: &Flow) -> Result<String, ProviderError> {
        let known = self.known().await?;
        let mut url = self.address(&known.document.authorization_endpoint)?;
        url.query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.settings.client_id)
            .append_pair("redirect_uri", &self.redirect_uri)
            .append_pair("scope", &self.settings.scopes)
            .append_pair("state", &flow.state())
            .append_pair("nonce", &flow.nonce())
            .append_pair("code_challenge", &flow.challenge())
            .append_pair("code_challenge_method", "S256");
        Ok(url.into())
    }

    /// Where the browser goes after signing out here; `None` where the settings do not ask for it or the provider has no such place.
    pub async fn sign_out_url(&self, back_to: &str) -> Option<String> {
        if !self.settings.signs_out {
            return None;
        }
        let known = self.known().await.ok()?;
        let mut url = self.address(known.document.end_session_endpoint.as_deref()?).ok()?;
        url.query_pairs_mut()
            .append_pair("client_id", &self.settings.client_id)
            .append_pair("post_logout_redirect_uri", back_to);
        Some(url.into())
    }

    /// Buys the person's claims with the code, and checks them.
    ///
    /// # Errors
    /// See [`ProviderError`].
    pub async fn redeem(&self, flow: &Flow, returned: Returned<'_>) -> Result<Person, ProviderError> {
        let known = self.known().await?;
        // Whose code it is, is said beside it: another provider's would be given to the wrong one (mix-up).
        let is_named = known.document.authorization_response_iss_parameter_supported;
        match returned.issuer {
            Some(issuer) if issuer != self.settings.issuer => return Err(self.fault(Fault::Issuer)),
            None if is_named => return Err(self.fault(Fault::Issuer)),
            _ => {}
        }
        if returned.code.is_empty() || returned.code.len() > LONGEST_CODE {
            return Err(ProviderError::Code(self.settings.name.clone()));
        }
        let tokens = self.exchange(&known, flow, returned.code).await?;
        let mut claims =
            claims::verify(&tokens.id_token, &known.jwks, &self.settings, &flow.nonce()).await.map_err(|unproved| {
                match unproved {
                    claims::Unproved::Fault(fault) => self.fault(fault),
                    claims::Unproved::Away => ProviderError::Away(self.settings.name.clone()),
                }
            })?;
        if !claims.contains_key("email")
            && let Some((endpoint, token)) = known.document.userinfo_endpoint.as_deref().zip(tokens.access_token)
        {
            self.complete(&mut claims, endpoint, &token).await?;
        }
        Person::read(&claims, &self.settings).map_err(|fault| self.fault(fault))
    }

    /// Whether it can be asked now: for `lode doctor`.
    ///
    /// # Errors
    /// What is not right, in words.
    pub async fn check(&self) -> anyhow::Result<()> {
        let known = self.discovery.fetch(&self.client, &self.settings).await?;
        for endpoint in [&known.document.authorization_endpoint, &known.document.token_endpoint] {
            read_url(endpoint, self.settings.allow_private, IDENTITY_PROVIDER)?;
        }
        anyhow::ensure!(known.jwks.count().await? > 0, "it shows no public key that signatures can be checked with");
        Ok(())
    }

    async fn exchange(&self, known: &Known, flow: &Flow, code: &str) -> Result<Tokens, ProviderError> {
        let mut form =
            vec![("grant_type", "authorization_code"), ("code", code), ("redirect_uri", self.redirect_uri.as_str())];
        let verifier = flow.verifier();
        form.push(("code_verifier", &verifier));
        let mut request = self.client.post(self.address(&known.document.token_endpoint)?);
        match &self.settings.client_secret {
            // RFC 6749, 2.3.1: both are encoded as in a form before they are put together.
            Some(secret) if known.document.takes_basic() => {
                request = request.basic_auth(form_encoded(&self.settings.client_id), Some(form_encoded(secret)));
            }
            Some(secret) => form.extend([("client_id", self.settings.client_id.as_str()), ("client_secret", secret)]),
            None => form.push(("client_id", &self.settings.client_id)),
        }
        let away = |error: anyhow::Error| self.away("its token endpoint", &error);
        let answer = request.form(&form).send().await.map_err(|error| away(error.without_url().into()))?;
        let status = answer.status();
        if status.is_client_error() {
            // Its sentence may repeat what was sent: the status is enough.
            tracing::warn!(provider = self.settings.key, %status, "a provider did not take a code");
            return Err(ProviderError::Code(self.settings.name.clone()));
        }
        if !status.is_success() {
            return Err(away(anyhow::anyhow!("it answered {status}")));
        }
        answer::read(answer).await.map_err(away)
    }

    /// Adds what the provider tells elsewhere than in the token. What is proved already stays as it is.
    async fn complete(&self, claims: &mut claims::Claims, endpoint: &str, token: &str) -> Result<(), ProviderError> {
        let away = |error: anyhow::Error| self.away("its user info endpoint", &error);
        let answer = self.client.get(self.address(endpoint)?).bearer_auth(token).send().await;
        let answer = answer.and_then(reqwest::Response::error_for_status);
        let answer = answer.map_err(|error| away(error.without_url().into()))?;
        let told: claims::Claims = answer::read(answer).await.map_err(away)?;
        // OpenID Connect Core, 5.3.2: it must be of the same person.
        if told.get("sub") != claims.get("sub") {
            return Err(self.fault(Fault::Subject));
        }
        for (name, value) in told {
            claims.entry(name).or_insert(value);
        }
        Ok(())
    }

    async fn known(&self) -> Result<Arc<Known>, ProviderError> {
        self.discovery
            .get(&self.client, &self.settings)
            .await
            .map_err(|error| self.away("its discovery document", &error))
    }

    /// An address that the provider named, judged like the one that the settings name.
    fn address(&self, text: &str) -> Result<Url, ProviderError> {
        read_url(text, self.settings.allow_private, IDENTITY_PROVIDER)
            .map_err(|refusal| self.away("an address of it", &refusal.into()))
    }

    fn away(&self, what: &str, error: &anyhow::Error) -> ProviderError {
        tracing::warn!(provider = self.settings.key, error = format!("{error:#}"), "{what} cannot be used");
        ProviderError::Away(self.settings.name.clone())
    }

    fn fault(&self, fault: Fault) -> ProviderError {
        tracing::warn!(provider = self.settings.key, %fault, "a provider's answer proves nothing");
        ProviderError::Fault(self.settings.name.clone(), fault)
    }
}

/// As a form writes it.
fn form_encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}
