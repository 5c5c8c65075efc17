//! What it means that the database did not do what it was asked: decided once, from its error, for every caller.

use std::fmt;

use super::outage::Outage;

/// What a caller can do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureClass {
    /// It cannot be done right now, and could at another time.
    Outage(Outage),
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
    if let Some(outage) = Outage::of(error) {
        return FailureClass::Outage(outage);
    }
    match error {
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

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use sqlx::error::ErrorKind;

    use super::*;

    /// An error of Postgres with this SQLSTATE.
    #[derive(Debug)]
    struct Coded(&'static str);

    impl fmt::Display for Coded {
        fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str(self.0)
        }
    }

    impl std::error::Error for Coded {}

    impl sqlx::error::DatabaseError for Coded {
        fn message(&self) -> &str {
            self.0
        }

        fn code(&self) -> Option<Cow<'_, str>> {
            Some(self.0.into())
        }

        fn as_error(&self) -> &(dyn std::error::Error + Send + Sync + 'static) {
            self
        }

        fn as_error_mut(&mut self) -> &mut (dyn std::error::Error + Send + Sync + 'static) {
            self
        }

        fn into_error(self: Box<Self>) -> Box<dyn std::error::Error + Send + Sync + 'static> {
            self
        }

        fn kind(&self) -> ErrorKind {
            ErrorKind::Other
        }
    }

    #[test]
    fn each_error_of_postgres_has_its_class() {
        for (code, class) in [
            ("57P01", FailureClass::Outage(Outage::Restarting)),
            ("57P03", FailureClass::Outage(Outage::Restarting)),
            ("53300", FailureClass::Outage(Outage::Busy)),
            ("53200", FailureClass::Outage(Outage::OutOfMemory)),
            ("53100", FailureClass::Outage(Outage::DiskFull)),
            ("08006", FailureClass::Outage(Outage::Unreachable)),
            ("55P03", FailureClass::Outage(Outage::Locked)),
            ("57014", FailureClass::TooSlow),
            ("40P01", FailureClass::Undone),
            ("40001", FailureClass::Undone),
            ("22021", FailureClass::UnstorableValue),
            ("42703", FailureClass::Unexpected),
        ] {
            let error = sqlx::Error::Database(Box::new(Coded(code)));
            assert_eq!(DatabaseError::from(error).class, class, "{code}");
        }
    }
}
