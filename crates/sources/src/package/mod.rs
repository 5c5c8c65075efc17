//! Filed packages: from the bytes as the register delivers them to filings with their statements.
//!
//! A package is a zip with one or two XHTML documents, a zip around an ESEF report package (a zip itself), a bare XHTML
//! document, or a folder of loose reports that somebody packed. Documents are told apart by the taxonomies they refer to,
//! reports by whose contexts they hold: one filing is of one company and one set of contexts. Nothing is read from or
//! written to disk, nothing is fetched, and whatever the bytes say, memory stays within [`Limits`].
//!
//! [`walk`] finds the packages in files and in archives of archives; [`Parser`] reads each.

pub mod error;
pub mod limits;
pub mod walk;

mod encoding;
mod entries;
mod filing;
mod owner;
mod read;
mod units;
pub(crate) mod zip;

use chrono::NaiveDate;
use domain::filing::Filing;
use libdeflater::Decompressor;

pub use error::{PackageError, Place, Problem};
pub use limits::Limits;

use units::Unit;

/// A filed report, read.
#[derive(Clone, Debug, PartialEq)]
pub struct ParsedPackage {
    /// The filing with its statements and lineage; `filed_at` is left to whoever knows it.
    pub filing: Filing,
    /// Legal entity identifier, in a listed company's package.
    pub lei: Option<String>,
    /// Day of the general meeting that adopted the accounts.
    pub adopted_on: Option<NaiveDate>,
    /// Latest day the report was signed: of two reports for one year, the later is the amended one.
    pub signed_on: Option<NaiveDate>,
}

/// The version of the reader of packages. Raise it whenever a package may be read otherwise than before: an installation then
/// reads again what it keeps.
pub const READER_VERSION: i32 = 3;

/// One report of a package.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// What it says.
    pub parsed: ParsedPackage,
    /// The report's own file, where the package holds several reports: the entry's path and its bytes as packed.
    pub own_file: Option<(String, Vec<u8>)>,
}

/// What a package holds.
#[derive(Debug, Default)]
pub struct Reports {
    /// Each report, or why it cannot be used.
    pub reports: Vec<Result<Report, PackageError>>,
    /// What was passed over, in sentences.
    pub notes: Vec<String>,
}

/// Reads packages one after the other, keeping its buffers. One per thread.
pub struct Parser {
    limits: Limits,
    decompressor: Decompressor,
    /// Buffers of inflated entries, kept for the next package.
    spare: Vec<Vec<u8>>,
    /// Bytes of the documents of the last package.
    inflated: u64,
}

impl Default for Parser {
    fn default() -> Self {
        Self::new(Limits::default())
    }
}

impl std::fmt::Debug for Parser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Parser").field("limits", &self.limits).finish_non_exhaustive()
    }
}

/// Reads a package of one report with the usual limits.
///
/// # Errors
/// As for [`Parser::parse`].
pub fn parse(name: &str, bytes: &[u8]) -> Result<ParsedPackage, PackageError> {
    Parser::default().parse(name, bytes)
}

impl Parser {
    /// A parser with the given limits.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        Self { limits, decompressor: Decompressor::new(), spare: Vec::new(), inflated: 0 }
    }

    /// The limits it keeps.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Bytes of the documents of the package that was read last, unzipped, as UTF-8.
    #[must_use]
    pub fn inflated_bytes(&self) -> u64 {
        self.inflated
    }

    /// Reads a package that is to hold one report. `name` is its file name: it stands in messages, and `<orgnr>_…` in
    /// it tells whose report it is when the report does not.
    ///
    /// # Errors
    /// When it cannot be read, or holds reports of which any cannot be used, or more than one: where, what and the remedy.
    pub fn parse(&mut self, name: &str, bytes: &[u8]) -> Result<ParsedPackage, PackageError> {
        let Reports { reports, notes } = self.reports(name, bytes)?;
        let mut reports = reports.into_iter().collect::<Result<Vec<Report>, PackageError>>()?;
        match reports.pop() {
            Some(mut only) if reports.is_empty() => {
                only.parsed.filing.warnings.extend(notes);
                Ok(only.parsed)
            }
            _ => Err(PackageError::of(name, Problem::SeveralReports { count: reports.len() + 1 })),
        }
    }

    /// Reads every report of a package, each with its own contexts and company.
    ///
    /// # Errors
    /// When the package as a whole cannot be read: where, what and the remedy.
    pub fn reports(&mut self, name: &str, bytes: &[u8]) -> Result<Reports, PackageError> {
        self.inflated = 0;
        let mut notes = Vec::new();
        let loaded = self.load(name, bytes, &mut notes)?;
        self.inflated = loaded.iter().map(|one| one.bytes.len() as u64).sum();
        let outcome = units::of(name, &loaded).map(|mut found| {
            let mut reports = Reports { reports: found.failed.into_iter().map(Err).collect(), notes };
            if let ([unit], true) = (found.units.as_slice(), reports.reports.is_empty()) {
                reports.reports.push(filing::of(name, bytes, &loaded, &mut found.documents, unit).map(whole));
                return reports;
            }
            for unit in &found.units {
                let report = self.own_file(name, bytes, &loaded, unit).and_then(|(path, own)| {
                    let parsed = filing::of(&path, &own, &loaded, &mut found.documents, unit)?;
                    Ok(Report { parsed, own_file: Some((path, own)) })
                });
                reports.reports.push(report);
            }
            let companions = found.companions.iter().map(|index| loaded[*index].entry.as_str()).collect::<Vec<_>>();
            if !companions.is_empty() && !found.units.is_empty() {
                reports.notes.push(format!(
                    "{} hold no figures and stand beside several reports; they were passed over",
                    companions.join(", ")
                ));
            }
            reports
        });
        self.spare.extend(loaded.into_iter().map(|one| one.bytes));
        // Keep what ordinary packages need; give back what one giant took.
        self.spare.retain(|buffer| buffer.capacity() <= 4 << 20);
        self.spare.truncate(4);
        outcome
    }

    /// The file of one report among several, as it is packed, with its path in the package.
    fn own_file(
        &mut self,
        name: &str,
        bytes: &[u8],
        loaded: &[Loaded],
        unit: &Unit,
    ) -> Result<(String, Vec<u8>), PackageError> {
        let document = &loaded[unit.first()];
        let (path, at) = match &document.report_package {
            Some((path, depth)) => (path.clone(), &document.at[..*depth]),
            None => (document.entry.clone(), &document.at[..]),
        };
        Ok((path, self.entry_at(name, bytes, at)?))
    }
}

fn whole(parsed: ParsedPackage) -> Report {
    Report { parsed, own_file: None }
}

/// One document of a package, as UTF-8.
pub(crate) struct Loaded {
    /// Path for messages: package and entries.
    pub path: String,
    /// Path within the package.
    pub entry: String,
    /// Where it is: the index of the entry in each archive, outermost first.
    pub at: Vec<usize>,
    /// The report package that it stands in (a zip with a folder `reports`): its path and how many of `at` lead to it.
    pub report_package: Option<(String, usize)>,
    /// The folder below `reports/` whose documents are one set and share contexts; a file directly there is a report of
    /// its own.
    pub set: Option<String>,
    /// Its text.
    pub bytes: Vec<u8>,
    /// Something odd about its encoding.
    pub warning: Option<String>,
}
