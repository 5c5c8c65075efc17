//! `lode services run -- COMMAND`: real servers for the duration of a command.

use std::process::ExitCode;

use clap::Subcommand;

use super::console;

/// Servers without the product.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Start Postgres and Valkey in a temporary folder, run COMMAND with LODE_TEST_DATABASE_URL and LODE_TEST_REDIS_URL
    /// set, and remove them again
    Run {
        /// The command and its arguments
        #[arg(trailing_var_arg = true, required = true, allow_hyphen_values = true)]
        command: Vec<String>,
    },
}

/// Runs the command; its exit status becomes ours.
///
/// # Errors
/// When the servers cannot be started or the command cannot be run.
pub async fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let Command::Run { command } = arguments.command;
    let status = embedded::session::run(&command, console::progress).await?;
    Ok(status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from))
}
