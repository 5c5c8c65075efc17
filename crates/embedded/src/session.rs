//! Servers for the duration of one command: started in a temporary folder, named in its environment, removed after it.

use std::process::ExitStatus;

use tokio::process::Command;

use crate::error::Error;
use crate::{Options, Profile, Servers};

const PREFIX: &str = "lode-services-";

/// Starts throw-away servers, runs the command with `LODE_TEST_DATABASE_URL` and `LODE_TEST_REDIS_URL` set, and
/// removes the servers again, also when the command fails or Ctrl-C is pressed.
///
/// # Errors
/// When the servers cannot be started or the command cannot be run.
pub async fn run(command: &[String], progress: impl Fn(&str)) -> Result<ExitStatus, Error> {
    let temporary = std::env::temp_dir();
    crate::remove_leftovers(&temporary, PREFIX);
    let data_dir = temporary.join(format!("{PREFIX}{}", std::process::id()));
    let options = Options { data_dir, profile: Profile::Throwaway, postgres: true, valkey: true };
    let servers = Servers::start(&options, progress).await?;
    let finished = run_with(&servers, command).await;
    servers.stop_and_remove().await;
    finished
}

async fn run_with(servers: &Servers, command: &[String]) -> Result<ExitStatus, Error> {
    let (program, arguments) = command
        .split_first()
        .ok_or_else(|| Error::io("no command was given")(std::io::Error::from(std::io::ErrorKind::InvalidInput)))?;
    let mut child = Command::new(program)
        .args(arguments)
        .env("LODE_TEST_DATABASE_URL", servers.database_url().unwrap_or_default())
        .env("LODE_TEST_REDIS_URL", servers.redis_url().unwrap_or_default())
        .kill_on_drop(true)
        .spawn()
        .map_err(Error::io(format!("cannot run {program}")))?;
    loop {
        tokio::select! {
            status = child.wait() => return status.map_err(Error::io(format!("cannot wait for {program}"))),
            // The terminal has told the command as well; its end is waited for.
            interrupt = tokio::signal::ctrl_c() => interrupt.map_err(Error::io("cannot listen for Ctrl-C"))?,
        }
    }
}
