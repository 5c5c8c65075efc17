//! Enrichment: what companies' own websites tell, asked for many companies at once.

use axum::Json;
use axum::extract::State;
use chrono::Utc;
use http::StatusCode;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::analysis;
use super::dto::RunDto;
use super::selection::{self, run_body};
use crate::body::{JsonBody, at_most};
use crate::input::PathParams;
use crate::principal::Principal;
use crate::problem::{Problem, Result};
use crate::state::AppState;
use crate::views::body_name;
use jobs::enrich_company::PARTS;
use services::runs::{self as act, Estimate, NewRun};

/// Every route of this file.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(estimate)).routes(routes!(start)).routes(routes!(status))
}

run_body! {
    /// Which companies, and what is to be found out of them.
    struct EnrichmentRequest {
        /// What people call the run; its kinds and the day when not given.
        #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
        name: Option<String>,
        /// `homepage`, `about_summary`, `website_insights`, `company_profile`; all of them when not given. `llm_analysis` (or `ai_analysis`)
        /// and `ai_report` start an analysis instead, by the first model that answers, or by rules; they stand alone.
        #[schema(max_items = 20)]
        kinds: Option<Vec<String>>,
        /// Also what was found out within the last 180 days.
        force: Option<bool>,
    }
}

/// What a run would do.
#[derive(Debug, Serialize, ToSchema)]
pub struct EstimateDto {
    /// Companies of the selection that Lode knows.
    companies: i64,
    /// Companies with something to do.
    due: i64,
    /// Companies of which everything asked for is fresh.
    fresh: i64,
    /// Expected duration; null while no worker is alive.
    seconds: Option<f64>,
    /// Companies that the workers that are alive work on at once.
    at_once: i64,
}

impl From<Estimate> for EstimateDto {
    fn from(estimate: Estimate) -> Self {
        Self {
            companies: estimate.companies,
            due: estimate.due,
            fresh: estimate.companies - estimate.due,
            seconds: estimate.seconds,
            at_once: estimate.at_once,
        }
    }
}

/// A run that has begun.
#[derive(Debug, Serialize, ToSchema)]
pub struct StartedDto {
    pub run_id: Uuid,
    /// Companies with a job.
    pub queued_count: usize,
    /// Companies of the run; those without a job are fresh.
    pub company_count: i64,
}

/// Kinds that an analysis makes, as other programs name them.
const ANALYSES: [&str; 3] = ["llm_analysis", "ai_analysis", "ai_report"];

struct Asked {
    /// Empty where an analysis is asked for.
    parts: Vec<String>,
    is_forced: bool,
    name: Option<String>,
}

fn read(body: &EnrichmentRequest) -> Result<Asked> {
    let kinds = body.kinds.as_deref().unwrap_or_default();
    at_most(kinds, 20, "kinds")?;
    let mut parts: Vec<String> = Vec::new();
    let is_analysis = kinds.iter().any(|kind| ANALYSES.contains(&kind.as_str()));
    for (index, kind) in kinds.iter().enumerate() {
        if is_analysis && ANALYSES.contains(&kind.as_str()) {
            continue;
        }
        if !PARTS.contains(&kind.as_str()) {
            let kind: String = kind.chars().take(60).collect();
            let message =
                format!("there is no kind “{kind}”; the kinds are {}, {}", PARTS.join(", "), ANALYSES.join(", "));
            return Err(Problem::input(format!("/kinds/{index}"), message));
        }
        if is_analysis {
            let message = format!(
                "“{kind}” is read from websites, and {} rest on what was read: start the enrichment first, and the analysis in a run of its own",
                ANALYSES.join(", ")
            );
            return Err(Problem::input(format!("/kinds/{index}"), message));
        }
        if !parts.contains(kind) {
            parts.push(kind.clone());
        }
    }
    if parts.is_empty() && !is_analysis {
        parts = PARTS.iter().map(|part| (*part).to_owned()).collect();
    }
    Ok(Asked { parts, is_forced: body.force.unwrap_or(false), name: body.name.as_deref().map(body_name).transpose()? })
}

/// How many companies a run would be over, how many are fresh, and how long it would take.
#[utoipa::path(post, path = "/api/enrichment/estimate", tag = "runs", request_body = EnrichmentRequest,
    responses((status = 200, body = EstimateDto)))]
async fn estimate(
    person: Principal,
    State(state): State<AppState>,
    JsonBody(body): JsonBody<EnrichmentRequest>,
) -> Result<Json<EstimateDto>> {
    let asked = read(&body)?;
    let chosen = selection::read(&state, &person, body.choice()).await?;
    if asked.parts.is_empty() {
        return Ok(Json(analysis::estimate_usual(&state, &chosen.orgnrs).await?));
    }
    let (orgnrs, now) = (&chosen.orgnrs, Utc::now());
    let found = act::estimate_enrichment(&state.index, &state.db, orgnrs, &asked.parts, asked.is_forced, now).await?;
    Ok(Json(found.into()))
}

/// Starts a run; what is fresh is skipped unless `force` says otherwise.
#[utoipa::path(post, path = "/api/enrichment/run", tag = "runs", request_body = EnrichmentRequest,
    responses((status = 201, body = StartedDto)))]
async fn start(
    person: Principal,
    State(state): State<AppState>,
    JsonBody(body): JsonBody<EnrichmentRequest>,
) -> Result<(StatusCode, Json<StartedDto>)> {
    let asked = read(&body)?;
    let chosen = selection::read(&state, &person, body.choice()).await?;
    if asked.parts.is_empty() {
        return Ok((StatusCode::CREATED, Json(analysis::start_usual(&state, &person, asked.name, chosen).await?)));
    }
    let now = Utc::now();
    let run = NewRun {
        kind: "enrichment",
        name: asked.name.unwrap_or_else(|| format!("Enrichment {}", now.format("%Y-%m-%d %H:%M"))),
        owner: person.user,
        scope: chosen.scope,
        parts: asked.parts,
        is_forced: asked.is_forced,
        selection: chosen.told,
        template: None,
        model: None,
        auto_approval: None,
        keeps_approved: false,
        stages: None,
    };
    let started = act::start(&state.db, &run, &chosen.orgnrs, person.event("enrichment.start"), now).await?;
    let answer = StartedDto { run_id: started.id, queued_count: started.queued, company_count: started.companies };
    Ok((StatusCode::CREATED, Json(answer)))
}

/// A reason and how many parts failed for it.
#[derive(Debug, Serialize, ToSchema)]
struct FailureDto {
    reason: String,
    count: i64,
}

/// Where a run stands.
#[derive(Debug, Serialize, ToSchema)]
struct StatusDto {
    run_id: Uuid,
    #[serde(flatten)]
    run: RunDto,
    /// Why parts failed, most frequent first.
    #[schema(value_type = Vec<FailureDto>)]
    failures: Value,
}

/// Where an enrichment run stands: counts by kind, what failed and why, what was skipped as fresh.
#[utoipa::path(get, path = "/api/enrichment/run/{id}/status", tag = "runs", params(("id" = Uuid, Path)),
    responses((status = 200, body = StatusDto)))]
async fn status(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<Json<StatusDto>> {
    let run = super::shown(&state, &person, id).await?;
    let failures = act::failures(&state.db, id).await?;
    let failures: Vec<_> = failures.into_iter().map(|(reason, count)| FailureDto { reason, count }).collect();
    Ok(Json(StatusDto { run_id: id, run, failures: serde_json::to_value(failures).unwrap_or_default() }))
}
