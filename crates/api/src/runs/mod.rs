//! Runs of enrichment and analysis: listed, followed, cancelled, resumed, tried again.

mod analysis;
mod dto;
mod enrichment;
mod evaluations;
mod findings;
mod model;
mod report_dto;
mod results;
mod selection;
mod templates;
mod trace;

use std::convert::Infallible;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use chrono::{DateTime, Utc};
use futures::{Stream, stream};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::input::{PathParams, QueryParams, moment};
use super::principal::Principal;
use super::problem::{Problem, Result};
use super::state::AppState;
use crate::body::values::{Offset, Whole};
use dto::{RunCompaniesDto, RunDto};

pub use dto::units;
pub use report_dto::AnalysisReportDto;
use services::models;
use services::runs::{self as act, Run, RunError};

/// How often a follower of a run is told, where something has changed.
const TELL_EVERY: Duration = Duration::from_secs(1);

/// Every route of this folder.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list_runs))
        .routes(routes!(get_run))
        .routes(routes!(run_companies))
        .routes(routes!(follow_run))
        .routes(routes!(cancel_run))
        .routes(routes!(resume_run))
        .routes(routes!(retry_run))
        .merge(enrichment::router())
        .merge(analysis::router())
        .merge(results::router())
        .merge(templates::router())
        .merge(findings::router())
        .merge(model::router())
        .merge(trace::router())
        .merge(evaluations::router())
}

impl From<RunError> for Problem {
    fn from(error: RunError) -> Self {
        match error {
            RunError::Nothing(why) => Self::new(http::StatusCode::CONFLICT, why),
            RunError::NoCompany | RunError::TooMany(_) => Self::input("/orgnrs", error.to_string()),
            RunError::Database(error) => services::error::ServiceError::from(error).into(),
            RunError::Stored(error) => error.into(),
            RunError::Queue(error) => Self::internal(error),
        }
    }
}

/// The run, if the person may see it.
async fn visible(state: &AppState, person: &Principal, id: Uuid) -> Result<Run> {
    Ok(act::find(&state.db, person, id).await?)
}

/// The run with its counts as they are now.
async fn shown(state: &AppState, person: &Principal, id: Uuid) -> Result<RunDto> {
    let run = visible(state, person, id).await?;
    let counts = act::counts_of(&state.db, &run).await?;
    let usage = models::run_usage(&state.db, &[run.id]).await?.remove(&run.id).unwrap_or_default();
    Ok(RunDto::new(run, counts, person, usage, state.models.currency()))
}

/// Which runs.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct RunsQuery {
    /// `enrichment` or `analysis`; both when not given.
    kind: Option<String>,
    /// Runs older than this instant: `created_at` of the last one of the page before.
    before: Option<DateTime<Utc>>,
    /// How many at most, 1 to 200; 50 when not given.
    #[param(inline)]
    limit: Option<Whole<1, 200>>,
}

/// Runs, newest first.
#[derive(Debug, Serialize, ToSchema)]
struct RunsDto {
    items: Vec<RunDto>,
    count: usize,
}

async fn page(state: &AppState, person: &Principal, query: RunsQuery) -> Result<Vec<RunDto>> {
    let kind = match query.kind.as_deref() {
        None | Some("" | "all") => None,
        Some(kind @ ("enrichment" | "analysis")) => Some(kind),
        Some(_) => return Err(Problem::input("kind", "kind is enrichment or analysis")),
    };
    let limit = query.limit.map_or(50, |limit| limit.0);
    let found = act::page(&state.db, person, kind, moment(query.before, "before")?, limit).await?;
    let by_model: Vec<Uuid> = found.iter().filter(|(run, _)| run.provider.is_some()).map(|(run, _)| run.id).collect();
    let mut used = models::run_usage(&state.db, &by_model).await?;
    let shown = found.into_iter().map(|(run, counts)| {
        let usage = used.remove(&run.id).unwrap_or_default();
        RunDto::new(run, counts, person, usage, state.models.currency())
    });
    Ok(shown.collect())
}

/// The runs that one may see, newest first.
#[utoipa::path(get, path = "/api/runs", tag = "runs", params(RunsQuery), responses((status = 200, body = RunsDto)))]
async fn list_runs(
    person: Principal,
    State(state): State<AppState>,
    QueryParams(query): QueryParams<RunsQuery>,
) -> Result<Json<RunsDto>> {
    let items = page(&state, &person, query).await?;
    Ok(Json(RunsDto { count: items.len(), items }))
}

