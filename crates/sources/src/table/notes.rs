//! Rows that are no row of a table: totals below it, notes and sources around it, headings printed again.

use super::fields::{Field, fold};
use super::headings::Columns;
use super::source::Line;
use crate::cell::Cell;

/// What a row turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aside {
    /// A sum or mean of rows.
    Total,
    /// Words.
    Note,
    /// The headings once more.
    Headings,
}

impl Aside {
    pub fn words(self) -> &'static str {
        match self {
            Self::Total => "is a total of other rows",
            Self::Note => "is a note beside the table",
            Self::Headings => "repeats the headings",
        }
    }
}

const TOTALS: [&str; 18] = [
    "summa",
    "summor",
    "totalt",
    "total",
    "totals",
    "totalsumma",
    "sum",
    "sumtotal",
    "grandtotal",
    "delsumma",
    "subtotal",
    "medel",
    "medelvärde",
    "genomsnitt",
    "average",
    "mean",
    "median",
    "snitt",
];

/// Whether the row is none of the table's; a row with an organisation number always is.
pub(super) fn aside(line: &Line, columns: &Columns) -> Option<Aside> {
    let number = columns.position(Field::Orgnr).and_then(|at| line.cells.get(at));
    let number = number.and_then(Cell::text);
    if number.as_deref().is_some_and(|text| text.chars().filter(char::is_ascii_digit).count() >= 6) {
        return None;
    }
    let texts: Vec<String> = line.cells.iter().filter_map(Cell::text).collect();
    let same = |at: usize, cell: &Cell| cell.text().is_some_and(|text| columns.headings.get(at) == Some(&text));
    if number.is_some() && line.cells.iter().enumerate().filter(|(at, cell)| same(*at, cell)).count() * 2 > texts.len()
    {
        return Some(Aside::Headings);
    }
    let first = texts.first()?;
    let words: Vec<String> = first.split_whitespace().map(fold).filter(|word| !word.is_empty()).collect();
    // “Total Bygg AB” is a company whose number is missing.
    let is_company =
        words.iter().any(|word| matches!(word.as_str(), "ab" | "hb" | "kb" | "aktiebolag" | "as" | "asa" | "förening"));
    let is_total = !is_company && words.first().is_some_and(|word| TOTALS.contains(&word.as_str()));
    if is_total && !texts.iter().skip(1).any(|text| text.parse::<domain::orgnr::Orgnr>().is_ok()) {
        return Some(Aside::Total);
    }
    // One cell of words in a table of several columns.
    let is_words = first.chars().any(char::is_alphabetic);
    (texts.len() == 1 && columns.headings.len() > 1 && is_words && looks_like_prose(line, first)).then_some(Aside::Note)
}

/// A note stands in the first column, or alone on its line. A company's name without its number and figures is no note.
fn looks_like_prose(line: &Line, text: &str) -> bool {
    let is_first = !line.cells.first().is_none_or(Cell::is_empty);
    let is_told = text.contains([':', '*']) || text.ends_with('.') || text.split_whitespace().count() > 3;
    is_told && (is_first || line.cells.len() == 1)
}
