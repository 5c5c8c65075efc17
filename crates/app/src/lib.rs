//! The lode binary: configuration, wiring, HTTP and commands.

pub mod actions;
pub mod artifacts;
pub mod blocking;
pub mod commands;
pub mod config;
pub mod demo;
pub mod http;
pub mod identity;
pub mod index;
pub mod jobs;
pub mod outbound;
pub mod redaction;
pub mod redis_client;
pub mod scraper;
pub mod watch_screens;
pub mod wiring;
