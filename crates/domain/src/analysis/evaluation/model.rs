//! A model on a golden set: the dossier that it is asked with, what becomes of its answer, and the sum over the set.
//!
//! The dossier, the prompt and the checks are those of a run, so that an evaluation measures what people get.

use chrono::{DateTime, Utc};

use super::super::dossier::{CompanyDossier, Known, Year, build};
use super::super::{Analysis, Draft, Recommendation, Report, Template, analyse, assemble};
use super::{CompanyResult, Evaluation, EvaluationSet, LEVELS, LabelledCompany, SetError, UnverifiedClaim};
use super::{facts_of, level_of, page_of, weighted_kappa};
use crate::evidence::Language;
use crate::facts::{CompanyFacts, FactValue};
use crate::fiscal_period::FiscalPeriod;
use crate::line::Line;
use crate::scope::Scope;
use crate::website::{PageText, website_insights};

/// A company of a set, ready to be asked about.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its number as the set writes it.
    pub orgnr: String,
    /// The label.
    pub level: usize,
    /// What a model may speak of.
    pub dossier: CompanyDossier,
    /// What the rules say of it.
    pub analysis: Analysis,
}

/// What came of asking about one company.
#[derive(Clone, Debug)]
pub enum Answered {
    /// An answer of the shape that was asked for, checked.
    Report(Box<Report>),
    /// An answer that is not of the shape, after it was corrected once; with the reason.
    WrongShape(String),
    /// No answer that could be used, such as one that was cut off or declined; with the reason.
    Nothing(String),
}

/// The companies of a set with their dossiers, in its order. `hash` gives the SHA-256 of a page's text.
///
/// # Errors
/// A company of the set cannot be read, or its period is no fiscal year.
pub fn cases(
    set: &EvaluationSet,
    template: &Template,
    most_bytes: usize,
    hash: impl Fn(&str) -> String,
    read_at: DateTime<Utc>,
) -> Result<Vec<Case>, SetError> {
    let mut cases = Vec::with_capacity(set.companies.len());
    for (index, company) in set.companies.iter().enumerate() {
        let facts = facts_of(company)?;
        let pages: Vec<PageText> = company.pages.iter().map(|page| page_of(page, &hash, read_at)).collect();
        let year = year(company, &facts)
            .map_err(|message| SetError { pointer: format!("/companies/{index}/period_end"), message })?;
        let known = Known {
            orgnr: facts.orgnr,
            name: Some(&company.name),
            years: std::slice::from_ref(&year),
            facts: Some(&facts),
            pages: &pages,
        };
        let website = (!pages.is_empty()).then(|| website_insights(&pages));
        cases.push(Case {
            orgnr: company.orgnr.clone(),
            level: company.level,
            dossier: build(&known, most_bytes),
            analysis: analyse(&facts, website.as_ref(), template),
        });
    }
    Ok(cases)
}

/// The fiscal year of a labelled company: the fields that are lines of a statement.
fn year(company: &LabelledCompany, facts: &CompanyFacts) -> Result<Year, String> {
    let period = FiscalPeriod::new(company.period_start, company.period_end).map_err(|error| error.to_string())?;
    // A set has no filings; its own entry stands for one.
    let source = format!("set:{}", company.orgnr);
    let value = |key: &str| crate::catalogue::position(key).and_then(|index| facts.values.get(index));
    let amounts = Line::ALL.iter().filter_map(|line| match value(line.key()) {
        Some(FactValue::Integer(amount)) => Some((*line, *amount, source.clone())),
        _ => None,
    });
    let employees = match value("employees") {
        Some(FactValue::Real(count)) => Some((*count, source.clone())),
        Some(FactValue::Integer(count)) => Some((*count as f64, source.clone())),
        _ => None,
    };
    Ok(Year { period, scope: Scope::Company, amounts: amounts.collect(), employees })
}

/// The checked report of an answer about a case.
#[must_use]
pub fn checked(case: &Case, draft: &Draft, sha256: &str, language: Language, template: &Template) -> Report {
    assemble(draft, &case.dossier, sha256, language, template, &case.analysis)
}

