//! Asks that exported files are removed which were kept for their time.

use std::time::Duration;

use queue::Job;
use serde::{Deserialize, Serialize};

use crate::EXPORTS;

/// Removes what has expired.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DeleteExpiredExports {}

impl Job for DeleteExpiredExports {
    const KIND: &'static str = "delete_expired_exports";
    const QUEUE: &'static str = EXPORTS;
    const TIMEOUT: Duration = Duration::from_secs(1_800);
    const CONCURRENCY: Option<u16> = Some(1);

    fn unique_key(&self) -> Option<String> {
        Some("hourly".to_owned())
    }
}
