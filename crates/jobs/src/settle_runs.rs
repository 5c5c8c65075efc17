//! Asks that runs are ended which nobody ended.

use queue::Job;
use serde::{Deserialize, Serialize};

use crate::MONITORS;

/// Looks over all open runs.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SettleRuns {}

impl Job for SettleRuns {
    const KIND: &'static str = "settle_runs";
    const QUEUE: &'static str = MONITORS;
    const MAX_ATTEMPTS: u16 = 2;

    fn unique_key(&self) -> Option<String> {
        Some("all".to_owned())
    }
}
