//! Numbers in English words, the transformation `numwordsen` of the SEC: `no`, `twenty-one`, `two million three`.

/// The number that the words say; `None` when they say none.
pub(crate) fn english(text: &str) -> Option<i128> {
    let lower = text.trim().to_ascii_lowercase();
    let mut words =
        lower.split(|character: char| character.is_whitespace() || matches!(character, '-' | ',')).peekable();
    let (mut total, mut group, mut seen, mut last_scale) = (0_i128, None::<i128>, false, i128::MAX);
    while let Some(word) = words.next() {
        if word.is_empty() || (word == "and" && seen && words.peek().is_some()) {
            continue;
        }
        if matches!(word, "no" | "none" | "nil" | "zero") {
            return (!seen && words.next().is_none()).then_some(0);
        }
        seen = true;
        if let Some(small) = small(word) {
            let before = group.unwrap_or(0);
            // “twenty one” is 21; “one twenty” is nothing.
            let fits = match small {
                1..=9 => before % 10 == 0 && before % 100 != 10,
                _ => before % 100 == 0,
            };
            if !fits || (group.is_some() && before == 0) {
                return None;
            }
            group = Some(before + small);
        } else if word == "hundred" {
            group = Some(group.filter(|count| (1..=99).contains(count))? * 100);
        } else {
            let scale = scale(word)?;
            if scale >= last_scale {
                return None;
            }
            last_scale = scale;
            total = total.checked_add(group.take().filter(|count| *count > 0)?.checked_mul(scale)?)?;
        }
    }
    seen.then(|| total.checked_add(group.unwrap_or(0)))?
}

fn small(word: &str) -> Option<i128> {
    const BELOW_TWENTY: [&str; 19] = [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let place = |names: &[&str]| names.iter().position(|name| *name == word).and_then(|at| i128::try_from(at).ok());
    place(&BELOW_TWENTY).map(|at| at + 1).or_else(|| place(&TENS).map(|at| (at + 2) * 10))
}

fn scale(word: &str) -> Option<i128> {
    match word {
        "thousand" => Some(1_000),
        "million" => Some(1_000_000),
        "billion" => Some(1_000_000_000),
        "trillion" => Some(1_000_000_000_000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::english;

    #[test]
    fn words_are_numbers_and_other_words_are_none() {
        for (text, number) in [
            ("no", Some(0)),
            ("None", Some(0)),
            ("seven", Some(7)),
            ("Twenty-one", Some(21)),
            ("one hundred and two", Some(102)),
            ("two million, three hundred thousand and four", Some(2_300_004)),
            ("", None),
            ("and", None),
            ("one twenty", None),
            ("ten five", None),
            ("hundred", None),
            ("thousand", None),
            ("one thousand two million", None),
            ("seven dwarfs", None),
        ] {
            assert_eq!(english(text), number, "{text}");
        }
    }
}
