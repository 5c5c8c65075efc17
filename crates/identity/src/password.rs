//! Passwords: argon2id with OWASP's parameters (19 MiB, two passes), computed beside the threads that answer requests.

use std::sync::{Arc, OnceLock};

use anyhow::Context;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use super::{common_password, secret};

/// Shortest password, in characters (NIST SP 800-63B asks for 8 beside a second factor, 15 without; this is between).
pub const MIN_LENGTH: usize = 12;
/// Longest one, so that nobody makes the server hash a book.
pub const MAX_LENGTH: usize = 256;
/// Passwords that are computed at once: each takes a core and 19 MiB.
const AT_ONCE: usize = 2;

/// Computes and compares passwords, a few at a time.
pub struct Passwords {
    permits: Arc<Semaphore>,
    /// What an unknown account's password is compared with, so that it takes as long as a known one's.
    decoy: Arc<OnceLock<String>>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self { permits: Arc::new(Semaphore::new(AT_ONCE)), decoy: Arc::new(OnceLock::new()) }
    }
}

impl Passwords {
    /// The PHC string to keep.
    ///
    /// # Errors
    /// When there is not enough memory.
    pub async fn hash(&self, password: String) -> anyhow::Result<String> {
        let _permit = self.permits.acquire().await?;
        tokio::task::spawn_blocking(move || hash(&password)).await?
    }

    /// Whether the password is the one that was kept; without a kept one it is not, after the same time.
    ///
    /// # Errors
    /// When there is not enough memory.
    pub async fn verify(&self, password: String, kept: Option<String>) -> anyhow::Result<bool> {
        let _permit = self.permits.acquire().await?;
        let decoy = self.decoy.clone();
        tokio::task::spawn_blocking(move || {
            let is_known = kept.is_some();
            let kept = match kept {
                Some(kept) => kept,
                None => match decoy.get() {
                    Some(decoy) => decoy.clone(),
                    None => decoy.get_or_init(|| hash(&secret::random_text()).unwrap_or_default()).clone(),
                },
            };
            let is_right = hasher()?.verify_password(password.as_bytes(), kept.as_str()).is_ok();
            Ok(is_right && is_known)
        })
        .await?
    }
}

fn hasher() -> anyhow::Result<Argon2<'static>> {
    let params = Params::new(19 * 1024, 2, 1, Some(32)).map_err(|error| anyhow::anyhow!("argon2: {error}"))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash(password: &str) -> anyhow::Result<String> {
    let salt = secret::random_bytes();
    let hash = hasher()?
        .hash_password_with_salt(password.as_bytes(), &salt[..16])
        .map_err(|error| anyhow::anyhow!("argon2: {error}"))
        .context("a password could not be hashed")?;
    Ok(hash.to_string())
}

/// Why a password is not taken, as one sentence; `None` when it is.
#[must_use]
pub fn weakness(password: &str, email: &str) -> Option<String> {
    let length = password.chars().count();
    if length < MIN_LENGTH {
        return Some(format!("Password should be at least {MIN_LENGTH} characters."));
    }
    if length > MAX_LENGTH {
        return Some(format!("Password should be at most {MAX_LENGTH} characters."));
    }
    let lower = password.to_lowercase();
    let mut kinds: Vec<char> = lower.chars().collect();
    kinds.sort_unstable();
    kinds.dedup();
    if kinds.len() < 5 {
        return Some("Password should have at least five different characters.".to_owned());
    }
    if common_password::is_common(password) {
        return Some(
            "Password should not be one that everybody tries first; a sentence of your own is easy to keep.".to_owned(),
        );
    }
    let name = email.split('@').next().unwrap_or_default().to_lowercase();
    if name.len() >= 4 && lower.contains(&name) {
        return Some("Password should not contain your e-mail address.".to_owned());
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_known_again_and_another_is_not() {
        let passwords = Passwords::default();
        let kept = passwords.hash("Korrekt häst batteri".to_owned()).await.unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert_ne!(kept, passwords.hash("Korrekt häst batteri".to_owned()).await.unwrap(), "salted");
        assert!(passwords.verify("Korrekt häst batteri".to_owned(), Some(kept.clone())).await.unwrap());
        assert!(!passwords.verify("korrekt häst batteri".to_owned(), Some(kept)).await.unwrap());
        assert!(!passwords.verify("korrekt häst batteri".to_owned(), None).await.unwrap());
    }

    #[test]
    fn weak_passwords_are_told_why() {
        for (password, words) in [
            ("kort", "at least 12"),
            ("aaaaaaaaaaaaaaa", "different"),
            ("anna.svensson-2026", "e-mail"),
            (&"x".repeat(300), "at most"),
        ] {
            let said = weakness(password, "Anna.Svensson@example.se").unwrap();
            assert!(said.contains(words), "{password}: {said}");
        }
        assert_eq!(weakness("Korrekt häst batteri", "anna@example.se"), None);
    }
}
