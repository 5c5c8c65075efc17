//! Inline XBRL: figures tagged inside an XHTML report.
//!
//! A report is scanned once, without building a tree: [`scan`] finds the tags, [`reader`] makes of them a [`document`]
//! with its facts, contexts, units and the few texts that are wanted (joined by [`texts`]), [`classify`] tells what kind
//! of document it is, and [`statements`] brings each fact to its scope, year and line: [`number`] reads its text by its
//! transformation, [`choose`] takes the most precise of several, [`years`] finds the fiscal years, [`lay`] fills the core
//! lines of [`concepts`]. What is not used is kept with its reason. Concepts are matched by the family of their namespace and their local name, so neither the
//! prefix nor the taxonomy's date matters. Names of signatories are never kept.

mod choose;
pub(crate) mod classify;
pub mod concepts;
mod date;
pub(crate) mod document;
pub(crate) mod entity;
pub mod esef_writer;
pub(crate) mod ifrs;
mod lay;
pub(crate) mod namespace;
pub(crate) mod number;
pub(crate) mod reader;
mod resources;
pub(crate) mod scan;
pub(crate) mod scope;
pub(crate) mod statements;
mod sums;
mod tagged;
pub mod tags;
pub(crate) mod texts;
mod words;
pub mod writer;
mod years;
