//! Evaluations of templates on golden sets (`lode eval`), and which template a run takes when none is named.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use services::evaluations::{self, StoredEvaluation};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::input::{JsonBody, PathParams, QueryParams};
use crate::principal::Principal;
use crate::problem::{Problem, Result};
use crate::state::AppState;

/// Evaluations that are listed.
const MOST: i64 = 200;

/// Every route of this file.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list_evaluations)).routes(routes!(make_default))
}

/// How well an analyst did on a golden set.
#[derive(Debug, Serialize, ToSchema)]
struct EvaluationDto {
    id: Uuid,
    /// Name of the set.
    set: String,
    /// SHA-256 of the set's file.
    set_sha256: String,
    /// Null for the built-in template, and for one from a file.
    template_id: Option<Uuid>,
    template_version: Option<i32>,
    template_name: String,
    /// `rules`, or provider and model.
    method: String,
    /// `companies, claims, verified, contradicted, not_found, verified_rate, contradicted_rate, unchecked, schema_failures, weighted_kappa, unscored,
    /// latency_ms, cost` and each company in `results`.
    #[schema(value_type = Object)]
    result: Value,
    made_at: DateTime<Utc>,
}

impl From<StoredEvaluation> for EvaluationDto {
    fn from(found: StoredEvaluation) -> Self {
        Self {
            id: found.id,
            set: found.set_name,
            set_sha256: found.set_sha256,
            template_id: found.template_id,
            template_version: found.template_version,
            template_name: found.template_name,
            method: found.method,
            result: found.result,
            made_at: found.made_at,
        }
    }
}

/// A template in a version.
#[derive(Debug, Serialize, ToSchema)]
struct DefaultTemplateDto {
    id: Uuid,
    version: i32,
    name: String,
}

/// Evaluations, newest first, and the default template.
#[derive(Debug, Serialize, ToSchema)]
struct EvaluationsDto {
    /// At most 200.
    items: Vec<EvaluationDto>,
    /// What a run takes when it names no template; null for the built-in one.
    default_template: Option<DefaultTemplateDto>,
}

/// Which evaluations.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct EvaluationsQuery {
    /// Of this template alone.
    template_id: Option<Uuid>,
}

/// The evaluations that were recorded, newest first.
#[utoipa::path(get, path = "/api/evaluations", tag = "runs", params(EvaluationsQuery), responses((status = 200, body = EvaluationsDto)))]
async fn list_evaluations(
    State(state): State<AppState>,
    QueryParams(query): QueryParams<EvaluationsQuery>,
) -> Result<Json<EvaluationsDto>> {
    let items = evaluations::list(&state.db, query.template_id, MOST).await?;
    let found = evaluations::default_template(&state.db).await?;
    let default_template =
        found.map(|found| DefaultTemplateDto { id: found.id, version: found.version, name: found.name });
    Ok(Json(EvaluationsDto { items: items.into_iter().map(Into::into).collect(), default_template }))
}

/// On which set the template was evaluated.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DefaultRequest {
    /// Name of the set; the newest version of the template must have a recorded evaluation on it.
    set: String,
}

/// Makes the newest version of a template what runs take that name none; refused with 409 before `lode eval` has recorded how well it does.
#[utoipa::path(put, path = "/api/analysis/templates/{id}/default", tag = "runs", params(("id" = Uuid, Path)), request_body = DefaultRequest,
    responses((status = 200, body = DefaultTemplateDto), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn make_default(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
    JsonBody(request): JsonBody<DefaultRequest>,
) -> Result<Json<DefaultTemplateDto>> {
    let made = evaluations::make_default(&state.db, &person, id, &request.set, Utc::now()).await?;
    Ok(Json(DefaultTemplateDto { id: made.id, version: made.version, name: made.name }))
}
