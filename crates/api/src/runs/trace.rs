//! How an analysis of a run came about: dossier, prompt, raw answer, checked answer, cost.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;
use services::analyses::{self, TracedCall};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::dto::units;
use super::report_dto::AnalysisResultDto;
use crate::input::{PathParams, orgnr};
use crate::principal::Principal;
use crate::problem::Result;
use crate::state::AppState;

/// Every route of this file.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(trace))
}

/// One call of a model.
#[derive(Debug, Serialize, ToSchema)]
struct ModelCallDto {
    provider: String,
    model: String,
    prompt_version: Option<String>,
    /// `json_schema`, `json_object` or `plain`.
    structure: Option<String>,
    input_tokens: Option<i64>,
    output_tokens: Option<i64>,
    /// What was set aside before the call.
    reserved: f64,
    cost: f64,
    /// Whether `cost` is what was set aside, because the server told no usage.
    is_estimated: bool,
    latency_ms: Option<i64>,
    /// As the server sent it.
    finish_reason: Option<String>,
    status: Option<i32>,
    /// `answered`, `truncated`, `filtered`, `declined`, `wrong_shape`, `broken`, `refused`, `timed_out` or `cancelled`.
    outcome: Option<String>,
    begun_at: DateTime<Utc>,
    /// The messages as they were sent.
    prompt: Option<String>,
    /// The answer as it came.
    answer: Option<String>,
}

impl From<TracedCall> for ModelCallDto {
    fn from(traced: TracedCall) -> Self {
        let TracedCall { call, prompt, answer } = traced;
        Self {
            provider: call.provider,
            model: call.model,
            prompt_version: call.prompt_version,
            structure: call.structure,
            input_tokens: call.input_tokens,
            output_tokens: call.output_tokens,
            reserved: units(call.reserved),
            cost: units(call.cost),
            is_estimated: call.is_estimated,
            latency_ms: call.latency_ms,
            finish_reason: call.finish_reason,
            status: call.status,
            outcome: call.outcome,
            begun_at: call.begun_at,
            prompt,
            answer,
        }
    }
}

/// How an analysis came about.
#[derive(Debug, Serialize, ToSchema)]
struct TraceDto {
    /// The dossier of the last call; null where no model was asked.
    #[schema(value_type = Option<Object>)]
    dossier: Option<Value>,
    /// Every call, in order.
    calls: Vec<ModelCallDto>,
    /// What the calls cost together.
    cost: f64,
    currency: String,
    /// What was kept after every sentence was checked.
    #[schema(value_type = Option<AnalysisResultDto>)]
    result: Option<Value>,
}

/// Shows how a run's analysis of a company came about: the dossier, each call with its prompt, raw answer and cost, and the checked result.
#[utoipa::path(get, path = "/api/runs/{id}/companies/{orgnr}/trace", tag = "runs",
    params(("id" = Uuid, Path), ("orgnr" = String, Path)), responses((status = 200, body = TraceDto)))]
async fn trace(
    person: Principal,
    State(state): State<AppState>,
    PathParams((id, number)): PathParams<(Uuid, String)>,
) -> Result<Json<TraceDto>> {
    let found = analyses::trace(&state.db, &state.artifacts, &person, id, orgnr(&number, "orgnr")?).await?;
    Ok(Json(TraceDto {
        dossier: found.dossier,
        calls: found.calls.into_iter().map(Into::into).collect(),
        cost: units(found.cost),
        currency: state.models.currency().to_owned(),
        result: found.result,
    }))
}
