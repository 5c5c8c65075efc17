//! Codes of categories and their words, so that `county in Stockholm` can be typed and completed.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::FieldId;
use super::suggest::{nearest, normal};
use crate::catalogue::Hierarchy;

/// One code and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// The code as stored.
    pub code: String,
    /// Swedish words.
    pub sv: String,
    /// English words.
    pub en: String,
}

/// The codes that are known per field. Fields of [`Vocabulary::builtin`] are closed: no other code exists.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    codes: BTreeMap<FieldId, Vec<Code>>,
    names: BTreeMap<FieldId, BTreeMap<String, String>>,
    closed: Vec<FieldId>,
}

/// Code, Swedish, English.
type Row = (&'static str, &'static str, &'static str);

const CLOSED: [(&str, &[Row]); 7] = [
    (
        "status",
        &[
            ("active", "Aktivt", "Active"),
            ("dormant", "Vilande", "Dormant"),
            ("winding", "Under avveckling", "Winding up"),
            ("bankrupt", "I konkurs", "Bankrupt"),
            ("deregistered", "Avregistrerat", "Deregistered"),
            ("unknown", "Okänt", "Unknown"),
        ],
    ),
    (
        "size_class",
        &[
            ("micro", "Mikro", "Micro"),
            ("small", "Litet", "Small"),
            ("medium", "Medelstort", "Medium"),
            ("large", "Stort", "Large"),
        ],
    ),
    (
        "growth_class",
        &[
            ("shrinking", "Krympande", "Shrinking"),
            ("stable", "Stabil", "Stable"),
            ("growing", "Växande", "Growing"),
            ("fast", "Snabbväxande", "Fast growing"),
        ],
    ),
    (
        "profitability_class",
        &[("loss", "Förlust", "Loss"), ("thin", "Svag", "Thin"), ("good", "God", "Good"), ("high", "Hög", "High")],
    ),
    ("altman_zone", &[("safe", "Säker", "Safe"), ("grey", "Grå", "Grey"), ("distress", "Risk", "Distress")]),
    (
        "data_quality",
        &[("ok", "Ok", "Ok"), ("partial", "Ofullständig", "Partial"), ("suspect", "Misstänkt", "Suspect")],
    ),
    (
        "framework",
        &[
            ("k2", "K2", "K2"),
            ("k3", "K3", "K3"),
            ("ifrs", "IFRS", "IFRS"),
            ("norwegian_gaap", "Norsk god regnskapsskikk", "Norwegian GAAP"),
            ("unknown", "Okänt", "Unknown"),
        ],
    ),
];

static BUILTIN: LazyLock<Vocabulary> = LazyLock::new(|| {
    let mut vocabulary = Vocabulary::default();
    for (key, rows) in CLOSED {
        if let Some(field) = FieldId::find(key) {
            vocabulary.closed.push(field);
        }
        vocabulary = vocabulary.with(
            key,
            rows.iter().map(|(code, sv, en)| Code { code: (*code).into(), sv: (*sv).into(), en: (*en).into() }),
        );
    }
    vocabulary
});

impl Vocabulary {
    /// The closed sets that the product itself defines: status, classes, zones, quality, framework.
    #[must_use]
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// With the code table of a further field (unknown keys are left out). Several codes with one name are all found by code only,
    /// except that the coarsest (shortest) one keeps the name.
    #[must_use]
    pub fn with(mut self, key: &str, codes: impl IntoIterator<Item = Code>) -> Self {
        let Some(field) = FieldId::find(key) else { return self };
        let codes: Vec<Code> = codes.into_iter().collect();
        let names = self.names.entry(field).or_default();
        for code in &codes {
            for name in [&code.sv, &code.en] {
                let slot = names.entry(normal(name)).or_insert_with(|| code.code.clone());
                if code.code.len() < slot.len() {
                    slot.clone_from(&code.code);
                }
            }
        }
        self.codes.insert(field, codes);
        self
    }

    /// The codes of a field, empty where there is no table.
    #[must_use]
    pub fn codes(&self, field: FieldId) -> &[Code] {
        self.codes.get(&field).map_or(&[], Vec::as_slice)
    }

    /// Whether a field has no other codes than [`Vocabulary::codes`].
    #[must_use]
    pub fn is_closed(&self, field: FieldId) -> bool {
        self.closed.contains(&field)
    }

    /// The words of a code.
    #[must_use]
    pub fn find(&self, field: FieldId, code: &str) -> Option<&Code> {
        self.codes(field).iter().find(|known| known.code == code)
    }

    /// The stored code for a typed code or name.
    ///
    /// # Errors
    /// The message and the suggestions when it is neither.
    pub fn resolve(&self, field: FieldId, typed: &str) -> Result<String, (String, Vec<String>)> {
        let word = typed.trim();
        let key = field.field().key;
        if let Some(known) = self.codes(field).iter().find(|known| known.code.eq_ignore_ascii_case(word)) {
            return Ok(known.code.clone());
        }
        if let Some(code) = self.names.get(&field).and_then(|names| names.get(&normal(word))) {
            return Ok(code.clone());
        }
        if !self.is_closed(field)
            && let Some(code) = well_formed(field, word)
        {
            return Ok(code);
        }
        let suggestions = nearest(
            word,
            self.codes(field).iter().map(|code| (code.code.as_str(), [code.code.as_str(), &code.sv, &code.en])),
        );
        let shape = if self.is_closed(field) {
            let known: Vec<&str> = self.codes(field).iter().map(|code| code.code.as_str()).collect();
            format!("{key} is one of {}, not “{}”", known.join(", "), clip(word))
        } else {
            format!("“{}” is not a code of {key}{}", clip(word), expected_shape(field))
        };
        Err((shape, suggestions))
    }
}

/// A typed word for a message, shortened.
fn clip(word: &str) -> String {
    if word.chars().count() <= 40 { word.to_owned() } else { word.chars().take(39).chain(['…']).collect() }
}

fn expected_shape(field: FieldId) -> &'static str {
    match (field.field().key, field.field().hierarchy) {
        (_, Hierarchy::Sni) => " (a section letter or two to five digits)",
        (_, Hierarchy::Municipality) => " (four digits, or two for a county)",
        ("county" | "legal_form", _) => " (two digits)",
        ("currency", _) => " (three letters such as SEK)",
        _ => "",
    }
}

/// The code in its stored spelling when it has the form of the field's codes.
fn well_formed(field: FieldId, word: &str) -> Option<String> {
    let digits = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    let fits = match (field.field().key, field.field().hierarchy) {
        (_, Hierarchy::Sni) => {
            return match word.as_bytes() {
                [letter] if letter.is_ascii_alphabetic() => Some(word.to_ascii_uppercase()),
                _ if digits && (2..=5).contains(&word.len()) => Some(word.to_owned()),
                _ => None,
            };
        }
        (_, Hierarchy::Municipality) => digits && matches!(word.len(), 2 | 4),
        ("county" | "legal_form", _) => digits && word.len() == 2,
        ("currency", _) => {
            return (word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_alphabetic()))
                .then(|| word.to_ascii_uppercase());
        }
        _ => word.len() <= 100 && !word.is_empty(),
    };
    fits.then(|| word.to_owned())
}
