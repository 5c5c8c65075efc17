//! Prints every tagged number of the given XHTML documents as JSON lines, each with its file: the reader's side of
//! `scripts/compare-with-arelle`.

use std::io::Write;
use std::process::ExitCode;

use sources::ixbrl::tags::numbers;

fn main() -> ExitCode {
    let mut out = std::io::stdout().lock();
    for path in std::env::args().skip(1) {
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) => {
                eprintln!("cannot read {path}: {error}");
                return ExitCode::FAILURE;
            }
        };
        match numbers(&path, &bytes) {
            Ok(found) => {
                for number in found {
                    let line = serde_json::json!({ "file": path, "number": number });
                    if writeln!(out, "{line}").is_err() {
                        return ExitCode::FAILURE;
                    }
                }
            }
            // The caller compares what both readers read; what this one refuses is told.
            Err(error) => eprintln!("refused: {error}"),
        }
    }
    ExitCode::SUCCESS
}
