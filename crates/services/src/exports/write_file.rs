//! Writes what was asked for into a temporary file, hashing it on the way. The file has no name, so that nothing of it is left behind
//! when the worker is killed; it is handed back at its beginning.

use std::fs::File;
use std::io::{self, BufWriter, Seek, Write};
use std::path::Path;

use chrono::Utc;
use domain::filter::FieldId;
use domain::filter::json::from_json;
use domain::filter::vocabulary::Vocabulary;
use screen::Sort;
use sha2::{Digest, Sha256};
use store::PgPool;
use store::prospects::cards::{self, Page};
use store::universe::version;
use tokio::sync::mpsc;
use uuid::Uuid;

use super::fetch_rows::{self, Incoming};
use super::noted::{NotedFor, list_of};
use super::order::Companies;
use super::sheet::{Columns, KeptSort, Selection, Sheet};
use super::{FileFormat, Language, columnar, delimited, spreadsheet};
use crate::prospects::exported_prospects::ExportedProspects;
use crate::prospects::file;
use crate::prospects::question::Question;
use universe::sets::{Asker, SetError, Sets, by_name, resolve};

/// What is known of a file that was written.
#[derive(Clone, Debug)]
pub struct WrittenFile {
    /// Its hash.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
    /// Companies in it.
    pub rows: u64,
    /// Version of the data.
    pub version: u64,
    /// The companies of prospects, each of which is told that it was taken out.
    pub prospects: ExportedProspects,
}

/// Why a file cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// What was asked for is there no more, or not understood any more: asking again does not help.
    #[error("{0}")]
    Asked(String),
    /// The database does not answer.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// The file cannot be written, or its rows ended early.
    #[error("the file cannot be written: {0}")]
    File(#[from] io::Error),
    /// The work was cut off, as when the worker stops.
    #[error("{0:#}")]
    Other(anyhow::Error),
}

impl From<SetError> for WriteError {
    fn from(error: SetError) -> Self {
        match error {
            SetError::Database(error) => Self::Database(error),
            other => Self::Asked(other.to_string()),
        }
    }
}

/// Where a file is made, of which data, and for whom.
pub struct Writer<'a> {
    /// Connections for long transactions.
    pub db: &'a PgPool,
    /// Resolves the lists that filters name; it need not hold companies.
    pub sets: &'a Sets,
    /// Folder for temporary files.
    pub folder: &'a Path,
    /// Whose file it is: lists are those that this person sees.
    pub owner: Uuid,
    /// Language of the headings.
    pub language: Language,
    /// Which file.
    pub format: FileFormat,
}

