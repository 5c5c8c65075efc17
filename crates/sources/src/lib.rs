//! Pure parsers of open registers and filed annual reports.
//!
//! Every parser takes bytes or a [`std::io::Read`], keeps memory bounded, and gives domain types or a located
//! [`error::SourceError`]; none of them opens a file, asks the network, or panics on any input.

pub mod bolagsverket_api;
pub mod bolagsverket_bulk;
pub mod brreg;
pub mod budget;
pub mod cell;
pub mod delimited;
pub mod error;
pub mod json_size;
pub mod register_file;
pub mod register_values;
pub mod report_page;
pub mod row;
pub mod scb_bulk;
pub mod table;
pub mod workbook;
pub mod zip_size;

pub mod ixbrl;
pub mod package;
