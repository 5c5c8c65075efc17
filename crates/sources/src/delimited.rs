//! Rows of delimited text from any reader, in memory bounded by the longest row that is let through.
//!
//! The registers' files are not quite CSV: headers without quotes, quotes escaped by doubling or by a backslash
//! (readers disagree), quotes left open. This scanner accepts all of that, and where a quote is left open it loses
//! one row instead of the rest of the file.

use std::io::Read;

use memchr::{memchr, memchr_iter, memchr2, memchr3};

use crate::error::SourceError;

/// How the text is divided.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// Between fields.
    pub delimiter: u8,
    /// Whether a field may be wrapped in `"`, and then hold delimiters and line breaks.
    pub quotes: bool,
    /// Whether `\"` inside a quoted field may mean `"` (doubling is always understood).
    pub backslash: bool,
    /// Recognises the first bytes of a row; with it, a quote left open is noticed at the next row's start.
    pub row_start: Option<fn(&[u8]) -> bool>,
    /// The longest row in bytes.
    pub longest_row: usize,
}

impl Layout {
    /// Fields between delimiters, without quotes.
    #[must_use]
    pub fn plain(delimiter: u8) -> Self {
        Self { delimiter, quotes: false, backslash: false, row_start: None, longest_row: LONGEST_ROW }
    }

    /// Fields that may be quoted, quotes doubled inside (RFC 4180).
    #[must_use]
    pub fn quoted(delimiter: u8) -> Self {
        Self { quotes: true, ..Self::plain(delimiter) }
    }
}

/// Bytes that `row_start` is given at least, unless the file ends first.
pub const ROW_START_BYTES: usize = 48;
const LONGEST_ROW: usize = 4 << 20;
const FIRST_BUFFER: usize = 1 << 18;

/// One row; fields are bytes, quotes and escapes already removed.
#[derive(Debug, Default)]
pub struct Row {
    /// Number, from 1; the header, where one was taken, does not count.
    pub number: u64,
    /// The line it starts on, from 1.
    pub line: u64,
    data: Vec<u8>,
    ends: Vec<usize>,
}

impl Row {
    /// How many fields.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are no fields.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// A field by position; empty when the row is shorter.
    #[must_use]
    pub fn field(&self, index: usize) -> &[u8] {
        let start = index.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(index).and_then(|end| self.data.get(start..*end)).unwrap_or_default()
    }

    /// Every field in order.
    pub fn fields(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.len()).map(|index| self.field(index))
    }

    /// All fields run together, for checks that need no boundaries.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.data
    }

    fn clear(&mut self) {
        self.data.clear();
        self.ends.clear();
    }

    fn end_field(&mut self) {
        self.ends.push(self.data.len());
    }
}

/// Reads rows one after the other.
#[derive(Debug)]
pub struct Rows<R> {
    input: R,
    layout: Layout,
    buffer: Vec<u8>,
    start: usize,
    filled: usize,
    ended: bool,
    line: u64,
    number: u64,
}

enum Step {
    /// A row of so many bytes, the line end included.
    Row(usize),
    /// More bytes are needed to tell.
    Incomplete,
    /// So many bytes are not a row.
    Broken(usize, &'static str),
}

impl<R: Read> Rows<R> {
    /// Starts reading; a UTF-8 byte order mark at the beginning is skipped.
    pub fn new(input: R, layout: Layout) -> Self {
        Self { input, layout, buffer: Vec::new(), start: 0, filled: 0, ended: false, line: 1, number: 0 }
    }

    /// Takes the header, which does not count as a row.
    ///
    /// # Errors
    /// When there is none, or when it cannot be read.
    pub fn header(&mut self, row: &mut Row) -> Result<(), SourceError> {
        let found = self.next_row(row)?;
        self.number = 0;
        if found {
            Ok(())
        } else {
            Err(SourceError::input("the file is empty").remedy("Check that the download was complete"))
        }
    }

