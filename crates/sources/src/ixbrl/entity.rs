//! Character references in captured text: XML's five, numeric ones, and the named HTML entities that occur
//! around figures. Nothing is ever expanded from a declaration.

/// HTML's named characters that reports hold although XML does not know them.
const NAMED: &[(&[u8], char)] = &[
    (b"nbsp", '\u{a0}'),
    (b"thinsp", '\u{2009}'),
    (b"ensp", '\u{2002}'),
    (b"emsp", '\u{2003}'),
    (b"minus", '\u{2212}'),
    (b"ndash", '\u{2013}'),
    (b"mdash", '\u{2014}'),
    (b"shy", '\u{ad}'),
    (b"aring", 'å'),
    (b"auml", 'ä'),
    (b"ouml", 'ö'),
    (b"Aring", 'Å'),
    (b"Auml", 'Ä'),
    (b"Ouml", 'Ö'),
    (b"eacute", 'é'),
    (b"Eacute", 'É'),
    (b"uuml", 'ü'),
    (b"Uuml", 'Ü'),
    (b"sect", '§'),
    (b"euro", '€'),
    (b"percnt", '%'),
    (b"amp", '&'),
    (b"lt", '<'),
    (b"gt", '>'),
    (b"quot", '"'),
    (b"apos", '\''),
];

/// Appends `text` to `out` with its references replaced. On an unknown one: how many bytes into `text` it is.
pub(crate) fn decode_into(text: &[u8], out: &mut String) -> Result<(), usize> {
    let mut at = 0;
    while let Some(skip) = memchr::memchr(b'&', &text[at..]) {
        out.push_str(&String::from_utf8_lossy(&text[at..at + skip]));
        let start = at + skip;
        let length = text[start..].iter().take(12).position(|byte| *byte == b';').ok_or(start)?;
        let name = &text[start + 1..start + length];
        out.push(character(name).ok_or(start)?);
        at = start + length + 1;
    }
    match std::str::from_utf8(&text[at..]) {
        Ok(rest) => out.push_str(rest),
        Err(_) => out.push_str(&String::from_utf8_lossy(&text[at..])),
    }
    Ok(())
}

fn character(name: &[u8]) -> Option<char> {
    if let Some(number) = name.strip_prefix(b"#") {
        let text = std::str::from_utf8(number).ok()?;
        let code = match text.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => text.parse().ok()?,
        };
        return char::from_u32(code);
    }
    NAMED.iter().find(|(known, _)| *known == name).map(|(_, character)| *character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_become_characters_and_unknown_ones_are_located() {
        let mut out = String::new();
        decode_into("5&nbsp;335&#160;&#xA0;&amp;å".as_bytes(), &mut out).unwrap();
        assert_eq!(out, "5\u{a0}335\u{a0}\u{a0}&å");
        assert_eq!(decode_into(b"12&lol9;", &mut out), Err(2));
        assert_eq!(decode_into(b"12 & 3", &mut out), Err(3));
    }
}
