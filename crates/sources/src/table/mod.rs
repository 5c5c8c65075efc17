//! Tables that people have: companies or accounts as delimited text or a workbook from any program.
//!
//! Delimiter, encoding and the row of headings are found out, columns are recognised by their headings (Lode's own names,
//! Swedish and English labels, the codes of commercial sites) or named in a mapping; `docs/import-mapping.md` describes it.
//! What cannot be read with certainty is refused with the place and the remedy, never guessed; what is left out is told.

pub mod accounts;
pub mod amount;
pub mod companies;
mod costs;
pub mod date;
mod fields;
mod header;
mod headings;
pub mod mapping;
mod notes;
pub mod preview;
pub mod sheet;
mod source;
mod text;
mod unit;
mod years;

pub use accounts::{Accounts, AccountsRow, accounts, accounts_of};
pub use companies::{Companies, companies, companies_of};
pub use source::Input;

use std::collections::VecDeque;
use std::io::Read;

use crate::budget::Budget;
use crate::cell::Cell;
use crate::error::SourceError;
use crate::row::SourceRow;
use crate::workbook::{self, Sheet};
use domain::one_line::one_line;
use domain::scope::Scope;
use fields::Field;
use headings::Columns;
use mapping::Mapping;
use notes::Aside;
use preview::Kind;
use source::{Line, Source};
use text::{Decoder, choose_delimiter};
use years::Years;

const SAMPLE_BYTES: usize = 1 << 16;
/// Rows that are read ahead: notes on units, signs and decimal marks among them hold for the whole table.
const ROWS_AHEAD: usize = 2_000;
/// Of rows that are long, fewer are.
const BYTES_AHEAD: usize = 8 << 20;
/// Characters of a heading.
const LONGEST_HEADING: usize = 400;

/// A table that has been opened: delimiter, headings, columns and units are known.
#[derive(Debug)]
struct Table<R> {
    source: Source<R>,
    /// How a table with a column per year is read.
    years: Option<Years>,
    /// Rows of the last line of such a table that are still to come.
    unfolded: VecDeque<Line>,
    ahead: VecDeque<Result<Line, SourceError>>,
    columns: Columns,
    mapping: Mapping,
    /// How the table was found, for the preview.
    layout: Layout,
    /// What is to be told of the table as a whole.
    told: Vec<String>,
    ended: bool,
}

/// Where a table was found in its input.
#[derive(Clone, Debug, Default, PartialEq)]
struct Layout {
    sheet: Option<String>,
    delimiter: Option<u8>,
    /// Line of the headings.
    header_line: u64,
    /// The rows above the headings, their cells joined.
    above: Vec<String>,
}

/// A row, or something beside the table that was gone past.
enum Next {
    Row(Line),
    Aside(String),
}

impl<R: Read> Table<R> {
    fn open(kind: Kind, input: Input<R>, mapping: Option<&str>) -> Result<Self, SourceError> {
        let (table, problems) = Self::look_at(kind, input, mapping)?;
        problems.into_iter().next().map_or(Ok(table), Err)
    }

