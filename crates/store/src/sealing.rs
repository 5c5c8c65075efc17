//! Secrets that the program must be able to read again (signing keys, secrets of webhooks and of second factors) are kept sealed with a key
//! that is not in the database: whoever has only a dump of it has none of them.
//!
//! AES-256-GCM with a random nonce. The place that a secret belongs to is authenticated with it, so that a sealed value cannot be moved to
//! another place. A value says which key sealed it, so that the key can be changed while the program runs.

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::rand::{SecureRandom, SystemRandom};
use sha2::{Digest, Sha256};
use sqlx::PgConnection;

/// What sealed values begin with. A random key of 32 bytes begins so once in 2^112.
const PREFIX: &[u8] = b"lode-sealed-1:";
/// Bytes that name a key.
const KEY_ID: usize = 4;

/// Seals and opens. The first key seals; all open.
#[derive(Clone, Default)]
pub struct Sealer {
    keys: Vec<([u8; KEY_ID], LessSafeKeyBox)>,
}

type LessSafeKeyBox = std::sync::Arc<LessSafeKey>;

/// Why a secret could not be sealed or opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The key is not here.
    #[error(
        "a secret in the database is sealed with a key that is not set here: set LODE_SECRET_KEY (or LODE_SECRET_KEY_PREVIOUS, while the \
         key is changed) to the one it was sealed with"
    )]
    UnknownKey,
    /// The value was changed or moved.
    #[error("a sealed secret in the database was changed, or moved from where it belongs")]
    Damaged,
    /// There is no key to seal with.
    #[error(
        "there is no key to seal secrets with: set LODE_SECRET_KEY or LODE_SECRET_KEY_FILE (64 hexadecimal digits)"
    )]
    NoKey,
    /// The operating system gave no random bytes.
    #[error("the operating system gave no random bytes")]
    NoRandomness,
}

impl From<SealError> for sqlx::Error {
    fn from(error: SealError) -> Self {
        Self::Decode(error.into())
    }
}

impl Sealer {
    /// With these keys, the one that seals first.
    #[must_use]
    pub fn new(keys: &[[u8; 32]]) -> Self {
        let keys = keys.iter().filter_map(|key| {
            let digest = Sha256::digest([b"lode-key-id:".as_slice(), key].concat());
            let id = [digest[0], digest[1], digest[2], digest[3]];
            let key = UnboundKey::new(&AES_256_GCM, key).ok()?;
            Some((id, LessSafeKeyBox::new(LessSafeKey::new(key))))
        });
        Self { keys: keys.collect() }
    }

    /// Whether there is a key to seal with.
    #[must_use]
    pub fn has_key(&self) -> bool {
        !self.keys.is_empty()
    }

    /// Seals a secret for its place.
    ///
    /// # Errors
    /// [`SealError::NoKey`], [`SealError::NoRandomness`].
    pub fn seal(&self, place: &str, secret: &[u8]) -> Result<Vec<u8>, SealError> {
        let (id, key) = self.keys.first().ok_or(SealError::NoKey)?;
        let mut nonce = [0; NONCE_LEN];
        SystemRandom::new().fill(&mut nonce).map_err(|_| SealError::NoRandomness)?;
        let mut sealed = secret.to_vec();
        key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(place.as_bytes()), &mut sealed)
            .map_err(|_| SealError::Damaged)?;
        Ok([PREFIX, id, &nonce, &sealed].concat())
    }

    /// As [`Self::seal`] where there is a key; else the secret as it is, as installations without a key keep it.
    ///
    /// # Errors
    /// [`SealError::NoRandomness`].
    pub fn seal_where_possible(&self, place: &str, secret: &[u8]) -> Result<Vec<u8>, SealError> {
        if self.has_key() { self.seal(place, secret) } else { Ok(secret.to_vec()) }
    }

    /// The secret behind a kept value; one that was never sealed is itself.
    ///
    /// # Errors
    /// [`SealError::UnknownKey`], [`SealError::Damaged`].
    pub fn open(&self, place: &str, kept: &[u8]) -> Result<Vec<u8>, SealError> {
        let Some(rest) = kept.strip_prefix(PREFIX) else { return Ok(kept.to_vec()) };
        let (id, rest) = rest.split_at_checked(KEY_ID).ok_or(SealError::Damaged)?;
        let (nonce, sealed) = rest.split_at_checked(NONCE_LEN).ok_or(SealError::Damaged)?;
        let (_, key) = self.keys.iter().find(|(known, _)| known == id).ok_or(SealError::UnknownKey)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| SealError::Damaged)?;
        let mut opened = sealed.to_vec();
        let secret =
            key.open_in_place(nonce, Aad::from(place.as_bytes()), &mut opened).map_err(|_| SealError::Damaged)?;
        Ok(secret.to_vec())
    }

    /// As [`Self::seal_where_possible`], for a column of text.
    ///
    /// # Errors
    /// [`SealError::NoRandomness`].
    pub fn seal_text(&self, place: &str, secret: &str) -> Result<String, SealError> {
        if !self.has_key() {
            return Ok(secret.to_owned());
        }
        let sealed = self.seal(place, secret.as_bytes())?;
        Ok(format!("{}{}", String::from_utf8_lossy(PREFIX), hex::encode(&sealed[PREFIX.len()..])))
    }

    /// As [`Self::open`], for a column of text.
    ///
    /// # Errors
    /// [`SealError::UnknownKey`], [`SealError::Damaged`].
    pub fn open_text(&self, place: &str, kept: &str) -> Result<String, SealError> {
        let Some(rest) = kept.strip_prefix(std::str::from_utf8(PREFIX).unwrap_or_default()) else {
            return Ok(kept.to_owned());
        };
        let sealed = hex::decode(rest).map_err(|_| SealError::Damaged)?;
        let secret = self.open(place, &[PREFIX, &sealed].concat())?;
        String::from_utf8(secret).map_err(|_| SealError::Damaged)
    }
}

