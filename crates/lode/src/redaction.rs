//! Secrets taken out of log lines by how they look, wherever they stand: in an address that somebody mistyped, in the message of an
//! error, in a field that was added later.

use std::borrow::Cow;
use std::io::{self, Write};

/// What stands in a secret's place.
const MARK: &str = "[redacted]";
/// Letters of a run that may be a secret; ours have 43.
const SHORTEST: usize = 32;

/// The line without what looks like a token: a JSON web token, an API token, a long run of random letters and digits.
#[must_use]
pub fn redact(line: &str) -> Cow<'_, str> {
    let mut shown = String::new();
    let (mut kept, mut at) = (0, 0);
    while let Some(start) = line.get(at..).and_then(|rest| rest.find(is_of_token)).map(|found| at + found) {
        let run = line.get(start..).unwrap_or_default();
        let length = run.find(|letter| !is_of_token(letter)).unwrap_or(run.len());
        let end = start + length;
        if is_secret(line.get(start..end).unwrap_or_default()) {
            shown.push_str(line.get(kept..start).unwrap_or_default());
            shown.push_str(MARK);
            kept = end;
        }
        at = end;
    }
    if kept == 0 {
        return Cow::Borrowed(line);
    }
    shown.push_str(line.get(kept..).unwrap_or_default());
    Cow::Owned(shown)
}

fn is_of_token(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-')
}

/// Hashes and UUIDs name things that everybody may know, and are in lower case; words of a program have no digits among capitals.
fn is_secret(run: &str) -> bool {
    if run.strip_prefix("lode_").is_some_and(|rest| rest.len() >= 20) || (run.starts_with("eyJ") && run.len() > 12) {
        return true;
    }
    let has = |what: fn(&char) -> bool| run.chars().any(|letter| what(&letter));
    run.len() >= SHORTEST && has(char::is_ascii_uppercase) && has(char::is_ascii_lowercase) && has(char::is_ascii_digit)
}

/// Writes lines without their secrets.
pub struct Redacting<W>(pub W);

impl<W: Write> Write for Redacting<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // The formatter hands over whole lines.
        match redact(&String::from_utf8_lossy(bytes)) {
            Cow::Borrowed(_) => self.0.write_all(bytes)?,
            Cow::Owned(line) => self.0.write_all(line.as_bytes())?,
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_token_is_left_out_wherever_it_stands() {
        let api_token = "lode_3kTq9ZxYw8vUs7RpQo6NmLk5JiHg4FeDc3Ba2";
        let jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";
        let link = "Zk3vQ9xT7bLm2Rf8YdWc1NpHs6JgVaEu4KoXiBt5Qwr";
        for secret in [api_token, jwt, link] {
            for line in [
                format!("path=/api/x/{secret}/y"),
                format!("error: “{secret}” is no name"),
                secret.to_owned(),
                format!("?{secret}&a=b"),
            ] {
                let shown = redact(&line);
                assert!(secret.split('.').all(|part| !shown.contains(part)), "{shown}");
            }
        }
    }

    #[test]
    fn what_everybody_may_know_stays() {
        for line in [
            "/api/pages/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "/api/lists/0198f3a1-7c4e-7d22-9b3e-0f6d2a1c9b10",
            "lode::actions::exports::SomethingWithAVeryLongNameOfItsOwn",
            "/api/companies/5560160680/figures/revenue åäö",
        ] {
            assert_eq!(redact(line), line);
        }
    }

    #[test]
    fn lines_are_written_without_their_secrets() {
        let mut written = Vec::new();
        let line = "at /x/lode_3kTq9ZxYw8vUs7RpQo6NmLk5JiHg4FeDc3Ba2\n";
        Redacting(&mut written).write_all(line.as_bytes()).unwrap();
        assert_eq!(written, b"at /x/[redacted]\n");
    }
}
