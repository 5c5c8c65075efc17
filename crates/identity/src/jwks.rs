//! The public keys of a Supabase project or an identity provider, fetched, kept for a while, and fetched anew when a token names one that is not there.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;
use arc_swap::ArcSwapOption;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, KeyOperations, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey};
use serde::Deserialize;
use serde_json::Value;
use tokio::sync::Mutex;

use super::{Refusal, answer};

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
    /// Keys without a name, which no token can ask for by one.
    nameless: Vec<PublicKey>,
    fetched_at: Instant,
}

impl Keys {
    fn all(&self) -> impl Iterator<Item = &PublicKey> {
        self.by_id.values().chain(&self.nameless)
    }
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

    /// Where they are.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The key of a service that shows one alone, for signatures that name none; `None` when it shows several.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`] when the service cannot be asked and nothing usable is kept.
    pub async fn only_key(&self) -> Result<Option<PublicKey>, Refusal> {
        let one = |keys: &Keys| keys.all().next().filter(|_| keys.all().count() == 1).cloned();
        if let Some(keys) = self.kept(self.policy.fresh_for) {
            return Ok(one(&keys));
        }
        // No service calls a key so: what is kept is fetched anew, and then looked at as a whole.
        self.key("\0").await?;
        Ok(self.kept(self.policy.usable_for).as_deref().and_then(one))
    }

    /// How many usable keys the service shows now.
    ///
    /// # Errors
    /// When it cannot be asked.
    pub async fn count(&self) -> anyhow::Result<usize> {
        Ok(self.fetch().await?.all().count())
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
                Ok(keys) => self.keys.store(Some(Arc::new(keys))),
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

    async fn fetch(&self) -> anyhow::Result<Keys> {
        let answer = self.client.get(&self.url).send().await?.error_for_status()?;
        let set: KeySet = answer::read(answer).await.context("the answer is no set of keys")?;
        let (mut by_id, mut nameless) = (HashMap::new(), Vec::new());
        for (id, key) in set.keys.into_iter().filter_map(read) {
            match id {
                Some(id) => drop(by_id.insert(id, key)),
                None => nameless.push(key),
            }
        }
        tracing::info!(count = by_id.len() + nameless.len(), "fetched the project's public keys");
        Ok(Keys { by_id, nameless, fetched_at: Instant::now() })
    }
}

/// A set of keys, each read by itself: one of a kind that nobody here knows must not hide the others.
#[derive(Deserialize)]
struct KeySet {
    keys: Vec<Value>,
}

/// Bytes of the smallest RSA modulus whose signatures are believed: 2 048 bits.
const LEAST_RSA_BYTES: usize = 256;

/// A usable key and its id: public, meant for signatures, and of an algorithm that its own entry does not deny. Shared secrets do not belong
/// into a public list and are left out, like keys for encryption.
/// Whoever shows one key alone need not name it.
fn read(jwk: Value) -> Option<(Option<String>, PublicKey)> {
    let jwk: Jwk = serde_json::from_value(jwk).ok()?;
    let (algorithm, name) = match &jwk.algorithm {
        AlgorithmParameters::EllipticCurve(curve) if curve.curve == EllipticCurve::P256 => {
            (Algorithm::ES256, KeyAlgorithm::ES256)
        }
        AlgorithmParameters::EllipticCurve(curve) if curve.curve == EllipticCurve::P384 => {
            (Algorithm::ES384, KeyAlgorithm::ES384)
        }
        AlgorithmParameters::RSA(rsa) if modulus_bytes(&rsa.n) >= LEAST_RSA_BYTES => {
            (Algorithm::RS256, KeyAlgorithm::RS256)
        }
        AlgorithmParameters::OctetKeyPair(pair) if pair.curve == EllipticCurve::Ed25519 => {
            (Algorithm::EdDSA, KeyAlgorithm::EdDSA)
        }
        _ => return None,
    };
    let is_for_signatures = jwk.common.public_key_use.as_ref().is_none_or(|named| *named == PublicKeyUse::Signature);
    let may_verify =
        jwk.common.key_operations.as_ref().is_none_or(|operations| operations.contains(&KeyOperations::Verify));
    let is_of_algorithm = jwk.common.key_algorithm.is_none_or(|named| named == name);
    if !(is_for_signatures && may_verify && is_of_algorithm) {
        return None;
    }
    let key = DecodingKey::from_jwk(&jwk).ok()?;
    Some((jwk.common.key_id, PublicKey { algorithm, key }))
}

/// Length of a number in unpadded base64url, in bytes.
fn modulus_bytes(number: &str) -> usize {
    number.len() * 3 / 4
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn ec(more: Value) -> Value {
        let mut key = json!({
            "kty": "EC", "crv": "P-256", "kid": "one",
            "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
        });
        key.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        key
    }

    #[test]
    fn keys_that_are_not_for_signatures_are_left_out() {
        for more in [json!({}), json!({ "use": "sig", "alg": "ES256" }), json!({ "key_ops": ["verify"] })] {
            assert!(read(ec(more.clone())).is_some(), "{more}");
        }
        for more in [
            json!({ "use": "enc" }),
            json!({ "use": "tls" }),
            json!({ "alg": "ES384" }),
            json!({ "alg": "RSA-OAEP" }),
            json!({ "alg": "HS256" }),
            json!({ "key_ops": ["deriveKey"] }),
            json!({ "key_ops": [] }),
            json!({ "crv": "P-521" }),
        ] {
            assert!(read(ec(more.clone())).is_none(), "{more}");
        }
        assert_eq!(
            read(ec(json!({ "kid": null }))).unwrap().0,
            None,
            "a key without a name is found by no token that says one"
        );
        let rsa = |bytes: usize, more: Value| {
            let mut key = json!({ "kty": "RSA", "kid": "r", "e": "AQAB", "n": "q".repeat(bytes.div_ceil(3) * 4) });
            key.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            key
        };
        assert!(read(rsa(256, json!({ "alg": "RS256" }))).is_some());
        for (bytes, more) in
            [(128, json!({})), (256, json!({ "alg": "RSA-OAEP" })), (256, json!({ "alg": "RS512", "use": "sig" }))]
        {
            assert!(read(rsa(bytes, more.clone())).is_none(), "{bytes} {more}");
        }
        let pair = |curve: &str| json!({ "kty": "OKP", "kid": "o", "crv": curve, "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" });
        assert!(read(pair("Ed25519")).is_some());
        assert!(read(pair("X25519")).is_none(), "for agreement, not for signatures");
        assert!(read(json!({ "kty": "oct", "kid": "s", "k": "c2VjcmV0" })).is_none());
        assert!(read(json!("no key")).is_none());
    }
}
