//! The only SQL of Lode: migrations and one file per aggregate.
//!
//! Functions take a connection or an open transaction of the caller, never begin one themselves unless their
//! documentation says so, and return what happened. Static SQL is checked against the schema at compile time.

pub mod account_identities;
pub mod accounts;
pub mod activity;
pub mod ai_reports;
pub mod analyses;
pub mod api_tokens;
pub mod artifact_references;
pub mod audit;
pub mod change_feed;
pub mod companies;
pub mod company_facts;
pub mod company_marks;
pub mod company_search;
pub mod copy;
pub mod coverage;
pub mod current_periods;
pub mod deliveries;
pub mod diagnosis;
pub mod enrichments;
pub mod evaluations;
pub mod exclusions;
pub mod exports;
pub mod failure;
pub mod figures;
pub mod filing_list;
pub mod filing_readings;
pub mod filings;
pub mod financial_periods;
pub mod generated_load;
pub mod homepages;
pub mod import_mappings;
pub mod import_rejections;
pub mod imports;
pub mod index_checks;
pub mod ingest;
pub mod jobs;
pub mod kept_counts;
pub mod labels;
pub mod lists;
pub mod live;
pub mod locks;
pub mod maintenance;
pub mod membership_changes;
pub mod model_calls;
pub mod model_providers;
pub mod monitors;
pub mod notes;
pub mod notifications;
pub mod outage;
pub mod people;
pub mod personal_data;
pub mod pipeline;
pub mod pool;
pub mod process_name;
pub mod prospects;
pub mod quotas;
pub mod recent_filings;
pub mod runs;
pub mod schema;
pub mod scraper;
pub mod sealing;
pub mod search_providers;
pub mod second_factors;
pub mod sessions;
pub mod sign_in_flows;
pub mod signing_keys;
pub mod snapshots;
pub mod status;
pub mod table_contents;
pub mod universe;
pub mod users;
pub mod views;
pub mod web_pages;
pub mod webhooks;
pub mod website_turns;

pub use sqlx::{PgConnection, PgPool, Postgres, Transaction};

/// What a statement fails with; [`failure::DatabaseError`] says what it means to a caller.
pub use sqlx::Error as SqlError;
