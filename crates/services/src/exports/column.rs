//! The columns of a file of companies, how they are headed, and what stands in them.
//!
//! Files for people have names beside codes, units in the headings, and what the organisation has noted; files for programs have
//! the asked fields under their keys and nothing else.

use domain::catalogue::{Unit, category_label, category_values};
use domain::facts::FactValue;
use domain::filter::FieldId;

use super::Language;
use super::noted::Noted;
use super::sheet::Line;

/// One column after the organisation number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The value of the field at a place among those of the sheet.
    Value(usize, FieldId),
    /// What the codes of that value are called.
    Names(usize, FieldId),
    /// The labels that the company carries.
    Labels,
    /// What the exported list says of the company.
    ListNote,
    /// The newest note on the company.
    LatestNote,
    /// Where the company and its filings are in Lode.
    Link,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Nothing is known.
    Nothing,
    /// A value of a field.
    Value(&'a FactValue),
    /// Words.
    Text(String),
    /// An address.
    Link(String),
}

/// The columns of these fields; for people with what belongs beside them.
#[must_use]
pub fn columns(fields: &[FieldId], as_keys: bool, has_list: bool, has_link: bool) -> Vec<Column> {
    let mut columns = Vec::new();
    for (place, field) in fields.iter().copied().enumerate() {
        columns.push(Column::Value(place, field));
        if !as_keys && has_names(field) {
            columns.push(Column::Names(place, field));
        }
    }
    if !as_keys {
        columns.push(Column::Labels);
        columns.extend(has_list.then_some(Column::ListNote));
        columns.push(Column::LatestNote);
        columns.extend(has_link.then_some(Column::Link));
    }
    columns
}

/// Whether the field's values are codes that have names.
fn has_names(field: FieldId) -> bool {
    !category_values(field.field().key).is_empty()
}

impl Column {
    /// Its heading, with the unit where a cell alone does not show it.
    #[must_use]
    pub fn heading(self, language: Language, as_keys: bool) -> String {
        let say = |sv: &'static str, en: &'static str| language.pick(sv, en).to_owned();
        let (field, is_name) = match self {
            Self::Value(_, field) => (field.field(), false),
            Self::Names(_, field) => (field.field(), true),
            Self::Labels => return say("Etiketter", "Labels"),
            Self::ListNote => return say("Anteckning på listan", "Note on the list"),
            Self::LatestNote => return say("Senaste anteckning", "Latest note"),
            Self::Link => return say("Länk", "Link"),
        };
        if as_keys {
            return field.key.to_owned();
        }
        let base = language.pick(field.label.sv, field.label.en);
        let addition = match field.unit {
            _ if is_name => None,
            _ if !category_values(field.key).is_empty() => Some(language.pick("kod", "code")),
            Unit::Sek => Some(language.pick("kr", "SEK")),
            Unit::Days => Some(language.pick("dagar", "days")),
            Unit::Times => Some("×"),
            _ => None,
        };
        addition.map_or_else(|| base.to_owned(), |addition| format!("{base} ({addition})"))
    }

    /// What stands in it for a company; `base` is the address under which people reach Lode.
    #[must_use]
    pub fn cell<'a>(self, line: &'a Line, language: Language, base: Option<&str>) -> Cell<'a> {
        let Noted { labels, list_note, latest_note } = &line.noted;
        let text = |text: &Option<String>| text.clone().map_or(Cell::Nothing, Cell::Text);
        match self {
            Self::Value(place, _) => line.values.get(place).map_or(Cell::Nothing, Cell::Value),
            Self::Names(place, field) => {
                line.values.get(place).and_then(|value| names(language, field, value)).map_or(Cell::Nothing, Cell::Text)
            }
            Self::Labels if labels.is_empty() => Cell::Nothing,
            Self::Labels => Cell::Text(labels.join("; ")),
            Self::ListNote => text(list_note),
            Self::LatestNote => text(latest_note),
            Self::Link => base.map_or(Cell::Nothing, |base| Cell::Link(format!("{base}/company/{}", line.orgnr))),
        }
    }
}

/// What the codes of a value are called; codes without a name stand for themselves.
fn names(language: Language, field: FieldId, value: &FactValue) -> Option<String> {
    let name = |code: &str| match category_label(field.field().key, code) {
        Some(label) => language.pick(label.sv, label.en).to_owned(),
        None => code.to_owned(),
    };
    match value {
        FactValue::Text(code) => Some(name(code)),
        FactValue::Texts(codes) => Some(codes.iter().map(|code| name(code)).collect::<Vec<_>>().join("; ")),
        _ => None,
    }
}
