//! `lode admin audit`: is the log whole, and take it out as JSON lines.

use std::io::Write;
use std::process::ExitCode;

use clap::Subcommand;
use serde_json::json;
use store::audit::{Filter, page, seal, verify};

use super::{Place, console};

/// Rows that are read at once.
const PIECE: i64 = 1000;

#[derive(Subcommand)]
pub enum Command {
    /// Check the chain of hashes; exit status 2 when it was tampered with
    Verify {
        /// The end of the chain as an earlier run printed it ("POSITION HASH"): it must still be there
        #[arg(long, num_args = 2, value_names = ["POSITION", "HASH"])]
        contains: Option<Vec<String>>,
    },
    /// Print the log as JSON, one event per line, newest first
    Export,
}

pub async fn run(command: Command, place: &Place) -> anyhow::Result<ExitCode> {
    let mut conn = place.db.acquire().await?;
    match command {
        Command::Verify { contains } => {
            if let Err(error) = seal(&mut conn).await {
                console::error(&format!("new events could not be sealed: {error}"));
            }
            let found = verify(&mut conn).await?;
            for fault in &found.faults {
                console::error(&format!("position {}: {}", fault.position, fault.what));
            }
            let mut is_whole = found.faults.is_empty();
            if let Some([position, hash]) = contains.as_deref() {
                let position: i64 = position.parse().map_err(|_| anyhow::anyhow!("{position:?} is no position"))?;
                let there = store::audit::hash_at(&mut conn, position).await?.map(hex::encode);
                if there.as_deref() != Some(hash.as_str()) {
                    console::error(&format!("position {position} is not what it was: the chain was made anew"));
                    is_whole = false;
                }
            }
            console::say(&format!(
                "{} events checked; end of the chain: {} {}",
                found.checked, found.head.0, found.head.1
            ));
            Ok(if is_whole { ExitCode::SUCCESS } else { ExitCode::from(2) })
        }
        Command::Export => {
            let mut below = None;
            let mut out = std::io::stdout().lock();
            loop {
                let entries = page(&mut conn, &Filter::default(), below, PIECE).await?;
                for entry in &entries {
                    let line = json!({
                        "position": entry.position, "at": entry.at, "actor": entry.actor, "actor_email": entry.actor_email,
                        "action": entry.action, "subject": entry.subject,
                        "orgnr": entry.orgnr.map(|number| number.to_string()), "detail": entry.detail,
                        "address": entry.address, "request_id": entry.request_id, "hash": entry.hash.as_deref().map(hex::encode),
                    });
                    writeln!(out, "{line}")?;
                }
                below = entries.last().map(|entry| entry.id);
                if (entries.len() as i64) < PIECE {
                    return Ok(ExitCode::SUCCESS);
                }
            }
        }
    }
}
