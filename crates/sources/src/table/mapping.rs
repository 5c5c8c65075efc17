//! The mapping of a table: one line per field, `field = Heading`, and options that start with `@`.

use super::fields::{Field, fold};
use crate::error::SourceError;

/// The unit of an amount.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// Whole kronor (or whole units of another currency).
    #[default]
    One,
    /// Thousands (tkr, kkr).
    Thousand,
    /// Millions (mkr, mnkr, msek).
    Million,
    /// Billions (mdkr).
    Billion,
}

impl Unit {
    /// The power of ten.
    #[must_use]
    pub fn exponent(self) -> u8 {
        match self {
            Self::One => 0,
            Self::Thousand => 3,
            Self::Million => 6,
            Self::Billion => 9,
        }
    }

    /// The word for it that mappings use.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::One => "kr",
            Self::Thousand => "tkr",
            Self::Million => "mkr",
            Self::Billion => "mdkr",
        }
    }

    /// Reads `kr`, `tkr`, `mkr` and their spellings, with or without a currency.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        if word.trim() == "1" { Some(Self::One) } else { super::unit::read(word).map(|scale| scale.unit) }
    }
}

/// How text is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// Windows-1252, which ISO-8859-1 is a part of.
    Windows1252,
}

/// How costs are signed in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Costs {
    /// As in Lode: a cost is negative.
    Negative,
    /// As in a printed iXBRL report: a cost is positive.
    Positive,
}

/// One line of the mapping: which heading holds a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub field: Field,
    /// The heading without a unit in square brackets behind it.
    pub heading: String,
    /// All that stands behind the “=”, for a heading that itself ends in square brackets.
    pub value: String,
    pub unit: Option<Unit>,
    pub line: u64,
}

impl Entry {
    /// Whether a heading is the one that the entry names; capitals, spaces and marks do not tell headings apart.
    pub fn is_called(&self, heading: &str) -> bool {
        heading == self.value
            || heading == self.heading
            || (!fold(&self.heading).is_empty() && fold(heading) == fold(&self.heading))
    }
}

/// A mapping that has been read. Without entries the columns are recognised by their headings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    pub(super) entries: Vec<Entry>,
    pub(super) unit: Option<Unit>,
    pub(super) decimal: Option<char>,
    pub(super) encoding: Option<Encoding>,
    pub(super) delimiter: Option<u8>,
    pub(super) costs: Option<Costs>,
    pub(super) currency: Option<domain::currency::Currency>,
    pub(super) group_scope: Option<bool>,
    pub(super) third_party: bool,
}

impl Mapping {
    /// Reads a mapping.
    ///
    /// # Errors
    /// When a line is neither a comment, an option nor a field, with its number and what is expected.
    pub fn parse(text: &str) -> Result<Self, SourceError> {
        let mut mapping = Self::default();
        for (index, line) in text.trim_start_matches('\u{FEFF}').lines().enumerate() {
            let number = index as u64 + 1;
            let wrong = |reason: String, remedy: &str| {
                SourceError::input(reason).in_file("mapping").at_line(number).sample(line).remedy(remedy)
            };
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let Some((name, value)) = line.split_once('=') else {
                return Err(wrong(
                    "the line has no “=”".to_owned(),
                    "Write field = Heading, @option = value, or # comment",
                ));
            };
            let (name, value) = (name.trim(), value.trim());
            if let Some(option) = name.strip_prefix('@') {
                mapping
                    .option(option, value)
                    .map_err(|expected| wrong(format!("@{option} cannot be “{value}”"), expected))?;
                continue;
            }
            let Some(field) = Field::from_key(name) else {
                return Err(wrong(format!("{name} is not a field"), "The fields are listed in docs/import-mapping.md"));
            };
            let (heading, unit) =
                match value.rsplit_once('[').and_then(|(heading, rest)| Some((heading, rest.strip_suffix(']')?))) {
                    Some((heading, word)) => match Unit::from_word(word) {
                        Some(unit) => (heading.trim(), Some(unit)),
                        None => return Err(wrong(format!("{word} is not a unit"), "Units are kr, tkr and mkr")),
                    },
                    None => (value, None),
                };
            if heading.is_empty() {
                return Err(wrong(format!("{name} has no heading"), "Write the heading as it stands in the table"));
            }
            if mapping.entries.iter().any(|entry| entry.field == field) {
                return Err(wrong(format!("{name} is mapped twice"), "Keep one of the lines"));
            }
            let (heading, value) = (heading.to_owned(), value.to_owned());
            mapping.entries.push(Entry { field, heading, value, unit, line: number });
        }
        Ok(mapping)
    }

    fn option(&mut self, name: &str, value: &str) -> Result<(), &'static str> {
        match name {
            "unit" => self.unit = Some(Unit::from_word(value).ok_or("Units are kr, tkr and mkr")?),
            "decimal" => {
                self.decimal = Some(match value {
                    "," | "comma" => ',',
                    "." | "point" => '.',
                    _ => return Err("The decimal mark is “,” or “.”"),
                });
            }
            "encoding" => {
                self.encoding = Some(match value.to_lowercase().as_str() {
                    "utf-8" | "utf8" => Encoding::Utf8,
                    "windows-1252" | "cp1252" | "iso-8859-1" | "latin1" | "latin-1" => Encoding::Windows1252,
                    _ => return Err("Encodings are utf-8, windows-1252 and iso-8859-1"),
                });
            }
            "delimiter" => {
                self.delimiter = Some(match value {
                    "tab" | "\\t" => b'\t',
                    ";" | "semicolon" => b';',
                    "," | "comma" => b',',
                    "|" | "pipe" => b'|',
                    _ => return Err("Delimiters are ; , | and tab"),
                });
            }
            "costs" => {
                self.costs = Some(match value {
                    "negative" => Costs::Negative,
                    "positive" => Costs::Positive,
                    _ => return Err("Costs are negative or positive"),
                });
            }
            "currency" => self.currency = Some(value.parse().map_err(|_| "Give an ISO 4217 code such as SEK")?),
            "scope" => {
                self.group_scope = Some(match value {
                    "company" => false,
                    "group" => true,
                    _ => return Err("The scope is company or group"),
                });
            }
            "preset" if value == "third-party" => self.third_party = true,
            "preset" => return Err("The only preset is third-party"),
            _ => {
                return Err(
                    "Options are @unit, @decimal, @encoding, @delimiter, @costs, @currency, @scope and @preset",
                );
            }
        }
        Ok(())
    }
}
