//! What a score is made of: dimensions with weights, each measured by fields of the catalogue.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::approval::AutoApproval;
use super::questions::Questions;
use crate::catalogue::{self, FieldKind};

/// Dimensions that a template may have.
const MAX_DIMENSIONS: usize = 20;
/// Measures that a dimension may have.
const MAX_MEASURES: usize = 20;

/// A way to score companies; it is data, so that a team can keep its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// At least one, with weights whose sum is above 0.
    pub dimensions: Vec<Dimension>,
    /// What a model is asked; rules alone score a template without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub questions: Option<Questions>,
    /// Which results need no person to be approved; a run may say otherwise. None where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auto_approval: Option<AutoApproval>,
}

/// One side of the fit, e.g. growth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dimension {
    /// Stable name within the template: small letters, digits and `_`.
    pub key: String,
    /// What people read; the key where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Share of the total relative to the other weights, 0 or more.
    pub weight: f64,
    /// Fields whose mean it is; one that is not known is left out.
    pub measures: Vec<Measure>,
}

/// A field and the straight line that turns its value into 0 to 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// Key of a field of the catalogue that holds a number.
    pub field: String,
    /// Value, in the field's unit, that counts 0; beyond it too.
    pub worst: f64,
    /// Value that counts 1; beyond it too. It may lie below `worst` where less is better.
    pub best: f64,
}

/// Why a template cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{pointer}: {message}")]
pub struct TemplateError {
    /// JSON pointer to the place, e.g. `/dimensions/0/weight`.
    pub pointer: String,
    /// What is wrong and what is expected.
    pub message: String,
}

impl Template {
    /// The template for buying a sound, owner-led company: earnings, growth and balance sheet before size.
    #[must_use]
    pub fn acquisition() -> Self {
        let measure = |field: &str, worst, best| Measure { field: field.to_owned(), worst, best };
        let dimension = |key: &str, weight, measures| Dimension { key: key.to_owned(), label: None, weight, measures };
        Self {
            dimensions: vec![
                dimension("profitability", 3.0, vec![measure("ebit_margin", 0.0, 0.15), measure("roce", 0.0, 0.25)]),
                dimension("growth", 2.0, vec![measure("cagr_3y", -0.05, 0.15), measure("growth_yoy", -0.05, 0.15)]),
                dimension(
                    "solidity",
                    2.0,
                    vec![
                        measure("equity_ratio", 0.10, 0.50),
                        measure("net_debt_to_ebitda", 4.0, 0.0),
                        measure("altman_z2", 1.1, 2.6),
                    ],
                ),
                dimension("stability", 1.5, vec![measure("growth_volatility", 0.40, 0.05)]),
                dimension("liquidity", 1.0, vec![measure("quick_ratio", 0.5, 1.5), measure("cash_cycle", 120.0, 0.0)]),
                dimension("data", 0.5, vec![measure("data_quality_score", 40.0, 100.0)]),
            ],
            questions: None,
            auto_approval: None,
        }
    }

    /// Checks a template that somebody wrote.
    ///
    /// # Errors
    /// The first thing that is wrong, with its place.
    pub fn check(&self) -> Result<(), TemplateError> {
        let wrong = |pointer: String, message: &str| Err(TemplateError { pointer, message: message.to_owned() });
        if self.dimensions.is_empty() || self.dimensions.len() > MAX_DIMENSIONS {
            return wrong("/dimensions".to_owned(), "one to 20 dimensions are expected");
        }
        let mut keys = BTreeSet::new();
        for (index, dimension) in self.dimensions.iter().enumerate() {
            let place = format!("/dimensions/{index}");
            if !is_key(&dimension.key) {
                return wrong(place + "/key", "1 to 40 small letters, digits and _ are expected");
            }
            if !keys.insert(&dimension.key) {
                return wrong(place + "/key", "another dimension has that key");
            }
            if !(0.0..=1000.0).contains(&dimension.weight) {
                return wrong(place + "/weight", "a number from 0 to 1000 is expected");
            }
            if dimension.measures.is_empty() || dimension.measures.len() > MAX_MEASURES {
                return wrong(place + "/measures", "one to 20 measures are expected");
            }
            for (number, measure) in dimension.measures.iter().enumerate() {
                measure.check(&format!("{place}/measures/{number}"))?;
            }
        }
        if self.dimensions.iter().map(|dimension| dimension.weight).sum::<f64>() <= 0.0 {
            return wrong("/dimensions".to_owned(), "at least one weight must be above 0");
        }
        if let Some(Err(message)) = self.auto_approval.map(AutoApproval::check) {
            return wrong("/auto_approval/min_points".to_owned(), &message);
        }
        self.questions.as_ref().map_or(Ok(()), Questions::check)
    }
}

impl Measure {
    fn check(&self, place: &str) -> Result<(), TemplateError> {
        let wrong = |part: &str, message: String| Err(TemplateError { pointer: format!("{place}/{part}"), message });
        let Some(field) = catalogue::find(&self.field) else {
            return wrong("field", format!("there is no field “{}”", self.field));
        };
        let is_number =
            matches!(field.kind, FieldKind::Amount | FieldKind::Ratio | FieldKind::Count | FieldKind::Integer);
        if !is_number {
            return wrong("field", format!("“{}” holds no number", self.field));
        }
        if !self.worst.is_finite() || !self.best.is_finite() || self.worst == self.best {
            return wrong("best", "worst and best must be two different numbers".to_owned());
        }
        Ok(())
    }
}

fn is_key(text: &str) -> bool {
    (1..=40).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}
