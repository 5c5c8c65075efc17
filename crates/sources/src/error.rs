//! What goes wrong while a source is read: where, why, and what a person can do about it.

use std::fmt;

/// How much of the input an error takes away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Extent {
    /// One row, document or entry; reading goes on after it.
    Item,
    /// The whole file: nothing in it can be trusted or reached.
    Input,
}

/// A place within the input. Everything is counted from 1 and relative to the file (or archive entry) named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// File as the caller names it.
    pub file: Option<String>,
    /// Entry within an archive; nested archives are joined by `!`.
    pub entry: Option<String>,
    /// Row of a table, the header not counted.
    pub row: Option<u64>,
    /// Line of the text.
    pub line: Option<u64>,
    /// Column of the line, in bytes.
    pub column: Option<u64>,
    /// Name of the field, element or concept.
    pub field: Option<String>,
}

impl fmt::Display for Place {
    /// `file.zip!entry.txt, row 3, line 5, column 7, field postadress`: only what is known.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut gap = "";
        if let Some(file) = &self.file {
            f.write_str(file)?;
            gap = ", ";
        }
        if let Some(entry) = &self.entry {
            write!(f, "{}{entry}", if self.file.is_some() { "!" } else { "" })?;
            gap = ", ";
        }
        for (name, number) in [("row", self.row), ("line", self.line), ("column", self.column)] {
            if let Some(number) = number {
                write!(f, "{gap}{name} {number}")?;
                gap = ", ";
            }
        }
        match &self.field {
            Some(field) => write!(f, "{gap}field {field}"),
            None => Ok(()),
        }
    }
}

/// A located error of a parser. The input itself is quoted only in `sample`, shortened, and never where it may be
/// a personal identity number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceError(Box<Parts>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Parts {
    extent: Extent,
    place: Place,
    reason: String,
    remedy: Option<String>,
    sample: Option<String>,
}

const SAMPLE_CHARACTERS: usize = 80;

impl SourceError {
    /// An error of one item: the rest of the input is read on.
    #[must_use]
    pub fn item(reason: impl Into<String>) -> Self {
        Self::new(Extent::Item, reason.into())
    }

    /// An error of the whole input.
    #[must_use]
    pub fn input(reason: impl Into<String>) -> Self {
        Self::new(Extent::Input, reason.into())
    }

    fn new(extent: Extent, reason: String) -> Self {
        Self(Box::new(Parts { extent, place: Place::default(), reason, remedy: None, sample: None }))
    }

    /// Says what a person can do.
    #[must_use]
    pub fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.0.remedy = Some(remedy.into());
        self
    }

    /// Names the file.
    #[must_use]
    pub fn in_file(mut self, file: impl Into<String>) -> Self {
        self.0.place.file = Some(file.into());
        self
    }

    /// Names the archive entry; an entry that is already there was found inside the new one.
    #[must_use]
    pub fn in_entry(mut self, entry: impl Into<String>) -> Self {
        let outer = entry.into();
        self.0.place.entry = Some(match self.0.place.entry.take() {
            Some(inner) => format!("{outer}!{inner}"),
            None => outer,
        });
        self
    }

    /// Numbers the row.
    #[must_use]
    pub fn at_row(mut self, row: u64) -> Self {
        self.0.place.row = Some(row);
        self
    }

    /// Numbers the line.
    #[must_use]
    pub fn at_line(mut self, line: u64) -> Self {
        self.0.place.line = Some(line);
        self
    }

    /// Numbers the column within the line.
    #[must_use]
    pub fn at_column(mut self, column: u64) -> Self {
        self.0.place.column = Some(column);
        self
    }

    /// Names the field.
    #[must_use]
    pub fn in_field(mut self, field: impl Into<String>) -> Self {
        self.0.place.field = Some(field.into());
        self
    }

    /// Quotes the offending text, cut to 80 characters, control characters replaced.
    #[must_use]
    pub fn sample(mut self, text: &str) -> Self {
        let mut sample: String =
            text.chars().take(SAMPLE_CHARACTERS).map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect();
        if sample.len() < text.len() && text.chars().nth(SAMPLE_CHARACTERS).is_some() {
            sample.push('…');
        }
        self.0.sample = Some(sample);
        self
    }

    /// How much is lost.
    #[must_use]
    pub fn extent(&self) -> Extent {
        self.0.extent
    }

    /// Makes an item's error one of the whole input.
    #[must_use]
    pub fn of_input(mut self) -> Self {
        self.0.extent = Extent::Input;
        self
    }

    /// Makes an input's error one of a single item, for a file that is itself an item of a larger input.
    #[must_use]
    pub fn of_item(mut self) -> Self {
        self.0.extent = Extent::Item;
        self
    }

    /// Where.
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.0.place
    }

    /// Why, as one sentence without a full stop.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.0.reason
    }

    /// What can be done, where that is known.
    #[must_use]
    pub fn remedy_text(&self) -> Option<&str> {
        self.0.remedy.as_deref()
    }

    /// The offending text, shortened.
    #[must_use]
    pub fn sample_text(&self) -> Option<&str> {
        self.0.sample.as_deref()
    }
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.place != Place::default() {
            write!(f, "{}: ", self.0.place)?;
        }
        f.write_str(&self.0.reason)?;
        if let Some(sample) = &self.0.sample {
            write!(f, " (“{sample}”)")?;
        }
        match &self.0.remedy {
            Some(remedy) => write!(f, ". {remedy}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for SourceError {}

/// An I/O error ends the input; the words of the operating system are kept.
impl From<std::io::Error> for SourceError {
    fn from(error: std::io::Error) -> Self {
        Self::input(format!("the input cannot be read: {error}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_names_file_entry_place_reason_and_remedy() {
        let error = SourceError::item("a quote is left open")
            .in_entry("bulk.txt")
            .in_file("bulk.zip")
            .at_row(3)
            .at_line(5)
            .in_field("postadress")
            .sample("\"Gatan\n1")
            .remedy("Close it.");
        assert_eq!(
            error.to_string(),
            "bulk.zip!bulk.txt, row 3, line 5, field postadress: a quote is left open (“\"Gatan\u{FFFD}1”). Close it."
        );
        assert_eq!(error.extent(), Extent::Item);
    }

    #[test]
    fn nested_entries_are_joined_and_samples_are_cut() {
        let error = SourceError::input("x").in_entry("inner.zip").in_entry("outer.zip").sample(&"å".repeat(200));
        assert_eq!(error.place().entry.as_deref(), Some("outer.zip!inner.zip"));
        assert_eq!(error.sample_text().map(|text| text.chars().count()), Some(81));
    }
}
