//! Digits and number words → a value with the rounding that its writing says.

use super::Language;

/// A number as written, before scale and unit.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Written {
    /// The value.
    pub value: f64,
    /// One unit of its last written digit.
    pub step: f64,
    /// One unit of its last digit that is not 0 (`40` → 10).
    pub coarse: f64,
    /// Another value that the same digits can mean (`12.345` in Swedish).
    pub other: Option<f64>,
}

/// Reads digits with separators by the habits of a language.
pub(super) fn read_digits(digits: &str, language: Language) -> Option<Written> {
    let compact: String = digits.chars().filter(|c| !matches!(c, ' ' | '\'')).collect();
    let separators: Vec<char> = compact.chars().filter(|c| matches!(c, '.' | ',')).collect();
    let three_after = compact.rsplit(['.', ',']).next().is_some_and(|tail| tail.len() == 3);
    let groups_are_three = compact.split(['.', ',']).skip(1).all(|group| group.len() == 3);
    let head_is_short = compact.split(['.', ',']).next().is_some_and(|head| head.len() <= 3 && head != "0");
    let (plain, other) = match separators.as_slice() {
        [] => (compact, None),
        [one] if *one == ',' && language == Language::En && three_after && head_is_short => (without(&compact), None),
        [one] if *one == '.' && language == Language::Sv && three_after && head_is_short => {
            (compact.clone(), without(&compact).parse().ok())
        }
        [_] => (compact.replace(',', "."), None),
        [first, .., last] if first == last => {
            if !groups_are_three {
                return None;
            }
            (without(&compact), None)
        }
        [first, .., last] => {
            let (whole, decimals) = compact.rsplit_once(*last)?;
            if whole.contains(*last) || !whole.split(*first).skip(1).all(|group| group.len() == 3) {
                return None;
            }
            (format!("{}.{decimals}", without(whole)), None)
        }
    };
    let value: f64 = plain.parse().ok().filter(|value: &f64| value.is_finite())?;
    let decimals = plain.split_once('.').map_or(0, |(_, tail)| tail.len());
    let step = 10_f64.powi(-i32::try_from(decimals).ok()?);
    let zeros = if decimals == 0 { plain.chars().rev().take_while(|c| *c == '0').count() } else { 0 };
    let coarse = if value == 0.0 { step } else { step * 10_f64.powi(i32::try_from(zeros).ok()?) };
    Some(Written { value, step, coarse, other })
}

fn without(digits: &str) -> String {
    digits.chars().filter(|c| !matches!(c, '.' | ',')).collect()
}

const SWEDISH: [(&str, u32); 31] = [
    ("noll", 0),
    ("två", 2),
    ("tre", 3),
    ("fyra", 4),
    ("fem", 5),
    ("sex", 6),
    ("sju", 7),
    ("åtta", 8),
    ("nio", 9),
    ("tio", 10),
    ("elva", 11),
    ("tolv", 12),
    ("tretton", 13),
    ("fjorton", 14),
    ("femton", 15),
    ("sexton", 16),
    ("sjutton", 17),
    ("arton", 18),
    ("nitton", 19),
    ("tjugo", 20),
    ("trettio", 30),
    ("fyrtio", 40),
    ("femtio", 50),
    ("sextio", 60),
    ("sjuttio", 70),
    ("åttio", 80),
    ("nittio", 90),
    ("hundra", 100),
    ("ett", 1),
    ("en", 1),
    ("tjugu", 20),
];

const ENGLISH: [(&str, u32); 30] = [
    ("zero", 0),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
    ("hundred", 100),
    ("a", 1),
];

fn simple(word: &str, language: Language) -> Option<u32> {
    let table: &[(&str, u32)] = match language {
        Language::Sv => &SWEDISH,
        Language::En => &ENGLISH,
    };
    table.iter().find(|(name, _)| *name == word).map(|(_, value)| *value)
}

/// Whether the word is an article too, and so a number only before a scale.
pub(super) fn is_article(word: &str) -> bool {
    matches!(word, "en" | "ett" | "one" | "a")
}

/// A number up to 999 in one word: `tolv`, `tjugofem`, `twenty-five`, `hundratjugo`.
pub(super) fn read_word(word: &str, language: Language) -> Option<u32> {
    if let Some(value) = simple(word, language) {
        return Some(value);
    }
    if language == Language::En {
        let (tens, ones) = word.split_once('-')?;
        let (tens, ones) = (simple(tens, language)?, simple(ones, language)?);
        return ((20..100).contains(&tens) && (1..10).contains(&ones)).then_some(tens + ones);
    }
    let (head, tail) = if let Some(at) = word.find("hundra") {
        let count = if at == 0 { 1 } else { simple(&word[..at], language)? };
        let rest = &word[at + "hundra".len()..];
        return if rest.is_empty() { Some(count * 100) } else { Some(count * 100 + read_word(rest, language)?) };
    } else {
        SWEDISH
            .iter()
            .filter(|(_, value)| (20..100).contains(value))
            .find_map(|(name, value)| word.strip_prefix(name).map(|tail| (*value, tail)))?
    };
    let ones = simple(tail, language)?;
    (ones < 10).then_some(head + ones)
}

/// A number word as if it had been written in digits.
pub(super) fn written_word(value: u32) -> Written {
    let digits = value.to_string();
    read_digits(&digits, Language::En).unwrap_or(Written {
        value: f64::from(value),
        step: 1.0,
        coarse: 1.0,
        other: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_read_by_the_habits_of_the_language() {
        let read = |text: &str, language| read_digits(text, language).map(|written| written.value);
        assert_eq!(read("12 345 000", Language::Sv), Some(12_345_000.0));
        assert_eq!(read("12,345", Language::Sv), Some(12.345));
        assert_eq!(read("12,345", Language::En), Some(12_345.0));
        assert_eq!(read("1,234.5", Language::En), Some(1234.5));
        assert_eq!(read("1.234,5", Language::Sv), Some(1234.5));
        assert_eq!(read("1.2.3", Language::Sv), None);
        assert_eq!(read_digits("12.345", Language::Sv).and_then(|written| written.other), Some(12_345.0));
    }

    #[test]
    fn number_words_are_read() {
        assert_eq!(read_word("tjugofem", Language::Sv), Some(25));
        assert_eq!(read_word("trehundrafyrtiotvå", Language::Sv), Some(342));
        assert_eq!(read_word("forty-one", Language::En), Some(41));
        assert_eq!(read_word("hundratals", Language::Sv), None);
        assert_eq!(read_word("sextant", Language::Sv), None);
    }
}
