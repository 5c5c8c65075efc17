//! The evidence checker: does what a claim cites say what the claim says? Plain code, no model, no I/O.
//!
//! A [`Dossier`] holds numbered facts (`F12`) and numbered sentences of pages (`P3.2`); a [`Claim`] is one sentence that cites some of
//! them. [`check`] reads the sentence (Swedish or English), works out which figures, years, directions, names and quotes it states, and
//! holds each against what is *cited*. What the checker cannot read, it does not pass: a claim is verified only when every statement
//! in it was found. `docs/evidence.md` has the rules and how well they do.

mod clause;
mod figure;
mod input;
mod item;
mod lex;
mod meaning;
mod names;
mod number;
mod passage;
mod quantity;
mod quote;
mod series;
mod unicode;
mod verdict;
mod vocabulary;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::catalogue::Unit;
use crate::scope::Scope;

pub use input::{InputError, read_claims, read_dossier, unit_name};
pub use unicode::{hidden_or_mixed, normalised};

/// Version of the rules: another version can judge the same claim differently.
pub const RULES_VERSION: u32 = 1;

/// What is known of one company, numbered so that a claim can cite it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Dossier {
    /// Organisation number, as its source writes it.
    pub orgnr: String,
    /// Registered name, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Figures.
    pub facts: Vec<Fact>,
    /// Pages, in sentences.
    pub passages: Vec<Passage>,
}

/// One figure of one period.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fact {
    /// `F12`.
    pub id: String,
    /// Key of the catalogue or of a line of the statements.
    pub field: String,
    /// First day of the period; absent for what is known at its end only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period_start: Option<NaiveDate>,
    /// Last day.
    pub period_end: NaiveDate,
    /// Company or group.
    pub scope: Scope,
    /// In `unit`: whole SEK, 0.12 for 12 %.
    pub value: f64,
    /// `SEK`, `share`, `times`, `days`, `people` or `number`.
    #[serde(serialize_with = "input::write_unit")]
    pub unit: Unit,
    /// The filing that it was read from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filing: Option<String>,
}

/// A page as it was fetched.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Passage {
    /// `P3`.
    pub id: String,
    /// Address of the page.
    pub url: String,
    /// SHA-256 of its text.
    pub sha256: String,
    /// When it was fetched.
    pub fetched_at: DateTime<Utc>,
    /// The company whose page it is, where that is said; another company's page supports nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub orgnr: Option<String>,
    /// Its sentences.
    pub sentences: Vec<Sentence>,
}

/// One sentence of a page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sentence {
    /// `P3.2`.
    pub id: String,
    /// As it stands there.
    pub text: String,
}

/// Language of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Swedish.
    Sv,
    /// English.
    En,
}

/// One statement with what it cites.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Name of the claim among those it came with.
    pub id: String,
    /// Where it is not said, it is guessed from the words.
    pub language: Option<Language>,
    /// The sentence.
    pub text: String,
    /// What it rests on.
    pub cites: Vec<Cite>,
}

/// A fact, or words of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Cite {
    /// Id of a fact, a sentence or a passage of the dossier.
    pub id: String,
    /// The words, verbatim, where a sentence is cited.
    pub quote: Option<String>,
}

/// What the checker found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Everything that the claim states was found in what it cites.
    Verified,
    /// What is known says otherwise.
    Contradicted,
    /// What it cites does not say it, or it cites nothing.
    NotFound,
}

/// What a check looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckKind {
    /// A number with its unit, scale, sign and rounding.
    Figure,
    /// Words of a page.
    Quote,
    /// Up, down, higher, highest, doubled.
    Direction,
    /// The year or period, and whether company or group.
    Period,
    /// Who is spoken of.
    Name,
}

/// One thing that a claim states, held against the dossier.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Check {
    /// What was looked at.
    pub kind: CheckKind,
    /// Whether it holds.
    pub ok: bool,
    /// The words of the claim.
    pub written: String,
    /// What the dossier has, where it has anything.
    pub expected: Option<Value>,
    /// Why, in plain words.
    pub reason: String,
    /// Whether what is known says the opposite, rather than nothing.
    #[serde(skip)]
    pub(crate) is_conflict: bool,
}

/// The answer to one claim.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// The claim's.
    pub id: String,
    /// The outcome of all checks together.
    pub verdict: Verdict,
    /// Each thing that was looked at.
    pub checks: Vec<Check>,
}

/// Checks every claim against the dossier; an answer for each, in their order.
#[must_use]
pub fn check(dossier: &Dossier, claims: &[Claim]) -> Vec<Answer> {
    claims.iter().map(|claim| verdict::judge(dossier, claim)).collect()
}

#[cfg(test)]
mod tests;