    /// The table, and why it cannot be read.
    fn look_at(kind: Kind, input: Input<R>, mapping: Option<&str>) -> Result<(Self, Vec<SourceError>), SourceError> {
        let mut mapping = mapping.map_or_else(|| Ok(Mapping::default()), Mapping::parse)?;
        let mut layout = Layout::default();
        let (mut source, above, mut told) = match input {
            Input::Text(mut input) => {
                let sample = header::sample(&mut input, SAMPLE_BYTES)?;
                text::refuse_other_formats(&sample)?;
                let (delimiter, above) = match header::find(&sample, sample.len() < SAMPLE_BYTES, &mapping) {
                    Some(found) => found,
                    // The error that names the headings then shows the first row.
                    None => {
                        (fallback_delimiter(&sample, &mapping)?, usize::from(header::separator_line(&sample).is_some()))
                    }
                };
                layout.delimiter = Some(delimiter);
                (Source::text(sample, input, delimiter, Decoder::new(mapping.encoding)), above, Vec::new())
            }
            Input::Sheet(sheet) => {
                let above = header::find_in_rows(&sheet.rows, &mapping).unwrap_or(0);
                let mut told = Vec::new();
                if !sheet.others.is_empty() {
                    told.push(format!("only the sheet “{}” is read, not {}", sheet.name, quoted(&sheet.others)));
                }
                layout.sheet = Some(sheet.name.clone());
                (Source::sheet(sheet), above, told)
            }
        };
        for _ in 0..above {
            layout.above.push(joined(&source.above()?));
        }
        layout.above.retain(|text| !text.is_empty() && !text.to_lowercase().starts_with("sep="));
        let header = source.above()?;
        layout.header_line = header.line;
        let mut headings: Vec<String> =
            header.cells.iter().map(|cell| heading_of(&one_line(&cell.text().unwrap_or_default()))).collect();
        while headings.last().is_some_and(String::is_empty) && headings.len() > 1 {
            headings.pop();
        }
        // A company is one row, whatever years stand beside it.
        let years = match kind {
            Kind::Accounts => Years::find(&headings, header.line, &mapping),
            Kind::Companies => Ok(None),
        };
        let (years, two_of_a_year) = years.map_or_else(|error| (None, Some(error)), |years| (years, None));
        if let Some(years) = &years {
            headings.clone_from(&years.headings);
            years.add_to(&mut mapping);
        }
        let (columns, mut problems) = Columns::find(&headings, header.line, &mapping);
        problems.splice(0..0, two_of_a_year);
        if !layout.above.is_empty() {
            told.push(format!("the rows above the headings are left out: {}", quoted(&layout.above)));
        }
        told.extend(years.iter().flat_map(Years::told));
        let mut table = Self {
            source,
            years,
            unfolded: VecDeque::new(),
            ahead: VecDeque::new(),
            columns,
            mapping,
            layout,
            told,
            ended: false,
        };
        table.look_ahead();
        table.find_scope();
        problems.extend(table.settle_units().err());
        table.tell_columns();
        table.settle_decimal_mark();
        Ok((table, problems))
    }

    /// The next row that is not blank, of a table with a column per year one for each; `None` at the end.
    fn next_row(&mut self) -> Result<Option<Line>, SourceError> {
        if let Some(row) = self.unfolded.pop_front() {
            return Ok(Some(row));
        }
        let line = self.source.next_line()?;
        let (Some(years), Some(line)) = (&self.years, &line) else { return Ok(line) };
        self.unfolded = years.rows(line.clone(), matches!(self.source, Source::Sheet { .. }))?.into();
        Ok(self.unfolded.pop_front())
    }

    fn look_ahead(&mut self) {
        let mut bytes = 0;
        while self.ahead.len() < ROWS_AHEAD && bytes < BYTES_AHEAD && !self.ended {
            match self.next_row() {
                Ok(Some(line)) => {
                    bytes += line.bytes();
                    self.ahead.push_back(Ok(line));
                }
                Ok(None) => self.ended = true,
                Err(error) => {
                    self.ended = !Source::<R>::goes_on_after(&error);
                    self.ahead.push_back(Err(error));
                }
            }
        }
    }

    /// A column whose heading says nothing (“Typ”), but whose cells all say group or company, is the scope: its figures of
    /// groups would else be taken for those of companies.
    fn find_scope(&mut self) {
        let is_open = self.mapping.entries.is_empty() && self.mapping.group_scope.is_none();
        if !is_open || self.columns.position(Field::Scope).is_some() {
            return;
        }
        let lines: Vec<&Line> = self.ahead.iter().filter_map(|line| line.as_ref().ok()).collect();
        let says_scope = |position: usize| {
            let mut says_group = false;
            // Most columns are done with at their first cell.
            let says_one = |text: String| {
                let scope = accounts::scope_in_words(&text);
                says_group |= scope == Some(Scope::Group);
                scope.is_some()
            };
            lines.iter().filter_map(|line| line.cells.get(position)?.text()).all(says_one) && says_group
        };
        let mut fitting = self.columns.left.iter().filter(|left| !left.is_known && says_scope(left.position));
        if let (Some(position), None) = (fitting.next().map(|left| left.position), fitting.next()) {
            let heading = self.columns.headings.get(position).cloned().unwrap_or_default();
            self.columns.take(position, Field::Scope);
            self.told.push(format!("the column “{heading}” says group or company and is read as the scope"));
        }
    }

