//! Compares watched screens with what they were: after each import, and every few minutes for changes of lists.

use std::sync::Arc;

use chrono::Utc;
use jobs::check_screens::CheckScreens;
use queue::{Context, JobError};

use super::JobState;
use crate::watch_screens::Watcher;
use jobs::send_messages::SendMessages;

/// Checks them all, then asks for what is to be sent.
///
/// # Errors
/// When the database does not answer, or the settings of the mail server are wrong.
pub async fn run(state: Arc<JobState>, _: CheckScreens, context: Context) -> Result<(), JobError> {
    let watcher = Watcher::new(&state.bulk, &state.config).map_err(JobError::fail)?;
    let changed = watcher.check_screens(Utc::now()).await?;
    context.progress(changed as u64, None, None);
    if changed > 0 {
        queue::enqueue(&mut *state.db.acquire().await?, &SendMessages {}).await?;
    }
    Ok(())
}
