//! Numbers as reports write them: `5 335`, `1.234,5`, `–`; value = number × 10^scale × sign.
//!
//! Which text is a number, and which one, is said by the transformation of the fact: its name in the Transformation
//! Registries 1 to 5 (2010-04-20 to 2022-02-16) and of the SEC. Names of one meaning changed from registry to registry
//! (`numspacecomma`, `numcommadecimal`, `num-comma-decimal`) and none was given two, so the name alone decides.

use rust_decimal::Decimal;

use super::namespace::Family;
use super::words;

/// What may stand between thousands, and how strictly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Grouping {
    /// Nothing.
    None,
    /// One of these signs before every three digits, or none anywhere. A space stands for every kind of space.
    Threes(&'static str),
    /// As Indian numbers are written: 12,34,567.
    Indian,
    /// These signs anywhere before the decimal sign (registries 4 and 5).
    Free(&'static str),
}

/// How the text of a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// Digits, grouped and with this decimal sign.
    Digits(Grouping, char),
    /// Two numbers, each with its unit in letters: `4 kr 50 öre`. The signs group the first.
    Units(&'static str),
    /// XBRL's own lexical form: a decimal point and no grouping.
    Plain,
    /// A dash, which stands for zero.
    Dash,
    /// The text stands for zero, whatever it is.
    Zero,
    /// A number in English words.
    Words,
    /// A transformation that makes a date, a truth value or nothing, never a number.
    NotNumeric,
    /// A transformation that Lode does not know.
    Unknown,
}

/// Every transformation that makes a number.
const NUMBERS: &[(&[u8], Format)] = &[
    // Registry 1.
    (b"numcommadot", Format::Digits(Grouping::Threes(","), '.')),
    (b"numspacedot", Format::Digits(Grouping::Threes(" "), '.')),
    (b"numdotcomma", Format::Digits(Grouping::Threes("."), ',')),
    (b"numspacecomma", Format::Digits(Grouping::Threes(" "), ',')),
    (b"numcomma", Format::Digits(Grouping::None, ',')),
    (b"numdash", Format::Dash),
    // Registries 2 and 3.
    (b"numcommadecimal", Format::Digits(Grouping::Threes(". "), ',')),
    (b"numdotdecimal", Format::Digits(Grouping::Threes(", "), '.')),
    (b"numunitdecimal", Format::Units(".,")),
    (b"numdotdecimalin", Format::Digits(Grouping::Indian, '.')),
    (b"numunitdecimalin", Format::Units(", ")),
    (b"zerodash", Format::Dash),
    // Registries 4 and 5.
    (b"num-comma-decimal", Format::Digits(Grouping::Free(". "), ',')),
    (b"num-dot-decimal", Format::Digits(Grouping::Free(", "), '.')),
    (b"num-unit-decimal", Format::Units(".,")),
    (b"num-comma-decimal-apos", Format::Digits(Grouping::Free(". '`´’′"), ',')),
    (b"num-dot-decimal-apos", Format::Digits(Grouping::Free(", '`´’′"), '.')),
    (b"num-unit-decimal-apos", Format::Units(".,'`´’′")),
    (b"fixed-zero", Format::Zero),
];

impl Format {
    /// The transformation of this local name in a namespace of that family.
    pub(crate) fn of(family: &Family, local: &[u8]) -> Self {
        match family {
            Family::Transformation => {
                if let Some((_, format)) = NUMBERS.iter().find(|(name, _)| *name == local) {
                    return *format;
                }
                let is_other = [&b"date"[..], b"boolean", b"calin", b"fixed-", b"nocontent"]
                    .iter()
                    .any(|start| local.starts_with(start));
                if is_other { Self::NotNumeric } else { Self::Unknown }
            }
            Family::SecTransformation if local == b"numwordsen" => Self::Words,
            _ => Self::Unknown,
        }
    }
}

/// A number read from text: its digits as an integer and how many of them follow the decimal sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Digits {
    pub(super) mantissa: i128,
    /// Digits after the decimal sign.
    pub fraction: i32,
}

