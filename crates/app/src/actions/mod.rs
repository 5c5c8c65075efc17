//! What Lode does when asked: each action owns its transactions; none does network input or output beyond the database
//! and the artifact store.

pub mod import;
pub mod universe;
