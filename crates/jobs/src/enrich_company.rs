//! Asks that a company's website is found and read.

use std::time::Duration;

use domain::orgnr::Orgnr;
use queue::Job;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::ENRICHMENT;

/// What an enrichment can find out, in the order in which it does.
pub const PARTS: [&str; 4] = [HOMEPAGE, ABOUT_SUMMARY, WEBSITE_INSIGHTS, COMPANY_PROFILE];
/// Where the company's website is.
pub const HOMEPAGE: &str = "homepage";
/// The company in its own words.
pub const ABOUT_SUMMARY: &str = "about_summary";
/// Products, customers, certifications, technologies and topics.
pub const WEBSITE_INSIGHTS: &str = "website_insights";
/// What it states about itself.
pub const COMPANY_PROFILE: &str = "company_profile";

/// One company of a run.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EnrichCompany {
    /// The run.
    pub run: Uuid,
    /// The company.
    pub orgnr: Orgnr,
}

impl Job for EnrichCompany {
    const KIND: &'static str = "enrich_company";
    const QUEUE: &'static str = ENRICHMENT;
    const MAX_ATTEMPTS: u16 = 4;
    /// Six candidates and a visit, each with pauses between requests.
    const TIMEOUT: Duration = Duration::from_secs(600);
    const BACK_OFF: Duration = Duration::from_secs(30);

    fn unique_key(&self) -> Option<String> {
        Some(format!("{}:{}", self.run, self.orgnr))
    }

    fn subject(&self) -> Option<String> {
        Some(format!("run:{}", self.run))
    }
}
