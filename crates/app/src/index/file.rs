//! The index file: every row with its place in the change feed, so that a start need not read all of Postgres.
//!
//! Written beside the old one, flushed to disk and renamed over it: a process that is killed on the way leaves the old
//! file whole. A checksum over everything tells a damaged file, a fingerprint of the catalogue one of another version.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use chrono::NaiveDate;
use domain::catalogue::FIELDS;
use domain::facts::{CompanyFacts, FactValue};
use domain::orgnr::Orgnr;
use screen::{Index, SegmentBuilder, Snapshot};
use sha2::{Digest, Sha256};
use store::change_feed::FeedCursor;
use uuid::Uuid;

use super::ScreenIndex;

const MAGIC: &[u8; 8] = b"LODEIDX1";
const NAME: &str = "index.lode";

/// Why a file is not used.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It cannot be read.
    #[error("the index file cannot be read: {0}")]
    Io(#[from] io::Error),
    /// Its checksum or form is wrong.
    #[error("the index file is damaged: {0}")]
    Damaged(&'static str),
    /// It was written by another version of the program.
    #[error("the index file is of another version")]
    OtherVersion,
}

/// Which fields in which order and of which kind: a file is only read by a catalogue equal to its writer's.
fn fingerprint() -> [u8; 32] {
    let mut hash = Sha256::new();
    for field in FIELDS {
        hash.update(format!("{} {:?}\n", field.key, field.kind).as_bytes());
    }
    hash.finalize().into()
}

/// Writes the present state; a failure is logged, because the index lives without the file.
pub(super) async fn keep(shared: &ScreenIndex, index: &Arc<Index>, cursor: FeedCursor) {
    let Some(folder) = shared.folder.clone() else { return };
    let state = index.read();
    let begun = Instant::now();
    let written = tokio::task::spawn_blocking(move || write(&folder, &state, cursor)).await;
    match written {
        Ok(Ok(bytes)) => {
            tracing::debug!(bytes, seconds = begun.elapsed().as_secs_f64(), "index file written");
            metrics::gauge!("lode_index_file_bytes").set(bytes as f64);
        }
        Ok(Err(error)) => tracing::warn!(%error, "the index file cannot be written"),
        Err(error) => tracing::warn!(%error, "the index file was not written"),
    }
}

/// The index from the file; `None` when there is none.
pub(super) async fn read(shared: &ScreenIndex) -> Result<Option<(Index, FeedCursor)>, FileError> {
    let Some(path) = shared.folder.as_deref().map(|folder| folder.join(NAME)) else { return Ok(None) };
    if !path.exists() {
        return Ok(None);
    }
    shared.tell(|progress| progress.state = "loading from the index file".to_owned());
    let begun = Instant::now();
    let read = tokio::task::spawn_blocking(move || open(&path)).await;
    let (index, cursor) = read.map_err(|error| io::Error::other(error.to_string()))??;
    let seconds = begun.elapsed().as_secs_f64();
    let rows = index.read().len();
    tracing::info!(rows, seconds, "screening index loaded from its file");
    shared.tell(|progress| progress.loaded = Some(format!("{rows} companies from the index file in {seconds:.1} s")));
    Ok(Some((index, cursor)))
}

fn write(folder: &Path, state: &Snapshot, cursor: FeedCursor) -> io::Result<u64> {
    fs::create_dir_all(folder)?;
    let temporary: PathBuf = folder.join(format!("{NAME}.{}", std::process::id()));
    let done = write_to(&temporary, state, cursor).and_then(|bytes| {
        fs::rename(&temporary, folder.join(NAME))?;
        File::open(folder)?.sync_all()?;
        Ok(bytes)
    });
    if done.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    done
}

struct Hashing<W> {
    inner: W,
    hash: Sha256,
    bytes: u64,
}

impl<W: Write> Hashing<W> {
    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hash.update(bytes);
        self.bytes += bytes.len() as u64;
        self.inner.write_all(bytes)
    }
}

fn write_to(path: &Path, state: &Snapshot, cursor: FeedCursor) -> io::Result<u64> {
    let mut file =
        Hashing { inner: BufWriter::with_capacity(1 << 20, File::create(path)?), hash: Sha256::new(), bytes: 0 };
    file.put(MAGIC)?;
    file.put(&fingerprint())?;
    file.put(cursor.feed_id.as_bytes())?;
    file.put(&cursor.transaction.to_le_bytes())?;
    file.put(&cursor.seq.to_le_bytes())?;
    file.put(&state.version().to_le_bytes())?;
    file.put(&state.len().to_le_bytes())?;
    let mut buffer = Vec::with_capacity(1 << 16);
    let all = state.all();
    for row in state.rows(&all) {
        put_varint(&mut buffer, state.orgnr(row));
        for index in 0..FIELDS.len() {
            let field = domain::filter::FieldId(u16::try_from(index).unwrap_or(u16::MAX));
            encode(&mut buffer, &state.value(row, field));
        }
        if buffer.len() > 60_000 {
            file.put(&buffer)?;
            buffer.clear();
        }
    }
    file.put(&buffer)?;
    let Hashing { mut inner, hash, bytes } = file;
    inner.write_all(&hash.finalize())?;
    inner.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
    Ok(bytes + 32)
}

fn put_varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn zigzag(value: i64) -> u64 {
    ((value << 1) ^ (value >> 63)).cast_unsigned()
}

