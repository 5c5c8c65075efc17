//! What an analysis says of a company, whoever made it: sentences that were checked, opinions that say so, and the rest apart.
//!
//! A sentence stands among the `facts` only when each thing that it states was found in what it cites: by the evidence checker where a
//! model wrote it, by the rule itself where a rule did. Addresses, hashes and filings are written by code from the dossier.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::dossier::Flag;
use super::lever::{Degree, Lever, Recommendation, Section};
use super::revise::Part;
use crate::evidence::{Language, Verdict};
use crate::scope::Scope;

/// Version of the shape of [`Report`].
pub const REPORT_VERSION: u32 = 1;

/// The report on one company.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// [`REPORT_VERSION`] that it was written in.
    pub version: u32,
    /// Language of its sentences.
    pub language: Language,
    /// Hash of the dossier that it rests on, by which the dossier can be had; absent where none was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dossier_sha256: Option<String>,
    /// Checked sentences by what they are about; a section without any is left out.
    pub sections: Vec<SectionFacts>,
    /// Levers, each with a checked reason.
    pub levers: Vec<LeverView>,
    /// How well it fits each dimension in the eyes of the model, each with a checked reason.
    pub fit: Vec<FitView>,
    /// What to do next. By the score, which no page and no model can change.
    pub recommendation: Option<Recommendation>,
    /// What the model would do: an opinion, and only where at least one of its sentences stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model_opinion: Option<Recommendation>,
    /// How a conversation might begin: sentences that state nothing, labelled as suggestions.
    pub suggestions: Vec<String>,
    /// What should be asked.
    pub open_questions: Vec<String>,
    /// Sections about which nothing was found.
    pub not_found: Vec<Section>,
    /// What was written and did not stand: never shown as fact.
    pub unverified: Vec<Unverified>,
    /// How many sentences came to which end.
    pub counts: Counts,
    /// What was taken out of the company's pages before anybody read them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<Flag>,
    /// What people wrote: never checked, and shown as theirs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by_people: Vec<PersonSentence>,
    /// What a person would do, where that is not what the score says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person_recommendation: Option<Recommendation>,
    /// Which levers a person sees, where those are not the analysis's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person_levers: Option<Vec<Lever>>,
}

impl Report {
    /// What to do next: a person's word before the score's.
    #[must_use]
    pub fn recommended(&self) -> Option<Recommendation> {
        self.person_recommendation.or(self.recommendation)
    }

    /// The levers of the analysis itself, in the order of [`Lever::ALL`].
    #[must_use]
    pub fn own_levers(&self) -> Vec<Lever> {
        Lever::ALL.iter().copied().filter(|lever| self.levers.iter().any(|view| view.lever == *lever)).collect()
    }

    /// The levers that count: a person's before the analysis's.
    #[must_use]
    pub fn chosen_levers(&self) -> Vec<Lever> {
        self.person_levers.clone().unwrap_or_else(|| self.own_levers())
    }
}

/// A sentence that a person wrote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PersonSentence {
    /// What it is about.
    pub part: Part,
    /// The sentence.
    pub text: String,
    /// The words that it was put in the place of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced: Option<String>,
}

/// The checked sentences of one section.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SectionFacts {
    /// What they are about.
    pub section: Section,
    /// The sentences.
    pub facts: Vec<Statement>,
}

/// A sentence that stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// The sentence.
    pub text: String,
    /// What it rests on, never empty.
    pub cites: Vec<Citation>,
}

/// What a sentence rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Citation {
    /// A figure of a period.
    Figure {
        /// `F12` in the dossier; absent where a rule compared the company's row itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
        /// Key of the catalogue or of a line.
        field: String,
        /// First day of the period.
        period_start: Option<NaiveDate>,
        /// Last day.
        period_end: NaiveDate,
        /// Company or group.
        scope: Scope,
        /// In `unit`.
        value: f64,
        /// `SEK`, `share`, `times`, `days`, `people` or `number`.
        unit: String,
        /// The filing that it was read from.
        filing: Option<String>,
    },
    /// Words of a page.
    Passage {
        /// `P3.2` in the dossier; absent where a rule found the words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
        /// Verbatim words; the whole sentence where none were quoted.
        quote: String,
        /// The page.
        url: String,
        /// SHA-256 of the page's text.
        sha256: String,
        /// When it was fetched.
        fetched_at: DateTime<Utc>,
    },
    /// A value of the company's row that is no figure of a period, such as its status in the register.
    Register {
        /// Key of the field in the catalogue.
        field: String,
        /// The value.
        value: serde_json::Value,
    },
}

/// A lever with its checked reasons.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LeverView {
    /// Which.
    pub lever: Lever,
    /// How much it could matter; an opinion. Rules give none.
    pub impact: Option<Degree>,
    /// How much work it is; an opinion. Rules give none.
    pub effort: Option<Degree>,
    /// Why.
    pub reasons: Vec<Statement>,
}

/// How well the company fits a dimension of the template.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FitView {
    /// Key of the dimension.
    pub dimension: String,
    /// 0 (not at all) to 4 (fully); an opinion.
    pub level: u8,
    /// Why.
    pub reasons: Vec<Statement>,
}

/// A sentence that does not stand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Unverified {
    /// A section, `lever`, `fit` or `open_question`.
    pub part: String,
    /// The sentence; addresses are taken out of it.
    pub text: String,
    /// `contradicted` or `not_found`.
    pub verdict: Verdict,
    /// Ids that it cites, as they were written.
    pub cited: Vec<String>,
    /// Why, in the checker's words.
    pub reasons: Vec<String>,
}

/// Sentences by their end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Stand.
    pub verified: usize,
    /// What is known says otherwise.
    pub contradicted: usize,
    /// What they cite does not say it.
    pub not_found: usize,
}

impl Counts {
    /// One more.
    pub fn add(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::Verified => self.verified += 1,
            Verdict::Contradicted => self.contradicted += 1,
            Verdict::NotFound => self.not_found += 1,
        }
    }
}

/// What to do next by the score alone: at least 65 points on at least half of the template's weight is worth a contact.
#[must_use]
pub fn recommendation_of(points: Option<u8>, coverage: f64) -> Option<Recommendation> {
    Some(match points? {
        65.. if coverage >= 0.5 => Recommendation::Pursue,
        40.. => Recommendation::Watch,
        _ => Recommendation::Pass,
    })
}
