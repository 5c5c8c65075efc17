//! Where backups are kept: a folder or bucket, in plain or encrypted.
//!
//! With a key every file of a backup is encrypted under its own name with `.enc` after it, and files that are not encrypted are
//! refused: otherwise whoever can write to the bucket could put a backup of their own there. Without a key encrypted files are refused by name.
//! The artifact store's files are named by a keyed hash, so that the names do not tell who knows a file that it is in the backup.

use anyhow::{Context, bail};
use artifacts::Files;
use artifacts::encryption::{EncryptingWriter, Encryption, HEADER_LENGTH, Secret, encrypted_size};
use bytes::Bytes;
use futures::TryStreamExt;
use futures::stream::BoxStream;
use tokio::io::{AsyncWrite, AsyncWriteExt};

use super::{ARTIFACTS, MANIFEST};

/// Ending of encrypted files.
const ENDING: &str = ".enc";
/// Folder of the artifact store's encrypted files, beside the backups.
const ENCRYPTED_ARTIFACTS: &str = "artifacts-encrypted";

/// A place of backups.
pub struct Place {
    files: Files,
    encryption: Option<Encryption>,
}

/// How a file stands in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    /// It is not there.
    Missing,
    /// It is there, with another length than it should have.
    OtherLength,
    /// It is there with the length that it should have.
    There,
}

impl Place {
    /// A place whose files are encrypted where a secret is given.
    ///
    /// # Errors
    /// When the place cannot be read.
    pub async fn open(files: Files, secret: Option<Secret>) -> anyhow::Result<Self> {
        let Some(secret) = secret else { return Ok(Self { files, encryption: None }) };
        let mut encryption = Encryption::new(secret)?;
        // The artifacts that are there already have names made with the salt of the backups before.
        for backup in super::read::names(&files).await?.iter().rev().take(3) {
            if let Some((_, pieces)) = files.get(&format!("{backup}/{MANIFEST}{ENDING}")).await? {
                encryption.adopt_salt_of(&start(pieces).await?)?;
            }
        }
        Ok(Self { files, encryption: Some(encryption) })
    }

    /// Where it is, for messages.
    #[must_use]
    pub fn name(&self) -> &str {
        self.files.place()
    }

