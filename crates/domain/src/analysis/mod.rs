//! The rules analyst: what a company's figures and website say for and against it, without any model.
//!
//! Every finding is one row of [`rules::RULES`], holds or does not hold by plain comparison, and names the figures or passages it rests
//! on. The fit score is a weighted mean of the dimensions of a [`Template`]; what is not known is left out and told as
//! coverage, never taken as 0. The same input gives the same analysis.

pub mod agreement;
pub mod evaluation;
mod rules;
mod score;
mod template;
pub mod uplift;
mod view;
pub mod written;

use serde::{Deserialize, Serialize};

pub use rules::{RULES, Rule};
pub use score::{DimensionScore, MeasureScore, Score};
pub use template::{Dimension, Measure, Template, TemplateError};

use crate::facts::{CompanyFacts, FactValue};
use crate::website::{Passage, WebsiteInsights};
use view::View;

/// Version of the rules: an analysis made by another version can differ for the same input.
pub const RULES_VERSION: u32 = 1;

/// Which way a finding points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// Speaks for the company.
    Strength,
    /// Speaks against it.
    Weakness,
    /// Must be looked at before anything else.
    RiskFlag,
}

/// What a finding rests on.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Evidence {
    /// A value of the company's wide row; its filing is found by the figure's lineage.
    Figure {
        /// Key of the field in the catalogue.
        field: &'static str,
        /// The value that was compared.
        value: FactValue,
    },
    /// Words of a page.
    Passage(Passage),
}

/// One thing that the rules noticed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// Stable name of the rule; its words stand in [`RULES`].
    pub code: &'static str,
    /// Which way it points.
    pub kind: FindingKind,
    /// What it rests on, never empty.
    pub evidence: Vec<Evidence>,
}

/// What the rules say about one company.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Analysis {
    /// [`RULES_VERSION`] that made it.
    pub rules_version: u32,
    /// In the order of [`RULES`].
    pub findings: Vec<Finding>,
    /// How well the company fits the template.
    pub score: Score,
}

/// Analyses a company by its wide row and, where its website was read, what it says.
#[must_use]
pub fn analyse(facts: &CompanyFacts, website: Option<&WebsiteInsights>, template: &Template) -> Analysis {
    let view = View { facts, website };
    let findings: Vec<Finding> = RULES.iter().filter_map(|rule| rule.find(view)).collect();
    let caps = RULES.iter().filter(|rule| findings.iter().any(|finding| finding.code == rule.code));
    let cap = caps.filter_map(|rule| rule.cap.map(|points| (rule.code, points))).min_by_key(|(_, points)| *points);
    Analysis { rules_version: RULES_VERSION, score: score::score(view, template, cap), findings }
}

#[cfg(test)]
mod tests;
