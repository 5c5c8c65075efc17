//! Why a use case was not done, in words for whoever asked; a database that does not answer is told apart, because it is worth another try.

use domain::filter::error::FilterError;
use serde::de::DeserializeOwned;
use serde_json::Value;
pub use store::failure::{DatabaseError, FailureClass};
pub use store::outage::Outage;
use universe::engines::ScreenError;
use universe::sets::SetError;

/// What use cases return.
pub type Result<T> = std::result::Result<T, ServiceError>;

/// Why a use case was not done. Nothing of it was done then.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// What was named does not exist, or this person may not see it: the two are not told apart.
    #[error("{0}")]
    Missing(String),
    /// Something that was given is wrong.
    #[error("{message}")]
    Input {
        /// JSON pointer of the place, as the API names it (`/name`).
        pointer: String,
        /// What is wrong and what is expected.
        message: String,
    },
    /// The person may see it, but not do that to it.
    #[error("{0}")]
    Forbidden(String),
    /// It stands in the way of what is there already.
    #[error("{0}")]
    Conflict(String),
    /// There are as many of it as there may be.
    #[error("{0}")]
    TooMany(String),
    /// A filter that is not understood.
    #[error(transparent)]
    Filter(#[from] FilterError),
    /// A set that a filter names cannot be used.
    #[error(transparent)]
    Set(#[from] SetError),
    /// A screen cannot be run.
    #[error(transparent)]
    Screen(#[from] ScreenError),
    /// A job cannot be enqueued.
    #[error(transparent)]
    Queue(#[from] queue::Error),
    /// Something that the use case needs is not there yet.
    #[error("{0}")]
    Unavailable(String),
    /// The database did not do it.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// Something of this program or around it failed; the cause is for the log.
    #[error("{0:#}")]
    Internal(anyhow::Error),
}

impl From<store::SqlError> for ServiceError {
    fn from(error: store::SqlError) -> Self {
        Self::Database(error.into())
    }
}

impl From<anyhow::Error> for ServiceError {
    fn from(error: anyhow::Error) -> Self {
        match error.downcast::<store::SqlError>() {
            Ok(error) => error.into(),
            Err(error) => Self::Internal(error),
        }
    }
}

impl ServiceError {
    /// An input that is wrong.
    #[must_use]
    pub fn input(pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Input { pointer: pointer.into(), message: message.into() }
    }
}

/// Reads JSON that this program has stored.
///
/// # Errors
/// [`ServiceError::Internal`] that names what it is, when it is damaged: nothing is shown in its place.
pub fn stored<T: DeserializeOwned>(what: &str, value: Value) -> Result<T> {
    serde_json::from_value(value)
        .map_err(|error| ServiceError::Internal(anyhow::anyhow!("the stored {what} cannot be read: {error}")))
}

/// The outcome of a change that was made from a version.
#[derive(Clone, Debug)]
pub enum Versioned<T> {
    /// It was made; the object as it is now.
    Done(T),
    /// Somebody else changed the object meanwhile, and nothing was changed; the object as it is now.
    Stale(T),
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::stored;

    #[test]
    fn damaged_stored_json_is_an_error_that_names_it() {
        assert_eq!(stored::<Vec<u8>>("files", json!([1])).ok(), Some(vec![1]));
        let error = stored::<Vec<u8>>("files of import 7", json!({ "a": 1 })).unwrap_err();
        assert!(error.to_string().starts_with("the stored files of import 7 cannot be read: invalid type"), "{error}");
    }
}
