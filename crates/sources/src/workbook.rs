//! A table in an Excel workbook (`.xlsx`, Office Open XML), as delimited text for the importers of tables.

use std::io::{self, Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, DataType, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use zip::ZipArchive;

use crate::budget::{Budget, Spent};
use crate::error::SourceError;
use crate::zip_size;

/// Most bytes that the parts of a workbook may have together once inflated; a table of 20 000 rows and 40 columns has a tenth of it.
pub(crate) const MOST_INFLATED: u64 = 96 << 20;
/// The part that every workbook has, and no other zip archive.
pub(crate) const MARK: &str = "xl/workbook.xml";
/// Columns of a table; cells further right are an error.
const MOST_COLUMNS: u32 = 512;
/// Most bytes and elements of the parts that are held in memory whole: all but the sheets, which are read as they stream by.
const MOST_HELD_BYTES: u64 = 32 << 20;
const MOST_HELD_ELEMENTS: u64 = 1_000_000;
/// Sheets that are looked into for the first that holds anything.
const MOST_SHEETS: usize = 100;
/// Entries of the archive: an ordinary workbook has a dozen, one with a picture on every row some thousands.
const MOST_ENTRIES: u64 = 20_000;
/// How many cells are read between two looks at whether the reader still wants them.
const LOOK_EVERY: u64 = 1_024;

/// The table of a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Name of the sheet that it stands on.
    pub sheet: String,
    /// One line per row of the sheet, from its first row on, so that a line's number is the row's number in Excel. Cells are parted by
    /// semicolons and quoted where they hold one; line breaks within a cell have become spaces.
    pub text: String,
}

/// Whether these bytes begin as a workbook (or any other zip archive) does, rather than as text.
#[must_use]
pub fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Reads the first visible sheet that holds anything. Dates become `2026-03-31`, whole numbers lose their decimals, and formulas give the
/// value that Excel stored with them.
///
/// A workbook of a few kilobytes can name one long text in every cell, so what counts is what reading produces: `budget` is spent
/// while cells are read, and reading stops where it ends.
///
/// # Errors
/// When the bytes are no workbook, it is encrypted or damaged, no sheet holds anything, or it holds more than the budget.
pub fn read_table(bytes: &[u8], budget: &Budget) -> Result<Table, SourceError> {
    check_size(bytes)?;
    // The reader is not ours, and a file is anybody's: should it ever give up on one, that file is damaged, and that is all.
    let read = catch_unwind(AssertUnwindSafe(|| read(bytes, budget)));
    read.unwrap_or_else(|_| Err(damaged("its contents cannot be understood")))
}

fn damaged(why: impl std::fmt::Display) -> SourceError {
    SourceError::input(format!("the workbook cannot be read: {why}"))
        .remedy("Open it in Excel and save it again as .xlsx, or save the sheet as CSV")
}

fn too_large(message: String) -> SourceError {
    SourceError::input(message).remedy("Copy the table alone into a new workbook, or save its sheet as CSV")
}

/// A small archive can inflate to any size, and what says how large its parts are can lie: they are inflated once to nowhere.
fn check_size(bytes: &[u8]) -> Result<(), SourceError> {
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(SourceError::input("this is an old .xls workbook, or one with a password")
            .remedy("Save it as .xlsx without a password"));
    }
    zip_size::refuse_many_entries(&mut Cursor::new(bytes), MOST_ENTRIES)?;
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let (mut left, mut left_held, mut left_elements) = (MOST_INFLATED, MOST_HELD_BYTES, MOST_HELD_ELEMENTS);
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(damaged)?;
        let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
        // Any part may be named as the one with the shared texts, a sheet too: of sheets, only such texts count.
        let is_sheet = name.starts_with("xl/worksheets/") && !name.ends_with(".rels");
        let mut elements = Elements { held: 0, is_sheet };
        let inflated = io::copy(&mut entry.take(left + 1), &mut elements)
            .map_err(|error| damaged(error).in_entry(name.as_str()))?;
        left = left.checked_sub(inflated).ok_or_else(|| {
            let most = MOST_INFLATED >> 20;
            too_large(format!("the workbook holds more than {most} MB once unpacked")).in_entry(name.as_str())
        })?;
        let is_picture = name.starts_with("xl/media/");
        let bytes_held = if is_sheet || is_picture { 0 } else { inflated };
        let (held, parts) = (left_held.checked_sub(bytes_held), left_elements.checked_sub(elements.held));
        (left_held, left_elements) = held.zip(parts).ok_or_else(|| {
            let (most, many) = (MOST_HELD_BYTES >> 20, MOST_HELD_ELEMENTS);
            let message = format!("beside its sheets, the workbook holds more than {most} MB or {many} parts");
            too_large(message).in_entry(name.as_str())
        })?;
    }
    Ok(())
}

