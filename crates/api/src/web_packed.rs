//! The files of the web app packed as well as gzip can, once per process rather than for every visitor.

use std::collections::HashMap;
use std::io::Write;
use std::sync::{LazyLock, Mutex, PoisonError};

use axum::body::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::{HeaderMap, header};

/// A packed file, and the hash of what was packed: a build during development changes files under a running server.
struct Packed {
    of: [u8; 32],
    bytes: Bytes,
}

/// Packed files by path; there are never more than the web app has files.
static KEPT: LazyLock<Mutex<HashMap<String, Packed>>> = LazyLock::new(Mutex::default);

/// Whether packing is worth its time: text that does not fit a packet.
pub fn is_worth_it(media_type: &str, bytes: usize) -> bool {
    let is_text = media_type.starts_with("text/")
        || matches!(media_type, "application/javascript" | "application/json" | "image/svg+xml");
    is_text && bytes > 1024
}

/// Whether the client takes gzip, by RFC 9110: named, or `*`, without a weight of nothing.
pub fn is_accepted(request: &HeaderMap) -> bool {
    let codings = request.get_all(header::ACCEPT_ENCODING).into_iter().filter_map(|value| value.to_str().ok());
    let mut any = false;
    for coding in codings.flat_map(|value| value.split(',')) {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        let weight = weight.trim().strip_prefix("q=").and_then(|weight| weight.trim().parse::<f32>().ok());
        let is_wanted = weight.is_none_or(|weight| weight > 0.0);
        match name.trim() {
            name if name.eq_ignore_ascii_case("gzip") => return is_wanted,
            "*" => any = is_wanted,
            _ => {}
        }
    }
    any
}

/// The file in gzip; `None` where it cannot be packed.
pub fn packed(path: &str, hash: [u8; 32], data: &[u8]) -> Option<Bytes> {
    let lock = || KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(kept) = lock().get(path)
        && kept.of == hash
    {
        return Some(kept.bytes.clone());
    }
    let mut encoder = GzEncoder::new(Vec::with_capacity(data.len() / 3), Compression::best());
    encoder.write_all(data).ok()?;
    let bytes = Bytes::from(encoder.finish().ok()?);
    lock().insert(path.to_owned(), Packed { of: hash, bytes: bytes.clone() });
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn gzip_is_accepted_where_it_is_named_with_weight_or_any_coding_is() {
        for (accepts, expected) in [
            ("gzip, deflate, br, zstd", true),
            ("br;q=1.0, GZIP;q=0.5", true),
            ("gzip;q=0", false),
            ("br, *", true),
            ("*;q=0", false),
            ("*, gzip;q=0.0", false),
            ("identity", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, accepts.parse().unwrap());
            assert_eq!(is_accepted(&headers), expected, "{accepts}");
        }
        assert!(!is_accepted(&HeaderMap::new()));
    }

    #[test]
    fn packed_file_unpacks_to_the_file_and_a_changed_file_is_packed_anew() {
        for (hash, text) in [(1, "lode ".repeat(900)), (1, "lode ".repeat(900)), (2, "other ".repeat(900))] {
            let bytes = packed("assets/test.js", [hash; 32], text.as_bytes()).unwrap();
            let mut unpacked = String::new();
            flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut unpacked).unwrap();
            assert_eq!(unpacked, text);
            assert!(bytes.len() < 200);
        }
    }
}
