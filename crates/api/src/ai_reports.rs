//! What other programs ask of a company: all that is known of it, and a report of how it earns its money and what could be done.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use chrono::{DateTime, Utc};
use domain::codes::sni;
use domain::evidence::Language;
use domain::orgnr::Orgnr;
use domain::website::digital_maturity;
use futures::{StreamExt, stream};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use services::company_reports::{self, Desk, Generated, Intel, StoredReport, Wanted};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::input::{JsonBytes, PathParams, QueryParams, orgnr, orgnrs};
use crate::principal::Principal;
use crate::problem::{Problem, Result};
use crate::state::AppState;
use crate::universe::body::Object;

/// Companies of one batch.
const BATCH_LIMIT: usize = 100;
/// Companies of a batch that are worked on at once: a model takes long, and answers several side by side.
const AT_ONCE: usize = 4;
/// Analyses of one company that are told.
const ANALYSES: i64 = 10;
/// The kinds of artifacts, as other programs name them.
const KINDS: [&str; 5] = ["llm_analysis", "ai_report", "company_profile", "website_insights", "about_summary"];

/// Every route of this file.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(company_intel))
        .routes(routes!(company_report))
        .routes(routes!(generate))
        .routes(routes!(generate_batch))
}

/// Something that could be done.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[allow(dead_code, reason = "describes what `domain::analysis::uplift` writes")]
struct UpliftOpDto {
    /// Stable name of what the rules saw, e.g. `raise_margin`; of a model's the lever.
    code: String,
    /// The lever that it pulls, a key of `GET /api/analysis/vocabulary`.
    lever: String,
    /// What is to be done.
    name: String,
    /// `low`, `medium` or `high`.
    impact: String,
    /// `low`, `medium` or `high`.
    effort: String,
    /// `{low, high, kind}` in whole SEK, `kind` being `result_per_year` or `cash`; null where no figure tells.
    #[schema(value_type = Option<Object>)]
    amount: Option<Value>,
}

/// A report of a company.
#[derive(Clone, Debug, Serialize, ToSchema)]
struct ReportDto {
    /// Ten digits (nine for Norway).
    orgnr: String,
    /// How it earns its money; null where nothing is known.
    business_model: Option<String>,
    /// What speaks against it, risks first.
    weaknesses: Vec<String>,
    /// What could be done.
    #[schema(value_type = Vec<UpliftOpDto>)]
    uplift_ops: Value,
    /// What those with an amount per year add up to, in words; null where none has one.
    impact_range: Option<String>,
    /// How to begin a talk; null where nothing is known to begin with.
    outreach_angle: Option<String>,
    /// Whether it was kept from an earlier question.
    cached: bool,
    /// Identity of the report.
    report_id: Uuid,
    /// `sv` or `en`.
    language: String,
    /// `rules`, or the name of a model.
    method: String,
    /// When it was made.
    generated_at: DateTime<Utc>,
    /// The whole report: each sentence with the figures and passages that it rests on.
    #[schema(value_type = Object)]
    evidence: Value,
}

fn dto(company: Orgnr, report: StoredReport, is_cached: bool) -> ReportDto {
    let text = |value: &Value| value["text"].as_str().or(value.as_str()).map(str::to_owned);
    let content = report.content;
    let weaknesses = content["weaknesses"].as_array().map(|all| all.iter().filter_map(text).collect());
    ReportDto {
        orgnr: company.to_string(),
        business_model: text(&content["business_model"]),
        weaknesses: weaknesses.unwrap_or_default(),
        uplift_ops: without_evidence(&content["uplift_ops"]),
        impact_range: text(&content["impact_range"]),
        outreach_angle: text(&content["outreach_angle"]),
        cached: is_cached,
        report_id: report.id,
        language: report.language,
        method: report.method,
        generated_at: report.made_at,
        evidence: content,
    }
}

/// The list of what could be done without what it rests on, which stands in `evidence` once.
fn without_evidence(ops: &Value) -> Value {
    let bare = |op: &Value| {
        let kept = op.as_object().into_iter().flatten().filter(|(key, _)| *key != "evidence");
        Value::Object(kept.map(|(key, value)| (key.clone(), value.clone())).collect())
    };
    Value::Array(ops.as_array().into_iter().flatten().map(bare).collect())
}

/// In which language.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ReportParams {
    /// `sv` or `en`; the newest of either when not given.
    language: Option<String>,
}

fn language(code: Option<&str>) -> Result<Option<Language>> {
    code.map(|code| match code {
        "sv" => Ok(Language::Sv),
        "en" => Ok(Language::En),
        _ => Err(Problem::input("/language", "language is sv or en")),
    })
    .transpose()
}

/// The newest report of a company; 404 while none was made.
#[utoipa::path(get, path = "/api/companies/{orgnr}/ai-report", tag = "companies", params(("orgnr" = String, Path), ReportParams),
    responses((status = 200, body = ReportDto), (status = 404, body = Problem)))]
async fn company_report(
    State(state): State<AppState>,
    PathParams(number): PathParams<String>,
    QueryParams(params): QueryParams<ReportParams>,
) -> Result<Json<ReportDto>> {
    let company = orgnr(&number, "orgnr")?;
    let wanted = language(params.language.as_deref())?;
    let report = company_reports::find(&state.db, company, wanted).await?;
    Ok(Json(dto(company, report, true)))
}

/// Which report is wanted.
#[derive(Debug, Deserialize, ToSchema)]
#[allow(dead_code, reason = "describes the body, which is read key by key so that errors name their place")]
struct GenerateRequest {
    /// The company.
    orgnr: String,
    /// Makes a new report even where a kept one is good (default false).
    force_regenerate: Option<bool>,
    /// The same, as other programs write it.
    force_regen: Option<bool>,
    /// `sv` (default) or `en`.
    language: Option<String>,
}

