//! What a company's own website says, found by rules: verbatim passages with the page, its hash and when it was read.
//!
//! Nothing is inferred: each insight is a word of a fixed vocabulary or a stated number, together with the sentence it stands in. Page
//! text is data; whatever it says, it can only become a quote.

mod about;
mod homepage;
mod insights;
mod maturity;
mod profile;
mod search;
mod sentence;
mod vocabulary;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use about::{AboutSummary, about_summary};
pub use homepage::{address_proof, candidate_homepages, homepage, with_scheme};
pub use insights::{Named, Topic, WebsiteInsights, website_insights};
pub use maturity::digital_maturity;
pub use profile::{CompanyProfile, Stated, company_profile};
pub use search::{homepage_question, is_directory};
pub use sentence::sentences;

/// Version of the rules: what another version found can differ for the same pages.
pub const RULES_VERSION: i32 = 1;

/// A page as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct PageText {
    /// Address after redirects.
    pub url: String,
    /// Title of the document.
    pub title: Option<String>,
    /// Language of the text, ISO 639-1, where it is known.
    pub language: Option<String>,
    /// Main text, paragraphs on lines of their own.
    pub text: String,
    /// SHA-256 of the text, hexadecimal.
    pub sha256: String,
    /// When it was fetched.
    pub fetched_at: DateTime<Utc>,
    /// What the page's code tells of how it is made: its generator, hosts of its scripts.
    pub markers: Vec<String>,
}

/// Words of a page, as they stand there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Verbatim; a program can find it in the stored text again.
    pub quote: String,
    /// The page.
    pub url: String,
    /// SHA-256 of the page's text that the quote stands in.
    pub sha256: String,
    /// When the page was fetched.
    pub fetched_at: DateTime<Utc>,
}

impl Passage {
    fn of(page: &PageText, quote: &str) -> Self {
        Self {
            quote: quote.to_owned(),
            url: page.url.clone(),
            sha256: page.sha256.clone(),
            fetched_at: page.fetched_at,
        }
    }
}

#[cfg(test)]
mod tests;
