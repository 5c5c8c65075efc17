//! What is known of a company beyond registers and filings, as one answer.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use domain::codes::sni;
use domain::orgnr::Orgnr;
use domain::website::digital_maturity;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use services::company_reports::{self, Intel};
use utoipa::{IntoParams, ToSchema};

use super::dto;
use crate::input::{PathParams, QueryParams, orgnr};
use crate::principal::Principal;
use crate::problem::{Problem, Result};
use crate::state::AppState;

/// Analyses of one company that are told.
const ANALYSES: i64 = 10;

/// The kinds of artifacts, as other programs name them.
const KINDS: [&str; 5] = ["llm_analysis", "ai_report", "company_profile", "website_insights", "about_summary"];

/// Something that was found out about a company.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct ArtifactDto {
    /// Identity, the same at every question.
    id: String,
    /// `website`, `analysis` or `report`.
    source: String,
    /// `llm_analysis`, `ai_report`, `company_profile`, `website_insights` or `about_summary`.
    artifact_type: String,
    /// The page that it was read from; null where it rests on figures.
    url: Option<String>,
    /// What was found.
    #[schema(value_type = Object)]
    content: Value,
    /// When.
    created_at: DateTime<Utc>,
}

/// What is known of a company beyond registers and filings.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct IntelDto {
    /// Ten digits (nine for Norway).
    orgnr: String,
    /// Identity of the company: its number.
    company_id: String,
    /// Host of its verified website.
    domain: Option<String>,
    /// Its main industry in words.
    industry: Option<String>,
    /// What its website is made with.
    tech_stack: Vec<String>,
    /// 0 to 100; null while its website was not read.
    digital_maturity_score: Option<u8>,
    /// Newest first.
    artifacts: Vec<ArtifactDto>,
}

/// Which artifacts.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct IntelParams {
    /// Kinds of artifacts, comma separated: `llm_analysis` (or `ai_analysis`), `ai_report`, `company_profile`, `website_insights`,
    /// `about_summary`; all when not given.
    #[param(
        pattern = "^((llm_analysis|ai_analysis|ai_report|company_profile|website_insights|about_summary)(,(llm_analysis|ai_analysis|ai_report|company_profile|website_insights|about_summary))*)?$"
    )]
    kinds: Option<String>,
}

/// All that is known of a company beyond registers and filings: where its website is, what that is made with, and what was found.
#[utoipa::path(get, path = "/api/companies/{orgnr}/intel", tag = "companies", params(("orgnr" = String, Path), IntelParams),
    responses((status = 200, body = IntelDto), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn company_intel(
    person: Principal,
    State(state): State<AppState>,
    PathParams(number): PathParams<String>,
    QueryParams(params): QueryParams<IntelParams>,
) -> Result<Json<IntelDto>> {
    let company = orgnr(&number, "orgnr")?;
    let kinds = kinds(params.kinds.as_deref())?;
    let intel = company_reports::intel(&state.db, &person, company, ANALYSES).await?;
    Ok(Json(intel_dto(company, intel, &kinds)))
}

fn kinds(given: Option<&str>) -> Result<Vec<&'static str>> {
    let Some(given) = given.filter(|given| !given.trim().is_empty()) else { return Ok(KINDS.to_vec()) };
    let known = |word: &str| {
        let word = if word == "ai_analysis" { "llm_analysis" } else { word };
        KINDS.into_iter().find(|kind| *kind == word).ok_or_else(|| {
            let word: String = word.chars().take(60).collect();
            Problem::input("kinds", format!("there is no kind “{word}”; the kinds are {}", KINDS.join(", ")))
        })
    };
    given.split(',').map(|word| known(word.trim())).collect()
}

fn intel_dto(company: Orgnr, intel: Intel, kinds: &[&str]) -> IntelDto {
    let homepage = intel.findings.homepage.filter(|homepage| homepage.is_verified()).and_then(|homepage| homepage.url);
    let found = intel.findings.enrichments.into_iter().map(|found| ArtifactDto {
        id: format!("{company}:{}", found.kind),
        source: "website".to_owned(),
        url: first_url(&found.data).or_else(|| homepage.clone()),
        artifact_type: found.kind,
        content: found.data,
        created_at: found.made_at,
    });
    let said = intel.findings.analyses.into_iter().map(|analysis| ArtifactDto {
        id: format!("{company}:{}", analysis.run_id),
        source: "analysis".to_owned(),
        artifact_type: "llm_analysis".to_owned(),
        url: None,
        content: json!({
            "method": analysis.method,
            "run_id": analysis.run_id,
            "points": analysis.points,
            "verdict": analysis.verdict,
            "result": analysis.result,
        }),
        created_at: analysis.made_at,
    });
    let reported = intel.report.into_iter().map(|report| ArtifactDto {
        id: report.id.to_string(),
        source: "report".to_owned(),
        artifact_type: "ai_report".to_owned(),
        url: None,
        created_at: report.made_at,
        content: serde_json::to_value(dto(company, report, true)).unwrap_or_default(),
    });
    let mut artifacts: Vec<ArtifactDto> =
        found.chain(said).chain(reported).filter(|artifact| kinds.contains(&artifact.artifact_type.as_str())).collect();
    artifacts.sort_by(|a, b| b.created_at.cmp(&a.created_at).then_with(|| a.id.cmp(&b.id)));
    IntelDto {
        orgnr: company.to_string(),
        company_id: company.to_string(),
        domain: homepage.as_deref().and_then(host),
        industry: intel.industry.map(|code| sni::label(&code).map_or(code.clone(), str::to_owned)),
        tech_stack: intel.website.as_ref().map(|website| website.technologies.clone()).unwrap_or_default(),
        digital_maturity_score: intel
            .website
            .as_ref()
            .zip(homepage.as_deref())
            .map(|(website, homepage)| digital_maturity(website, homepage)),
        artifacts,
    }
}

/// The address of the first passage in what was found.
fn first_url(found: &Value) -> Option<String> {
    match found {
        Value::Object(keys) => match keys.get("url").and_then(Value::as_str) {
            Some(url) => Some(url.to_owned()),
            None => keys.values().find_map(first_url),
        },
        Value::Array(items) => items.iter().find_map(first_url),
        _ => None,
    }
}

/// The host of an address, without `www.`.
fn host(address: &str) -> Option<String> {
    let uri: http::Uri = address.parse().ok()?;
    uri.host().map(|host| host.strip_prefix("www.").unwrap_or(host).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_read_with_their_alias_and_an_unknown_one_is_refused_by_name() {
        assert_eq!(kinds(None).unwrap(), KINDS);
        assert_eq!(kinds(Some("ai_analysis, ai_report")).unwrap(), ["llm_analysis", "ai_report"]);
        assert!(kinds(Some("ai_report,nonsense")).is_err());
    }

    #[test]
    fn a_host_is_told_without_www() {
        assert_eq!(host("https://www.nordvik.example/om?x=1").as_deref(), Some("nordvik.example"));
        assert_eq!(host("not an address"), None);
    }
}
