//! Writes the project's own fixtures: `cargo run --package sources --example write_fixtures`. A test proves that what
//! is committed is what this writes.

mod reports;

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let folder = std::env::args_os()
        .nth(1)
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures")), PathBuf::from);
    match reports::all().and_then(|files| {
        std::fs::create_dir_all(&folder)?;
        for (name, bytes) in &files {
            std::fs::write(folder.join(name), bytes)?;
        }
        Ok(files.len())
    }) {
        Ok(count) => {
            println!("{count} files in {}", folder.display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("the fixtures cannot be written: {error}");
            ExitCode::FAILURE
        }
    }
}