    /// Reads the next row that is not blank; false at the end. After an error of one item, reading can go on.
    ///
    /// # Errors
    /// An item's error for a row that is too long or leaves a quote open; an input's error when reading fails.
    pub fn next_row(&mut self, row: &mut Row) -> Result<bool, SourceError> {
        loop {
            let pending = &self.buffer[self.start..self.filled];
            let step = if pending.is_empty() && !self.ended {
                Step::Incomplete
            } else if pending.is_empty() {
                return Ok(false);
            } else {
                divide(pending, self.ended, &self.layout, row)
            };
            match step {
                Step::Row(size) => {
                    row.line = self.line;
                    self.take(size);
                    let is_blank = row.len() == 1 && row.field(0).is_empty();
                    if is_blank {
                        continue;
                    }
                    self.number += 1;
                    row.number = self.number;
                    return Ok(true);
                }
                Step::Broken(size, reason) => return Err(self.broken(size, reason)),
                Step::Incomplete if self.filled - self.start > self.layout.longest_row => return Err(self.too_long()?),
                Step::Incomplete => self.fill()?,
            }
        }
    }

    fn take(&mut self, size: usize) {
        let taken = &self.buffer[self.start..self.start + size];
        self.line += memchr_iter(b'\n', taken).count() as u64;
        self.start += size;
    }

    fn broken(&mut self, size: usize, reason: &'static str) -> SourceError {
        self.number += 1;
        let (row, line) = (self.number, self.line);
        self.take(size);
        SourceError::item(reason)
            .at_row(row)
            .at_line(line)
            .remedy("The row is left out; ask the source for a corrected file")
    }

    /// Skips the rest of a row that is too long: to the next row start where one can be told, else to the line's end.
    fn too_long(&mut self) -> Result<SourceError, SourceError> {
        let limit = self.layout.longest_row;
        let error = self.broken(0, "");
        let place = (error.place().row.unwrap_or(0), error.place().line.unwrap_or(0));
        loop {
            let pending = &self.buffer[self.start..self.filled];
            match memchr(b'\n', pending) {
                Some(at) => {
                    let after = &pending[at + 1..];
                    let enough = after.len() >= ROW_START_BYTES || self.ended;
                    if !enough {
                        self.fill()?;
                        continue;
                    }
                    let starts = after.is_empty() || self.layout.row_start.is_none_or(|starts| starts(after));
                    self.take(at + 1);
                    if starts {
                        break;
                    }
                }
                None => {
                    self.start = self.filled;
                    if self.ended {
                        break;
                    }
                    self.fill()?;
                }
            }
        }
        Ok(SourceError::item(format!("the row is longer than {} KB", limit >> 10))
            .at_row(place.0)
            .at_line(place.1)
            .remedy("Check the delimiter, the line ends and the quotes of the file"))
    }

    fn fill(&mut self) -> Result<(), SourceError> {
        if self.start > 0 {
            self.buffer.copy_within(self.start..self.filled, 0);
            self.filled -= self.start;
            self.start = 0;
        }
        if self.filled == self.buffer.len() {
            self.buffer.resize((self.buffer.len() * 2).max(FIRST_BUFFER), 0);
        }
        let is_first = self.filled == 0 && self.line == 1 && self.number == 0;
        // One read would do, but many readers give small pieces and every piece means dividing the last row again.
        while self.filled < self.buffer.len() {
            match self.input.read(&mut self.buffer[self.filled..]) {
                Ok(0) => {
                    self.ended = true;
                    break;
                }
                Ok(size) => self.filled += size,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.ended = true;
                    return Err(SourceError::from(error).at_line(self.line));
                }
            }
        }
        if is_first && self.buffer[..self.filled].starts_with(b"\xEF\xBB\xBF") {
            self.start = 3;
        }
        Ok(())
    }
}