    /// Whether what is written here is encrypted, and what is read here must be.
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        self.encryption.is_some()
    }

    /// The files as they stand there.
    pub(super) fn files(&self) -> &Files {
        &self.files
    }

    fn stored_name(&self, name: &str) -> String {
        if self.is_encrypted() { format!("{name}{ENDING}") } else { name.to_owned() }
    }

    /// The place of an artifact's file.
    pub(super) fn artifact_name(&self, sha256: &str) -> anyhow::Result<String> {
        let (folder, name) = match &self.encryption {
            None => (ARTIFACTS, sha256.to_owned()),
            Some(encryption) => (ENCRYPTED_ARTIFACTS, encryption.keyed_name(sha256)?),
        };
        let (first, second) = (name.get(..2).unwrap_or("xx"), name.get(2..4).unwrap_or("xx"));
        Ok(format!("{folder}/{first}/{second}/{name}"))
    }

    /// Writes a file in parts; it is there once the writer has finished.
    pub(super) fn writer(&self, name: &str) -> anyhow::Result<Writer<impl AsyncWrite + Unpin + use<>>> {
        let to = self.files.writer(&self.stored_name(name));
        Ok(match &self.encryption {
            None => Writer::Plain(to),
            Some(encryption) => Writer::Encrypting(Box::new(encryption.writer(name, to)?)),
        })
    }

    /// Writes a small file at once, over one that is there.
    pub(super) async fn put(&self, name: &str, bytes: Vec<u8>) -> anyhow::Result<()> {
        let mut writer = self.writer(name)?;
        writer.write_all(&bytes).await.with_context(|| format!("cannot write {name} to {}", self.name()))?;
        writer.finish().await.with_context(|| format!("cannot write {name} to {}", self.name()))
    }

    /// A file's bytes; `None` when there is none.
    pub(super) async fn get(&self, name: &str) -> anyhow::Result<Option<BoxStream<'_, anyhow::Result<Bytes>>>> {
        let found = self.get_in_own_form(name).await?;
        if found.is_none() {
            self.refuse_other_form(name).await?;
        }
        Ok(found)
    }

    async fn get_in_own_form(&self, name: &str) -> anyhow::Result<Option<BoxStream<'_, anyhow::Result<Bytes>>>> {
        let found = self.files.get(&self.stored_name(name)).await?;
        Ok(found.map(|(_, pieces)| match &self.encryption {
            None => pieces,
            Some(encryption) => encryption.decrypt(name, pieces),
        }))
    }

    /// A small file, whole; `None` when there is none.
    pub(super) async fn read(&self, name: &str) -> anyhow::Result<Option<Vec<u8>>> {
        whole(name, self.get(name).await?).await
    }

    /// As [`Self::read`], and `None` where the file is there in the other form: one of a backup from before a key was given, or with one.
    pub(super) async fn read_in_own_form(&self, name: &str) -> anyhow::Result<Option<Vec<u8>>> {
        whole(name, self.get_in_own_form(name).await?).await
    }

    /// Whether a file of so many bytes before encryption is there. The bytes themselves are not read.
    pub(super) async fn presence(&self, name: &str, bytes: u64) -> anyhow::Result<Presence> {
        let expected = if self.is_encrypted() { encrypted_size(bytes) } else { Some(bytes) };
        Ok(match self.files.size(&self.stored_name(name)).await? {
            None => Presence::Missing,
            found if found == expected => Presence::There,
            Some(_) => Presence::OtherLength,
        })
    }

    /// Fails when the file is there in the other form.
    async fn refuse_other_form(&self, name: &str) -> anyhow::Result<()> {
        let place = self.name();
        if self.is_encrypted() && self.files.size(name).await?.is_some() {
            bail!(
                "{name} in {place} is not encrypted, though a key is given: it was written without one, or by somebody else. \
                 If it is yours, leave the key away for this one (--name names an older backup)"
            );
        }
        if !self.is_encrypted() && self.files.size(&format!("{name}{ENDING}")).await?.is_some() {
            bail!(
                "{name} in {place} is encrypted: give its key by BACKUP_KEY_FILE, or its passphrase by BACKUP_PASSPHRASE_FILE"
            );
        }
        Ok(())
    }
}

async fn whole(name: &str, pieces: Option<BoxStream<'_, anyhow::Result<Bytes>>>) -> anyhow::Result<Option<Vec<u8>>> {
    let Some(pieces) = pieces else { return Ok(None) };
    let pieces: Vec<Bytes> = pieces.try_collect().await.with_context(|| format!("cannot read {name}"))?;
    Ok(Some(pieces.concat()))
}

/// The first bytes of a file, enough for the header of an encrypted one.
async fn start(mut pieces: BoxStream<'static, anyhow::Result<Bytes>>) -> anyhow::Result<Vec<u8>> {
    let mut start = Vec::new();
    while start.len() < HEADER_LENGTH {
        let Some(piece) = pieces.try_next().await? else { break };
        start.extend_from_slice(&piece);
    }
    Ok(start)
}

/// Writes a file, encrypted or not.
pub(super) enum Writer<W> {
    /// As it is.
    Plain(W),
    /// Encrypted.
    Encrypting(Box<EncryptingWriter<W>>),
}

impl<W: AsyncWrite + Unpin> Writer<W> {
    /// Takes all of it.
    pub(super) async fn write_all(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        match self {
            Self::Plain(to) => Ok(to.write_all(bytes).await?),
            Self::Encrypting(to) => to.write_all(bytes).await,
        }
    }

    /// Closes the file, which is there from now on.
    pub(super) async fn finish(self) -> anyhow::Result<()> {
        match self {
            Self::Plain(mut to) => Ok(to.shutdown().await?),
            Self::Encrypting(to) => to.finish().await,
        }
    }
}
