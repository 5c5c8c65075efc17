//! Bulk archives: a zip of packages, as the register publishes them by week of filing.

use super::Parser;
use super::error::PackageError;
use super::read::is_archive;
use super::zip::{self, Entry};

/// One package within a bulk archive, not yet inflated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InnerPackage {
    entry: Entry,
}

impl InnerPackage {
    /// Its name in the archive, usually `<orgnr>_<period end>.zip`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.entry.name
    }

    /// Its size, in bytes.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.entry.size
    }
}

impl Parser {
    /// The packages of a bulk archive, or nothing when `bytes` is a package or a document itself.
    ///
    /// # Errors
    /// When the archive's directory cannot be read.
    pub fn packages(&self, name: &str, bytes: &[u8]) -> Result<Vec<InnerPackage>, PackageError> {
        if !zip::is_zip(bytes) {
            return Ok(Vec::new());
        }
        let entries = zip::entries(name, bytes)?;
        let lower = |entry: &Entry| entry.name.to_ascii_lowercase();
        let is_package = entries.iter().any(|entry| lower(entry).ends_with("html"));
        let archives: Vec<InnerPackage> =
            entries.into_iter().filter(is_archive).map(|entry| InnerPackage { entry }).collect();
        Ok(if is_package || archives.len() < 2 { Vec::new() } else { archives })
    }

    /// Inflates one package of a bulk archive into `out`.
    ///
    /// # Errors
    /// When the entry is damaged or larger than the limits.
    pub fn extract(
        &mut self,
        name: &str,
        bytes: &[u8],
        package: &InnerPackage,
        out: &mut Vec<u8>,
    ) -> Result<(), PackageError> {
        zip::inflate(name, bytes, &package.entry, &self.limits, &mut self.decompressor, out)
    }
}