/// Counts the elements of what is written to it that a reader would hold in memory.
struct Elements {
    held: u64,
    is_sheet: bool,
}

impl io::Write for Elements {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = |what: &[u8]| memchr::memmem::find_iter(bytes, what).count() as u64;
        self.held += if self.is_sheet { count(b"<si") + count(b":si") } else { count(b"<") };
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn read(bytes: &[u8], budget: &Budget) -> Result<Table, SourceError> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(explain)?;
    let sheets: Vec<String> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .take(MOST_SHEETS)
        .collect();
    let mut spent = budget.spend();
    for sheet in sheets {
        let cells = Cells::read(&mut workbook, &sheet, &mut spent)?;
        if !cells.places.is_empty() {
            let text = cells.delimited(&sheet, &spent)?;
            return Ok(Table { text, sheet });
        }
    }
    Err(SourceError::input("no visible sheet of the workbook holds anything").remedy("Choose the file with the table"))
}

fn explain(error: XlsxError) -> SourceError {
    match error {
        XlsxError::Password => SourceError::input("the workbook has a password").remedy("Save it without one"),
        other => damaged(other),
    }
}

/// Where a cell is, both counted from 0, and its part of the text.
struct Place {
    row: u32,
    column: u32,
    start: usize,
    end: usize,
}

/// Cells that hold something.
#[derive(Default)]
struct Cells {
    places: Vec<Place>,
    /// Their texts, one after the other.
    text: String,
}

impl Cells {
    fn read(workbook: &mut Xlsx<Cursor<&[u8]>>, sheet: &str, spent: &mut Spent<'_>) -> Result<Self, SourceError> {
        let mut cells = Self::default();
        let mut reader = workbook.worksheet_cells_reader(sheet).map_err(explain)?;
        let mut seen = 0_u64;
        while let Some(cell) = reader.next_cell().map_err(explain)? {
            seen += 1;
            if seen.is_multiple_of(LOOK_EVERY) {
                spent.check_wanted()?;
            }
            let (row, column) = cell.get_position();
            // A cell counts before its text is copied, whether or not it turns out to be blank.
            spent.text(raw_length(cell.get_value())).map_err(|error| error.at_row(u64::from(row) + 1))?;
            let start = cells.text.len();
            push_text(cell.get_value(), &mut cells.text);
            let end = cells.text.len();
            if start == end {
                continue;
            }
            spent.row(u64::from(row) + 1, sheet)?;
            if column >= MOST_COLUMNS {
                return Err(SourceError::input(format!("the sheet “{sheet}” has more than {MOST_COLUMNS} columns"))
                    .at_row(u64::from(row) + 1)
                    .remedy("Keep the columns of the table alone"));
            }
            spent.cell().map_err(|error| error.at_row(u64::from(row) + 1))?;
            cells.places.push(Place { row, column, start, end });
        }
        // A hostile file may name its cells in any order, and one twice: the last is meant.
        cells.places.sort_by_key(|place| (place.row, place.column));
        Ok(cells)
    }

