//! The header of an encrypted file: how its key was made. Nothing in it is secret, and all of it goes into the file's key.

use anyhow::ensure;
use argon2::{Algorithm, Argon2, Params, Version};

/// Bytes of a header: mark, form, kind of secret, identity of the key, salt and settings of the passphrase, salt of the file.
pub(super) const LENGTH: usize = 8 + 1 + 1 + KEY_ID_LENGTH + 16 + 4 + 4 + 32;
/// Bytes that tell one key from another without telling the key.
pub(super) const KEY_ID_LENGTH: usize = 8;

const MARK: &[u8; 8] = b"lode-enc";
const FORM: u8 = 1;
/// Memory of argon2id in KiB, and passes over it: more than OWASP's least, because it is computed once per command.
const MEMORY_KIB: u32 = 64 << 10;
const PASSES: u32 = 3;
/// What a header may ask for at most, so that a forged one cannot take all memory or time.
const MOST_MEMORY_KIB: u32 = 1 << 20;
const MOST_PASSES: u32 = 16;

/// How the installation's key comes from the secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Derivation {
    /// It is the key.
    Key,
    /// By argon2id, with one lane.
    Passphrase { salt: [u8; 16], memory_kib: u32, passes: u32 },
}

impl Derivation {
    /// From a passphrase, with today's settings.
    pub(super) fn passphrase(salt: [u8; 16]) -> Self {
        Self::Passphrase { salt, memory_kib: MEMORY_KIB, passes: PASSES }
    }

    /// The key of a passphrase.
    pub(super) fn derive(self, passphrase: &str) -> anyhow::Result<[u8; 32]> {
        let Self::Passphrase { salt, memory_kib, passes } = self else {
            anyhow::bail!("a key is given where a passphrase is expected")
        };
        let of = |error| anyhow::anyhow!("argon2: {error}");
        let params = Params::new(memory_kib, passes, 1, Some(32)).map_err(of)?;
        let mut key = [0; 32];
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        argon2.hash_password_into(passphrase.as_bytes(), &salt, &mut key).map_err(of)?;
        Ok(key)
    }
}

/// The header of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) derivation: Derivation,
    pub(super) key_id: [u8; KEY_ID_LENGTH],
    pub(super) salt: [u8; 32],
}

impl Header {
    /// As it stands in the file.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let (kind, salt, memory_kib, passes) = match self.derivation {
            Derivation::Key => (0, [0; 16], 0, 0),
            Derivation::Passphrase { salt, memory_kib, passes } => (1, salt, memory_kib, passes),
        };
        let mut bytes = Vec::with_capacity(LENGTH);
        bytes.extend_from_slice(MARK);
        bytes.extend_from_slice(&[FORM, kind]);
        bytes.extend_from_slice(&self.key_id);
        bytes.extend_from_slice(&salt);
        bytes.extend_from_slice(&u32::to_be_bytes(memory_kib));
        bytes.extend_from_slice(&u32::to_be_bytes(passes));
        bytes.extend_from_slice(&self.salt);
        bytes
    }

    /// Reads the start of a file. What a header of this form cannot hold is refused, so each header has one form.
    ///
    /// # Errors
    /// When it was cut short, is none, is of a newer form, or asks for more than is allowed.
    pub(super) fn parse(bytes: &[u8]) -> anyhow::Result<Self> {
        let mut rest = bytes;
        let (mark, [form, kind]) = (take::<8>(&mut rest)?, take::<2>(&mut rest)?);
        ensure!(&mark == MARK, "it is no encrypted file of Lode, or it was cut short or altered");
        ensure!(
            form <= FORM,
            "it is encrypted in form {form}, and this program reads form {FORM}: use the release that wrote it or a newer one"
        );
        let key_id = take(&mut rest)?;
        let (salt, memory_kib, passes) = (take(&mut rest)?, number(&mut rest)?, number(&mut rest)?);
        let derivation = match kind {
            0 => Derivation::Key,
            _ => Derivation::Passphrase { salt, memory_kib, passes },
        };
        let header = Self { derivation, key_id, salt: take(&mut rest)? };
        let is_allowed = match derivation {
            Derivation::Key => true,
            Derivation::Passphrase { memory_kib, passes, .. } => {
                (8..=MOST_MEMORY_KIB).contains(&memory_kib) && (1..=MOST_PASSES).contains(&passes)
            }
        };
        ensure!(is_allowed && bytes.starts_with(&header.bytes()), "its header was altered");
        Ok(header)
    }
}

fn take<const N: usize>(rest: &mut &[u8]) -> anyhow::Result<[u8; N]> {
    let Some((first, after)) = rest.split_first_chunk::<N>() else {
        anyhow::bail!("it was cut short: an encrypted file has at least {LENGTH} bytes")
    };
    *rest = after;
    Ok(*first)
}

fn number(rest: &mut &[u8]) -> anyhow::Result<u32> {
    take(rest).map(u32::from_be_bytes)
}
