//! Asks that a large export is written.

use std::time::Duration;

use queue::Job;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::EXPORTS;

/// An export that is to be written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportCompanies {
    /// The export, whose row says what is asked for.
    pub export: Uuid,
}

impl Job for ExportCompanies {
    const KIND: &'static str = "export_companies";
    const QUEUE: &'static str = EXPORTS;
    const MAX_ATTEMPTS: u16 = 6;
    const TIMEOUT: Duration = Duration::from_secs(2 * 3600);
    // Each holds a long transaction, and the keys of its rows in memory.
    const CONCURRENCY: Option<u16> = Some(2);

    fn unique_key(&self) -> Option<String> {
        Some(self.export.to_string())
    }

    fn subject(&self) -> Option<String> {
        Some(format!("export:{}", self.export))
    }
}
