//! Golden sets: companies with figures, pages and the level that a person gave them, and how well an analyst does on them.
//!
//! Every sentence of a report goes through the evidence checker with what it cites, whoever wrote it; the score is held against the level
//! that a person gave, by weighted κ. A set is data: the file says everything, and the same set and template give the same result.

mod model;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::agreement::weighted_kappa;
use super::uplift::{CompanyReport, report};
use super::written;
use super::{Analysis, Evidence, Template, analyse};
use crate::catalogue::{self, FIELDS, FieldGroup, FieldKind, Unit};
use crate::evidence::{self, Cite, Claim, Dossier, Fact, Language, Passage as EvidencePage, Sentence, Verdict};
use crate::facts::{CompanyFacts, FactValue};
use crate::orgnr::Orgnr;
use crate::scope::Scope;
use crate::website::{PageText, about_summary, sentences, website_insights};

pub use model::{Answered, Case, cases, checked, evaluate_model, level_of_model};

/// Levels that a person gives: 0 (leave it) to 4 (call tomorrow).
pub const LEVELS: usize = 5;
/// Companies of a set.
const MAX_COMPANIES: usize = 5_000;

/// Companies that somebody judged by hand.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvaluationSet {
    /// What it is called; recorded with every result.
    pub name: String,
    /// Language of the reports.
    pub language: Language,
    /// The companies, each once.
    pub companies: Vec<LabelledCompany>,
}

/// A company of a set.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelledCompany {
    /// Its number.
    pub orgnr: String,
    /// Its name.
    pub name: String,
    /// First day of the period of its figures.
    pub period_start: NaiveDate,
    /// Last day.
    pub period_end: NaiveDate,
    /// Values by the key of the catalogue, in the catalogue's units; what is not known is left out.
    pub facts: BTreeMap<String, Value>,
    /// Pages of its website.
    #[serde(default)]
    pub pages: Vec<LabelledPage>,
    /// How worth a call it is in the eyes of whoever labelled it, 0 to 4.
    pub level: usize,
}

/// A page of a set.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelledPage {
    /// Its address.
    pub url: String,
    /// Its title.
    pub title: Option<String>,
    /// Its language, ISO 639-1.
    pub language: Option<String>,
    /// Its text, paragraphs on lines of their own.
    pub text: String,
}

/// Why a set cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{pointer}: {message}")]
pub struct SetError {
    /// JSON pointer of the place; empty for the whole file.
    pub pointer: String,
    /// What is wrong and what is expected.
    pub message: String,
}

/// How well an analyst did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evaluation {
    /// Companies of the set.
    pub companies: usize,
    /// Sentences that state something.
    pub claims: usize,
    /// Sentences whose every statement was found in what they cite.
    pub verified: usize,
    /// Sentences that what is known speaks against.
    pub contradicted: usize,
    /// Sentences that what they cite does not say.
    pub not_found: usize,
    /// Figures of growth, which no sentence can be checked on: a set holds one year of a company.
    pub unchecked: usize,
    /// Answers that were not of the wanted shape; always 0 for rules.
    pub schema_failures: usize,
    /// Companies without an answer that could be used for another reason: cut off, declined, not reached; always 0 for rules.
    #[serde(default)]
    pub unanswered: usize,
    /// Agreement of the scores, in five levels, with the labels; null for fewer than two scored companies.
    pub weighted_kappa: Option<f64>,
    /// Companies that got no score because nothing of the template is known of them.
    pub unscored: usize,
    /// Each company, in the order of the set.
    pub results: Vec<CompanyResult>,
}

impl Evaluation {
    /// Nothing counted yet.
    fn empty(companies: usize) -> Self {
        Self {
            companies,
            claims: 0,
            verified: 0,
            contradicted: 0,
            not_found: 0,
            unchecked: 0,
            schema_failures: 0,
            unanswered: 0,
            weighted_kappa: None,
            unscored: 0,
            results: Vec::new(),
        }
    }

    /// Share of the sentences that are verified; null where there are none.
    #[must_use]
    pub fn verified_rate(&self) -> Option<f64> {
        (self.claims > 0).then(|| self.verified as f64 / self.claims as f64)
    }

    /// Share of the sentences that are contradicted; null where there are none.
    #[must_use]
    pub fn contradicted_rate(&self) -> Option<f64> {
        (self.claims > 0).then(|| self.contradicted as f64 / self.claims as f64)
    }
}

