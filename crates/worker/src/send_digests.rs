//! Sends the daily messages about watched screens.

use std::sync::Arc;

use chrono::Utc;
use jobs::send_digests::SendDigests;
use queue::{Context, JobError};

use super::JobState;
use crate::watch_screens::Watcher;
use jobs::send_messages::SendMessages;

/// Writes them, then asks for what is to be sent.
///
/// # Errors
/// When the database does not answer, or the settings of the mail server are wrong.
pub async fn run(state: Arc<JobState>, _: SendDigests, context: Context) -> Result<(), JobError> {
    let watcher = Watcher::new(&state.db, &state.config).map_err(JobError::fail)?;
    let told = watcher.send_digests(Utc::now()).await?;
    context.progress(told as u64, None, None);
    queue::enqueue(&mut *state.db.acquire().await?, &SendMessages {}).await?;
    Ok(())
}
