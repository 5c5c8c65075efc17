//! Callers who mean harm, end to end: each test walks every place of a kind.

mod connections;
mod foreign_pages;
mod impossible_values;
mod memory;
mod rights;
mod too_much;
pub(crate) mod walk;
