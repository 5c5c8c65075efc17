//! The unit and currency of amounts as headings, notes and cells write them: `tkr`, `KSEK`, `SEKm`, `i tusental kronor`,
//! `(EUR thousands)`.

use domain::currency::Currency;

use super::mapping::Unit;

/// A unit in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scale {
    /// The power of ten, where the words name one; `kr` and `EUR` alone name whole units.
    pub unit: Unit,
    /// The currency, where the words name one by its ISO code or sign; `kr` is the currency of the table.
    pub currency: Option<Currency>,
}

/// Currencies whose codes are taken as such in a heading; other words of three letters are words.
const CURRENCIES: [&str; 14] =
    ["sek", "eur", "usd", "nok", "dkk", "gbp", "chf", "isk", "pln", "jpy", "cad", "aud", "czk", "cny"];
const KRONOR: [&str; 5] = ["kr", "krona", "kronor", "kroner", "kronorna"];
/// Words around a unit that say nothing: “belopp i tkr”, “all figures stated in thousands of SEK”.
const FILLERS: [&str; 37] = [
    "i",
    "in",
    "of",
    "om",
    "av",
    "på",
    "är",
    "s",
    "as",
    "the",
    "all",
    "are",
    "hela",
    "whole",
    "alla",
    "samtliga",
    "belopp",
    "beloppen",
    "anges",
    "angivna",
    "angivet",
    "redovisas",
    "redovisade",
    "siffror",
    "siffrorna",
    "värden",
    "amount",
    "amounts",
    "figures",
    "values",
    "stated",
    "expressed",
    "reported",
    "given",
    "unit",
    "enhet",
    "currency",
];

/// What one word says.
enum Word {
    Filler,
    Unit(Unit),
    Currency(Option<Currency>),
    Both(Unit, Option<Currency>),
}

/// Reads words that say nothing but a unit; `None` where any of them says something else.
pub(super) fn read(text: &str) -> Option<Scale> {
    combine(words(text).iter().map(|(word, _)| word.as_str()))
}

/// Divides a text into what stands before a unit at its end (or behind one at its start) and the unit: “Nettoomsättning,
/// tkr”, “Omsättning (i tusental SEK)”, “MSEK Revenue”. `None` where no unit stands there, or nothing else.
pub(super) fn split(text: &str) -> Option<(&str, Scale)> {
    let words = words(text);
    for from in 1..words.len() {
        if let Some(scale) = combine(words[from..].iter().map(|(word, _)| word.as_str())) {
            let name = text[..words[from].1].trim_end_matches(is_separator);
            return is_name(name).then_some((name, scale));
        }
    }
    for until in (1..words.len()).rev() {
        if let Some(scale) = combine(words[..until].iter().map(|(word, _)| word.as_str())) {
            let name = text[words[until].1..].trim_start_matches(is_separator);
            return is_name(name).then_some((name, scale));
        }
    }
    None
}

fn is_separator(letter: char) -> bool {
    letter.is_whitespace() || (letter.is_ascii_punctuation() && letter != '%') || domain::one_line::is_dash(letter)
}

