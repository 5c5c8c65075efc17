//! Asks that old finished jobs are removed.

use std::time::Duration;

use queue::Job;
use serde::{Deserialize, Serialize};

use crate::MONITORS;

/// Removes what is older than it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DeleteFinishedJobs {}

impl Job for DeleteFinishedJobs {
    const KIND: &'static str = "delete_finished_jobs";
    const QUEUE: &'static str = MONITORS;
    const TIMEOUT: Duration = Duration::from_secs(1_800);
    const CONCURRENCY: Option<u16> = Some(1);

    fn unique_key(&self) -> Option<String> {
        Some("nightly".to_owned())
    }
}