fn encode(out: &mut Vec<u8>, value: &FactValue) {
    match value {
        FactValue::Null => out.push(0),
        FactValue::Integer(number) => {
            out.push(1);
            put_varint(out, zigzag(*number));
        }
        FactValue::Real(number) => {
            out.push(2);
            out.extend_from_slice(&number.to_le_bytes());
        }
        FactValue::Boolean(yes) => out.push(3 + u8::from(*yes)),
        FactValue::Date(day) => {
            out.push(5);
            put_varint(out, zigzag(i64::from(day.to_epoch_days())));
        }
        FactValue::Text(text) => {
            out.push(6);
            put_varint(out, text.len() as u64);
            out.extend_from_slice(text.as_bytes());
        }
        FactValue::Texts(texts) => {
            out.push(7);
            put_varint(out, texts.len() as u64);
            for text in texts {
                put_varint(out, text.len() as u64);
                out.extend_from_slice(text.as_bytes());
            }
        }
    }
}

/// Checks the whole file first, then reads it: nothing of a damaged file is ever used.
fn open(path: &Path) -> Result<(Index, FeedCursor), FileError> {
    let length = fs::metadata(path)?.len();
    let body = length.checked_sub(32).ok_or(FileError::Damaged("it is too short"))?;
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    io::copy(&mut (&mut file).take(body), &mut HashWriter(&mut hash))?;
    let mut expected = [0; 32];
    file.read_exact(&mut expected)?;
    if <[u8; 32]>::from(hash.finalize()) != expected {
        return Err(FileError::Damaged("its checksum is wrong"));
    }
    let mut reader = Reader(BufReader::with_capacity(1 << 20, File::open(path)?.take(body)));
    if &reader.array::<8>()? != MAGIC || reader.array::<32>()? != fingerprint() {
        return Err(FileError::OtherVersion);
    }
    let feed_id = Uuid::from_bytes(reader.array()?);
    let transaction = i64::from_le_bytes(reader.array()?);
    let seq = i64::from_le_bytes(reader.array()?);
    let version = u64::from_le_bytes(reader.array()?);
    let rows = u64::from_le_bytes(reader.array()?);
    let mut builder = SegmentBuilder::new();
    for _ in 0..rows {
        let orgnr = Orgnr::from_number(reader.varint()?).map_err(|_| FileError::Damaged("a number is none"))?;
        let mut values = Vec::with_capacity(FIELDS.len());
        for _ in FIELDS {
            values.push(reader.value()?);
        }
        builder.push(&CompanyFacts { orgnr, values });
    }
    Ok((Index::from_base(builder.finish(), version), FeedCursor { feed_id, transaction, seq }))
}

struct HashWriter<'a>(&'a mut Sha256);

impl Write for HashWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Reader<R>(R);

impl<R: Read> Reader<R> {
    fn array<const N: usize>(&mut self) -> Result<[u8; N], FileError> {
        let mut bytes = [0; N];
        self.0.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    fn varint(&mut self) -> Result<u64, FileError> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let [byte] = self.array()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(FileError::Damaged("a number never ends"))
    }

    fn signed(&mut self) -> Result<i64, FileError> {
        let value = self.varint()?;
        Ok((value >> 1).cast_signed() ^ -(value & 1).cast_signed())
    }

    fn text(&mut self) -> Result<Box<str>, FileError> {
        let length = usize::try_from(self.varint()?).map_err(|_| FileError::Damaged("a text is too long"))?;
        if length > 1 << 26 {
            return Err(FileError::Damaged("a text is too long"));
        }
        let mut bytes = vec![0; length];
        self.0.read_exact(&mut bytes)?;
        String::from_utf8(bytes).map(Into::into).map_err(|_| FileError::Damaged("a text is not UTF-8"))
    }

    fn value(&mut self) -> Result<FactValue, FileError> {
        let [tag] = self.array()?;
        Ok(match tag {
            0 => FactValue::Null,
            1 => FactValue::Integer(self.signed()?),
            2 => FactValue::Real(f64::from_le_bytes(self.array()?)),
            3 => FactValue::Boolean(false),
            4 => FactValue::Boolean(true),
            5 => {
                let day = i32::try_from(self.signed()?).ok().and_then(NaiveDate::from_epoch_days);
                FactValue::Date(day.ok_or(FileError::Damaged("a day is none"))?)
            }
            6 => FactValue::Text(self.text()?),
            7 => {
                let count = self.varint()?;
                FactValue::Texts((0..count).map(|_| self.text()).collect::<Result<_, _>>()?)
            }
            _ => return Err(FileError::Damaged("a value is of no kind")),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Index {
        let rows: Vec<CompanyFacts> = screen::synthetic::companies(500, 7).collect();
        Index::build(&rows, 42)
    }

    #[test]
    fn a_file_reads_back_and_damage_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let index = sample();
        let cursor = FeedCursor { feed_id: Uuid::from_u128(7), transaction: 41, seq: i64::MAX };
        write(folder.path(), &index.read(), cursor).expect("written");
        let path = folder.path().join(NAME);
        let (back, at) = open(&path).expect("read");
        assert_eq!(at, cursor);
        let (before, after) = (index.read(), back.read());
        assert_eq!(after.version(), 42);
        let all = |state: &Snapshot| state.rows(&state.all()).filter_map(|row| state.facts(row)).collect::<Vec<_>>();
        assert_eq!(all(&after), all(&before));

        let whole = fs::read(&path).expect("bytes");
        for at in [0, 50, 100, whole.len() / 2, whole.len() - 40, whole.len() - 1] {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            fs::write(&path, &bytes).expect("written");
            assert!(matches!(open(&path), Err(FileError::Damaged(_))), "byte {at}");
        }
        for length in [0, 10, 31, 32, 80, whole.len() - 1] {
            fs::write(&path, &whole[..length]).expect("written");
            assert!(open(&path).is_err(), "{length} bytes");
        }
    }
}
