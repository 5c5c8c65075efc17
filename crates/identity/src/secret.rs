//! Random secrets and what is kept of them.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// 256 random bits for an address or a header: 43 characters of base64url.
#[must_use]
pub fn random_text() -> String {
    URL_SAFE_NO_PAD.encode(random_bytes())
}

/// 256 random bits from the operating system's generator.
#[must_use]
pub fn random_bytes() -> [u8; 32] {
    rand::random()
}

/// The refresh token that follows another one. Who has the old token only cannot make it, nor who reads the key in the database only.
#[must_use]
pub fn successor(old: &str, key: &[u8]) -> String {
    let mut hash = Sha256::new();
    hash.update(b"refresh-successor:");
    hash.update(Sha256::digest(key));
    hash.update(old.as_bytes());
    URL_SAFE_NO_PAD.encode(hash.finalize())
}

/// What is kept of a random secret. It needs no salt and no stretching: nobody guesses 256 bits.
#[must_use]
pub fn digest(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

/// What failures to sign in are counted by: an address without regard to the case of ASCII letters, not readable in the table. Other letters stay as
/// they are: what Unicode makes of them in lower case differs from what the database does.
#[must_use]
pub fn address_digest(email: &str) -> Vec<u8> {
    digest(&format!("sign-in:{}", email.trim().to_ascii_lowercase()))
}
