//! The public keys of a Supabase project, fetched, kept for a while, and fetched anew when a token names one that is not there.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;
use arc_swap::ArcSwapOption;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, JwkSet};
use jsonwebtoken::{Algorithm, DecodingKey};
use tokio::sync::Mutex;

use super::Refusal;

/// Answers larger than this are not a project's keys.
const MAX_BYTES: usize = 256 << 10;

/// How long keys are used and how often they are asked for.
#[derive(Clone, Copy, Debug)]
pub struct Policy {
    /// Older keys are fetched anew.
    pub fresh_for: Duration,
    /// Keys that could not be fetched anew are used no longer than this.
    pub usable_for: Duration,
    /// Between two fetches, whatever tokens ask for.
    pub fetch_every: Duration,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            fresh_for: Duration::from_secs(600),
            usable_for: Duration::from_secs(3600),
            fetch_every: Duration::from_secs(5),
        }
    }
}

/// A key and the one algorithm that it is for.
#[derive(Clone)]
pub struct PublicKey {
    /// What the token's header must say.
    pub algorithm: Algorithm,
    /// Checks signatures.
    pub key: DecodingKey,
}

struct Keys {
    by_id: HashMap<String, PublicKey>,
    fetched_at: Instant,
}

/// The keys of one project.
pub struct Jwks {
    url: String,
    client: reqwest::Client,
    policy: Policy,
    keys: ArcSwapOption<Keys>,
    /// Held while fetching, so that one request asks for all; holds when that was.
    last_fetch: Mutex<Option<Instant>>,
}

impl Jwks {
    /// The keys at this address; nothing is fetched before the first token.
    #[must_use]
    pub fn new(url: String, client: reqwest::Client, policy: Policy) -> Self {
        Self { url, client, policy, keys: ArcSwapOption::empty(), last_fetch: Mutex::new(None) }
    }

    /// The key with this id; `None` when the project does not have it.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`] when the project cannot be asked and nothing usable is kept.
    pub async fn key(&self, id: &str) -> Result<Option<PublicKey>, Refusal> {
        if let Some(key) = self.kept(self.policy.fresh_for).and_then(|keys| keys.by_id.get(id).cloned()) {
            return Ok(Some(key));
        }
        let mut last_fetch = self.last_fetch.lock().await;
        // Another request may have fetched them while this one waited.
        if let Some(key) = self.kept(self.policy.fresh_for).and_then(|keys| keys.by_id.get(id).cloned()) {
            return Ok(Some(key));
        }
        if last_fetch.is_none_or(|at| at.elapsed() >= self.policy.fetch_every) {
            *last_fetch = Some(Instant::now());
            match self.fetch().await {
                Ok(by_id) => self.keys.store(Some(Arc::new(Keys { by_id, fetched_at: Instant::now() }))),
                Err(error) => {
                    tracing::warn!(error = format!("{error:#}"), "the project's public keys cannot be fetched")
                }
            }
        }
        match self.kept(self.policy.usable_for) {
            Some(keys) => Ok(keys.by_id.get(id).cloned()),
            None => Err(Refusal::Unavailable("the sign-in service does not answer; try again in a moment".to_owned())),
        }
    }

    fn kept(&self, at_most: Duration) -> Option<Arc<Keys>> {
        self.keys.load_full().filter(|keys| keys.fetched_at.elapsed() < at_most)
    }

    async fn fetch(&self) -> anyhow::Result<HashMap<String, PublicKey>> {
        let mut answer = self.client.get(&self.url).send().await?.error_for_status()?;
        let mut body = Vec::new();
        while let Some(piece) = answer.chunk().await? {
            anyhow::ensure!(body.len() + piece.len() <= MAX_BYTES, "the answer is larger than {MAX_BYTES} bytes");
            body.extend_from_slice(&piece);
        }
        let set: JwkSet = serde_json::from_slice(&body).context("the answer is no set of keys")?;
        let keys: HashMap<_, _> = set.keys.iter().filter_map(read).collect();
        tracing::info!(count = keys.len(), "fetched the project's public keys");
        Ok(keys)
    }
}

/// A usable key and its id. Shared secrets do not belong into a public list and are left out.
fn read(jwk: &Jwk) -> Option<(String, PublicKey)> {
    let algorithm = match &jwk.algorithm {
        AlgorithmParameters::EllipticCurve(curve) if curve.curve == EllipticCurve::P256 => Algorithm::ES256,
        AlgorithmParameters::EllipticCurve(curve) if curve.curve == EllipticCurve::P384 => Algorithm::ES384,
        AlgorithmParameters::RSA(_) => Algorithm::RS256,
        AlgorithmParameters::OctetKeyPair(_) => Algorithm::EdDSA,
        _ => return None,
    };
    let id = jwk.common.key_id.clone()?;
    let key = DecodingKey::from_jwk(jwk).ok()?;
    Some((id, PublicKey { algorithm, key }))
}
