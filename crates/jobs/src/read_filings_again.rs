//! Asks that filings which an older reader read are read again.

use std::time::Duration;

use queue::Job;
use serde::{Deserialize, Serialize};

use crate::IMPORTS;

/// Reads the kept packages that were read by a reader older than this one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadFilingsAgain {
    /// The version of the reader that is to read them; a worker with an older one leaves the job to others.
    pub reader_version: i32,
}

impl Job for ReadFilingsAgain {
    const KIND: &'static str = "read_filings_again";
    const QUEUE: &'static str = IMPORTS;
    const MAX_ATTEMPTS: u16 = 20;
    const TIMEOUT: Duration = Duration::from_secs(24 * 3600);
    const CONCURRENCY: Option<u16> = Some(1);

    fn unique_key(&self) -> Option<String> {
        Some(self.reader_version.to_string())
    }
}
