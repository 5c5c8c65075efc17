//! The language as a whole: each form against the others, bad input, arbitrary input.

#[allow(dead_code)] // Parts of it serve the tests of other crates.
mod arbitrary;
mod bad_input;
mod completion;
mod documentation;
mod meaning;
mod round_trip;
mod rule_groups;

use arbitrary::any_filter;
