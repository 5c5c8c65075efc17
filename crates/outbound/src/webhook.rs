//! Calls a webhook, signed as the Standard Webhooks specification says: `webhook-id`, `webhook-timestamp`, and
//! `webhook-signature: v1,<base64 of HMAC-SHA-256 over id.timestamp.body>`.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit, Mac};
use reqwest::redirect::Policy;
use sha2::Sha256;
use uuid::Uuid;

use super::guard::{CheckedNames, WEBHOOK, read_url};
use super::send::SendError;

/// How long the other side may take to answer.
const PATIENCE: Duration = Duration::from_secs(15);

/// Calls webhooks; one per process.
#[derive(Clone)]
pub struct Caller {
    client: reqwest::Client,
    allow_private: bool,
}

impl Caller {
    /// A caller that reaches public addresses only, unless `allow_private`.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new(allow_private: bool) -> reqwest::Result<Self> {
        let client = reqwest::Client::builder()
            .no_proxy()
            .redirect(Policy::none())
            .timeout(PATIENCE)
            .dns_resolver(Arc::new(CheckedNames { allow_private, purpose: WEBHOOK }))
            .user_agent(concat!("lode/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self { client, allow_private })
    }

    /// Sends the body; answers with the status when it was taken (2xx).
    ///
    /// # Errors
    /// [`SendError`]: refused permanently, or to be tried again.
    pub async fn call(
        &self,
        url: &str,
        secret: &str,
        id: Uuid,
        body: &serde_json::Value,
        now: DateTime<Utc>,
    ) -> Result<u16, SendError> {
        let url = read_url(url, self.allow_private, WEBHOOK)
            .map_err(|refusal| SendError::permanent(None, refusal.to_string()))?;
        let text = body.to_string();
        let timestamp = now.timestamp();
        let signature = sign(secret, id, timestamp, &text)
            .ok_or_else(|| SendError::permanent(None, "the webhook's secret is damaged; make a new one"))?;
        let answer = self
            .client
            .post(url)
            .header("content-type", "application/json")
            .header("webhook-id", id.to_string())
            .header("webhook-timestamp", timestamp.to_string())
            .header("webhook-signature", signature)
            .body(text)
            .send()
            .await
            .map_err(|error| SendError::again(None, chain(&error)))?;
        let status = answer.status();
        if status.is_success() {
            return Ok(status.as_u16());
        }
        let said = format!("the other side answered {status}");
        // 410: the receiver is gone and says so.
        if status.as_u16() == 410 {
            return Err(SendError::permanent(Some(status.as_u16()), said));
        }
        Err(SendError::again(Some(status.as_u16()), said))
    }
}

/// What went wrong, down to its cause, without the address, whose query may hold a secret.
fn chain(error: &reqwest::Error) -> String {
    let mut text = if error.is_timeout() { "no answer in time".to_owned() } else { "no connection".to_owned() };
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text.chars().take(500).collect()
}

/// The signature; `None` when the secret is not `whsec_` and base64.
#[must_use]
pub fn sign(secret: &str, id: Uuid, timestamp: i64, body: &str) -> Option<String> {
    let key = STANDARD.decode(secret.strip_prefix("whsec_")?).ok()?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
    mac.update(format!("{id}.{timestamp}.{body}").as_bytes());
    Some(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
}

/// A new secret out of 32 random bytes.
#[must_use]
pub fn new_secret() -> String {
    let mut bytes = [0; 32];
    // Two random ids hold 244 random bits, drawn from the system.
    bytes[..16].copy_from_slice(Uuid::new_v4().as_bytes());
    bytes[16..].copy_from_slice(Uuid::new_v4().as_bytes());
    format!("whsec_{}", STANDARD.encode(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_that_of_the_specification() {
        // Worked with openssl: dgst -sha256 -mac hmac -macopt key:secret.
        let id = Uuid::from_u128(0);
        let secret = format!("whsec_{}", STANDARD.encode("secret"));
        let signature = sign(&secret, id, 1_700_000_000, "{}").unwrap();
        assert_eq!(signature, "v1,UMqTzVStTlGTBM6aff5+h5Egrr1H0WpUBWsGoS7FUWs=");
        assert_eq!(sign("secret", id, 0, ""), None);
        assert_ne!(new_secret(), new_secret());
    }
}
