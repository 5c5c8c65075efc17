//! Organisation numbers: the identity of every legal person in the Swedish register.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A Swedish organisation number: ten digits, third digit at least 2, last digit a Luhn check digit.
///
/// A few numbers in official test data fail the check digit; [`Orgnr::parse_lenient`] accepts those so that
/// an importer can warn instead of dropping the row.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Orgnr(u64);

/// Why a text is not an organisation number; the text itself is left out because it may be a personal number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OrgnrError {
    /// Something other than digits, one hyphen and surrounding spaces.
    #[error("an organisation number has ten digits, written NNNNNN-NNNN or NNNNNNNNNN")]
    Shape,
    /// The third digit is 0 or 1, or the prefix is 19 or 20: a person, not a company.
    #[error("this is a personal identity number (sole trader), which Lode does not keep")]
    Personal,
    /// The last digit does not match the nine before it.
    #[error("the check digit is wrong: the last digit should be {expected}")]
    CheckDigit {
        /// The digit that the Luhn rule asks for.
        expected: u8,
    },
}

/// What the first digit of an organisation number says about the holder (Skatteverket's groups).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrgnrGroup {
    /// 2: the state, regions, municipalities and parishes.
    PublicSector,
    /// 5: limited companies.
    LimitedCompany,
    /// 7: economic associations and housing co-operatives.
    EconomicAssociation,
    /// 8: non-profit associations and foundations.
    NonProfit,
    /// 9: trading and limited partnerships.
    Partnership,
    /// Any other first digit.
    Other,
}

impl Orgnr {
    /// Parses like [`FromStr`] but lets a wrong check digit through; the flag tells whether it was right.
    ///
    /// # Errors
    /// [`OrgnrError::Shape`] or [`OrgnrError::Personal`].
    pub fn parse_lenient(text: &str) -> Result<(Self, bool), OrgnrError> {
        match text.parse() {
            Ok(orgnr) => Ok((orgnr, true)),
            Err(OrgnrError::CheckDigit { .. }) => Ok((Self(digits(text)?), false)),
            Err(error) => Err(error),
        }
    }

    /// Builds from the ten digits as a number, as the database and the engine keep it.
    ///
    /// # Errors
    /// As for parsing, except that a wrong check digit is accepted: stored numbers were judged at import.
    pub fn from_number(number: u64) -> Result<Self, OrgnrError> {
        if number > 9_999_999_999 {
            return Err(OrgnrError::Shape);
        }
        if number / 10_000_000 % 10 < 2 {
            return Err(OrgnrError::Personal);
        }
        Ok(Self(number))
    }

    /// The ten digits as a number.
    #[must_use]
    pub fn number(self) -> u64 {
        self.0
    }

    /// The form shown to people: `NNNNNN-NNNN`.
    #[must_use]
    pub fn formatted(self) -> String {
        format!("{:06}-{:04}", self.0 / 10_000, self.0 % 10_000)
    }

    /// Whether the last digit obeys the Luhn rule.
    #[must_use]
    pub fn has_valid_check_digit(self) -> bool {
        check_digit(self.0 / 10) == (self.0 % 10) as u8
    }

    /// The group the first digit stands for.
    #[must_use]
    pub fn group(self) -> OrgnrGroup {
        match self.0 / 1_000_000_000 {
            2 => OrgnrGroup::PublicSector,
            5 => OrgnrGroup::LimitedCompany,
            7 => OrgnrGroup::EconomicAssociation,
            8 => OrgnrGroup::NonProfit,
            9 => OrgnrGroup::Partnership,
            _ => OrgnrGroup::Other,
        }
    }
}

/// The Luhn check digit of the nine digits before it, leftmost doubled.
#[must_use]
pub fn check_digit(first_nine: u64) -> u8 {
    let (mut rest, mut sum, mut double) = (first_nine, 0, true);
    for _ in 0..9 {
        let digit = (rest % 10) as u8;
        let term = if double { digit * 2 } else { digit };
        sum += term / 10 + term % 10;
        double = !double;
        rest /= 10;
    }
    (10 - sum % 10) % 10
}

