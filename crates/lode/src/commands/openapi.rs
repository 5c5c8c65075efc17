//! `lode openapi`: the API's description, as committed in `openapi.json`, or the scraper service's.

use std::process::ExitCode;

use super::console;

/// Which description.
#[derive(clap::Args)]
pub struct Arguments {
    /// Print the description of the scraper service, as committed in `openapi-scraper.json`
    #[arg(long)]
    scraper: bool,
}

/// Prints the description.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let description = if arguments.scraper { api::scraper_openapi() } else { api::openapi() };
    console::say(&description.to_pretty_json()?);
    Ok(ExitCode::SUCCESS)
}
