//! Imports as the API sees them: files that a person uploads, which a job imports, and the runs.

use std::collections::BTreeMap;
use std::path::Path;

use artifacts::Artifacts;
use jobs::import_files::ImportFiles;
use queue::Options;
use serde_json::json;
use store::{PgPool, artifact_references, audit, import_rejections, imports};
use uuid::Uuid;

pub use store::import_rejections::Rejection;
pub use store::imports::ImportRun;

use crate::actor::Actor;
use crate::error::{Result, ServiceError};
use crate::trace;

/// An upload that was accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The job that reads it.
    pub job: i64,
    /// Whether the same upload is already waiting or being read: that one is meant.
    pub is_repeated: bool,
}

/// Enqueues the import of files that the artifact store has taken. `received` holds each file by its hash, as it came in: an export of the
/// same bytes may have been removed since they were found in the store, so they are put there again once the job names them.
///
/// # Errors
/// When the database or the artifact store does not answer.
pub async fn enqueue(
    db: &PgPool,
    artifacts: &Artifacts,
    actor: &Actor,
    job: &ImportFiles,
    received: &BTreeMap<String, &Path>,
) -> Result<Accepted> {
    let options =
        Options { requested_by: Some(actor.user), trace: trace::kept(actor.request_id.as_ref()), ..Options::default() };
    let names: Vec<&str> = job.files.iter().take(20).map(|file| file.name.as_str()).collect();
    let bytes: u64 = job.files.iter().map(|file| file.bytes).sum();
    let mut tx = db.begin().await?;
    let done = queue::enqueue_with(&mut tx, job, &options).await?;
    let detail = json!({ "kind": job.kind, "files": names, "file_count": job.files.len(), "bytes": bytes,
        "is_dry_run": job.is_dry_run });
    audit::record(&mut tx, &actor.event("import.upload").about("job", done.id).with(detail)).await?;
    for (sha256, path) in received {
        artifact_references::lock(&mut tx, sha256).await?;
        artifacts.put_file(sha256, path).await.map_err(ServiceError::Internal)?;
    }
    tx.commit().await?;
    Ok(Accepted { job: done.id.0, is_repeated: !done.is_new })
}

/// A page of import runs, newest first, and how many there are.
///
/// # Errors
/// When the database does not answer.
pub async fn page(db: &PgPool, limit: i64, offset: i64) -> Result<(Vec<ImportRun>, i64)> {
    Ok(imports::list(&mut *db.acquire().await?, limit, offset).await?)
}

/// One import run.
///
/// # Errors
/// No such run.
pub async fn find(db: &PgPool, id: Uuid) -> Result<ImportRun> {
    let run = imports::get(&mut *db.acquire().await?, id).await?;
    run.ok_or_else(|| ServiceError::Missing(format!("there is no import {id}")))
}

/// A page of what a run refused, in the order of the input, and how much that is.
///
/// # Errors
/// When the database does not answer.
pub async fn rejections(db: &PgPool, id: Uuid, limit: i64, offset: i64) -> Result<(Vec<Rejection>, i64)> {
    Ok(import_rejections::page(&mut *db.acquire().await?, id, limit, offset).await?)
}