    fn delimited(&self, sheet: &str, spent: &Spent<'_>) -> Result<String, SourceError> {
        let first = self.places.iter().map(|place| place.column).min().unwrap_or_default();
        let end = self.places.iter().map(|place| place.column + 1).max().unwrap_or_default();
        let rows = self.places.chunk_by(|one, other| one.row == other.row);
        let filled = rows.clone().count() as u64;
        let last = self.places.last().map_or(0, |place| u64::from(place.row));
        // Separators and line ends are text, too: one cell far right in every row makes many.
        let empty = filled * u64::from(end - first) + last + 1;
        if !spent.has_room_for(self.text.len() as u64 + empty) {
            return Err(spent
                .too_much_text()
                .remedy(format!("Keep the columns of the table on the sheet “{sheet}” alone")));
        }
        let mut text = String::new();
        let mut next_row = 0;
        for row in rows {
            let number = row[0].row;
            (next_row..number).for_each(|_| text.push('\n'));
            let mut next_column = first;
            for (index, place) in row.iter().enumerate() {
                if row.get(index + 1).is_some_and(|later| later.column == place.column) {
                    continue;
                }
                (next_column..place.column).for_each(|_| text.push(';'));
                push_cell(&mut text, self.text.get(place.start..place.end).unwrap_or_default());
                next_column = place.column;
            }
            (next_column + 1..end).for_each(|_| text.push(';'));
            text.push('\n');
            next_row = number + 1;
        }
        Ok(text)
    }
}

/// Bytes of the text that a cell holds or names.
fn raw_length(value: &DataRef<'_>) -> u64 {
    let length = match value {
        DataRef::Empty | DataRef::Error(_) => 0,
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.len(),
        DataRef::SharedString(text) => text.len(),
        // No number or moment is longer in print.
        DataRef::Bool(_) | DataRef::Int(_) | DataRef::Float(_) | DataRef::DateTime(_) => 24,
    };
    length as u64
}

/// Adds the text of a cell on one line.
fn push_text(value: &DataRef<'_>, to: &mut String) {
    match value {
        DataRef::Empty | DataRef::Error(_) => {}
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => push_lines(text, to),
        DataRef::SharedString(text) => push_lines(text, to),
        DataRef::Bool(yes) => to.push_str(&yes.to_string()),
        DataRef::Int(number) => to.push_str(&number.to_string()),
        // Excel keeps every number as a double: whole ones up to 2⁵³ are exact, and print without decimals.
        DataRef::Float(number) => to.push_str(&decimal(*number)),
        DataRef::DateTime(moment) if moment.is_datetime() => match value.as_date() {
            Some(day) => to.push_str(&day.to_string()),
            None => to.push_str(&moment.as_f64().to_string()),
        },
        DataRef::DateTime(moment) => to.push_str(&moment.as_f64().to_string()),
    }
}

fn push_lines(text: &str, to: &mut String) {
    let mut gap = "";
    for part in text.split(['\r', '\n']).map(str::trim).filter(|part| !part.is_empty()) {
        to.push_str(gap);
        to.push_str(part);
        gap = " ";
    }
}

/// Three decimals could be read as thousands; a fourth makes them what they are.
fn decimal(number: f64) -> String {
    let text = number.to_string();
    match text.split_once('.') {
        Some((_, decimals)) if decimals.len() == 3 => text + "0",
        _ => text,
    }
}

