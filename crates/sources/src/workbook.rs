//! A table in an Excel workbook (`.xlsx`, Office Open XML), as delimited text for the importers of tables.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, DataType, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use rust_decimal::Decimal;
use zip::ZipArchive;

use crate::budget::{Budget, Spent};
use crate::cell::Cell;
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
pub fn read_sheet(bytes: &[u8], budget: &Budget, is_table: &dyn Fn(&Sheet) -> bool) -> Result<Sheet, SourceError> {
    check_size(bytes)?;
    let read = catch_unwind(AssertUnwindSafe(|| sheet_with(bytes, budget, is_table)));
    read.unwrap_or_else(|_| Err(damaged("its contents cannot be understood")))
}

fn sheet_with(bytes: &[u8], budget: &Budget, is_table: &dyn Fn(&Sheet) -> bool) -> Result<Sheet, SourceError> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(explain)?;
    let (mut first, mut chosen): (Option<Sheet>, Option<Sheet>) = (None, None);
    let mut others = Vec::new();
    for name in visible(&workbook) {
        if chosen.is_some() {
            if holds_anything(&mut workbook, &name, budget)? {
                others.push(name);
            }
            continue;
        }
        let mut spent = budget.spend();
        let cells = cells(&mut workbook, &name, &mut spent)?;
        if cells.is_empty() {
            continue;
        }
        let sheet = Sheet { rows: typed(cells, &mut spent)?, name, others: Vec::new() };
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
        .take(MOST_SHEETS)
        .collect()
}

/// Whether any cell of the sheet holds something.
fn holds_anything(workbook: &mut Xlsx<Cursor<&[u8]>>, sheet: &str, budget: &Budget) -> Result<bool, SourceError> {
    let spent = budget.spend();
    let mut reader = workbook.worksheet_cells_reader(sheet).map_err(explain)?;
    let mut seen = 0_u64;
    while let Some(cell) = reader.next_cell().map_err(explain)? {
        seen += 1;
        if seen.is_multiple_of(LOOK_EVERY) {
            spent.check_wanted()?;
        }
        if !read_cell(cell.get_value()).is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Rows of cells side by side, the columns before the first that is used left out. What is between two cells counts like a cell: one far right
/// in every row makes many.
fn typed(cells: Cells, spent: &mut Spent<'_>) -> Result<Vec<(u32, Vec<Cell>)>, SourceError> {
    let first = cells.values().filter_map(|row| row.keys().next()).min().copied().unwrap_or_default();
    let mut rows = Vec::with_capacity(cells.len());
    for (row, cells) in cells {
        let end = cells.keys().next_back().map_or(first, |last| last + 1);
        let blank = u64::from(end - first).saturating_sub(cells.len() as u64);
        spent.cells(blank).map_err(|error| error.at_row(u64::from(row) + 1))?;
        let mut side_by_side = Vec::new();
        for (column, cell) in cells {
            side_by_side.resize((column - first) as usize, Cell::Empty);
            side_by_side.push(cell);
        }
        rows.push((row + 1, side_by_side));
    }
    Ok(rows)
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
    for sheet in visible(&workbook) {
        let mut spent = budget.spend();
        let cells = cells(&mut workbook, &sheet, &mut spent)?;
        if !cells.is_empty() {
            return Ok(Table { text: delimited(&cells, &sheet, &mut spent)?, sheet });
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

fn cells(workbook: &mut Xlsx<Cursor<&[u8]>>, sheet: &str, spent: &mut Spent<'_>) -> Result<Cells, SourceError> {
    let mut cells = Cells::new();
    let mut reader = workbook.worksheet_cells_reader(sheet).map_err(explain)?;
    let mut seen = 0_u64;
    while let Some(cell) = reader.next_cell().map_err(explain)? {
        seen += 1;
        if seen.is_multiple_of(LOOK_EVERY) {
            spent.check_wanted()?;
        }
        let (row, column) = cell.get_position();
        let number = u64::from(row) + 1;
        // Its text counts before it is copied, whether or not it turns out to be blank.
        spent.text(raw_length(cell.get_value())).map_err(|error| error.at_row(number))?;
        let value = read_cell(cell.get_value());
        if value.is_empty() {
            continue;
        }
        spent.row(number, sheet)?;
        if column >= MOST_COLUMNS {
            return Err(SourceError::input(format!("the sheet “{sheet}” has more than {MOST_COLUMNS} columns"))
                .at_row(number)
                .remedy("Keep the columns of the table alone"));
        }
        spent.cell().map_err(|error| error.at_row(number))?;
        cells.entry(row).or_default().insert(column, value);
    }
    Ok(cells)
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

fn delimited(cells: &Cells, sheet: &str, spent: &mut Spent<'_>) -> Result<String, SourceError> {
    let first = cells.values().filter_map(|row| row.keys().next()).min().copied().unwrap_or_default();
    let end = cells.values().filter_map(|row| row.keys().next_back()).max().map_or(0, |last| last + 1);
    let last = cells.keys().next_back().copied().unwrap_or_default();
    // Separators and line ends are text, too: one cell far right in every row makes many.
    let separators = cells.len() as u64 * u64::from(end - first) + u64::from(last) + 1;
    spent
        .text(separators)
        .map_err(|error| error.remedy(format!("Keep the columns of the table on the sheet “{sheet}” alone")))?;
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
    Ok(text)
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
mod tests;
