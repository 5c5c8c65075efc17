//! What a team needs to run Lode: processes that start and stop without a failed request, backups, and the gate.

mod backup;
mod backup_encrypted;
mod doctor;
mod error_reports;
mod gate;
mod outage;
mod overload;
mod process;
mod roll_out;

use std::process::{Command, Output};

/// `lode` with these arguments and settings, to its end.
fn run(arguments: &[&str], settings: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lode"));
    for name in ["DATABASE_URL", "REDIS_URL", "ARTIFACT_STORE_URL"] {
        command.env_remove(name);
    }
    command.args(arguments).envs(settings.iter().copied()).output().unwrap()
}

/// What a command said to people, on both of its outputs.
fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}
