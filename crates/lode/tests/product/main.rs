//! The product end to end, on real servers. One program, because each one links the whole product: `cargo test -p lode --test product exports::` runs
//! one area.

mod analysis_model;
mod api;
mod ask_in_words;
mod demo;
mod evaluation;
mod exports;
mod frozen_screens;
mod going_live;
mod hostile;
mod identity;
mod import;
mod import_preview;
mod jobs_api;
mod lists_and_views;
mod live;
mod mirror;
mod monitors;
mod prospects;
mod queue;
mod routes_at_size;
mod runs;
mod scraper;
mod support;
mod universe;
mod up;
