//! A table in an Excel workbook (`.xlsx`, Office Open XML), as delimited text for the importers of tables.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, DataType, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use rust_decimal::Decimal;
use zip::ZipArchive;

use crate::cell::Cell;
use crate::error::SourceError;

/// Most bytes that the parts of a workbook may have together once inflated; a table of 20 000 rows and 40 columns has a tenth of it.
pub(crate) const MOST_INFLATED: u64 = 96 << 20;
/// The part that every workbook has, and no other zip archive.
pub(crate) const MARK: &str = "xl/workbook.xml";
/// Columns of a table; cells further right are an error.
const MOST_COLUMNS: u32 = 512;

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

/// A sheet of a workbook with the types of its cells.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// The rows that hold anything, in order, each with its number in Excel; cells from the first column that is used.
    pub rows: Vec<(u32, Vec<Cell>)>,
    /// Names of the other visible sheets that hold anything and were not read.
    pub others: Vec<String>,
}

/// Reads the first visible sheet that is the table looked for (`is_table`); where none is, the first that holds anything.
///
/// # Errors
/// As [`read_table`].
pub fn read_sheet(bytes: &[u8], most_rows: u32, is_table: &dyn Fn(&Sheet) -> bool) -> Result<Sheet, SourceError> {
    check_size(bytes)?;
    let read = catch_unwind(AssertUnwindSafe(|| sheet_with(bytes, most_rows, is_table)));
    read.unwrap_or_else(|_| Err(damaged("its contents cannot be understood")))
}

fn sheet_with(bytes: &[u8], most_rows: u32, is_table: &dyn Fn(&Sheet) -> bool) -> Result<Sheet, SourceError> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(explain)?;
    let (mut first, mut chosen): (Option<Sheet>, Option<Sheet>) = (None, None);
    let mut others = Vec::new();
    for name in visible(&workbook) {
        let cells = cells(&mut workbook, &name, most_rows)?;
        if cells.is_empty() {
            continue;
        }
        if chosen.is_some() {
            others.push(name);
            continue;
        }
        let sheet = Sheet { rows: typed(cells), name, others: Vec::new() };
        if is_table(&sheet) {
            others.extend(first.take().map(|before| before.name));
            chosen = Some(sheet);
        } else if first.is_none() {
            first = Some(sheet);
        } else {
            others.push(sheet.name);
        }
    }
    let found = chosen.or(first).ok_or_else(empty)?;
    Ok(Sheet { others, ..found })
}

fn empty() -> SourceError {
    SourceError::input("no visible sheet of the workbook holds anything").remedy("Choose the file with the table")
}

fn visible(workbook: &Xlsx<Cursor<&[u8]>>) -> Vec<String> {
    workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect()
}

/// Rows of cells side by side, the columns before the first that is used left out.
fn typed(cells: Cells) -> Vec<(u32, Vec<Cell>)> {
    let first = cells.values().filter_map(|row| row.keys().next()).min().copied().unwrap_or_default();
    let wide = |row: BTreeMap<u32, Cell>| {
        let mut side_by_side = Vec::new();
        for (column, cell) in row {
            side_by_side.resize((column - first) as usize, Cell::Empty);
            side_by_side.push(cell);
        }
        side_by_side
    };
    cells.into_iter().map(|(row, cells)| (row + 1, wide(cells))).collect()
}

/// Reads the first visible sheet that holds anything. Dates become `2026-03-31`, whole numbers lose their decimals, and formulas give the
/// value that Excel stored with them.
///
/// # Errors
/// When the bytes are no workbook, it is encrypted or damaged, no sheet holds anything, or there are more than `most_rows` rows.
pub fn read_table(bytes: &[u8], most_rows: u32) -> Result<Table, SourceError> {
    check_size(bytes)?;
    // The reader is not ours, and a file is anybody's: should it ever give up on one, that file is damaged, and that is all.
    let read = catch_unwind(AssertUnwindSafe(|| read(bytes, most_rows)));
    read.unwrap_or_else(|_| Err(damaged("its contents cannot be understood")))
}

fn damaged(why: impl std::fmt::Display) -> SourceError {
    SourceError::input(format!("the workbook cannot be read: {why}"))
        .remedy("Open it in Excel and save it again as .xlsx, or save the sheet as CSV")
}

/// A small archive can inflate to any size, and what says how large its parts are can lie: they are inflated once to nowhere.
fn check_size(bytes: &[u8]) -> Result<(), SourceError> {
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(SourceError::input("this is an old .xls workbook, or one with a password")
            .remedy("Save it as .xlsx without a password"));
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut left = MOST_INFLATED;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(damaged)?;
        let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
        let inflated = io::copy(&mut entry.take(left + 1), &mut io::sink())
            .map_err(|error| damaged(error).in_entry(name.as_str()))?;
        left = left.checked_sub(inflated).ok_or_else(|| {
            let most = MOST_INFLATED >> 20;
            SourceError::input(format!("the workbook holds more than {most} MB once unpacked"))
                .in_entry(name)
                .remedy("Copy the table alone into a new workbook, or save its sheet as CSV")
        })?;
    }
    Ok(())
}

