//! A job that proves that workers work: it waits a little, leaves one row, or fails as asked.
//!
//! The check of a deployment enqueues one and looks for its row; drills, benchmarks and tests use the same.

use std::sync::Arc;
use std::time::Duration;

use chrono::Utc;
use jobs::run_probe::{Instead, RunProbe};
use queue::{Context, JobError};

use super::JobState;

/// Works, then leaves its row and completes in one transaction.
///
/// # Errors
/// As the test job asks for, or when the database does not answer.
pub async fn run(state: Arc<JobState>, job: RunProbe, context: Context) -> Result<(), JobError> {
    let started_at = Utc::now();
    if job.instead == Instead::NoRow && job.work_ms == 0 {
        return Ok(());
    }
    let total = job.work_ms.div_ceil(100);
    for step in 0..total {
        context.progress(step, Some(total), None);
        tokio::select! {
            () = context.cancel().cancelled() => return Err(JobError::Cancelled),
            () = tokio::time::sleep(Duration::from_millis(job.work_ms.min(100))) => {}
        }
    }
    match job.instead {
        Instead::NoRow => return Ok(()),
        Instead::Fail => return Err(JobError::retry("it fails because it was asked to")),
        Instead::FailOnce if context.attempt() == 1 => {
            return Err(JobError::retry_after("it fails once because it was asked to", Duration::from_secs(1)));
        }
        #[allow(clippy::panic, reason = "that a panic costs one attempt and not the worker is what is tried out")]
        Instead::Panic => panic!("it panics because it was asked to"),
        Instead::Nothing | Instead::FailOnce => {}
    }
    let mut tx = state.db.begin().await?;
    store::jobs::probes::write(&mut tx, job.batch, job.number, context.run(), started_at).await?;
    context.complete(&mut tx).await?;
    tx.commit().await?;
    Ok(())
}
