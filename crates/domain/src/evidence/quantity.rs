//! A number with its scale and unit as a sentence writes them, and whether a value is what it says.

use super::Language;
use super::item::Approx;
use super::lex::Token;
use super::number::{self, Written};

/// What a number counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Counted {
    /// Swedish kronor.
    Sek,
    /// A scale without a unit: `12 miljoner`.
    Scaled,
    /// Money of another currency.
    OtherMoney,
    /// Per cent; the value is a share.
    Percent,
    /// Percentage points; the value is a share.
    Points,
    /// Multiples.
    Times,
    Days,
    People,
    Years,
    /// Nothing is written.
    Bare,
    /// Something else, by its word.
    Thing(String),
}

/// A number as a sentence states it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Quantity {
    /// The value, scale applied: 12.3 mkr is 12 300 000, 12 % is 0.12.
    pub value: f64,
    /// One unit of the last written digit, scale applied.
    pub step: f64,
    /// One unit of the last digit that is not 0.
    pub coarse: f64,
    /// Another reading of the same digits.
    pub other: Option<f64>,
    /// What the written digits were multiplied by.
    pub scale: f64,
    pub counted: Counted,
    /// Whether a sign is written.
    pub is_signed: bool,
    pub approx: Option<Approx>,
    /// `tre gånger så stor som`: a multiple of another year's figure.
    pub is_multiple: bool,
    /// The upper end, where a range is written.
    pub upper: Option<f64>,
    /// As written.
    pub written: String,
}

/// Scales by their words, and whether the word names kronor too.
const SCALES: [(&str, f64, bool); 46] = [
    ("mkr", 1e6, true),
    ("mnkr", 1e6, true),
    ("msek", 1e6, true),
    ("meur", 1e6, false),
    ("tkr", 1e3, true),
    ("ksek", 1e3, true),
    ("tsek", 1e3, true),
    ("kkr", 1e3, true),
    ("mdkr", 1e9, true),
    ("mdr", 1e9, false),
    ("mdsek", 1e9, true),
    ("gsek", 1e9, true),
    ("bsek", 1e9, true),
    ("mrd", 1e9, false),
    ("mrdkr", 1e9, true),
    ("miljoner", 1e6, false),
    ("miljon", 1e6, false),
    ("milj", 1e6, false),
    ("mn", 1e6, false),
    ("mio", 1e6, false),
    ("miljarder", 1e9, false),
    ("miljard", 1e9, false),
    ("tusen", 1e3, false),
    ("tusental", 1e3, false),
    ("million", 1e6, false),
    ("millions", 1e6, false),
    ("mln", 1e6, false),
    ("m", 1e6, false),
    ("mm", 1e6, false),
    ("billion", 1e9, false),
    ("billions", 1e9, false),
    ("bn", 1e9, false),
    ("b", 1e9, false),
    ("thousand", 1e3, false),
    ("thousands", 1e3, false),
    ("k", 1e3, false),
    ("sekm", 1e6, true),
    ("sekk", 1e3, true),
    ("sekbn", 1e9, true),
    ("biljoner", 1e12, false),
    ("trillion", 1e12, false),
    ("hundra", 1e2, false),
    ("hundred", 1e2, false),
    ("miljontals", 1e6, false),
    ("mkr.", 1e6, true),
    ("tkr.", 1e3, true),
];

const KRONOR: [&str; 9] = ["kr", "sek", "kronor", "kronorna", "krona", "kronas", "kronors", "skr", "crowns"];
const OTHER_MONEY: [&str; 25] = [
    "eur", "euro", "euros", "usd", "dollar", "dollars", "gbp", "pounds", "pound", "pund", "nok", "dkk", "chf", "yen",
    "jpy", "norska", "danska", "teur", "keur", "meur", "musd", "mnok", "mdkk", "mgbp", "tusd",
];

fn scale(word: &str) -> Option<(f64, bool)> {
    SCALES.iter().find(|(name, ..)| *name == word).map(|(_, scale, kronor)| (*scale, *kronor))
}

/// A currency that can stand before a number.
fn currency(token: &Token) -> Option<(Counted, f64)> {
    match token {
        Token::Mark('$' | '€' | '£') => Some((Counted::OtherMoney, 1.0)),
        Token::Word { lower, .. } => match lower.as_str() {
            "sek" | "kr" => Some((Counted::Sek, 1.0)),
            "sekm" | "msek" | "mkr" => Some((Counted::Sek, 1e6)),
            "sekk" | "ksek" | "tsek" | "tkr" => Some((Counted::Sek, 1e3)),
            "sekbn" => Some((Counted::Sek, 1e9)),
            "eur" | "usd" | "gbp" | "nok" | "dkk" | "chf" => Some((Counted::OtherMoney, 1.0)),
            _ => None,
        },
        _ => None,
    }
}

