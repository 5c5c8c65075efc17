//! What a source has to be able to do, and what the service does for it.

use std::time::Duration;

use bytes::Bytes;
use futures::future::BoxFuture;
use serde_json::Value;
use sha2::{Digest, Sha256};
use store::scraper::items::{self, Item};
use store::scraper::sessions::{self, Session};
use store::scraper::staged::{self, NewStaged};
use uuid::Uuid;

use super::{Options, Scraper};

/// Why a step did not succeed.
#[derive(Debug)]
pub enum FetchError {
    /// Another try later may succeed.
    Later {
        /// What happened.
        reason: String,
        /// When, where the other side said so.
        after: Option<Duration>,
    },
    /// Another try would end the same way.
    Never(String),
    /// Ours: the database, the artifact store or the disk. The session stays as it is and is taken up again.
    Broken(anyhow::Error),
}

impl FetchError {
    /// [`FetchError::Later`] with the usual back-off.
    pub fn later(reason: impl Into<String>) -> Self {
        Self::Later { reason: reason.into(), after: None }
    }
}

impl From<sqlx::Error> for FetchError {
    fn from(error: sqlx::Error) -> Self {
        Self::Broken(error.into())
    }
}

impl From<anyhow::Error> for FetchError {
    fn from(error: anyhow::Error) -> Self {
        Self::Broken(error)
    }
}

/// A place that data comes from.
pub trait Source: Send + Sync {
    /// Adds the session's items. It may be called again after a kill, and goes on from the session's checkpoint.
    fn plan<'a>(&'a self, work: &'a Work<'a>) -> BoxFuture<'a, Result<(), FetchError>>;

    /// Fetches one item and stages what it gives; a remark is kept with the item.
    fn fetch<'a>(&'a self, work: &'a Work<'a>, item: &'a Item) -> BoxFuture<'a, Result<Option<String>, FetchError>>;
}

/// The source of that name.
pub fn of(name: &str) -> Option<&'static dyn Source> {
    let source: &'static dyn Source = match name {
        "bolagsverket_api" => &super::bolagsverket_api::BolagsverketApi,
        "bulk_files" => &super::bulk_files::BulkFiles,
        "annual_reports" => &super::annual_reports::AnnualReports,
        "websites" => &super::websites::Websites,
        _ => return None,
    };
    Some(source)
}

/// One session under one lease.
pub struct Work<'a> {
    pub scraper: &'a Scraper,
    pub session: &'a Session,
    pub lease: Uuid,
    pub options: Options,
}

/// Something that was fetched, before it is staged.
pub struct Fetched {
    pub kind: &'static str,
    pub key: String,
    pub orgnr: Option<i64>,
    pub file_name: String,
    pub detail: Value,
}

impl Work<'_> {
    /// A connection.
    pub async fn connection(&self) -> Result<sqlx::pool::PoolConnection<sqlx::Postgres>, FetchError> {
        Ok(self.scraper.db.acquire().await?)
    }

    /// Adds items.
    pub async fn add_items(&self, items: &[(String, Value)]) -> Result<(), FetchError> {
        // 1 000 at a time, so that no statement grows without end.
        for part in items.chunks(1000) {
            items::add(&mut *self.connection().await?, self.session.id, part).await?;
        }
        Ok(())
    }

    /// Notes where the listing stands.
    pub async fn save_plan(&self, checkpoint: &Value, is_planned: bool) -> Result<(), FetchError> {
        let mut conn = self.connection().await?;
        match sessions::save_plan(&mut conn, self.session.id, self.lease, checkpoint, is_planned).await? {
            true => Ok(()),
            false => Err(FetchError::later("another process has taken the session over")),
        }
    }

    /// Stages bytes: first the artifact store, then the row that names them.
    pub async fn stage(&self, item: &Item, fetched: Fetched, bytes: Bytes) -> Result<(), FetchError> {
        let sha256 = hex::encode(Sha256::digest(&bytes));
        let size = bytes.len() as i64;
        self.scraper.artifacts.put(&sha256, bytes).await?;
        self.note(item, fetched, sha256, size).await
    }

    /// Stages a file.
    pub async fn stage_file(
        &self,
        item: &Item,
        fetched: Fetched,
        file: &super::download::Downloaded,
    ) -> Result<(), FetchError> {
        self.scraper.artifacts.put_file(&file.sha256, &file.path).await?;
        self.note(item, fetched, file.sha256.clone(), file.bytes.cast_signed()).await
    }

    async fn note(&self, item: &Item, fetched: Fetched, sha256: String, bytes: i64) -> Result<(), FetchError> {
        let new = NewStaged {
            session: self.session.id,
            item: item.id,
            kind: fetched.kind,
            key: fetched.key,
            orgnr: fetched.orgnr,
            file_name: fetched.file_name,
            sha256,
            bytes,
            detail: fetched.detail,
        };
        Ok(staged::put(&mut *self.connection().await?, &new).await?)
    }

    /// Whether something is staged already: a killed process may have come so far.
    pub async fn has(&self, kind: &str, key: &str) -> Result<bool, FetchError> {
        Ok(staged::has(&mut *self.connection().await?, self.session.id, kind, key).await?)
    }

    /// Where the item stands.
    pub async fn checkpoint(&self, item: &Item) -> Result<Option<Value>, FetchError> {
        Ok(items::checkpoint(&mut *self.connection().await?, item.id).await?)
    }

    /// Notes where the item stands.
    pub async fn save_checkpoint(&self, item: &Item, data: &Value) -> Result<(), FetchError> {
        Ok(items::save_checkpoint(&mut *self.connection().await?, item.id, data).await?)
    }

    /// Counts a request and what it brought.
    pub async fn count(&self, bytes: u64) -> Result<(), FetchError> {
        let mut conn = self.connection().await?;
        Ok(sessions::count_traffic(&mut conn, self.session.id, 1, bytes.cast_signed()).await?)
    }
}