/// Divides the first row of `bytes` into fields.
fn divide(bytes: &[u8], ended: bool, layout: &Layout, row: &mut Row) -> Step {
    row.clear();
    let mut at = 0;
    loop {
        if layout.quotes && bytes.get(at) == Some(&b'"') {
            match quoted(bytes, at + 1, ended, layout, row) {
                Ok(next) => at = next,
                Err(step) => return step,
            }
        } else {
            let stop = match memchr2(layout.delimiter, b'\n', &bytes[at..]) {
                Some(length) => at + length,
                None if ended => bytes.len(),
                None => return Step::Incomplete,
            };
            let mut field = &bytes[at..stop];
            if bytes.get(stop) != Some(&layout.delimiter) {
                field = field.strip_suffix(b"\r").unwrap_or(field);
            }
            row.data.extend_from_slice(field);
            at = stop;
        }
        row.end_field();
        match bytes.get(at) {
            Some(byte) if *byte == layout.delimiter => at += 1,
            Some(b'\r') => return Step::Row(at + 2.min(bytes.len() - at)),
            Some(_) => return Step::Row(at + 1),
            None => return Step::Row(at),
        }
    }
}

/// Reads a quoted field from behind its opening quote; gives the position behind the closing one.
fn quoted(bytes: &[u8], from: usize, ended: bool, layout: &Layout, row: &mut Row) -> Result<usize, Step> {
    const OPEN: &str = "a quoted field is not closed";
    let (mut at, mut run) = (from, from);
    loop {
        let Some(found) = memchr3(b'"', b'\\', b'\n', bytes.get(at..).unwrap_or_default()) else {
            return Err(if ended { Step::Broken(bytes.len(), OPEN) } else { Step::Incomplete });
        };
        at += found;
        let rest = &bytes[at + 1..];
        // What follows decides; near the buffer's end it may not be there yet.
        if rest.len() < 4 && !ended {
            return Err(Step::Incomplete);
        }
        match bytes[at] {
            b'\n' => {
                if let Some(starts) = layout.row_start {
                    if rest.len() < ROW_START_BYTES && !ended {
                        return Err(Step::Incomplete);
                    }
                    if starts(rest) {
                        return Err(Step::Broken(at + 1, OPEN));
                    }
                }
                at += 1;
            }
            b'\\' => {
                // A backslash before the quote that closes the field is an ordinary character.
                if layout.backslash && rest.first() == Some(&b'"') && !closes(&rest[1..], layout, true) {
                    row.data.extend_from_slice(&bytes[run..at]);
                    run = at + 1;
                    at += 2;
                } else {
                    at += 1;
                }
            }
            _ => {
                if rest.first() == Some(&b'"') {
                    row.data.extend_from_slice(&bytes[run..=at]);
                    at += 2;
                    run = at;
                } else if closes(rest, layout, false) {
                    row.data.extend_from_slice(&bytes[run..at]);
                    return Ok(at + 1);
                } else {
                    // A stray quote inside the field: kept as it stands.
                    at += 1;
                }
            }
        }
    }
}

