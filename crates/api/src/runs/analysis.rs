//! Analysis runs and the templates that they score companies by.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use chrono::{DateTime, Utc};
use domain::analysis::{RULES, SHIPPED, Template, shipped};
use domain::orgnr::Orgnr;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::dto::{RunCompaniesDto, RunDto};
use super::enrichment::{EstimateDto, StartedDto};
use super::model::CostDto;
use super::{CompaniesQuery, RunsQuery, model, selection};
use crate::input::{JsonBody, JsonBytes, PathParams, QueryParams, orgnr};
use crate::label::BilingualLabel;
use crate::principal::Principal;
use crate::problem::{Problem, Result};
use crate::state::AppState;
use crate::universe::body::{Object, SELECTION};
use crate::universe::dto::SelectionRequest;
use crate::views::body_name;
use jobs::analyse_company::RULES_ANALYSIS;
use jobs::analyse_company_with_model::MODEL_ANALYSIS;
use services::runs::{self as act, NewRun};
use services::templates::{self, StoredTemplate};

/// Every route of this file.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(estimate))
        .routes(routes!(start))
        .routes(routes!(analysis_runs))
        .routes(routes!(analysis_run))
        .routes(routes!(analysis_companies))
        .routes(routes!(judge))
        .routes(routes!(list_templates, create_template))
        .routes(routes!(read_template, change_template, delete_template))
        .routes(routes!(restore_template))
        .routes(routes!(list_rules))
}

/// Which companies, and by which template.
#[derive(Debug, Deserialize, ToSchema)]
#[allow(dead_code, reason = "describes the body, which is read key by key so that errors name their place")]
struct AnalysisRequest {
    /// What people call the run; the template's name and the day when not given.
    name: Option<String>,
    /// These companies; or `list_id`, or a screen.
    orgnrs: Option<Vec<String>>,
    /// The companies of this list.
    list_id: Option<Uuid>,
    /// A saved template; the built-in one when no template is named, for a model the shipped `full`.
    template_id: Option<Uuid>,
    /// A template of this run alone.
    #[schema(value_type = Option<Object>)]
    template: Option<Value>,
    /// A shipped template: `triage`, `full` or `outreach`.
    template_key: Option<String>,
    /// The model that writes, by its provider's name (`GET /api/models`); rules alone when not given.
    provider: Option<String>,
    /// Language in which the model writes: `sv` (when not given) or `en`.
    language: Option<String>,
    /// What the calls of the run may cost together, in the currency of the settings; the settings' own limit when not given.
    budget: Option<f64>,
    /// The companies of this screen.
    #[serde(flatten)]
    selection: SelectionRequest,
}

const TEMPLATE_KEYS: [&str; 3] = ["template_id", "templateId", "template"];

fn body(bytes: &Bytes) -> Result<Object> {
    Object::read(bytes, SELECTION, &[&selection::KEYS[..], &["name"], &TEMPLATE_KEYS[..], &model::KEYS[..]].concat())
}

/// How many companies an analysis would be over, how long it would take, and what it would cost.
#[utoipa::path(post, path = "/api/analysis/estimate", tag = "runs", request_body = AnalysisRequest,
    responses((status = 200, body = AnalysisEstimateDto)))]
async fn estimate(
    person: Principal,
    State(state): State<AppState>,
    JsonBytes(bytes): JsonBytes,
) -> Result<Json<AnalysisEstimateDto>> {
    let body = body(&bytes)?;
    let (_, template) = wanted_template(&state, &body).await?;
    let model = model::read(&state, &body).await?;
    let chosen = selection::read(&state, &person, &body).await?;
    let estimate = act::estimate_analysis(&state.db, &chosen.orgnrs, model.is_some(), Utc::now()).await?;
    let cost = match &model {
        Some(model) => Some(model::estimated(&state, model, &template, &chosen.orgnrs).await?),
        None => None,
    };
    Ok(Json(AnalysisEstimateDto { estimate: estimate.into(), cost }))
}

