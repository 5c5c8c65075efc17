//! Bytes to text: the byte-order mark, the header, the page's own word, and else what the bytes look like.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// How far into a page its own word is looked for (the HTML standard says 1024; some pages put it later).
const PRESCAN_BYTES: usize = 4096;

/// The text of an answer. Bytes that mean nothing become U+FFFD.
#[must_use]
pub fn decode(body: &[u8], content_type: Option<&str>) -> String {
    let encoding = Encoding::for_bom(body)
        .map(|(encoding, _)| encoding)
        .or_else(|| from_header(content_type?))
        .or_else(|| from_page(body))
        .unwrap_or_else(|| if std::str::from_utf8(body).is_ok() { UTF_8 } else { WINDOWS_1252 });
    let (text, _, had_errors) = encoding.decode(body);
    // A page that says latin-1 and is UTF-8, or the other way round, is common; well-formed UTF-8 beyond ASCII is no accident.
    if let Ok(utf_8) = std::str::from_utf8(body)
        && encoding != UTF_8
        && !body.is_ascii()
        && Encoding::for_bom(body).is_none()
    {
        return utf_8.to_owned();
    }
    if had_errors && encoding == UTF_8 {
        return WINDOWS_1252.decode(body).0.into_owned();
    }
    text.into_owned()
}

fn from_header(content_type: &str) -> Option<&'static Encoding> {
    let label = content_type.split(';').skip(1).find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']))
    })?;
    Encoding::for_label(label.as_bytes())
}

/// `<meta charset="x">` or `<meta http-equiv="content-type" content="text/html; charset=x">`: either way the word stands after
/// `charset=` in a meta element.
fn from_page(body: &[u8]) -> Option<&'static Encoding> {
    let start = String::from_utf8_lossy(&body[..body.len().min(PRESCAN_BYTES)]).to_ascii_lowercase();
    start.match_indices("<meta").find_map(|(at, _)| {
        let element = start[at..].split('>').next()?;
        let (_, after) = element.split_once("charset")?;
        let value = after.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
        let label = value.split(|c: char| c == '"' || c == '\'' || c == ';' || c == '/' || c.is_whitespace()).next()?;
        // A page whose word could be read as ASCII is not UTF-16, whatever it says (as the standard has it).
        Encoding::for_label(label.as_bytes()).map(|found| if found.is_ascii_compatible() { found } else { UTF_8 })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &str = "Räksmörgås på Åland";

    #[test]
    fn each_hint_is_tried_in_its_order() {
        let latin = WINDOWS_1252.encode(WORDS).0.into_owned();
        assert_eq!(decode(&latin, Some("text/html; charset=ISO-8859-1")), WORDS);
        assert_eq!(decode(&latin, Some("text/html")), WORDS, "nothing said: the bytes are no UTF-8");
        let page =
            [b"<html><meta http-equiv='Content-Type' content='text/html; charset=iso-8859-1'>".as_slice(), &latin]
                .concat();
        assert!(decode(&page, Some("text/html")).ends_with(WORDS));
        let mut utf_16 = vec![0xff, 0xfe];
        utf_16.extend(WORDS.encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(decode(&utf_16, Some("text/html; charset=utf-8")), WORDS, "the mark wins");
    }

    #[test]
    fn a_wrong_word_is_noticed() {
        assert_eq!(decode(WORDS.as_bytes(), Some("text/html; charset=iso-8859-1")), WORDS);
        let latin = WINDOWS_1252.encode(WORDS).0.into_owned();
        assert_eq!(decode(&latin, Some("text/html; charset=utf-8")), WORDS);
        assert_eq!(decode(b"plain", Some("text/html; charset=klingon")), "plain");
    }
}
