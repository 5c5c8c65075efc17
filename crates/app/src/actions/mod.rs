//! What Lode does when asked: each action owns its transactions; none does network input or output beyond the database
//! and the artifact store.

pub mod accounts;
pub mod actor;
pub mod exports;
pub mod import;
pub mod lists;
pub mod monitors;
pub mod notes;
pub mod prospects;
pub mod runs;
pub mod screen_changes;
pub mod universe;
pub mod websites;
