//! The filter language: one tree, with a JSON form, a text form and the API's flat form.

pub mod build;
pub mod code;
pub mod complete;
pub mod error;
pub mod evaluate;
pub mod flat;
pub mod fold;
pub mod free_text;
pub mod json;
pub mod limits;
pub mod number;
pub mod operator;
pub mod parse;
pub mod print;
pub mod rule_groups;
mod scan;
pub mod suggest;
pub mod target;
pub mod tree;
pub mod vocabulary;
pub mod words;

use chrono::NaiveDate;

use crate::catalogue::{FIELDS, Field};
use crate::orgnr::Orgnr;

/// A condition tree over the fields of the catalogue.
///
/// Null follows one rule everywhere: a comparison with a missing value is false, and `not` of it is true, as a
/// person expects ("not in Stockholm" keeps companies without a known county). SQL and the engine both
/// implement exactly this two-valued logic.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    /// Every part holds; an empty list holds for every company.
    All(Vec<Filter>),
    /// At least one part holds; an empty list holds for none.
    Any(Vec<Filter>),
    /// The part does not hold.
    Not(Box<Filter>),
    /// One condition.
    Condition(Condition),
}

/// The position of a field in [`FIELDS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FieldId(pub u16);

impl FieldId {
    /// The field itself.
    #[must_use]
    pub fn field(self) -> &'static Field {
        &FIELDS[self.0 as usize]
    }

    /// The field with this key or alias.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        crate::catalogue::position(name).and_then(|index| u16::try_from(index).ok()).map(Self)
    }
}

/// One condition. Which variants fit which [`crate::catalogue::FieldKind`] is checked when a filter is built from outside
/// ([`Filter`] values in memory are always well typed).
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// Amounts, integers: inclusive range, open where `None`.
    IntegerRange {
        /// Which field.
        field: FieldId,
        /// Least value that matches.
        min: Option<i64>,
        /// Greatest value that matches.
        max: Option<i64>,
    },
    /// Ratios, counts: range with each end open or closed.
    RealRange {
        /// Which field.
        field: FieldId,
        /// Lower end.
        min: Option<Bound>,
        /// Upper end.
        max: Option<Bound>,
    },
    /// Dates: inclusive range.
    DateRange {
        /// Which field.
        field: FieldId,
        /// First day that matches.
        min: Option<NaiveDate>,
        /// Last day that matches.
        max: Option<NaiveDate>,
    },
    /// Amounts, integers: one of the values.
    IntegerIn {
        /// Which field.
        field: FieldId,
        /// The values, sorted and without repeats.
        values: Vec<i64>,
    },
    /// Ratios, counts: one of the values.
    RealIn {
        /// Which field.
        field: FieldId,
        /// The values.
        values: Vec<f64>,
    },
    /// Category or categories: has one of the codes; a coarser code of a hierarchy matches everything under it.
    CodeIn {
        /// Which field.
        field: FieldId,
        /// Codes, sorted and without repeats.
        codes: Vec<String>,
    },
    /// Boolean fields.
    Is {
        /// Which field.
        field: FieldId,
        /// The wanted value.
        value: bool,
    },
    /// Text: how the words must match, after folding case and diacritics.
    Text {
        /// Which field.
        field: FieldId,
        /// How.
        matching: TextMatch,
        /// What, as typed.
        pattern: String,
    },
    /// The value is missing.
    IsNull {
        /// Which field.
        field: FieldId,
    },
    /// The company is one of these (`orgnr in …`), sorted.
    OrgnrIn {
        /// The companies.
        orgnrs: Vec<Orgnr>,
    },
    /// Member of a set kept outside the catalogue: `list:<uuid>`, `label:<uuid>`, `prospect`, `prospect:<stage>`, `excluded`.
    InSet {
        /// Name of the set.
        set: String,
    },
}

/// One end of a range of real numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bound {
    /// Where it lies; never NaN.
    pub value: f64,
    /// Whether the end itself matches.
    pub inclusive: bool,
}

/// How a text must match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextMatch {
    /// The whole text is the pattern.
    Equals,
    /// The text starts with the pattern.
    StartsWith,
    /// The pattern stands anywhere in the text.
    Contains,
    /// Every word of the pattern stands in the text as the start of a word, one typo allowed per five letters,
    /// at most two: [`fold::fuzzy`].
    Fuzzy,
}

#[cfg(test)]
mod tests;
