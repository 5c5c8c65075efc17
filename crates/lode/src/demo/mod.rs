//! Demonstration data: real figures of a few companies, and fictitious companies in any number.

pub mod figures;
pub mod generate;
pub mod load;
pub mod print;

pub use generate::generate;
