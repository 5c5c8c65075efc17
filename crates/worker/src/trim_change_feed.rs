//! Hourly: removes entries of the change feed that no reader needs any more.

use std::sync::Arc;

use chrono::{TimeDelta, Utc};
use jobs::trim_change_feed::TrimChangeFeed;
use queue::{Context, JobError};
use store::change_feed;

use super::JobState;

/// A process that was away for longer loads its index from Postgres instead of its file.
const KEPT: TimeDelta = TimeDelta::days(2);
/// Entries of one transaction.
const PIECE: i64 = 20_000;

/// Removes piece by piece, so that no transaction is long.
///
/// # Errors
/// When the database does not answer.
pub async fn run(state: Arc<JobState>, _: TrimChangeFeed, context: Context) -> Result<(), JobError> {
    let keep_since = Utc::now() - KEPT;
    let mut removed = 0;
    loop {
        context.check()?;
        let trimmed = change_feed::trim(&state.db, keep_since, PIECE).await?;
        removed += trimmed.entries;
        context.progress(removed, None, None);
        if !trimmed.has_more {
            tracing::info!(removed, "the change feed was trimmed");
            return Ok(());
        }
    }
}