/// Most digits that a figure may have.
const MAX_DIGITS: u32 = 27;

/// Reads the text of a number; `None` when it is not one. A minus in the text is not accepted: the sign of a
/// fact is its sign attribute alone, and a minus inside it would contradict one or the other.
pub(crate) fn digits(text: &str, format: Format) -> Option<Digits> {
    const ZERO: Digits = Digits { mantissa: 0, fraction: 0 };
    let text = text.trim();
    match format {
        Format::Digits(grouping, decimal) => grouped(text, grouping, decimal),
        Format::Plain => grouped(text, Grouping::None, '.'),
        Format::Units(separators) => units(text, separators),
        Format::Zero => Some(ZERO),
        Format::Dash => {
            let mut characters = text.chars();
            (characters.next().is_some_and(is_dash) && characters.next().is_none()).then_some(ZERO)
        }
        Format::Words => words::english(text).map(|mantissa| Digits { mantissa, fraction: 0 }),
        Format::NotNumeric | Format::Unknown => None,
    }
}

fn is_dash(character: char) -> bool {
    matches!(
        character,
        '-' | '\u{58a}' | '\u{5be}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}'
    )
}

/// Whether `character` is one of the signs; a space among them stands for every space that is not a line's end,
/// and for what is written to keep digits together.
fn is_one_of(character: char, signs: &str) -> bool {
    signs.contains(character)
        || signs.contains(' ')
            && (character.is_whitespace() || matches!(character, '\u{200b}' | '\u{2060}' | '\u{feff}'))
}

fn grouped(text: &str, grouping: Grouping, decimal: char) -> Option<Digits> {
    let (whole, fraction) = match text.split_once(decimal) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let mut digits = String::with_capacity(text.len());
    match grouping {
        Grouping::None => digits.push_str(whole),
        Grouping::Free(signs) => digits.extend(whole.chars().filter(|character| !is_one_of(*character, signs))),
        Grouping::Threes(signs) => {
            for (at, group) in whole.split(|character| is_one_of(character, signs)).enumerate() {
                if at > 0 && group.len() != 3 {
                    return None;
                }
                digits.push_str(group);
            }
        }
        Grouping::Indian => {
            let groups: Vec<&str> = whole.split(|character| is_one_of(character, ", ")).collect();
            let last = groups.len() - 1;
            let is_well_grouped = groups.iter().enumerate().all(|(at, group)| match at {
                _ if last == 0 => true,
                0 => matches!(group.len(), 1 | 2),
                _ if at == last => group.len() == 3,
                _ => group.len() == 2,
            });
            if !is_well_grouped {
                return None;
            }
            digits.extend(groups);
        }
    }
    let before = digits.len();
    match (fraction, grouping) {
        // Registries 4 and 5 allow spaces among the decimals.
        (Some(fraction), Grouping::Free(_)) => digits.extend(fraction.chars().filter(|c| !is_one_of(*c, " "))),
        (Some(fraction), _) => digits.push_str(fraction),
        (None, _) => {}
    }
    // “5,” is a number nowhere but in XBRL's own form, which has a point; nor is a lone sign one anywhere.
    if digits.is_empty() || (fraction.is_some() && digits.len() == before && decimal == ',') {
        return None;
    }
    Some(Digits { mantissa: integer(&digits)?, fraction: i32::try_from(digits.len() - before).ok()? })
        .filter(|read| read.fraction <= MAX_DIGITS.cast_signed())
}

/// Digits alone, of any script that writes them in full width too.
fn integer(digits: &str) -> Option<i128> {
    let (mut value, mut seen) = (0_i128, 0_u32);
    for character in digits.chars() {
        let digit = match character {
            '0'..='9' => character as u32 - '0' as u32,
            '\u{ff10}'..='\u{ff19}' => character as u32 - 0xff10,
            _ => return None,
        };
        seen += u32::from(seen > 0 || digit != 0);
        if seen > MAX_DIGITS {
            return None;
        }
        value = value * 10 + i128::from(digit);
    }
    Some(value)
}