fn push_cell(text: &mut String, cell: &str) {
    if cell.contains([';', '"']) {
        text.push('"');
        for part in cell.split_inclusive('"') {
            text.push_str(part);
            if part.ends_with('"') {
                text.push('"');
            }
        }
        text.push('"');
    } else {
        text.push_str(cell);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use proptest::prelude::*;
    use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
    use zip::write::SimpleFileOptions;

    use super::*;

    fn rows(most: u32) -> Budget {
        Budget::of_request(most)
    }

    fn saved(mut workbook: Workbook) -> Vec<u8> {
        workbook.save_to_buffer().unwrap()
    }

    fn pipeline() -> Vec<u8> {
        let mut workbook = Workbook::new();
        workbook.add_worksheet().set_name("Tom").unwrap();
        workbook.add_worksheet().set_name("Dold").unwrap().set_hidden(true).write(0, 0, "hemligt").unwrap();
        let sheet = workbook.add_worksheet().set_name("Bolag").unwrap();
        let day = Format::new().set_num_format("yyyy-mm-dd");
        sheet.write(1, 1, "Org.nr").unwrap().write(1, 2, "Namn").unwrap().write(1, 3, "Förfaller").unwrap();
        sheet.write(2, 1, 5_560_125_790_i64).unwrap().write(2, 2, "Volvo; \"AB\"\nGöteborg").unwrap();
        sheet.write_with_format(2, 3, ExcelDateTime::from_ymd(2026, 3, 31).unwrap(), &day).unwrap();
        sheet.write(4, 1, "556016-0680").unwrap().write(4, 3, 12.5).unwrap();
        sheet.write_formula(4, 2, rust_xlsxwriter::Formula::new("=\"Eric\"&\"sson\"").set_result("Ericsson")).unwrap();
        saved(workbook)
    }

    #[test]
    fn the_first_visible_sheet_with_anything_becomes_text_with_a_line_per_row() {
        let table = read_table(&pipeline(), &rows(100)).unwrap();
        assert_eq!(table.sheet, "Bolag");
        let expected = "\nOrg.nr;Namn;Förfaller\n5560125790;\"Volvo; \"\"AB\"\" Göteborg\";2026-03-31\n\n556016-0680;Ericsson;12.5\n";
        assert_eq!(table.text, expected);
    }

    #[test]
    fn what_is_no_table_says_what_it_is_and_what_to_do() {
        let far = |row, column| {
            let mut workbook = Workbook::new();
            workbook.add_worksheet().write(row, column, 1).unwrap();
            saved(workbook)
        };
        for (bytes, words) in [
            (far(1_048_575, 0), "more than 100 rows"),
            (far(0, 16_383), "more than 512 columns"),
            (saved(Workbook::new()), "no visible sheet"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), "old .xls"),
            (b"PK\x03\x04 but no more".to_vec(), "cannot be read"),
            (b"orgnr;name".to_vec(), "cannot be read"),
        ] {
            let error = read_table(&bytes, &rows(100)).unwrap_err();
            assert!(error.reason().contains(words), "{}: {words}", error.reason());
            assert!(error.remedy_text().is_some());
        }
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        archive.start_file("xl/sharedStrings.xml", SimpleFileOptions::default()).unwrap();
        for _ in 0..100 {
            archive.write_all(&[b' '; 1 << 20]).unwrap();
        }
        let bytes = archive.finish().unwrap().into_inner();
        assert!(bytes.len() < 200_000);
        let error = read_table(&bytes, &rows(100)).unwrap_err();
        assert!(error.reason().contains("more than 96 MB"), "{}", error.reason());
        assert_eq!(error.place().entry.as_deref(), Some("xl/sharedStrings.xml"));
    }

    /// A workbook whose sheet is given as XML, with one shared string.
    fn of_parts(shared: &str, cells: &str) -> Vec<u8> {
        const OPEN: &str = "http://schemas.openxmlformats.org";
        let parts = [
            ("[Content_Types].xml", format!("<Types xmlns=\"{OPEN}/package/2006/content-types\"/>")),
            (
                "_rels/.rels",
                format!(
                    "<Relationships xmlns=\"{OPEN}/package/2006/relationships\"><Relationship Id=\"r\" \
                     Type=\"{OPEN}/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
                ),
            ),
            (
                "xl/workbook.xml",
                format!(
                    "<workbook xmlns=\"{OPEN}/spreadsheetml/2006/main\" xmlns:r=\"{OPEN}/officeDocument/2006/relationships\">\
                     <sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
                ),
            ),
            (
                "xl/_rels/workbook.xml.rels",
                format!(
                    "<Relationships xmlns=\"{OPEN}/package/2006/relationships\">\
                     <Relationship Id=\"r1\" Type=\"{OPEN}/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
                     <Relationship Id=\"r2\" Type=\"{OPEN}/officeDocument/2006/relationships/sharedStrings\" Target=\"sharedStrings.xml\"/>\
                     </Relationships>"
                ),
            ),
            ("xl/sharedStrings.xml", format!("<sst xmlns=\"{OPEN}/spreadsheetml/2006/main\">{shared}</sst>")),
            (
                "xl/worksheets/sheet1.xml",
                format!(
                    "<worksheet xmlns=\"{OPEN}/spreadsheetml/2006/main\"><sheetData>{cells}</sheetData></worksheet>"
                ),
            ),
        ];
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            archive.start_file(name, SimpleFileOptions::default()).unwrap();
            archive.write_all(content.as_bytes()).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    fn cell_rows(count: usize, columns: &[&str]) -> String {
        let cells = |row: usize| -> String {
            columns.iter().map(|column| format!("<c r=\"{column}{row}\" t=\"s\"><v>0</v></c>")).collect()
        };
        (1..=count).map(|row| format!("<row r=\"{row}\">{}</row>", cells(row))).collect()
    }

    #[test]
    fn what_small_workbooks_grow_to_ends_at_the_budget() {
        let long = format!("<si><t>{}</t></si>", "A".repeat(900_000));
        let short = "<si><t>A</t></si>";
        for (workbook, words) in [
            // One text named by every cell.
            (of_parts(&long, &cell_rows(12_000, &["A", "B", "C", "D"])), "of text"),
            // One cell far right and one far left in every row: what is between them becomes separators.
            (of_parts(short, &cell_rows(19_000, &["A", "SR"])), "of text"),
            // More cells than a table has.
            (of_parts(short, &cell_rows(15_000, &["A"; 30])), "cells"),
            // The texts beside the sheets, where they pass for a sheet.
            (of_parts("", &"<si/>".repeat(1_100_000)), "parts"),
            // A million empty texts beside the sheets.
            (of_parts(&"<si/>".repeat(1_100_000), &cell_rows(1, &["A"])), "parts"),
        ] {
            assert!(workbook.len() < 1 << 20, "{} bytes", workbook.len());
            let begun = std::time::Instant::now();
            let error = read_table(&workbook, &rows(20_000)).unwrap_err();
            assert!(error.reason().contains(words), "{}: {words}", error.reason());
            assert!(error.remedy_text().is_some());
            assert!(begun.elapsed().as_secs() < 20, "{words} took {:?}", begun.elapsed());
        }
    }

    #[test]
    fn reading_stops_when_nobody_waits() {
        let workbook = of_parts("<si><t> </t></si>", &cell_rows(10_000, &["A", "B"]));
        let budget = rows(20_000);
        budget.cancelled.cancel();
        let error = read_table(&workbook, &budget).unwrap_err();
        assert!(error.reason().contains("given up"), "{}", error.reason());
    }

    #[test]
    fn a_cell_that_comes_twice_or_late_stands_where_it_belongs() {
        let cells = "<row r=\"2\"><c r=\"B2\"><v>1</v></c><c r=\"A2\"><v>2</v></c><c r=\"B2\"><v>3</v></c></row>\
                     <row r=\"1\"><c r=\"C1\"><v>4</v></c></row>";
        assert_eq!(read_table(&of_parts("", cells), &rows(100)).unwrap().text, ";;4\n2;3;\n");
    }

    /// A damaged workbook within intact zip entries: what the checksums of the archive do not catch.
    fn with_damage(at: usize, bytes: &[u8]) -> Vec<u8> {
        let mut from = ZipArchive::new(Cursor::new(pipeline())).unwrap();
        let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let mut place = at;
        for index in 0..from.len() {
            let mut entry = from.by_index(index).unwrap();
            to.start_file(String::from_utf8_lossy(entry.name_raw()), SimpleFileOptions::default()).unwrap();
            let mut content = Vec::new();
            entry.read_to_end(&mut content).unwrap();
            if let Some(from) = content.get_mut(place..).filter(|_| place != usize::MAX) {
                let length = from.len().min(bytes.len());
                from[..length].copy_from_slice(&bytes[..length]);
                place = usize::MAX;
            } else {
                place = place.saturating_sub(content.len());
            }
            to.write_all(&content).unwrap();
        }
        to.finish().unwrap().into_inner()
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300), tail in 0..4_000_usize) {
            let _ = read_table(&bytes, &rows(100));
            let mut cut = pipeline();
            cut.truncate(tail);
            let _ = read_table(&cut, &rows(100));
        }

        #[test]
        fn no_damage_makes_it_panic(at in 0..9_000_usize, bytes in proptest::collection::vec(any::<u8>(), 1..8)) {
            let _ = read_table(&with_damage(at, &bytes), &rows(100));
        }
    }
}
