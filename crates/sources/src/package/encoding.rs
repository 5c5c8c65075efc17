//! Character encodings of filed documents: UTF-8 nearly always; others are turned into it, or refused with
//! the first byte that does not fit.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::error::{PackageError, Problem};

/// Turns the document in `bytes` into UTF-8 in place (by way of `spare` when it has to be converted).
/// Returns a warning when the declared encoding is not the real one.
pub(crate) fn to_utf8(entry: &str, bytes: &mut Vec<u8>, limit: u64) -> Result<Option<String>, PackageError> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        bytes.drain(..mark);
        return if encoding == UTF_8 {
            check_utf8(entry, bytes).map(|()| None)
        } else {
            convert(entry, bytes, encoding, limit).map(|()| None)
        };
    }
    // XML without a byte order mark starts with “<”, which shows how wide the characters are.
    match bytes.get(..2) {
        Some([b'<', 0]) => return convert(entry, bytes, UTF_16LE, limit).map(|()| None),
        Some([0, b'<']) => return convert(entry, bytes, UTF_16BE, limit).map(|()| None),
        _ => {}
    }
    let Some(label) = declared(bytes) else { return check_utf8(entry, bytes).map(|()| None) };
    let Some(encoding) = Encoding::for_label(&label) else {
        let label = String::from_utf8_lossy(&label[..label.len().min(40)]).into_owned();
        return Err(PackageError::at(entry, bytes, 0, Problem::UnknownEncoding(label)));
    };
    if encoding == UTF_8 {
        return check_utf8(entry, bytes).map(|()| None);
    }
    // Programs often write UTF-8 under another label (a .NET string writer says UTF-16). Text with letters
    // beyond ASCII that happens to be valid UTF-8 is UTF-8.
    if std::str::from_utf8(bytes).is_ok() {
        let mislabelled = encoding == UTF_16LE || encoding == UTF_16BE || !bytes.is_ascii();
        return Ok(mislabelled.then(|| format!("{entry} declares the encoding {} but is UTF-8", encoding.name())));
    }
    if encoding == UTF_16LE || encoding == UTF_16BE {
        return Err(wrong(entry, bytes, "UTF-16"));
    }
    convert(entry, bytes, encoding, limit).map(|()| None)
}

/// The label in `<?xml … encoding="…"?>`, when the document has one.
fn declared(bytes: &[u8]) -> Option<Vec<u8>> {
    let head = bytes.get(..bytes.len().min(256))?;
    let head = head.strip_prefix(b"<?xml")?;
    let head = &head[..memchr::memmem::find(head, b"?>")?];
    let at = memchr::memmem::find(head, b"encoding")? + b"encoding".len();
    let rest = head[at..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let (&quote, rest) = rest.split_first()?;
    let end = memchr::memchr(quote, rest)?;
    (quote == b'"' || quote == b'\'').then(|| rest[..end].to_vec())
}

fn check_utf8(entry: &str, bytes: &[u8]) -> Result<(), PackageError> {
    match std::str::from_utf8(bytes) {
        Ok(_) => Ok(()),
        Err(error) => {
            Err(PackageError::at(entry, bytes, error.valid_up_to(), Problem::WrongEncoding { encoding: "UTF-8" }))
        }
    }
}

fn convert(entry: &str, bytes: &mut Vec<u8>, encoding: &'static Encoding, limit: u64) -> Result<(), PackageError> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(usize::MAX);
    if room as u64 > limit.saturating_mul(3) {
        return Err(PackageError::of(entry, Problem::TooLarge { size: bytes.len() as u64, limit }));
    }
    let mut text = String::with_capacity(room);
    let (result, read) = decoder.decode_to_string_without_replacement(bytes, &mut text, true);
    if result == encoding_rs::DecoderResult::InputEmpty {
        *bytes = text.into_bytes();
        return Ok(());
    }
    let name = if encoding == WINDOWS_1252 { "ISO-8859-1" } else { encoding.name() };
    Err(PackageError::at_byte(entry, read, Problem::WrongEncoding { encoding: name }))
}

fn wrong(entry: &str, bytes: &[u8], encoding: &'static str) -> PackageError {
    let at = std::str::from_utf8(bytes).err().map_or(0, |error| error.valid_up_to());
    PackageError::at(entry, bytes, at, Problem::WrongEncoding { encoding })
}
