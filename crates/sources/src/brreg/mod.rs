//! Norway: accounts from Regnskapsregisteret and entities from Enhetsregisteret, as `data.brreg.no` answers.

pub mod accounts;
pub mod entity;

use std::io::Read;

use serde_json::Value;

use crate::error::SourceError;
use crate::json_size::{self, JsonFault, Sizes};

/// The longest answer that is read, in bytes.
pub const LONGEST_ANSWER: u64 = 64 << 20;

/// Values and keys of one answer: some hundred per company.
const MOST_VALUES: usize = 2_000_000;

/// Reads a JSON answer; an error answer (a 500 of the accounts register looks like data) becomes an error.
fn answer(input: impl Read) -> Result<(Vec<u8>, Value), SourceError> {
    let mut bytes = Vec::new();
    input.take(LONGEST_ANSWER + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LONGEST_ANSWER {
        return Err(SourceError::input("the answer is longer than 64 MB").remedy("Give one answer per file"));
    }
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    if let Err(JsonFault::TooManyValues { most }) =
        json_size::check(text, &Sizes { values: MOST_VALUES, text_bytes: usize::MAX })
    {
        return Err(SourceError::input(format!("the answer holds more than {most} values"))
            .remedy("Give fewer companies per file"));
    }
    let value: Value = serde_json::from_slice(text).map_err(|error| {
        let words = error.to_string();
        let reason = words.split(" at line ").next().unwrap_or(&words).to_owned();
        SourceError::input(format!("the answer is not JSON: {reason}"))
            .at_line(error.line() as u64)
            .at_column(error.column() as u64)
    })?;
    // {"timestamp", "status": "500", "error", "message", "path", "trace"}
    if let (Some(status), Some(error)) = (value.get("status"), value.get("error")) {
        let word = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        return Err(SourceError::input(format!("the register answered with error {}: {}", word(status), word(error)))
            .remedy("Ask again later"));
    }
    Ok((bytes, value))
}

/// The value at a path of keys; `None` where any of them is missing or null.
fn at<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(value, |value, key| value.get(key)).filter(|value| !value.is_null())
}

fn text(value: &Value, path: &str) -> Option<String> {
    at(value, path).and_then(Value::as_str).and_then(crate::register_values::filled)
}
