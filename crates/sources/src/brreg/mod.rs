//! Norway: accounts from Regnskapsregisteret and entities from Enhetsregisteret, as `data.brreg.no` answers.

pub mod accounts;
mod elements;
pub mod entity;

pub use elements::Elements;

use serde_json::Value;

use crate::error::SourceError;

/// The longest answer that is read, in bytes.
pub const LONGEST_ANSWER: u64 = 64 << 20;

/// An error answer (a 500 of the accounts register looks like data) becomes an error.
fn refuse_error(value: &Value) -> Result<(), SourceError> {
    let word = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    // {"timestamp", "status": "500", "error", "message", "path", "trace"}, or {"tidspunkt", "status": 400, "feilmelding", …}
    let message = ["error", "feilmelding"].iter().find_map(|key| value.get(*key));
    match (value.get("status"), message) {
        (Some(status), Some(message)) => {
            let error = format!("the register answered with error {}: {}", word(status), word(message));
            let is_unknown = matches!(word(status).as_str(), "404" | "410");
            let remedy = if is_unknown {
                "The register has nothing under the number that was asked for; check it"
            } else {
                "Ask again later"
            };
            Err(SourceError::input(error).remedy(remedy))
        }
        _ => Ok(()),
    }
}

/// The value at a path of keys; `None` where any of them is missing or null.
fn at<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(value, |value, key| value.get(key)).filter(|value| !value.is_null())
}

/// The text at a path; programs that pass answers on write numbers and codes as JSON numbers.
fn text(value: &Value, path: &str) -> Option<String> {
    match at(value, path)? {
        Value::String(text) => crate::register_values::filled_line(text),
        Value::Number(number) if number.is_u64() => Some(number.to_string()),
        _ => None,
    }
}