/// Whether a quote followed by `rest` closes its field; `strictly` asks that the next field opens with a quote too.
fn closes(rest: &[u8], layout: &Layout, strictly: bool) -> bool {
    let opens = |after: &[u8]| !strictly || after.first().is_none_or(|byte| *byte == b'"');
    match rest {
        [] | [b'\r'] => true,
        [b'\n', after @ ..] | [b'\r', b'\n', after @ ..] => opens(after),
        [byte, after @ ..] => *byte == layout.delimiter && opens(after),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn bulk() -> Layout {
        Layout {
            backslash: true,
            row_start: Some(|bytes| bytes.starts_with(b"\"1") && memchr(b'$', &bytes[..bytes.len().min(20)]).is_some()),
            ..Layout::quoted(b';')
        }
    }

    fn all(text: &[u8], layout: Layout) -> Vec<Result<Vec<String>, String>> {
        let mut rows = Rows::new(text, layout);
        let (mut row, mut out) = (Row::default(), Vec::new());
        loop {
            match rows.next_row(&mut row) {
                Ok(true) => {
                    out.push(Ok(row.fields().map(|field| String::from_utf8_lossy(field).into_owned()).collect()))
                }
                Ok(false) => return out,
                Err(error) => out.push(Err(error.to_string())),
            }
        }
    }

    fn fields(text: &str) -> Vec<String> {
        let mut rows = all(text.as_bytes(), bulk());
        assert_eq!(rows.len(), 1, "{text}: {rows:?}");
        rows.remove(0).unwrap()
    }

    #[test]
    fn quotes_may_be_doubled_or_escaped_and_fields_may_hold_line_breaks() {
        assert_eq!(fields("\"a\nb;c\";\"d\"\n"), ["a\nb;c", "d"]);
        assert_eq!(fields("\"say \"\"hi\"\"\";\"d\"\r\n"), ["say \"hi\"", "d"]);
        assert_eq!(fields("\"say \\\"hi\\\"\";\"d\""), ["say \"hi\"", "d"]);
        assert_eq!(fields("\"\";\"d\";\"\"\n"), ["", "d", ""]);
        assert_eq!(fields("a;b;\n"), ["a", "b", ""]);
    }

    #[test]
    fn a_backslash_that_ends_a_field_does_not_swallow_the_next_one() {
        assert_eq!(fields("\"C:\\dir\\\";\"d\"\n"), ["C:\\dir\\", "d"]);
        assert_eq!(fields("\"Kalle \\\"Kul\\\";bolaget\";\"d\"\n"), ["Kalle \"Kul\";bolaget", "d"]);
    }

    #[test]
    fn a_quote_left_open_loses_one_row_only() {
        let text = "\"1$A\";\"ok\"\n\"1$B\";\"open\nmore\n\"1$C\";\"fine\"\n";
        let rows = all(text.as_bytes(), bulk());
        assert_eq!(rows.len(), 3);
        assert!(rows[1].as_ref().is_err_and(|error| error.contains("row 2, line 2") && error.contains("not closed")));
        assert_eq!(rows[2], Ok(vec!["1$C".to_owned(), "fine".to_owned()]));
    }

    #[test]
    fn an_endless_line_is_one_error_in_bounded_memory() {
        let layout = Layout { longest_row: 1 << 20, ..Layout::quoted(b';') };
        let endless = std::io::repeat(b'x').take(64 << 20).chain(&b"\nnext;row\n"[..]);
        let mut rows = Rows::new(endless, layout);
        let mut row = Row::default();
        let error = rows.next_row(&mut row).unwrap_err();
        assert!(error.to_string().contains("longer than 1024 KB"), "{error}");
        assert!(rows.buffer.len() <= 4 << 20);
        assert!(rows.next_row(&mut row).unwrap());
        assert_eq!((row.field(0), row.line, row.number), (&b"next"[..], 2, 2));
    }

    #[test]
    fn byte_order_mark_and_blank_lines_are_skipped() {
        assert_eq!(all(b"\xEF\xBB\xBFa;b\r\n\r\n\nc;d", Layout::quoted(b';')).len(), 2);
        assert_eq!(all(b"\xEF\xBB\xBFa;b", Layout::quoted(b';'))[0].as_ref().unwrap()[0], "a");
    }

    proptest! {
        #[test]
        fn any_bytes_end(bytes in proptest::collection::vec(prop_oneof![Just(b'"'), Just(b'\\'), Just(b';'), Just(b'\n'), Just(b'\r'), any::<u8>()], 0..200)) {
            for layout in [bulk(), Layout::quoted(b';'), Layout::plain(b'\t')] {
                prop_assert!(all(&bytes, layout).len() <= bytes.len() + 1);
            }
        }

        #[test]
        fn what_a_csv_writer_writes_is_read_back(
            table in proptest::collection::vec(proptest::collection::vec("[a-zåä\"\\\\; \n,]{0,12}", 3), 1..8)
        ) {
            let mut writer = csv::WriterBuilder::new().delimiter(b';').quote_style(csv::QuoteStyle::Always).from_writer(Vec::new());
            for line in &table {
                writer.write_record(line).unwrap();
            }
            let text = writer.into_inner().unwrap();
            let rows: Vec<_> = all(&text, Layout::quoted(b';')).into_iter().map(Result::unwrap).collect();
            prop_assert_eq!(rows, table);
        }
    }
}
