//! Reads uploaded files: what `lode import` does, away from the request.
//!
//! The files are fetched from the artifact store under the names and the time that they were uploaded with, so that a run which
//! was killed is known again and goes on after its last committed batch.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, UNIX_EPOCH};

use anyhow::Context as _;
use jobs::import_files::{ImportFiles, Upload};
use queue::{Context, JobError};
use serde_json::json;
use store::imports::Ending;

use super::JobState;
use ingest::report::ImportReport;
use ingest::{ImportKind, ImportRequest, Progress};

/// Items per transaction.
const BATCH: usize = 1_000;

/// Imports the files; the result names the run and counts what it did.
///
/// # Errors
/// Again, when the database or the artifact store does not answer; never again, when the files or the mapping are wrong.
pub async fn run(state: Arc<JobState>, job: ImportFiles, context: Context) -> Result<(), JobError> {
    let kind = ImportKind::from_name(&job.kind)
        .ok_or_else(|| JobError::fail(format!("{:?} is no kind of import", job.kind)))?;
    let folder = state.config.data_dir.join("work");
    std::fs::create_dir_all(&folder).map_err(|error| JobError::retry(format!("no folder for work: {error}")))?;
    let folder = tempfile::tempdir_in(&folder).map_err(|error| JobError::retry(format!("no folder: {error}")))?;
    let mut paths = Vec::new();
    for (number, file) in job.files.iter().enumerate() {
        // A folder each, because two uploads may have the same name.
        paths.push(fetch(&state, file, &folder.path().join(number.to_string())).await?);
    }
    let mapping = match &job.mapping {
        Some(file) => Some(fetch(&state, file, &folder.path().join("mapping")).await?),
        None => None,
    };
    context.check()?;
    let request = ImportRequest { kind, paths, mapping, is_dry_run: job.is_dry_run, batch: BATCH };
    let shown = Shown { context: context.clone(), total: AtomicU64::new(0) };
    let done = ingest::run(&state.bulk, &state.artifacts, &request, context.cancel(), &shown).await.map_err(judge)?;
    match done.ending {
        Ending::Completed => {}
        Ending::Cancelled => return Err(JobError::Cancelled),
        Ending::Failed => return Err(JobError::retry("the import failed; its run says why")),
    }
    let result = json!({ "import_id": done.id, "report": done.report });
    let mut tx = state.db.begin().await?;
    context.complete_with(&mut tx, Some(&result)).await?;
    tx.commit().await?;
    Ok(())
}

async fn fetch(state: &JobState, file: &Upload, folder: &Path) -> Result<PathBuf, JobError> {
    let name = Path::new(&file.name).file_name().map_or_else(|| "upload".into(), PathBuf::from);
    let path = folder.join(name);
    let fetched = async {
        std::fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
        let found = state.artifacts.fetch(&file.sha256, &path).await?;
        // The same at every attempt: the time of change is part of what a run is known by.
        let written = std::fs::OpenOptions::new().write(true).open(&path);
        if found {
            written.and_then(|written| written.set_modified(UNIX_EPOCH + Duration::from_secs(1)))?;
        }
        anyhow::Ok(found)
    };
    match fetched.await {
        Ok(true) => Ok(path),
        Ok(false) => Err(JobError::fail(format!(
            "the upload {} is no longer in the artifact store {}; upload it again",
            file.name,
            state.artifacts.place()
        ))),
        Err(error) => Err(JobError::retry(format!("{error:#}"))),
    }
}

/// What the machine around failed at comes back; what is wrong with the files does not.
fn judge(error: anyhow::Error) -> JobError {
    let passes = error.chain().any(|cause| cause.is::<sqlx::Error>() || cause.is::<object_store::Error>());
    if passes { JobError::retry(format!("{error:#}")) } else { JobError::fail(format!("{error:#}")) }
}

struct Shown {
    context: Context,
    total: AtomicU64,
}

impl Progress for Shown {
    fn begin(&self, total_bytes: u64, _: bool) {
        self.total.store(total_bytes, Ordering::Relaxed);
        self.context.progress(0, Some(total_bytes), None);
    }

    fn advance(&self, bytes: u64, report: &ImportReport) {
        let total = self.total.load(Ordering::Relaxed);
        let counts = format!(
            "{} read, {} new, {} changed, {} rejected",
            report.read, report.new, report.changed, report.rejected
        );
        self.context.progress(bytes.min(total), Some(total), Some(counts));
    }
}
