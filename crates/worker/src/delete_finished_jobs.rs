//! Nightly: removes finished jobs that nobody asks for any more.

use std::sync::Arc;

use chrono::{TimeDelta, Utc};
use jobs::delete_finished_jobs::DeleteFinishedJobs;
use queue::{Context, JobError};
use store::jobs::{probes, retention, workers};

use super::JobState;

/// Completed and cancelled jobs are kept this long.
const DONE_DAYS: i64 = 7;
/// Dead jobs are kept this long for a person to look at.
const DEAD_DAYS: i64 = 60;
/// Rows of one transaction.
const PIECE: i64 = 5_000;

/// Removes piece by piece, so that no transaction is long.
///
/// # Errors
/// When the database does not answer.
pub async fn run(state: Arc<JobState>, _: DeleteFinishedJobs, context: Context) -> Result<(), JobError> {
    let now = Utc::now();
    let (done_before, dead_before) = (now - TimeDelta::days(DONE_DAYS), now - TimeDelta::days(DEAD_DAYS));
    let mut removed = 0;
    loop {
        context.check()?;
        let mut conn = state.db.acquire().await?;
        let piece = retention::delete_finished(&mut conn, done_before, dead_before, PIECE).await?;
        removed += piece;
        context.progress(removed, None, None);
        if piece < PIECE.unsigned_abs() {
            probes::delete_before(&mut conn, done_before).await?;
            workers::forget_silent(&mut conn).await?;
            tracing::info!(removed, "finished jobs were removed");
            return Ok(());
        }
    }
}
