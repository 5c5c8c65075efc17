//! Any delimited table as headings and cells, for importers whose columns are chosen by a person.

use std::io::{Cursor, Read};

use super::source::shown;
use super::text::{self, Decoder, choose_delimiter};
use super::{SAMPLE_BYTES, header};
use crate::budget::Budget;
use crate::delimited::{Layout, Row, Rows};
use crate::error::{Extent, SourceError};

/// Columns of a table.
const MOST_COLUMNS: usize = 512;

/// A table in memory.
#[derive(Debug, Default)]
pub struct Sheet {
    /// The headings, without surrounding spaces.
    pub headings: Vec<String>,
    /// The rows that could be read.
    pub rows: Vec<SheetRow>,
    /// The rows that could not.
    pub rejected: Vec<SourceError>,
}

/// One row.
#[derive(Debug)]
pub struct SheetRow {
    /// The line it starts on, from 1.
    pub line: u64,
    /// One cell per heading; `None` where it is blank.
    pub cells: Vec<Option<String>>,
}

/// Reads a whole table of at most `most_rows` rows under the headings; delimiter and encoding are found out. Of the budget, cells, text
/// and whoever waits are heeded: a row of bare separators becomes many times what it was.
///
/// # Errors
/// When the input is not delimited text, is empty, or holds more than the budget.
pub fn sheet<R: Read>(mut input: R, most_rows: usize, budget: &Budget) -> Result<Sheet, SourceError> {
    let mut spent = budget.spend();
    let mut sample = Vec::new();
    input.by_ref().take(SAMPLE_BYTES as u64).read_to_end(&mut sample)?;
    text::refuse_other_formats(&sample)?;
    let separator = header::separator_line(&sample);
    let delimiter = match separator {
        Some(delimiter) => delimiter,
        None => choose_delimiter(&sample)?,
    };
    let mut decoder = Decoder::new(None);
    let mut rows =
        Rows::new(Cursor::new(sample).chain(input), Layout { longest_row: 1 << 20, ..Layout::quoted(delimiter) });
    let mut row = Row::default();
    rows.header(&mut row).map_err(SourceError::of_input)?;
    if separator.is_some() {
        rows.header(&mut row).map_err(SourceError::of_input)?;
    }
    decoder.look_at(&row);
    let headings: Option<Vec<String>> =
        row.fields().map(|field| decoder.text(field).map(|text| text.trim().to_owned())).collect();
    let headings = headings.ok_or_else(|| text::not_utf8().at_line(1).of_input())?;
    if headings.len() > MOST_COLUMNS {
        return Err(SourceError::input(format!("the table has more than {MOST_COLUMNS} columns"))
            .at_line(1)
            .remedy("Keep the columns of the table alone"));
    }
    let mut sheet = Sheet { headings, ..Sheet::default() };
    loop {
        match rows.next_row(&mut row) {
            Ok(false) => return Ok(sheet),
            Ok(true) => {}
            Err(error) if error.extent() == Extent::Input => return Err(error),
            Err(error) => {
                sheet.rejected.push(error);
                continue;
            }
        }
        if sheet.rows.len() + sheet.rejected.len() >= most_rows {
            return Err(SourceError::input(format!("the table has more than {most_rows} rows"))
                .remedy("Divide it into several files"));
        }
        decoder.look_at(&row);
        spent.check_wanted()?;
        // A row that is too wide or blank is not kept, but its cells are made to find that out.
        spent.text(row.bytes().len() as u64).map_err(|error| error.at_line(row.line))?;
        spent.cells(row.len() as u64).map_err(|error| error.at_line(row.line))?;
        let at = |error: SourceError| error.at_row(row.number).at_line(row.line);
        let cells: Option<Vec<Option<String>>> = row
            .fields()
            .map(|field| {
                decoder.text(field).map(|text| Some(shown(&text).trim().to_owned()).filter(|text| !text.is_empty()))
            })
            .collect();
        match cells {
            None => sheet.rejected.push(at(text::not_utf8())),
            Some(cells) if cells.iter().all(Option::is_none) => {}
            Some(cells) if cells.len() != sheet.headings.len() => {
                let message = format!("the row has {} fields, the header {}", cells.len(), sheet.headings.len());
                sheet.rejected.push(at(
                    SourceError::item(message).remedy("Quote fields that hold the delimiter or a line break")
                ));
            }
            Some(cells) => sheet.rows.push(SheetRow { line: row.line, cells }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_table_becomes_headings_and_cells() {
        let text = "Bolag;Status\r\nEtt AB;\r\n\"Två; AB\";Kontaktad\n;\nTre AB\n";
        let sheet = sheet(text.as_bytes(), 100, &Budget::of_request(100)).unwrap();
        assert_eq!(sheet.headings, ["Bolag", "Status"]);
        assert_eq!(sheet.rows.len(), 2);
        assert_eq!(sheet.rows[0].cells, [Some("Ett AB".to_owned()), None]);
        assert_eq!((sheet.rows[1].line, sheet.rows[1].cells[0].as_deref()), (3, Some("Två; AB")));
        assert_eq!(sheet.rejected.len(), 1, "{:?}", sheet.rejected);
        let own =
            super::sheet("sep=,\nBolag,Nr\n'+46 Plus AB,\"=\"\"0012\"\"\"\n".as_bytes(), 100, &Budget::of_request(100))
                .unwrap();
        assert_eq!(own.headings, ["Bolag", "Nr"]);
        assert_eq!(own.rows[0].cells, [Some("+46 Plus AB".to_owned()), Some("0012".to_owned())]);
    }

    #[test]
    fn rows_of_bare_separators_end_where_the_budget_does() {
        let wide = format!("{}\n", ";".repeat(511));
        let budget = Budget { cells: 2_000, ..Budget::of_request(100) };
        let error = sheet(format!("a{wide}{}", wide.repeat(10)).as_bytes(), 100, &budget).unwrap_err();
        assert!(error.reason().contains("more than 2000 cells"), "{}", error.reason());
        let error = sheet(format!("a;{wide}").as_bytes(), 100, &budget).unwrap_err();
        assert!(error.reason().contains("more than 512 columns"), "{}", error.reason());
        let budget = Budget { text_bytes: 100, ..Budget::of_request(100) };
        let error = sheet(format!("a\n{}\n", "b".repeat(101)).as_bytes(), 100, &budget).unwrap_err();
        assert!(error.reason().contains("of text"), "{}", error.reason());
        budget.cancelled.cancel();
        assert!(sheet(&b"a\nb\n"[..], 100, &budget).unwrap_err().reason().contains("given up"));
    }

    #[test]
    fn other_encodings_are_found_and_other_formats_refused() {
        let sheet_of = |bytes: &[u8]| sheet(bytes, 2, &Budget::of_request(3));
        assert_eq!(sheet_of(b"Namn,Steg\nF\xF6rsta,Ny\n").unwrap().rows[0].cells[0].as_deref(), Some("Första"));
        assert!(sheet_of(b"PK\x03\x04rest").unwrap_err().to_string().contains("Excel"));
        assert!(sheet_of(b"a,b\n1,2\n3,4\n5,6\n").unwrap_err().to_string().contains("more than 2 rows"));
    }
}
