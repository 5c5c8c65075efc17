//! Everything that is known of every company as Parquet files in a folder or a bucket, for engines that analyse all of it: DuckDB,
//! ClickHouse, Spark, pandas. `docs/mirror.md` tells the schema.
//!
//! Each mirror is a folder of its own, of one state of the database. `manifest.json` names the newest one and is replaced last, so that
//! whoever reads it finds whole files, and the folder before stays for those that are still reading.

mod tables;

use std::fs::File;
use std::io::{BufWriter, Read, Seek};
use std::path::Path;

use anyhow::{Context, ensure};
use artifacts::Files;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::PgPool;
use store::universe::version;
use store::{company_facts, current_periods};
use tokio::io::AsyncWriteExt;

use crate::parquet_file::{Column, ParquetFile};
use tables::Tables;

/// Companies read at a time.
const PIECE: i64 = 2_000;
/// The version of the schema; raised when a column goes or means something else. New columns do not raise it.
const SCHEMA: u32 = 1;
/// The name of the file that names the newest mirror.
pub const MANIFEST: &str = "manifest.json";
/// Mirrors that stay: the newest, and the one before for whoever still reads it.
const KEPT: usize = 2;
/// What the folders of mirrors begin with.
const PREFIX: &str = "mirror-";

/// What a mirror holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the schema.
    pub schema: u32,
    /// Version of the data, the same as of answers to screens.
    pub data_version: String,
    /// When the mirror was begun.
    pub made_at: DateTime<Utc>,
    /// The folder that holds the files.
    pub folder: String,
    /// The tables.
    pub tables: Vec<Table>,
}

/// A table of a mirror.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// `companies` or `periods`.
    pub name: String,
    /// Rows of all its files.
    pub rows: u64,
    /// Its columns, in their order.
    pub columns: Vec<DescribedColumn>,
    /// Its files.
    pub files: Vec<MirroredFile>,
}

/// A column and what it means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DescribedColumn {
    /// Its name.
    pub name: String,
    /// `integer`, `real`, `boolean`, `date`, `text` or `texts`.
    #[serde(rename = "type")]
    pub holds: String,
    /// Whether every row has a value.
    pub required: bool,
    /// What it means, in English.
    pub description: String,
}

/// A file of a mirror.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MirroredFile {
    /// From the place of the manifest.
    pub name: String,
    /// Companies or periods in it.
    pub rows: u64,
    /// Its size.
    pub bytes: u64,
    /// Its hash, in hexadecimal digits.
    pub sha256: String,
}

/// A file that is being written where nobody sees it.
struct Part {
    /// Within the mirror's folder.
    name: String,
    rows: u64,
    file: ParquetFile<BufWriter<File>>,
}

impl Part {
    fn begin(name: String, folder: &Path, columns: Vec<Column>, cells: usize) -> anyhow::Result<Self> {
        let to = BufWriter::with_capacity(1 << 18, tempfile::tempfile_in(folder)?);
        Ok(Self { name, rows: 0, file: ParquetFile::begin(to, columns, &[])?.with_groups_of(cells) })
    }
}

/// Writes a mirror of the database as it is now; files are made in `work` first. Tells how many companies are done.
///
/// # Errors
/// When the database cannot be read, or the place cannot be written.
pub async fn write(
    db: &PgPool,
    to: &Files,
    work: &Path,
    now: DateTime<Utc>,
    told: impl Fn(u64),
) -> anyhow::Result<Manifest> {
    let folder = format!("{PREFIX}{}", now.format("%Y%m%dT%H%M%S%3fZ"));
    let mut tx = db.begin().await?;
    version::begin_snapshot(&mut tx).await?;
    let data_version = version::visible(&mut tx).await?.to_string();
    let mut tables = Tables::begin(work)?;
    let (mut after, mut done) = (0, 0);
    loop {
        let companies = company_facts::read_after(&mut tx, after, PIECE).await?;
        let numbers: Vec<i64> = companies.iter().map(|facts| facts.orgnr.number().cast_signed()).collect();
        let Some(last) = numbers.last() else { break };
        after = *last;
        done += numbers.len() as u64;
        let periods = current_periods::current(&mut tx, &numbers, None).await?;
        tables = tokio::task::spawn_blocking(move || {
            tables.add(&companies, &periods)?;
            anyhow::Ok(tables)
        })
        .await??;
        told(done);
    }
    tx.commit().await?;
    let mut manifest = Manifest { schema: SCHEMA, data_version, made_at: now, folder, tables: Vec::new() };
    for (name, columns, parts) in tables.finish() {
        let mut table = Table { name: name.to_owned(), rows: 0, columns, files: Vec::new() };
        for part in parts {
            let kept = keep(part, to, &manifest.folder).await?;
            table.rows += kept.rows;
            table.files.push(kept);
        }
        manifest.tables.push(table);
    }
    // Nobody finds the new files before, and everybody finds all of them after.
    to.put(MANIFEST, serde_json::to_vec_pretty(&manifest)?).await?;
    forget_old(to, &manifest.folder).await?;
    Ok(manifest)
}

/// Ends a file and brings it to its place, where it must have the size that was sent.
async fn keep(part: Part, to: &Files, folder: &str) -> anyhow::Result<MirroredFile> {
    let name = format!("{folder}/{}", part.name);
    let ended = tokio::task::spawn_blocking(move || {
        let mut file = part.file.finish()?.into_inner().map_err(std::io::IntoInnerError::into_error)?;
        file.rewind()?;
        let (mut hash, mut bytes, mut piece) = (Sha256::new(), 0, vec![0; 1 << 18]);
        loop {
            let read = file.read(&mut piece)?;
            let Some(read) = piece.get(..read).filter(|read| !read.is_empty()) else { break };
            hash.update(read);
            bytes += read.len() as u64;
        }
        file.rewind()?;
        std::io::Result::Ok((file, bytes, hex::encode(hash.finalize())))
    });
    let (file, bytes, sha256) = ended.await??;
    let cannot = || format!("cannot write {name} to {}", to.place());
    let mut writer = to.writer(&name);
    tokio::io::copy(&mut tokio::fs::File::from_std(file), &mut writer).await.with_context(cannot)?;
    writer.shutdown().await.with_context(cannot)?;
    let there = to.size(&name).await?;
    ensure!(there == Some(bytes), "{name}: {bytes} bytes were written to {}, and {there:?} are there", to.place());
    Ok(MirroredFile { name, rows: part.rows, bytes, sha256 })
}

/// Removes mirrors but the newest and the one before; also what is left of those that were cut off.
async fn forget_old(to: &Files, newest: &str) -> anyhow::Result<()> {
    let mut mirrors: Vec<String> =
        to.folders().await?.into_iter().filter(|name| name.starts_with(PREFIX) && name.as_str() <= newest).collect();
    mirrors.sort();
    for old in mirrors.iter().rev().skip(KEPT) {
        to.remove_folder(old).await?;
    }
    Ok(())
}

/// The newest mirror of a place; `None` where there is none.
///
/// # Errors
/// When the place cannot be read, or its manifest is not one.
pub async fn read(from: &Files) -> anyhow::Result<Option<Manifest>> {
    let Some(bytes) = from.read(MANIFEST).await? else { return Ok(None) };
    serde_json::from_slice(&bytes)
        .with_context(|| format!("{MANIFEST} in {} is not one of a mirror", from.place()))
        .map(Some)
}