/// What an analysis would be.
#[derive(Debug, Serialize, ToSchema)]
struct AnalysisEstimateDto {
    #[serde(flatten)]
    estimate: EstimateDto,
    /// What the model's calls would cost; null where rules write.
    cost: Option<CostDto>,
}

/// Starts an analysis, by rules or by a model.
#[utoipa::path(post, path = "/api/analysis/start", tag = "runs", request_body = AnalysisRequest,
    responses((status = 201, body = StartedDto)))]
async fn start(
    person: Principal,
    State(state): State<AppState>,
    JsonBytes(bytes): JsonBytes,
) -> Result<(StatusCode, Json<StartedDto>)> {
    let body = body(&bytes)?;
    let name = body.text("name")?.map(body_name).transpose()?;
    let (template_name, template) = wanted_template(&state, &body).await?;
    let model = model::ready(&state, &body, &template).await?;
    let chosen = selection::read(&state, &person, &body).await?;
    let now = Utc::now();
    let run = NewRun {
        kind: "analysis",
        name: name.unwrap_or_else(|| format!("{template_name} {}", now.format("%Y-%m-%d %H:%M"))),
        owner: person.user,
        scope: chosen.scope,
        parts: vec![if model.is_some() { MODEL_ANALYSIS } else { RULES_ANALYSIS }.to_owned()],
        is_forced: true,
        selection: chosen.told,
        template: Some(template),
        model,
    };
    let started = act::start(&state.db, &run, &chosen.orgnrs, person.event("analysis.start"), now).await?;
    let answer = StartedDto { run_id: started.id, queued_count: started.queued, company_count: started.companies };
    Ok((StatusCode::CREATED, Json(answer)))
}

/// The template of a body: its name, and identity (nil for one that is not saved), version and body.
pub async fn wanted_template(state: &AppState, body: &Object) -> Result<(String, (Uuid, i32, Value))> {
    let id = match body.text("template_id")?.or(body.text("templateId")?) {
        None => None,
        Some(id) => Some(Uuid::parse_str(id).map_err(|_| Problem::input("/template_id", "a template's id is a UUID"))?),
    };
    if let Some(key) = model::template_key(body)? {
        if id.is_some() || body.get("template").is_some() {
            return Err(Problem::input("/template_key", "give one of template_key, template_id and template"));
        }
        let found = shipped(key).ok_or_else(|| {
            let keys: Vec<&str> = SHIPPED.iter().map(|one| one.key).collect();
            Problem::input(
                "/template_key",
                format!("there is no shipped template “{key}”; there are {}", keys.join(", ")),
            )
        })?;
        let body = serde_json::to_value(found.template()).map_err(Problem::internal)?;
        return Ok((found.name.en.to_owned(), (Uuid::nil(), found.version, body)));
    }
    match (id, body.get("template")) {
        (Some(_), Some(_)) => Err(Problem::input("/template", "give template_id or template, not both")),
        (Some(id), None) => {
            let found = templates::find(&state.db, id).await?;
            let found = found.ok_or_else(|| Problem::input("/template_id", format!("there is no template {id}")))?;
            Ok((found.name, (found.id, found.version, found.body)))
        }
        (None, Some(own)) => {
            checked(own.clone(), "/template")?;
            Ok(("Analysis".to_owned(), (Uuid::nil(), 1, own.clone())))
        }
        (None, None) => {
            let built_in = serde_json::to_value(Template::acquisition()).map_err(Problem::internal)?;
            Ok(("Analysis".to_owned(), (Uuid::nil(), 1, built_in)))
        }
    }
}

/// Reads and checks a template that somebody wrote.
fn checked(body: Value, pointer: &str) -> Result<Template> {
    let template: Template =
        serde_json::from_value(body).map_err(|error| Problem::input(pointer, format!("not a template: {error}")))?;
    template.check().map_err(|error| Problem::input(format!("{pointer}{}", error.pointer), error.message))?;
    Ok(template)
}

