//! Organisation numbers: the identity of every legal person in the Swedish and the Norwegian register.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A Swedish organisation number (ten digits, third digit at least 2, last digit a Luhn check digit) or a Norwegian
/// one (nine digits, first digit 8 or 9, last digit a modulus-11 check digit).
///
/// Both share one number space: no Swedish legal person's number starts with 0, so everything below 1 000 000 000
/// is Norwegian. A few numbers in official test data fail the check digit; [`Orgnr::parse_lenient`] accepts those
/// so that an importer can warn instead of dropping the row.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Orgnr(u64);

/// Why a text is not an organisation number; the text itself is left out because it may be a personal number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OrgnrError {
    /// Something other than digits, one hyphen and surrounding spaces.
    #[error("an organisation number has ten digits, written NNNNNN-NNNN or NNNNNNNNNN (Norway: nine, NNN NNN NNN)")]
    Shape,
    /// The third digit is 0 or 1, or the prefix is 19 or 20: a person, not a company.
    #[error("this is a personal identity number (sole trader), which Lode does not keep")]
    Personal,
    /// The last digit does not match the nine before it.
    #[error("the check digit is wrong: the last digit should be {expected}")]
    CheckDigit {
        /// The digit that the rule asks for.
        expected: u8,
    },
    /// Nine digits whose first eight allow no modulus-11 check digit: such a number is never given out.
    #[error("no Norwegian organisation number starts with these eight digits")]
    NeverIssued,
}

/// Whose register an organisation number belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Country {
    /// Bolagsverket and SCB.
    Sweden,
    /// Brønnøysundregistrene.
    Norway,
}

impl Country {
    /// ISO 3166-1 alpha-2.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Sweden => "SE",
            Self::Norway => "NO",
        }
    }
}

/// The smallest ten-digit number; everything below is Norwegian.
const TEN_DIGITS: u64 = 1_000_000_000;
/// The smallest Norwegian number: the first digit is 8 or 9.
const NORWEGIAN_FROM: u64 = 800_000_000;

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
            Err(OrgnrError::CheckDigit { .. } | OrgnrError::NeverIssued) => Ok((Self(digits(text)?), false)),
            Err(error) => Err(error),
        }
    }

    /// Builds from the digits as a number, as the database and the engine keep it.
    ///
    /// # Errors
    /// As for parsing, except that a wrong check digit is accepted: stored numbers were judged at import.
    pub fn from_number(number: u64) -> Result<Self, OrgnrError> {
        if !(NORWEGIAN_FROM..=9_999_999_999).contains(&number) {
            return Err(OrgnrError::Shape);
        }
        if number >= TEN_DIGITS && number / 10_000_000 % 10 < 2 {
            return Err(OrgnrError::Personal);
        }
        Ok(Self(number))
    }

    /// The digits as a number.
    #[must_use]
    pub fn number(self) -> u64 {
        self.0
    }

    /// Whose register the number belongs to.
    #[must_use]
    pub fn country(self) -> Country {
        if self.0 < TEN_DIGITS { Country::Norway } else { Country::Sweden }
    }

    /// The form shown to people: `NNNNNN-NNNN`, Norwegian `NNN NNN NNN`.
    #[must_use]
    pub fn formatted(self) -> String {
        match self.country() {
            Country::Sweden => format!("{:06}-{:04}", self.0 / 10_000, self.0 % 10_000),
            Country::Norway => {
                format!("{:03} {:03} {:03}", self.0 / 1_000_000, self.0 / 1000 % 1000, self.0 % 1000)
            }
        }
    }

    /// Whether the last digit obeys the rule of its country: Luhn in Sweden, modulus 11 in Norway.
    #[must_use]
    pub fn has_valid_check_digit(self) -> bool {
        self.expected_check_digit() == Some((self.0 % 10) as u8)
    }

    fn expected_check_digit(self) -> Option<u8> {
        match self.country() {
            Country::Sweden => Some(check_digit(self.0 / 10)),
            Country::Norway => norwegian_check_digit(self.0 / 10),
        }
    }

    /// The group the first digit stands for; Norwegian numbers carry no such meaning.
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

