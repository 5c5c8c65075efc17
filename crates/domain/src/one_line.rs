//! Names and other short texts as they are kept: one line, in one spelling of each character.
//!
//! Sources cut names at line ends, put soft hyphens and zero-width characters into them, and write `é` as one character or
//! as two. Two texts that a person cannot tell apart are one text here.

use icu_normalizer::ComposingNormalizer;

/// The text in Unicode normalisation form C on one line: runs of white space (line breaks, tabs, no-break spaces) are one
/// space, none at the ends; characters that nobody sees (controls, soft hyphens, zero-width and direction marks) are gone.
#[must_use]
pub fn one_line(text: &str) -> String {
    let text = text.trim();
    // Nearly every text of a register is plain already.
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) && !text.contains("  ") {
        return text.to_owned();
    }
    let mut seen = String::with_capacity(text.len());
    let mut is_apart = false;
    for letter in text.chars() {
        if letter.is_whitespace() {
            is_apart = true;
        } else if !is_invisible(letter) {
            if is_apart && !seen.is_empty() {
                seen.push(' ');
            }
            is_apart = false;
            seen.push(letter);
        }
    }
    ComposingNormalizer::new_nfc().normalize(&seen).into_owned()
}

/// [`one_line`] of a text with something in it.
#[must_use]
pub fn filled_line(text: &str) -> Option<String> {
    let line = one_line(text);
    (!line.is_empty()).then_some(line)
}

/// A text of several lines in normalisation form C without invisible characters; line breaks stay, spaces at its ends go.
#[must_use]
pub fn visible_text(text: &str) -> String {
    let kept: String =
        text.trim().chars().filter(|letter| matches!(letter, '\n' | '\t') || !is_invisible(*letter)).collect();
    ComposingNormalizer::new_nfc().normalize(&kept).into_owned()
}

/// Whether a character takes no room on paper: controls, the soft hyphen, zero-width characters, direction marks.
#[must_use]
pub fn is_invisible(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206F}' | '\u{FEFF}')
}

/// Whether a character is written as a hyphen or dash of any width, or as a minus.
#[must_use]
pub fn is_dash(letter: char) -> bool {
    matches!(letter, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_looks_alike_is_alike() {
        for (text, line) in [
            ("Rad\nbrytning AB", "Rad brytning AB"),
            ("Rad\r\n  brytning\u{2028}AB", "Rad brytning AB"),
            ("Sa\u{AD}delmakare AB", "Sadelmakare AB"),
            ("Cafe\u{301} No\u{E9}l", "Café Noél"),
            ("A\u{30A}keri  AB\u{A0}", "Åkeri AB"),
            ("\u{FEFF}Noll\u{200B}bredd\u{200D} AB", "Nollbredd AB"),
            ("  tvĂĄ   mellanslag\tAB ", "tvĂĄ mellanslag AB"),
            ("L\u{2019}Oréal", "L\u{2019}Oréal"),
            ("\u{200B}", ""),
        ] {
            assert_eq!(one_line(text), line, "{text:?}");
        }
        assert_eq!(filled_line(" \u{AD} "), None);
        assert_eq!(visible_text(" Bygger\nhus\u{200B} "), "Bygger\nhus");
    }

    proptest! {
        #[test]
        fn a_line_is_kept_as_it_is_and_has_no_break(text in "\\PC{0,20}[ \\t\\n\u{AD}\u{200B}\u{A0}a\u{30A}]{0,9}\\PC{0,9}") {
            let line = one_line(&text);
            prop_assert_eq!(&one_line(&line), &line);
            prop_assert!(!line.contains("  ") && !line.contains(|c: char| is_invisible(c) || (c.is_whitespace() && c != ' ')));
            prop_assert_eq!(line.trim(), line.as_str());
        }

        #[test]
        fn decomposed_and_composed_are_one(text in "[A-Za-zåäöÅÄÖéüñø ]{0,20}") {
            let decomposed = icu_normalizer::DecomposingNormalizer::new_nfd().normalize(&text).into_owned();
            prop_assert_eq!(one_line(&decomposed), one_line(&text));
        }
    }
}