fn read(bytes: &[u8], most_rows: u32) -> Result<Table, SourceError> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(explain)?;
    for sheet in visible(&workbook) {
        let cells = cells(&mut workbook, &sheet, most_rows)?;
        if !cells.is_empty() {
            return Ok(Table { text: delimited(&cells), sheet });
        }
    }
    Err(empty())
}

fn explain(error: XlsxError) -> SourceError {
    match error {
        XlsxError::Password => SourceError::input("the workbook has a password").remedy("Save it without one"),
        other => damaged(other),
    }
}

/// Cells by row and column, both from 0; only those that hold something.
type Cells = BTreeMap<u32, BTreeMap<u32, Cell>>;

fn cells(workbook: &mut Xlsx<Cursor<&[u8]>>, sheet: &str, most_rows: u32) -> Result<Cells, SourceError> {
    let mut cells = Cells::new();
    let mut reader = workbook.worksheet_cells_reader(sheet).map_err(explain)?;
    while let Some(cell) = reader.next_cell().map_err(explain)? {
        let (row, column) = cell.get_position();
        let value = read_cell(cell.get_value());
        if value.is_empty() {
            continue;
        }
        if row >= most_rows {
            return Err(SourceError::input(format!("the sheet “{sheet}” has more than {most_rows} rows"))
                .remedy("Divide it into several files"));
        }
        if column >= MOST_COLUMNS {
            return Err(SourceError::input(format!("the sheet “{sheet}” has more than {MOST_COLUMNS} columns"))
                .at_row(u64::from(row) + 1)
                .remedy("Keep the columns of the table alone"));
        }
        cells.entry(row).or_default().insert(column, value);
    }
    Ok(cells)
}

fn read_cell(value: &DataRef<'_>) -> Cell {
    let text = |text: &str| {
        let line: Vec<&str> = text.split(['\r', '\n']).map(str::trim).filter(|part| !part.is_empty()).collect();
        if line.is_empty() { Cell::Empty } else { Cell::Text(line.join(" ")) }
    };
    // Excel keeps every number as a double; its shortest decimal form is what was typed.
    let number = |number: f64| match number.to_string().parse() {
        Ok(number) => Cell::Number(number),
        Err(_) => text(&number.to_string()),
    };
    match value {
        DataRef::Empty | DataRef::Error(_) => Cell::Empty,
        DataRef::String(string) => text(string),
        DataRef::SharedString(string) => text(string),
        DataRef::Bool(yes) => text(&yes.to_string()),
        DataRef::Int(whole) => Cell::Number((*whole).into()),
        DataRef::Float(float) => number(*float),
        DataRef::DateTime(moment) if moment.is_datetime() => {
            value.as_date().map_or_else(|| number(moment.as_f64()), Cell::Day)
        }
        DataRef::DateTime(moment) => number(moment.as_f64()),
        DataRef::DateTimeIso(string) | DataRef::DurationIso(string) => text(string),
    }
}

/// Three decimals could be read as thousands; a fourth makes them what they are.
fn decimal(number: Decimal) -> String {
    let text = number.normalize().to_string();
    match text.split_once('.') {
        Some((_, decimals)) if decimals.len() == 3 => text + "0",
        _ => text,
    }
}

fn delimited(cells: &Cells) -> String {
    let first = cells.values().filter_map(|row| row.keys().next()).min().copied().unwrap_or_default();
    let end = cells.values().filter_map(|row| row.keys().next_back()).max().map_or(0, |last| last + 1);
    let last = cells.keys().next_back().copied().unwrap_or_default();
    let mut text = String::new();
    for row in 0..=last {
        let Some(row) = cells.get(&row) else {
            text.push('\n');
            continue;
        };
        for column in first..end {
            if column > first {
                text.push(';');
            }
            match row.get(&column) {
                Some(Cell::Number(number)) => text.push_str(&decimal(*number)),
                Some(cell) => push_cell(&mut text, &cell.text().unwrap_or_default()),
                None => {}
            }
        }
        text.push('\n');
    }
    text
}

fn push_cell(text: &mut String, cell: &str) {
    if cell.contains([';', '"']) {
        text.push('"');
        text.push_str(&cell.replace('"', "\"\""));
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
        let table = read_table(&pipeline(), 100).unwrap();
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
            let error = read_table(&bytes, 100).unwrap_err();
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
        let error = read_table(&bytes, 100).unwrap_err();
        assert!(error.reason().contains("more than 96 MB"), "{}", error.reason());
        assert_eq!(error.place().entry.as_deref(), Some("xl/sharedStrings.xml"));
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
            let _ = read_table(&bytes, 100);
            let mut cut = pipeline();
            cut.truncate(tail);
            let _ = read_table(&cut, 100);
        }

        #[test]
        fn no_damage_makes_it_panic(at in 0..9_000_usize, bytes in proptest::collection::vec(any::<u8>(), 1..8)) {
            let _ = read_table(&with_damage(at, &bytes), 100);
        }
    }
}
