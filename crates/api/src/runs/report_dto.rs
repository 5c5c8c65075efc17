//! How an analysis is described in OpenAPI: `domain::analysis` writes it and knows no OpenAPI.

#![allow(dead_code, reason = "describes JSON that is kept as it was made")]

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

/// What a run says of a company. Analyses of older versions have no `report`.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnalysisResultDto {
    rules_version: u32,
    /// The words of a code are in `GET /api/analysis/rules`.
    #[schema(value_type = Vec<Object>)]
    findings: Vec<Value>,
    /// The rules' score, which no model and no page can change.
    #[schema(value_type = Object)]
    score: Value,
    /// Period, filing and reading of the website that the score rests on.
    #[schema(value_type = Object)]
    basis: Value,
    #[schema(required = false)]
    report: Option<AnalysisReportDto>,
    /// The model that wrote the report; left out where rules did.
    #[schema(required = false)]
    model: Option<ResultModelDto>,
}

/// The model that wrote a report.
#[derive(Debug, Serialize, ToSchema)]
pub struct ResultModelDto {
    provider: String,
    model: Option<String>,
    prompt_version: String,
}

/// Checked sentences, opinions that say so, and what did not stand, apart.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnalysisReportDto {
    version: u32,
    /// `sv` or `en`.
    language: String,
    /// Hash of the dossier; left out where rules wrote.
    #[schema(required = false)]
    dossier_sha256: Option<String>,
    /// Checked sentences by section; a section without any is left out.
    sections: Vec<SectionFactsDto>,
    levers: Vec<LeverViewDto>,
    fit: Vec<FitViewDto>,
    /// `pursue`, `watch` or `pass`, by the score; null where there is none.
    recommendation: Option<String>,
    /// What the model would do: an opinion.
    #[schema(required = false)]
    model_opinion: Option<String>,
    /// How a conversation might begin: sentences that state nothing.
    suggestions: Vec<String>,
    open_questions: Vec<String>,
    /// Sections about which nothing was found.
    not_found: Vec<String>,
    /// What was written and did not stand: never to be shown as fact.
    unverified: Vec<UnverifiedDto>,
    counts: ReportCountsDto,
    /// What was taken out of the company's pages.
    #[schema(required = false)]
    flags: Vec<FlagDto>,
    /// What people wrote: never checked, to be shown as theirs; left out where nobody did.
    #[schema(required = false)]
    by_people: Vec<PersonSentenceDto>,
    /// What a person would do, where that is not what the score says: it goes before `recommendation`.
    #[schema(required = false)]
    person_recommendation: Option<String>,
    /// Which levers a person sees, where those are not the analysis's: they go before `levers`.
    #[schema(required = false)]
    person_levers: Option<Vec<String>>,
}

/// A sentence that a person wrote.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonSentenceDto {
    /// A section, `suggestion` or `open_question`.
    part: String,
    text: String,
    /// The words that it was put in the place of; left out where it replaced none.
    #[schema(required = false)]
    replaced: Option<String>,
}

/// The checked sentences of a section.
#[derive(Debug, Serialize, ToSchema)]
pub struct SectionFactsDto {
    /// Key of `GET /api/analysis/vocabulary`.
    section: String,
    facts: Vec<StatementDto>,
}

/// A sentence that stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatementDto {
    text: String,
    /// Never empty.
    cites: Vec<CitationDto>,
}

/// What a sentence rests on.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum CitationDto {
    /// A figure of a period.
    Figure {
        /// Id in the dossier; left out where a rule compared the row itself.
        #[schema(required = false)]
        id: Option<String>,
        field: String,
        period_start: Option<NaiveDate>,
        period_end: NaiveDate,
        /// `company` or `group`.
        scope: String,
        value: f64,
        /// `SEK`, `share`, `times`, `days`, `people` or `number`.
        unit: String,
        filing: Option<Uuid>,
    },
    /// Words of a page; the page's text is `GET /api/pages/{sha256}`.
    Passage {
        /// Id in the dossier; left out where a rule found the words.
        #[schema(required = false)]
        id: Option<String>,
        quote: String,
        url: String,
        sha256: String,
        fetched_at: DateTime<Utc>,
    },
    /// A value of the company's row that is no figure of a period.
    Register {
        field: String,
        #[schema(value_type = Object)]
        value: Value,
    },
}

/// A lever with its checked reasons.
#[derive(Debug, Serialize, ToSchema)]
pub struct LeverViewDto {
    lever: String,
    /// `low`, `medium` or `high`: an opinion; null where rules wrote.
    impact: Option<String>,
    effort: Option<String>,
    reasons: Vec<StatementDto>,
}

/// How well the company fits a dimension: an opinion with checked reasons.
#[derive(Debug, Serialize, ToSchema)]
pub struct FitViewDto {
    dimension: String,
    /// 0 (not at all) to 4 (fully).
    level: u8,
    reasons: Vec<StatementDto>,
}

/// A sentence that does not stand.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnverifiedDto {
    /// A section, `lever`, `fit` or `open_question`.
    part: String,
    text: String,
    /// `contradicted` or `not_found`.
    verdict: String,
    cited: Vec<String>,
    reasons: Vec<String>,
}

/// Sentences by their end.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportCountsDto {
    verified: usize,
    contradicted: usize,
    not_found: usize,
}

/// Something that was taken out of a page.
#[derive(Debug, Serialize, ToSchema)]
pub struct FlagDto {
    /// `hidden`, `look_alike` or `instruction`.
    kind: String,
    url: String,
    text: String,
}