/// Which reports are wanted.
#[derive(Debug, Deserialize, ToSchema)]
#[allow(dead_code, reason = "describes the body, which is read key by key so that errors name their place")]
struct GenerateBatchRequest {
    /// The companies, at most 100.
    orgnrs: Vec<String>,
    /// Makes new reports even where kept ones are good (default false).
    force_regenerate: Option<bool>,
    /// The same, as other programs write it.
    force_regen: Option<bool>,
    /// `sv` (default) or `en`.
    language: Option<String>,
}

const FLAGS: [&str; 3] = ["force_regenerate", "force_regen", "language"];

fn wanted(state: &AppState, body: &Object) -> Result<Wanted> {
    let is_forced = body.flag("force_regenerate")?.unwrap_or(false) || body.flag("force_regen")?.unwrap_or(false);
    let language = language(body.text("language")?)?.unwrap_or(Language::Sv);
    Ok(Wanted { language, is_forced, max_age_days: state.config.report_max_age_days })
}

/// A report of a company: the kept one while it is younger than `AI_REPORT_MAX_AGE_DAYS` and made from the same figures by the same
/// writer, or else a new one. The first configured model that answers writes it, its sentences checked; rules do where there is none, or
/// where its answer cannot be used (`method` says which).
#[utoipa::path(post, path = "/api/ai-reports/generate", tag = "companies", request_body = GenerateRequest,
    responses((status = 200, body = ReportDto), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn generate(
    person: Principal,
    State(state): State<AppState>,
    JsonBytes(body): JsonBytes,
) -> Result<Json<ReportDto>> {
    let body = read(&body, "orgnr")?;
    let number = body.text("orgnr")?.ok_or_else(|| Problem::input("/orgnr", "say which company"))?;
    let company = orgnr(number, "/orgnr")?;
    let made = company_reports::generate(desk(&state), &person, company, wanted(&state, &body)?, Utc::now()).await?;
    let Generated { report, is_cached } = made;
    Ok(Json(dto(company, report, is_cached)))
}

fn desk(state: &AppState) -> Desk<'_> {
    Desk { db: &state.db, artifacts: &state.artifacts, models: &state.models }
}

fn read(body: &Bytes, key: &str) -> Result<Object> {
    Object::read(body, &[key], &FLAGS)
}

/// One company of a batch: its report, or why there is none.
#[derive(Clone, Debug, Serialize, ToSchema)]
struct BatchItemDto {
    orgnr: String,
    /// Null where it could not be made.
    report: Option<ReportDto>,
    /// Why it could not be made.
    error: Option<String>,
}

/// The reports of a batch.
#[derive(Clone, Debug, Serialize, ToSchema)]
struct BatchDto {
    /// In the order of the request, each company once.
    items: Vec<BatchItemDto>,
    /// Reports that were made now.
    generated: usize,
    /// Reports that were kept.
    cached: usize,
    /// Companies without a report.
    failed: usize,
}

/// Reports of several companies, four at a time; a company that is not known does not stop the others.
#[utoipa::path(post, path = "/api/ai-reports/generate-batch", tag = "companies", request_body = GenerateBatchRequest,
    responses((status = 200, body = BatchDto), (status = 422, body = Problem)))]
async fn generate_batch(
    person: Principal,
    State(state): State<AppState>,
    JsonBytes(body): JsonBytes,
) -> Result<Json<BatchDto>> {
    let body = read(&body, "orgnrs")?;
    let given = body.texts("orgnrs", BATCH_LIMIT)?.filter(|given| !given.is_empty());
    let given = given.ok_or_else(|| Problem::input("/orgnrs", "say which companies"))?;
    let wanted = wanted(&state, &body)?;
    let mut companies: Vec<Orgnr> = Vec::new();
    for company in orgnrs(&given)? {
        if !companies.contains(&company) {
            companies.push(company);
        }
    }
    let mut answer = BatchDto { items: Vec::new(), generated: 0, cached: 0, failed: 0 };
    let (desk, person) = (desk(&state), &person);
    let made =
        stream::iter(companies.into_iter().map(async |company| {
            (company, company_reports::generate(desk, person, company, wanted, Utc::now()).await)
        }));
    let made: Vec<_> = made.buffered(AT_ONCE).collect().await;
    for (company, made) in made {
        let (report, error) = match made {
            Ok(Generated { report, is_cached }) => {
                if is_cached {
                    answer.cached += 1;
                } else {
                    answer.generated += 1;
                }
                (Some(dto(company, report, is_cached)), None)
            }
            Err(error @ (services::error::ServiceError::Missing(_) | services::error::ServiceError::Conflict(_))) => {
                answer.failed += 1;
                (None, Some(error.to_string()))
            }
            Err(error) => return Err(error.into()),
        };
        answer.items.push(BatchItemDto { orgnr: company.to_string(), report, error });
    }
    Ok(Json(answer))
}

/// Something that was found out about a company.
#[derive(Clone, Debug, Serialize, ToSchema)]
struct ArtifactDto {
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
struct IntelDto {
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
struct IntelParams {
    /// Kinds of artifacts, comma separated: `llm_analysis` (or `ai_analysis`), `ai_report`, `company_profile`, `website_insights`,
    /// `about_summary`; all when not given.
    kinds: Option<String>,
}

/// All that is known of a company beyond registers and filings: where its website is, what that is made with, and what was found.
#[utoipa::path(get, path = "/api/companies/{orgnr}/intel", tag = "companies", params(("orgnr" = String, Path), IntelParams),
    responses((status = 200, body = IntelDto), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn company_intel(
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