/// One run.
#[utoipa::path(get, path = "/api/runs/{id}", tag = "runs", params(("id" = Uuid, Path)), responses((status = 200, body = RunDto)))]
async fn get_run(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<Json<RunDto>> {
    Ok(Json(shown(&state, &person, id).await?))
}

/// Which companies of a run.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct CompaniesQuery {
    /// Only those with a part in this state: `queued`, `running`, `completed`, `failed`, `skipped` or `cancelled`.
    #[param(pattern = "^(queued|running|completed|failed|skipped|cancelled)?$")]
    state: Option<String>,
    /// How many at most, 1 to 500; 100 when not given.
    #[param(inline)]
    limit: Option<Whole<1, 500>>,
    /// How many to pass over.
    #[param(inline)]
    offset: Option<Offset>,
}

async fn companies(
    state: &AppState,
    person: &Principal,
    id: Uuid,
    query: CompaniesQuery,
) -> Result<Json<RunCompaniesDto>> {
    const STATES: [&str; 6] = ["queued", "running", "completed", "failed", "skipped", "cancelled"];
    let wanted = query.state.as_deref().filter(|state| !state.is_empty());
    if wanted.is_some_and(|state| !STATES.contains(&state)) {
        return Err(Problem::input("state", format!("state is one of {}", STATES.join(", "))));
    }
    let (limit, offset) = (query.limit.map_or(100, |limit| limit.0), query.offset.map_or(0, |offset| offset.0));
    let run = visible(state, person, id).await?;
    let (rows, total) = act::companies(&state.db, run.id, wanted, limit, offset).await?;
    Ok(Json(RunCompaniesDto::new(rows, total)))
}

/// The companies of a run: each part with its state and reason, and what the analysis says, best score first.
#[utoipa::path(get, path = "/api/runs/{id}/companies", tag = "runs", params(("id" = Uuid, Path), CompaniesQuery),
    responses((status = 200, body = RunCompaniesDto)))]
async fn run_companies(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
    QueryParams(query): QueryParams<CompaniesQuery>,
) -> Result<Json<RunCompaniesDto>> {
    companies(&state, &person, id, query).await
}

/// Server-sent events named `run`, each the run as it is, whenever it has changed; the stream ends with the run.
#[utoipa::path(get, path = "/api/runs/{id}/events", tag = "runs", params(("id" = Uuid, Path)),
    responses((status = 200, description = "text/event-stream", body = RunDto, content_type = "text/event-stream")))]
async fn follow_run(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<Sse<impl Stream<Item = std::result::Result<Event, Infallible>>>> {
    visible(&state, &person, id).await?;
    // None: the first look. Some(text): what was told last.
    let told = stream::unfold(Some(None::<String>), move |last| {
        let (state, person) = (state.clone(), person.clone());
        async move {
            let last = last?;
            loop {
                if last.is_some() {
                    tokio::time::sleep(TELL_EVERY).await;
                }
                // A run that is gone, or a database that is: the follower connects again and learns which.
                let run = shown(&state, &person, id).await.ok()?;
                let text = serde_json::to_string(&run).ok()?;
                if last.as_ref() == Some(&text) {
                    continue;
                }
                let event = Event::default().event("run").data(&text);
                let next = (!run.has_ended()).then_some(Some(text));
                return Some((Ok(event), next));
            }
        }
    });
    Ok(Sse::new(told).keep_alive(KeepAlive::new().interval(Duration::from_secs(15))))
}

/// Cancels what has not ended.
#[utoipa::path(post, path = "/api/runs/{id}/cancel", tag = "runs", params(("id" = Uuid, Path)),
    responses((status = 200, body = RunDto), (status = 409, description = "It has ended already")))]
async fn cancel_run(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<Json<RunDto>> {
    let run = visible(&state, &person, id).await?;
    act::cancel(&state.db, &run, person.event("run.cancel")).await?;
    Ok(Json(shown(&state, &person, id).await?))
}

/// Puts what was cancelled back into the queue.
#[utoipa::path(post, path = "/api/runs/{id}/resume", tag = "runs", params(("id" = Uuid, Path)),
    responses((status = 200, body = RunDto), (status = 409, description = "Nothing was cancelled")))]
async fn resume_run(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<Json<RunDto>> {
    let run = visible(&state, &person, id).await?;
    act::resume(&state.db, &run, person.event("run.resume")).await?;
    Ok(Json(shown(&state, &person, id).await?))
}

/// Puts what failed back into the queue.
#[utoipa::path(post, path = "/api/runs/{id}/retry", tag = "runs", params(("id" = Uuid, Path)),
    responses((status = 200, body = RunDto), (status = 409, description = "Nothing has failed")))]
async fn retry_run(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<Json<RunDto>> {
    let run = visible(&state, &person, id).await?;
    act::retry_failed(&state.db, &run, person.event("run.retry")).await?;
    Ok(Json(shown(&state, &person, id).await?))
}