/// Analysis runs, newest first.
#[derive(Debug, Serialize, ToSchema)]
struct AnalysisRunsDto {
    success: bool,
    runs: Vec<RunDto>,
}

/// The analysis runs that one may see, newest first.
#[utoipa::path(get, path = "/api/analysis/runs", tag = "runs", params(RunsQuery), responses((status = 200, body = AnalysisRunsDto)))]
async fn analysis_runs(
    person: Principal,
    State(state): State<AppState>,
    QueryParams(query): QueryParams<RunsQuery>,
) -> Result<Json<AnalysisRunsDto>> {
    let query = RunsQuery { kind: Some("analysis".to_owned()), ..query };
    Ok(Json(AnalysisRunsDto { success: true, runs: super::page(&state, &person, query).await? }))
}

/// One analysis run.
#[utoipa::path(get, path = "/api/analysis/runs/{id}", tag = "runs", params(("id" = Uuid, Path)), responses((status = 200, body = RunDto)))]
async fn analysis_run(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<Json<RunDto>> {
    Ok(Json(super::shown(&state, &person, id).await?))
}

/// The companies of an analysis run, best score first.
#[utoipa::path(get, path = "/api/analysis/runs/{id}/companies", tag = "runs", params(("id" = Uuid, Path), CompaniesQuery),
    responses((status = 200, body = RunCompaniesDto)))]
async fn analysis_companies(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
    QueryParams(query): QueryParams<CompaniesQuery>,
) -> Result<Json<RunCompaniesDto>> {
    super::companies(&state, &person, id, query).await
}

/// What somebody decided about an analysis.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct VerdictRequest {
    /// `approved`, `rejected`, or null to take it back.
    verdict: Option<String>,
}

/// What stands now.
#[derive(Debug, Serialize, ToSchema)]
struct VerdictDto {
    verdict: Option<String>,
}

/// Approves or rejects what the analysis says about a company.
#[utoipa::path(put, path = "/api/analysis/runs/{id}/companies/{orgnr}/verdict", tag = "runs",
    params(("id" = Uuid, Path), ("orgnr" = String, Path)), request_body = VerdictRequest,
    responses((status = 200, body = VerdictDto)))]
async fn judge(
    person: Principal,
    State(state): State<AppState>,
    PathParams((id, number)): PathParams<(Uuid, String)>,
    JsonBody(request): JsonBody<VerdictRequest>,
) -> Result<Json<VerdictDto>> {
    let company: Orgnr = orgnr(&number, "orgnr")?;
    let verdict = match request.verdict.as_deref() {
        None => None,
        Some(verdict @ ("approved" | "rejected")) => Some(verdict),
        Some(_) => return Err(Problem::input("/verdict", "verdict is approved, rejected or null")),
    };
    act::judge(&state.db, &person, id, company, verdict).await?;
    Ok(Json(VerdictDto { verdict: request.verdict }))
}

/// What a template says: dimensions with weights, each measured by fields of the catalogue.
#[derive(Debug, ToSchema)]
#[allow(dead_code, reason = "describes `domain::analysis::Template`, which knows no OpenAPI")]
struct TemplateBodyDto {
    /// 1 to 20, with weights whose sum is above 0.
    dimensions: Vec<TemplateDimensionDto>,
    /// What a model is asked; a template without is for rules alone.
    #[schema(required = false)]
    questions: Option<TemplateQuestionsDto>,
}

/// What a model is asked.
#[derive(Debug, ToSchema)]
#[allow(dead_code, reason = "describes `domain::analysis::Questions`")]
struct TemplateQuestionsDto {
    /// What sentences are asked for, of `GET /api/analysis/vocabulary`.
    sections: Vec<String>,
    /// Whether levers are asked for.
    #[schema(required = false)]
    levers: bool,
    /// Whether the fit of each dimension is asked for.
    #[schema(required = false)]
    fit: bool,
    /// Whether open questions are asked for.
    #[schema(required = false)]
    open_questions: bool,
    /// The question in own words; `{company}`, `{orgnr}`, `{language}` and the template's own variables are filled in.
    #[schema(required = false)]
    instructions: String,
    /// Variables of the template: name → text.
    #[schema(required = false)]
    variables: std::collections::BTreeMap<String, String>,
    /// Tokens of the answer at most, 200 to 16000.
    max_output_tokens: u32,
}

