//! Codes of categories and their words, so that `county in Stockholm` can be typed and completed.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use super::FieldId;
use super::suggest::{nearest, normal};
use crate::catalogue::Hierarchy;
use crate::catalogue::{CategoryValue, category_values};
use crate::codes::place;

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

/// The codes that are known per field.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    fields: BTreeMap<FieldId, Table>,
}

/// The codes of one field.
#[derive(Clone, Debug, Default)]
struct Table {
    codes: Vec<Code>,
    /// Lower-case code → position.
    positions: HashMap<String, usize>,
    /// Folded name → position.
    names: HashMap<String, usize>,
    /// Whether no other code exists.
    is_closed: bool,
}

/// Fields whose codes are all known: another one is an error. Their words are the catalogue's.
const CLOSED: [&str; 9] = [
    "status",
    "size_class",
    "growth_class",
    "profitability_class",
    "altman_zone",
    "data_quality",
    "framework",
    "recommendation",
    "levers",
];

static BUILTIN: LazyLock<Vocabulary> = LazyLock::new(|| {
    let mut vocabulary = Vocabulary::default();
    // The words of every code are the catalogue's, so that no place calls a code otherwise than another does.
    let listed = |key: &str| -> Vec<Code> {
        let code = |value: &CategoryValue| Code {
            code: value.code.into(),
            sv: value.label.sv.into(),
            en: value.label.en.into(),
        };
        category_values(key).iter().map(code).collect()
    };
    for key in CLOSED {
        vocabulary = vocabulary.with(key, listed(key));
        if let Some(table) = FieldId::find(key).and_then(|field| vocabulary.fields.get_mut(&field)) {
            table.is_closed = true;
        }
    }
    // Sections first: whoever types an industry means the broad one.
    let mut industries = listed("sni");
    industries.sort_by_key(|code| code.code.len() > 1);
    let mut counties = BTreeMap::new();
    for (code, name) in place::counties() {
        // “Stockholms län” is also looked for as Stockholms and Stockholm.
        let short = name.trim_end_matches(" län");
        counties.insert(short.to_owned(), code);
        counties.insert(short.trim_end_matches('s').to_owned(), code);
    }
    vocabulary
        .with("sni", industries.clone())
        .with("sni_all", industries)
        .with("county", listed("county"))
        .with_names("county", counties)
        .with("municipality", listed("municipality"))
        .with("legal_form", listed("legal_form"))
        .with_names(
            "legal_form",
            [("AB", "49"), ("HB", "31"), ("KB", "31")].map(|(name, code)| (name.to_owned(), code)),
        )
        .with(
            "currency",
            ["SEK", "EUR", "NOK"].map(|code| Code { code: code.into(), sv: code.into(), en: code.into() }),
        )
});

impl Vocabulary {
    /// The classes that the product defines, where no other code exists, and the code tables of the Swedish registers.
    #[must_use]
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// With the code table of a field (unknown keys are left out). Where several codes have one name, the coarsest
    /// (shortest) is the one that the name finds.
    #[must_use]
    pub fn with(mut self, key: &str, codes: impl IntoIterator<Item = Code>) -> Self {
        let Some(field) = FieldId::find(key) else { return self };
        let mut table = Table { codes: codes.into_iter().collect(), ..Table::default() };
        for (position, code) in table.codes.iter().enumerate() {
            table.positions.insert(code.code.to_lowercase(), position);
            for name in [&code.sv, &code.en] {
                let slot = table.names.entry(normal(name)).or_insert(position);
                if code.code.len() < table.codes[*slot].code.len() {
                    *slot = position;
                }
            }
        }
        self.fields.insert(field, table);
        self
    }

    /// With further names of codes that are there.
    #[must_use]
    fn with_names<'a>(mut self, key: &str, names: impl IntoIterator<Item = (String, &'a str)>) -> Self {
        if let Some(table) = FieldId::find(key).and_then(|field| self.fields.get_mut(&field)) {
            for (name, code) in names {
                if let Some(position) = table.positions.get(&code.to_lowercase()) {
                    table.names.entry(normal(&name)).or_insert(*position);
                }
            }
        }
        self
    }

    /// The codes of a field, empty where there is no table.
    #[must_use]
    pub fn codes(&self, field: FieldId) -> &[Code] {
        self.fields.get(&field).map_or(&[], |table| table.codes.as_slice())
    }

    /// Whether a field has no other codes than [`Vocabulary::codes`].
    #[must_use]
    pub fn is_closed(&self, field: FieldId) -> bool {
        self.fields.get(&field).is_some_and(|table| table.is_closed)
    }

    /// The words of a code.
    #[must_use]
    pub fn find(&self, field: FieldId, code: &str) -> Option<&Code> {
        let table = self.fields.get(&field)?;
        table.positions.get(&code.to_lowercase()).and_then(|position| table.codes.get(*position))
    }

    /// The stored code for a typed code or name.
    ///
    /// # Errors
    /// The message and the suggestions when it is neither.
    pub fn resolve(&self, field: FieldId, typed: &str) -> Result<String, (String, Vec<String>)> {
        let word = typed.trim();
        let key = field.field().key;
        if let Some(known) = self.find(field, word) {
            return Ok(known.code.clone());
        }
        let named = self.fields.get(&field).and_then(|table| Some(&table.codes[*table.names.get(&normal(word))?]));
        if let Some(known) = named {
            return Ok(known.code.clone());
        }
        if !self.is_closed(field)
            && let Some(code) = well_formed(field, word)
        {
            return Ok(code);
        }
        let mut suggestions = nearest(
            word,
            self.codes(field).iter().map(|code| (code.code.as_str(), [code.code.as_str(), &code.sv, &code.en])),
        );
        // Names beside the table, such as “Stockholm” for “Stockholms län”.
        if suggestions.is_empty()
            && let Some(table) = self.fields.get(&field)
        {
            let names =
                table.names.iter().map(|(name, position)| (table.codes[*position].code.as_str(), [name.as_str()]));
            suggestions = nearest(word, names);
            suggestions.dedup();
        }
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
