//! Answers of Bolagsverket's API for high-value datasets (version 1): organisations, lists of filed reports, errors
//! and tokens. Only bytes are read here; asking is somebody else's work.

pub mod answers;
pub mod documents;
pub mod organisation;
pub mod problem;
pub mod token;
mod wire;

use crate::error::SourceError;

/// Says where and why JSON could not be read.
fn unreadable(error: &serde_json::Error, bytes: &[u8]) -> SourceError {
    if let Ok(problem) = problem::parse(bytes) {
        return SourceError::input(format!("the API answered with error {}: {}", problem.status, problem.detail))
            .remedy(if problem.is_temporary() { "Try again later" } else { "Correct the request" });
    }
    let words = error.to_string();
    let reason = words.split(" at line ").next().unwrap_or(&words).to_owned();
    SourceError::input(format!("the answer is not the JSON that the API documents: {reason}"))
        .at_line(error.line() as u64)
        .at_column(error.column() as u64)
        .remedy("Keep the answer and compare it with the API's description")
}

#[cfg(test)]
mod tests;
