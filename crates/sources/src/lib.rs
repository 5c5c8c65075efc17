//! Pure parsers of open registers and filed annual reports.
//!
//! Every parser takes bytes or a [`std::io::Read`], keeps memory bounded, and gives domain types or a located
//! [`error::SourceError`]; none of them opens a file, asks the network, or panics on any input.

pub mod error;
