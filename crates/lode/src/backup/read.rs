//! Reading backups: which there are, and whether one is whole.

use anyhow::{Context, bail, ensure};
use futures::TryStreamExt;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tokio::io::AsyncWriteExt;

use super::manifest::{FileSum, Manifest};
use super::place::{Place, Presence};
use super::{ARTIFACT_LIST, DUMP, RESTORED, programs};
use artifacts::Files;

/// Written beside a backup that was restored and found equal.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Restored {
    /// When.
    pub at: chrono::DateTime<chrono::Utc>,
    /// Tables that were compared.
    pub tables: usize,
    /// Rows in them.
    pub rows: i64,
    /// How long the restore and the comparison took.
    pub seconds: f64,
}

/// The names of all backups, oldest first; among them those that were cut short.
///
/// # Errors
/// When the place cannot be read.
pub async fn backups(place: &Place) -> anyhow::Result<Vec<String>> {
    names(place.files()).await
}

pub(super) async fn names(files: &Files) -> anyhow::Result<Vec<String>> {
    let mut names = files.folders().await?;
    names.retain(|name| name.starts_with("lode-") && name.ends_with('Z'));
    Ok(names)
}

/// When the newest restored backup of a place was restored and found equal; `None` when none was.
///
/// # Errors
/// When the place cannot be read.
pub async fn last_restored(files: &Place) -> anyhow::Result<Option<Restored>> {
    let (mut newest, mut unreadable): (Option<Restored>, _) = (None, None);
    for name in backups(files).await? {
        let read = files.read_in_own_form(&format!("{name}/{RESTORED}")).await.and_then(|bytes| {
            let read = bytes.map(|bytes| serde_json::from_slice(&bytes)).transpose();
            read.with_context(|| format!("{name}/{RESTORED}"))
        });
        let found: Restored = match read {
            Ok(Some(found)) => found,
            Ok(None) => continue,
            // Of an earlier key, say: a later one may be readable.
            Err(error) => {
                unreadable = Some(error);
                continue;
            }
        };
        if newest.as_ref().is_none_or(|newest| newest.at < found.at) {
            newest = Some(found);
        }
    }
    match (newest, unreadable) {
        (None, Some(error)) => Err(error),
        (newest, _) => Ok(newest),
    }
}

/// Reads every byte of a backup but the artifacts', whose presence and size are looked at, and compares it with the manifest.
///
/// # Errors
/// What is missing, cut short or altered.
pub async fn check(files: &Place, backup: &str) -> anyhow::Result<Manifest> {
    let manifest = Manifest::read(files, backup).await?;
    check_files(files, backup, &manifest).await?;
    Ok(manifest)
}

/// As [`check`], with a manifest that need not be written yet.
pub(super) async fn check_files(files: &Place, backup: &str, manifest: &Manifest) -> anyhow::Result<()> {
    let found = read_dump(files, backup).await;
    let (found, readable) = found.with_context(|| format!("{backup}/{DUMP} in {}", files.name()))?;
    let refusal = || format!("{backup}/{DUMP} in {} was cut short or altered", files.name());
    ensure!(
        found == manifest.database,
        "{}: it has {} bytes with the checksum {}, the manifest says {} and {}",
        refusal(),
        found.bytes,
        found.sha256,
        manifest.database.bytes,
        manifest.database.sha256
    );
    readable.with_context(refusal)?;
    for (sha256, bytes) in artifact_list(files, backup, manifest).await? {
        let told = match files.presence(&files.artifact_name(&sha256)?, bytes).await? {
            Presence::There => continue,
            Presence::Missing => "missing",
            Presence::OtherLength => "cut short or altered",
        };
        bail!("the artifact {sha256} of {backup} is {told} in {}", files.name());
    }
    Ok(())
}

/// Hash and size of each artifact that belongs to the backup.
pub(super) async fn artifact_list(
    files: &Place,
    backup: &str,
    manifest: &Manifest,
) -> anyhow::Result<Vec<(String, u64)>> {
    let Some(sum) = &manifest.artifacts else { return Ok(Vec::new()) };
    let name = format!("{backup}/{ARTIFACT_LIST}");
    let list = files.read(&name).await?.with_context(|| format!("{name} is missing in {}", files.name()))?;
    ensure!(
        hex::encode(Sha256::digest(&list)) == sum.list_sha256,
        "{name} in {} was cut short or altered",
        files.name()
    );
    let lines = String::from_utf8(list).with_context(|| name.clone())?;
    lines
        .lines()
        .map(|line| {
            let (sha256, bytes) = line.split_once(' ').with_context(|| format!("{name}: {line:?}"))?;
            Ok((sha256.to_owned(), bytes.parse().with_context(|| format!("{name}: {line:?}"))?))
        })
        .collect()
}

/// The dump's sum, and whether pg_restore can read all of it.
async fn read_dump(files: &Place, backup: &str) -> anyhow::Result<(FileSum, anyhow::Result<()>)> {
    let pieces = files.get(&format!("{backup}/{DUMP}")).await?.context("it is missing")?;
    let mut child = programs::reader().await?.spawn().context("cannot run pg_restore")?;
    let mut input = child.stdin.take().context("pg_restore has no input")?;
    let feeding = async {
        let (mut sum, mut bytes, mut takes) = (Sha256::new(), 0_u64, true);
        let mut pieces = pieces;
        while let Some(piece) = pieces.try_next().await? {
            sum.update(&piece);
            bytes += piece.len() as u64;
            // A damaged dump ends pg_restore early; the sum is still wanted, and so is what pg_restore says.
            takes = takes && input.write_all(&piece).await.is_ok();
        }
        drop(input);
        anyhow::Ok(FileSum { bytes, sha256: hex::encode(sum.finalize()) })
    };
    let (sum, readable) = tokio::join!(feeding, programs::finish("pg_restore", child));
    Ok((sum?, readable))
}
