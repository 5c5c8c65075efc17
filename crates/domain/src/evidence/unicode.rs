//! One form for texts that differ only in how they are typed: Unicode form, white space, quotation marks, hyphens, zero-width characters.

use unicode_normalization::UnicodeNormalization;

/// Characters that take no room and so can hide inside words, or turn the direction of writing.
fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// The text in the one form in which texts are compared: NFKC, invisible characters left out, every white space one space, every
/// quotation mark `"`, every apostrophe `'`, every hyphen, dash and minus `-`, a word that was broken at the end of a line whole again.
#[must_use]
pub fn normalised(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.nfkc().filter(|c| !is_invisible(*c)).map(unified).peekable();
    while let Some(character) = characters.next() {
        if character == '-' && matches!(characters.peek(), Some('\n')) && out.ends_with(char::is_alphabetic) {
            while characters.next_if(|c| c.is_whitespace()).is_some() {}
        } else if character.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            out.push(character);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn unified(character: char) -> char {
    match character {
        '“' | '”' | '„' | '‟' | '«' | '»' | '〝' | '〞' | '＂' => '"',
        '‘' | '’' | '‚' | '‛' | 'ʼ' | '´' | '`' | '′' => '\'',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '﹣' | '－' => '-',
        '\r' | '\u{2028}' | '\u{2029}' => '\n',
        other => other,
    }
}

/// The script of a letter as far as look-alikes matter.
fn script(character: char) -> Option<u8> {
    match character {
        'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' => Some(0),
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Some(1),
        '\u{400}'..='\u{52f}' => Some(2),
        '\u{530}'..='\u{58f}' => Some(3),
        _ => None,
    }
}

/// What a reader would not see: characters without width inside the text, or a word that mixes scripts (a Cyrillic `а` in a Latin
/// word). Returns the first such word.
#[must_use]
pub fn hidden_or_mixed(text: &str) -> Option<String> {
    let words = text.split(|c: char| c.is_whitespace());
    for word in words {
        let inside = word.trim_matches(|c: char| c == '\u{feff}');
        // A soft hyphen only says where a word may be broken.
        if inside.chars().any(|c| is_invisible(c) && c != '\u{ad}' && !('\u{fe00}'..='\u{fe0f}').contains(&c)) {
            return Some(inside.chars().filter(|c| !is_invisible(*c)).collect());
        }
        let mut scripts = inside.nfkc().filter_map(script);
        if let Some(first) = scripts.next()
            && scripts.any(|other| other != first)
        {
            return Some(inside.to_owned());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_differences_vanish() {
        assert_eq!(normalised("Vi  säljer\u{a0}„skruv“ – 12\u{202f}000\u{200b}st"), "Vi säljer \"skruv\" - 12 000st");
        assert_eq!(normalised("tillverk-\n  ning a\u{30a}r"), "tillverkning år");
        assert_eq!(normalised("e\u{301}n"), "én");
    }

    #[test]
    fn hidden_and_mixed_words_are_named() {
        assert_eq!(hidden_or_mixed("Vi \u{430}\u{431}"), None);
        assert_eq!(hidden_or_mixed("Volv\u{43e} AB").as_deref(), Some("Volv\u{43e}"));
        assert_eq!(hidden_or_mixed("ig\u{200b}nore this").as_deref(), Some("ignore"));
        assert_eq!(hidden_or_mixed("Räksmörgås på \u{ad}torget"), None);
    }
}
