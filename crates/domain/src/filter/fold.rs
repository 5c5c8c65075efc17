//! How texts are compared: folding of case and diacritics, words, and typo distance.
//!
//! Everything that matches text (the screening engine, SQL, the naive reference of the tests) uses this one
//! definition. Folding replaces single characters by single characters out of one table, so that Postgres does
//! exactly the same with `translate(text, FOLD_FROM, FOLD_TO)`, whatever its locale.

use std::sync::LazyLock;

use super::TextMatch;

/// Characters that folding replaces, one for one by those of [`FOLD_TO`]; those beyond its length are dropped.
pub const FOLD_FROM: &str = concat!(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "ÅÄÀÁÂÃĀĂĄÆåäàáâãāăąæ",
    "ÇĆĈĊČçćĉċč",
    "ÐĎĐðďđ",
    "ÈÉÊËĒĔĖĘĚèéêëēĕėęě",
    "ĜĞĠĢĝğġģ",
    "ĤĦĥħ",
    "ÌÍÎÏĨĪĬĮİìíîïĩīĭįı",
    "ĴĵĶķ",
    "ĹĻĽĿŁĺļľŀł",
    "ÑŃŅŇñńņň",
    "ÖØÒÓÔÕŌŎŐŒöøòóôõōŏőœ",
    "ŔŖŘŕŗř",
    "ŚŜŞŠȘśŝşšșß",
    "ŢŤŦȚţťŧțÞþ",
    "ÜÙÚÛŨŪŬŮŰŲüùúûũūŭůűų",
    "Ŵŵ",
    "ÝŶŸýÿŷ",
    "ŹŻŽźżž",
    // Apostrophes, quotation marks, hyphens and spaces as typographers set them; people type the plain ones.
    "\u{2018}\u{2019}\u{201B}\u{2032}\u{2BC}\u{B4}",
    "\u{201C}\u{201D}\u{201E}\u{2033}\u{AB}\u{BB}",
    "\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2212}",
    "\u{A0}\u{2007}\u{2009}\u{202F}",
    // Characters that nobody sees: the soft hyphen, zero-width space, joiners and marks.
    "\u{AD}\u{200B}\u{200C}\u{200D}\u{200E}\u{200F}\u{2060}",
    // Combining marks that the sources really use on å ä ö é: grave, acute, circumflex, tilde, diaeresis, ring, caron, cedilla.
    "\u{300}\u{301}\u{302}\u{303}\u{308}\u{30a}\u{30c}\u{327}",
);

/// What the first characters of [`FOLD_FROM`] become.
pub const FOLD_TO: &str = concat!(
    "abcdefghijklmnopqrstuvwxyz",
    "aaaaaaaaaaaaaaaaaaaa",
    "cccccccccc",
    "dddddd",
    "eeeeeeeeeeeeeeeeee",
    "gggggggg",
    "hhhh",
    "iiiiiiiiiiiiiiiiii",
    "jjkk",
    "llllllllll",
    "nnnnnnnn",
    "oooooooooooooooooooo",
    "rrrrrr",
    "sssssssssss",
    "tttttttttt",
    "uuuuuuuuuuuuuuuuuuuu",
    "ww",
    "yyyyyy",
    "zzzzzz",
    "''''''",
    "\"\"\"\"\"\"",
    "------",
    "    ",
);

/// The folded form of one character; `None` for a combining mark, which is dropped.
#[must_use]
pub fn fold_char(character: char) -> Option<char> {
    if character.is_ascii() {
        return Some(character.to_ascii_lowercase());
    }
    FOLDED.get(character as usize).map_or(Some(character), |folded| *folded)
}

/// What [`FOLD_FROM`] and [`FOLD_TO`] say of each character up to the last one that they name: millions of names are folded
/// when the screening index is built.
static FOLDED: LazyLock<Vec<Option<char>>> = LazyLock::new(|| {
    let last = FOLD_FROM.chars().max().map_or(0, |character| character as u32);
    let mut folded: Vec<Option<char>> = (0..=last).map(char::from_u32).collect();
    let mut to = FOLD_TO.chars();
    for from in FOLD_FROM.chars() {
        folded[from as usize] = to.next();
    }
    folded
});

/// The text in the form that comparisons use: lower case without diacritics.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// As [`fold`], in place of what `folded` held, for callers that fold millions of texts.
pub fn fold_into(text: &str, folded: &mut String) {
    folded.clear();
    let mut rest = text;
    // Letters of ASCII come in runs, which are lowered many at a time.
    while let Some(other) = rest.bytes().position(|byte| !byte.is_ascii()) {
        push_lower(&rest[..other], folded);
        let mut characters = rest[other..].chars();
        folded.extend(characters.next().and_then(fold_char));
        rest = characters.as_str();
    }
    push_lower(rest, folded);
}

fn push_lower(ascii: &str, folded: &mut String) {
    let start = folded.len();
    folded.push_str(ascii);
    folded[start..].make_ascii_lowercase();
}

