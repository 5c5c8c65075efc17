//! What reading a file may produce, whatever its own size: a few kilobytes can name gigabytes.
//!
//! A budget is spent *while* something is produced, so that memory and time end where it ends. Limits on the bytes of a file, on
//! what its archive inflates to and on the ratio between the two say nothing about that: a cell that names a shared text, an empty
//! element and a row of bare separators each become more than they were.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::error::SourceError;

/// Told when nobody wants the result any more: the request was given up, or the process stops. Clones are one flag.
#[derive(Clone, Debug, Default)]
pub struct Cancelled(Arc<AtomicBool>);

impl Cancelled {
    /// Says that the result is not wanted.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it is not wanted.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

impl From<Arc<AtomicBool>> for Cancelled {
    fn from(flag: Arc<AtomicBool>) -> Self {
        Self(flag)
    }
}

/// Limits of one table.
#[derive(Clone, Debug)]
pub struct Budget {
    /// Rows, headings included.
    pub rows: u64,
    /// Cells that hold something.
    pub cells: u64,
    /// Bytes of text, separators included.
    pub text_bytes: u64,
    /// Who waits for it.
    pub cancelled: Cancelled,
}

impl Budget {
    /// For a table that a request holds in memory whole: at most so many rows, 1.5 MB of text.
    #[must_use]
    pub fn of_request(rows: u32) -> Self {
        Self { rows: rows.into(), cells: 400_000, text_bytes: 1_500_000, cancelled: Cancelled::default() }
    }

    /// For a file that a job reads: at most so many rows, 32 MB of text.
    #[must_use]
    pub fn of_file(rows: u32) -> Self {
        Self { rows: rows.into(), cells: 1_000_000, text_bytes: 32 << 20, cancelled: Cancelled::default() }
    }

    /// The same, for somebody who may give up.
    #[must_use]
    pub fn until(mut self, cancelled: impl Into<Cancelled>) -> Self {
        self.cancelled = cancelled.into();
        self
    }

    /// Begins to spend it.
    pub(crate) fn spend(&self) -> Spent<'_> {
        Spent { budget: self, cells: 0, text_bytes: 0 }
    }
}

/// What was spent of a budget.
pub(crate) struct Spent<'a> {
    budget: &'a Budget,
    cells: u64,
    text_bytes: u64,
}

impl Spent<'_> {
    /// Counts text before it is copied.
    pub(crate) fn text(&mut self, bytes: u64) -> Result<(), SourceError> {
        self.text_bytes = self.text_bytes.saturating_add(bytes);
        if self.text_bytes > self.budget.text_bytes { Err(self.too_much_text()) } else { Ok(()) }
    }

    /// Counts a cell.
    pub(crate) fn cell(&mut self) -> Result<(), SourceError> {
        self.cells(1)
    }

    /// Counts cells.
    pub(crate) fn cells(&mut self, count: u64) -> Result<(), SourceError> {
        self.cells = self.cells.saturating_add(count);
        if self.cells > self.budget.cells {
            let message = format!("the table has more than {} cells", self.budget.cells);
            return Err(SourceError::input(message).remedy("Keep the columns of the table alone, or divide it"));
        }
        Ok(())
    }

    /// Checks the number of a row, from 1.
    pub(crate) fn row(&self, number: u64, sheet: &str) -> Result<(), SourceError> {
        if number > self.budget.rows {
            let message = format!("the sheet “{sheet}” has more than {} rows", self.budget.rows);
            return Err(SourceError::input(message).remedy("Divide it into several files"));
        }
        Ok(())
    }

    /// Stops a reader whose result is not wanted any more.
    pub(crate) fn check_wanted(&self) -> Result<(), SourceError> {
        if self.budget.cancelled.is_cancelled() {
            return Err(SourceError::input("reading was given up, because nobody waits for it").remedy("Try again"));
        }
        Ok(())
    }

    pub(crate) fn too_much_text(&self) -> SourceError {
        let most = self.budget.text_bytes;
        let most = if most >= 4 << 20 { format!("{} MB", most >> 20) } else { format!("{} kB", most / 1000) };
        SourceError::input(format!("the table holds more than {most} of text"))
            .remedy("Keep the columns of the table alone")
    }
}
