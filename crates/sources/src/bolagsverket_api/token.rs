//! `POST /oauth2/token`: the answer to a client-credentials request.

use std::fmt;

use serde::Deserialize;

use super::unreadable;
use crate::error::SourceError;

/// A bearer token. It is never printed.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct Token {
    /// The token itself.
    pub access_token: String,
    /// What it allows, separated by spaces.
    #[serde(default)]
    pub scope: String,
    /// `Bearer`.
    pub token_type: String,
    /// Life in seconds from the answer on.
    #[serde(rename = "expires_in")]
    pub expires_in_seconds: u64,
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Token({}, {} s, {})", self.token_type, self.expires_in_seconds, self.scope)
    }
}

/// Reads a token answer.
///
/// # Errors
/// When the bytes are not one, or the token is of another kind than Bearer.
pub fn parse(bytes: &[u8]) -> Result<Token, SourceError> {
    let token: Token = serde_json::from_slice(bytes).map_err(|error| unreadable(&error, bytes))?;
    if !token.token_type.eq_ignore_ascii_case("bearer") || token.access_token.is_empty() {
        return Err(SourceError::input("the token is not a bearer token").in_field("token_type"));
    }
    Ok(token)
}
