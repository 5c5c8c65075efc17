//! Companies as files: what a file consists of, how it is written, and the exports that jobs write.
//!
//! A file is written by the same functions whether it is streamed in the answer to a request or made by a job.

pub mod column;
pub mod columnar;
pub mod delimited;
pub mod expire;
pub mod fetch_rows;
pub mod noted;
pub mod order;
pub mod record;
pub mod request;
pub mod sheet;
pub mod spreadsheet;
pub mod write_file;

use serde::{Deserialize, Serialize};

pub use domain::formula_guard::guarded;
pub use sheet::{Line, Sheet};

/// Which file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFormat {
    /// Comma-separated values in UTF-8 with a mark, as Excel wants it.
    Csv,
    /// An Excel workbook.
    Xlsx,
    /// Parquet, for programs: the fields under their keys, with types.
    Parquet,
}

impl FileFormat {
    /// The name used in the API and the database, which is also the ending of the file's name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Parquet => "parquet",
        }
    }

    /// Reads [`FileFormat::as_str`] back.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Csv, Self::Xlsx, Self::Parquet].into_iter().find(|format| format.as_str() == name)
    }

    /// What it is on the wire.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Parquet => "application/vnd.apache.parquet",
        }
    }

    /// Whether people read it. What only programs read has the keys of fields, and nothing of what people noted.
    #[must_use]
    pub fn is_for_people(self) -> bool {
        self != Self::Parquet
    }
}

/// Language of the headings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Language {
    /// English.
    #[serde(rename = "en")]
    English,
    /// Swedish.
    #[serde(rename = "sv")]
    Swedish,
}

impl Language {
    /// Reads `sv` or `en`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "sv" => Some(Self::Swedish),
            "en" => Some(Self::English),
            _ => None,
        }
    }

    /// Which of a label's words are in this language.
    #[must_use]
    pub fn words(self) -> domain::filter::words::Pick {
        match self {
            Self::Swedish => |label| label.sv,
            Self::English => |label| label.en,
        }
    }

    /// The one of the two texts that is in this language.
    #[must_use]
    pub fn pick<'a>(self, swedish: &'a str, english: &'a str) -> &'a str {
        match self {
            Self::Swedish => swedish,
            Self::English => english,
        }
    }
}