/// Reads a number with what belongs to it at `at`; returns it and how many tokens it takes.
pub(super) fn read(tokens: &[Token], at: usize, language: Language) -> Option<(Quantity, usize)> {
    let mut next = at;
    let before = tokens.get(at).and_then(currency);
    if before.is_some() {
        next += 1;
    }
    let (mut written, mut sign) = digits_or_word(tokens, &mut next, language, before.is_some())?;
    if sign.is_none() && at > 0 && tokens[at - 1].word().is_some_and(|word| word == "minus") {
        sign = Some('-');
    }
    let mut counted = before.as_ref().map_or(Counted::Bare, |(counted, _)| counted.clone());
    let mut factor = before.map_or(1.0, |(_, factor)| factor);
    // Scales can stack ("hundra tusen"); a unit ends the number.
    loop {
        match tokens.get(next) {
            Some(Token::Word { lower, .. }) => {
                if OTHER_MONEY.contains(&lower.as_str()) {
                    counted = Counted::OtherMoney;
                    factor *= scale(lower).map_or(1.0, |(factor, _)| factor);
                    next += 1;
                } else if let Some((more, kronor)) = scale(lower) {
                    factor *= more;
                    next += 1;
                    if kronor {
                        counted = Counted::Sek;
                    } else if counted == Counted::Bare {
                        counted = Counted::Scaled;
                    }
                    if matches!(lower.as_str(), "milj" | "mn" | "mdr")
                        && tokens.get(next).is_some_and(|t| t.is_mark('.'))
                    {
                        next += 1;
                    }
                    continue;
                } else if KRONOR.contains(&lower.as_str()) && counted != Counted::OtherMoney {
                    counted = Counted::Sek;
                    next += 1;
                } else if let Some((unit, length)) = unit(tokens, next, &counted) {
                    counted = unit;
                    next += length;
                }
            }
            Some(Token::Mark('%')) => {
                counted = Counted::Percent;
                next += 1;
                if tokens.get(next).is_some_and(|token| matches!(token.word(), Some("-enheter" | "enheter"))) {
                    counted = Counted::Points;
                    next += 1;
                } else if tokens.get(next).is_some_and(|token| token.is_mark('-'))
                    && tokens.get(next + 1).and_then(Token::word) == Some("enheter")
                {
                    counted = Counted::Points;
                    next += 2;
                } else if matches!(tokens.get(next).and_then(Token::word), Some("points" | "units")) {
                    counted = Counted::Points;
                    next += 1;
                }
            }
            Some(Token::Mark('×')) => {
                counted = Counted::Times;
                next += 1;
            }
            Some(Token::Mark('$' | '€' | '£')) => {
                counted = Counted::OtherMoney;
                next += 1;
            }
            _ => {}
        }
        break;
    }
    if matches!(counted, Counted::Percent | Counted::Points) {
        factor /= 100.0;
    }
    for part in [&mut written.value, &mut written.step, &mut written.coarse] {
        *part *= factor;
    }
    written.other = written.other.map(|other| other * factor);
    let is_negative = sign == Some('-');
    let value = if is_negative { -written.value } else { written.value };
    let text = tokens[at..next].iter().map(shown).collect::<Vec<_>>().join(" ");
    let quantity = Quantity {
        value,
        step: written.step,
        coarse: written.coarse,
        other: written.other.map(|other| if is_negative { -other } else { other }),
        scale: factor,
        counted,
        is_signed: sign.is_some(),
        approx: None,
        is_multiple: false,
        upper: None,
        written: text,
    };
    Some((quantity, next - at))
}