fn is_name(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// Words in lower case with the byte at which each begins: runs of letters, runs of digits (with spaces between groups of
/// three zeros), and signs of currencies as their codes.
fn words(text: &str) -> Vec<(String, usize)> {
    let mut words: Vec<(String, usize)> = Vec::new();
    let mut kind = None;
    for (at, letter) in text.char_indices() {
        let (next, lower): (Option<bool>, String) = match letter {
            '€' => (Some(false), "eur".to_owned()),
            '$' => (Some(false), "usd".to_owned()),
            '£' => (Some(false), "gbp".to_owned()),
            _ if letter.is_ascii_digit() => (Some(true), letter.to_string()),
            _ if letter.is_alphabetic() => (Some(false), letter.to_lowercase().collect()),
            _ => (None, String::new()),
        };
        match (kind == next, next, words.last_mut()) {
            (true, Some(_), Some((word, _))) => word.push_str(&lower),
            (_, Some(_), _) => words.push((lower, at)),
            (_, None, _) => {}
        }
        kind = next;
    }
    // 1 000 000
    let mut joined: Vec<(String, usize)> = Vec::new();
    for (word, at) in words {
        match joined.last_mut() {
            Some((before, _))
                if word == "000" && before.starts_with('1') && before.bytes().all(|b| b.is_ascii_digit()) =>
            {
                before.push_str(&word);
            }
            _ => joined.push((word, at)),
        }
    }
    joined
}

fn combine<'a>(words: impl Iterator<Item = &'a str>) -> Option<Scale> {
    let (mut unit, mut letter, mut currency, mut is_kronor) = (None, None, None, false);
    for word in words {
        let (found, code) = match read_word(word) {
            // “SEK k”, “EUR m”: a letter alone is a unit only beside a currency.
            None => match single_letter(word) {
                Some(found) if letter.is_none() => {
                    letter = Some(found);
                    continue;
                }
                _ => return None,
            },
            Some(Word::Filler) => continue,
            Some(Word::Unit(unit)) => (Some(unit), None),
            Some(Word::Currency(code)) => (None, Some(code)),
            Some(Word::Both(unit, code)) => (Some(unit), Some(code)),
        };
        if let Some(found) = found
            && unit.replace(found).is_some_and(|before| before != found)
        {
            return None;
        }
        match code {
            Some(Some(code)) if currency.replace(code).is_some_and(|before| before != code) => return None,
            Some(None) => is_kronor = true,
            _ => {}
        }
    }
    match (unit, letter) {
        (Some(_), Some(_)) => None,
        (None, Some(_)) if currency.is_none() && !is_kronor => None,
        (None, None) if currency.is_none() && !is_kronor => None,
        (unit, letter) => Some(Scale { unit: unit.or(letter).unwrap_or(Unit::One), currency }),
    }
}

fn single_letter(word: &str) -> Option<Unit> {
    match word {
        "k" | "t" => Some(Unit::Thousand),
        "m" | "mm" => Some(Unit::Million),
        "b" => Some(Unit::Billion),
        _ => None,
    }
}

fn read_word(word: &str) -> Option<Word> {
    if FILLERS.contains(&word) {
        return Some(Word::Filler);
    }
    if let Some(unit) = magnitude(word) {
        return Some(Word::Unit(unit));
    }
    if let Some(code) = money(word) {
        return Some(Word::Currency(code));
    }
    let prefixed = PREFIXES.iter().find_map(|(prefix, unit)| Some((*unit, money(word.strip_prefix(prefix)?)?)));
    let suffixed = SUFFIXES.iter().find_map(|(suffix, unit)| Some((*unit, money(word.strip_suffix(suffix)?)?)));
    prefixed.or(suffixed).map(|(unit, code)| Word::Both(unit, code))
}

const PREFIXES: [(&str, Unit); 8] = [
    ("k", Unit::Thousand),
    ("t", Unit::Thousand),
    ("mn", Unit::Million),
    ("mio", Unit::Million),
    ("m", Unit::Million),
    ("mdr", Unit::Billion),
    ("md", Unit::Billion),
    ("bn", Unit::Billion),
];
const SUFFIXES: [(&str, Unit); 8] = [
    ("mn", Unit::Million),
    ("mm", Unit::Million),
    ("m", Unit::Million),
    ("bn", Unit::Billion),
    ("mdr", Unit::Billion),
    ("th", Unit::Thousand),
    ("k", Unit::Thousand),
    ("t", Unit::Thousand),
];

/// The currency that a word names: `Some(None)` for kronor.
fn money(word: &str) -> Option<Option<Currency>> {
    if KRONOR.contains(&word) {
        return Some(None);
    }
    match word {
        "euro" | "euros" => Some(Some(Currency::EUR)),
        _ => CURRENCIES.contains(&word).then(|| word.parse().ok()),
    }
}

