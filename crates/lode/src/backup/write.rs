//! Writing a backup: one moment of the database, the files that it names, then the manifest; all of it read back.

use std::collections::BTreeMap;

use anyhow::{Context, ensure};
use bytes::Bytes;
use chrono::Utc;
use futures::stream::BoxStream;
use futures::{StreamExt, TryStreamExt};
use sha2::{Digest, Sha256};
use store::pool::{PoolSettings, connect};
use store::{maintenance, table_contents};
use tokio::io::AsyncReadExt;

use super::manifest::{ArtifactSum, FileSum, Manifest};
use super::place::{Place, Presence, Writer};
use super::programs::{self, Program};
use super::{ARTIFACT_LIST, DUMP, MANIFEST, read};
use artifacts::Artifacts;
use config::Config;

/// What to back up, and to where.
pub struct Plan<'a> {
    /// The database.
    pub database_url: &'a str,
    /// The artifact store; `None` leaves it out.
    pub artifacts: Option<&'a Artifacts>,
    /// The settings, which are kept without secrets.
    pub config: &'a Config,
    /// Where backups are kept.
    pub to: &'a Place,
    /// Told what is being done.
    pub progress: fn(&str),
}

/// A backup that was written and read back.
pub struct Written {
    /// Its folder.
    pub name: String,
    /// Its manifest.
    pub manifest: Manifest,
}

/// Writes a backup and reads it back. What fails on the way leaves a folder without a manifest, which is no backup.
///
/// # Errors
/// When the database or the artifact store cannot be read, the place cannot be written, or what was written does not read back.
pub async fn run(plan: &Plan<'_>) -> anyhow::Result<Written> {
    let unlimited = PoolSettings {
        max_connections: 1,
        statement_timeout: std::time::Duration::ZERO,
        idle_in_transaction_timeout: std::time::Duration::ZERO,
        ..PoolSettings::bulk(plan.database_url)
    };
    let pool = connect(&unlimited.named("lode backup"))
        .await
        .with_context(|| format!("cannot connect to {}", config::without_credentials(plan.database_url)))?;
    // Out of the pool, because its transaction is open for as long as the dump takes.
    let mut conn = pool.acquire().await?.detach();
    let (server_version, major) = table_contents::server_version(&mut conn).await?;
    let migration =
        store::schema::level(&mut conn).await?.context("the database has no tables; there is nothing to back up")?;
    let program = Program::find("pg_dump", plan.database_url, major).await?;
    let snapshot = table_contents::begin_snapshot(&mut conn).await?;
    let created_at = Utc::now();
    let name = format!("lode-{}", created_at.format("%Y%m%dT%H%M%S%3fZ"));
    (plan.progress)(&format!("dumping {}", config::without_credentials(plan.database_url)));
    let (database, tables) = tokio::try_join!(dump(plan.to, &name, &program, &snapshot), async {
        table_contents::contents(&mut conn).await.context("the tables cannot be counted")
    })?;
    drop(conn);
    let artifacts = match plan.artifacts {
        Some(store) => Some(copy_artifacts(plan, &name, store).await?),
        None => None,
    };
    let settings: BTreeMap<_, _> =
        plan.config.redacted().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let manifest = Manifest {
        format: Manifest::format(),
        program: crate::wiring::BUILD.text(),
        created_at,
        migration,
        server_version,
        database,
        tables,
        artifacts,
        settings,
        checksum: String::new(),
    }
    .sealed()?;
    (plan.progress)("reading back what was written");
    read::check_files(plan.to, &name, &manifest).await?;
    plan.to.put(&format!("{name}/{MANIFEST}"), serde_json::to_vec_pretty(&manifest)?).await?;
    let read_back = Manifest::read(plan.to, &name).await?;
    ensure!(read_back == manifest, "{name}/{MANIFEST} does not read back as it was written");
    let detail = serde_json::json!({ "name": name, "bytes": manifest.database.bytes, "place": plan.to.name(), "encrypted": plan.to.is_encrypted() });
    if migration >= 201 {
        maintenance::note(&mut *pool.acquire().await?, maintenance::BACKUP, &detail).await?;
    }
    pool.close().await;
    Ok(Written { name, manifest })
}

