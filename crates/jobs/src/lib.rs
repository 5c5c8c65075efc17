//! Every kind of job of the product: what can be queued, with its queue, its tries and its time limit. How a job runs is in crate `worker`.
//!
//! A job's payload is ids and settings. Its kind's name and its fields outlive releases: rows written by an older version are run by a newer one.

pub mod analyse_company;
pub mod analyse_company_with_model;
pub mod check_index;
pub mod check_screens;
pub mod compact_counts;
pub mod delete_expired_exports;
pub mod delete_finished_jobs;
pub mod enrich_company;
pub mod export_companies;
pub mod import_files;
pub mod keep_company_report;
pub mod probe_models;
pub mod read_filings_again;
pub mod refresh_staleness;
pub mod run_probe;
pub mod send_digests;
pub mod send_messages;
pub mod settle_runs;
pub mod trim_change_feed;

/// Websites are read, homepages found, profiles made.
pub const ENRICHMENT: &str = "enrichment";
/// Companies are analysed.
pub const AI_ANALYSIS: &str = "ai_analysis";
/// Uploaded files are read.
pub const IMPORTS: &str = "imports";
/// Large files are written.
pub const EXPORTS: &str = "exports";
/// Watching: saved screens, and the installation itself.
pub const MONITORS: &str = "monitors";

/// Every queue. `lode worker` without names works on all of them.
pub const QUEUES: [&str; 5] = [AI_ANALYSIS, ENRICHMENT, EXPORTS, IMPORTS, MONITORS];
