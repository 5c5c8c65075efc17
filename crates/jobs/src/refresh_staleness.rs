//! Asks that facts are computed again which the calendar has changed.

use queue::Job;
use serde::{Deserialize, Serialize};

use crate::MONITORS;

/// Looks for facts that the calendar has changed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RefreshStaleness {}

impl Job for RefreshStaleness {
    const KIND: &'static str = "refresh_staleness";
    const QUEUE: &'static str = MONITORS;
    const MAX_ATTEMPTS: u16 = 3;
    const TIMEOUT: std::time::Duration = std::time::Duration::from_secs(3600);
    const CONCURRENCY: Option<u16> = Some(1);

    fn unique_key(&self) -> Option<String> {
        Some("nightly".to_owned())
    }
}
