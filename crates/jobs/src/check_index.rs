//! Asks that every process with a screening index compares it with Postgres.

use std::time::Duration;

use chrono::{DateTime, Utc};
use queue::Job;
use serde::{Deserialize, Serialize};

use crate::MONITORS;

/// Asks for a comparison.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CheckIndex {
    /// When it was asked for.
    pub asked_at: DateTime<Utc>,
}

impl Job for CheckIndex {
    const KIND: &'static str = "check_index";
    const QUEUE: &'static str = MONITORS;
    const MAX_ATTEMPTS: u16 = 3;
    const TIMEOUT: Duration = Duration::from_secs(1_800);
    const CONCURRENCY: Option<u16> = Some(1);

    fn unique_key(&self) -> Option<String> {
        Some("nightly".to_owned())
    }
}
