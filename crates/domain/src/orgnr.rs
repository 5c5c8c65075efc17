//! Organisation numbers: the identity of every legal person in the Swedish and the Norwegian register.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::one_line::{is_dash, is_invisible};

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
    /// Six to nine digits. Spreadsheets take a number for a quantity and drop its leading zeros.
    #[error(
        "this has {found} digits instead of ten (Norway: nine); a spreadsheet may have dropped zeros at its beginning"
    )]
    TooFewDigits {
        /// How many there are.
        found: usize,
    },
    /// `5,59E+09`: a spreadsheet has rounded the number.
    #[error("a spreadsheet has rounded the number to powers of ten, and its last digits are lost")]
    Rounded,
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
        let reading = read(text)?;
        match (reading.has_valid_check_digit(), reading.is_usual) {
            (true, _) => Ok((Self(reading.number), true)),
            (false, true) => Ok((Self(reading.number), false)),
            // Ten digits with spaces anywhere are a telephone number as likely as not.
            (false, false) => Err(OrgnrError::Shape),
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

/// The digits of a written number and where it was parted.
struct Written {
    digits: Vec<u8>,
    /// How many digits stood before each hyphen.
    hyphens: Vec<usize>,
    /// How many digits stood before each space.
    spaces: Vec<usize>,
    /// Whether the country stood in front (`SE`), as in VAT numbers.
    is_swedish: bool,
}

/// A number that was read, its check digit not yet looked at.
struct Reading {
    number: u64,
    /// Whether it is written as such numbers usually are: only then a wrong check digit may be let through.
    is_usual: bool,
}

impl Reading {
    fn has_valid_check_digit(&self) -> bool {
        Orgnr(self.number).has_valid_check_digit()
    }
}

/// Parts a text into digits and separators: hyphens of any width, spaces of any kind, `SE` in front, `NO` in front and
/// `MVA` behind, the marks that spreadsheets use for text (`'5590852777`, `="5590852777"`), and the `.0` of a number
/// that a program took for a fraction.
fn written(text: &str) -> Result<Written, OrgnrError> {
    let is_mark = |c: char| c.is_whitespace() || is_invisible(c) || matches!(c, '\'' | '"' | '=' | '’' | '“' | '”');
    let mut body = text.trim_matches(is_mark);
    let starts_with =
        |body: &str, word: &str| body.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    let is_swedish = starts_with(body, "SE");
    if is_swedish || starts_with(body, "NO") {
        body =
            body.get(2..).unwrap_or_default().trim_start_matches(|c: char| c.is_whitespace() || is_dash(c) || c == ':');
    }
    if body.len() > 3 && !is_swedish && body.get(body.len() - 3..).is_some_and(|end| end.eq_ignore_ascii_case("MVA")) {
        body = body.get(..body.len() - 3).unwrap_or_default().trim_end();
    }
    if let Some((whole, zeros)) = body.split_once(['.', ','])
        && whole.len() >= 9
        && whole.bytes().all(|byte| byte.is_ascii_digit())
        && zeros.bytes().all(|byte| byte == b'0')
    {
        body = whole;
    }
    let mut found = Written { digits: Vec::new(), hyphens: Vec::new(), spaces: Vec::new(), is_swedish };
    for letter in body.chars() {
        let before = found.digits.len();
        match letter {
            '0'..='9' if before < 12 => found.digits.push(letter as u8 - b'0'),
            _ if is_dash(letter) && found.hyphens.last() != Some(&before) => found.hyphens.push(before),
            _ if letter.is_whitespace() => found.spaces.push(before),
            _ if is_invisible(letter) => {}
            'E' | 'e' if before > 0 && body.contains('+') => return Err(OrgnrError::Rounded),
            // 5,59085E+09
            ',' | '.' if body.contains(['E', 'e']) && body.contains('+') => {}
            _ => return Err(OrgnrError::Shape),
        }
    }
    Ok(found)
}

fn read(text: &str) -> Result<Reading, OrgnrError> {
    let Written { digits, hyphens, spaces, is_swedish } = written(text)?;
    let number = |digits: &[u8]| digits.iter().fold(0, |number, digit| number * 10 + u64::from(*digit));
    // Where the ten digits begin, and where hyphens may stand.
    let (start, allowed): (usize, &[usize]) = match (digits.len(), digits.as_slice()) {
        (9, _) if !is_swedish && hyphens.is_empty() && number(&digits) >= NORWEGIAN_FROM => {
            let is_usual = spaces.is_empty() || spaces == [3, 6];
            return Ok(Reading { number: number(&digits), is_usual });
        }
        (10, _) => (0, &[6]),
        // The country and the last two digits make a VAT number.
        (12, _) if is_swedish => (0, &[0, 6, 10]),
        (12, [1, 6, ..]) => (2, &[2, 8]),
        (12, [1, 8 | 9, ..] | [2, 0, ..]) if hyphens.iter().all(|at| *at == 8) => return Err(OrgnrError::Personal),
        // A VAT number whose country was left out.
        (12, [.., 0, 1]) if Orgnr(number(&digits[..10])).has_valid_check_digit() => (0, &[6, 10]),
        (found @ 6..=9, _) if hyphens.is_empty() || hyphens == [found - 4] => {
            return Err(OrgnrError::TooFewDigits { found });
        }
        _ => return Err(OrgnrError::Shape),
    };
    let ten = digits.get(start..start + 10).ok_or(OrgnrError::Shape)?;
    if hyphens.iter().any(|at| !allowed.contains(at)) {
        return Err(OrgnrError::Shape);
    }
    if ten[2] < 2 {
        return Err(OrgnrError::Personal);
    }
    if ten[0] == 0 {
        return Err(OrgnrError::Shape);
    }
    let is_usual = spaces.iter().all(|at| *at == start || allowed.contains(at));
    Ok(Reading { number: number(ten), is_usual })
}

impl FromStr for Orgnr {
    type Err = OrgnrError;

    /// Accepts `NNNNNNNNNN`, `NNNNNN-NNNN`, the twelve-digit form with the prefix 16, the VAT number `SENNNNNNNNNN01`,
    /// and the Norwegian `NNNNNNNNN`, `NNN NNN NNN` and `NO NNN NNN NNN MVA`; hyphens of any width, spaces anywhere.
    fn from_str(text: &str) -> Result<Self, OrgnrError> {
        let orgnr = Self(read(text)?.number);
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
        for text in [
            "5590852777",
            "559085-2777",
            "165590852777",
            "16559085-2777",
            "  559085-2777 ",
            "559085\u{2013}2777",
            "559085\u{2011}2777",
            "559085\u{2212}2777",
            "559085 - 2777",
            "559085 2777",
            "559085\u{A0}2777",
            "55 90 85-27 77",
            "16 559085-2777",
            "16-559085-2777",
            "SE559085277701",
            "se559085277701",
            "SE 559085-2777 01",
            "SE-559085-2777-01",
            "SE5590852777",
            "559085277701",
            "'5590852777",
            "=\"5590852777\"",
            "5590852777.0",
            "5590852777,00",
            "\u{FEFF}5590\u{AD}852777\u{200B}",
        ] {
            assert_eq!(text.parse::<Orgnr>().map(|o| o.to_string()), Ok("5590852777".into()), "{text}");
        }
        assert_eq!("5590852777".parse::<Orgnr>().unwrap().formatted(), "559085-2777");
    }

    #[test]
    fn persons_are_refused_in_every_form() {
        for text in [
            "198112289874",
            "19811228-9874",
            "200001019874",
            "8112289874",
            "811228-9874",
            "811228\u{2013}9874",
            "SE811228987401",
            "8112289874.0",
        ] {
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
    fn what_a_spreadsheet_spoilt_is_named() {
        for (text, found) in [("723609016", 9), ("92360901", 8), ("55908527", 8), ("12289874", 8), ("1228-9874", 8)] {
            assert_eq!(text.parse::<Orgnr>(), Err(OrgnrError::TooFewDigits { found }), "{text}");
        }
        for text in ["5,59085E+09", "5.59E+9", "5,59e+09"] {
            assert_eq!(text.parse::<Orgnr>(), Err(OrgnrError::Rounded), "{text}");
        }
    }

    #[test]
    fn a_wrong_check_digit_is_let_through_only_in_a_usual_form() {
        for text in ["559085-2778", "5590852778", "559085 2778", "16 559085-2778"] {
            assert!(matches!(Orgnr::parse_lenient(text), Ok((_, false))), "{text}");
        }
        for text in ["55 90 85 27 78", "5590 852 778", "559085277801"] {
            assert_eq!(Orgnr::parse_lenient(text), Err(OrgnrError::Shape), "{text}");
        }
    }

    #[test]
    fn norwegian_numbers_live_below_the_swedish_ones() {
        for text in [
            "923609016",
            "923 609 016",
            " 923609016 ",
            "923\u{A0}609\u{202F}016",
            "NO 923 609 016 MVA",
            "923609016mva",
            "923609016.0",
        ] {
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
        for text in ["92360901x", "0523456789", "923-609-016", "+46 8 123 456 78"] {
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
        fn what_is_written_in_any_usual_way_is_read_back(
            first in 200_000_000u64..999_999_999,
            dash in prop_oneof![Just('-'), Just('\u{2010}'), Just('\u{2011}'), Just('\u{2013}'), Just('\u{2014}'), Just('\u{2212}')],
            space in prop_oneof![Just(' '), Just('\u{A0}'), Just('\u{2009}'), Just('\u{202F}')],
        ) {
            let number = first * 10 + u64::from(check_digit(first));
            prop_assume!(number / 10_000_000 % 10 >= 2);
            let orgnr: Orgnr = format!("{number:010}").parse().unwrap();
            prop_assert_eq!(orgnr.formatted().parse::<Orgnr>(), Ok(orgnr));
            prop_assert_eq!(orgnr.number(), number);
            let (six, four) = orgnr.formatted().split_once('-').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
            for text in [
                format!("{six}{dash}{four}"), format!("{six} {dash} {four}"), format!("{six}{space}{four}"),
                format!("16{six}{dash}{four}"), format!("SE{six}{four}01"), format!("SE{space}{six}{dash}{four}{space}01"),
                format!("{space}{six}{four}.0{space}"),
            ] {
                prop_assert_eq!(text.parse::<Orgnr>(), Ok(orgnr), "{:?}", text);
            }
        }
    }
}
