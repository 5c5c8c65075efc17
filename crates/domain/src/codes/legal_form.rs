//! Legal forms (juridisk form), SCB's code table of 2020.

use std::collections::HashMap;
use std::sync::LazyLock;

static NAMES: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| super::rows(include_str!("legal_forms.tsv")).collect());

/// The Swedish name of a legal form, e.g. of `49`.
#[must_use]
pub fn label(code: &str) -> Option<&'static str> {
    NAMES.get(code).copied()
}

static NAMES_EN: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| super::rows(include_str!("legal_forms_en.tsv")).collect());

/// The English name of a legal form, e.g. of `49`.
#[must_use]
pub fn label_en(code: &str) -> Option<&'static str> {
    NAMES_EN.get(code).copied()
}

/// Every code and name, in the order of the codes.
pub fn codes() -> impl Iterator<Item = (&'static str, &'static str)> {
    super::rows(include_str!("legal_forms.tsv"))
}
