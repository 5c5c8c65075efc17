//! Answers of services that say who somebody is: no longer than such answers are.

use serde::de::DeserializeOwned;

/// Answers larger than this are none of them.
const MAX_BYTES: usize = 256 << 10;

/// Reads JSON.
///
/// # Errors
/// When the answer breaks off, is too large, or is not what is expected; what it says is left out, because it may hold tokens.
pub async fn read<T: DeserializeOwned>(mut answer: reqwest::Response) -> anyhow::Result<T> {
    let mut body = Vec::new();
    while let Some(piece) = answer.chunk().await.map_err(reqwest::Error::without_url)? {
        anyhow::ensure!(body.len() + piece.len() <= MAX_BYTES, "the answer is larger than {MAX_BYTES} bytes");
        body.extend_from_slice(&piece);
    }
    serde_json::from_slice(&body).map_err(|error| {
        anyhow::anyhow!("the answer is not what is expected, at line {} column {}", error.line(), error.column())
    })
}
