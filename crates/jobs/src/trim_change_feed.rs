//! Asks that entries of the change feed that no reader needs any more are removed.

use std::time::Duration;

use queue::Job;
use serde::{Deserialize, Serialize};

use crate::MONITORS;

/// Removes what is older than it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TrimChangeFeed {}

impl Job for TrimChangeFeed {
    const KIND: &'static str = "trim_change_feed";
    const QUEUE: &'static str = MONITORS;
    const TIMEOUT: Duration = Duration::from_secs(1_800);
    const CONCURRENCY: Option<u16> = Some(1);

    fn unique_key(&self) -> Option<String> {
        Some("hourly".to_owned())
    }
}
