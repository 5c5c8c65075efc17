//! What kind of text a table is: its delimiter, found in the header, and its encoding, found at the first letter
//! beyond ASCII.

use std::borrow::Cow;

use super::mapping::Encoding;
use crate::delimited::Row;
use crate::error::SourceError;

/// Reads bytes as text once the encoding is known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Decoder(Option<Encoding>);

impl Decoder {
    pub fn new(encoding: Option<Encoding>) -> Self {
        Self(encoding)
    }

    /// The encoding, once it is known; text of ASCII alone needs none.
    pub fn encoding(&self) -> Option<Encoding> {
        self.0
    }

    /// Decides at the first row that is not ASCII: well-formed UTF-8 hardly ever is anything else by accident.
    pub fn look_at(&mut self, row: &Row) {
        if self.0.is_none() && !row.bytes().is_ascii() {
            let is_utf8 = std::str::from_utf8(row.bytes()).is_ok();
            self.0 = Some(if is_utf8 { Encoding::Utf8 } else { Encoding::Windows1252 });
        }
    }

    /// The text; `None` when the bytes are not of the encoding.
    pub fn text<'a>(&self, bytes: &'a [u8]) -> Option<Cow<'a, str>> {
        match self.0 {
            Some(Encoding::Windows1252) => Some(encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0),
            _ => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
        }
    }
}

pub(super) fn not_utf8() -> SourceError {
    SourceError::item("the text is not UTF-8 although earlier text is")
        .remedy("Save the file in one encoding, or put “@encoding = windows-1252” into the mapping")
}

/// Spreadsheets, PDFs and UTF-16 text are named instead of being read as gibberish.
pub(super) fn refuse_other_formats(sample: &[u8]) -> Result<(), SourceError> {
    let what = if sample.starts_with(b"PK\x03\x04") {
        "a zip or an Excel workbook"
    } else if sample.starts_with(b"\xD0\xCF\x11\xE0") {
        "an old Excel workbook"
    } else if sample.starts_with(b"%PDF") {
        "a PDF"
    } else if sample.starts_with(b"\xFF\xFE") || sample.starts_with(b"\xFE\xFF") {
        "UTF-16 text"
    } else if is_markup(sample) {
        // A download that failed gives a page; what some sites call .xls is one, too.
        let page = SourceError::input("the file is a web page or XML, no table");
        return Err(page.remedy(
            "Look at it in a browser: where it is an error, fetch the file again; where it shows a \
            table, open it in a spreadsheet and save that as CSV or .xlsx",
        ));
    } else if sample.contains(&0) {
        "not text"
    } else {
        return Ok(());
    };
    Err(SourceError::input(format!("the file is {what}")).remedy("Save the table as CSV in UTF-8 and give that file"))
}

fn is_markup(sample: &[u8]) -> bool {
    let text = sample.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(sample).trim_ascii_start();
    let second = text.get(1).copied().unwrap_or_default();
    text.first() == Some(&b'<') && (matches!(second, b'!' | b'?') || second.is_ascii_alphabetic())
}

/// The delimiter that the header uses most, outside quotes.
pub(super) fn choose_delimiter(sample: &[u8]) -> Result<u8, SourceError> {
    let mut counts = [(b';', 0u32), (b'\t', 0), (b',', 0), (b'|', 0)];
    let mut is_quoted = false;
    for byte in sample {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' if !is_quoted => break,
            _ if is_quoted => {}
            _ => counts.iter_mut().filter(|(delimiter, _)| delimiter == byte).for_each(|(_, count)| *count += 1),
        }
    }
    if sample.is_empty() {
        return Err(SourceError::input("the file is empty"));
    }
    let (delimiter, _) = counts.into_iter().rev().max_by_key(|(_, count)| *count).unwrap_or((b';', 0));
    Ok(delimiter)
}