/// Parts of a whole in words, with the room that such words leave.
const FRACTIONS: [(&str, f64); 22] = [
    ("hälften", 0.5),
    ("en tredjedel", 1.0 / 3.0),
    ("två tredjedelar", 2.0 / 3.0),
    ("en fjärdedel", 0.25),
    ("tre fjärdedelar", 0.75),
    ("en femtedel", 0.2),
    ("två femtedelar", 0.4),
    ("tre femtedelar", 0.6),
    ("fyra femtedelar", 0.8),
    ("en tiondel", 0.1),
    ("en sjättedel", 1.0 / 6.0),
    ("half of", 0.5),
    ("half", 0.5),
    ("a half", 0.5),
    ("a third", 1.0 / 3.0),
    ("one third", 1.0 / 3.0),
    ("two thirds", 2.0 / 3.0),
    ("a quarter", 0.25),
    ("one quarter", 0.25),
    ("three quarters", 0.75),
    ("a fifth", 0.2),
    ("a tenth", 0.1),
];

/// A part of a whole in words at `at`, as a percentage.
pub(super) fn fraction(tokens: &[Token], at: usize) -> Option<(Quantity, usize)> {
    let starts = |words: &[&str]| {
        words.iter().enumerate().all(|(offset, word)| tokens.get(at + offset).and_then(Token::word) == Some(word))
    };
    let (text, value) = FRACTIONS.iter().find(|(text, _)| starts(&text.split(' ').collect::<Vec<_>>()))?;
    // "half a million", "a quarter of the year" and "the first half" are something else.
    let words: Vec<&str> = text.split(' ').collect();
    let next = tokens.get(at + words.len()).and_then(Token::word);
    if *text == "half" && matches!(next, Some("a" | "the" | "as" | "year")) {
        return None;
    }
    let is_of = *text == "half of";
    let step = (value * 0.1).max(0.02);
    let quantity = Quantity {
        value: *value,
        step,
        coarse: step,
        other: None,
        scale: 0.01,
        counted: Counted::Percent,
        is_signed: false,
        approx: None,
        is_multiple: false,
        upper: None,
        written: (*text).to_owned(),
    };
    Some((quantity, words.len() - usize::from(is_of)))
}

fn shown(token: &Token) -> String {
    match token {
        Token::Word { written, .. } => written.clone(),
        Token::Number { digits, sign } => sign.map_or_else(|| digits.clone(), |sign| format!("{sign}{digits}")),
        Token::Mark(mark) => mark.to_string(),
    }
}

/// Digits, or a number word; an article counts as one before a scale only.
fn digits_or_word(
    tokens: &[Token],
    next: &mut usize,
    language: Language,
    has_currency: bool,
) -> Option<(Written, Option<char>)> {
    match tokens.get(*next)? {
        Token::Number { digits, sign } => {
            *next += 1;
            Some((number::read_digits(digits, language)?, *sign))
        }
        Token::Word { lower, .. } if !has_currency => {
            let after = tokens.get(*next + 1).and_then(Token::word);
            // "en halv miljon", "half a million"
            let half = match (lower.as_str(), after, tokens.get(*next + 2).and_then(Token::word)) {
                ("en" | "ett", Some("halv" | "halvt"), Some(unit)) if scale(unit).is_some() => 2,
                ("half", Some("a"), Some(unit)) if scale(unit).is_some() => 2,
                _ => 0,
            };
            if half > 0 {
                *next += half;
                return Some((Written { value: 0.5, step: 0.1, coarse: 0.1, other: None }, None));
            }
            let value = number::read_word(lower, language)?;
            let is_scaled = after.is_some_and(|word| scale(word).is_some());
            if number::is_article(lower) && !is_scaled {
                return None;
            }
            *next += 1;
            // "one hundred and twenty" and the like are left to whoever writes digits.
            Some((number::written_word(value), None))
        }
        _ => None,
    }
}

/// A unit word after a number.
fn unit(tokens: &[Token], at: usize, so_far: &Counted) -> Option<(Counted, usize)> {
    let word = tokens.get(at)?.word()?;
    if *so_far != Counted::Bare {
        return None;
    }
    let after = tokens.get(at + 1).and_then(Token::word);
    Some(match word {
        "procent" | "percent" | "pct" | "per" if word != "per" => match after {
            Some("enheter" | "points" | "point") => (Counted::Points, 2),
            _ => (Counted::Percent, 1),
        },
        "per" if after == Some("cent") => match tokens.get(at + 2).and_then(Token::word) {
            Some("points" | "point") => (Counted::Points, 3),
            _ => (Counted::Percent, 2),
        },
        "procentenheter" | "procentenhet" | "pp" | "ppt" | "pe" => (Counted::Points, 1),
        "percentage" if matches!(after, Some("points" | "point")) => (Counted::Points, 2),
        "procentig" | "procentiga" => (Counted::Percent, 1),
        "gånger" | "gånger/år" | "times" | "x" | "ggr" => (Counted::Times, 1),
        "stycken" | "st" | "styck" => (Counted::Bare, 1),
        "dagar" | "dagars" | "dag" | "days" | "day" | "dygn" => (Counted::Days, 1),
        "år" | "years" | "year" | "åren" => (Counted::Years, 1),
        "personer" | "person" | "people" | "persons" => (Counted::People, 1),
        _ => return None,
    })
}

