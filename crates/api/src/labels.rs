//! Labels: a word and a colour that companies carry, private or shared with the team.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use domain::access::Permission;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::input::{Expected, JsonBody, PathParams};
use super::lists::items::{ItemsChanged, ItemsRequest, numbers};
use super::principal::Principal;
use super::problem::{Problem, Result};
use super::state::AppState;
use super::views::body_scope;
use services::error::Versioned;
use services::labels::{self, COLORS, Label, LabelChange, LabelDraft};

/// Every route of this file.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list_labels, create_label))
        .routes(routes!(replace_label, delete_label))
        .routes(routes!(restore_label))
        .routes(routes!(label_companies))
        .routes(routes!(unlabel_companies))
}

/// What a person writes of a label.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CompanyLabelRequest {
    /// 1 to 60 characters, unique among the team's labels, or among one's own private ones.
    #[schema(min_length = 1, max_length = 60, pattern = r"\S")]
    name: Option<String>,
    /// grey (default), red, orange, yellow, green, teal, blue or purple.
    color: Option<String>,
    /// `team` (default) or `private`.
    #[schema(pattern = "^(private|team)$")]
    scope: Option<String>,
    /// Version that the change was made from; a label changed meanwhile is refused with 409.
    version: Option<i32>,
}

/// A label.
#[derive(Debug, Serialize, ToSchema)]
struct CompanyLabelDto {
    id: Uuid,
    name: String,
    /// grey, red, orange, yellow, green, teal, blue or purple.
    color: String,
    /// `private` or `team`.
    scope: String,
    /// Whether the asking person made it.
    is_own: bool,
    /// Companies that carry it.
    item_count: i32,
    version: i32,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl CompanyLabelDto {
    fn new(label: Label, person: &Principal) -> Self {
        Self {
            id: label.id,
            name: label.name,
            color: label.color,
            scope: label.scope.as_str().to_owned(),
            is_own: label.owner_id == person.user,
            item_count: label.item_count,
            version: label.version,
            created_at: label.created_at,
            updated_at: label.updated_at,
        }
    }
}

/// Labels by name.
#[derive(Debug, Serialize, ToSchema)]
struct CompanyLabelsDto {
    items: Vec<CompanyLabelDto>,
}

fn read_name(name: &str) -> Result<String> {
    let name = name.trim();
    if (1..=60).contains(&name.chars().count()) && !name.contains('\0') {
        Ok(name.to_owned())
    } else {
        Err(Problem::input("/name", "a label's name has 1 to 60 characters"))
    }
}

fn read_color(color: &str) -> Result<String> {
    if COLORS.contains(&color) {
        Ok(color.to_owned())
    } else {
        Err(Problem::input("/color", format!("color is one of {}", COLORS.join(", "))))
    }
}

/// The labels that one may see.
#[utoipa::path(get, path = "/api/labels", tag = "labels", responses((status = 200, body = CompanyLabelsDto)))]
async fn list_labels(person: Principal, State(state): State<AppState>) -> Result<Json<CompanyLabelsDto>> {
    person.require(Permission::ReadWork)?;
    let found = labels::list(&state.db, &person).await?;
    Ok(Json(CompanyLabelsDto { items: found.into_iter().map(|label| CompanyLabelDto::new(label, &person)).collect() }))
}

/// Makes a label.
#[utoipa::path(post, path = "/api/labels", tag = "labels", request_body = CompanyLabelRequest, responses((status = 201, body = CompanyLabelDto)))]
async fn create_label(
    person: Principal,
    State(state): State<AppState>,
    JsonBody(request): JsonBody<CompanyLabelRequest>,
) -> Result<(StatusCode, Json<CompanyLabelDto>)> {
    person.require(Permission::EditWork)?;
    let draft = LabelDraft {
        name: read_name(request.name.as_deref().unwrap_or_default())?,
        color: read_color(request.color.as_deref().unwrap_or("grey"))?,
        scope: body_scope(request.scope.as_deref().or(Some("team")))?,
    };
    let label = labels::create(&state.db, &person, &draft).await?;
    Ok((StatusCode::CREATED, Json(CompanyLabelDto::new(label, &person))))
}

/// Changes a label; what is left out stays.
#[utoipa::path(put, path = "/api/labels/{id}", tag = "labels",
    params(("id" = Uuid, Path), ("If-Match" = Option<String>, Header, description = "The version that the change was made from")),
    request_body = CompanyLabelRequest,
    responses((status = 200, body = CompanyLabelDto), (status = 409, body = Problem), (status = 412, body = Problem)))]
async fn replace_label(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
    expected: Expected,
    JsonBody(request): JsonBody<CompanyLabelRequest>,
) -> Result<Json<CompanyLabelDto>> {
    person.require(Permission::EditWork)?;
    let expected = expected.or(request.version);
    let change = LabelChange {
        name: request.name.as_deref().map(read_name).transpose()?,
        color: request.color.as_deref().map(read_color).transpose()?,
        scope: request.scope.as_deref().map(|scope| body_scope(Some(scope))).transpose()?,
        version: expected.version,
    };
    match labels::change(&state.db, &person, id, change).await? {
        Versioned::Done(label) => Ok(Json(CompanyLabelDto::new(label, &person))),
        Versioned::Stale(now) => Err(Problem::conflict(expected, "the label", CompanyLabelDto::new(now, &person))),
    }
}

/// Deletes a label; for 30 days it can be brought back, with the companies that carry it.
#[utoipa::path(delete, path = "/api/labels/{id}", tag = "labels", params(("id" = Uuid, Path)), responses((status = 204)))]
async fn delete_label(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<StatusCode> {
    person.require(Permission::EditWork)?;
    labels::delete(&state.db, &person, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Brings a deleted label back.
#[utoipa::path(post, path = "/api/labels/{id}/restore", tag = "labels", params(("id" = Uuid, Path)),
    responses((status = 200, body = CompanyLabelDto), (status = 422, body = Problem)))]
async fn restore_label(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<Json<CompanyLabelDto>> {
    person.require(Permission::EditWork)?;
    Ok(Json(CompanyLabelDto::new(labels::restore(&state.db, &person, id).await?, &person)))
}

/// Labels companies.
#[utoipa::path(post, path = "/api/labels/{id}/items", tag = "labels", params(("id" = Uuid, Path)), request_body = ItemsRequest,
    responses((status = 200, body = ItemsChanged)))]
async fn label_companies(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
    JsonBody(request): JsonBody<ItemsRequest>,
) -> Result<Json<ItemsChanged>> {
    person.require(Permission::EditWork)?;
    let orgnrs = numbers(&request.orgnrs)?;
    Ok(Json(labels::label_companies(&state.db, &person, id, &orgnrs).await?.into()))
}

/// Takes a label off companies.
#[utoipa::path(post, path = "/api/labels/{id}/items/remove", tag = "labels", params(("id" = Uuid, Path)), request_body = ItemsRequest,
    responses((status = 200, body = ItemsChanged)))]
async fn unlabel_companies(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
    JsonBody(request): JsonBody<ItemsRequest>,
) -> Result<Json<ItemsChanged>> {
    person.require(Permission::EditWork)?;
    let orgnrs = numbers(&request.orgnrs)?;
    Ok(Json(labels::unlabel_companies(&state.db, &person, id, &orgnrs).await?.into()))
}
