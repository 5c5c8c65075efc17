//! The index file: the index as it stands in memory with its place in the change feed, so that a start need not read all of Postgres.
//!
//! Written beside the old one, flushed to disk and renamed over it: a process that is killed on the way leaves the old
//! file whole. Checksums tell a damaged file, a fingerprint of the catalogue one of another version.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use domain::catalogue::FIELDS;
use screen::file::StreamError;
use screen::{Index, Snapshot};
use sha2::{Digest, Sha256};
use store::change_feed::{Entry, FeedCursor};
use uuid::Uuid;

use super::ScreenIndex;

const MAGIC: &[u8; 8] = b"LODEIDX3";
const NAME: &str = "index.lode";

/// Magic number, fingerprint, place in the change feed: feed, transaction, number, and the newest entry that was read, of
/// which all is zero when there was none.
const HEADER_BYTES: usize = 8 + 32 + 16 + 8 + 8 + 4 * 8;

/// Why a file is not used.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It cannot be read.
    #[error("the index file cannot be read: {0}")]
    Io(#[from] io::Error),
    /// A checksum or its form is wrong.
    #[error("the index file is damaged: {0}")]
    Damaged(String),
    /// It was written by another version of the program.
    #[error("the index file is of another version")]
    OtherVersion,
}

impl From<StreamError> for FileError {
    fn from(error: StreamError) -> Self {
        match error {
            StreamError::Io(error) => Self::Io(error),
            StreamError::Damaged(_) => Self::Damaged(error.to_string()),
        }
    }
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
    remove_leftovers(folder);
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

/// Takes away what killed processes left half-written. The folder has one writer: whoever serves from it.
fn remove_leftovers(folder: &Path) {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    let is_leftover = |name: &str| name.strip_prefix(NAME).is_some_and(|rest| rest.starts_with('.'));
    for file in files.filter(|file| file.file_name().to_str().is_some_and(is_leftover)) {
        // What cannot be removed now is tried again next time.
        let _ = fs::remove_file(file.path());
    }
}

fn header(cursor: FeedCursor) -> Vec<u8> {
    let mut header = Vec::with_capacity(HEADER_BYTES);
    header.extend_from_slice(MAGIC);
    header.extend_from_slice(&fingerprint());
    header.extend_from_slice(cursor.feed_id.as_bytes());
    header.extend_from_slice(&cursor.transaction.to_le_bytes());
    header.extend_from_slice(&cursor.seq.to_le_bytes());
    let newest = cursor.newest.map_or([0; 4], |entry| [entry.transaction, entry.seq, entry.orgnr, entry.noted_at]);
    newest.iter().for_each(|number| header.extend_from_slice(&number.to_le_bytes()));
    header
}

fn write_to(path: &Path, state: &Snapshot, cursor: FeedCursor) -> io::Result<u64> {
    let mut file = File::create(path)?;
    let header = header(cursor);
    file.write_all(&header)?;
    file.write_all(&Sha256::digest(&header))?;
    let bytes = screen::file::write(state, &mut file)?;
    file.sync_all()?;
    Ok(bytes + header.len() as u64 + 32)
}

/// Nothing of a damaged file is ever used: each part is compared with its checksum before it is read.
fn open(path: &Path) -> Result<(Index, FeedCursor), FileError> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let too_short = || FileError::Damaged("it is too short".to_owned());
    let body = length.checked_sub(HEADER_BYTES as u64 + 32).ok_or_else(too_short)?;
    let (mut header, mut expected) = ([0; HEADER_BYTES], [0; 32]);
    file.read_exact(&mut header)?;
    file.read_exact(&mut expected)?;
    let (magic, rest) = header.split_at(MAGIC.len());
    if magic != MAGIC {
        return Err(FileError::OtherVersion);
    }
    if <[u8; 32]>::from(Sha256::digest(header)) != expected {
        return Err(FileError::Damaged("the checksum of its beginning is wrong".to_owned()));
    }
    let (written_by, mut rest) = rest.split_at(32);
    if written_by != fingerprint() {
        return Err(FileError::OtherVersion);
    }
    let (mut feed_id, mut numbers) = ([0; 16], [0; 6]);
    rest.read_exact(&mut feed_id)?;
    for number in &mut numbers {
        let mut bytes = [0; 8];
        rest.read_exact(&mut bytes)?;
        *number = i64::from_le_bytes(bytes);
    }
    let [transaction, seq, newest @ ..] = numbers;
    let [of, number, orgnr, noted_at] = newest;
    let newest = (newest != [0; 4]).then_some(Entry { transaction: of, seq: number, orgnr, noted_at });
    let cursor = FeedCursor { feed_id: Uuid::from_bytes(feed_id), transaction, seq, newest };
    Ok((Index::from_snapshot(screen::file::read(file, body)?), cursor))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::facts::CompanyFacts;
    use screen::Change;