/// Streams the dump to its place; it is there only when pg_dump ended well.
async fn dump(to: &Place, backup: &str, program: &Program, snapshot: &str) -> anyhow::Result<FileSum> {
    let snapshot = format!("--snapshot={snapshot}");
    let arguments = ["--format=custom", "--compress=1", "--no-owner", "--no-privileges", snapshot.as_str()];
    let mut command = program.command(&arguments);
    command.stdout(std::process::Stdio::piped());
    let mut child = command.spawn().context("cannot run pg_dump")?;
    let mut output = child.stdout.take().context("pg_dump has no output")?;
    let mut writer = to.writer(&format!("{backup}/{DUMP}"))?;
    let copying = async {
        let (mut sum, mut bytes, mut piece) = (Sha256::new(), 0_u64, vec![0; 256 << 10]);
        loop {
            let count = output.read(&mut piece).await.context("pg_dump's output cannot be read")?;
            if count == 0 {
                return anyhow::Ok(FileSum { bytes, sha256: hex::encode(sum.finalize()) });
            }
            let part = piece.get(..count).unwrap_or_default();
            sum.update(part);
            bytes += count as u64;
            writer.write_all(part).await.with_context(|| format!("cannot write to {}", to.name()))?;
        }
    };
    let (sum, ()) = tokio::try_join!(copying, programs::finish("pg_dump", child))?;
    writer.finish().await.with_context(|| format!("cannot write to {}", to.name()))?;
    Ok(sum)
}

/// Copies what is not there yet, and writes the list of what belongs to this backup.
async fn copy_artifacts(plan: &Plan<'_>, backup: &str, store: &Artifacts) -> anyhow::Result<ArtifactSum> {
    let kept = store.list().await?;
    (plan.progress)(&format!("copying what is new of {} artifacts", kept.len()));
    futures::stream::iter(&kept)
        .map(|(sha256, bytes)| async move {
            let name = plan.to.artifact_name(sha256)?;
            if plan.to.presence(&name, *bytes).await? == Presence::There {
                return Ok(());
            }
            let (_, pieces) = store
                .get(sha256)
                .await?
                .with_context(|| format!("the artifact {sha256} was removed while it was being copied; start again"))?;
            let mut writer = plan.to.writer(&name)?;
            let found = copy_hashed(pieces, &mut writer).await?;
            ensure!(
                found == *sha256,
                "the artifact {sha256} in {} is damaged: its content has the hash {found}",
                store.place()
            );
            writer.finish().await.with_context(|| format!("cannot write {name} to {}", plan.to.name()))
        })
        .buffer_unordered(8)
        .try_collect::<()>()
        .await?;
    let list: String = kept.iter().map(|(sha256, bytes)| format!("{sha256} {bytes}\n")).collect();
    let sum = ArtifactSum {
        count: kept.len() as u64,
        bytes: kept.iter().map(|(_, bytes)| bytes).sum(),
        list_sha256: hex::encode(Sha256::digest(list.as_bytes())),
    };
    plan.to.put(&format!("{backup}/{ARTIFACT_LIST}"), list.into_bytes()).await?;
    Ok(sum)
}

/// Copies every piece and returns the hash of all of them.
pub(super) async fn copy_hashed(
    mut pieces: BoxStream<'_, anyhow::Result<Bytes>>,
    to: &mut Writer<impl tokio::io::AsyncWrite + Unpin>,
) -> anyhow::Result<String> {
    let mut sum = Sha256::new();
    while let Some(piece) = pieces.try_next().await? {
        sum.update(&piece);
        to.write_all(&piece).await?;
    }
    Ok(hex::encode(sum.finalize()))
}

/// Removes the oldest backups beyond `keep`; the files of artifacts stay. Returns the names of what was removed.
///
/// # Errors
/// When the place cannot be read or written.
pub async fn forget_old(files: &Place, keep: usize) -> anyhow::Result<Vec<String>> {
    let mut names = read::backups(files).await?;
    names.truncate(names.len().saturating_sub(keep));
    for name in &names {
        files.files().remove_folder(name).await?;
    }
    Ok(names)
}
