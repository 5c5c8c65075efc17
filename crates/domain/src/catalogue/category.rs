//! The codes that a category field can hold, in the order in which they are listed, and their words.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::analysis::{Lever, Recommendation};
use crate::codes::{legal_form, place, sni};
use crate::label::Label;

/// One code and its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct CategoryValue {
    /// The code as stored.
    pub code: &'static str,
    /// What people read; the same in both languages where the thing has one name only, such as a municipality.
    pub label: Label,
}

/// Every code of a field, empty for fields that are no categories and for currencies, which are their own words. Industries are those
/// of SNI 2007, every level; municipalities come without their counties.
#[must_use]
pub fn category_values(field: &str) -> &'static [CategoryValue] {
    VALUES.get(field).map_or(&[], Vec::as_slice)
}

/// The words of a code of a field; `None` when the code is not known, so that the code itself is shown.
#[must_use]
pub fn category_label(field: &str, code: &str) -> Option<Label> {
    LABELS.get(field)?.get(code).copied()
}

/// Code, Swedish, English.
type Row = (&'static str, &'static str, &'static str);

const CLOSED: &[(&str, &[Row])] = &[
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

fn english(
    codes: impl Iterator<Item = (&'static str, &'static str)>,
    label_en: impl Fn(&str) -> Option<&'static str>,
) -> Vec<CategoryValue> {
    codes.map(|(code, sv)| value((code, sv, label_en(code).unwrap_or(sv)))).collect()
}

const fn value((code, sv, en): Row) -> CategoryValue {
    CategoryValue { code, label: Label { sv, en } }
}

static VALUES: LazyLock<HashMap<&'static str, Vec<CategoryValue>>> = LazyLock::new(|| {
    let swedish = |(code, name)| value((code, name, name));
    let mut values: HashMap<_, Vec<_>> =
        CLOSED.iter().map(|(field, rows)| (*field, rows.iter().copied().map(value).collect())).collect();
    let industries: Vec<_> = sni::codes()
        .map(|(code, name)| {
            // Made once for the life of the process, like the tables themselves.
            let english = sni::label_en(code).map(|title| &*Box::leak(title.into_boxed_str()));
            value((code, name, english.unwrap_or(name)))
        })
        .collect();
    let words = |key: &'static str, label: Label| CategoryValue { code: key, label };
    values.insert("recommendation", Recommendation::ALL.iter().map(|word| words(word.key(), word.label())).collect());
    values.insert("levers", Lever::ALL.iter().map(|word| words(word.key(), word.label())).collect());
    values.insert("sni_all", industries.clone());
    values.insert("sni", industries);
    values.insert("legal_form", english(legal_form::codes(), legal_form::label_en));
    values.insert("county", english(place::counties(), place::county_name_en));
    values.insert("municipality", place::municipalities().map(swedish).collect());
    values
});

static LABELS: LazyLock<HashMap<&'static str, HashMap<&'static str, Label>>> = LazyLock::new(|| {
    let by_code = |values: &Vec<CategoryValue>| values.iter().map(|value| (value.code, value.label)).collect();
    VALUES.iter().map(|(field, values)| (*field, by_code(values))).collect()
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{FIELDS, FieldKind};
    use crate::company::CompanyStatus;

    #[test]
    fn every_category_but_the_currency_has_its_codes() {
        for field in FIELDS {
            let is_listed =
                matches!(field.kind, FieldKind::Category | FieldKind::Categories) && field.key != "currency";
            assert_eq!(!category_values(field.key).is_empty(), is_listed, "{}", field.key);
        }
    }

    #[test]
    fn the_filter_language_knows_the_same_codes_and_words() {
        use crate::filter::{FieldId, vocabulary::Vocabulary};
        for key in FIELDS.iter().map(|field| field.key).filter(|key| !category_values(key).is_empty()) {
            let field = FieldId::find(key).unwrap();
            assert_eq!(Vocabulary::builtin().codes(field).len(), category_values(key).len(), "{key}");
            for CategoryValue { code, label } in category_values(key) {
                let known = Vocabulary::builtin().find(field, code).expect(code);
                assert_eq!((&*known.code, &*known.sv, &*known.en), (*code, label.sv, label.en), "{key}");
            }
        }
    }

    #[test]
    fn every_industry_county_and_legal_form_has_an_english_name() {
        for field in ["sni", "county", "legal_form"] {
            let names: Vec<&str> = category_values(field).iter().map(|value| value.label.en).collect();
            for value in category_values(field) {
                assert_ne!(value.label.en, value.label.sv, "{field} {}", value.code);
            }
            // Names of one level must tell codes apart; a class and its only subclass share theirs.
            let mut seen = std::collections::HashMap::new();
            for value in category_values(field) {
                let level = if field == "sni" { value.code.len() } else { 0 };
                if let Some(other) = seen.insert((level, value.label.en), value.code) {
                    panic!("{field}: {other} and {} are both {}", value.code, value.label.en);
                }
            }
            assert!(!names.is_empty());
        }
    }

    #[test]
    fn labels_follow_the_codes_of_the_types() {
        let label = |field, code| category_label(field, code).map(|label| label.en);
        assert_eq!(label("status", CompanyStatus::Winding.as_str()), Some("Winding up"));
        assert_eq!(label("sni", "J"), Some("Information and communication"));
        assert_eq!(label("sni_all", "62010"), Some("Computer programming activities"));
        assert_eq!(label("sni", "22290"), Some("Manufacture of other plastic products"));
        assert_eq!(label("county", "12"), Some("Skåne County"));
        assert_eq!(label("municipality", "1480"), Some("Göteborg"));
        assert_eq!(label("county", "99"), None);
        assert_eq!(label("revenue", "1"), None);
    }
}
