//! Tables that people have: companies or accounts as delimited text from any program.
//!
//! Delimiter and encoding are found out, columns are recognised by their headings (Lode's own names, Swedish and
//! English labels, the codes of commercial sites) or named in a mapping; `docs/import-mapping.md` describes it. What
//! cannot be read with certainty is refused with the place and the remedy, never guessed.

pub mod accounts;
pub mod amount;
pub mod companies;
mod fields;
mod headings;
pub mod mapping;
pub mod sheet;
mod text;

pub use accounts::{Accounts, AccountsRow, accounts};
pub use companies::{Companies, companies};

use std::io::{Cursor, Read};

use crate::delimited::{Layout, Row, Rows};
use crate::error::SourceError;
use headings::Columns;
use mapping::Mapping;
use text::{Decoder, choose_delimiter};

const SAMPLE_BYTES: usize = 1 << 16;

/// The beginning of the input that was looked at, and the rest behind it.
type Whole<R> = std::io::Chain<Cursor<Vec<u8>>, R>;

/// A table that has been opened: delimiter, encoding and columns are known.
#[derive(Debug)]
struct Table<R> {
    rows: Rows<Whole<R>>,
    row: Row,
    decoder: Decoder,
    columns: Columns,
    mapping: Mapping,
    ended: bool,
}

impl<R: Read> Table<R> {
    fn open(mut input: R, mapping: Option<&str>) -> Result<Self, SourceError> {
        let mapping = mapping.map_or_else(|| Ok(Mapping::default()), Mapping::parse)?;
        let mut sample = Vec::new();
        input.by_ref().take(SAMPLE_BYTES as u64).read_to_end(&mut sample)?;
        text::refuse_other_formats(&sample)?;
        let delimiter = match mapping.delimiter {
            Some(delimiter) => delimiter,
            None => choose_delimiter(&sample)?,
        };
        let mut decoder = Decoder::new(mapping.encoding);
        let mut rows =
            Rows::new(Cursor::new(sample).chain(input), Layout { longest_row: 1 << 20, ..Layout::quoted(delimiter) });
        let mut row = Row::default();
        rows.header(&mut row).map_err(SourceError::of_input)?;
        decoder.look_at(&row);
        let headings = row
            .fields()
            .map(|field| decoder.text(field).map(|text| text.trim().to_owned()))
            .collect::<Option<Vec<String>>>()
            .ok_or_else(|| text::not_utf8().at_line(1).of_input())?;
        let columns = Columns::find(&headings, &mapping)?;
        Ok(Self { rows, row, decoder, columns, mapping, ended: false })
    }

    /// Moves to the next row: `None` at the end.
    fn advance(&mut self) -> Option<Result<(), SourceError>> {
        if self.ended {
            return None;
        }
        match self.rows.next_row(&mut self.row) {
            Ok(false) => {
                self.ended = true;
                None
            }
            Ok(true) => {
                self.decoder.look_at(&self.row);
                let expected = self.columns.count;
                if self.row.len() != expected {
                    let error =
                        SourceError::item(format!("the row has {} fields, the header {expected}", self.row.len()))
                            .remedy("Quote fields that hold the delimiter or a line break");
                    return Some(Err(self.at(error)));
                }
                if self.row.fields().any(|field| self.decoder.text(field).is_none()) {
                    return Some(Err(self.at(text::not_utf8())));
                }
                Some(Ok(()))
            }
            Err(error) => {
                self.ended = error.extent() == crate::error::Extent::Input;
                Some(Err(error))
            }
        }
    }

    fn at(&self, error: SourceError) -> SourceError {
        error.at_row(self.row.number).at_line(self.row.line)
    }

    /// The text of a column by its position; nothing where it is blank or says that nothing is known.
    fn text(&self, position: usize) -> Option<String> {
        let text = self.decoder.text(self.row.field(position))?;
        let text = text.trim();
        let is_nothing =
            matches!(text, "" | "-" | "–" | "—" | "−" | "n/a" | "N/A" | "null" | "NULL" | "saknas" | "#N/A");
        (!is_nothing).then(|| text.to_owned())
    }
}

#[cfg(test)]
mod tests;