fn digits(text: &str) -> Result<u64, OrgnrError> {
    let text = text.trim();
    let mut plain = [0u8; 12];
    let (mut count, mut hyphens) = (0, 0);
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' if count < 12 => {
                plain[count] = byte - b'0';
                count += 1;
            }
            // The hyphen stands before the last four digits and nowhere else.
            b'-' if hyphens == 0 && (count == 6 || count == 8) => hyphens = count,
            _ => return Err(OrgnrError::Shape),
        }
    }
    let ten = match (count, hyphens) {
        (10, 0 | 6) => &plain[..10],
        (12, 0 | 8) if plain[..2] == [1, 6] => &plain[2..12],
        (12, 0 | 8) if matches!(plain[..2], [1, 8 | 9] | [2, 0]) => return Err(OrgnrError::Personal),
        _ => return Err(OrgnrError::Shape),
    };
    if ten[2] < 2 {
        return Err(OrgnrError::Personal);
    }
    Ok(ten.iter().fold(0, |number, digit| number * 10 + u64::from(*digit)))
}

impl FromStr for Orgnr {
    type Err = OrgnrError;

    /// Accepts `NNNNNNNNNN`, `NNNNNN-NNNN` and the twelve-digit form with the prefix 16.
    fn from_str(text: &str) -> Result<Self, OrgnrError> {
        let number = digits(text)?;
        let expected = check_digit(number / 10);
        if expected != (number % 10) as u8 {
            return Err(OrgnrError::CheckDigit { expected });
        }
        Ok(Self(number))
    }
}

impl fmt::Display for Orgnr {
    /// Ten digits without a hyphen: the form of keys, URLs and files.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:010}", self.0)
    }
}

impl fmt::Debug for Orgnr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Orgnr({self})")
    }
}

impl Serialize for Orgnr {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Orgnr {
    /// Lenient about the check digit, strict about everything else.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse_lenient(&text).map(|(orgnr, _)| orgnr).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn all_written_forms_are_one_number() {
        for text in ["5590852777", "559085-2777", "165590852777", "16559085-2777", "  559085-2777 "] {
            assert_eq!(text.parse::<Orgnr>().map(|o| o.to_string()), Ok("5590852777".into()), "{text}");
        }
        assert_eq!("5590852777".parse::<Orgnr>().unwrap().formatted(), "559085-2777");
    }

    #[test]
    fn persons_are_refused_in_every_form() {
        for text in ["198112289874", "19811228-9874", "200001019874", "8112289874", "811228-9874"] {
            assert_eq!(text.parse::<Orgnr>(), Err(OrgnrError::Personal), "{text}");
        }
    }

    #[test]
    fn a_wrong_check_digit_names_the_right_one_and_can_be_let_through() {
        assert_eq!("5590852778".parse::<Orgnr>(), Err(OrgnrError::CheckDigit { expected: 7 }));
        let (orgnr, valid) = Orgnr::parse_lenient("5560000002").unwrap();
        assert!(!valid && !orgnr.has_valid_check_digit());
    }

    proptest! {
        #[test]
        fn any_text_parses_or_is_refused(text in "\\PC*") {
            let _ = Orgnr::parse_lenient(&text);
        }

        #[test]
        fn what_is_printed_is_read_back(first in 200_000_000u64..999_999_999) {
            let number = first * 10 + u64::from(check_digit(first));
            prop_assume!(number / 10_000_000 % 10 >= 2);
            let orgnr: Orgnr = format!("{number:010}").parse().unwrap();
            prop_assert_eq!(orgnr.formatted().parse::<Orgnr>(), Ok(orgnr));
            prop_assert_eq!(orgnr.number(), number);
        }
    }
}
