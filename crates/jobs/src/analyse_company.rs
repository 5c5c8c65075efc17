//! Asks that a company of a run is analysed.

use std::time::Duration;

use domain::orgnr::Orgnr;
use queue::Job;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::AI_ANALYSIS;

/// The one part of an analysis by rules.
pub const RULES_ANALYSIS: &str = "rules_analysis";

/// One company of a run.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AnalyseCompany {
    /// The run.
    pub run: Uuid,
    /// The company.
    pub orgnr: Orgnr,
}

impl Job for AnalyseCompany {
    const KIND: &'static str = "analyse_company";
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
