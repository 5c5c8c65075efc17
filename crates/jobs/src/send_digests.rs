//! Asks for the daily messages about watched screens.

use queue::Job;
use serde::{Deserialize, Serialize};

use crate::MONITORS;

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
