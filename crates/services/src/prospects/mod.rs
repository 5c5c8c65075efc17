//! The pipeline: adding companies, changing prospects one or many at a time, and shaping the stages. Each action is one
//! transaction with its log entries and messages in it: all of it happens or nothing.

pub mod add;
pub mod configure;
pub mod edit;
pub mod exported_prospects;
pub mod file;
pub mod find;
pub mod import;
pub mod question;
mod trace;

use domain::prospect::ChangeError;
use uuid::Uuid;

pub use store::prospects::cards::Card;
pub use store::prospects::history::Stay;

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ProspectError {
    /// There is no such prospect that the person can see.
    #[error("there is no prospect {0} that you can see")]
    Unknown(Uuid),
    /// Somebody else changed these meanwhile.
    #[error("changed by somebody else meanwhile")]
    Changed(Vec<Uuid>),
    /// A change that breaks a rule, by its place in the request.
    #[error("{error}")]
    Wrong {
        /// Index of the change; 0 where there is one.
        index: usize,
        /// The field and what is expected of it.
        error: ChangeError,
    },
    /// The company has a prospect in that scope already.
    #[error("the company is in that pipeline already")]
    Taken,
    /// The database does not answer.
    #[error(transparent)]
    Database(sqlx::Error),
}

impl From<sqlx::Error> for ProspectError {
    fn from(error: sqlx::Error) -> Self {
        let is_taken = error.as_database_error().is_some_and(|error| {
            error.is_unique_violation() && error.constraint().is_some_and(|name| name.starts_with("prospects_"))
        });
        if is_taken { Self::Taken } else { Self::Database(error) }
    }
}

impl ProspectError {
    fn wrong(index: usize, field: &'static str, message: impl Into<String>) -> Self {
        Self::Wrong { index, error: ChangeError { field, message: message.into() } }
    }
}
