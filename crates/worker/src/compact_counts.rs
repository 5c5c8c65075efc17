//! Every five minutes: sums up the counts that pages show, so that reading them costs the same however much was imported.

use std::sync::Arc;

use jobs::compact_counts::CompactCounts;
use queue::{Context, JobError};
use store::kept_counts;

use super::JobState;

/// Sums up.
///
/// # Errors
/// When the database does not answer.
pub async fn run(state: Arc<JobState>, _: CompactCounts, context: Context) -> Result<(), JobError> {
    context.check()?;
    let mut conn = state.db.acquire().await?;
    let summed = kept_counts::compact(&mut conn).await?;
    context.progress(summed, None, None);
    Ok(())
}
