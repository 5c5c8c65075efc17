//! How many entries an archive says it has, before a reader makes room for them.

use std::io::{Read, Seek, SeekFrom};

use crate::error::SourceError;

const END: &[u8] = b"PK\x05\x06";
const END_SIZE: usize = 22;
const END64: &[u8] = b"PK\x06\x06";
const LOCATOR64: &[u8] = b"PK\x06\x07";
const LOCATOR64_SIZE: usize = 20;
/// The end record, a comment, and what zip64 puts before them.
const TAIL: u64 = 22 + 65_535 + 20;

/// Refuses an archive whose directory names more than `most` entries: each takes a reader some hundred bytes, the file 46. What is no
/// archive is let through, for its reader to refuse. The place in the input is the beginning afterwards.
pub fn refuse_many_entries<R: Read + Seek>(input: &mut R, most: u64) -> Result<(), SourceError> {
    let size = input.seek(SeekFrom::End(0))?;
    let tail_start = size.saturating_sub(TAIL);
    input.seek(SeekFrom::Start(tail_start))?;
    let mut tail = Vec::new();
    input.by_ref().take(TAIL).read_to_end(&mut tail)?;
    // A reader may take any of several end records for the right one: the largest number counts.
    let mut entries = 0;
    for end in memchr::memmem::find_iter(&tail, END) {
        entries = entries.max(number(&tail, end + 10, 2));
        let locator = end.checked_sub(LOCATOR64_SIZE).filter(|at| tail[*at..].starts_with(LOCATOR64));
        if let Some(locator) = locator {
            input.seek(SeekFrom::Start(number(&tail, locator + 8, 8).min(size)))?;
            let mut record = Vec::with_capacity(56);
            input.by_ref().take(56).read_to_end(&mut record)?;
            if record.starts_with(END64) {
                entries = entries.max(number(&record, 32, 8));
            }
        }
    }
    input.seek(SeekFrom::Start(0))?;
    if entries > most && tail.len() >= END_SIZE {
        return Err(SourceError::input(format!("the archive names more than {most} entries"))
            .remedy("Pack the table alone, or divide the archive"));
    }
    Ok(())
}

/// The little-endian number of so many bytes; 0 where there are fewer.
fn number(bytes: &[u8], at: usize, size: usize) -> u64 {
    let bytes = at.checked_add(size).and_then(|end| bytes.get(at..end)).unwrap_or_default();
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn end_record(entries: u16) -> Vec<u8> {
        let mut bytes = vec![0; 100];
        bytes.extend_from_slice(END);
        bytes.extend_from_slice(&[0; 4]);
        bytes.extend_from_slice(&entries.to_le_bytes());
        bytes.extend_from_slice(&entries.to_le_bytes());
        bytes.extend_from_slice(&[0; 10]);
        bytes
    }

    #[test]
    fn an_archive_with_more_entries_is_refused_by_the_number_it_states() {
        let check = |bytes: Vec<u8>| refuse_many_entries(&mut Cursor::new(bytes), 1_000);
        assert!(check(end_record(1_000)).is_ok());
        assert!(check(end_record(1_001)).unwrap_err().reason().contains("more than 1000 entries"));
        assert!(check(b"no archive".to_vec()).is_ok() && check(Vec::new()).is_ok());
    }

    #[test]
    fn the_number_of_a_zip64_record_counts() {
        let mut bytes = END64.to_vec();
        bytes.extend_from_slice(&[0; 28]);
        bytes.extend_from_slice(&70_000_u64.to_le_bytes());
        bytes.extend_from_slice(&[0; 16]);
        bytes.extend_from_slice(LOCATOR64);
        bytes.extend_from_slice(&[0; 16]);
        bytes.extend_from_slice(&end_record(u16::MAX)[100..]);
        assert!(refuse_many_entries(&mut Cursor::new(bytes.clone()), 69_999).is_err());
        assert!(refuse_many_entries(&mut Cursor::new(bytes), 70_000).is_ok());
    }
}
