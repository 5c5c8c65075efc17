//! The scraper service end to end, against a server on this machine that speaks the real protocols.

mod api;
mod each_source;
mod killed;
mod protocol;
mod service;
