//! Sends the daily messages about watched screens.

use std::sync::Arc;

use chrono::Utc;
use queue::{Context, Job, JobError};
use serde::{Deserialize, Serialize};

use super::send_messages::SendMessages;
use super::{JobState, MONITORS};
use crate::watch_screens::Watcher;

/// Asks for the day's messages.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SendDigests {}

impl Job for SendDigests {
    const KIND: &'static str = "send_digests";
    const QUEUE: &'static str = MONITORS;
    const MAX_ATTEMPTS: u16 = 5;
    const CONCURRENCY: Option<u16> = Some(1);

    fn unique_key(&self) -> Option<String> {
        Some("daily".to_owned())
    }
}

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