/// `4 kr 50 öre`: a number, letters, one or two digits of the hundredths, letters or none.
fn units(text: &str, separators: &str) -> Option<Digits> {
    let is_digit = |character: char| character.is_ascii_digit() || matches!(character, '\u{ff10}'..='\u{ff19}');
    let is_major =
        |character: char| is_digit(character) || separators.contains(character) || "，．".contains(character);
    let end = text.find(|character| !is_major(character))?;
    let (major, rest) = text.split_at(end);
    let start = rest.find(is_digit)?;
    let (unit, rest) = rest.split_at(start);
    // “1.234,5” and “53 35” are numbers of other transformations, not amounts of two units.
    if !unit.chars().any(|character| character.is_alphabetic() || "€$£¥₹".contains(character)) {
        return None;
    }
    let end = rest.find(|character| !is_digit(character)).unwrap_or(rest.len());
    let (minor, unit) = rest.split_at(end);
    if unit.chars().any(is_digit) || !(1..=2).contains(&minor.chars().count()) {
        return None;
    }
    let major: String = major.chars().filter(|character| is_digit(*character)).collect();
    if major.is_empty() {
        return None;
    }
    Some(Digits { mantissa: integer(&major)?.checked_mul(100)?.checked_add(integer(minor)?)?, fraction: 2 })
}

impl Digits {
    /// The value after scale and sign; `None` when it does not fit.
    pub(crate) fn value(self, scale: i8, negative: bool) -> Option<Decimal> {
        let mantissa = if negative { -self.mantissa } else { self.mantissa };
        if mantissa == 0 {
            return Some(Decimal::ZERO);
        }
        let exponent = i32::from(scale) - self.fraction;
        if exponent <= 0 {
            return Decimal::try_from_i128_with_scale(mantissa, u32::try_from(-exponent).ok()?).ok();
        }
        let factor = 10_i128.checked_pow(u32::try_from(exponent).ok()?)?;
        Decimal::try_from_i128_with_scale(mantissa.checked_mul(factor)?, 0).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, format: &str, scale: i8, negative: bool) -> Option<String> {
        let format =
            if format.is_empty() { Format::Plain } else { Format::of(&Family::Transformation, format.as_bytes()) };
        digits(text, format)?.value(scale, negative).map(|value| value.to_string())
    }

