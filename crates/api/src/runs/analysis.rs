//! Analysis runs and the templates that they score companies by.

use axum::Json;
use axum::extract::State;
use chrono::Utc;
use domain::analysis::{AutoApproval, RULES, SHIPPED, Stages, Template, shipped};
use domain::orgnr::Orgnr;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::dto::{RunCompaniesDto, RunDto};
use super::enrichment::{EstimateDto, StartedDto};
use super::model::CostDto;
use super::model::Wanted;
use super::results::AutoApprovalDto;
use super::selection::{self, Chosen, run_body};
use super::{CompaniesQuery, RunsQuery, model};
use crate::body::JsonBody;
use crate::input::{PathParams, QueryParams};
use crate::label::BilingualLabel;
use crate::principal::Principal;
use crate::problem::{Problem, Result};
use crate::state::AppState;
use crate::views::body_name;
use services::runs::stages::parts_of;
use services::runs::{self as act, NewRun, RunModel};
use services::templates;

/// Every route of this file.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(estimate))
        .routes(routes!(start))
        .routes(routes!(analysis_runs))
        .routes(routes!(analysis_run))
        .routes(routes!(analysis_companies))
        .routes(routes!(list_rules))
}

run_body! {
    /// Which companies, and by which template.
    struct AnalysisRequest {
        /// What people call the run; the template's name and the day when not given.
        #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
        name: Option<String>,
        /// A saved template; the built-in one when no template is named, for a model the shipped `full`.
        #[serde(alias = "templateId")]
        template_id: Option<Uuid>,
        /// A template of this run alone.
        #[schema(value_type = Option<Object>)]
        template: Option<Value>,
        /// A shipped template: `triage`, `full` or `outreach`.
        template_key: Option<String>,
        /// The model that writes, by its provider's name (`GET /api/models`); rules alone when not given.
        provider: Option<String>,
        /// Language in which the model writes: `sv` (when not given) or `en`.
        #[schema(pattern = "^(sv|en)$")]
        language: Option<String>,
        /// What the calls of the run may cost together, in the currency of the settings; the settings' own limit when not given.
        #[schema(minimum = 0, maximum = 1e9)]
        budget: Option<f64>,
        /// Which results need no person to be approved; the template's own rule when not given.
        auto_approval: Option<AutoApprovalDto>,
        /// Leaves out companies that have an approved analysis already (one that the asking person may see); when not given, they are
        /// analysed again, and the newer one counts once it is approved.
        keep_approved: Option<bool>,
        /// In stages: a screening by rules, websites, the analysis, the report for other programs; the analysis alone when not given.
        stages: Option<RunStagesDto>,
    }
}

impl AnalysisRequest {
    fn wanted(&self) -> Wanted<'_> {
        Wanted {
            provider: self.provider.as_deref(),
            language: self.language.as_deref(),
            budget: self.budget,
            template_key: self.template_key.as_deref(),
            template_id: self.template_id,
            template: self.template.as_ref(),
        }
    }
}

/// How many companies an analysis would be over, how long it would take, and what it would cost.
#[utoipa::path(post, path = "/api/analysis/estimate", tag = "runs", request_body = AnalysisRequest,
    responses((status = 200, body = AnalysisEstimateDto)))]
async fn estimate(
    person: Principal,
    State(state): State<AppState>,
    JsonBody(body): JsonBody<AnalysisRequest>,
) -> Result<Json<AnalysisEstimateDto>> {
    let (_, template) = wanted_template(&state, body.wanted()).await?;
    let model = model::read(&state, body.wanted()).await?;
    let chosen = selection::read(&state, &person, body.choice()).await?;
    let keeping = body.keep_approved.unwrap_or(false).then_some(person.user);
    let estimate = act::estimate_analysis(&state.index, &state.db, &chosen.orgnrs, model.is_some(), keeping).await?;
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
    JsonBody(body): JsonBody<AnalysisRequest>,
) -> Result<(StatusCode, Json<StartedDto>)> {
    let name = body.name.as_deref().map(body_name).transpose()?;
    let (template_name, template) = wanted_template(&state, body.wanted()).await?;
    let model = model::ready(&state, body.wanted(), &template).await?;
    let chosen = selection::read(&state, &person, body.choice()).await?;
    let how = How {
        rule: body.auto_approval.map(|rule| rule.rule("/auto_approval")).transpose()?,
        keeps_approved: body.keep_approved.unwrap_or(false),
        stages: body.stages.map(RunStagesDto::checked).transpose()?,
    };
    let answer = begin(&state, &person, name, (template_name, template), model, chosen, how).await?;
    Ok((StatusCode::CREATED, Json(answer)))
}

