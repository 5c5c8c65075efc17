//! Zip archives in memory: the central directory names the entries and their sizes, so that each is inflated
//! in one go into a buffer of the right size. Nothing is ever written to disk.

use libdeflater::{DecompressionError, Decompressor};

use super::error::{PackageError, Problem};
use super::limits::Limits;

const END: [u8; 4] = *b"PK\x05\x06";
const END64_LOCATOR: [u8; 4] = *b"PK\x06\x07";
const END64: [u8; 4] = *b"PK\x06\x06";
const DIRECTORY: [u8; 4] = *b"PK\x01\x02";
const LOCAL: [u8; 4] = *b"PK\x03\x04";
const END_SIZE: usize = 22;
const MAX_COMMENT: usize = 65_535;

/// One entry of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name, with `/` between folders.
    pub name: String,
    /// Compressed size, in bytes.
    pub compressed: u64,
    /// Inflated size, in bytes.
    pub size: u64,
    method: u16,
    flags: u16,
    crc: u32,
    header: u64,
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.get(at..at.checked_add(8)?)?.try_into().ok()?))
}

/// Whether the bytes start as a zip archive does.
pub(crate) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(&LOCAL) || bytes.starts_with(&END)
}

/// Reads the central directory.
pub(crate) fn entries(archive: &str, bytes: &[u8]) -> Result<Vec<Entry>, PackageError> {
    let damaged = |what| PackageError::of(archive, Problem::DamagedZip { what });
    let end = find_end(bytes)
        .ok_or_else(|| PackageError::of(archive, Problem::Truncated { what: "the directory at its end is missing" }))?;
    let (count, directory) =
        directory_place(bytes, end).ok_or_else(|| damaged("its end record points outside the file"))?;
    let mut found = Vec::with_capacity(count.min(4096));
    let mut at = directory;
    for _ in 0..count {
        let (entry, next) = entry_at(bytes, at).ok_or_else(|| {
            PackageError::at_byte(archive, at, Problem::DamagedZip { what: "an entry of its directory is not whole" })
        })?;
        if !is_safe(&entry.name) {
            return Err(PackageError::at_byte(archive, at, Problem::UnsafeName));
        }
        found.push(entry);
        at = next;
    }
    Ok(found)
}

/// Position of the end record: the last one whose comment reaches exactly to the end of the file.
fn find_end(bytes: &[u8]) -> Option<usize> {
    let last = bytes.len().checked_sub(END_SIZE)?;
    let first = last.saturating_sub(MAX_COMMENT);
    memchr::memmem::rfind_iter(bytes.get(first..)?, &END)
        .map(|at| first + at)
        .find(|at| u16_at(bytes, at + 20).is_some_and(|comment| at + END_SIZE + usize::from(comment) <= bytes.len()))
}

/// Number of entries and position of the first, zip64 included.
fn directory_place(bytes: &[u8], end: usize) -> Option<(usize, usize)> {
    let count = u16_at(bytes, end + 10)?;
    let size = u32_at(bytes, end + 12)?;
    let offset = u32_at(bytes, end + 16)?;
    if count != u16::MAX && size != u32::MAX && offset != u32::MAX {
        let start = end.checked_sub(size as usize)?;
        // Bytes may stand before the archive; then every offset is relative to its real beginning.
        let start = if bytes.get(offset as usize..)?.starts_with(&DIRECTORY) { offset as usize } else { start };
        return (count == 0 || bytes.get(start..)?.starts_with(&DIRECTORY)).then_some((usize::from(count), start));
    }
    let locator = end.checked_sub(20)?;
    if !bytes.get(locator..)?.starts_with(&END64_LOCATOR) {
        return None;
    }
    let end64 = usize::try_from(u64_at(bytes, locator + 8)?).ok()?;
    if !bytes.get(end64..)?.starts_with(&END64) {
        return None;
    }
    let count = usize::try_from(u64_at(bytes, end64.checked_add(32)?)?).ok()?;
    let start = usize::try_from(u64_at(bytes, end64.checked_add(48)?)?).ok()?;
    // Each entry takes at least 46 bytes, which bounds the count by the file's own size.
    (count <= bytes.len() / 46 && start < bytes.len()).then_some((count, start))
}

