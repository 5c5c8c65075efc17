//! One question about every company, answered by either of two engines: the screening index in memory, or Postgres while that loads.
//!
//! Here are also the sets that questions name, the index's following of the change feed, and why a company entered or left a screen.

pub mod answer;
pub mod blocking;
pub mod engines;
pub mod find_companies;
pub mod index;
pub mod kept_series;
pub mod known_companies;
pub mod optional;
pub mod question;
pub mod screen_changes;
pub mod sets;
