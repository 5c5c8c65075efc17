//! The screening index: every company in memory, exact answers.
//!
//! # Design
//! Rows of companies are kept as columns, one per field of [`domain::catalogue::FIELDS`], in a [`segment::Segment`] that is built once. A
//! filter becomes a set of rows, one bit each ([`select`]); a page, a total, facets and histograms are read off the set. Changes
//! go into a second, small segment, and take the rows they replace out of the first; [`index::Index::apply`] publishes both at
//! once, so a reader sees all of a change or none of it, and never waits.
//!
//! # Cost model
//! - A number is compared in one pass over 4 bytes a row, whatever its range ([`number`] tells how that stays exact); a category in 1 or
//!   2 bytes; a text by its distinct words first.
//! - A page is picked out of the hits without sorting them all: bounds of the keys per block of rows rule most blocks out.
//! - A count over a selection touches its rows or its complement, whichever is smaller.
//!
//! # Invariants
//! - What comes out equals what came in: ratios are multiples of 0.0001 and kept as integers.
//! - A missing value matches no comparison, sorts last in either direction, and is counted apart.
//! - Equal sort keys are ordered by organisation number; names in Swedish alphabetical order.
//! - `unsafe` stands in one place, [`mask`], for instructions that every processor of the architecture has.

pub mod benchmark;
pub mod bitset;
pub mod builder;
pub mod code;
pub mod company_set;
mod count;
pub mod file;
pub mod filtered;
mod hash;
pub mod index;
pub mod keyset;
mod mask;
pub mod number;
pub mod order;
mod pick;
pub mod scale;
pub mod segment;
pub mod select;
pub mod similar;
pub mod snapshot;
pub mod synthetic;
pub mod tally;
pub mod text;

pub use builder::SegmentBuilder;
pub use company_set::CompanySet;
pub use filtered::{Filtered, NearMiss, Step};
pub use index::{Change, Index};
pub use keyset::{Place, sort_places};
pub use order::{Sort, SortBy};
pub use scale::{Scale, Statistics};
pub use select::{NoSets, Sets};
pub use similar::{Feature, Match};
pub use snapshot::{RowId, Selection, Snapshot};
