//! The catalogue: every field of a company that can be screened, shown, sorted and exported, defined once.
//!
//! The columns of `company_facts`, the columns of the screening engine, `/api/universe/filters`, the filter
//! language, the documentation and the column picker are all made from [`FIELDS`].

mod category;
mod fields;

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Serialize;

use crate::label::Label;

pub use category::{CategoryValue, category_label, category_values};
pub use fields::FIELDS;

/// What a field holds, and how it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// Whole SEK (`bigint`).
    Amount,
    /// A real number kept to four decimals (`double precision`): 12 % is 0.12.
    Ratio,
    /// A quantity kept to four decimals, e.g. employees (`double precision`).
    Count,
    /// A small whole number such as a year or a score (`integer`).
    Integer,
    /// One code out of a code table (`text`).
    Category,
    /// Several codes (`text[]`).
    Categories,
    /// Yes or no (`boolean`).
    Boolean,
    /// A calendar day (`date`).
    Date,
    /// Words (`text`).
    Text,
}

/// The unit of a field's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Swedish kronor.
    Sek,
    /// A share shown as per cent; 12 % is 0.12.
    Share,
    /// A plain multiple, shown with ×.
    Times,
    /// Days.
    Days,
    /// People.
    People,
    /// A number of things.
    Number,
    /// A score on the scale that the formula names.
    Score,
    /// A calendar year.
    Year,
    /// No unit: codes, words, dates, booleans.
    None,
}

/// Whether more is better, for colouring and percentiles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    /// A higher value is better.
    Higher,
    /// A lower value is better.
    Lower,
    /// Neither.
    Neutral,
}

/// The group a field is listed under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldGroup {
    /// Identity, place and industry.
    Company,
    /// Size of the company.
    Size,
    /// Growth.
    Growth,
    /// Margins and returns.
    Profitability,
    /// Balance sheet and debt.
    Solidity,
    /// Working capital.
    Efficiency,
    /// Scores and warnings.
    Risk,
    /// What approved analyses say.
    Analysis,
    /// What is known and how fresh it is.
    Coverage,
}

/// Codes of a category in levels: how a code of a finer level is found under a coarser one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Hierarchy {
    /// A flat list of codes.
    Flat,
    /// SNI: section letter, then 2, 3, 4 and 5 digits; a shorter code means everything under it.
    Sni,
    /// Municipality: the first two digits are the county.
    Municipality,
}

/// One field of the catalogue.
#[derive(Debug)]
pub struct Field {
    /// Stable name: column, JSON key and word of the filter language.
    pub key: &'static str,
    /// Other names that are understood, e.g. the flat API's `revenue_latest`.
    pub aliases: &'static [&'static str],
    /// What people read.
    pub label: Label,
    /// What it holds.
    pub kind: FieldKind,
    /// In which unit.
    pub unit: Unit,
    /// Whether more is better.
    pub better: Better,
    /// Where it is listed.
    pub group: FieldGroup,
    /// How the codes of a category nest.
    pub hierarchy: Hierarchy,
    /// The formula or meaning in words, with its source.
    pub formula: Label,
}

impl Field {
    /// Position in [`FIELDS`], which is also the column position in facts rows and in the engine.
    #[must_use]
    pub fn index(&self) -> usize {
        position(self.key).unwrap_or(usize::MAX)
    }
}

/// Keys and aliases with the position of their field.
static POSITIONS: LazyLock<HashMap<&'static str, usize>> = LazyLock::new(|| {
    let names = |field: &'static Field| std::iter::once(field.key).chain(field.aliases.iter().copied());
    FIELDS.iter().enumerate().flat_map(|(index, field)| names(field).map(move |name| (name, index))).collect()
});

/// The field with this key or alias.
#[must_use]
pub fn find(name: &str) -> Option<&'static Field> {
    position(name).map(|index| &FIELDS[index])
}

/// The field with this key or alias and its position in [`FIELDS`].
#[must_use]
pub fn position(name: &str) -> Option<usize> {
    POSITIONS.get(name).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_and_alias_names_one_field() {
        let names: usize = FIELDS.iter().map(|field| 1 + field.aliases.len()).sum();
        assert_eq!(POSITIONS.len(), names);
        for (index, field) in FIELDS.iter().enumerate() {
            assert_eq!(field.index(), index);
            assert!(field.aliases.iter().all(|alias| position(alias) == Some(index)), "{}", field.key);
        }
        assert!(find("no_such_field").is_none());
    }
}
