//! `lode evidence check`: does what a claim cites say what the claim says? For anybody who wants to try the checker, on files alone.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use domain::evidence::{self, Answer, InputError, Verdict};

use super::console;

/// Which check.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Check claims against a dossier (docs/evidence.md has both shapes)
    Check(Check),
}

/// What to check, and how to answer.
#[derive(clap::Args)]
struct Check {
    /// The dossier, as JSON; `-` reads it from stdin
    #[arg(long, value_name = "FILE")]
    dossier: PathBuf,
    /// The claims, as a JSON array; `-` reads them from stdin
    #[arg(long, value_name = "FILE")]
    claims: PathBuf,
    /// Answer with JSON: one answer for each claim, in order
    #[arg(long)]
    json: bool,
}

/// Checks the claims. Exit status 0: every claim was judged, whatever the verdicts; 2: an input is malformed.
///
/// # Errors
/// When a file cannot be read.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let Command::Check(check) = &arguments.command;
    let (dossier, claims) = (read(&check.dossier)?, read(&check.claims)?);
    let dossier = match evidence::read_dossier(&dossier) {
        Ok(dossier) => dossier,
        Err(error) => return Ok(malformed(&check.dossier, &error)),
    };
    let claims = match evidence::read_claims(&claims) {
        Ok(claims) => claims,
        Err(error) => return Ok(malformed(&check.claims, &error)),
    };
    let answers = evidence::check(&dossier, &claims);
    if check.json {
        console::say(&serde_json::to_string_pretty(&answers)?);
    } else {
        answers.iter().for_each(tell);
    }
    Ok(ExitCode::SUCCESS)
}

fn read(path: &Path) -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        std::io::stdin().read_to_end(&mut bytes).context("stdin cannot be read")?;
    } else {
        bytes = std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    }
    // Bytes that are not UTF-8 become a mark that the reader of JSON then names or keeps inside a string.
    Ok(String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
}

fn malformed(path: &Path, error: &InputError) -> ExitCode {
    console::error(&format!("{}: {error}", path.display()));
    ExitCode::from(2)
}

fn tell(answer: &Answer) {
    let verdict = match answer.verdict {
        Verdict::Verified => "verified",
        Verdict::Contradicted => "contradicted",
        Verdict::NotFound => "not found",
    };
    console::say(&format!("{}  {verdict}", answer.id));
    for check in &answer.checks {
        let mark = if check.ok { "ok" } else { "--" };
        console::say(&format!("    {mark} {}: {}", check.written, check.reason));
    }
}
