//! What an import did: counted while it runs, kept in the database, printed at the end as text or JSON.

use std::fmt;

use serde::{Deserialize, Serialize};
use store::import_rejections::Rejection;
use utoipa::ToSchema;

/// How many warnings are kept word for word; all are counted.
const WARNINGS_KEPT: usize = 200;
/// How many rejections the printed text shows; all are kept in the database.
const REJECTIONS_SHOWN: usize = 20;

/// Counts of an import. Every item read is exactly one of new, changed, unchanged, rejected or excluded.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct ImportReport {
    /// Rows or packages read.
    pub read: u64,
    /// Companies or filings that were not there.
    pub new: u64,
    /// Companies that say something else now, or filings for a year that was there already.
    pub changed: u64,
    /// Everything was there already.
    pub unchanged: u64,
    /// Refused; each with its reason under `rejections`.
    pub rejected: u64,
    /// Sole traders, left out because their number is a personal identity number.
    pub excluded_sole_traders: u64,
    /// Tagged figures of known lines that filings hold and that were not used; each filing says which and why.
    pub figures_not_used: u64,
    /// Fiscal periods that were added.
    pub periods: u64,
    /// Companies whose facts changed.
    pub facts_changed: u64,
    /// How many warnings there were.
    pub warnings: u64,
    /// The first of them.
    pub first_warnings: Vec<Warning>,
    /// Files that were read to their end.
    pub files_done: u64,
    /// Bytes of the input files that were read.
    pub bytes_read: u64,
    /// How many times the import was taken up again after an interruption.
    pub resumed: u64,
    /// Seconds it took, interruptions not counted.
    pub seconds: f64,
}

/// Something that was noticed and gone past.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Warning {
    /// File and archive entry.
    pub file: String,
    /// Row or entry number within the file, from 1.
    pub item: u64,
    /// One sentence.
    pub text: String,
}

impl ImportReport {
    /// Counts a warning and keeps it while there are few.
    pub fn warn(&mut self, file: &str, item: u64, text: String) {
        self.warnings += 1;
        if self.first_warnings.len() < WARNINGS_KEPT {
            self.first_warnings.push(Warning { file: file.to_owned(), item, text });
        }
    }
}

/// The end of an import as it is printed.
pub struct Summary<'a> {
    /// What was imported, e.g. `filings`.
    pub kind: &'a str,
    /// How it ended: `completed` or `cancelled`.
    pub status: &'a str,
    /// Whether nothing was written.
    pub is_dry_run: bool,
    /// The counts.
    pub report: &'a ImportReport,
    /// The first rejections.
    pub rejections: &'a [Rejection],
}

impl fmt::Display for Summary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let report = self.report;
        let dry = if self.is_dry_run { " (dry run: nothing was written)" } else { "" };
        writeln!(f, "import {} {}{dry}", self.kind, self.status)?;
        for (name, count) in [
            ("read", report.read),
            ("new", report.new),
            ("changed", report.changed),
            ("unchanged", report.unchanged),
            ("rejected", report.rejected),
            ("excluded sole traders", report.excluded_sole_traders),
            ("tagged figures not used", report.figures_not_used),
            ("periods added", report.periods),
            ("companies updated", report.facts_changed),
            ("warnings", report.warnings),
        ] {
            writeln!(f, "  {name:<22}{count:>12}")?;
        }
        writeln!(f, "  {:<22}{:>12.1}", "seconds", report.seconds)?;
        for rejection in self.rejections.iter().take(REJECTIONS_SHOWN) {
            writeln!(f, "rejected {}", RejectionLine(rejection))?;
        }
        let hidden = usize::try_from(report.rejected)
            .unwrap_or(usize::MAX)
            .saturating_sub(self.rejections.len().min(REJECTIONS_SHOWN));
        if hidden > 0 {
            writeln!(f, "rejected … and {hidden} more; see the Sources page or --json")?;
        }
        for warning in report.first_warnings.iter().take(REJECTIONS_SHOWN) {
            writeln!(f, "warning {} item {}: {}", warning.file, warning.item, warning.text)?;
        }
        Ok(())
    }
}

struct RejectionLine<'a>(&'a Rejection);

impl fmt::Display for RejectionLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rejection = self.0;
        write!(f, "{}", rejection.file)?;
        if rejection.item > 0 {
            write!(f, " item {}", rejection.item)?;
        }
        if let Some(place) = &rejection.place {
            write!(f, ", {place}")?;
        }
        write!(f, ": {}", rejection.reason)?;
        if let Some(remedy) = &rejection.remedy {
            write!(f, ". {remedy}")?;
        }
        Ok(())
    }
}
