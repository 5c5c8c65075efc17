//! `COPY … (FORMAT BINARY)`: the fastest way into and out of Postgres, with values encoded by hand.
//!
//! The format is fixed by the PostgreSQL manual (COPY, "Binary Format"): a 19-byte header, then per row a column
//! count and per column a length and the type's binary form, then a trailer. Numbers are big-endian; days count
//! from 2000-01-01.

use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

const HEADER: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";
const TEXT_OID: i32 = 25;
const SEND_BYTES: usize = 1 << 18;

/// Rows being encoded; columns are written left to right, and every row must have the same number of them.
#[derive(Debug)]
pub struct BinaryRows {
    buffer: Vec<u8>,
    columns: i16,
    rows: u64,
}

impl BinaryRows {
    /// No rows yet, each to have this many columns.
    #[must_use]
    pub fn new(columns: i16) -> Self {
        Self { buffer: HEADER.to_vec(), columns, rows: 0 }
    }

    /// Starts the next row.
    pub fn begin_row(&mut self) {
        self.buffer.extend_from_slice(&self.columns.to_be_bytes());
        self.rows += 1;
    }

    /// How many rows were begun.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.rows
    }

    /// Whether no row was begun.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// A null of any type.
    pub fn null(&mut self) {
        self.buffer.extend_from_slice(&(-1_i32).to_be_bytes());
    }

    /// `bigint`.
    pub fn bigint(&mut self, value: Option<i64>) {
        self.fixed(value.map(i64::to_be_bytes));
    }

    /// `integer`.
    pub fn integer(&mut self, value: Option<i32>) {
        self.fixed(value.map(i32::to_be_bytes));
    }

    /// `smallint`.
    pub fn smallint(&mut self, value: Option<i16>) {
        self.fixed(value.map(i16::to_be_bytes));
    }

    /// `double precision`.
    pub fn double(&mut self, value: Option<f64>) {
        self.fixed(value.map(f64::to_be_bytes));
    }

    /// `boolean`.
    pub fn boolean(&mut self, value: Option<bool>) {
        self.fixed(value.map(|yes| [u8::from(yes)]));
    }

    /// `date`.
    pub fn date(&mut self, value: Option<NaiveDate>) {
        self.fixed(value.map(|day| days_since_2000(day).to_be_bytes()));
    }

    /// `uuid`.
    pub fn uuid(&mut self, value: Option<Uuid>) {
        self.fixed(value.map(Uuid::into_bytes));
    }

    /// `text`; NUL characters, which Postgres cannot hold, are left out.
    pub fn text(&mut self, value: Option<&str>) {
        match value {
            None => self.null(),
            Some(text) if text.contains('\0') => self.bytes(text.replace('\0', "").as_bytes()),
            Some(text) => self.bytes(text.as_bytes()),
        }
    }

    /// `text[]`.
    pub fn texts<T: AsRef<str>>(&mut self, value: Option<&[T]>) {
        let Some(texts) = value else { return self.null() };
        let start = self.buffer.len();
        self.buffer.extend_from_slice(&[0; 4]);
        let dimensions = i32::from(!texts.is_empty());
        for word in [dimensions, 0, TEXT_OID] {
            self.buffer.extend_from_slice(&word.to_be_bytes());
        }
        if !texts.is_empty() {
            self.buffer.extend_from_slice(&length(texts.len()).to_be_bytes());
            self.buffer.extend_from_slice(&1_i32.to_be_bytes());
        }
        for text in texts {
            self.text(Some(text.as_ref()));
        }
        let size = length(self.buffer.len() - start - 4);
        self.buffer[start..start + 4].copy_from_slice(&size.to_be_bytes());
    }

    /// `jsonb`, from JSON text; escaped NUL characters, which jsonb cannot hold, are left out.
    pub fn jsonb(&mut self, json: &str) {
        // Version 1 of jsonb's binary form is the text behind one byte.
        if json.contains("\\u0000") {
            let clean = without_nul(json);
            return self.jsonb_bytes(clean.as_bytes());
        }
        self.jsonb_bytes(json.as_bytes());
    }

    fn jsonb_bytes(&mut self, json: &[u8]) {
        self.buffer.extend_from_slice(&length(json.len() + 1).to_be_bytes());
        self.buffer.push(1);
        self.buffer.extend_from_slice(json);
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(&length(bytes.len()).to_be_bytes());
        self.buffer.extend_from_slice(bytes);
    }

    fn fixed<const N: usize>(&mut self, value: Option<[u8; N]>) {
        match value {
            None => self.null(),
            Some(bytes) => self.bytes(&bytes),
        }
    }

    /// Sends every row to the table named in `statement` (`COPY … FROM STDIN (FORMAT BINARY)`) and returns their number.
    ///
    /// # Errors
    /// When the server refuses a row; the surrounding transaction is then aborted.
    pub async fn send(mut self, conn: &mut PgConnection, statement: &str) -> sqlx::Result<u64> {
        self.buffer.extend_from_slice(&(-1_i16).to_be_bytes());
        let mut copy = conn.copy_in_raw(statement).await?;
        for piece in self.buffer.chunks(SEND_BYTES) {
            copy.send(piece).await?;
        }
        copy.finish().await
    }
}

/// Lengths of the format are signed 32-bit; Postgres refuses single values of 1 GB anyway.
fn length(bytes: usize) -> i32 {
    i32::try_from(bytes).unwrap_or(i32::MAX)
}