    /// Units that stand below the headings, above the table or below it.
    fn settle_units(&mut self) -> Result<(), SourceError> {
        if let Some(Ok(first)) = self.ahead.front()
            && let Some(units) = header::unit_row(first, |position| self.columns.is_amount(position))
        {
            self.columns.take_unit_row(&units);
            self.ahead.pop_front();
        }
        let mut notes = self.layout.above.clone();
        for line in self.ahead.iter().filter_map(|line| line.as_ref().ok()) {
            if notes::aside(line, &self.columns) == Some(Aside::Note) {
                notes.push(joined(line));
            }
        }
        let note = header::unit_of_notes(&notes).map_err(|both| {
            SourceError::input(format!("the notes around the table name two units: {both}"))
                .at_line(self.layout.header_line)
                .remedy("Put “@unit = tkr” (or kr, mkr) into a mapping, or delete the rows around the table")
        });
        let is_needed = self.mapping.unit.is_none()
            && self
                .columns
                .found
                .iter()
                .any(|column| matches!(column.field, Field::Amount(_)) && column.unit.is_none());
        let (note, problem) = match note {
            Ok(note) if is_needed => (note, None),
            Err(problem) if is_needed => (None, Some(problem)),
            _ => (None, None),
        };
        if let Some((scale, words)) = &note {
            self.told.push(format!("amounts are read in {}, as the note “{words}” says", scale.unit.word()));
        }
        self.columns.settle_units(&self.mapping, note.map(|(scale, _)| scale));
        problem.map_or(Ok(()), Err)
    }

    /// Names the columns that say something Lode knows and are not read.
    fn tell_columns(&mut self) {
        for left in self.columns.left.iter().filter(|left| left.is_known) {
            let heading = self.columns.headings.get(left.position).map_or("", String::as_str);
            self.told.push(format!("the column “{heading}” is not used: {}", left.reason));
        }
    }

    /// The mark before decimals, where other amounts of the table use one beyond doubt and all use the same.
    fn settle_decimal_mark(&mut self) {
        if self.mapping.decimal.is_some() {
            return;
        }
        let mut marks = [false; 2];
        for line in self.ahead.iter().filter_map(|line| line.as_ref().ok()) {
            for column in &self.columns.found {
                if matches!(column.field, Field::Amount(_) | Field::Employees)
                    && let Some(Cell::Text(text)) = line.cells.get(column.position)
                {
                    match amount::decimal_mark(text) {
                        Some(',') => marks[0] = true,
                        Some(_) => marks[1] = true,
                        None => {}
                    }
                }
            }
        }
        self.mapping.decimal = match marks {
            [true, false] => Some(','),
            [false, true] => Some('.'),
            _ => None,
        };
    }

    /// The next row, or what was gone past: `None` at the end.
    fn advance(&mut self) -> Option<Result<Next, SourceError>> {
        let line = match self.ahead.pop_front() {
            Some(line) => line,
            None if self.ended => return None,
            None => match self.next_row() {
                Ok(Some(line)) => Ok(line),
                Ok(None) => {
                    self.ended = true;
                    return None;
                }
                Err(error) => {
                    self.ended = !Source::<R>::goes_on_after(&error);
                    Err(error)
                }
            },
        };
        let number = line.as_ref().ok().map(|line| line.line);
        let next = line.and_then(|line| self.checked(line));
        if let (Ok(Next::Aside(_)), Some(number)) = (&next, number) {
            // What was gone past is told once, although a table with a column per year made several rows of it.
            while matches!(self.ahead.front(), Some(Ok(row)) if row.line == number) {
                self.ahead.pop_front();
            }
            self.unfolded.retain(|row| row.line != number);
        }
        Some(next)
    }

    fn checked(&self, mut line: Line) -> Result<Next, SourceError> {
        if let Some(aside) = notes::aside(&line, &self.columns) {
            let words: String = joined(&line).chars().take(60).collect();
            return Ok(Next::Aside(format!("line {} (“{words}”) {} and is left out", line.line, aside.words())));
        }
        let expected = self.columns.headings.len();
        while line.cells.len() > expected && line.cells.last().is_some_and(Cell::is_empty) {
            line.cells.pop();
        }
        match &self.source {
            // A sheet ends its rows where nothing follows.
            Source::Sheet { .. } if line.cells.len() < expected => line.cells.resize(expected, Cell::Empty),
            // What stands right of the headings is beside the table.
            Source::Sheet { .. } => line.cells.truncate(expected),
            Source::Text { .. } if line.cells.len() != expected => {
                return Err(wrong_width(&line, expected));
            }
            Source::Text { .. } => {}
        }
        Ok(Next::Row(line))
    }

