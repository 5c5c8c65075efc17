//! Encrypted files: streamed in parts of 64 KiB, each of which proves its content, its place in the file and whether it is the last.
//!
//! A file is a header and parts. The header (74 bytes) tells how the key was made, which key it was, and a random salt. Every file has a key of
//! its own: HKDF-SHA256 over the installation's key with that salt, the whole header and the file's name, so neither can be exchanged.
//! Each part is AES-256-GCM under a nonce of its number and a mark of the last part (the STREAM construction of Hoang, Reyhanitabar, Rogaway and
//! Vizár, 2015): a file that was cut, also between two parts, reordered, lengthened or altered does not decrypt. What is read
//! from the stream before an error is genuine and in order, but not the whole.

mod header;
mod secret;
mod stream;

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, ensure};
use bytes::Bytes;
use futures::stream::BoxStream;
use ring::aead::{AES_256_GCM, LessSafeKey, UnboundKey};
use ring::hkdf::{self, HKDF_SHA256, Prk, Salt};
use ring::rand::{SecureRandom, SystemRandom};
use tokio::io::AsyncWrite;

use header::{Derivation, Header, KEY_ID_LENGTH};
pub use secret::Secret;
pub use stream::EncryptingWriter;

/// Length of the header, and so the least length of an encrypted file.
pub const HEADER_LENGTH: usize = header::LENGTH;

/// Encrypts and decrypts files with one secret.
pub struct Encryption {
    secret: Secret,
    /// How the key of new files is made.
    derivation: Derivation,
    /// The keys made of a passphrase, by how they were made: making one takes a tenth of a second and 64 MiB.
    keys: Mutex<HashMap<Derivation, [u8; 32]>>,
}

impl Encryption {
    /// With a secret; a passphrase gets a new random salt.
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub fn new(secret: Secret) -> anyhow::Result<Self> {
        let derivation = match &secret {
            Secret::Key(_) => Derivation::Key,
            Secret::Passphrase(_) => Derivation::passphrase(random()?),
        };
        Ok(Self { secret, derivation, keys: Mutex::new(HashMap::new()) })
    }

    /// Takes over the salt of the passphrase from a file that the same passphrase encrypted, so that names made by [`Self::keyed_name`] stay what
    /// they were. Another header, or one with weaker settings than today's, is left alone.
    ///
    /// # Errors
    /// When no key can be made of the passphrase.
    pub fn adopt_salt_of(&mut self, file_start: &[u8]) -> anyhow::Result<()> {
        let Ok(header) = Header::parse(file_start) else { return Ok(()) };
        let is_as_strong = match (header.derivation, self.derivation) {
            (Derivation::Passphrase { salt, .. }, Derivation::Passphrase { .. }) => {
                header.derivation == Derivation::passphrase(salt)
            }
            _ => false,
        };
        if is_as_strong && key_id(&self.key(header.derivation)?)? == header.key_id {
            self.derivation = header.derivation;
        }
        Ok(())
    }

    /// A name that only who has the key can make of `text`; 64 hexadecimal digits, the same for the same text.
    ///
    /// # Errors
    /// When no key can be made of the passphrase.
    pub fn keyed_name(&self, text: &str) -> anyhow::Result<String> {
        let name: [u8; 32] = expand(&extract(&[], &self.key(self.derivation)?), &[b"lode name v1", text.as_bytes()])?;
        Ok(hex::encode(name))
    }

    /// Encrypts what is written into `to`. The file is whole only after [`EncryptingWriter::finish`].
    ///
    /// # Errors
    /// When the system gives no randomness, or no key can be made of the passphrase.
    pub fn writer<W: AsyncWrite + Unpin>(&self, name: &str, to: W) -> anyhow::Result<EncryptingWriter<W>> {
        let master = self.key(self.derivation)?;
        let header = Header { derivation: self.derivation, key_id: key_id(&master)?, salt: random()? };
        let key = file_key(&master, &header, name)?;
        Ok(EncryptingWriter::new(to, header.bytes(), key))
    }

