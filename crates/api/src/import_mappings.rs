//! Mappings of tables that the team has kept by name.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sources::table::mapping::Mapping;
use store::PgConnection;
use store::import_mappings::{self, ImportMapping, Saved};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::input::{Expected, JsonBody, PathParams, QueryParams};
use super::principal::Principal;
use super::problem::{Problem, Result};
use super::state::AppState;

const KINDS: [&str; 2] = ["accounts", "companies"];
const MOST_CHARACTERS: usize = 200_000;

/// Every route of this file.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list_mappings, create_mapping)).routes(routes!(replace_mapping, delete_mapping))
}

/// Which mappings are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct MappingsQuery {
    /// `accounts` or `companies`; both when not given.
    kind: Option<String>,
}

/// What a person writes of a mapping.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ImportMappingRequest {
    /// 1 to 80 characters, unique among the mappings of its kind.
    name: Option<String>,
    /// `accounts` or `companies`; stays as it is when a mapping is replaced.
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

fn missing(id: Uuid) -> Problem {
    Problem::not_found(format!("there is no mapping {id}"))
}

fn name_taken(name: &str) -> Problem {
    Problem::input("/name", format!("there is a mapping “{name}” already; choose another name"))
}

async fn kept(conn: &mut PgConnection, id: Uuid) -> Result<ImportMapping> {
    import_mappings::find(conn, id).await?.ok_or_else(|| missing(id))
}

fn read_name(name: &str) -> Result<String> {
    let name = domain::one_line::one_line(name);
    if (1..=80).contains(&name.chars().count()) {
        Ok(name)
    } else {
        Err(Problem::input("/name", "a mapping's name has 1 to 80 characters"))
    }
}

fn read_kind(kind: &str, pointer: &str) -> Result<String> {
    if KINDS.contains(&kind) {
        Ok(kind.to_owned())
    } else {
        Err(Problem::input(pointer, format!("kind is one of {}", KINDS.join(", "))))
    }
}

/// A text that cannot be read as a mapping is refused here, not at the next import.
fn read_mapping(text: &str) -> Result<String> {
    if text.chars().count() > MOST_CHARACTERS || text.contains('\0') {
        return Err(Problem::input("/mapping", format!("a mapping has at most {MOST_CHARACTERS} characters of text")));
    }
    Mapping::parse(text).map_err(|error| Problem::input("/mapping", error.to_string()))?;
    Ok(text.to_owned())
}

/// The mappings that the team has kept.
#[utoipa::path(get, path = "/api/imports/mappings", tag = "imports", params(MappingsQuery),
    responses((status = 200, body = ImportMappingsDto), (status = 422, body = Problem, content_type = "application/problem+json")))]
async fn list_mappings(
    State(state): State<AppState>,
    QueryParams(query): QueryParams<MappingsQuery>,
) -> Result<Json<ImportMappingsDto>> {
    let kind = query.kind.as_deref().map(|kind| read_kind(kind, "kind")).transpose()?;
    let found = import_mappings::list(&mut *state.db.acquire().await?, kind.as_deref()).await?;
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
    let name = read_name(request.name.as_deref().unwrap_or_default())?;
    let kind = read_kind(request.kind.as_deref().unwrap_or_default(), "/kind")?;
    let mapping = read_mapping(request.mapping.as_deref().unwrap_or_default())?;
    let mut tx = state.db.begin().await?;
    store::users::ensure(&mut tx, person.user, person.email.as_deref(), person.role).await?;
    let id = import_mappings::insert(&mut tx, &kind, &name, &mapping, person.user).await?;
    let id = id.ok_or_else(|| name_taken(&name))?;
    let kept = kept(&mut tx, id).await?;
    let event = person.event("import_mapping.create").about("import_mapping", id);
    store::audit::record(&mut tx, &event.with(json!({ "name": kept.name, "kind": kept.kind }))).await?;
    tx.commit().await?;
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
    let mut tx = state.db.begin().await?;
    let before = kept(&mut tx, id).await?;
    if request.kind.as_ref().is_some_and(|kind| *kind != before.kind) {
        return Err(Problem::input(
            "/kind",
            format!("the mapping is one of {}; keep another one instead", before.kind),
        ));
    }
    let name = request.name.as_deref().map_or_else(|| Ok(before.name.clone()), read_name)?;
    let mapping = request.mapping.as_deref().map_or_else(|| Ok(before.mapping.clone()), read_mapping)?;
    store::users::ensure(&mut tx, person.user, person.email.as_deref(), person.role).await?;
    match import_mappings::update(&mut tx, id, &name, &mapping, person.user, expected.version).await? {
        Saved::Done => {}
        Saved::NameTaken => return Err(name_taken(&name)),
        Saved::Stale => return Err(Problem::conflict(expected, "the mapping", ImportMappingDto::from(before))),
    }
    let after = kept(&mut tx, id).await?;
    let event = person.event("import_mapping.change").about("import_mapping", id);
    store::audit::record(&mut tx, &event.with(json!({ "before": before.name, "name": after.name }))).await?;
    tx.commit().await?;
    Ok(Json(after.into()))
}

/// Removes a mapping.
#[utoipa::path(delete, path = "/api/imports/mappings/{id}", tag = "imports", params(("id" = Uuid, Path)),
    responses((status = 204), (status = 404, body = Problem, content_type = "application/problem+json")))]
async fn delete_mapping(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<StatusCode> {
    let mut tx = state.db.begin().await?;
    let kept = kept(&mut tx, id).await?;
    import_mappings::delete(&mut tx, id).await?;
    let event = person.event("import_mapping.delete").about("import_mapping", id);
    store::audit::record(&mut tx, &event.with(json!({ "name": kept.name, "mapping": kept.mapping }))).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
