//! Amounts as people write them: spaces, points or commas between thousands, decimal comma or point, minus in several
//! forms.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// Why a text is not an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// Something other than one number.
    #[error("this is not a number")]
    NotANumber,
    /// `1,234` may be one thousand or one and a bit.
    #[error("this can be read in two ways")]
    Ambiguous,
    /// More than fits.
    #[error("the number is too large")]
    TooLarge,
}

/// Reads a number; `decimal` says which mark stands before decimals, where that is known.
///
/// # Errors
/// See [`AmountError`].
pub fn number(text: &str, decimal: Option<char>) -> Result<Decimal, AmountError> {
    let mut plain = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}' | '\'' => {}
            '\u{2212}' | '\u{2013}' => plain.push('-'),
            _ => plain.push(c),
        }
    }
    let is_bracketed = plain.len() > 2 && plain.starts_with('(') && plain.ends_with(')');
    let (body, is_negative) = match plain.as_str() {
        bracketed if is_bracketed => (&bracketed[1..bracketed.len() - 1], true),
        other => match (other.strip_prefix('-'), other.strip_suffix('-')) {
            (Some(body), _) | (None, Some(body)) => (body, true),
            (None, None) => (other.strip_prefix('+').unwrap_or(other), false),
        },
    };
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, decimals) = split(body, decimal)?;
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
    let separators = [',', '.'];
    // Groups between separators must be thousands, or "1.5.2" would be read as 152.
    let mut groups = whole.split(separators);
    let first = groups.next().unwrap_or_default();
    if whole.contains(separators) && ((first.is_empty() || first.len() > 3) || groups.any(|group| group.len() != 3)) {
        return Err(AmountError::NotANumber);
    }
    Ok((whole.replace(separators, ""), decimals))
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
            ("1.234.567", "1234567"),
            ("1,234,567.89", "1234567.89"),
            ("1.234,50", "1234.50"),
            ("-12", "-12"),
            ("\u{2212}12", "-12"),
            ("12-", "-12"),
            ("(12)", "-12"),
            ("+7", "7"),
            ("0,125", "0.125"),
            ("2.5", "2.5"),
        ] {
            assert_eq!(number(text, None), Ok(expected.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_refused_until_the_mark_is_named() {
        assert_eq!(number("1,234", None), Err(AmountError::Ambiguous));
        assert_eq!(number("1.234", None), Err(AmountError::Ambiguous));
        assert_eq!(number("1,234", Some(',')), Ok("1.234".parse().unwrap()));
        assert_eq!(number("1,234", Some('.')), Ok(Decimal::from(1234)));
        for text in ["", "-", "abc", "1.5.2", "12 kr", "1e5", "1,,2", "--1", "()"] {
            assert!(number(text, None).is_err(), "{text}");
        }
    }

    #[test]
    fn units_scale_and_round() {
        assert_eq!(whole("1.2345".parse().unwrap(), 3), Ok(1235));
        assert_eq!(whole("-0.5".parse().unwrap(), 0), Ok(-1));
        assert_eq!(whole(Decimal::MAX, 6), Err(AmountError::TooLarge));
    }

    proptest! {
        #[test]
        fn any_text_is_a_number_or_not(text in "\\PC{0,30}", mark in prop_oneof![Just(None), Just(Some(',')), Just(Some('.'))]) {
            let _ = number(&text, mark);
        }

        #[test]
        fn grouped_numbers_are_read_back(amount in -999_999_999_999i64..999_999_999_999) {
            let digits = amount.unsigned_abs().to_string();
            let mut grouped = String::new();
            for (index, digit) in digits.chars().enumerate() {
                if index > 0 && (digits.len() - index) % 3 == 0 {
                    grouped.push(' ');
                }
                grouped.push(digit);
            }
            let text = if amount < 0 { format!("-{grouped},00") } else { grouped };
            prop_assert_eq!(number(&text, None).and_then(|value| whole(value, 0)), Ok(amount));
        }
    }
}