impl Writer<'_> {
    /// Writes the companies of a filter; tells how many of how many are done.
    ///
    /// # Errors
    /// [`WriteError`].
    pub async fn companies(
        &self,
        asked: &Companies,
        told: impl Fn(u64, Option<u64>),
    ) -> Result<(File, WrittenFile), WriteError> {
        let filter = from_json(&asked.filter, "/filter", Vocabulary::builtin())
            .map_err(|error| WriteError::Asked(format!("the filter is not understood any more: {error}")))?;
        let (columns, sorts) = self.read_fields(asked)?;
        let asker = Asker { user: self.owner, include_excluded: asked.include_excluded };
        let resolved = resolve(self.sets, asker, filter.clone()).await?;
        let mut tx = self.db.begin().await?;
        let noted = (!columns.as_keys).then(|| NotedFor { user: self.owner, list: list_of(&filter) });
        let named = by_name(&mut tx, self.owner, filter).await?;
        tx.commit().await?;
        let mut tx = self.db.begin().await?;
        let found = fetch_rows::find(&mut tx, &resolved.filter, &sorts).await.map_err(other)?;
        let rows = found.orgnrs.len() as u64;
        told(0, Some(rows));
        let selection = Selection {
            filter: &named,
            has_list: noted.is_some_and(|noted| noted.list.is_some()),
            hides_excluded: resolved.hides_excluded,
            sorts: &sorts,
            version: found.version,
            rows,
            made_at: Utc::now(),
        };
        let sheet = Sheet::new(&columns, &selection);
        let fields = sheet.fields.clone();
        let (sender, receiver) = mpsc::channel(2);
        let (format, file) = (self.format, tempfile::tempfile_in(self.folder)?);
        let writing = tokio::task::spawn_blocking(move || {
            let mut hashed = Hashed::new(file);
            let lines = Incoming::new(receiver, rows);
            match format {
                FileFormat::Csv => delimited::write(&sheet, lines, &mut hashed)?,
                FileFormat::Xlsx => spreadsheet::write(&sheet, lines, &mut hashed)?,
                FileFormat::Parquet => columnar::write(&sheet, lines, &mut hashed)?,
            }
            hashed.finish()
        });
        let sent = fetch_rows::send(&mut tx, &found.orgnrs, &fields, noted, sender, |done| told(done, None)).await;
        let written = writing.await.map_err(other)?;
        // Where both failed, the database is why.
        sent?;
        let (file, sha256, bytes) = written?;
        tx.commit().await?;
        Ok((file, WrittenFile { sha256, bytes, rows, version: found.version, prospects: ExportedProspects::default() }))
    }

    fn read_fields(&self, asked: &Companies) -> Result<(Columns, Vec<Sort>), WriteError> {
        let gone = |key: &str| WriteError::Asked(format!("there is no field “{key}” any more"));
        let fields: Result<Vec<_>, _> =
            asked.fields.iter().map(|key| FieldId::find(key).ok_or_else(|| gone(key))).collect();
        let sorts: Result<Vec<_>, _> =
            asked.sort.iter().map(|kept: &KeptSort| kept.read().ok_or_else(|| gone(&kept.by))).collect();
        let (language, as_keys, base) = (self.language, asked.as_keys, asked.base.clone());
        Ok((Columns { fields: fields?, language, as_keys, base }, sorts?))
    }

    /// Writes the prospects that a question asks for, all of them.
    ///
    /// # Errors
    /// [`WriteError`].
    pub async fn prospects(
        &self,
        question: &Question,
        told: impl Fn(u64, Option<u64>),
    ) -> Result<(File, WrittenFile), WriteError> {
        let now = Utc::now();
        let mut tx = self.db.begin().await?;
        version::begin_snapshot(&mut tx).await?;
        let version = version::visible(&mut tx).await?;
        let wanted = question.wanted(now.date_naive());
        let cards = cards::list(&mut tx, self.owner, &wanted, now, Page::first(i64::MAX)).await?;
        let (_, stages) = store::pipeline::read(&mut tx).await?;
        tx.commit().await?;
        let rows = cards.len() as u64;
        told(0, Some(rows));
        let prospects = ExportedProspects::of(&cards);
        let (format, language, to) = (self.format, self.language, tempfile::tempfile_in(self.folder)?);
        let writing = tokio::task::spawn_blocking(move || {
            let mut hashed = Hashed::new(to);
            hashed.write_all(&file::write(&cards, &stages, format, language)?)?;
            anyhow::Ok(hashed.finish()?)
        });
        let (file, sha256, bytes) = writing.await.map_err(other)?.map_err(WriteError::Other)?;
        told(rows, None);
        Ok((file, WrittenFile { sha256, bytes, rows, version, prospects }))
    }
}

fn other(error: impl Into<anyhow::Error>) -> WriteError {
    let error = error.into();
    match error.downcast::<sqlx::Error>() {
        Ok(error) => WriteError::Database(error),
        Err(error) => WriteError::Other(error),
    }
}

/// A file that knows the hash and size of what was written to it.
struct Hashed {
    to: BufWriter<File>,
    hash: Sha256,
    bytes: u64,
}

impl Hashed {
    fn new(file: File) -> Self {
        Self { to: BufWriter::with_capacity(1 << 18, file), hash: Sha256::new(), bytes: 0 }
    }

    /// The file at its beginning, its hash and its size.
    fn finish(self) -> io::Result<(File, String, u64)> {
        let mut file = self.to.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        Ok((file, hex::encode(self.hash.finalize()), self.bytes))
    }
}

impl Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.hash.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}
