//! What Lode does when asked: each use case owns its transactions; none does network input or output beyond the database
//! and the artifact store.

pub mod accounts;
pub mod actor;
pub mod audit_log;
pub mod control_jobs;
pub mod error;
pub mod exclusions;
pub mod exports;
pub mod imports;
pub mod labels;
pub mod lists;
pub mod monitors;
pub mod notes;
pub mod notifications;
pub mod prospects;
pub mod runs;
pub mod snapshots;
pub mod templates;
pub mod views;
pub mod webhooks;
