//! The wide row of a company: one value per field of the catalogue.

pub mod compute;
mod quality_score;

use chrono::NaiveDate;
use serde::Serialize;

use crate::orgnr::Orgnr;

pub use compute::{
    CompanyProfile, Coverage, StatementVersion, Suspects, WEBSITE_FRESH_DAYS, compute, compute_with, is_stale,
    is_website_stale,
};
pub use quality_score::quality_score;

/// A value of one field; the variant matches the field's [`crate::catalogue::FieldKind`].
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum FactValue {
    /// Not known or not meaningful.
    Null,
    /// Whole SEK, or a small whole number.
    Integer(i64),
    /// A ratio or count, a multiple of 0.0001; never NaN or infinite.
    Real(f64),
    /// Yes or no.
    Boolean(bool),
    /// A day.
    Date(NaiveDate),
    /// A code or words.
    Text(Box<str>),
    /// Several codes.
    Texts(Box<[Box<str>]>),
}

impl FactValue {
    /// Whether nothing is known.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

/// One company's row: values in the order of [`crate::catalogue::FIELDS`].
#[derive(Clone, Debug, PartialEq)]
pub struct CompanyFacts {
    /// Identity.
    pub orgnr: Orgnr,
    /// One value per field of the catalogue.
    pub values: Vec<FactValue>,
}

/// Rounds a real number to the four decimals that every ratio is kept to; `None` for NaN, infinities and
/// magnitudes of 10^11 and more, where four decimals no longer fit a double.
#[must_use]
pub fn round_ratio(value: f64) -> Option<f64> {
    if !value.is_finite() || value.abs() >= 1e11 {
        return None;
    }
    let rounded = (value * 1e4).round() / 1e4;
    // Negative zero would print as "-0" and differ from 0 bit for bit.
    Some(if rounded == 0.0 { 0.0 } else { rounded })
}