/// The level that a model gives: the mean of its fit levels that stand, by the template's weights; where none stands, its opinion on what
/// to do next; `None` where it gave neither.
#[must_use]
pub fn level_of_model(report: &Report, template: &Template) -> Option<usize> {
    let weights = report.fit.iter().filter_map(|fit| {
        let dimension = template.dimensions.iter().find(|dimension| dimension.key == fit.dimension)?;
        Some((dimension.weight, f64::from(fit.level)))
    });
    let (weight, sum) = weights.fold((0.0, 0.0), |(weight, sum), (of, level)| (weight + of, sum + of * level));
    if weight > 0.0 {
        let points = (sum / weight / 4.0 * 100.0).round().clamp(0.0, 100.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 100")]
        return Some(level_of(points as u8));
    }
    Some(match report.model_opinion? {
        Recommendation::Pursue => LEVELS - 1,
        Recommendation::Watch => LEVELS / 2,
        Recommendation::Pass => 0,
    })
}

/// The counts over the answers, one for each case, in their order. The agreement is that of the model's levels with the labels; the rules'
/// score, which no model changes, is told as each company's `points`.
#[must_use]
pub fn evaluate_model(cases: &[Case], answers: &[Answered], template: &Template) -> Evaluation {
    let mut evaluation = Evaluation::empty(cases.len());
    let mut pairs = Vec::new();
    for (case, answer) in cases.iter().zip(answers) {
        let mut result = CompanyResult {
            orgnr: case.orgnr.clone(),
            level: case.level,
            points: case.analysis.score.points,
            model_level: None,
            error: None,
            unverified: Vec::new(),
        };
        match answer {
            Answered::WrongShape(reason) => {
                evaluation.schema_failures += 1;
                result.error = Some(reason.clone());
            }
            Answered::Nothing(reason) => {
                evaluation.unanswered += 1;
                result.error = Some(reason.clone());
            }
            Answered::Report(report) => {
                let counts = report.counts;
                evaluation.claims += counts.verified + counts.contradicted + counts.not_found;
                evaluation.verified += counts.verified;
                evaluation.contradicted += counts.contradicted;
                evaluation.not_found += counts.not_found;
                result.model_level = level_of_model(report, template);
                result.unverified = report
                    .unverified
                    .iter()
                    .map(|one| UnverifiedClaim {
                        text: one.text.clone(),
                        verdict: one.verdict,
                        reasons: one.reasons.clone(),
                    })
                    .collect();
            }
        }
        match result.model_level {
            Some(level) => pairs.push((level, case.level)),
            None => evaluation.unscored += 1,
        }
        evaluation.results.push(result);
    }
    evaluation.weighted_kappa = weighted_kappa(&pairs, LEVELS);
    evaluation
}

#[cfg(test)]
mod tests {
    use super::super::read_set;
    use super::*;
    use crate::analysis::shipped;

    const SET: &str = include_str!("../../../../../evaluation/fictitious-companies.json");

    fn full() -> Template {
        shipped("full").unwrap().template()
    }

    fn shipped_cases() -> Vec<Case> {
        cases(&read_set(SET).unwrap(), &full(), 20_000, |_| "00".to_owned(), DateTime::UNIX_EPOCH).unwrap()
    }

    fn draft(json: serde_json::Value) -> Draft {
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn dossier_of_a_labelled_company_has_its_figures_and_its_pages() {
        let cases = shipped_cases();
        let first = &cases[0].dossier.dossier;
        let revenue = first.facts.iter().find(|fact| fact.field == "revenue").unwrap();
        assert_eq!((revenue.value, revenue.scope), (86_000_000.0, Scope::Company));
        assert!(first.facts.iter().any(|fact| fact.field == "ebit_margin"));
        assert!(first.passages[0].sentences.iter().any(|sentence| sentence.text.contains("ISO 9001")));
        assert!(cases.iter().all(|case| !case.dossier.is_empty()));
    }

    #[test]
    fn answers_are_counted_by_their_end_and_levels_by_the_fit_that_stands() {
        let cases = shipped_cases();
        let template = full();
        let dimension = &template.dimensions[0].key;
        let id =
            |case: &Case| case.dossier.dossier.facts.iter().find(|fact| fact.field == "revenue").unwrap().id.clone();
        let cites = serde_json::json!([{ "id": id(&cases[0]), "quote": null }]);
        let answer = draft(serde_json::json!({
            "statements": [
                { "section": "strengths", "text": "Omsättningen var 86,0 mkr 2024.", "cites": cites },
                { "section": "strengths", "text": "Omsättningen var 87,0 mkr 2024.", "cites": cites },
            ],
            "fit": [{ "dimension": dimension, "level": 4, "reason": { "text": "Omsättningen var 86 mkr 2024.", "cites": cites } }],
        }));
        let report = checked(&cases[0], &answer, "00", Language::Sv, &template);
        assert_eq!(level_of_model(&report, &template), Some(4));
        let answers = [
            Answered::Report(Box::new(report)),
            Answered::WrongShape("no object".to_owned()),
            Answered::Nothing("declined".to_owned()),
        ];
        let found = evaluate_model(&cases[..3], &answers, &template);
        assert_eq!((found.claims, found.verified, found.contradicted), (3, 2, 1));
        assert_eq!((found.schema_failures, found.unanswered, found.unscored), (1, 1, 2));
        assert_eq!(found.results[0].model_level, Some(4));
        assert_eq!(found.results[1].error.as_deref(), Some("no object"));
        // An invented figure gives no level: its reason does not stand.
        let invented = draft(serde_json::json!({
            "fit": [{ "dimension": dimension, "level": 4, "reason": { "text": "Omsättningen var 90 mkr 2024.", "cites": cites } }],
        }));
        let report = checked(&cases[0], &invented, "00", Language::Sv, &template);
        assert_eq!(level_of_model(&report, &template), None);
    }
}