/// One side of the fit.
#[derive(Debug, ToSchema)]
#[allow(dead_code, reason = "describes `domain::analysis::Dimension`")]
struct TemplateDimensionDto {
    /// Stable name within the template: 1 to 40 small letters, digits and `_`.
    key: String,
    /// What people read; the key where there is none.
    #[schema(required = false)]
    label: Option<String>,
    /// Share of the total relative to the other weights, 0 to 1000.
    weight: f64,
    /// 1 to 20.
    measures: Vec<TemplateMeasureDto>,
}

/// A field and the straight line that turns its value into 0 to 1.
#[derive(Debug, ToSchema)]
#[allow(dead_code, reason = "describes `domain::analysis::Measure`")]
struct TemplateMeasureDto {
    /// Key of a field of the catalogue that holds a number.
    field: String,
    /// Value, in the field's unit, that counts 0.
    worst: f64,
    /// Value that counts 1; below `worst` where less is better.
    best: f64,
}

/// A way to score companies.
#[derive(Debug, Serialize, ToSchema)]
struct TemplateDto {
    /// Null for one that comes with the program.
    id: Option<Uuid>,
    /// Name of a template that comes with the program and asks a model; null for others.
    key: Option<&'static str>,
    /// What a template that comes with the program is for.
    description: Option<BilingualLabel>,
    version: i32,
    /// The version that it has come to; the same where this is the newest one.
    newest_version: i32,
    name: String,
    #[schema(value_type = TemplateBodyDto)]
    template: Value,
    made_at: Option<DateTime<Utc>>,
    /// When it was deleted; only one that is asked for by its id can be.
    deleted_at: Option<DateTime<Utc>>,
}

impl From<StoredTemplate> for TemplateDto {
    fn from(found: StoredTemplate) -> Self {
        let StoredTemplate { id, version, newest_version, name, body, made_at, deleted_at } = found;
        let (key, description) = (None, None);
        Self {
            key,
            description,
            id: Some(id),
            version,
            newest_version,
            name,
            template: body,
            made_at: Some(made_at),
            deleted_at,
        }
    }
}

/// Templates, the built-in one first.
#[derive(Debug, Serialize, ToSchema)]
struct TemplatesDto {
    items: Vec<TemplateDto>,
    /// Those that ask a model and come with the program, by their `key`.
    shipped: Vec<TemplateDto>,
}

/// Every template in its newest version.
#[utoipa::path(get, path = "/api/analysis/templates", tag = "runs", responses((status = 200, body = TemplatesDto)))]
async fn list_templates(State(state): State<AppState>) -> Result<Json<TemplatesDto>> {
    let built_in = TemplateDto {
        key: None,
        description: None,
        id: None,
        version: 1,
        newest_version: 1,
        name: "Acquisition".to_owned(),
        template: serde_json::to_value(Template::acquisition()).map_err(Problem::internal)?,
        made_at: None,
        deleted_at: None,
    };
    let saved = templates::list(&state.db).await?;
    let items = std::iter::once(built_in).chain(saved.into_iter().map(Into::into)).collect();
    let mut shipped = Vec::with_capacity(SHIPPED.len());
    for template in &SHIPPED {
        shipped.push(TemplateDto {
            id: None,
            key: Some(template.key),
            description: Some(template.description.into()),
            version: template.version,
            newest_version: template.version,
            name: template.name.en.to_owned(),
            template: serde_json::to_value(template.template()).map_err(Problem::internal)?,
            made_at: None,
            deleted_at: None,
        });
    }
    Ok(Json(TemplatesDto { items, shipped }))
}

/// A template that somebody wrote.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TemplateRequest {
    /// 1 to 200 characters.
    name: String,
    #[schema(value_type = TemplateBodyDto)]
    template: Value,
    /// The version that a change was made from; one that was changed meanwhile is refused with 409.
    version: Option<i32>,
}