/// The day as Postgres counts it.
#[must_use]
pub fn days_since_2000(day: NaiveDate) -> i32 {
    i32::try_from((day - EPOCH).num_days()).unwrap_or(0)
}

/// The day that Postgres counts from.
const EPOCH: NaiveDate = match NaiveDate::from_ymd_opt(2000, 1, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// Reads back [`days_since_2000`].
#[must_use]
pub fn day_from_2000(days: i32) -> Option<NaiveDate> {
    EPOCH.checked_add_signed(chrono::Duration::days(i64::from(days)))
}

/// JSON text with NUL characters removed from every string and key; text that is not JSON becomes `null`.
#[must_use]
pub fn without_nul(json: &str) -> String {
    fn clean(value: serde_json::Value) -> serde_json::Value {
        use serde_json::Value;
        match value {
            Value::String(text) => Value::String(text.replace('\0', "")),
            Value::Array(items) => Value::Array(items.into_iter().map(clean).collect()),
            Value::Object(map) => {
                Value::Object(map.into_iter().map(|(k, v)| (k.replace('\0', ""), clean(v))).collect())
            }
            other => other,
        }
    }
    serde_json::from_str(json).map_or_else(|_| "null".to_owned(), |value| clean(value).to_string())
}

/// Splits a binary COPY stream, which arrives in pieces of any size, into rows.
#[derive(Debug, Default)]
pub struct BinaryReader {
    pending: Vec<u8>,
    past_header: bool,
    ended: bool,
}

impl BinaryReader {
    /// Takes the next piece and calls `row` with the columns of every row that is now complete.
    ///
    /// # Errors
    /// When the bytes are not a binary COPY stream, or when `row` fails.
    pub fn push(
        &mut self,
        piece: &[u8],
        mut row: impl FnMut(&[Option<&[u8]>]) -> sqlx::Result<()>,
    ) -> sqlx::Result<()> {
        // Servers send one row per message, so nearly always nothing is pending and the piece is read in place.
        let taken = std::mem::take(&mut self.pending);
        let joined;
        let mut rest: &[u8] = if taken.is_empty() {
            piece
        } else {
            joined = [&taken[..], piece].concat();
            &joined
        };
        if !self.past_header {
            let Some(extension) = rest.get(15..19) else {
                self.pending = rest.to_vec();
                return Ok(());
            };
            if !rest.starts_with(&HEADER[..11]) {
                return Err(sqlx::Error::Protocol("the stream is not a binary COPY".to_owned()));
            }
            let skip =
                19 + i32::from_be_bytes([extension[0], extension[1], extension[2], extension[3]]).max(0) as usize;
            if rest.len() < skip {
                self.pending = rest.to_vec();
                return Ok(());
            }
            rest = &rest[skip..];
            self.past_header = true;
        }
        let mut columns: Vec<Option<&[u8]>> = Vec::with_capacity(80);
        while !self.ended && !rest.is_empty() {
            match next_row(rest, &mut columns) {
                Next::Incomplete => break,
                Next::End => self.ended = true,
                Next::Row(after) => {
                    row(&columns)?;
                    rest = after;
                }
            }
        }
        if !self.ended {
            self.pending = rest.to_vec();
        }
        Ok(())
    }

    /// Whether the trailer has been seen: without it the stream was cut off.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.ended
    }
}

enum Next<'a> {
    Incomplete,
    End,
    Row(&'a [u8]),
}

fn next_row<'a>(bytes: &'a [u8], columns: &mut Vec<Option<&'a [u8]>>) -> Next<'a> {
    columns.clear();
    let Some((count, mut rest)) = bytes.split_first_chunk::<2>() else { return Next::Incomplete };
    let count = i16::from_be_bytes(*count);
    if count < 0 {
        return Next::End;
    }
    for _ in 0..count {
        let Some((size, after)) = rest.split_first_chunk::<4>() else { return Next::Incomplete };
        let size = i32::from_be_bytes(*size);
        if size < 0 {
            columns.push(None);
            rest = after;
            continue;
        }
        let Some((value, after)) = after.split_at_checked(size as usize) else { return Next::Incomplete };
        columns.push(Some(value));
        rest = after;
    }
    Next::Row(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_read_back_however_the_stream_is_cut() {
        let mut rows = BinaryRows::new(3);
        for number in 0..5_i64 {
            rows.begin_row();
            rows.bigint(Some(number));
            rows.text(Some("å\0ä"));
            rows.null();
        }
        rows.buffer.extend_from_slice(&(-1_i16).to_be_bytes());
        for size in [1, 2, 7, 33, 1000] {
            let (mut reader, mut seen) = (BinaryReader::default(), Vec::new());
            for piece in rows.buffer.chunks(size) {
                reader
                    .push(piece, |columns| {
                        assert_eq!(columns[1], Some("åä".as_bytes()));
                        assert_eq!(columns[2], None);
                        seen.push(columns[0].map(<[u8]>::to_vec));
                        Ok(())
                    })
                    .unwrap();
            }
            assert!(reader.is_complete());
            assert_eq!(seen, (0..5_i64).map(|n| Some(n.to_be_bytes().to_vec())).collect::<Vec<_>>());
        }
    }

    #[test]
    fn nul_is_removed_from_json_but_an_escaped_backslash_is_kept() {
        assert_eq!(without_nul(r#"{"a\u0000":"b\u0000c","d":"\\u0000"}"#), r#"{"a":"bc","d":"\\u0000"}"#);
    }
}
