//! `lode bench`: what this machine manages, measured the same way everywhere.

use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::{bench_parse, bench_screen};

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
}

/// Measures and prints.
///
/// # Errors
/// As the measurement has them.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    match &arguments.what {
        What::Parse(arguments) => bench_parse::run(arguments),
        What::Screen(arguments) => bench_screen::run(arguments),
    }
}