/// The words of a folded text: runs of letters and digits. Characters outside ASCII count as letters, so that
/// Postgres splits at the same places by the pattern `[^a-z0-9\u0080-…]+`.
pub fn words(folded: &str) -> impl Iterator<Item = &str> {
    // Bytes of characters outside ASCII are letters, so that the ends of a word are ends of characters, too.
    let is_letter = |byte: u8| !byte.is_ascii() || byte.is_ascii_alphanumeric();
    let mut rest = folded;
    std::iter::from_fn(move || {
        let start = rest.bytes().position(is_letter)?;
        rest = &rest[start..];
        let end = rest.bytes().position(|byte| !is_letter(byte)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        rest = after;
        Some(word)
    })
}

/// How many typos a fuzzy word of so many characters may have: one per five, at most two.
#[must_use]
pub fn allowed_typos(characters: usize) -> usize {
    (characters / 5).min(2)
}

/// Whether a text matches a pattern; both as stored or typed, not yet folded.
#[must_use]
pub fn matches(matching: TextMatch, pattern: &str, text: &str) -> bool {
    let (pattern, text) = (fold(pattern), fold(text));
    match matching {
        TextMatch::Equals => text == pattern,
        TextMatch::StartsWith => text.starts_with(&pattern),
        TextMatch::Contains => text.contains(&pattern),
        TextMatch::Fuzzy => fuzzy(&pattern, &text),
    }
}

/// Whether every word of a folded pattern stands in a folded text as the start of a word, give or take
/// [`allowed_typos`]. A pattern without words matches nothing.
#[must_use]
pub fn fuzzy(folded_pattern: &str, folded_text: &str) -> bool {
    let mut any = false;
    for wanted in words(folded_pattern) {
        any = true;
        let wanted: Vec<char> = wanted.chars().collect();
        let limit = allowed_typos(wanted.len());
        if !words(folded_text).any(|word| prefix_distance(&wanted, word, limit).is_some()) {
            return false;
        }
    }
    any
}

/// The least number of typos (a letter more, less, other, or two neighbours swapped) that turn the wanted word
/// into some start of the word; `None` when it is more than `limit`.
#[must_use]
pub fn prefix_distance(wanted: &[char], word: &str, limit: usize) -> Option<usize> {
    // Rows run over the word's characters; the best value in the last column over all rows is the answer,
    // because any start of the word will do (optimal string alignment). `before` is the row two up.
    let width = wanted.len() + 1;
    let mut before: Vec<usize> = vec![0; width];
    let mut above: Vec<usize> = (0..width).collect();
    let mut row: Vec<usize> = vec![0; width];
    let mut best = above[width - 1];
    let mut previous = '\0';
    // Longer starts than this cost more than `limit` insertions.
    for (index, letter) in word.chars().take(wanted.len() + limit).enumerate() {
        row[0] = index + 1;
        for column in 1..width {
            let same = usize::from(wanted[column - 1] != letter);
            let mut cost = (above[column - 1] + same).min(above[column] + 1).min(row[column - 1] + 1);
            if index > 0 && column > 1 && wanted[column - 1] == previous && wanted[column - 2] == letter {
                cost = cost.min(before[column - 2] + 1);
            }
            row[column] = cost;
        }
        best = best.min(row[width - 1]);
        previous = letter;
        std::mem::swap(&mut before, &mut above);
        std::mem::swap(&mut above, &mut row);
    }
    (best <= limit).then_some(best)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_replaced_character_has_its_replacement() {
        let (from, to) = (FOLD_FROM.chars().count(), FOLD_TO.chars().count());
        assert_eq!(from - to, 15, "only combining marks and invisible characters are dropped");
        let mut seen: Vec<char> = FOLD_FROM.chars().collect();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), from, "no character is named twice");
        assert!(FOLD_TO.chars().all(|c| c.is_ascii_lowercase() || "'\"- ".contains(c)));
    }

    #[test]
    fn swedish_names_fold() {
        assert_eq!(fold("ÅKERIET Öst & Väst AB"), "akeriet ost & vast ab");
        assert_eq!(fold("Cafe\u{301} Noe\u{308}l"), "cafe noel");
        assert_eq!(fold("Æbleø"), "ableo");
        assert_eq!(
            fold("L\u{2019}Oréal\u{A0}Nord\u{2013}Syd \u{201D}Sa\u{AD}del\u{201D}"),
            "l'oreal nord-syd \"sadel\""
        );
        assert_eq!(words("h&m hennes-mauritz 3d").collect::<Vec<_>>(), ["h", "m", "hennes", "mauritz", "3d"]);
    }

    #[test]
    fn fuzzy_allows_one_typo_in_five_letters() {
        for (pattern, text, expected) in [
            ("volvvo", "AB Volvo", true),
            ("volov", "Volvo Cars", true),
            ("vlvo", "Volvo", false),
            ("tekn", "Svensk Teknik AB", true),
            ("industri automation", "Automations och industri AB", true),
            ("industri automation", "Industri AB", false),
            ("skaane", "Skåne Bygg", true),
            ("", "Volvo", false),
            ("& -", "Volvo", false),
            ("automatoin", "Automation", true),
            ("autmtion", "Automation", false),
        ] {
            assert_eq!(matches(TextMatch::Fuzzy, pattern, text), expected, "{pattern:?} in {text:?}");
        }
    }

    #[test]
    fn contains_and_starts_with_ignore_case_and_diacritics() {
        assert!(matches(TextMatch::Contains, "ÖST", "Bygg i Ostra AB"));
        assert!(matches(TextMatch::StartsWith, "bygg", "BYGG i öster"));
        assert!(matches(TextMatch::Equals, "ab volvo", "AB Volvo"));
        assert!(!matches(TextMatch::Equals, "volvo", "AB Volvo"));
    }
}