    /// Decrypts a file from its pieces. Nothing of a part is given before it has proved itself; a file that ends before its last part is an
    /// error, at its end.
    pub fn decrypt<'a>(
        &'a self,
        name: &str,
        pieces: BoxStream<'a, anyhow::Result<Bytes>>,
    ) -> BoxStream<'a, anyhow::Result<Bytes>> {
        let name = name.to_owned();
        stream::decrypted(name.clone(), pieces, move |bytes| self.open(&name, bytes))
    }

    /// The key of a file, by its header.
    fn open(&self, name: &str, header: &[u8]) -> anyhow::Result<LessSafeKey> {
        let header = Header::parse(header).with_context(|| name.to_owned())?;
        match (header.derivation, &self.secret) {
            (Derivation::Key, Secret::Key(_)) | (Derivation::Passphrase { .. }, Secret::Passphrase(_)) => {}
            (Derivation::Key, Secret::Passphrase(_)) => {
                anyhow::bail!("{name} was encrypted with a key, and a passphrase is given")
            }
            (Derivation::Passphrase { .. }, Secret::Key(_)) => {
                anyhow::bail!("{name} was encrypted with a passphrase, and a key is given")
            }
        }
        let master = self.key(header.derivation)?;
        ensure!(
            key_id(&master)? == header.key_id,
            "{name} was encrypted with another key or passphrase than the one given, or its header was altered"
        );
        file_key(&master, &header, name)
    }

    /// The installation's key.
    fn key(&self, derivation: Derivation) -> anyhow::Result<[u8; 32]> {
        let passphrase = match &self.secret {
            Secret::Key(key) => return Ok(*key),
            Secret::Passphrase(passphrase) => passphrase,
        };
        let mut keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(key) = keys.get(&derivation) {
            return Ok(*key);
        }
        let key = derivation.derive(passphrase)?;
        keys.insert(derivation, key);
        Ok(key)
    }
}

/// The length of a file once it is encrypted; `None` beyond what a file can be.
#[must_use]
pub fn encrypted_size(bytes: u64) -> Option<u64> {
    let parts = bytes.div_ceil(stream::PART as u64).max(1);
    bytes.checked_add(parts.checked_mul(stream::TAG as u64)?)?.checked_add(HEADER_LENGTH as u64)
}

fn random<const N: usize>() -> anyhow::Result<[u8; N]> {
    let mut bytes = [0; N];
    SystemRandom::new().fill(&mut bytes).map_err(|_| anyhow::anyhow!("the system gives no randomness"))?;
    Ok(bytes)
}

fn key_id(master: &[u8; 32]) -> anyhow::Result<[u8; KEY_ID_LENGTH]> {
    expand(&extract(&[], master), &[b"lode key id v1"])
}

fn file_key(master: &[u8; 32], header: &Header, name: &str) -> anyhow::Result<LessSafeKey> {
    let key: [u8; 32] = expand(&extract(&header.salt, master), &[b"lode file v1", &header.bytes(), name.as_bytes()])?;
    let key = UnboundKey::new(&AES_256_GCM, &key).map_err(|_| anyhow::anyhow!("the key does not fit the cipher"))?;
    Ok(LessSafeKey::new(key))
}

fn extract(salt: &[u8], master: &[u8; 32]) -> Prk {
    Salt::new(HKDF_SHA256, salt).extract(master)
}

/// Bytes of HKDF's output.
struct Length(usize);

impl hkdf::KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

fn expand<const N: usize>(key: &Prk, info: &[&[u8]]) -> anyhow::Result<[u8; N]> {
    let mut bytes = [0; N];
    let made = key.expand(info, Length(N)).and_then(|made| made.fill(&mut bytes));
    made.map_err(|_| anyhow::anyhow!("no key of {N} bytes can be made"))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests;