/// Starts an analysis for a caller that names neither model nor template: by the first model that can be asked, or by rules.
pub async fn start_usual(
    state: &AppState,
    person: &Principal,
    name: Option<String>,
    chosen: Chosen,
) -> Result<StartedDto> {
    let model = model::usual(state).await?;
    let (template_name, template) = match &model {
        Some(_) => shipped_template(model::USUAL_TEMPLATE)?,
        None => wanted_template(state, Wanted::default()).await?,
    };
    begin(state, person, name, (template_name, template), model, chosen, How::default()).await
}

/// Which results are approved without a person, what becomes of those that were approved before, and in which stages the run goes.
#[derive(Clone, Copy, Debug, Default)]
struct How {
    rule: Option<AutoApproval>,
    keeps_approved: bool,
    stages: Option<Stages>,
}

/// What surrounds the analysis of a run in stages, which always begins with a screening by rules. Each company goes on by itself.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RunStagesDto {
    /// The least score, 0 to 100, of a company that goes on after the screening; all go on when not given.
    #[schema(minimum = 0, maximum = 100)]
    min_points: Option<u8>,
    /// Whether websites are looked for and read before the analysis, as far as they are not fresh.
    research: bool,
    /// Whether the analysis is kept as the company's report (`GET /api/companies/{orgnr}/ai-report`).
    report: bool,
}

impl RunStagesDto {
    fn checked(self) -> Result<Stages> {
        let stages = Stages { min_points: self.min_points, research: self.research, report: self.report };
        stages.check().map_err(|message| Problem::input("/stages/min_points", message))?;
        Ok(stages)
    }
}

impl From<Stages> for RunStagesDto {
    fn from(stages: Stages) -> Self {
        Self { min_points: stages.min_points, research: stages.research, report: stages.report }
    }
}

/// Begins the run: by the model where there is one, else by rules.
async fn begin(
    state: &AppState,
    person: &Principal,
    name: Option<String>,
    (template_name, template): (String, (Uuid, i32, Value)),
    model: Option<RunModel>,
    chosen: Chosen,
    how: How,
) -> Result<StartedDto> {
    let now = Utc::now();
    let own: Template = serde_json::from_value(template.2.clone()).map_err(Problem::internal)?;
    let run = NewRun {
        kind: "analysis",
        name: name.unwrap_or_else(|| format!("{template_name} {}", now.format("%Y-%m-%d %H:%M"))),
        owner: person.user,
        scope: chosen.scope,
        parts: parts_of(how.stages, model.is_some()),
        is_forced: true,
        selection: chosen.told,
        template: Some(template),
        model,
        auto_approval: how.rule.or(own.auto_approval),
        keeps_approved: how.keeps_approved,
        stages: how.stages,
    };
    let started = act::start(&state.db, &run, &chosen.orgnrs, person.event("analysis.start"), now).await?;
    Ok(StartedDto { run_id: started.id, queued_count: started.queued, company_count: started.companies })
}

/// How long such an analysis would take.
pub async fn estimate_usual(state: &AppState, orgnrs: &[Orgnr]) -> Result<EstimateDto> {
    let by_model = model::usual(state).await?.is_some();
    Ok(act::estimate_analysis(&state.index, &state.db, orgnrs, by_model, None).await?.into())
}

/// A template that comes with the program: its name, and no identity, its version and body.
fn shipped_template(key: &str) -> Result<(String, (Uuid, i32, Value))> {
    let found = shipped(key).ok_or_else(|| {
        let keys: Vec<&str> = SHIPPED.iter().map(|one| one.key).collect();
        Problem::input("/template_key", format!("there is no shipped template “{key}”; there are {}", keys.join(", ")))
    })?;
    let body = serde_json::to_value(found.template()).map_err(Problem::internal)?;
    Ok((found.name.en.to_owned(), (Uuid::nil(), found.version, body)))
}

/// The template of a body: its name, and identity (nil for one that is not saved), version and body.
pub async fn wanted_template(state: &AppState, wanted: Wanted<'_>) -> Result<(String, (Uuid, i32, Value))> {
    if let Some(key) = wanted.shipped_template() {
        if wanted.template_id.is_some() || wanted.template.is_some() {
            return Err(Problem::input("/template_key", "give one of template_key, template_id and template"));
        }
        return shipped_template(key);
    }
    match (wanted.template_id, wanted.template) {
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
            if let Some(found) = services::evaluations::default_template(&state.db).await? {
                return Ok((found.name, (found.id, found.version, found.body)));
            }
            let built_in = serde_json::to_value(Template::acquisition()).map_err(Problem::internal)?;
            Ok(("Analysis".to_owned(), (Uuid::nil(), 1, built_in)))
        }
    }
}

/// Reads and checks a template that somebody wrote.
pub fn checked(body: Value, pointer: &str) -> Result<Template> {
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
