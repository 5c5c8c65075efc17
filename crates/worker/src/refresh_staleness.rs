//! Nightly: companies whose accounts or website have grown old since their facts were computed are computed again.

use std::sync::Arc;

use chrono::Utc;
use jobs::refresh_staleness::RefreshStaleness;
use queue::{Context, JobError};
use store::{company_facts, ingest};

use super::JobState;

/// Companies of one transaction.
const BATCH: i64 = 1000;

/// Computes batch after batch.
///
/// # Errors
/// When the database does not answer.
pub async fn run(state: Arc<JobState>, _: RefreshStaleness, context: Context) -> Result<(), JobError> {
    let now = Utc::now();
    let (mut after, mut done) = (0, 0);
    loop {
        context.check()?;
        let mut tx = state.db.begin().await?;
        let orgnrs = company_facts::grown_stale(&mut tx, now.date_naive(), after, BATCH).await?;
        let Some(last) = orgnrs.last().copied() else { return Ok(()) };
        ingest::recompute(&mut tx, &orgnrs, now).await?;
        tx.commit().await?;
        after = last;
        done += orgnrs.len() as u64;
        context.progress(done, None, None);
    }
}
