//! The Swedish industry classification, SNI 2007 (= NACE Rev. 2): 21 sections and 2-, 3-, 4- and 5-digit levels.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::company::SniEdition;

pub use crate::filter::code::sni_section as section_of;

static NAMES: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| super::rows(include_str!("sni2007.tsv")).collect());

/// The Swedish name of a code of any level, e.g. `J`, `62` or `62010`.
#[must_use]
pub fn label(code: &str) -> Option<&'static str> {
    NAMES.get(code).copied()
}

/// The Swedish name of a code in an edition; `None` for editions that have no table here yet, because codes change their meaning.
#[must_use]
pub fn label_in(edition: SniEdition, code: &str) -> Option<&'static str> {
    match edition {
        SniEdition::Sni2007 => label(code),
        SniEdition::Sni2025 => None,
    }
}

/// The English name of a section (NACE Rev. 2), e.g. of `J`.
#[must_use]
pub fn section_label_en(section: char) -> Option<&'static str> {
    SECTIONS_EN.iter().find(|(letter, _)| *letter == section).map(|(_, name)| *name)
}

static NAMES_EN: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| super::rows(include_str!("nace2_en.tsv")).collect());

/// The English title of a code: that of NACE Rev. 2 down to the class (four digits). A Swedish subclass that is the whole class has
/// the class's title; one that is a part of it has that title followed by its own Swedish name, so that parts stay apart.
#[must_use]
pub fn label_en(code: &str) -> Option<String> {
    if let Some(section) = code.chars().next().filter(|_| code.len() == 1) {
        return section_label_en(section).map(str::to_owned);
    }
    if code.len() < 5 {
        return NAMES_EN.get(code).map(|title| (*title).to_owned());
    }
    let title = NAMES_EN.get(code.get(..4)?)?;
    if code.ends_with('0') { Some((*title).to_owned()) } else { Some(format!("{title}: {}", label(code)?)) }
}

/// The next coarser code: the section letter of two digits, one digit less of a longer code, `None` of a section.
#[must_use]
pub fn parent(code: &str) -> Option<String> {
    match code.len() {
        0 | 1 => None,
        2 => section_of(code).map(String::from),
        length => code.get(..length - 1).map(str::to_owned),
    }
}

/// The coarser codes of a code, from the section down, e.g. `J, 62, 620, 6201` of `62010`.
#[must_use]
pub fn ancestors(code: &str) -> Vec<String> {
    let section = section_of(code).map(String::from);
    let levels = (2..code.len()).filter_map(|length| code.get(..length)).map(str::to_owned);
    section.into_iter().chain(levels).collect()
}

/// Every code and name of every level, in the order of the codes.
pub fn codes() -> impl Iterator<Item = (&'static str, &'static str)> {
    super::rows(include_str!("sni2007.tsv"))
}

const SECTIONS_EN: [(char, &str); 21] = [
    ('A', "Agriculture, forestry and fishing"),
    ('B', "Mining and quarrying"),
    ('C', "Manufacturing"),
    ('D', "Electricity, gas, steam and air conditioning supply"),
    ('E', "Water supply; sewerage, waste management and remediation activities"),
    ('F', "Construction"),
    ('G', "Wholesale and retail trade; repair of motor vehicles and motorcycles"),
    ('H', "Transportation and storage"),
    ('I', "Accommodation and food service activities"),
    ('J', "Information and communication"),
    ('K', "Financial and insurance activities"),
    ('L', "Real estate activities"),
    ('M', "Professional, scientific and technical activities"),
    ('N', "Administrative and support service activities"),
    ('O', "Public administration and defence; compulsory social security"),
    ('P', "Education"),
    ('Q', "Human health and social work activities"),
    ('R', "Arts, entertainment and recreation"),
    ('S', "Other service activities"),
    (
        'T',
        "Activities of households as employers; undifferentiated goods- and services-producing activities of households for own use",
    ),
    ('U', "Activities of extraterritorial organisations and bodies"),
];