/// The Norwegian modulus-11 check digit of the eight digits before it (weights 3 2 7 6 5 4 3 2); `None` where it
/// would be 10, because such numbers are not given out.
#[must_use]
pub fn norwegian_check_digit(first_eight: u64) -> Option<u8> {
    let (mut rest, mut sum) = (first_eight, 0);
    for weight in [2, 3, 4, 5, 6, 7, 2, 3] {
        sum += rest % 10 * weight;
        rest /= 10;
    }
    match (11 - sum % 11) % 11 {
        10 => None,
        digit => Some(digit as u8),
    }
}

/// Nine digits, the first 8 or 9, possibly in groups of three.
fn norwegian_digits(text: &str) -> Option<u64> {
    let bytes = text.as_bytes();
    let grouped = bytes.len() == 11 && bytes[3] == b' ' && bytes[7] == b' ';
    if !grouped && bytes.len() != 9 {
        return None;
    }
    let mut number = 0;
    for (index, byte) in bytes.iter().enumerate() {
        match byte {
            b'0'..=b'9' if !(grouped && matches!(index, 3 | 7)) => number = number * 10 + u64::from(byte - b'0'),
            b' ' if grouped && matches!(index, 3 | 7) => {}
            _ => return None,
        }
    }
    (number >= NORWEGIAN_FROM).then_some(number)
}

fn digits(text: &str) -> Result<u64, OrgnrError> {
    let text = text.trim();
    if let Some(number) = norwegian_digits(text) {
        return Ok(number);
    }
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
    if ten[0] == 0 {
        return Err(OrgnrError::Shape);
    }
    Ok(ten.iter().fold(0, |number, digit| number * 10 + u64::from(*digit)))
}

impl FromStr for Orgnr {
    type Err = OrgnrError;

    /// Accepts `NNNNNNNNNN`, `NNNNNN-NNNN`, the twelve-digit form with the prefix 16, and the Norwegian `NNNNNNNNN`
    /// and `NNN NNN NNN`.
    fn from_str(text: &str) -> Result<Self, OrgnrError> {
        let orgnr = Self(digits(text)?);
        match orgnr.expected_check_digit() {
            Some(expected) if expected == (orgnr.0 % 10) as u8 => Ok(orgnr),
            Some(expected) => Err(OrgnrError::CheckDigit { expected }),
            None => Err(OrgnrError::NeverIssued),
        }
    }
}

impl fmt::Display for Orgnr {
    /// Ten digits (Norway: nine) without a hyphen: the form of keys, URLs and files.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
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

    #[test]
    fn norwegian_numbers_live_below_the_swedish_ones() {
        for text in ["923609016", "923 609 016", " 923609016 "] {
            let orgnr: Orgnr = text.parse().unwrap();
            assert_eq!((orgnr.country(), orgnr.number()), (Country::Norway, 923_609_016), "{text}");
            assert_eq!((orgnr.to_string(), orgnr.formatted()), ("923609016".into(), "923 609 016".into()));
            assert!(orgnr.has_valid_check_digit());
            assert_eq!((orgnr.country().code(), orgnr.group()), ("NO", OrgnrGroup::Other));
        }
        assert_eq!("923609017".parse::<Orgnr>(), Err(OrgnrError::CheckDigit { expected: 6 }));
        assert!(!Orgnr::parse_lenient("923609017").unwrap().1);
        assert_eq!("5590852777".parse::<Orgnr>().unwrap().country(), Country::Sweden);
        // A remainder that asks for a check digit of 10 is never given out.
        assert_eq!("800000050".parse::<Orgnr>(), Err(OrgnrError::NeverIssued));
        for text in ["723609016", "92360901", "923 609016", "92360901x", "0523456789"] {
            assert_eq!(text.parse::<Orgnr>(), Err(OrgnrError::Shape), "{text}");
        }
        assert!(Orgnr::from_number(799_999_999).is_err());
        assert!(Orgnr::from_number(923_609_016).is_ok());
    }

    #[test]
    fn real_norwegian_numbers_have_valid_check_digits() {
        for text in ["921378963", "925922900", "931883836", "935845114", "936134610", "939319891", "998575133"] {
            assert!(text.parse::<Orgnr>().is_ok(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn norwegian_numbers_are_read_back(first in 80_000_000u64..99_999_999) {
            let Some(check) = norwegian_check_digit(first) else { return Ok(()) };
            let orgnr = Orgnr::from_number(first * 10 + u64::from(check)).unwrap();
            prop_assert_eq!(orgnr.to_string().parse::<Orgnr>(), Ok(orgnr));
            prop_assert_eq!(orgnr.formatted().parse::<Orgnr>(), Ok(orgnr));
        }

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
