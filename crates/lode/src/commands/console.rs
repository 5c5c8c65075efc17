//! Words for the person at the terminal; logs go through `tracing`.

use std::io::Write;

/// One line of result on stdout. A closed pipe is not an error.
pub fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
    let _ = std::io::stdout().flush();
}

/// One line of progress on stderr.
pub fn progress(line: &str) {
    let _ = writeln!(std::io::stderr(), "  {line}");
}

/// Why the command failed, on stderr.
pub fn error(text: &str) {
    let _ = writeln!(std::io::stderr(), "lode: {text}");
}
