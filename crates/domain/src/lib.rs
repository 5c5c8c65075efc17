//! Types and rules of company data: organisation numbers, money, fiscal periods, statements, accounting
//! identities, the catalogue of fields and metrics, and the filter language.
//!
//! Nothing here does I/O, reads the clock or knows a database: every function is a pure rule that the
//! parsers, the store, the screening engine and the API share. Swedish rules are the default; where a rule
//! is Swedish only, its documentation says so.

// Test support that other crates' tests include names this crate from outside.
#[cfg(test)]
extern crate self as domain;

pub mod access;
pub mod analysis;
pub mod ask;
pub mod catalogue;
pub mod codes;
pub mod company;
pub mod currency;
pub mod derive;
pub mod evidence;
pub mod facet;
pub mod facts;
pub mod filing;
pub mod filing_date;
pub mod filter;
pub mod fiscal_period;
pub mod formula_guard;
pub mod identity;
pub mod label;
pub mod line;
pub mod metric;
pub mod note;
pub mod one_line;
pub mod orgnr;
pub mod pipeline;
pub mod prospect;
pub mod scope;
pub mod statement;
pub mod suspicion;
pub mod tax;
pub mod unused;
pub mod versions;
pub mod website;
