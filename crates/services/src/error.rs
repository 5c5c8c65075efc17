//! Why a use case was not done, in words for whoever asked; a database that does not answer is told apart, because it is worth another try.

use domain::filter::error::FilterError;
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
    /// The database does not answer.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// Something of this program or around it failed; the cause is for the log.
    #[error("{0:#}")]
    Internal(anyhow::Error),
}

impl ServiceError {
    /// An input that is wrong.
    #[must_use]
    pub fn input(pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Input { pointer: pointer.into(), message: message.into() }
    }
}

/// The outcome of a change that was made from a version.
#[derive(Clone, Debug)]
pub enum Versioned<T> {
    /// It was made; the object as it is now.
    Done(T),
    /// Somebody else changed the object meanwhile, and nothing was changed; the object as it is now.
    Stale(T),
}
