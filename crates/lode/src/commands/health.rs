//! `lode health`: does the process on a port of this machine live? For health checks of containers, where no other HTTP client is.

use std::process::ExitCode;
use std::time::Duration;

use super::console;

/// Whom to ask.
#[derive(clap::Args)]
pub struct Arguments {
    /// Port of the API, the worker or the scraper
    #[arg(long, env = "PORT", default_value_t = 8080, value_parser = clap::value_parser!(u16).range(1..))]
    port: u16,
}

/// Longer than this no living process takes; container engines end the check itself soon after.
const LIMIT: Duration = Duration::from_secs(2);

/// Asks `/health`, which depends on nothing but the process. Exit status 0 when it answers 200, else 1.
///
/// # Errors
/// When the HTTP client cannot be made; a process that does not answer is no error but the status.
pub async fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let client = reqwest::Client::builder().no_proxy().timeout(LIMIT).build()?;
    let url = format!("http://{}:{}/health", std::net::Ipv4Addr::LOCALHOST, arguments.port);
    match client.get(&url).send().await {
        Ok(answer) if answer.status().is_success() => Ok(ExitCode::SUCCESS),
        Ok(answer) => {
            console::error(&format!("{url} answered {}", answer.status()));
            Ok(ExitCode::FAILURE)
        }
        Err(error) => {
            console::error(&format!("{url} does not answer: {error}"));
            Ok(ExitCode::FAILURE)
        }
    }
}
