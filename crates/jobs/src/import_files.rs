//! Asks that uploaded files are imported.

use std::time::Duration;

use queue::Job;
use serde::{Deserialize, Serialize};

use crate::IMPORTS;

/// An uploaded file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    /// Its name, without a folder.
    pub name: String,
    /// Where it is in the artifact store.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
}

/// Files that are to be imported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportFiles {
    /// The word for the kind: `filings`, `register`, `scb`, `accounts` or `companies`.
    pub kind: String,
    /// The files.
    pub files: Vec<Upload>,
    /// How a table's columns are called.
    #[serde(default)]
    pub mapping: Option<Upload>,
    /// Whether to count only.
    #[serde(default)]
    pub is_dry_run: bool,
}

impl Job for ImportFiles {
    const KIND: &'static str = "import_files";
    const QUEUE: &'static str = IMPORTS;
    const MAX_ATTEMPTS: u16 = 20;
    const TIMEOUT: Duration = Duration::from_secs(24 * 3600);
    // Parsing takes every processor it can get.
    const CONCURRENCY: Option<u16> = Some(2);

    fn unique_key(&self) -> Option<String> {
        let files: Vec<&str> = self.files.iter().chain(&self.mapping).map(|file| file.sha256.as_str()).collect();
        Some(format!("{} {} {}", self.kind, self.is_dry_run, files.join(" ")))
    }

    fn subject(&self) -> Option<String> {
        self.files.first().map(|file| format!("upload:{}", file.name))
    }
}
