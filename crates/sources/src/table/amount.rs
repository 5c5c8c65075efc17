//! Amounts as people write them: spaces, points, commas or apostrophes between thousands, decimal comma or point, minus in
//! several forms, `,-` and `:-` of price tags, a currency or unit before or behind.

use domain::currency::Currency;
use domain::one_line::{is_dash, is_invisible};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::mapping::Unit;
use super::unit;

/// Why a text is not an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// Something other than one number.
    #[error("this is not a number")]
    NotANumber,
    /// `1,234` may be one thousand or one and a bit.
    #[error("this can be read in two ways")]
    Ambiguous,
    /// `5,34E+06`: a program has written it with powers of ten, which are seldom all of its digits.
    #[error("a spreadsheet has rounded this to powers of ten")]
    Rounded,
    /// More than fits.
    #[error("the number is too large")]
    TooLarge,
}

/// An amount with what its own text says of its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    /// The number.
    pub value: Decimal,
    /// The unit that stands beside it (`12 tkr`), which then is meant, whatever the heading says.
    pub unit: Option<Unit>,
    /// The currency that stands beside it.
    pub currency: Option<Currency>,
}

/// Reads an amount; `decimal` says which mark stands before decimals, where that is known.
///
/// # Errors
/// See [`AmountError`].
pub fn amount(text: &str, decimal: Option<char>) -> Result<Amount, AmountError> {
    let plain = plain(text);
    let Bare { body, scale, is_negative } = without_words(&plain)?;
    let value = signed(body, is_negative, decimal)?;
    // “kr” behind an amount in a column of thousands is the currency, not its unit.
    let unit = scale.map(|scale| scale.unit).filter(|unit| *unit != Unit::One);
    Ok(Amount { value, unit, currency: scale.and_then(|scale| scale.currency) })
}

/// Reads a bare number; `decimal` says which mark stands before decimals, where that is known.
///
/// # Errors
/// See [`AmountError`]; a unit beside the number is not part of a number.
pub fn number(text: &str, decimal: Option<char>) -> Result<Decimal, AmountError> {
    let amount = amount(text, decimal)?;
    if amount.unit.is_some() || amount.currency.is_some() { Err(AmountError::NotANumber) } else { Ok(amount.value) }
}

/// The decimal mark that this text uses beyond doubt, by its decimals or by its thousands; `None` where it uses none or
/// may be read either way.
#[must_use]
pub fn decimal_mark(text: &str) -> Option<char> {
    let plain = plain(text);
    let bare = without_words(&plain).ok()?;
    signed(bare.body, bare.is_negative, None).ok()?;
    let (body, _) = without_sign(bare.body);
    match (body.matches('.').count(), body.matches(',').count()) {
        (0, 0) => None,
        (1.., 1..) => body.chars().rev().find(|c| matches!(c, '.' | ',')),
        (0, 1) => Some(','),
        (1, 0) => Some('.'),
        // Thousands.
        (0, _) => Some('.'),
        (_, 0) => Some(','),
    }
}

