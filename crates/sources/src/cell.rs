//! One cell of a table, with the type that its program gave it: a number of a workbook is never read as text again.

use chrono::NaiveDate;
use rust_decimal::Decimal;

/// What a cell holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    /// Nothing, or words that say that nothing is known.
    #[default]
    Empty,
    /// Text: every cell of delimited text, and text cells of workbooks.
    Text(String),
    /// A number of a workbook.
    Number(Decimal),
    /// A day of a workbook.
    Day(NaiveDate),
}

impl Cell {
    /// A cell of text; blank ones and words such as `n/a` are empty.
    #[must_use]
    pub fn of_text(text: &str) -> Self {
        let text = text.trim();
        if is_nothing(text) { Self::Empty } else { Self::Text(text.to_owned()) }
    }

    /// Whether it holds nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    /// The cell as text: whole numbers without decimals, days as `YYYY-MM-DD`; `None` where it is empty.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        match self {
            Self::Empty => None,
            Self::Text(text) => Some(text.clone()),
            Self::Number(number) => Some(number.normalize().to_string()),
            Self::Day(day) => Some(day.to_string()),
        }
    }
}

/// Whether a cell's text says that nothing is known; `0` says that something is.
fn is_nothing(text: &str) -> bool {
    // Programs' and people's words for a missing value; errors of a spreadsheet's formula are missing, too.
    const WORDS: [&str; 26] = [
        "n/a",
        "na",
        "n.a.",
        "nan",
        "nat",
        "null",
        "none",
        "<na>",
        "saknas",
        "uppgift saknas",
        "ej tillgänglig",
        "ej tillgängligt",
        "okänt",
        "okänd",
        "#n/a",
        "#saknas!",
        "#value!",
        "#värdefel!",
        "#ref!",
        "#referens!",
        "#div/0!",
        "#division/0!",
        "#name?",
        "#namn?",
        "#num!",
        "#null!",
    ];
    let is_mark = |c: char| domain::one_line::is_dash(c) || c == '.' || c == '…' || c.is_whitespace();
    text.chars().all(is_mark) || (text.len() <= 20 && WORDS.contains(&text.to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_a_missing_value_are_empty_and_zero_is_not() {
        for text in [
            "", " ", "-", "–", "—", "..", "…", "n/a", "N/A", "NaN", "null", "None", "<NA>", "saknas", "#SAKNAS!",
            "#N/A", "- -",
        ] {
            assert!(Cell::of_text(text).is_empty(), "{text}");
        }
        for text in ["0", "-1", "Saknas AB", "Na AB", "Null & Noll"] {
            assert!(!Cell::of_text(text).is_empty(), "{text}");
        }
        assert_eq!(Cell::Number("5590852777.0".parse().unwrap()).text().as_deref(), Some("5590852777"));
    }
}
