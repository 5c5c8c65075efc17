//! Imports: from files to companies, filings and facts, in batches that commit together with their checkpoint.
//!
//! A reader goes through the files on a thread of its own, packages are parsed on several, and the writer takes the
//! results in the order of the input. Whatever ends the process, the same command goes on after the last committed
//! batch, and the database ends up as if nothing had happened.

mod batch;
pub mod inputs;
mod item;
mod packages;
pub mod preview;
pub mod report;
pub mod reread;
mod run;
mod table_rows;
mod tables;
pub mod websites;

use std::path::{Path, PathBuf};

pub use run::{Done, Progress, run};

/// What is imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ImportKind {
    /// Annual-report packages, alone or in archives.
    Filings,
    /// Bolagsverket's bulk file of organisations.
    Register,
    /// SCB's bulk file of companies.
    Scb,
    /// Answers of Bolagsverket's API about organisations, one after another.
    Organisations,
    /// A table of accounts, or answers of the Norwegian register of accounts.
    Accounts,
    /// A table of companies, or entities of the Norwegian register.
    Companies,
}

impl ImportKind {
    /// The word on the command line, in the database and in the API.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Filings => "filings",
            Self::Register => "register",
            Self::Scb => "scb",
            Self::Organisations => "organisations",
            Self::Accounts => "accounts",
            Self::Companies => "companies",
        }
    }

    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Filings, Self::Register, Self::Scb, Self::Accounts, Self::Companies, Self::Organisations];

    /// Reads [`ImportKind::name`] back.
    #[must_use]
    pub fn from_name(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == text)
    }

    /// Endings of the files that a folder is searched for.
    #[must_use]
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Filings => &[".zip", ".xhtml", ".html"],
            Self::Register | Self::Scb => &[".zip", ".txt", ".txt.gz"],
            Self::Organisations => &[".json", ".jsonl"],
            Self::Accounts | Self::Companies => &[
                ".xlsx", ".xlsm", ".csv", ".tsv", ".txt", ".zip", ".json", ".jsonl", ".csv.gz", ".json.gz", ".tsv.gz",
                ".txt.gz",
            ],
        }
    }

    /// Whether a file's name ends as files of this kind do.
    #[must_use]
    pub fn wants(self, path: &Path) -> bool {
        let name = path.file_name().map(|name| name.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
        self.endings().iter().any(|ending| name.ends_with(ending))
    }
}

/// What a user asks for.
#[derive(Clone, Debug)]
pub struct ImportRequest {
    /// What the files hold.
    pub kind: ImportKind,
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// How a table's columns are called, for `accounts` and `companies`.
    pub mapping: Option<PathBuf>,
    /// Count what would happen and write nothing but the run itself.
    pub is_dry_run: bool,
    /// Items per transaction, 1 to 4 000.
    pub batch: usize,
}
