//! The scraper service: fetches from sources into staging, validates what came, and takes it over when a person says so.
//!
//! A session names a source and what to fetch. It runs in phases (fetch, validate, promote), each started by a person; any process of
//! the service works on it under a lease that it renews, and every step commits where it stands, so a killed process costs at most the
//! request that was under way. Raw files go to the artifact store; the main tables change only in the promote phase, through the
//! same imports as on the command line.

mod annual_reports;
mod bolagsverket_api;
mod bulk_files;
pub mod control;
mod download;
pub mod options;
mod promote;
pub mod run;
mod s3_listing;
mod source;
mod validate;
mod websites;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use crawl::Fetch;
use store::PgPool;
use tokio::sync::{Mutex, Notify};

use artifacts::Artifacts;
use config::ScraperConfig;

pub use options::{Options, SOURCES};

/// What every part of the service needs.
pub struct Scraper {
    /// The database.
    pub db: PgPool,
    /// Where raw files go.
    pub artifacts: Artifacts,
    /// Company websites.
    pub web: Arc<dyn Fetch>,
    /// Whom to ask for the rest.
    pub config: ScraperConfig,
    /// Half-finished downloads and files on their way to an import; what is lost here is fetched again.
    pub work_dir: PathBuf,
    /// Rings when there may be something to do.
    pub bell: Notify,
    client: reqwest::Client,
    token: Mutex<Option<bolagsverket_api::HeldToken>>,
}

impl Scraper {
    /// Puts the service together.
    ///
    /// # Errors
    /// When the TLS roots of the machine cannot be read.
    pub fn new(
        db: PgPool,
        artifacts: Artifacts,
        web: Arc<dyn Fetch>,
        config: ScraperConfig,
        work_dir: PathBuf,
    ) -> anyhow::Result<Self> {
        // These addresses are the operator's own settings, so they are not guarded as a company's website is.
        let client = reqwest::Client::builder()
            .user_agent(crawl::web::USER_AGENT)
            // Files are held against their size and checksum as sent, and ranges are of those bytes.
            .no_gzip()
            .connect_timeout(Duration::from_secs(15))
            .read_timeout(Duration::from_secs(60))
            .build()
            .context("the HTTP client cannot be made")?;
        Ok(Self { db, artifacts, web, config, work_dir, bell: Notify::new(), client, token: Mutex::new(None) })
    }

    /// Why a source cannot be used here; `None` when it can.
    #[must_use]
    pub fn missing(&self, source: &str) -> Option<&'static str> {
        (source == "bolagsverket_api" && self.config.bolagsverket_client_id.is_none()).then_some(
            "set SCRAPER_BOLAGSVERKET_CLIENT_ID and SCRAPER_BOLAGSVERKET_CLIENT_SECRET, which Bolagsverket gives out free of charge",
        )
    }
}
