//! Numbers as reports write them: `5 335`, `1.234,5`, `–`; value = number × 10^scale × sign.

use rust_decimal::Decimal;

/// How the text of a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// Decimal comma; spaces, dots and apostrophes group.
    Comma,
    /// Decimal point; spaces, commas and apostrophes group.
    Dot,
    /// XBRL's own lexical form: a decimal point and no grouping.
    Plain,
    /// The text stands for zero, whatever it is.
    Zero,
    /// A transformation that is not a plain number.
    Unknown,
}

impl Format {
    /// Reads the `format` attribute. The registries of 2010, 2011, 2015, 2020 and later name one thing in
    /// several ways (`numspacecomma`, `numcommadecimal`, `num-comma-decimal`): the last word is the decimal sign.
    pub(crate) fn of(qualified: &[u8]) -> Self {
        if qualified.is_empty() {
            return Self::Plain;
        }
        let (_, local) = super::scan::split(qualified);
        let name: Vec<u8> = local.iter().filter(|byte| **byte != b'-').map(u8::to_ascii_lowercase).collect();
        match name.as_slice() {
            b"numdash" | b"zerodash" | b"fixedzero" => Self::Zero,
            _ if !name.starts_with(b"num") => Self::Unknown,
            _ if name.ends_with(b"comma") || name.ends_with(b"commadecimal") => Self::Comma,
            _ if name.ends_with(b"dot") || name.ends_with(b"dotdecimal") => Self::Dot,
            _ => Self::Unknown,
        }
    }
}

/// A number read from text: its digits as an integer and how many of them follow the decimal sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Digits {
    mantissa: i128,
    /// Digits after the decimal sign.
    pub fraction: i32,
}

/// Most digits that a figure may have.
const MAX_DIGITS: u32 = 27;

/// Reads the text of a number; `None` when it is not one. A minus in the text is not accepted: the sign of a
/// fact is its sign attribute alone, and a minus inside it would contradict one or the other.
pub(crate) fn digits(text: &str, format: Format) -> Option<Digits> {
    let text = text.trim();
    if format == Format::Zero {
        return (!text.chars().any(|c| c.is_ascii_digit() && c != '0')).then_some(Digits { mantissa: 0, fraction: 0 });
    }
    let decimal = match format {
        Format::Comma => ',',
        Format::Dot | Format::Plain => '.',
        Format::Zero | Format::Unknown => return None,
    };
    let (mut mantissa, mut fraction, mut seen, mut after) = (0_i128, 0, 0_u32, false);
    for character in text.chars() {
        match character {
            '0'..='9' => {
                seen += u32::from(seen > 0 || character != '0');
                if seen > MAX_DIGITS {
                    return None;
                }
                mantissa = mantissa * 10 + i128::from(character as u32 - '0' as u32);
                fraction += i32::from(after);
            }
            _ if character == decimal && !after => after = true,
            // U+00A0, U+202F and the other spaces that stand between thousands.
            _ if character.is_whitespace() || matches!(character, '\u{200b}' | '\u{2060}' | '\u{feff}') => {}
            '.' | ',' | '\'' | '’' if format != Format::Plain && !after => {}
            _ => return None,
        }
    }
    let any_digit = text.bytes().any(|byte| byte.is_ascii_digit());
    (any_digit && fraction <= 27).then_some(Digits { mantissa, fraction })
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
        digits(text, Format::of(format.as_bytes()))?.value(scale, negative).map(|value| value.to_string())
    }

    #[test]
    fn thousands_separators_are_space_nbsp_narrow_nbsp_dot_or_apostrophe() {
        for text in ["5 335", "5\u{a0}335", "5\u{202f}335", "5.335", "5'335", " 5335 ", "5\u{2009}335"] {
            assert_eq!(read(text, "ixt:numspacecomma", 0, false).as_deref(), Some("5335"), "{text:?}");
        }
        assert_eq!(read("5,335", "ixt:num-dot-decimal", 0, false).as_deref(), Some("5335"));
        assert_eq!(read("5 335,5", "ixt4:num-comma-decimal", 0, false).as_deref(), Some("5335.5"));
        assert_eq!(read("5 335.5", "ixt:numspacedot", 0, true).as_deref(), Some("-5335.5"));
    }

    #[test]
    fn scale_and_sign_are_applied() {
        assert_eq!(read("2 829", "ixt:numspacecomma", 3, false).as_deref(), Some("2829000"));
        assert_eq!(read("48,93", "ixt:numspacecomma", -2, false).as_deref(), Some("0.4893"));
        assert_eq!(read("1,5", "ixt:numcomma", 6, true).as_deref(), Some("-1500000"));
        assert_eq!(read("0", "ixt:numspacecomma", 3, true).as_deref(), Some("0"));
    }

    #[test]
    fn dashes_are_zero_only_where_the_format_says_so() {
        assert_eq!(read("–", "ixt:zerodash", 3, false).as_deref(), Some("0"));
        assert_eq!(read("-", "ixt:fixed-zero", 0, false).as_deref(), Some("0"));
        assert_eq!(read("5", "ixt:numdash", 0, false), None);
        assert_eq!(read("-", "ixt:numspacecomma", 0, false), None);
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in ["", " ", "-5", "5-", "1,2,3", "12a", "(5)", ",", "999999999999999999999999999999"] {
            assert_eq!(read(text, "ixt:numspacecomma", 0, false), None, "{text}");
        }
        assert_eq!(read("1,5", "", 0, false), None, "without a format the decimal sign is a point");
        assert_eq!(read("1.5", "", 0, false).as_deref(), Some("1.5"));
        assert_eq!(read("9", "ixt:numspacecomma", 120, false), None);
        assert_eq!(read("9", "ixt:datedaymonthyear", 0, false), None);
    }
}