/// The place of a signing key.
pub const SIGNING_KEY: &str = "signing_keys.secret";
/// The place of a webhook's secret.
pub const WEBHOOK: &str = "webhooks.secret";

/// The place of a person's second factor.
#[must_use]
pub fn second_factor(user: uuid::Uuid) -> String {
    format!("second_factors.secret:{user}")
}

/// Seals every secret anew with the first key, those that were never sealed too; returns how many. The caller commits: all or none.
///
/// # Errors
/// When there is no key, when one of the secrets cannot be opened, or the database does not answer.
pub async fn seal_all(conn: &mut PgConnection, sealer: &Sealer) -> sqlx::Result<usize> {
    let mut count = 0;
    let keys = sqlx::query!("SELECT id, secret FROM signing_keys FOR UPDATE").fetch_all(&mut *conn).await?;
    for key in keys {
        let sealed = sealer.seal(SIGNING_KEY, &sealer.open(SIGNING_KEY, &key.secret)?)?;
        sqlx::query!("UPDATE signing_keys SET secret = $2 WHERE id = $1", key.id, sealed).execute(&mut *conn).await?;
        count += 1;
    }
    let hooks = sqlx::query!("SELECT id, secret FROM webhooks FOR UPDATE").fetch_all(&mut *conn).await?;
    for hook in hooks {
        if !sealer.has_key() {
            return Err(SealError::NoKey.into());
        }
        let sealed = sealer.seal_text(WEBHOOK, &sealer.open_text(WEBHOOK, &hook.secret)?)?;
        sqlx::query!("UPDATE webhooks SET secret = $2 WHERE id = $1", hook.id, sealed).execute(&mut *conn).await?;
        count += 1;
    }
    let factors =
        sqlx::query!("SELECT id, user_id, secret FROM second_factors FOR UPDATE").fetch_all(&mut *conn).await?;
    for factor in factors {
        let place = second_factor(factor.user_id);
        let sealed = sealer.seal(&place, &sealer.open(&place, &factor.secret)?)?;
        sqlx::query!("UPDATE second_factors SET secret = $2 WHERE id = $1", factor.id, sealed)
            .execute(&mut *conn)
            .await?;
        count += 1;
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_with_its_key_at_its_place_only() {
        let (old, new) = ([1; 32], [2; 32]);
        let sealer = Sealer::new(&[old]);
        let sealed = sealer.seal("a", b"secret").unwrap();
        assert!(!sealed.windows(6).any(|part| part == b"secret"));
        assert_ne!(sealed, sealer.seal("a", b"secret").unwrap(), "each time with another nonce");
        assert_eq!(sealer.open("a", &sealed).unwrap(), b"secret");
        assert_eq!(sealer.open("b", &sealed), Err(SealError::Damaged), "moved");
        for at in PREFIX.len() + KEY_ID..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(sealer.open("a", &changed), Err(SealError::Damaged), "byte {at}");
        }
        for length in PREFIX.len()..sealed.len() {
            assert!(sealer.open("a", &sealed[..length]).is_err(), "cut to {length}");
        }
        assert_eq!(Sealer::new(&[new]).open("a", &sealed), Err(SealError::UnknownKey));
        let both = Sealer::new(&[new, old]);
        assert_eq!(both.open("a", &sealed).unwrap(), b"secret", "while the key is changed");
        let resealed = both.seal("a", b"secret").unwrap();
        assert_eq!(Sealer::new(&[new]).open("a", &resealed).unwrap(), b"secret", "the first key seals");
    }

    #[test]
    fn without_a_key_secrets_stay_as_they_are_and_what_was_sealed_is_told() {
        let plain = Sealer::default();
        assert_eq!(plain.seal_where_possible("a", b"secret").unwrap(), b"secret");
        assert_eq!(plain.open("a", b"secret").unwrap(), b"secret");
        assert_eq!(plain.seal("a", b"secret"), Err(SealError::NoKey));
        assert_eq!(plain.seal_text("a", "whsec_x").unwrap(), "whsec_x");
        let sealer = Sealer::new(&[[3; 32]]);
        let text = sealer.seal_text("a", "whsec_x").unwrap();
        assert_eq!(sealer.open_text("a", &text).unwrap(), "whsec_x");
        assert_eq!(sealer.open_text("a", "whsec_x").unwrap(), "whsec_x", "never sealed");
        assert_eq!(plain.open_text("a", &text), Err(SealError::UnknownKey));
        assert_eq!(sealer.open_text("a", "lode-sealed-1:zz"), Err(SealError::Damaged));
    }
}
