//! Imports end to end: real reports to the krona, wrong input, kills, two at once.

mod archives_of_reports;
pub mod fixtures;
mod foreign_tables;
mod golden;
mod killed;
mod norway;
mod own_fixtures;
mod reread;
mod second_import;
mod sequences;
mod two_at_once;
mod workbooks;
mod wrong_filings;
mod wrong_tables;
