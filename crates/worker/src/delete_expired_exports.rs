//! Hourly: removes exported files that were kept for their time.

use std::sync::Arc;

use chrono::Utc;
use jobs::delete_expired_exports::DeleteExpiredExports;
use queue::{Context, JobError};

use super::JobState;
use services::exports::expire::remove_expired;

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
