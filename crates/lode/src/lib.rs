//! The lode binary: it reads the settings, puts the parts of each role together and runs the commands.

pub mod backup;
pub mod certificate;
pub mod commands;
pub mod demo;
pub mod error_reports;
pub mod redaction;
pub mod redis_client;
pub mod trace_export;
pub mod wiring;
