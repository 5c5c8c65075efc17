//! `lode bench`: what this machine manages, measured the same way everywhere.

use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::{bench_http, bench_lists, bench_load, bench_pages, bench_parse, bench_queue, bench_screen};

/// What to measure.
#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// The reader of annual reports, unzipping included
    Parse(bench_parse::BenchParseArgs),
    /// The screening index over generated companies
    Screen(bench_screen::BenchScreenArgs),
    /// Lists over HTTP, on a Postgres of its own
    Lists(bench_lists::BenchListsArgs),
    /// The job queue: jobs per second, and how soon a job starts
    Queue(bench_queue::BenchQueueArgs),
    /// The screen over HTTP: start, requests per second, memory, freshness
    Http(bench_http::BenchHttpArgs),
    /// The main routes under load, and more clients than can be served
    Load(bench_load::BenchLoadArgs),
    /// Every route that a page calls, at several sizes of the register; fails where one grows with it
    Pages(bench_pages::BenchPagesArgs),
}

/// Measures and prints.
///
/// # Errors
/// As the measurement has them.
pub async fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    match &arguments.what {
        What::Parse(arguments) => bench_parse::run(arguments),
        What::Screen(arguments) => bench_screen::run(arguments).await,
        What::Http(arguments) => bench_http::run(arguments).await,
        What::Load(arguments) => bench_load::run(arguments).await,
        What::Pages(arguments) => bench_pages::run(arguments).await,
        What::Lists(arguments) => bench_lists::run(arguments).await,
        What::Queue(arguments) => bench_queue::run(arguments).await,
    }
}
