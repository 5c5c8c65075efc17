//! Asks that watched screens are compared with what they were.

use std::time::Duration;

use queue::Job;
use serde::{Deserialize, Serialize};

use crate::MONITORS;

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
