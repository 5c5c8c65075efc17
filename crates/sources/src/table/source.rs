//! The rows of a table, from delimited text or from a workbook, as typed cells.

use std::io::{Cursor, Read};

use super::text::{self, Decoder};
use crate::cell::Cell;
use crate::delimited::{Layout, Row, Rows};
use crate::error::{Extent, SourceError};
use crate::workbook::Sheet;

/// Where a table comes from.
#[derive(Debug)]
pub enum Input<R> {
    /// Delimited text.
    Text(R),
    /// A sheet of a workbook.
    Sheet(Sheet),
}

/// Rows of text with more cells are none of a table: bare separators would become many times what they were.
const MOST_COLUMNS: usize = 2_048;

/// The beginning of the input that was looked at, and the rest behind it.
type Whole<R> = std::io::Chain<Cursor<Vec<u8>>, R>;

/// One row of the table.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    /// Number of the row, the header not counted.
    pub number: u64,
    /// Line of the text, or row of the sheet.
    pub line: u64,
    pub cells: Vec<Cell>,
}

impl Line {
    /// What it takes in memory, about.
    pub fn bytes(&self) -> usize {
        let text = |cell: &Cell| if let Cell::Text(text) = cell { text.len() } else { 0 };
        self.cells.iter().map(|cell| size_of::<Cell>() + text(cell)).sum()
    }
}

/// The rows of a table that has been opened.
#[derive(Debug)]
pub(super) enum Source<R> {
    Text { rows: Box<Rows<Whole<R>>>, row: Row, decoder: Decoder },
    Sheet { rows: std::vec::IntoIter<(u32, Vec<Cell>)>, number: u64 },
}

impl<R: Read> Source<R> {
    /// Delimited text whose beginning was read into `sample`.
    pub fn text(sample: Vec<u8>, rest: R, delimiter: u8, decoder: Decoder) -> Self {
        let layout = Layout { longest_row: 1 << 20, ..Layout::quoted(delimiter) };
        let rows = Box::new(Rows::new(Cursor::new(sample).chain(rest), layout));
        Self::Text { rows, row: Row::default(), decoder }
    }

    pub fn sheet(sheet: Sheet) -> Self {
        Self::Sheet { rows: sheet.rows.into_iter(), number: 0 }
    }

    /// The encoding that the text has turned out to have so far.
    pub fn encoding(&self) -> Option<super::mapping::Encoding> {
        match self {
            Self::Text { decoder, .. } => decoder.encoding(),
            Self::Sheet { .. } => None,
        }
    }

    /// Takes a row that stands above the rows that count: the header, or what is above it.
    ///
    /// # Errors
    /// When there is none, or it cannot be read.
    pub fn above(&mut self) -> Result<Line, SourceError> {
        match self {
            Self::Text { rows, row, decoder } => {
                rows.header(row).map_err(SourceError::of_input)?;
                cells(row, decoder).map_err(SourceError::of_input)
            }
            Self::Sheet { .. } => {
                let line = self.next_line()?;
                if let Self::Sheet { number, .. } = self {
                    *number = 0;
                }
                line.ok_or_else(|| SourceError::input("the sheet is empty"))
            }
        }
    }

    /// The next row that is not blank; `None` at the end.
    pub fn next_line(&mut self) -> Result<Option<Line>, SourceError> {
        match self {
            Self::Text { rows, row, decoder } => loop {
                if !rows.next_row(row)? {
                    return Ok(None);
                }
                let line = cells(row, decoder)?;
                if !line.cells.iter().all(Cell::is_empty) || line.cells.len() == 1 {
                    return Ok(Some(line));
                }
            },
            Self::Sheet { rows, number } => Ok(rows.next().map(|(row, cells)| {
                *number += 1;
                let cells = cells
                    .into_iter()
                    .map(|cell| if let Cell::Text(text) = &cell { Cell::of_text(text) } else { cell })
                    .collect();
                Line { number: *number, line: row.into(), cells }
            })),
        }
    }

    /// Whether reading can go on after an error.
    pub fn goes_on_after(error: &SourceError) -> bool {
        error.extent() == Extent::Item
    }
}

fn cells(row: &Row, decoder: &mut Decoder) -> Result<Line, SourceError> {
    if row.len() > MOST_COLUMNS {
        let error = SourceError::item(format!(
            "the row has {} columns, more than the {MOST_COLUMNS} that a table has",
            row.len()
        ));
        return Err(error
            .at_row(row.number)
            .at_line(row.line)
            .remedy("Check the delimiter, and keep the columns of the table alone"));
    }
    decoder.look_at(row);
    let cells: Option<Vec<Cell>> =
        row.fields().map(|field| decoder.text(field).map(|text| Cell::of_text(&shown(&text)))).collect();
    let cells = cells.ok_or_else(|| text::not_utf8().at_row(row.number).at_line(row.line))?;
    Ok(Line { number: row.number, line: row.line, cells })
}

/// The text that a cell shows: `="5590852777"`, the way to keep a spreadsheet from taking digits for a number, shows its
/// digits, and an apostrophe before what would be a formula is a mark of spreadsheets (and of Lode's own exports), no text.
pub(super) fn shown(text: &str) -> std::borrow::Cow<'_, str> {
    let trimmed = text.trim();
    if let Some(inner) = trimmed.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'))
        && !inner.contains('"')
    {
        return inner.to_owned().into();
    }
    domain::formula_guard::unguarded(text).into()
}