/// Spaces and apostrophes between thousands go, every dash is a minus.
fn plain(text: &str) -> String {
    text.trim()
        .chars()
        .filter(|c| {
            !c.is_whitespace()
                && !is_invisible(*c)
                && !matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{2BC}' | '\u{B4}' | '`')
        })
        .map(|c| if is_dash(c) { '-' } else { c })
        .collect()
}

/// An amount without the words around its digits.
struct Bare<'a> {
    body: &'a str,
    scale: Option<unit::Scale>,
    /// Whether brackets or a minus stand around words and digits together: `(5 335 kr)`, `-€5`.
    is_negative: bool,
}

/// Takes away the words before and behind the digits, which must be a unit or currency.
fn without_words(plain: &str) -> Result<Bare<'_>, AmountError> {
    let inner = plain.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let after_minus =
        plain.strip_prefix('-').filter(|rest| !rest.starts_with(|c: char| c.is_ascii_digit() || "-(,.:".contains(c)));
    let (whole, is_negative) = match inner.or(after_minus) {
        Some(rest) => (rest, true),
        None => (plain, false),
    };
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '(' | ')' | ',' | '.' | ':');
    let start = whole.find(is_number).ok_or(AmountError::NotANumber)?;
    let end = whole.rfind(is_number).map_or(whole.len(), |at| at + 1);
    let (before, body, behind) = (&whole[..start], &whole[start..end], &whole[end..]);
    if body.contains(['e', 'E']) && body.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
        return Err(AmountError::Rounded);
    }
    // “SEK.” and “kr:” end in a mark that is no part of the number.
    let body = if before.is_empty() { body } else { body.trim_start_matches(['.', ':']) };
    if before.is_empty() && behind.is_empty() {
        return Ok(Bare { body, scale: None, is_negative });
    }
    let scale = unit::read(&format!("{before} {behind}")).ok_or(AmountError::NotANumber)?;
    Ok(Bare { body, scale: Some(scale), is_negative })
}

/// The digits and whether a minus before or behind them makes them negative.
fn without_sign(body: &str) -> (&str, bool) {
    let body = without_dash(body);
    match (body.strip_prefix('-'), body.strip_suffix('-')) {
        (Some(body), _) | (None, Some(body)) => (body, true),
        (None, None) => (body.strip_prefix('+').unwrap_or(body), false),
    }
}

/// `5 335,-`, `5 335:-` and `5 335.--` are whole amounts: the dash stands for no öre and is no minus.
fn without_dash(body: &str) -> &str {
    let shorter = body.trim_end_matches('-');
    match shorter.strip_suffix([',', '.', ':']) {
        Some(whole) if shorter.len() < body.len() && whole.ends_with(|c: char| c.is_ascii_digit()) => whole,
        _ => body,
    }
}

fn signed(body: &str, is_bracketed: bool, decimal: Option<char>) -> Result<Decimal, AmountError> {
    let inner = body.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let (body, has_minus) = without_sign(inner.unwrap_or(body));
    if is_bracketed && inner.is_some() {
        return Err(AmountError::NotANumber);
    }
    let is_bracketed = is_bracketed || inner.is_some();
    if is_bracketed && has_minus {
        return Err(AmountError::NotANumber);
    }
    let is_negative = is_bracketed || has_minus;
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    // Öre: 5335:50.
    let (body, cents) = match body.split_once(':') {
        Some((body, cents)) if cents.len() == 2 && is_digits(cents) => (body, Some(cents)),
        Some(_) => return Err(AmountError::NotANumber),
        None => (body, None),
    };
    let (whole, decimals) = match cents {
        // What stands before öre is whole, so that every mark in it parts thousands.
        Some(cents) => (thousands(body)?, cents),
        None => split(body, decimal)?,
    };
    if !is_digits(&whole) || !(decimals.is_empty() || is_digits(decimals)) {
        return Err(AmountError::NotANumber);
    }
    let joined = if decimals.is_empty() { whole } else { format!("{whole}.{decimals}") };
    let value: Decimal = joined.parse().map_err(|_| AmountError::TooLarge)?;
    Ok(if is_negative { -value } else { value })
}

/// Divides into whole digits (separators removed) and decimals.
fn split(body: &str, decimal: Option<char>) -> Result<(String, &str), AmountError> {
    let (points, commas) = (body.matches('.').count(), body.matches(',').count());
    let mark = match (decimal, points, commas) {
        (_, 0, 0) => None,
        // Two of the same mark can only part thousands, whatever the mark of decimals is.
        (Some(','), 0, 2..) | (Some('.'), 2.., 0) => return Err(AmountError::NotANumber),
        (Some(mark), ..) => Some(mark),
        (None, 0, 2..) | (None, 2.., 0) => None,
        (None, 1.., 1..) => body.chars().rev().find(|c| matches!(c, '.' | ',')),
        (None, ..) => {
            // One mark: with exactly three digits behind and one to three before it, nobody can tell.
            let mark = if points == 1 { '.' } else { ',' };
            let (before, after) = body.split_once(mark).unwrap_or((body, ""));
            if after.len() == 3 && (1..=3).contains(&before.len()) && before != "0" {
                return Err(AmountError::Ambiguous);
            }
            Some(mark)
        }
    };
    let (whole, decimals) = match mark.and_then(|mark| body.rsplit_once(mark)) {
        Some((whole, decimals)) => (whole, decimals),
        None => (body, ""),
    };
    Ok((thousands(whole)?, decimals))
}

/// The digits without what parts thousands: one mark alone, or "1.5.2" would be read as 152.
fn thousands(whole: &str) -> Result<String, AmountError> {
    let separators = [',', '.'];
    if !whole.contains(separators) {
        return Ok(whole.to_owned());
    }
    let mut groups = whole.split(separators);
    let first = groups.next().unwrap_or_default();
    let is_mixed = whole.contains(',') && whole.contains('.');
    if is_mixed || first.is_empty() || first.len() > 3 || groups.any(|group| group.len() != 3) {
        return Err(AmountError::NotANumber);
    }
    Ok(whole.replace(separators, ""))
}

/// A number of units of `10^exponent` as a whole amount, half a unit rounded away from zero.
///
/// # Errors
/// [`AmountError::TooLarge`].
pub fn whole(value: Decimal, exponent: u8) -> Result<i64, AmountError> {
    let factor = Decimal::from(10i64.pow(u32::from(exponent.min(12))));
    value
        .checked_mul(factor)
        .map(|value| value.round_dp_with_strategy(0, rust_decimal::RoundingStrategy::MidpointAwayFromZero))
        .and_then(|value| value.to_i64())
        .ok_or(AmountError::TooLarge)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_come_in_many_forms() {
        for (text, expected) in [
            ("1234", "1234"),
            ("1 234,5", "1234.5"),
            ("1\u{A0}234", "1234"),
            ("1\u{202F}234\u{2009}567", "1234567"),
            ("1.234.567", "1234567"),
            ("1,234,567.89", "1234567.89"),
            ("1.234,50", "1234.50"),
            ("1'234'567", "1234567"),
            ("1\u{2019}234.50", "1234.50"),
            ("-12", "-12"),
            ("- 12", "-12"),
            ("\u{2212}12", "-12"),
            ("\u{2013}12", "-12"),
            ("12-", "-12"),
            ("12\u{2212}", "-12"),
            ("(12)", "-12"),
            ("(1 234,50)", "-1234.50"),
            ("+7", "7"),
            ("0,125", "0.125"),
            ("2.5", "2.5"),
            ("5 335 000,-", "5335000"),
            ("5.335.000,-", "5335000"),
            ("5 335 000:-", "5335000"),
            ("5335000:00", "5335000.00"),
            ("5 335:50", "5335.50"),
            ("5 335 000.-", "5335000"),
            ("5 335 000,--", "5335000"),
            ("5 335 000,\u{2013}", "5335000"),
            ("-5 335 000,-", "-5335000"),
            ("\u{2212}5 335:-", "-5335"),
            ("5 335 kr", "5335"),
            ("5 335:- kr", "5335"),
            ("kr 5 335", "5335"),
            ("kr. 5 335,-", "5335"),
            ("5 335,50 kronor", "5335.50"),
            ("(5 335 kr)", "-5335"),
            ("-kr 5 335", "-5335"),
            ("kr -5 335", "-5335"),
        ] {
            assert_eq!(amount(text, None).map(|amount| amount.value), Ok(expected.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn a_currency_or_unit_may_stand_beside_the_number() {
        for (text, value, exponent, currency) in [
            ("SEK 5 335", 5335, None, Some("SEK")),
            ("5 335 SEK", 5335, None, Some("SEK")),
            ("€5335", 5335, None, Some("EUR")),
            ("-5335 EUR", -5335, None, Some("EUR")),
            ("12 tkr", 12, Some(3), None),
            ("12 MSEK", 12, Some(6), Some("SEK")),
            ("MSEK 12", 12, Some(6), Some("SEK")),
            ("SEK 12m", 12, Some(6), Some("SEK")),
        ] {
            let found = amount(text, None).unwrap();
            assert_eq!(found.value, Decimal::from(value), "{text}");
            assert_eq!(found.unit.map(Unit::exponent), exponent, "{text}");
            assert_eq!(found.currency.map(|code| code.code().to_owned()).as_deref(), currency, "{text}");
        }
        assert!(number("12 tkr", None).is_err() && number("12 kr", None).is_ok());
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_refused_until_the_mark_is_named() {
        assert_eq!(number("1,234", None), Err(AmountError::Ambiguous));
        assert_eq!(number("1.234", None), Err(AmountError::Ambiguous));
        assert_eq!(number("1,234", Some(',')), Ok("1.234".parse().unwrap()));
        assert_eq!(number("1,234", Some('.')), Ok(Decimal::from(1234)));
        assert_eq!(number("5335.5", Some(',')), Err(AmountError::NotANumber));
        for text in [
            "",
            "-",
            "abc",
            "1.5.2",
            "12 st",
            "1,,2",
            "--1",
            "()",
            "12 %",
            "12*",
            "1)",
            ",-",
            "12:5",
            "1:234",
            "12 34 kr x",
            "1.234,567.890",
            "kr",
            "-,-",
        ] {
            assert!(number(text, None).is_err(), "{text}");
        }
        for text in ["1e5", "5,34E+06", "-5.34E+06"] {
            assert_eq!(number(text, None), Err(AmountError::Rounded), "{text}");
        }
    }

    #[test]
    fn the_decimal_mark_is_known_only_beyond_doubt() {
        for (text, mark) in [
            ("1 234,5", Some(',')),
            ("0,125", Some(',')),
            ("1.234,50", Some(',')),
            ("1.234.567", Some(',')),
            ("1,234,567", Some('.')),
            ("-2.5 kr", Some('.')),
            ("1,234", None),
            ("1234", None),
            ("5 335,-", None),
            ("x", None),
        ] {
            assert_eq!(decimal_mark(text), mark, "{text}");
        }
    }

    #[test]
    fn units_scale_and_round() {
        assert_eq!(whole("1.2345".parse().unwrap(), 3), Ok(1235));
        assert_eq!(whole("-0.5".parse().unwrap(), 0), Ok(-1));
        assert_eq!(whole(Decimal::MAX, 6), Err(AmountError::TooLarge));
    }

    /// The amount in one of many spellings.
    fn spelt(value: i64, group: &str, minus: usize, end: &str, word: &str, is_before: bool) -> String {
        let digits = value.unsigned_abs().to_string();
        let mut grouped = String::new();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                grouped.push_str(group);
            }
            grouped.push(digit);
        }
        let grouped = grouped + end;
        let signed = match (value < 0, minus) {
            (false, _) => grouped,
            (true, 0) => format!("-{grouped}"),
            (true, 1) => format!("\u{2212}{grouped}"),
            (true, 2) => format!("({grouped})"),
            (true, _) if end.is_empty() => format!("{grouped}-"),
            (true, _) => format!("- {grouped}"),
        };
        match (word, is_before) {
            ("", _) => signed,
            (word, true) => format!("{word} {signed}"),
            (word, false) => format!("{signed} {word}"),
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_number_or_not(text in "\\PC{0,30}", mark in prop_oneof![Just(None), Just(Some(',')), Just(Some('.'))]) {
            let _ = amount(&text, mark);
            let _ = decimal_mark(&text);
        }

        #[test]
        fn an_amount_in_any_spelling_is_read_back(
            value in prop_oneof![-999_999_999_999i64..999_999_999_999, -9_999i64..9_999],
            group in prop_oneof![Just(" "), Just("\u{A0}"), Just("\u{202F}"), Just("\u{2009}"), Just("'"), Just("\u{2019}"), Just(""), Just(".")],
            minus in 0..4usize,
            end in prop_oneof![Just(""), Just(",-"), Just(":-"), Just(":00"), Just(",00"), Just(",\u{2013}")],
            word in prop_oneof![Just(""), Just("kr"), Just("SEK"), Just("kronor")],
            is_before in any::<bool>(),
        ) {
            // 1.234 may be read in two ways, and is refused.
            prop_assume!(group != "." || value.abs() >= 1_000_000 || value.abs() < 1_000 || end == ",00" || end == ":00");
            let text = spelt(value, group, minus, end, word, is_before);
            let found = amount(&text, None).and_then(|amount| whole(amount.value, 0));
            prop_assert_eq!(found, Ok(value), "{:?}", text);
        }
    }
}
