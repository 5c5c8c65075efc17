//! What other programs ask of a company: all that is known of it, and a report of how it earns its money and what could be done.

mod intel;

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use domain::evidence::Language;
use domain::orgnr::Orgnr;
use futures::{StreamExt, stream};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use services::company_reports::{self, Desk, Generated, StoredReport, Wanted};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::body::{JsonBody, at_most};
use crate::input::{PathParams, QueryParams, orgnr, orgnrs};
use crate::principal::Principal;
use crate::problem::{Problem, Result};
use crate::runs::AnalysisReportDto;
use crate::state::AppState;

/// Companies of one batch.
const BATCH_LIMIT: usize = 100;
/// Companies of a batch that are worked on at once: a model takes long, and answers several side by side.
const AT_ONCE: usize = 4;
/// Every route of this file.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(intel::company_intel))
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
struct CompanyReportDto {
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
    /// Each of these with the figures and passages that it rests on, and the whole analysis.
    #[schema(value_type = CompanyEvidenceDto)]
    evidence: Value,
}

/// What a report of a company rests on.
#[derive(Debug, Serialize, ToSchema)]
#[allow(dead_code, reason = "describes JSON that is kept as it was made")]
struct CompanyEvidenceDto {
    /// `{text, evidence}`; null where nothing is known.
    #[schema(value_type = Option<Object>)]
    business_model: Value,
    /// `{text, evidence}` each.
    #[schema(value_type = Vec<Object>)]
    weaknesses: Vec<Value>,
    /// With `evidence` each.
    #[schema(value_type = Vec<Object>)]
    uplift_ops: Vec<Value>,
    /// `{text, evidence}`; null where nothing is known to begin with.
    #[schema(value_type = Option<Object>)]
    outreach_angle: Value,
    /// The whole analysis, as runs have it, by rules or by a model; left out of reports of older versions.
    #[schema(required = false)]
    report: Option<AnalysisReportDto>,
}

fn dto(company: Orgnr, report: StoredReport, is_cached: bool) -> CompanyReportDto {
    let text = |value: &Value| value["text"].as_str().or(value.as_str()).map(str::to_owned);
    let content = report.content;
    let weaknesses = content["weaknesses"].as_array().map(|all| all.iter().filter_map(text).collect());
    CompanyReportDto {
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
    #[param(pattern = "^(sv|en)$")]
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
    responses((status = 200, body = CompanyReportDto), (status = 404, body = Problem)))]
async fn company_report(
    State(state): State<AppState>,
    PathParams(number): PathParams<String>,
    QueryParams(params): QueryParams<ReportParams>,
) -> Result<Json<CompanyReportDto>> {
    let company = orgnr(&number, "orgnr")?;
    let wanted = language(params.language.as_deref())?;
    let report = company_reports::find(&state.db, company, wanted).await?;
    Ok(Json(dto(company, report, true)))
}

/// Which report is wanted.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct GenerateRequest {
    /// The company.
    orgnr: String,
    /// Makes a new report even where a kept one is good (default false).
    force_regenerate: Option<bool>,
    /// The same, as other programs write it.
    force_regen: Option<bool>,
    /// `sv` (default) or `en`.
    #[schema(pattern = "^(sv|en)$")]
    language: Option<String>,
}

/// Which reports are wanted.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct GenerateBatchRequest {
    /// The companies, at most 100.
    #[schema(min_items = 1, max_items = 100)]
    orgnrs: Vec<String>,
    /// Makes new reports even where kept ones are good (default false).
    force_regenerate: Option<bool>,
    /// The same, as other programs write it.
    force_regen: Option<bool>,
    /// `sv` (default) or `en`.
    #[schema(pattern = "^(sv|en)$")]
    language: Option<String>,
}

fn wanted(state: &AppState, forced: [Option<bool>; 2], code: Option<&str>) -> Result<Wanted> {
    let is_forced = forced.contains(&Some(true));
    let language = language(code)?.unwrap_or(Language::Sv);
    Ok(Wanted { language, is_forced, max_age_days: state.config.report_max_age_days })
}

/// A report of a company: the kept one while it is younger than `AI_REPORT_MAX_AGE_DAYS` and made from the same figures by the same
/// writer, or else a new one. The first configured model that answers writes it, its sentences checked; rules do where there is none, or
/// where its answer cannot be used (`method` says which).
#[utoipa::path(post, path = "/api/ai-reports/generate", tag = "companies", request_body = GenerateRequest,
    responses((status = 200, body = CompanyReportDto), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn generate(
    person: Principal,
    State(state): State<AppState>,
    JsonBody(body): JsonBody<GenerateRequest>,
) -> Result<Json<CompanyReportDto>> {
    let company = orgnr(&body.orgnr, "/orgnr")?;
    let wanted = wanted(&state, [body.force_regenerate, body.force_regen], body.language.as_deref())?;
    let made = company_reports::generate(desk(&state), &person, company, wanted, Utc::now()).await?;
    let Generated { report, is_cached } = made;
    Ok(Json(dto(company, report, is_cached)))
}

fn desk(state: &AppState) -> Desk<'_> {
    Desk { db: &state.db, artifacts: &state.artifacts, models: &state.models }
}

/// One company of a batch: its report, or why there is none.
#[derive(Clone, Debug, Serialize, ToSchema)]
struct BatchItemDto {
    orgnr: String,
    /// Null where it could not be made.
    report: Option<CompanyReportDto>,
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
    JsonBody(body): JsonBody<GenerateBatchRequest>,
) -> Result<Json<BatchDto>> {
    at_most(&body.orgnrs, BATCH_LIMIT, "orgnrs")?;
    if body.orgnrs.is_empty() {
        return Err(Problem::input("/orgnrs", "say which companies"));
    }
    let wanted = wanted(&state, [body.force_regenerate, body.force_regen], body.language.as_deref())?;
    let mut companies: Vec<Orgnr> = Vec::new();
    for company in orgnrs(&body.orgnrs)? {
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