fn magnitude(word: &str) -> Option<Unit> {
    Some(match word {
        "tusen" | "tusental" | "tusentals" | "tus" | "tsd" | "thousand" | "thousands" | "thou" | "ths" | "000"
        | "1000" | "tusentalskronor" | "tusenkronor" => Unit::Thousand,
        "miljon" | "miljoner" | "miljontals" | "milj" | "mn" | "mln" | "mio" | "million" | "millions" | "mill"
        | "1000000" | "miljonkronor" => Unit::Million,
        "miljard" | "miljarder" | "mdr" | "mrd" | "bn" | "billion" | "billions" | "1000000000" => Unit::Billion,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Option<(u8, &'static str)> {
        read(text).map(|scale| {
            let code = scale.currency.map_or("", |code| match code.code() {
                "SEK" => "SEK",
                "EUR" => "EUR",
                "NOK" => "NOK",
                "USD" => "USD",
                _ => "other",
            });
            (scale.unit.exponent(), code)
        })
    }

    #[test]
    fn units_come_in_many_words() {
        for (exponent, currency, texts) in [
            (0, "", &["kr", "i kr", "kronor", "hela kronor", "belopp i kr"][..]),
            (0, "SEK", &["SEK", "in SEK", "Sek"]),
            (0, "EUR", &["EUR", "€", "euro"]),
            (
                3,
                "",
                &[
                    "tkr",
                    "kkr",
                    "i tkr",
                    "Tkr.",
                    "belopp i tkr",
                    "tusental kr",
                    "tusental kronor",
                    "1000 kr",
                    "1 000 kr",
                ],
            ),
            (
                3,
                "",
                &["tusental", "thousands", "'000", "000s", "000's", "tusen kr", "kr tusen", "k kr", "tusentals kronor"],
            ),
            (
                3,
                "SEK",
                &[
                    "KSEK",
                    "TSEK",
                    "kSEK",
                    "SEK k",
                    "SEK '000",
                    "SEK 000",
                    "SEKk",
                    "SEK thousands",
                    "in thousands of SEK",
                ],
            ),
            (3, "EUR", &["k€", "KEUR", "TEUR", "EUR thousand", "€ 000", "€k", "t EUR"]),
            (3, "NOK", &["TNOK", "1000 NOK", "NOK 1000", "NOK 1 000"]),
            (6, "", &["mkr", "mnkr", "Mkr", "miljoner", "miljoner kr", "milj kr", "milj. kronor", "mn kr", "mio kr"]),
            (6, "SEK", &["MSEK", "SEKm", "SEK m", "SEK million", "SEK mn", "SEKmn", "mSEK", "SEK 1 000 000", "MnSEK"]),
            (6, "EUR", &["MEUR", "EURm", "€m", "m€", "EUR M"]),
            (6, "USD", &["MUSD", "$m", "USD millions"]),
            (9, "", &["mdkr", "mdr kr", "miljarder"]),
            (9, "SEK", &["SEKbn", "SEK bn", "mdSEK"]),
        ] {
            for text in texts {
                assert_eq!(named(text), Some((exponent, currency)), "{text}");
            }
        }
        for text in
            ["", "i", "k", "m", "t", "2023", "koncern", "tkr mkr", "SEK EUR", "kr per aktie", "%", "st", "ksek 5"]
        {
            assert_eq!(named(text), None, "{text}");
        }
    }

    #[test]
    fn a_heading_is_divided_into_its_name_and_unit() {
        for (text, name) in [
            ("Nettoomsättning, tkr", "Nettoomsättning"),
            ("Rörelseresultat tkr", "Rörelseresultat"),
            ("Årets resultat (i tkr)", "Årets resultat"),
            ("Omsättning [mkr]", "Omsättning"),
            ("Omsättning i tusental kronor", "Omsättning"),
            ("Revenue in thousands of SEK", "Revenue"),
            ("MSEK Revenue", "Revenue"),
            ("TSEK: Eget kapital", "Eget kapital"),
            ("Revenue (SEKm)", "Revenue"),
            ("Omsättning - kSEK", "Omsättning"),
            ("Omsättning 2023 (tkr)", "Omsättning 2023"),
            ("revenue_tkr", "revenue"),
            ("Nettoomsättning\u{A0}(tkr)", "Nettoomsättning"),
        ] {
            assert_eq!(split(text).map(|(name, _)| name), Some(name), "{text}");
        }
        for text in ["tkr", "Nettoomsättning", "", "SEK", "Omsättning per anställd", "Antal anställda"] {
            assert_eq!(split(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_has_a_unit_or_not(text in "\\PC{0,40}") {
            let _ = read(&text);
            if let Some((name, _)) = split(&text) {
                proptest::prop_assert!(text.contains(name) && !name.is_empty());
            }
        }
    }
}
