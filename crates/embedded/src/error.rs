//! What can go wrong with the embedded servers, each with its remedy.

use std::path::PathBuf;

/// A server could not be found, started or stopped. The text is meant for the person at the terminal.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No binaries in any of the places that are looked at.
    #[error("{program} was not found; looked in {}. Run `make setup` (or scripts/setup), set LODE_EMBEDDED_DIR, or give {setting}", looked.join(", "))]
    NotFound {
        /// The program that is missing.
        program: &'static str,
        /// The setting that makes it unnecessary.
        setting: &'static str,
        /// Where it was looked for.
        looked: Vec<String>,
    },
    /// Another process uses the data directory.
    #[error("the data directory {} is in use by process {pid}{}. Stop it first, or choose another one with --data-dir", data_dir.display(), url.as_deref().map(|u| format!(", which serves {u}")).unwrap_or_default())]
    InUse {
        /// The directory.
        data_dir: PathBuf,
        /// Who holds it.
        pid: u32,
        /// The address it serves, when it is ready.
        url: Option<String>,
    },
    /// Postgres refuses to run as root and no other account can be used.
    #[error(
        "Postgres does not run as root, and no unprivileged account can be used: {0}. Start lode as a normal user, create one with `useradd --system lode`, or set DATABASE_URL"
    )]
    NoAccount(String),
    /// A server ended, or did not get ready, while it was being started.
    #[error("{server} did not start: {reason}\n  last lines of {}:\n{log_tail}", log.display())]
    NotStarted {
        /// Which server.
        server: &'static str,
        /// What was seen.
        reason: String,
        /// Its log.
        log: PathBuf,
        /// The end of the log, indented.
        log_tail: String,
    },
    /// The data directory was made by a newer or older major version of Postgres.
    #[error("the data in {} was written by Postgres {found}, this is Postgres {ours}. Dump it with the old version and restore it, or choose another --data-dir", data_dir.display())]
    WrongVersion {
        /// The cluster.
        data_dir: PathBuf,
        /// Its version.
        found: String,
        /// The version of the binaries.
        ours: String,
    },
    /// A file operation failed.
    #[error("{what}: {source}")]
    Io {
        /// What was being done, with the path.
        what: String,
        /// Why it failed.
        source: std::io::Error,
    },
    /// The server was reached but answered with an error.
    #[error("{server} refused a request: {reason}")]
    Refused {
        /// Which server.
        server: &'static str,
        /// Its words.
        reason: String,
    },
}

impl Error {
    /// Puts what was being done in front of an I/O error.
    pub(crate) fn io(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let what = what.into();
        move |source| Self::Io { what, source }
    }
}
