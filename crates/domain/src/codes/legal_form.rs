//! Legal forms: SCB's code table of 2020 (juridisk form, two digits) and that of Enhetsregisteret (organisasjonsform,
//! letters). No code stands in both.

use std::collections::HashMap;
use std::sync::LazyLock;

const SWEDISH: &str = include_str!("legal_forms.tsv");
const SWEDISH_EN: &str = include_str!("legal_forms_en.tsv");
const NORWEGIAN: &str = include_str!("legal_forms_no.tsv");
const NORWEGIAN_EN: &str = include_str!("legal_forms_no_en.tsv");

static NAMES: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| codes().collect());

/// The name of a legal form in the language of its country, e.g. of `49` or `ASA`.
#[must_use]
pub fn label(code: &str) -> Option<&'static str> {
    NAMES.get(code).copied()
}

static NAMES_EN: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| super::rows(SWEDISH_EN).chain(super::rows(NORWEGIAN_EN)).collect());

/// The English name of a legal form, e.g. of `49` or `ASA`.
#[must_use]
pub fn label_en(code: &str) -> Option<&'static str> {
    NAMES_EN.get(code).copied()
}

/// The code as it is kept, of a Norwegian form written in letters of either case (`as` → `AS`); `None` where
/// Enhetsregisteret has no such form.
#[must_use]
pub fn norwegian(code: &str) -> Option<&'static str> {
    let code = code.trim().to_uppercase();
    super::rows(NORWEGIAN).map(|(known, _)| known).find(|known| *known == code)
}

/// Every code and name, in the order of the codes: those of Sweden, then those of Norway.
pub fn codes() -> impl Iterator<Item = (&'static str, &'static str)> {
    super::rows(SWEDISH).chain(super::rows(NORWEGIAN))
}
