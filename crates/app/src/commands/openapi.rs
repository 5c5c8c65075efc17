//! `lode openapi`: the API's description, as committed in `openapi.json`.

use std::process::ExitCode;

use super::console;

/// Prints the description.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn run() -> anyhow::Result<ExitCode> {
    console::say(&crate::http::openapi().to_pretty_json()?);
    Ok(ExitCode::SUCCESS)
}
