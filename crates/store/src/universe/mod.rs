//! The screen in SQL: what answers while the index loads, what snapshots are frozen from, and the measure that the
//! index is compared with.
//!
//! Every value is bound; field names come from the catalogue alone. Two-valued logic as on [`domain::filter::Filter`].

pub mod condition;
pub mod count;
pub mod distribution;
pub mod listen;
pub mod page;
pub mod range;
pub mod sample;
pub mod series;
pub mod sets;
pub mod statistics;
pub mod version;

pub use condition::Where;
