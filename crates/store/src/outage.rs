//! Errors of Postgres that pass, or that its operator has to mend: told apart once, for the API, jobs and the command line.

use sqlx::Error;

/// Why Postgres cannot do right now what it could do at another time. Nothing of the statement was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outage {
    /// There is no connection to it, or it was cut (class 08, the network, TLS).
    Unreachable,
    /// It stops, starts or recovers (class 57P).
    Restarting,
    /// All its connections, or all of ours, are in use (53300, 53400).
    Busy,
    /// Its memory is used up (53200, 53000).
    OutOfMemory,
    /// Its disk is full (53100) or fails (58030), or that of the files is full.
    DiskFull,
    /// Somebody holds the row or table for longer than we wait (55P03).
    Locked,
}

impl Outage {
    /// Every kind, for tests that walk all of them.
    pub const ALL: [Self; 6] =
        [Self::Unreachable, Self::Restarting, Self::Busy, Self::OutOfMemory, Self::DiskFull, Self::Locked];

    /// What kind of outage an error tells of; `None` when it tells of something else.
    #[must_use]
    pub fn of(error: &Error) -> Option<Self> {
        match error {
            Error::Io(_) | Error::Tls(_) | Error::PoolClosed | Error::WorkerCrashed => Some(Self::Unreachable),
            Error::PoolTimedOut => Some(Self::Busy),
            Error::Database(error) => Self::of_code(error.code().as_deref()?),
            _ => None,
        }
    }

    /// By the server's SQLSTATE.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        match code {
            "53300" | "53400" => Some(Self::Busy),
            "53100" | "58030" => Some(Self::DiskFull),
            "55P03" => Some(Self::Locked),
            _ if code.starts_with("53") => Some(Self::OutOfMemory),
            _ if code.starts_with("57P") => Some(Self::Restarting),
            _ if code.starts_with("08") => Some(Self::Unreachable),
            _ => None,
        }
    }

    /// The first one in a chain of causes.
    #[must_use]
    pub fn in_chain(error: &(dyn std::error::Error + 'static)) -> Option<Self> {
        let mut cause = Some(error);
        while let Some(current) = cause {
            // An input/output error hides what it carries from `source`.
            let carried = current.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
            let found = current.downcast_ref::<Error>().or_else(|| carried?.downcast_ref::<Error>());
            // The artifact store's disk, or that of temporary files.
            if current.downcast_ref::<std::io::Error>().is_some_and(|io| io.kind() == std::io::ErrorKind::StorageFull) {
                return Some(Self::DiskFull);
            }
            if let Some(outage) = found.and_then(Self::of) {
                return Some(outage);
            }
            cause = current.source();
        }
        None
    }

    /// What happened, and what to do, for whoever asked.
    #[must_use]
    pub fn explanation(self) -> &'static str {
        match self {
            Self::Unreachable => "the database does not answer right now; try again in a moment",
            Self::Restarting => "the database is restarting; try again in a moment",
            Self::Busy => "all connections to the database are in use; try again in a moment",
            Self::OutOfMemory => "the memory of the database is used up; try again in a moment",
            Self::DiskFull => "a disk of the server is full, so nothing can be kept: its operator has to free space",
            Self::Locked => "somebody else is changing the same things for longer than usual; try again in a moment",
        }
    }

    /// After how many seconds another try makes sense.
    #[must_use]
    pub fn retry_after_seconds(self) -> u32 {
        match self {
            Self::Locked | Self::Busy => 2,
            Self::Unreachable | Self::Restarting | Self::OutOfMemory => 5,
            Self::DiskFull => 60,
        }
    }

    /// Whether it ends without anybody doing anything.
    #[must_use]
    pub fn passes(self) -> bool {
        self != Self::DiskFull
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_class_is_told_apart_and_others_are_none() {
        for (code, expected) in [
            ("57P01", Some(Outage::Restarting)),
            ("57P02", Some(Outage::Restarting)),
            ("57P03", Some(Outage::Restarting)),
            ("57P05", Some(Outage::Restarting)),
            ("08006", Some(Outage::Unreachable)),
            ("08P01", Some(Outage::Unreachable)),
            ("53300", Some(Outage::Busy)),
            ("53200", Some(Outage::OutOfMemory)),
            ("53100", Some(Outage::DiskFull)),
            ("55P03", Some(Outage::Locked)),
            ("57014", None),
            ("40001", None),
            ("23505", None),
            ("22021", None),
            ("", None),
        ] {
            assert_eq!(Outage::of_code(code), expected, "{code}");
        }
        assert_eq!(Outage::of(&Error::PoolTimedOut), Some(Outage::Busy));
        assert_eq!(Outage::of(&Error::RowNotFound), None);
    }

    #[test]
    fn outage_under_other_errors_is_found() {
        let cut = || Error::Io(std::io::ErrorKind::UnexpectedEof.into());
        let carried = std::io::Error::other(cut());
        assert_eq!(Outage::in_chain(&carried), Some(Outage::Unreachable));
        assert_eq!(Outage::in_chain(&sqlx::migrate::MigrateError::Execute(cut())), Some(Outage::Unreachable));
        assert_eq!(Outage::in_chain(&std::io::Error::other("no such file")), None);
        let full = std::io::Error::from(std::io::ErrorKind::StorageFull);
        assert_eq!(Outage::in_chain(&full), Some(Outage::DiskFull));
    }

    #[test]
    fn every_explanation_says_what_to_do() {
        for outage in Outage::ALL {
            let text = outage.explanation();
            assert!(text.contains("try again") || text.contains("operator"), "{text}");
            assert_eq!(outage.passes(), outage != Outage::DiskFull);
        }
    }
}
