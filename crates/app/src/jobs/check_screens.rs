//! Compares watched screens with what they were: after each import, and every few minutes for changes of lists.

use std::sync::Arc;
use std::time::Duration;

use chrono::Utc;
use queue::{Context, Job, JobError};
use serde::{Deserialize, Serialize};

use super::send_messages::SendMessages;
use super::{JobState, MONITORS};
use crate::watch_screens::Watcher;

/// Asks for a comparison.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CheckScreens {}

impl Job for CheckScreens {
    const KIND: &'static str = "check_screens";
    const QUEUE: &'static str = MONITORS;
    const MAX_ATTEMPTS: u16 = 5;
    const TIMEOUT: Duration = Duration::from_secs(1_800);
    const CONCURRENCY: Option<u16> = Some(1);

    fn unique_key(&self) -> Option<String> {
        Some("all".to_owned())
    }
}

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
