//! What a rule may look at: the values of the wide row by their key, and the website.

use crate::catalogue::position;
use crate::facts::{CompanyFacts, FactValue};
use crate::website::WebsiteInsights;

/// One company, as the rules see it.
#[derive(Clone, Copy)]
pub struct View<'a> {
    pub facts: &'a CompanyFacts,
    pub website: Option<&'a WebsiteInsights>,
}

impl<'a> View<'a> {
    /// The value of a field; null for a field that does not exist (a test holds every rule to the catalogue).
    pub fn value(&self, field: &str) -> &'a FactValue {
        position(field).and_then(|index| self.facts.values.get(index)).unwrap_or(&FactValue::Null)
    }

    /// The value as a number: an amount in SEK, a ratio as 0.12, a count; `None` where it is missing or no number.
    pub fn number(&self, field: &str) -> Option<f64> {
        match self.value(field) {
            FactValue::Integer(value) => Some(*value as f64),
            FactValue::Real(value) => Some(*value),
            _ => None,
        }
    }

    /// The code of a category.
    pub fn code(&self, field: &str) -> Option<&'a str> {
        match self.value(field) {
            FactValue::Text(code) => Some(code),
            _ => None,
        }
    }

    /// Whether a yes-or-no field is known to be yes.
    pub fn is(&self, field: &str) -> bool {
        matches!(self.value(field), FactValue::Boolean(true))
    }

    pub fn at_least(&self, field: &str, limit: f64) -> bool {
        self.number(field).is_some_and(|value| value >= limit)
    }

    pub fn below(&self, field: &str, limit: f64) -> bool {
        self.number(field).is_some_and(|value| value < limit)
    }

    pub fn within(&self, field: &str, from: f64, below: f64) -> bool {
        self.number(field).is_some_and(|value| value >= from && value < below)
    }
}
