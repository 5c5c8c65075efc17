//! The language as a whole: each form against the others, bad input, arbitrary input.

mod arbitrary;
mod bad_input;
mod completion;
mod meaning;
mod round_trip;

pub use arbitrary::any_filter;
