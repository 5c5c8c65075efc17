//! After an upgrade that reads packages otherwise: what is kept is read again, with its lineage, beside everything else.

use std::sync::Arc;

use ingest::reread::{self, Mode, READER_VERSION, Which};
use jobs::read_filings_again::ReadFilingsAgain;
use queue::{Context, JobError};
use serde_json::json;
use store::filing_readings;

use super::JobState;

/// Reads them batch by batch; a job that is killed goes on with those that are left.
///
/// # Errors
/// Again, when the database or the artifact store does not answer, or when this worker's reader is older than the one asked for.
pub async fn run(state: Arc<JobState>, job: ReadFilingsAgain, context: Context) -> Result<(), JobError> {
    if job.reader_version > READER_VERSION {
        return Err(JobError::retry(format!(
            "reader {} is asked for, this worker has {READER_VERSION}; a worker of the newer release takes the job",
            job.reader_version
        )));
    }
    let outdated = filing_readings::outdated(&mut *state.bulk.acquire().await?, READER_VERSION).await?;
    let total = u64::try_from(outdated).unwrap_or(0);
    context.progress(0, Some(total), None);
    let told = |report: &reread::RereadReport| {
        let counts = format!("{} changed, {} could not be read", report.changed, report.failed);
        context.progress(report.read.min(total), Some(total), Some(counts));
    };
    let report = reread::run(&state.bulk, &state.artifacts, Which::Outdated, Mode::Apply, context.cancel(), &told)
        .await
        .map_err(|error| JobError::retry(format!("{error:#}")))?;
    context.check()?;
    tracing::info!(read = report.read, changed = report.changed, failed = report.failed, "filings were read again");
    let mut tx = state.db.begin().await?;
    context.complete_with(&mut tx, Some(&json!({ "report": report }))).await?;
    tx.commit().await?;
    Ok(())
}
