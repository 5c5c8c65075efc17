//! The manifest of a backup: what belongs to it, with checksums, and its own.

use std::collections::BTreeMap;

use anyhow::{Context, bail, ensure};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::table_contents::TableContents;

use super::MANIFEST;
use super::place::Place;

/// The form of backups that this program writes, and the newest one that it reads.
const FORMAT: u32 = 1;

/// One file of a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileSum {
    /// Bytes.
    pub bytes: u64,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
}

/// The files of the artifact store that belong to a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArtifactSum {
    /// How many.
    pub count: u64,
    /// Their bytes in all.
    pub bytes: u64,
    /// SHA-256 of the list of them.
    pub list_sha256: String,
}

/// What a backup is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Form of the backup.
    pub format: u32,
    /// Version and commit of the program that wrote it.
    pub program: String,
    /// The moment that it holds.
    pub created_at: DateTime<Utc>,
    /// The newest migration.
    pub migration: i64,
    /// Version of the Postgres server.
    pub server_version: String,
    /// The dump.
    pub database: FileSum,
    /// What every table held.
    pub tables: Vec<TableContents>,
    /// The artifact store; `None` where it was left out.
    pub artifacts: Option<ArtifactSum>,
    /// The settings, without secrets.
    pub settings: BTreeMap<String, Option<String>>,
    /// SHA-256 of the manifest without this field.
    pub checksum: String,
}

impl Manifest {
    /// The form that is written now.
    #[must_use]
    pub fn format() -> u32 {
        FORMAT
    }

    /// With its own checksum.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn sealed(mut self) -> anyhow::Result<Self> {
        self.checksum = self.sum()?;
        Ok(self)
    }

    fn sum(&self) -> anyhow::Result<String> {
        let bare = Self { checksum: String::new(), ..self.clone() };
        Ok(hex::encode(Sha256::digest(serde_json::to_vec(&bare)?)))
    }

    /// Reads the manifest of a backup.
    ///
    /// # Errors
    /// When there is none (the backup was cut short), it was altered, or a newer program wrote it.
    pub async fn read(files: &Place, backup: &str) -> anyhow::Result<Self> {
        let name = format!("{backup}/{MANIFEST}");
        let Some(bytes) = files.read(&name).await? else {
            bail!("{backup} in {} has no {MANIFEST}: it was cut short, or it is no backup", files.name());
        };
        Self::parse(&bytes).with_context(|| format!("{name} in {}", files.name()))
    }

    /// Reads and checks a manifest.
    ///
    /// # Errors
    /// When it was cut short or altered, or is of a newer form.
    pub fn parse(bytes: &[u8]) -> anyhow::Result<Self> {
        let any: serde_json::Value =
            serde_json::from_slice(bytes).context("it is no JSON: it was cut short or altered")?;
        let format = any.get("format").and_then(serde_json::Value::as_u64).unwrap_or(0);
        ensure!(
            format <= u64::from(FORMAT),
            "it is of form {format}, and this program reads up to {FORMAT}: use the release that wrote it or a newer one"
        );
        let manifest: Self = serde_json::from_value(any).context("it was altered")?;
        ensure!(manifest.sum()? == manifest.checksum, "its checksum is wrong: it was altered");
        Ok(manifest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        let table = TableContents { name: "public.companies".to_owned(), rows: 3, digest: "7".to_owned() };
        Manifest {
            format: FORMAT,
            program: "0.1.0".to_owned(),
            created_at: DateTime::UNIX_EPOCH,
            migration: 201,
            server_version: "18.6".to_owned(),
            database: FileSum { bytes: 10, sha256: "ab".repeat(32) },
            tables: vec![table],
            artifacts: None,
            settings: BTreeMap::from([("PORT".to_owned(), Some("8080".to_owned()))]),
            checksum: String::new(),
        }
    }

    #[test]
    fn manifest_that_was_altered_or_cut_anywhere_is_refused() {
        let sealed = manifest().sealed().unwrap();
        let bytes = serde_json::to_vec(&sealed).unwrap();
        assert_eq!(Manifest::parse(&bytes).unwrap(), sealed);
        for cut in 0..bytes.len() {
            assert!(Manifest::parse(&bytes[..cut]).is_err(), "cut after {cut} bytes");
        }
        for place in 0..bytes.len() {
            let mut altered = bytes.clone();
            altered[place] ^= 1;
            let read = Manifest::parse(&altered);
            assert!(read.is_err() || read.unwrap() == sealed, "byte {place} altered");
        }
    }

    #[test]
    fn manifest_of_a_newer_form_names_the_remedy() {
        let newer = Manifest { format: FORMAT + 1, ..manifest() }.sealed().unwrap();
        let error = Manifest::parse(&serde_json::to_vec(&newer).unwrap()).unwrap_err().to_string();
        assert!(error.contains("use the release that wrote it"), "{error}");
    }
}
