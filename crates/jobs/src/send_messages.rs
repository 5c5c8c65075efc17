//! Asks that deliveries which are due are made.

use std::time::Duration;

use queue::Job;
use serde::{Deserialize, Serialize};

use crate::MONITORS;

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