fn entry_at(bytes: &[u8], at: usize) -> Option<(Entry, usize)> {
    let fixed = bytes.get(at..at.checked_add(46)?)?;
    if !fixed.starts_with(&DIRECTORY) {
        return None;
    }
    let (name_len, extra_len, comment_len) =
        (usize::from(u16_at(fixed, 28)?), usize::from(u16_at(fixed, 30)?), usize::from(u16_at(fixed, 32)?));
    let name = bytes.get(at + 46..at + 46 + name_len)?;
    let extra = bytes.get(at + 46 + name_len..at + 46 + name_len + extra_len)?;
    let mut entry = Entry {
        name: String::from_utf8_lossy(name).replace('\\', "/"),
        flags: u16_at(fixed, 8)?,
        method: u16_at(fixed, 10)?,
        crc: u32_at(fixed, 16)?,
        compressed: u64::from(u32_at(fixed, 20)?),
        size: u64::from(u32_at(fixed, 24)?),
        header: u64::from(u32_at(fixed, 42)?),
    };
    widen(&mut entry, extra)?;
    Some((entry, at + 46 + name_len + extra_len + comment_len))
}

/// Takes the 64-bit sizes of a zip64 entry from its extra field.
fn widen(entry: &mut Entry, mut extra: &[u8]) -> Option<()> {
    const WIDE: u64 = u32::MAX as u64;
    if entry.size != WIDE && entry.compressed != WIDE && entry.header != WIDE {
        return Some(());
    }
    while extra.len() >= 4 {
        let (id, len) = (u16_at(extra, 0)?, usize::from(u16_at(extra, 2)?));
        let field = extra.get(4..4 + len)?;
        if id == 1 {
            let mut at = 0;
            for value in [&mut entry.size, &mut entry.compressed, &mut entry.header] {
                if *value == WIDE {
                    *value = u64_at(field, at)?;
                    at += 8;
                }
            }
            return Some(());
        }
        extra = &extra[4 + len..];
    }
    None
}

/// Names are only shown and matched, but one that tries to climb out of the archive is a sign of ill intent.
fn is_safe(name: &str) -> bool {
    !name.starts_with('/')
        && !name.bytes().any(|byte| byte < 0x20 || byte == 0x7f)
        && name.as_bytes().get(1) != Some(&b':')
        && !name.split('/').any(|part| part == "..")
}

/// Inflates one entry into `out`, whose old contents are dropped.
pub(crate) fn inflate(
    archive: &str,
    bytes: &[u8],
    entry: &Entry,
    limits: &Limits,
    decompressor: &mut Decompressor,
    out: &mut Vec<u8>,
) -> Result<(), PackageError> {
    let path = format!("{archive}!{}", entry.name);
    let fail = |problem| Err(PackageError::of(&path, problem));
    if entry.flags & 1 != 0 {
        return fail(Problem::Encrypted);
    }
    if entry.size > limits.entry {
        return fail(Problem::TooLarge { size: entry.size, limit: limits.entry });
    }
    let ratio = entry.size / entry.compressed.max(1);
    if entry.size > Limits::RATIO_FLOOR && ratio > limits.ratio {
        return fail(Problem::ZipBomb { ratio, size: entry.size });
    }
    let Some(data) = data_of(bytes, entry) else {
        return fail(Problem::Truncated { what: "the entry's data reach past its end" });
    };
    // Limits were checked above, so the size fits in memory.
    let size = usize::try_from(entry.size).unwrap_or(usize::MAX);
    match entry.method {
        0 if data.len() == size => {
            out.clear();
            out.extend_from_slice(data);
        }
        0 => return fail(Problem::DamagedZip { what: "a stored entry has two sizes" }),
        8 => {
            // Deflate cannot grow more than 1032 times; a size beyond that is a lie that would cost memory.
            if size / 1032 > data.len() {
                return fail(Problem::DamagedZip { what: "an entry promises more than its data can hold" });
            }
            out.resize(size, 0);
            match decompressor.deflate_decompress(data, out) {
                Ok(written) if written == size => {}
                Ok(_) => return fail(Problem::DamagedZip { what: "an entry is shorter than its directory says" }),
                Err(DecompressionError::InsufficientSpace) => {
                    return fail(Problem::DamagedZip { what: "an entry is longer than its directory says" });
                }
                Err(_) => return fail(Problem::DamagedZip { what: "an entry's deflate stream is broken" }),
            }
        }
        method => return fail(Problem::Compression(method)),
    }
    if libdeflater::crc32(out) != entry.crc {
        return fail(Problem::DamagedZip { what: "an entry's checksum is wrong" });
    }
    Ok(())
}

fn data_of<'a>(bytes: &'a [u8], entry: &Entry) -> Option<&'a [u8]> {
    let header = usize::try_from(entry.header).ok()?;
    if !bytes.get(header..)?.starts_with(&LOCAL) {
        return None;
    }
    let start = header + 30 + usize::from(u16_at(bytes, header + 26)?) + usize::from(u16_at(bytes, header + 28)?);
    bytes.get(start..start.checked_add(usize::try_from(entry.compressed).ok()?)?)
}
