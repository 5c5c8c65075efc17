//! The guard that keeps spreadsheet programs from running a text of a CSV file as a formula, and its way back.

use std::borrow::Cow;

/// What a spreadsheet program may take for the beginning of a formula.
fn starts_formula(text: &str) -> bool {
    matches!(text.chars().next(), Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠'))
}

/// The text as a cell of delimited text: an apostrophe in front where a program might run it as a formula. A text that begins
/// with apostrophes before such a character gets one more, so that [`unguarded`] gives every text back.
#[must_use]
pub fn guarded(text: &str) -> Cow<'_, str> {
    if starts_formula(text.trim_start_matches('\'')) { format!("'{text}").into() } else { text.into() }
}

/// What [`guarded`] was given.
#[must_use]
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if starts_formula(rest.trim_start_matches('\'')) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formulas_become_text() {
        for hostile in ["=1+1", "+46 8", "-2+3", "@SUM(A1)", "\t=1", "＝1"] {
            assert_eq!(guarded(hostile), format!("'{hostile}"));
        }
        for text in ["Åkeri & Söner", "", "'s-Hertogenbosch BV", "3-punkt AB"] {
            assert_eq!(guarded(text), text);
            assert_eq!(unguarded(text), text);
        }
    }

    proptest! {
        #[test]
        fn every_text_comes_back_and_no_cell_begins_a_formula(text in "['=+@-]{0,3}\\PC{0,12}") {
            let cell = guarded(&text);
            prop_assert_eq!(unguarded(&cell), text.as_str());
            prop_assert!(!starts_formula(&cell));
        }
    }
}
