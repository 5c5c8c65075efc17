//! Every minute: ends runs that nobody ended, and fails parts whose job died without a word.

use std::sync::Arc;

use jobs::settle_runs::SettleRuns;
use queue::{Context, JobError};
use store::runs;

use super::JobState;

/// Buries, then settles.
///
/// # Errors
/// When the database does not answer.
pub async fn run(state: Arc<JobState>, _: SettleRuns, _: Context) -> Result<(), JobError> {
    let mut conn = state.db.acquire().await?;
    let buried = runs::bury(&mut conn).await?;
    let settled = runs::settle(&mut conn, None).await?;
    if buried > 0 || !settled.is_empty() {
        tracing::info!(buried, settled = settled.len(), "runs looked over");
    }
    Ok(())
}
