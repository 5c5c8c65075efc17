//! What is said of a company: by rules from its figures and website, and by a model from a numbered dossier.
//!
//! The rules analyst needs no model. Every finding is one row of [`rules::RULES`], holds or does not hold by plain comparison, and names the figures or passages it rests
//! on. The fit score is a weighted mean of the dimensions of a [`Template`]; what is not known is left out and told as
//! coverage, never taken as 0. The same input gives the same analysis.
//!
//! A model is asked about a [`CompanyDossier`] and answers with a [`Draft`], of which nothing is believed: [`assemble`] sends each sentence
//! through the evidence checker and writes every address itself. Both analysts fill one [`Report`]; the score is always the rules'.

pub mod agreement;
mod approval;
mod assemble;
mod dossier;
mod draft;
pub mod evaluation;
mod hostile;
mod lever;
mod prompt;
mod questions;
mod report;
mod revise;
mod rules;
mod rules_report;
mod score;
pub mod stages;
mod template;
pub mod uplift;
mod view;
pub mod written;

use serde::{Deserialize, Serialize};

pub use approval::{ApprovedAnalysis, AutoApproval};
pub use assemble::assemble;
pub use dossier::{CompanyDossier, DOSSIER_VERSION, Flag, Known, Year, build};
pub use draft::{Draft, DraftCite, DraftFit, DraftLever, DraftReason, DraftStatement, schema};
pub use hostile::FlagKind;
pub use lever::{Degree, Lever, Recommendation, Section};
pub use prompt::{PROMPT_VERSION, Prompt, prompt};
pub use questions::{Questions, SHIPPED, Shipped, VARIABLES, shipped};
pub use report::{
    Citation, Counts, FitView, LeverView, PersonSentence, REPORT_VERSION, Report, SectionFacts, Statement, Unverified,
    recommendation_of,
};
pub use revise::{Change, Edit, EditError, Part, revise};
pub use rules::{RULES, Rule};
pub use rules_report::{Basis, rules_report};
pub use score::{DimensionScore, MeasureScore, Score};
pub use stages::Stages;
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
mod model_tests;
#[cfg(test)]
mod tests;
