//! One sign-in that is on its way: everything that binds its steps to one another is made of one secret, which the browser keeps.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::secret;

/// Characters of a flow's secret.
const LENGTH: usize = 43;

/// A sign-in that is on its way.
#[derive(Clone)]
pub struct Flow(String);

impl Flow {
    /// A new one, with a secret of 256 random bits.
    #[must_use]
    pub fn begin() -> Self {
        Self(secret::random_text())
    }

    /// The one with this secret; `None` for what is no such secret.
    #[must_use]
    pub fn resume(secret: &str) -> Option<Self> {
        let is_secret = secret.len() == LENGTH
            && secret.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
        is_secret.then(|| Self(secret.to_owned()))
    }

    /// What the browser keeps.
    #[must_use]
    pub fn secret(&self) -> &str {
        &self.0
    }

    /// Goes to the provider and comes back with its answer.
    #[must_use]
    pub fn state(&self) -> String {
        self.made_for("state")
    }

    /// What is kept of the state until the sign-in ends.
    #[must_use]
    pub fn state_hash(&self) -> Vec<u8> {
        secret::digest(&self.state())
    }

    /// Goes to the provider and comes back within its token.
    #[must_use]
    pub fn nonce(&self) -> String {
        self.made_for("nonce")
    }

    /// Goes to the provider with the code (RFC 7636).
    #[must_use]
    pub fn verifier(&self) -> String {
        self.made_for("verifier")
    }

    /// Goes to the provider before.
    #[must_use]
    pub fn challenge(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(self.verifier().as_bytes()))
    }

    /// 256 bits that tell nothing of the secret nor of one another.
    fn made_for(&self, purpose: &str) -> String {
        let mut hash = Sha256::new();
        hash.update(b"lode-oidc:");
        hash.update(purpose.as_bytes());
        hash.update(b":");
        hash.update(self.0.as_bytes());
        URL_SAFE_NO_PAD.encode(hash.finalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_out_differs_tells_no_secret_and_is_found_again_by_it() {
        let flow = Flow::begin();
        let again = Flow::resume(flow.secret()).unwrap();
        let made = [flow.state(), flow.nonce(), flow.verifier(), flow.challenge()];
        assert_eq!(made, [again.state(), again.nonce(), again.verifier(), again.challenge()]);
        for (at, one) in made.iter().enumerate() {
            assert_eq!(one.len(), 43, "RFC 7636 asks for 43 to 128 characters");
            assert!(!made[..at].contains(one) && one != flow.secret());
        }
        assert_ne!(flow.state(), Flow::begin().state());
    }

    #[test]
    fn what_is_no_secret_resumes_nothing() {
        for text in ["", "short", &"a".repeat(44), &format!("{}å", "a".repeat(41)), &"=".repeat(43)] {
            assert!(Flow::resume(text).is_none(), "{text}");
        }
    }
}