/// One company of an evaluation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CompanyResult {
    /// Its number, as the set writes it.
    pub orgnr: String,
    /// The label.
    pub level: usize,
    /// 0 to 100; null where nothing of the template is known.
    pub points: Option<u8>,
    /// The level that a model gave, 0 to 4; null for rules and where it gave none.
    #[serde(default)]
    pub model_level: Option<usize>,
    /// Why there is no answer; null where there is one.
    #[serde(default)]
    pub error: Option<String>,
    /// Sentences that are not verified, with their verdict.
    pub unverified: Vec<UnverifiedClaim>,
}

/// A sentence that did not stand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UnverifiedClaim {
    /// The sentence.
    pub text: String,
    /// `contradicted` or `not_found`.
    pub verdict: Verdict,
    /// What did not hold, in the checker's words.
    pub reasons: Vec<String>,
}

/// Reads a set.
///
/// # Errors
/// The first thing that is wrong, with its place.
pub fn read_set(json: &str) -> Result<EvaluationSet, SetError> {
    let wrong = |pointer: String, message: String| SetError { pointer, message };
    let set: EvaluationSet = serde_json::from_str(json).map_err(|error| wrong(String::new(), error.to_string()))?;
    if set.name.trim().is_empty() || set.name.chars().count() > 100 {
        return Err(wrong("/name".to_owned(), "1 to 100 characters are expected".to_owned()));
    }
    if set.companies.is_empty() || set.companies.len() > MAX_COMPANIES {
        return Err(wrong("/companies".to_owned(), format!("1 to {MAX_COMPANIES} companies are expected")));
    }
    let mut seen = BTreeSet::new();
    for (index, company) in set.companies.iter().enumerate() {
        let place = format!("/companies/{index}");
        facts_of(company).map_err(|error| wrong(format!("{place}{}", error.pointer), error.message))?;
        if company.level >= LEVELS {
            return Err(wrong(format!("{place}/level"), "a level from 0 to 4 is expected".to_owned()));
        }
        if company.period_start > company.period_end {
            return Err(wrong(format!("{place}/period_end"), "the period ends before it begins".to_owned()));
        }
        if !seen.insert(&company.orgnr) {
            return Err(wrong(format!("{place}/orgnr"), "another company of the set has that number".to_owned()));
        }
    }
    Ok(set)
}

/// The wide row of a labelled company.
fn facts_of(company: &LabelledCompany) -> Result<CompanyFacts, SetError> {
    let wrong = |pointer: String, message: &str| SetError { pointer, message: message.to_owned() };
    let orgnr: Orgnr = company.orgnr.parse().map_err(|error| wrong("/orgnr".to_owned(), &format!("{error}")))?;
    let mut values = vec![FactValue::Null; FIELDS.len()];
    for (key, value) in &company.facts {
        let place = || format!("/facts/{}", crate::filter::error::pointer_token(key));
        let index = catalogue::position(key).ok_or_else(|| wrong(place(), "the catalogue has no such field"))?;
        values[index] = fact(FIELDS[index].kind, value)
            .ok_or_else(|| wrong(place(), "not a value of this field; leave out what is missing"))?;
    }
    for (key, value) in
        [("name", FactValue::Text(company.name.as_str().into())), ("period_end", FactValue::Date(company.period_end))]
    {
        if let Some(index) = catalogue::position(key) {
            values[index] = value;
        }
    }
    Ok(CompanyFacts { orgnr, values })
}

fn fact(kind: FieldKind, value: &Value) -> Option<FactValue> {
    Some(match kind {
        FieldKind::Amount | FieldKind::Integer => FactValue::Integer(value.as_i64()?),
        FieldKind::Ratio | FieldKind::Count => FactValue::Real(value.as_f64().filter(|value| value.is_finite())?),
        FieldKind::Boolean => FactValue::Boolean(value.as_bool()?),
        FieldKind::Date => FactValue::Date(value.as_str()?.parse().ok()?),
        FieldKind::Category | FieldKind::Text => FactValue::Text(value.as_str()?.into()),
        FieldKind::Categories => {
            let codes: Option<Vec<Box<str>>> =
                value.as_array()?.iter().map(|code| code.as_str().map(Into::into)).collect();
            FactValue::Texts(codes?.into())
        }
    })
}

