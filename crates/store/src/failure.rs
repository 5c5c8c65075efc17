//! What it means that the database did not do what it was asked: decided once, from its error, for every caller.

use std::fmt;

/// What a caller can do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureClass {
    /// The database does not answer; try again in a moment.
    Unreachable,
    /// The statement took longer than its time limit; ask for less.
    TooSlow,
    /// Of two changes that waited for one another, Postgres undid this one whole; try again.
    Undone,
    /// A value that no column can hold, such as a NUL character in a text: only what the caller sent can be so.
    UnstorableValue,
    /// Anything else: a fault of the program.
    Unexpected,
}

/// A failure of the database with its class.
#[derive(Debug)]
pub struct DatabaseError {
    /// What a caller can do about it.
    pub class: FailureClass,
    /// What the driver said; for the log.
    pub source: sqlx::Error,
}

impl From<sqlx::Error> for DatabaseError {
    fn from(source: sqlx::Error) -> Self {
        Self { class: classify(&source), source }
    }
}

impl fmt::Display for DatabaseError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.source.fmt(formatter)
    }
}

impl std::error::Error for DatabaseError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

/// By the driver's kind of error, and by SQLSTATE (PostgreSQL documentation, appendix A).
fn classify(error: &sqlx::Error) -> FailureClass {
    match error {
        sqlx::Error::PoolTimedOut | sqlx::Error::Io(_) | sqlx::Error::PoolClosed => FailureClass::Unreachable,
        sqlx::Error::Encode(_) => FailureClass::UnstorableValue,
        sqlx::Error::Database(error) => match error.code().as_deref() {
            // Cancelled by statement_timeout.
            Some("57014") => FailureClass::TooSlow,
            // Deadlock, and a serialisation failure.
            Some("40P01" | "40001") => FailureClass::Undone,
            Some(code) if code.starts_with("22") => FailureClass::UnstorableValue,
            _ => FailureClass::Unexpected,
        },
        _ => FailureClass::Unexpected,
    }
}
