//! Makes the calls of webhooks and the letters that are due; each has its own waits between tries, kept with it.

use std::sync::Arc;
use std::time::Duration;

use queue::{Context, Job, JobError};
use serde::{Deserialize, Serialize};

use super::{JobState, MONITORS};
use crate::watch_screens::Watcher;

/// Asks for what is due.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SendMessages {}

impl Job for SendMessages {
    const KIND: &'static str = "send_messages";
    const QUEUE: &'static str = MONITORS;
    const MAX_ATTEMPTS: u16 = 5;
    const TIMEOUT: Duration = Duration::from_secs(900);
    const CONCURRENCY: Option<u16> = Some(1);

    fn unique_key(&self) -> Option<String> {
        Some("due".to_owned())
    }
}

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
