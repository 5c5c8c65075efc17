//! Hourly: removes exported files that were kept for their time.

use std::sync::Arc;
use std::time::Duration;

use chrono::Utc;
use queue::{Context, Job, JobError};
use serde::{Deserialize, Serialize};

use super::{EXPORTS, JobState};
use crate::actions::exports::expire::remove_expired;

/// Removes what has expired.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DeleteExpiredExports {}

impl Job for DeleteExpiredExports {
    const KIND: &'static str = "delete_expired_exports";
    const QUEUE: &'static str = EXPORTS;
    const TIMEOUT: Duration = Duration::from_secs(1_800);
    const CONCURRENCY: Option<u16> = Some(1);

    fn unique_key(&self) -> Option<String> {
        Some("hourly".to_owned())
    }
}

/// Removes files that nobody names any more, one transaction each.
///
/// # Errors
/// When the database or the artifact store does not answer.
pub async fn run(state: Arc<JobState>, _: DeleteExpiredExports, context: Context) -> Result<(), JobError> {
    let goes_on = || !context.cancel().is_cancelled();
    let done = remove_expired(&state.db, &state.artifacts, state.config.export_days, Utc::now(), goes_on).await;
    let (files, forgotten) = done.map_err(|error| JobError::retry(format!("{error:#}")))?;
    context.progress(files, None, None);
    tracing::info!(files, forgotten, "expired exports were removed");
    context.check()
}
