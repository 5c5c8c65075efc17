//! Asks that kept counts are summed up.

use queue::Job;
use serde::{Deserialize, Serialize};

use crate::MONITORS;

/// Sums up what changes added to the kept counts.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CompactCounts {}

impl Job for CompactCounts {
    const KIND: &'static str = "compact_counts";
    const QUEUE: &'static str = MONITORS;
    const CONCURRENCY: Option<u16> = Some(1);

    fn unique_key(&self) -> Option<String> {
        Some("regular".to_owned())
    }
}
