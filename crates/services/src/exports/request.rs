//! Asking for exports, stopping them, asking again and removing them: each in one transaction with its job and the audit log.

use chrono::{DateTime, Utc};
use queue::Options;
use serde_json::{Value, json};
use store::exports::{self, NewExport};
use store::jobs::{control, queues, workers};
use store::{PgConnection, PgPool, audit};
use uuid::Uuid;

pub use store::exports::{Export, Status};

use super::FileFormat;
use super::expire::remove_unnamed;
use super::order::Settings;
use crate::actor::Actor;
use crate::control_jobs::SILENT_SECONDS;
use crate::trace;
use artifacts::Artifacts;
use jobs::EXPORTS;
use jobs::export_companies::ExportCompanies;

/// Exports of one person that may wait or be at work.
pub const MOST_OPEN: i64 = 20;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// `screen`, `list` or `prospects`.
    pub what: &'static str,
    /// Which file.
    pub format: FileFormat,
    /// Which companies, columns and language.
    pub settings: Settings,
    /// The same for people.
    pub title: String,
    /// Companies, where they could be counted.
    pub rows_expected: Option<u64>,
    /// What the audit log keeps of it.
    pub audited: Value,
}

/// Why it cannot be done.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// There is none that the person may see.
    #[error("there is no export {0} of yours")]
    Unknown(Uuid),
    /// The person has too many unfinished ones.
    #[error("you have {MOST_OPEN} exports that are not finished; wait for one, or cancel one")]
    TooMany,
    /// It does not stand where that is possible.
    #[error("the export is {} and cannot be {what} now", .status.as_str())]
    Wrong {
        /// Where it stands.
        status: Status,
        /// What was wanted.
        what: &'static str,
    },
    /// The database does not answer.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// The job cannot be enqueued.
    #[error(transparent)]
    Queue(#[from] queue::Error),
    /// The artifact store does not answer.
    #[error("{0:#}")]
    Artifacts(anyhow::Error),
}

/// Asks for a file; returns the export's id.
///
/// # Errors
/// [`ExportError::TooMany`], or when the database does not answer.
pub async fn start(db: &PgPool, actor: &Actor, request: &Request) -> Result<Uuid, ExportError> {
    let id = Uuid::now_v7();
    let mut tx = db.begin().await?;
    check_open(&mut tx, actor.user).await?;
    let job = enqueue(&mut tx, actor, id).await?;
    let settings = serde_json::to_value(&request.settings)
        .map_err(|error| queue::Error::Payload { kind: "export_companies", reason: error.to_string() })?;
    let new = NewExport {
        id,
        owner: actor.user,
        what: request.what,
        format: request.format.as_str(),
        settings: &settings,
        title: &request.title,
        job,
        rows_expected: request.rows_expected.and_then(|rows| i64::try_from(rows).ok()),
    };
    exports::insert(&mut tx, &new).await?;
    audit::record(&mut tx, &actor.event("export.start").about("export", id).with(request.audited.clone())).await?;
    tx.commit().await?;
    Ok(id)
}

async fn check_open(conn: &mut PgConnection, owner: Uuid) -> Result<(), ExportError> {
    if exports::open_count(conn, owner).await? >= MOST_OPEN { Err(ExportError::TooMany) } else { Ok(()) }
}

async fn enqueue(conn: &mut PgConnection, actor: &Actor, export: Uuid) -> Result<i64, ExportError> {
    let options =
        Options { requested_by: Some(actor.user), trace: trace::kept(actor.request_id.as_ref()), ..Options::default() };
    Ok(queue::enqueue_with(conn, &ExportCompanies { export }, &options).await?.id.0)
}

/// Exports that one answer names.
const MOST_LISTED: i64 = 200;

/// A person's exports, newest first, and whether anybody works on them.
#[derive(Clone, Debug)]
pub struct OwnExports {
    /// The newest 200.
    pub exports: Vec<Export>,
    /// Workers that live and write exports.
    pub workers: usize,
    /// Whether the queue is paused.
    pub is_paused: bool,
}

