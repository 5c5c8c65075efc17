//! Mappings of tables that the team has kept by name.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use services::error::Versioned;
use services::import_mappings::{self, Change, ImportMapping, read_kind};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::input::{Expected, JsonBody, PathParams, QueryParams};
use super::principal::Principal;
use super::problem::{Problem, Result};
use super::state::AppState;

/// Every route of this file.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list_mappings, create_mapping)).routes(routes!(replace_mapping, delete_mapping))
}

/// Which mappings are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct MappingsQuery {
    /// `accounts` or `companies`; both when not given.
    #[param(pattern = "^(accounts|companies)$")]
    kind: Option<String>,
}

/// What a person writes of a mapping.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ImportMappingRequest {
    /// 1 to 80 characters, unique among the mappings of its kind.
    #[schema(min_length = 1, max_length = 80, pattern = r"\S")]
    name: Option<String>,
    /// `accounts` or `companies`; stays as it is when a mapping is replaced.
    #[schema(pattern = "^(accounts|companies)$")]
    kind: Option<String>,
    /// Its text: `field = Heading [unit]` on each line, and options.
    mapping: Option<String>,
    /// Version that the change was made from; a mapping changed meanwhile is refused with 409.
    version: Option<i32>,
}

/// A kept mapping.
#[derive(Debug, Serialize, ToSchema)]
struct ImportMappingDto {
    id: Uuid,
    name: String,
    /// `accounts` or `companies`.
    kind: String,
    mapping: String,
    version: i32,
    updated_at: DateTime<Utc>,
}

impl From<ImportMapping> for ImportMappingDto {
    fn from(kept: ImportMapping) -> Self {
        let ImportMapping { id, name, kind, mapping, version, updated_at } = kept;
        Self { id, name, kind, mapping, version, updated_at }
    }
}

/// Mappings by name.
#[derive(Debug, Serialize, ToSchema)]
struct ImportMappingsDto {
    items: Vec<ImportMappingDto>,
}

/// The mappings that the team has kept.
#[utoipa::path(get, path = "/api/imports/mappings", tag = "imports", params(MappingsQuery),
    responses((status = 200, body = ImportMappingsDto), (status = 422, body = Problem, content_type = "application/problem+json")))]
async fn list_mappings(
    State(state): State<AppState>,
    QueryParams(query): QueryParams<MappingsQuery>,
) -> Result<Json<ImportMappingsDto>> {
    let kind = query.kind.as_deref().map(|kind| read_kind(kind, "kind")).transpose()?;
    let found = import_mappings::list(&state.db, kind.as_deref()).await?;
    Ok(Json(ImportMappingsDto { items: found.into_iter().map(ImportMappingDto::from).collect() }))
}

/// Keeps a mapping by name.
#[utoipa::path(post, path = "/api/imports/mappings", tag = "imports", request_body = ImportMappingRequest,
    responses((status = 201, body = ImportMappingDto), (status = 422, body = Problem, content_type = "application/problem+json")))]
async fn create_mapping(
    person: Principal,
    State(state): State<AppState>,
    JsonBody(request): JsonBody<ImportMappingRequest>,
) -> Result<(StatusCode, Json<ImportMappingDto>)> {
    let text = |given: &Option<String>| given.clone().unwrap_or_default();
    let (kind, name, mapping) = (text(&request.kind), text(&request.name), text(&request.mapping));
    let kept = import_mappings::create(&state.db, &person, &kind, &name, &mapping).await?;
    Ok((StatusCode::CREATED, Json(kept.into())))
}

/// Changes a mapping; what is left out stays.
#[utoipa::path(put, path = "/api/imports/mappings/{id}", tag = "imports",
    params(("id" = Uuid, Path), ("If-Match" = Option<String>, Header, description = "The version that the change was made from")),
    request_body = ImportMappingRequest,
    responses((status = 200, body = ImportMappingDto), (status = 409, body = Problem), (status = 412, body = Problem)))]
async fn replace_mapping(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
    expected: Expected,
    JsonBody(request): JsonBody<ImportMappingRequest>,
) -> Result<Json<ImportMappingDto>> {
    let expected = expected.or(request.version);
    let change =
        Change { name: request.name.as_deref(), kind: request.kind.as_deref(), mapping: request.mapping.as_deref() };
    match import_mappings::replace(&state.db, &person, id, change, expected.version).await? {
        Versioned::Done(after) => Ok(Json(after.into())),
        Versioned::Stale(now) => Err(Problem::conflict(expected, "the mapping", ImportMappingDto::from(now))),
    }
}

/// Removes a mapping.
#[utoipa::path(delete, path = "/api/imports/mappings/{id}", tag = "imports", params(("id" = Uuid, Path)),
    responses((status = 204), (status = 404, body = Problem, content_type = "application/problem+json")))]
async fn delete_mapping(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<StatusCode> {
    import_mappings::delete(&state.db, &person, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
