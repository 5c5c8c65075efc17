//! The Swedish industry classification, SNI 2007 (= NACE Rev. 2): 21 sections and 2-, 3-, 4- and 5-digit levels.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::filter::code::SNI_SECTIONS;

static NAMES: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| super::rows(include_str!("sni2007.tsv")).collect());

/// The Swedish name of a code of any level, e.g. `J`, `62` or `62010`.
#[must_use]
pub fn label(code: &str) -> Option<&'static str> {
    NAMES.get(code).copied()
}

/// The section letter of a code of two digits or more.
#[must_use]
pub fn section_of(code: &str) -> Option<char> {
    let division = code.get(..2)?;
    SNI_SECTIONS.iter().find(|(_, divisions)| divisions.contains(&division)).map(|(section, _)| *section)
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
