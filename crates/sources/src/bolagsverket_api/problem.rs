//! Error answers of the API (400, 401, 403, 500).

use serde::Deserialize;

use crate::error::SourceError;

/// An error answer.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// HTTP status.
    pub status: u16,
    /// Short title.
    #[serde(default)]
    pub title: String,
    /// What is wrong, in Swedish.
    #[serde(default)]
    pub detail: String,
    /// Id to quote to Bolagsverket.
    pub request_id: Option<String>,
}

impl Problem {
    /// Whether the same request may succeed later.
    #[must_use]
    pub fn is_temporary(&self) -> bool {
        self.status >= 500 || self.status == 429
    }
}

/// Reads an error answer.
///
/// # Errors
/// When the bytes are not one.
pub fn parse(bytes: &[u8]) -> Result<Problem, SourceError> {
    serde_json::from_slice(bytes).map_err(|error| {
        SourceError::input("this is not an error answer of the API")
            .at_line(error.line() as u64)
            .at_column(error.column() as u64)
    })
}