    /// One row of the registries: transformation, text, what it is.
    #[test]
    fn every_transformation_reads_what_its_registry_says() {
        for (format, text, expected) in [
            ("numcommadot", "1,234,567.8", Some("1234567.8")),
            ("numcommadot", "1 234", None),
            ("numspacedot", "1 234.5", Some("1234.5")),
            ("numspacedot", "1,234.5", None),
            ("numdotcomma", "1.234.567,8", Some("1234567.8")),
            ("numdotcomma", "1.5", None),
            ("numspacecomma", "5 335 000", Some("5335000")),
            ("numspacecomma", "5335000", Some("5335000")),
            ("numspacecomma", "1234 567,5", Some("1234567.5")),
            ("numspacecomma", "5.335", None),
            ("numspacecomma", "53 35", None),
            ("numspacecomma", "5'335", None),
            ("numspacecomma", "5,", None),
            ("numcomma", "1234,5", Some("1234.5")),
            ("numcomma", "1 234,5", None),
            ("numdash", "-", Some("0")),
            ("numdash", "5", None),
            ("zerodash", "–", Some("0")),
            ("zerodash", "—", Some("0")),
            ("zerodash", "0", None),
            ("numcommadecimal", "1.234,5", Some("1234.5")),
            ("numcommadecimal", "1 234,5", Some("1234.5")),
            ("numcommadecimal", "1.5", None),
            ("numdotdecimal", "1,234.5", Some("1234.5")),
            ("numdotdecimal", "1 234", Some("1234")),
            ("numdotdecimal", "1.234.5", None),
            ("numdotdecimalin", "12,34,567.50", Some("1234567.50")),
            ("numdotdecimalin", "1234567", Some("1234567")),
            ("numdotdecimalin", "123,4567", None),
            ("numunitdecimal", "4 kr 50 öre", Some("4.50")),
            ("numunitdecimal", "1.234 kr 5 öre", Some("1234.05")),
            ("numunitdecimal", "4 kr 535 öre", None),
            ("numunitdecimal", "4 kr", None),
            ("numunitdecimal", "53 35", None),
            ("numunitdecimal", "£4.50", None),
            ("numunitdecimalin", "12,34,567 rupees 50 paise", Some("1234567.50")),
            ("num-comma-decimal", "5.335.000,00", Some("5335000.00")),
            ("num-comma-decimal", "2 000", Some("2000")),
            ("num-comma-decimal", "1.5", Some("15")),
            ("num-comma-decimal", ",5", Some("0.5")),
            ("num-comma-decimal", "5'335", None),
            ("num-dot-decimal", "5,335.0", Some("5335.0")),
            ("num-dot-decimal", "5 335", Some("5335")),
            ("num-dot-decimal", "", None),
            ("num-unit-decimal", "4,535kr50", Some("4535.50")),
            ("num-comma-decimal-apos", "5'335,5", Some("5335.5")),
            ("num-dot-decimal-apos", "5’335.5", Some("5335.5")),
            ("num-unit-decimal-apos", "5'335 Fr 5", Some("5335.05")),
            ("fixed-zero", "inga", Some("0")),
            ("fixed-zero", "", Some("0")),
            ("fixed-true", "1", None),
            ("nocontent", "1", None),
            ("date-day-month-year", "1.1.2024", None),
            ("numwordsen", "five", None),
            ("", "5335.5", Some("5335.5")),
            ("", " 5335 ", Some("5335")),
            ("", "5 335", None),
            ("", "5,335", None),
            ("", "1e3", None),
        ] {
            assert_eq!(read(text, format, 0, false).as_deref(), expected, "{format} of {text:?}");
        }
    }

    #[test]
    fn names_count_only_in_the_namespaces_of_registries() {
        assert_eq!(Format::of(&Family::Other, b"numspacecomma"), Format::Unknown);
        assert_eq!(Format::of(&Family::Transformation, b"numroman"), Format::Unknown);
        assert_eq!(Format::of(&Family::SecTransformation, b"numwordsen"), Format::Words);
        assert_eq!(
            digits("One hundred and two", Format::Words).and_then(|read| read.value(0, false)),
            Some(102.into())
        );
    }

    #[test]
    fn thousands_separators_are_spaces_of_every_kind() {
        for text in ["5 335", "5\u{a0}335", "5\u{202f}335", " 5335 ", "5\u{2009}335"] {
            assert_eq!(read(text, "numspacecomma", 0, false).as_deref(), Some("5335"), "{text:?}");
        }
    }

    #[test]
    fn scale_and_sign_are_applied() {
        assert_eq!(read("2 829", "numspacecomma", 3, false).as_deref(), Some("2829000"));
        assert_eq!(read("48,93", "numspacecomma", -2, false).as_deref(), Some("0.4893"));
        assert_eq!(read("1,5", "numcomma", 6, true).as_deref(), Some("-1500000"));
        assert_eq!(read("0", "numspacecomma", 3, true).as_deref(), Some("0"));
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in ["", " ", "-5", "5-", "1,2,3", "12a", "(5)", ",", "999999999999999999999999999999"] {
            assert_eq!(read(text, "numspacecomma", 0, false), None, "{text}");
        }
        assert_eq!(read("9", "numspacecomma", 120, false), None);
    }
}