/// The person's own exports.
///
/// # Errors
/// When the database does not answer.
pub async fn list(db: &PgPool, actor: &Actor) -> Result<OwnExports, ExportError> {
    let mut conn = db.acquire().await?;
    let exports = exports::of_owner(&mut conn, actor.user, None, MOST_LISTED).await?;
    let alive = workers::alive(&mut conn, SILENT_SECONDS).await?;
    let works = |queues: &[String]| queues.iter().any(|queue| queue == EXPORTS);
    Ok(OwnExports {
        exports,
        workers: alive.iter().filter(|worker| !worker.is_stopping && works(&worker.queues)).count(),
        is_paused: queues::is_paused(&mut conn, EXPORTS).await?,
    })
}

/// One export of the person's own.
///
/// # Errors
/// [`ExportError::Unknown`].
pub async fn find(db: &PgPool, actor: &Actor, id: Uuid) -> Result<Export, ExportError> {
    exports::find(&mut *db.acquire().await?, actor.user, id).await?.ok_or(ExportError::Unknown(id))
}

/// Notes that the person downloads the file of an export.
///
/// # Errors
/// When the database does not answer.
pub async fn note_download(db: &PgPool, actor: &Actor, export: &Export) -> Result<(), ExportError> {
    let detail = json!({ "what": export.what, "companies": export.rows_written, "bytes": export.bytes });
    let mut tx = db.begin().await?;
    audit::record(&mut tx, &actor.event("export.download").about("export", export.id).with(detail)).await?;
    tx.commit().await?;
    Ok(())
}

/// The person's export, locked, with where it stands.
async fn locked(
    conn: &mut PgConnection,
    actor: &Actor,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<(Export, Status), ExportError> {
    exports::lock(conn, actor.user, id).await?;
    let export = exports::find(conn, actor.user, id).await?.ok_or(ExportError::Unknown(id))?;
    let status = export.status(now);
    Ok((export, status))
}

/// Stops an export that waits or is being written.
///
/// # Errors
/// [`ExportError::Wrong`] when it has ended.
pub async fn cancel(db: &PgPool, actor: &Actor, id: Uuid, now: DateTime<Utc>) -> Result<(), ExportError> {
    let mut tx = db.begin().await?;
    let (export, status) = locked(&mut tx, actor, id, now).await?;
    if !status.is_open() || control::cancel(&mut tx, export.job_id).await?.is_none() {
        return Err(ExportError::Wrong { status, what: "cancelled" });
    }
    audit::record(&mut tx, &actor.event("export.cancel").about("export", id)).await?;
    tx.commit().await?;
    Ok(())
}

/// Asks again for an export that failed, was cancelled or expired.
///
/// # Errors
/// [`ExportError::Wrong`] when it is ready or not finished; [`ExportError::TooMany`].
pub async fn retry(db: &PgPool, actor: &Actor, id: Uuid, now: DateTime<Utc>) -> Result<(), ExportError> {
    let mut tx = db.begin().await?;
    let (_, status) = locked(&mut tx, actor, id, now).await?;
    if status.is_open() || status == Status::Ready {
        return Err(ExportError::Wrong { status, what: "asked for again" });
    }
    check_open(&mut tx, actor.user).await?;
    let job = enqueue(&mut tx, actor, id).await?;
    exports::restart(&mut tx, id, job).await?;
    audit::record(&mut tx, &actor.event("export.retry").about("export", id)).await?;
    tx.commit().await?;
    Ok(())
}

/// Removes an export with its file; one that is not finished is stopped first.
///
/// # Errors
/// [`ExportError::Unknown`], or when the database or the artifact store does not answer.
pub async fn remove(
    db: &PgPool,
    artifacts: &Artifacts,
    actor: &Actor,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<(), ExportError> {
    let mut tx = db.begin().await?;
    let (export, status) = locked(&mut tx, actor, id, now).await?;
    if status.is_open() {
        control::cancel(&mut tx, export.job_id).await?;
    }
    let sha256 = exports::delete(&mut tx, id).await?;
    let detail = json!({ "status": status.as_str(), "rows": export.rows_written });
    audit::record(&mut tx, &actor.event("export.delete").about("export", id).with(detail)).await?;
    if let Some(sha256) = sha256 {
        remove_unnamed(&mut tx, artifacts, &sha256).await.map_err(ExportError::Artifacts)?;
    }
    tx.commit().await?;
    Ok(())
}
