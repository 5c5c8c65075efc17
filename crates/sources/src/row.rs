//! What every register parser gives per row: a record, or the fact that a sole trader was left out.

/// One row of a register, read.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceRow<T> {
    /// Number of the row in the file, from 1, the header not counted.
    pub row: u64,
    /// Number of the line that the row starts on, from 1; 0 where the source has no lines.
    pub line: u64,
    /// What the row holds.
    pub content: Content<T>,
    /// What was noticed and gone past, one sentence each.
    pub warnings: Vec<String>,
}

/// The content of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Content<T> {
    /// A record.
    Record(T),
    /// A sole trader: its number is a personal identity number, so nothing of the row is kept. Callers count these.
    SoleTrader,
}

impl<T> SourceRow<T> {
    /// The record, unless it was a sole trader.
    #[must_use]
    pub fn record(&self) -> Option<&T> {
        match &self.content {
            Content::Record(record) => Some(record),
            Content::SoleTrader => None,
        }
    }
}
