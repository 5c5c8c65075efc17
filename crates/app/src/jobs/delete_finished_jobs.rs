//! Nightly: removes finished jobs that nobody asks for any more.

use std::sync::Arc;
use std::time::Duration;

use chrono::{TimeDelta, Utc};
use queue::{Context, Job, JobError};
use serde::{Deserialize, Serialize};
use store::jobs::{probes, retention, workers};

use super::{JobState, MONITORS};

/// Completed and cancelled jobs are kept this long.
const DONE_DAYS: i64 = 7;
/// Dead jobs are kept this long for a person to look at.
const DEAD_DAYS: i64 = 60;
/// Rows of one transaction.
const PIECE: i64 = 5_000;

/// Removes what is older than it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DeleteFinishedJobs {}

impl Job for DeleteFinishedJobs {
    const KIND: &'static str = "delete_finished_jobs";
    const QUEUE: &'static str = MONITORS;
    const TIMEOUT: Duration = Duration::from_secs(1_800);
    const CONCURRENCY: Option<u16> = Some(1);

    fn unique_key(&self) -> Option<String> {
        Some("nightly".to_owned())
    }
}

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
