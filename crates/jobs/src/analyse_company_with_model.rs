//! Asks that a model writes about a company of a run.

use std::time::Duration;

use domain::orgnr::Orgnr;
use queue::Job;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::AI_ANALYSIS;

/// The one part of an analysis by a model.
pub const MODEL_ANALYSIS: &str = "model_analysis";

/// One company of a run.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AnalyseCompanyWithModel {
    /// The run.
    pub run: Uuid,
    /// The company.
    pub orgnr: Orgnr,
}

impl Job for AnalyseCompanyWithModel {
    const KIND: &'static str = "analyse_company_with_model";
    const QUEUE: &'static str = AI_ANALYSIS;
    const MAX_ATTEMPTS: u16 = 6;
    /// Several tries of a slow model, and the waits that it asks for.
    const TIMEOUT: Duration = Duration::from_secs(3_600);
    const BACK_OFF: Duration = Duration::from_secs(5);

    fn unique_key(&self) -> Option<String> {
        Some(format!("{}:{}", self.run, self.orgnr))
    }

    fn subject(&self) -> Option<String> {
        Some(format!("run:{}", self.run))
    }
}
