//! What a condition can be about: fields of the catalogue and a few names beside it.

use super::FieldId;
use super::suggest::{nearest, normal};
use crate::catalogue::FIELDS;
use crate::label::Label;

/// What a condition is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// A field of the catalogue.
    Field(FieldId),
    /// The organisation number itself.
    Orgnr,
    /// Name, activity and industry together.
    Search,
    /// Membership of a saved list.
    List,
    /// Carrying a label.
    Label,
    /// Being in the pipeline, or in one stage of it.
    Prospect,
    /// Being on the exclusion list.
    Excluded,
}

/// The text fields that [`Target::Search`] looks in.
pub const SEARCH_FIELDS: [&str; 3] = ["name", "activity_description", "industry_names"];

/// The names beside the catalogue: key, label, meaning.
pub const BESIDE: [(&str, Target, Label, Label); 6] = [
    (
        "orgnr",
        Target::Orgnr,
        Label { sv: "Organisationsnummer", en: "Organisation number" },
        Label { sv: "Tio siffror, med eller utan bindestreck", en: "Ten digits, with or without the hyphen" },
    ),
    (
        "text",
        Target::Search,
        Label { sv: "Fritext", en: "Free text" },
        Label { sv: "Ord i namn, verksamhet eller bransch", en: "Words in name, activity or industry" },
    ),
    (
        "list",
        Target::List,
        Label { sv: "Lista", en: "List" },
        Label { sv: "Finns på en sparad lista", en: "Is on a saved list" },
    ),
    (
        "label",
        Target::Label,
        Label { sv: "Etikett", en: "Label" },
        Label { sv: "Har en etikett", en: "Carries a label" },
    ),
    (
        "prospect",
        Target::Prospect,
        Label { sv: "Prospekt", en: "Prospect" },
        Label { sv: "Finns i pipelinen, eller i ett av dess steg", en: "Is in the pipeline, or in one of its stages" },
    ),
    (
        "excluded",
        Target::Excluded,
        Label { sv: "Utesluten", en: "Excluded" },
        Label { sv: "Finns på uteslutningslistan", en: "Is on the exclusion list" },
    ),
];

impl Target {
    /// The target with this key, alias or label; case, diacritics, spaces and hyphens do not matter.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        if let Some(id) = FieldId::find(name) {
            return Some(Self::Field(id));
        }
        let wanted = normal(name);
        let field = FIELDS.iter().position(|field| {
            field.key == wanted
                || field.aliases.iter().any(|alias| normal(alias) == wanted)
                || normal(field.label.sv) == wanted
                || normal(field.label.en) == wanted
        });
        if let Some(index) = field {
            return u16::try_from(index).ok().map(|index| Self::Field(FieldId(index)));
        }
        BESIDE
            .iter()
            .find(|(key, _, label, _)| *key == wanted || normal(label.sv) == wanted || normal(label.en) == wanted)
            .map(|(_, target, ..)| *target)
    }

    /// The key that stands for it in every form.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Field(id) => id.field().key,
            other => BESIDE.iter().find(|(_, target, ..)| *target == other).map_or("", |(key, ..)| key),
        }
    }

    /// What people read.
    #[must_use]
    pub fn label(self) -> Label {
        match self {
            Self::Field(id) => id.field().label,
            other => {
                BESIDE.iter().find(|(_, target, ..)| *target == other).map_or(Label { sv: "", en: "" }, |row| row.2)
            }
        }
    }

    /// Keys of the targets whose names lie near this unknown one.
    #[must_use]
    pub fn suggestions(name: &str) -> Vec<String> {
        let fields = FIELDS.iter().map(|field| {
            let mut names = vec![field.key, field.label.sv, field.label.en];
            names.extend(field.aliases);
            (field.key, names)
        });
        let beside = BESIDE.iter().map(|(key, _, label, _)| (*key, vec![*key, label.sv, label.en]));
        nearest(name, fields.chain(beside))
    }

    /// Every target in the order to offer them.
    pub fn all() -> impl Iterator<Item = Self> {
        let fields =
            (0..FIELDS.len()).filter_map(|index| u16::try_from(index).ok()).map(|index| Self::Field(FieldId(index)));
        fields.chain(BESIDE.iter().map(|(_, target, ..)| *target))
    }
}
