//! Every minute: ends runs that nobody ended, and fails parts whose job died without a word.

use std::sync::Arc;

use queue::{Context, Job, JobError};
use serde::{Deserialize, Serialize};
use store::runs;

use super::{JobState, MONITORS};

/// Looks over all open runs.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SettleRuns {}

impl Job for SettleRuns {
    const KIND: &'static str = "settle_runs";
    const QUEUE: &'static str = MONITORS;
    const MAX_ATTEMPTS: u16 = 2;

    fn unique_key(&self) -> Option<String> {
        Some("all".to_owned())
    }
}

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
