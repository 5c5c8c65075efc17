//! Cuts text into sentences that are slices of it, so that every quote is verbatim.

/// Shorter pieces are menu words and headings.
const LEAST: usize = 15;
/// Longer pieces are lists run together; no reader checks such a quote.
const MOST: usize = 400;

/// The sentences of a text: slices between line ends and sentence ends, trimmed, of 15 to 400 characters.
pub fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(split).map(str::trim).filter(|sentence| {
        let length = sentence.chars().count();
        (LEAST..=MOST).contains(&length) && sentence.chars().any(char::is_alphabetic)
    })
}

/// A sentence ends at `.`, `!` or `?` before white space and a capital or digit; "t.ex. Volvo" and "ca. 40" do not end one.
fn split(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut begun = 0;
    for (at, letter) in line.char_indices() {
        if !matches!(letter, '.' | '!' | '?') {
            continue;
        }
        let end = at + letter.len_utf8();
        let rest = &line[end..];
        let next = rest.trim_start();
        let is_end = rest.starts_with(char::is_whitespace)
            && next.chars().next().is_some_and(|first| first.is_uppercase() || first.is_ascii_digit())
            && !(letter == '.' && is_abbreviation(&line[begun..at]));
        if is_end {
            found.push(&line[begun..end]);
            begun = end;
        }
    }
    found.push(&line[begun..]);
    found
}

/// Whether the last word before a full stop is one that is written with it.
fn is_abbreviation(before: &str) -> bool {
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default().to_lowercase();
    // One letter, alone or after another full stop, as in "t.ex" and "J".
    word.rsplit('.').next().is_some_and(|last| last.chars().count() <= 1)
        || word.contains('.')
        || matches!(
            word.as_str(),
            "ca" | "bl"
                | "dvs"
                | "osv"
                | "mfl"
                | "nr"
                | "st"
                | "tel"
                | "kr"
                | "inkl"
                | "exkl"
                | "dr"
                | "mr"
                | "no"
                | "inc"
                | "ltd"
                | "co"
        )
}