    /// Companies in the base and in changes, some of them replaced or removed, and an alphabetical order.
    fn sample() -> Index {
        let rows: Vec<CompanyFacts> = screen::synthetic::companies(500, 7).collect();
        let index = Index::build(&rows, 40);
        let changed: Vec<CompanyFacts> = screen::synthetic::companies(60, 8).collect();
        index.apply(changed.into_iter().map(|facts| Change { orgnr: facts.orgnr, facts: Some(facts) }), 41);
        index.apply(rows[50..70].iter().map(|facts| Change { orgnr: facts.orgnr, facts: None }), 42);
        index
    }

    const CURSOR: FeedCursor = FeedCursor {
        feed_id: Uuid::from_u128(7),
        transaction: 41,
        seq: i64::MAX,
        newest: Some(Entry { transaction: 40, seq: 9, orgnr: 5_560_125_790, noted_at: 1_700_000_000_000_000 }),
    };

    fn all(state: &Snapshot) -> Vec<CompanyFacts> {
        state.rows(&state.all()).filter_map(|row| state.facts(row)).collect()
    }

    #[test]
    fn a_file_reads_back_and_damage_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let before = sample().read();
        let bytes = write(folder.path(), &before, CURSOR).expect("written");
        let path = folder.path().join(NAME);
        let (back, at) = open(&path).expect("read");
        assert_eq!(at, CURSOR);
        let after = back.read();
        assert_eq!((after.version(), after.len()), (42, 480));
        assert_eq!(all(&after), all(&before));

        let whole = fs::read(&path).expect("bytes");
        assert_eq!(whole.len() as u64, bytes);
        for at in (8..whole.len()).step_by(997).chain([8, 50, whole.len() - 4, whole.len() - 1]) {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            fs::write(&path, &bytes).expect("written");
            assert!(matches!(open(&path), Err(FileError::Damaged(_))), "byte {at}");
        }
        for length in (0..whole.len()).step_by(1_009).chain([0, 10, 31, 104, 136, whole.len() - 1]) {
            fs::write(&path, &whole[..length]).expect("written");
            assert!(matches!(open(&path), Err(FileError::Damaged(_))), "{length} bytes");
        }
        let mut older = whole;
        older[7] = b'2';
        fs::write(&path, &older).expect("written");
        assert!(matches!(open(&path), Err(FileError::OtherVersion)));
    }

    /// A process that is killed while it writes leaves part of a file under another name, and the old file whole.
    #[test]
    fn a_write_that_never_ended_changes_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let before = sample().read();
        write(folder.path(), &before, CURSOR).expect("written");
        let path = folder.path().join(NAME);
        let whole = fs::read(&path).expect("bytes");
        fs::write(folder.path().join(format!("{NAME}.99999999")), &whole[..whole.len() / 2]).expect("written");
        let (back, _) = open(&path).expect("read");
        assert_eq!(all(&back.read()), all(&before));
        // The next write clears what the killed one left.
        write(folder.path(), &before, CURSOR).expect("written");
        let names: Vec<_> =
            fs::read_dir(folder.path()).expect("a folder").flatten().map(|file| file.file_name()).collect();
        assert_eq!(names, [NAME]);
    }
}