/// Saves a template.
#[utoipa::path(post, path = "/api/analysis/templates", tag = "runs", request_body = TemplateRequest,
    responses((status = 201, body = TemplateDto)))]
async fn create_template(
    person: Principal,
    State(state): State<AppState>,
    JsonBody(request): JsonBody<TemplateRequest>,
) -> Result<(StatusCode, Json<TemplateDto>)> {
    let (name, template) = (body_name(&request.name)?, checked(request.template, "/template")?);
    let kept = templates::create(&state.db, &person, &name, &template).await?;
    Ok((StatusCode::CREATED, Json(kept.into())))
}

/// Which version of a template.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct TemplateQuery {
    /// The newest one when not given.
    version: Option<i32>,
}

/// A template in one of its versions. One that was deleted can still be read, for runs were made with it.
#[utoipa::path(get, path = "/api/analysis/templates/{id}", tag = "runs", params(("id" = Uuid, Path), TemplateQuery),
    responses((status = 200, body = TemplateDto), (status = 404, body = Problem)))]
async fn read_template(
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
    QueryParams(query): QueryParams<TemplateQuery>,
) -> Result<Json<TemplateDto>> {
    let found = templates::find_version(&state.db, id, query.version).await?;
    Ok(Json(found.into()))
}

/// Saves a new version of a template; runs keep the version that they were made with.
#[utoipa::path(put, path = "/api/analysis/templates/{id}", tag = "runs", params(("id" = Uuid, Path)), request_body = TemplateRequest,
    responses((status = 200, body = TemplateDto), (status = 409, description = "Changed meanwhile")))]
async fn change_template(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
    JsonBody(request): JsonBody<TemplateRequest>,
) -> Result<Json<TemplateDto>> {
    let (name, template) = (body_name(&request.name)?, checked(request.template, "/template")?);
    let kept = templates::change(&state.db, &person, id, &name, &template, request.version).await?;
    Ok(Json(kept.into()))
}

/// Deletes a template, which can be brought back. Runs that were made with it keep it.
#[utoipa::path(delete, path = "/api/analysis/templates/{id}", tag = "runs", params(("id" = Uuid, Path)),
    responses((status = 204), (status = 404, body = Problem)))]
async fn delete_template(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<StatusCode> {
    templates::delete(&state.db, &person, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Brings a deleted template back; one that is not deleted stays as it is.
#[utoipa::path(post, path = "/api/analysis/templates/{id}/restore", tag = "runs", params(("id" = Uuid, Path)),
    responses((status = 200, body = TemplateDto), (status = 404, body = Problem)))]
async fn restore_template(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<Json<TemplateDto>> {
    Ok(Json(templates::restore(&state.db, &person, id).await?.into()))
}

/// One rule of the analyst.
#[derive(Debug, Serialize, ToSchema)]
struct RuleDto {
    code: &'static str,
    /// `strength`, `weakness` or `risk_flag`.
    #[schema(value_type = String)]
    kind: domain::analysis::FindingKind,
    /// What it says; `{field}` stands for the value of a field.
    label: BilingualLabel,
    /// Fields of the catalogue that it compares.
    fields: &'static [&'static str],
    /// Highest score of a company to which it applies.
    cap: Option<u8>,
}

/// The rules of the analyst.
#[derive(Debug, Serialize, ToSchema)]
struct RulesDto {
    items: Vec<RuleDto>,
}

/// Every rule with its words, in the order in which findings are shown.
#[utoipa::path(get, path = "/api/analysis/rules", tag = "runs", responses((status = 200, body = RulesDto)))]
async fn list_rules() -> Json<RulesDto> {
    let items = RULES.iter().map(|rule| RuleDto {
        code: rule.code,
        kind: rule.kind,
        label: rule.label.into(),
        fields: rule.fields(),
        cap: rule.cap,
    });
    Json(RulesDto { items: items.collect() })
}
