//! Inline XBRL: figures tagged inside an XHTML report.
//!
//! A report is scanned once, without building a tree: [`scan`] finds the tags, [`document`] keeps the facts,
//! contexts, units and the few texts that are wanted, [`classify`] tells what kind of document it is, and
//! [`statements`] picks the most precise fact per concept and period and lays it on the core lines of
//! [`concepts`]. Concepts are matched by the family of their namespace and their local name, so neither the
//! prefix nor the taxonomy's date matters. Names of signatories are never kept.

pub(crate) mod classify;
pub mod concepts;
pub(crate) mod document;
pub(crate) mod entity;
pub mod esef_writer;
pub(crate) mod ifrs;
pub(crate) mod namespace;
pub(crate) mod number;
pub(crate) mod scan;
pub(crate) mod statements;
pub mod writer;
