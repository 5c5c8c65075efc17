//! Restoring a backup into what is empty, and comparing what came out with what went in.

use std::time::Instant;

use anyhow::{Context, bail, ensure};
use chrono::Utc;
use futures::{StreamExt, TryStreamExt};
use sqlx::Connection;
use store::pool::{PoolSettings, connect};
use store::table_contents::{self, TableContents};
use tokio::io::AsyncWriteExt;

use super::manifest::Manifest;
use super::place::{Place, Writer};
use super::programs::{self, Program};
use super::read::{self, Restored};
use super::write::copy_hashed;
use super::{DUMP, RESTORED};
use artifacts::Artifacts;

/// What to restore, and into what.
pub struct Plan<'a> {
    /// Where backups are kept.
    pub from: &'a Place,
    /// The backup's folder.
    pub backup: &'a str,
    /// An empty database.
    pub database_url: &'a str,
    /// Where the artifacts go; `None` leaves them out.
    pub artifacts: Option<&'a Artifacts>,
    /// Told what is being done.
    pub progress: fn(&str),
}

/// Checks the backup, restores it and compares every table. The database is filled whole or stays empty.
///
/// # Errors
/// When the backup is not whole, the database is not empty, or what came out is not what went in.
pub async fn run(plan: &Plan<'_>) -> anyhow::Result<(Manifest, Restored)> {
    let begun = Instant::now();
    (plan.progress)(&format!("checking {}", plan.backup));
    let manifest = read::check(plan.from, plan.backup).await?;
    let unlimited = PoolSettings {
        max_connections: 1,
        statement_timeout: std::time::Duration::ZERO,
        idle_in_transaction_timeout: std::time::Duration::ZERO,
        ..PoolSettings::bulk(plan.database_url)
    };
    let shown = config::without_credentials(plan.database_url);
    let pool = connect(&unlimited.named("lode restore")).await.with_context(|| format!("cannot connect to {shown}"))?;
    let mut conn = pool.acquire().await?;
    let there = table_contents::tables(&mut conn).await?;
    if let Some(first) = there.first() {
        bail!(
            "{shown} is not empty: it holds {} tables ({first}, …). A backup is restored into an empty database: make one \
             (createdb), restore there, then lead DATABASE_URL to it",
            there.len()
        );
    }
    let (_, major) = table_contents::server_version(&mut conn).await?;
    let program = Program::find("pg_restore", plan.database_url, major).await?;
    (plan.progress)(&format!("restoring into {shown}"));
    fill(plan, &program).await?;
    table_contents::analyze(&mut conn).await?;
    (plan.progress)("comparing every table");
    let mut tx = conn.begin().await?;
    let found = table_contents::contents(&mut tx).await?;
    tx.rollback().await?;
    let different = differences(&manifest.tables, &found);
    ensure!(different.is_empty(), "the restored database differs from the backup: {}", different.join("; "));
    if let Some(store) = plan.artifacts {
        (plan.progress)(&format!("copying artifacts to {}", store.place()));
        copy_artifacts(plan, &manifest, store).await?;
    }
    let restored = Restored {
        at: Utc::now(),
        tables: found.len(),
        rows: found.iter().map(|table| table.rows).sum(),
        seconds: begun.elapsed().as_secs_f64(),
    };
    drop(conn);
    pool.close().await;
    plan.from.put(&format!("{}/{RESTORED}", plan.backup), serde_json::to_vec_pretty(&restored)?).await?;
    Ok((manifest, restored))
}

/// One transaction: whole or not at all.
async fn fill(plan: &Plan<'_>, program: &Program) -> anyhow::Result<()> {
    let arguments = ["--format=custom", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"];
    let mut command = program.command(&arguments);
    command.stdin(std::process::Stdio::piped());
    let mut child = command.spawn().context("cannot run pg_restore")?;
    let mut input = child.stdin.take().context("pg_restore has no input")?;
    let name = format!("{}/{DUMP}", plan.backup);
    let mut pieces = plan.from.get(&name).await?.with_context(|| format!("{name} is missing"))?;
    let feeding = async {
        while let Some(piece) = pieces.try_next().await? {
            if input.write_all(&piece).await.is_err() {
                // pg_restore says why it takes no more.
                break;
            }
        }
        drop(input);
        anyhow::Ok(())
    };
    let (fed, ended) = tokio::join!(feeding, programs::finish("pg_restore", child));
    ended?;
    fed
}

/// One sentence for each table that differs.
fn differences(expected: &[TableContents], found: &[TableContents]) -> Vec<String> {
    let of = |name: &str| found.iter().find(|table| table.name == name);
    let mut told: Vec<String> = expected
        .iter()
        .filter_map(|table| match of(&table.name) {
            None => Some(format!("{} is missing", table.name)),
            Some(other) if other.rows != table.rows => {
                Some(format!("{} has {} rows instead of {}", table.name, other.rows, table.rows))
            }
            Some(other) if other.digest != table.digest => Some(format!("{} has other values", table.name)),
            Some(_) => None,
        })
        .collect();
    let more = found.iter().filter(|table| expected.iter().all(|known| known.name != table.name));
    told.extend(more.map(|table| format!("{} is not in the backup", table.name)));
    told
}

async fn copy_artifacts(plan: &Plan<'_>, manifest: &Manifest, store: &Artifacts) -> anyhow::Result<()> {
    let kept = read::artifact_list(plan.from, plan.backup, manifest).await?;
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    futures::stream::iter(&kept)
        .map(|(sha256, _)| {
            let file = folder.path().join(sha256);
            async move {
                if store.has(sha256).await? {
                    return Ok(());
                }
                let name = plan.from.artifact_name(sha256)?;
                let pieces = plan.from.get(&name).await?.with_context(|| format!("{name} is missing"))?;
                let mut to = Writer::Plain(tokio::fs::File::create(&file).await?);
                let found = copy_hashed(pieces, &mut to).await?;
                to.finish().await?;
                ensure!(
                    found == *sha256,
                    "the artifact {sha256} of the backup was altered: its content has the hash {found}"
                );
                store.put_file(sha256, &file).await?;
                tokio::fs::remove_file(&file).await?;
                anyhow::Ok(())
            }
        })
        .buffer_unordered(4)
        .try_collect::<()>()
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(name: &str, rows: i64, digest: &str) -> TableContents {
        TableContents { name: name.to_owned(), rows, digest: digest.to_owned() }
    }

    #[test]
    fn every_kind_of_difference_names_its_table() {
        let before = [table("a", 1, "1"), table("b", 2, "2"), table("c", 3, "3")];
        assert!(differences(&before, &before).is_empty());
        let after = [table("a", 1, "9"), table("b", 1, "2"), table("d", 0, "0")];
        let told = differences(&before, &after);
        assert_eq!(told, ["a has other values", "b has 1 rows instead of 2", "c is missing", "d is not in the backup"]);
    }
}
