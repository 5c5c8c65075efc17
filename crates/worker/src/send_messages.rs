//! Makes the calls of webhooks and the emails that are due; each has its own waits between tries, kept with it.

use std::sync::Arc;

use jobs::send_messages::SendMessages;
use queue::{Context, JobError};

use super::JobState;
use crate::watch_screens::Watcher;

/// Tries everything that is due.
///
/// # Errors
/// When the database does not answer, or the settings of the mail server are wrong.
pub async fn run(state: Arc<JobState>, _: SendMessages, context: Context) -> Result<(), JobError> {
    let watcher = Watcher::new(&state.db, &state.config).map_err(JobError::fail)?;
    let tried = watcher.send_messages().await?;
    context.progress(tried as u64, None, None);
    Ok(())
}
