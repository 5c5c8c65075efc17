//! What Lode does when asked: each use case owns its transactions; none does network input or output beyond the database,
//! the artifact store, models, the search provider and identity providers.

pub mod accounts;
pub mod actor;
pub mod analyses;
pub mod audit_log;
pub mod companies;
pub mod company_reports;
pub mod control_jobs;
pub mod diagnosis;
pub mod error;
pub mod evaluations;
pub mod exclusions;
pub mod exports;
pub mod filed_document;
pub mod filing_readings;
pub mod findings;
pub mod home;
pub mod import_mappings;
pub mod imports;
pub mod installation;
pub mod labels;
pub mod lists;
pub mod live;
pub mod mirror;
pub mod models;
pub mod monitors;
pub mod notes;
pub mod notifications;
pub mod parquet_file;
pub mod people;
pub mod personal_data;
pub mod prospects;
pub mod quota;
pub mod runs;
pub mod search;
pub mod set_names;
pub mod snapshots;
pub mod templates;
pub mod trace;
pub mod views;
pub mod webhooks;

/// Connections to the database: use cases take them, and nobody above asks them anything.
pub use store::PgPool;
