//! What Lode does when asked: each use case owns its transactions; none does network input or output beyond the database
//! and the artifact store.

pub mod accounts;
pub mod actor;
pub mod exports;
pub mod lists;
pub mod monitors;
pub mod notes;
pub mod prospects;
pub mod runs;