/// How the rules analyst does on a set. `hash` gives the SHA-256 of a page's text, `read_at` the time that its pages count as read at.
///
/// # Errors
/// A company of the set cannot be read.
pub fn evaluate_rules(
    set: &EvaluationSet,
    template: &Template,
    hash: impl Fn(&str) -> String,
    read_at: DateTime<Utc>,
) -> Result<Evaluation, SetError> {
    let mut pairs = Vec::new();
    let mut evaluation = Evaluation::empty(set.companies.len());
    for company in &set.companies {
        let facts = facts_of(company)?;
        let pages: Vec<PageText> = company.pages.iter().map(|page| page_of(page, &hash, read_at)).collect();
        let website = (!pages.is_empty()).then(|| website_insights(&pages));
        let about = about_summary(&pages, &company.name);
        let analysis = analyse(&facts, website.as_ref(), template);
        let written = report(&facts, website.as_ref(), about.as_ref(), &analysis, set.language);
        let dossier = dossier(company, &facts, &pages);
        let (claims, unchecked) = claims(&dossier, &written, set.language);
        evaluation.unchecked += unchecked;
        let mut unverified = Vec::new();
        for (claim, answer) in claims.iter().zip(evidence::check(&dossier, &claims)) {
            evaluation.claims += 1;
            match answer.verdict {
                Verdict::Verified => evaluation.verified += 1,
                Verdict::Contradicted => evaluation.contradicted += 1,
                Verdict::NotFound => evaluation.not_found += 1,
            }
            if answer.verdict != Verdict::Verified {
                let failed = answer.checks.iter().filter(|check| !check.ok);
                let reasons = failed.map(|check| format!("{}: {}", check.written, check.reason)).collect();
                unverified.push(UnverifiedClaim { text: claim.text.clone(), verdict: answer.verdict, reasons });
            }
        }
        let points = points(&analysis);
        match points {
            Some(points) => pairs.push((level_of(points), company.level)),
            None => evaluation.unscored += 1,
        }
        evaluation.results.push(CompanyResult {
            orgnr: company.orgnr.clone(),
            level: company.level,
            points,
            model_level: None,
            error: None,
            unverified,
        });
    }
    evaluation.weighted_kappa = weighted_kappa(&pairs, LEVELS);
    Ok(evaluation)
}

fn page_of(page: &LabelledPage, hash: impl Fn(&str) -> String, read_at: DateTime<Utc>) -> PageText {
    PageText {
        url: page.url.clone(),
        title: page.title.clone(),
        language: page.language.clone(),
        sha256: hash(&page.text),
        text: page.text.clone(),
        fetched_at: read_at,
        markers: Vec::new(),
    }
}

fn points(analysis: &Analysis) -> Option<u8> {
    analysis.score.points
}

/// A score as one of five levels: twenty points each.
fn level_of(points: u8) -> usize {
    usize::from(points / 20).min(LEVELS - 1)
}

/// The company's figures and pages, numbered.
fn dossier(company: &LabelledCompany, facts: &CompanyFacts, pages: &[PageText]) -> Dossier {
    let figures = FIELDS.iter().zip(&facts.values).filter_map(|(field, value)| {
        let value = match value {
            FactValue::Integer(value) => *value as f64,
            FactValue::Real(value) => *value,
            _ => return None,
        };
        let is_figure = !matches!(field.unit, Unit::None | Unit::Year | Unit::Score);
        is_figure.then(|| Fact {
            id: format!("F:{}", field.key),
            field: field.key.to_owned(),
            period_start: Some(company.period_start),
            period_end: company.period_end,
            scope: Scope::Company,
            value,
            unit: field.unit,
            filing: None,
        })
    });
    let passages = pages.iter().enumerate().map(|(page, read)| EvidencePage {
        id: format!("P{}", page + 1),
        url: read.url.clone(),
        sha256: read.sha256.clone(),
        fetched_at: read.fetched_at,
        orgnr: None,
        sentences: sentences(&read.text)
            .enumerate()
            .map(|(index, text)| Sentence { id: format!("P{}.{}", page + 1, index + 1), text: text.to_owned() })
            .collect(),
    });
    Dossier {
        orgnr: company.orgnr.clone(),
        name: Some(company.name.clone()),
        facts: figures.collect(),
        passages: passages.collect(),
    }
}

