//! Asks that the analysis of a company of a run is kept as its report for other programs.

use std::time::Duration;

use domain::orgnr::Orgnr;
use queue::Job;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::AI_ANALYSIS;

/// One company of a run.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct KeepCompanyReport {
    /// The run.
    pub run: Uuid,
    /// The company.
    pub orgnr: Orgnr,
}

impl Job for KeepCompanyReport {
    const KIND: &'static str = "keep_company_report";
    const QUEUE: &'static str = AI_ANALYSIS;
    const MAX_ATTEMPTS: u16 = 4;
    const TIMEOUT: Duration = Duration::from_secs(60);

    fn unique_key(&self) -> Option<String> {
        Some(format!("{}:{}", self.run, self.orgnr))
    }

    fn subject(&self) -> Option<String> {
        Some(format!("run:{}", self.run))
    }
}