impl Quantity {
    /// Whether the value is what the words say, by the rounding as written.
    pub(super) fn says(&self, value: f64) -> bool {
        self.fits(self.value, value) || self.other.is_some_and(|other| self.fits(other, value))
    }

    fn fits(&self, stated: f64, value: f64) -> bool {
        if let Some(upper) = self.upper {
            return value >= stated - tiny(stated) && value <= upper + tiny(upper);
        }
        // Words of more and less speak of the amount: "a loss of more than 2 million".
        let (stated, value) = if stated < 0.0 { (-stated, -value) } else { (stated, value) };
        let slack = tiny(stated.max(value.abs()));
        let near = self.step.max(self.coarse.min(stated * 0.125));
        match self.approx {
            None => (value - stated).abs() <= self.step / 2.0 + slack,
            Some(Approx::About) => {
                (value - stated).abs() <= (self.step / 2.0).max((self.coarse / 2.0).min(stated * 0.05)) + slack
            }
            Some(Approx::JustAbove) => value > stated + slack && value < stated + near,
            Some(Approx::JustBelow) => value < stated - slack && value > stated - near,
            // An order of magnitude away, the words would be true and mislead; a wrong scale looks like that.
            Some(Approx::Above) => value > stated + slack && value < stated * 10.0,
            Some(Approx::AtLeast) => value >= stated - slack && value < stated * 10.0,
            Some(Approx::Below) => value < stated - slack && value > stated / 10.0,
            Some(Approx::AtMost) => value <= stated + slack && value > stated / 10.0,
        }
    }
}

/// What binary fractions cannot tell apart.
fn tiny(value: f64) -> f64 {
    value.abs() * 1e-9 + 1e-12
}

#[cfg(test)]
mod tests {
    use super::super::lex::tokens;
    use super::*;

    fn one(text: &str, language: Language) -> Quantity {
        read(&tokens(text), 0, language).expect(text).0
    }

    #[test]
    fn scales_and_units_of_both_languages_are_read() {
        for (text, value, counted) in [
            ("12,3 mkr", 12_300_000.0, Counted::Sek),
            ("12 345 tkr", 12_345_000.0, Counted::Sek),
            ("12,3 Mkr", 12_300_000.0, Counted::Sek),
            ("40 miljoner kronor", 40_000_000.0, Counted::Sek),
            ("1,2 miljarder kr", 1_200_000_000.0, Counted::Sek),
            ("12,5 %", 0.125, Counted::Percent),
            ("2 procentenheter", 0.02, Counted::Points),
            ("3 gånger", 3.0, Counted::Times),
            ("tolv miljoner", 12_000_000.0, Counted::Scaled),
            ("en halv miljon kronor", 500_000.0, Counted::Sek),
            ("-2,5 MSEK", -2_500_000.0, Counted::Sek),
        ] {
            let quantity = one(text, Language::Sv);
            assert!((quantity.value - value).abs() < 1e-6, "{text}: {quantity:?}");
            assert_eq!(quantity.counted, counted, "{text}");
        }
        assert_eq!(one("SEK 12.3m", Language::En).value, 12_300_000.0);
        assert_eq!(one("SEKm 12.3", Language::En).value, 12_300_000.0);
        assert_eq!(one("€12.3 million", Language::En).counted, Counted::OtherMoney);
        assert_eq!(one("2.5x", Language::En).counted, Counted::Times);
        assert_eq!(one("0.5 percentage points", Language::En).counted, Counted::Points);
    }

    #[test]
    fn rounding_is_taken_as_written() {
        let says = |text: &str, value: f64| one(text, Language::Sv).says(value);
        assert!(says("12,3 mkr", 12_345_000.0));
        assert!(!says("12,4 mkr", 12_345_000.0));
        assert!(says("12 mkr", 12_345_000.0));
        assert!(!says("12 345 tkr", 12_345_600.0));
        assert!(says("12 346 tkr", 12_345_600.0));
    }
}