    /// The cell of a field; empty where no column holds it.
    fn cell<'a>(&self, line: &'a Line, field: Field) -> &'a Cell {
        self.columns.position(field).and_then(|position| line.cells.get(position)).unwrap_or(&Cell::Empty)
    }

    /// The text of a field.
    fn text(&self, line: &Line, field: Field) -> Option<String> {
        self.cell(line, field).text()
    }

    /// The heading over a field, for messages.
    fn heading(&self, field: Field) -> String {
        let heading = self.columns.position(field).and_then(|position| self.columns.headings.get(position));
        heading.cloned().unwrap_or_else(|| field.key().to_owned())
    }
}

/// Reads rows through a function, with what is beside the table told on the row before it, and what holds for the whole
/// table on its first row.
#[derive(Debug)]
struct Reader<T> {
    pending: Option<SourceRow<T>>,
    told: Vec<String>,
    failed: VecDeque<SourceError>,
}

impl<T> Reader<T> {
    fn new(told: Vec<String>) -> Self {
        Self { pending: None, told, failed: VecDeque::new() }
    }

    fn next<R: Read>(
        &mut self,
        table: &mut Table<R>,
        read: impl Fn(&Table<R>, &Line) -> Result<SourceRow<T>, SourceError>,
    ) -> Option<Result<SourceRow<T>, SourceError>> {
        loop {
            // A row waits until it is known what follows it; an error after it waits behind it.
            if self.pending.is_none()
                && let Some(error) = self.failed.pop_front()
            {
                return Some(Err(error));
            }
            let found = match table.advance() {
                None => return self.pending.take().map(Ok),
                Some(Ok(Next::Aside(told))) => {
                    match &mut self.pending {
                        Some(row) => row.warnings.push(told),
                        None => self.told.push(told),
                    }
                    continue;
                }
                Some(Ok(Next::Row(line))) => read(table, &line),
                Some(Err(error)) => Err(error),
            };
            match found {
                Ok(mut row) => {
                    row.warnings.splice(0..0, self.told.drain(..));
                    if let Some(before) = self.pending.replace(row) {
                        return Some(Ok(before));
                    }
                }
                Err(error) => match self.pending.take() {
                    None => return Some(Err(error)),
                    Some(before) => {
                        self.failed.push_back(error);
                        return Some(Ok(before));
                    }
                },
            }
        }
    }
}

/// The table of a workbook: the first visible sheet with headings that are known, else the first that holds anything.
///
/// # Errors
/// As [`workbook::read_sheet`].
pub fn sheet_of_workbook(bytes: &[u8], budget: &Budget) -> Result<Sheet, SourceError> {
    let mapping = Mapping::default();
    workbook::read_sheet(bytes, budget, &|sheet| header::find_in_rows(&sheet.rows, &mapping).is_some())
}

fn fallback_delimiter(sample: &[u8], mapping: &Mapping) -> Result<u8, SourceError> {
    match mapping.delimiter.or_else(|| header::separator_line(sample)) {
        Some(delimiter) => Ok(delimiter),
        None => choose_delimiter(sample),
    }
}

fn at(line: &Line, error: SourceError) -> SourceError {
    error.at_row(line.number).at_line(line.line)
}

/// A row of text with more or fewer fields than the table has headings.
fn wrong_width(line: &Line, expected: usize) -> SourceError {
    let reason = format!("the row has {} fields, the header {expected}", line.cells.len());
    at(line, SourceError::item(reason).remedy("Quote fields that hold the delimiter or a line break"))
}

fn joined(line: &Line) -> String {
    line.cells.iter().filter_map(Cell::text).collect::<Vec<_>>().join(" ")
}

/// A heading as it is looked at and told: what is longer says nothing more of its column, and would be compared word by word.
fn heading_of(text: &str) -> String {
    match text.char_indices().nth(LONGEST_HEADING) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn quoted(texts: &[String]) -> String {
    let short = |text: &String| text.chars().take(60).collect::<String>();
    let mut words: Vec<String> = texts.iter().take(5).map(|text| format!("“{}”", short(text))).collect();
    if texts.len() > 5 {
        words.push(format!("and {} more", texts.len() - 5));
    }
    words.join(", ")
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod foreign_tests;
