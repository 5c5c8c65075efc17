//! Backups: the database in one snapshot, the artifact store and the settings, written to a folder or a bucket, read back, and
//! restored only into what is empty.
//!
//! A backup is a folder `lode-<time>Z` with `database.dump` (pg_dump's custom format), `artifacts.txt` (hash and size of each file)
//! and `manifest.json`, which is written last and holds the checksums of the others and what every table held. The files of the
//! artifact store stand in `artifacts/` beside all backups, each once: they are named by their content and never change. Where a key is given
//! all of it is encrypted: [`place`].

pub mod manifest;
pub mod place;
mod programs;
pub mod read;
pub mod restore;
pub mod write;

/// The database, in a backup.
const DUMP: &str = "database.dump";
/// The files of the artifact store, in a backup.
const ARTIFACT_LIST: &str = "artifacts.txt";
/// Written last, in a backup.
const MANIFEST: &str = "manifest.json";
/// Written when the backup was restored and compared.
const RESTORED: &str = "restored.json";
/// Folder of the artifact store's files, beside the backups, where they are not encrypted.
const ARTIFACTS: &str = "artifacts";
