//! What a table will be read as, from a file: the same opening as an import's, and nothing written.

use std::io::{Read, Seek};

use sources::error::SourceError;
use sources::register_file::RegisterFile;
use sources::table::Input;
use sources::table::preview::{self, Kind, Preview};

use super::ImportKind;
use super::tables::look_for_json;

/// Rows that are shown.
const ROWS: usize = 10;

/// The kind of table that an import reads; `None` for imports that read no tables of people's own.
#[must_use]
pub fn table_kind(kind: ImportKind) -> Option<Kind> {
    match kind {
        ImportKind::Accounts => Some(Kind::Accounts),
        ImportKind::Companies => Some(Kind::Companies),
        _ => None,
    }
}

/// Looks at a file as an import of its kind would.
///
/// # Errors
/// When the file is no table, or the mapping cannot be understood.
pub fn preview(kind: Kind, file: impl Read + Seek, mapping: Option<&str>) -> Result<Preview, SourceError> {
    let mut opened = RegisterFile::open(file)?;
    let entry = opened.entry_name().map(str::to_owned);
    let in_entry = |error: SourceError| match &entry {
        Some(entry) => error.in_entry(entry.as_str()),
        None => error,
    };
    let input = match opened.table().map_err(in_entry)? {
        Input::Sheet(sheet) => Input::Sheet(sheet),
        Input::Text(text) => {
            let (is_json, text) = look_for_json(text)?;
            if is_json {
                return Err(SourceError::input("this is an answer of a register, which needs no mapping")
                    .remedy("Import it as it is"));
            }
            Input::Text(text)
        }
    };
    preview::preview(kind, input, mapping, ROWS).map_err(in_entry)
}