/// Every figure and quote of a report as a sentence of its own, with what it cites. A rule's words around a figure (“thin”, “high”) are its
/// judgement and no claim; the figure as it is written is one, and an error of unit, sign, scale or rounding fails it. Beside them, how many
/// figures of growth there are, which need a year that the set does not hold.
fn claims(dossier: &Dossier, report: &CompanyReport, language: Language) -> (Vec<Claim>, usize) {
    let ops = report.uplift_ops.iter().flat_map(|op| &op.evidence);
    let said = report.business_model.iter().chain(&report.weaknesses).chain(&report.outreach_angle);
    let mut claims: Vec<Claim> = Vec::new();
    let mut growth = BTreeSet::new();
    for evidence in said.flat_map(|statement| &statement.evidence).chain(ops) {
        if let Evidence::Figure { field, .. } = evidence
            && catalogue::find(field).is_some_and(|field| field.group == FieldGroup::Growth)
        {
            growth.insert(*field);
            continue;
        }
        let Some((text, cite)) = claim(dossier, evidence, language) else { continue };
        if claims.iter().all(|claim| claim.text != text) {
            let id = format!("c{}", claims.len() + 1);
            claims.push(Claim { id, language: Some(language), text, cites: vec![cite] });
        }
    }
    (claims, growth.len())
}

fn claim(dossier: &Dossier, evidence: &Evidence, language: Language) -> Option<(String, Cite)> {
    match evidence {
        Evidence::Figure { field, value } => {
            let fact = dossier.facts.iter().find(|fact| fact.field == *field)?;
            let label = written::words(catalogue::find(field)?.label, language);
            let (value, year) = (written::value(field, value, language), fact.period_end.format("%Y"));
            let text = match language {
                Language::Sv => format!("{label} var {value} {year}."),
                Language::En => format!("{label} was {value} in {year}."),
            };
            Some((text, Cite { id: fact.id.clone(), quote: None }))
        }
        Evidence::Passage(passage) => {
            let page = dossier.passages.iter().find(|page| page.url == passage.url)?;
            let sentence = page.sentences.iter().find(|sentence| sentence.text.contains(&passage.quote))?;
            let text = match language {
                Language::Sv => format!("Webbplatsen säger: “{}”", passage.quote),
                Language::En => format!("The website says: “{}”", passage.quote),
            };
            Some((text, Cite { id: sentence.id.clone(), quote: Some(passage.quote.clone()) }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SET: &str = include_str!("../../../../evaluation/fictitious-companies.json");

    fn evaluated() -> Evaluation {
        evaluate_rules(&read_set(SET).unwrap(), &Template::acquisition(), |_| "00".to_owned(), DateTime::UNIX_EPOCH)
            .unwrap()
    }

    #[test]
    fn the_shipped_set_is_read_and_the_rules_do_on_it_as_documented() {
        let found = evaluated();
        println!(
            "rules on the shipped set: {} companies, {} claims, {} verified, {} contradicted, {} not found, κ {:?}",
            found.companies, found.claims, found.verified, found.contradicted, found.not_found, found.weighted_kappa
        );
        for result in &found.results {
            for claim in &result.unverified {
                println!("    {} {:?} {} {:?}", result.orgnr, claim.verdict, claim.text, claim.reasons);
            }
            println!("    {} label {} points {:?}", result.orgnr, result.level, result.points);
        }
        assert!(found.companies >= 20);
        assert_eq!(found.contradicted, 0, "a figure is written as it is");
        assert!(found.verified * 100 >= found.claims * 99, "{} of {}", found.verified, found.claims);
        assert_eq!(found.claims, found.verified + found.contradicted + found.not_found);
        assert!(found.weighted_kappa.unwrap() >= 0.6, "{:?}", found.weighted_kappa);
        assert_eq!(found, evaluated(), "the same set gives the same result");
    }

    #[test]
    fn a_malformed_set_names_the_place() {
        let mut set: Value = serde_json::from_str(SET).unwrap();
        let refused = |set: &Value| read_set(&set.to_string()).unwrap_err();
        set["companies"][1]["level"] = 9.into();
        assert_eq!(refused(&set).pointer, "/companies/1/level");
        set["companies"][1]["level"] = 1.into();
        set["companies"][0]["facts"]["nonsense"] = 1.into();
        assert_eq!(refused(&set).pointer, "/companies/0/facts/nonsense");
        set["companies"][0]["facts"] = serde_json::json!({ "revenue": null });
        assert_eq!(refused(&set).pointer, "/companies/0/facts/revenue");
        set["companies"][0]["facts"] = serde_json::json!({});
        set["companies"][0]["orgnr"] = set["companies"][1]["orgnr"].clone();
        assert_eq!(refused(&set).pointer, "/companies/1/orgnr");
        assert!(read_set("{").unwrap_err().message.contains("line 1"));
    }
}
