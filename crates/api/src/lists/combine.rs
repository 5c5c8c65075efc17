//! Lists made of lists: any expression of union, intersection and difference, and several poured into one.

use axum::Json;
use axum::extract::State;
use domain::access::Permission;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::items::ItemsChanged;
use super::shape::ListDto;
use super::shown;
use crate::input::{JsonBody, PathParams};
use crate::principal::Principal;
use crate::problem::{Problem, Result};
use crate::state::AppState;
use crate::views::{body_name, body_scope};
use services::lists::combine::{Expression, MOST_LISTS};
use services::lists::merge::{companies, merge};
use services::lists::{ListDraft, change_list, keys};

/// What lists make together.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CountRequest {
    /// `{"list": id}`, `{"union": […]}`, `{"intersection": […]}` or `{"difference": [first, without…]}`, nested at will.
    expression: Expression,
}

/// How many companies an expression holds.
#[derive(Debug, Serialize, ToSchema)]
pub struct CountDto {
    count: usize,
}

/// A new list of what lists make together.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CombineRequest {
    /// 1 to 200 characters.
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    name: String,
    /// `private` (default) or `team`.
    #[schema(pattern = "^(private|team)$")]
    scope: Option<String>,
    /// What it is for.
    description: Option<String>,
    /// As for counting.
    expression: Expression,
}

/// Lists to pour into another.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeRequest {
    /// The lists; they stay as they are.
    #[schema(min_items = 1, max_items = 50)]
    from: Vec<Uuid>,
    /// Whether they are put away afterwards.
    #[serde(default)]
    archive: bool,
}

/// How many companies lists make together.
#[utoipa::path(post, path = "/api/lists/combine/count", tag = "lists", request_body = CountRequest,
    responses((status = 200, body = CountDto), (status = 422, body = Problem)))]
pub async fn count_combined(
    person: Principal,
    State(state): State<AppState>,
    JsonBody(request): JsonBody<CountRequest>,
) -> Result<Json<CountDto>> {
    person.require(Permission::ReadWork)?;
    let found = companies(&state.db, &state.index, &person, &request.expression).await?;
    Ok(Json(CountDto { count: usize::try_from(found.len()).unwrap_or(usize::MAX) }))
}

/// Makes a list of what lists make together.
#[utoipa::path(post, path = "/api/lists/combine", tag = "lists", request_body = CombineRequest,
    responses((status = 201, body = ListDto), (status = 422, body = Problem)))]
pub async fn create_combined(
    person: Principal,
    State(state): State<AppState>,
    JsonBody(request): JsonBody<CombineRequest>,
) -> Result<(StatusCode, Json<ListDto>)> {
    person.require(Permission::EditWork)?;
    let draft = ListDraft {
        name: body_name(&request.name)?,
        description: request.description.filter(|text| !text.trim().is_empty()),
        scope: body_scope(request.scope.as_deref())?,
        filter: None,
        source_view_id: None,
        is_dynamic: false,
    };
    let orgnrs = keys(&companies(&state.db, &state.index, &person, &request.expression).await?);
    let list = change_list::create(&state.db, &person, draft, None, &orgnrs).await?;
    Ok((StatusCode::CREATED, Json(shown(&state, &person, list).await?)))
}

/// Pours lists into a list, notes included.
#[utoipa::path(post, path = "/api/lists/{id}/merge", tag = "lists", params(("id" = Uuid, Path)), request_body = MergeRequest,
    responses((status = 200, body = ItemsChanged), (status = 422, body = Problem)))]
pub async fn merge_lists(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
    JsonBody(request): JsonBody<MergeRequest>,
) -> Result<Json<ItemsChanged>> {
    person.require(Permission::EditWork)?;
    if request.from.is_empty() || request.from.len() > MOST_LISTS || request.from.contains(&id) {
        return Err(Problem::input("/from", format!("from names 1 to {MOST_LISTS} other lists")));
    }
    let done = merge(&state.db, &state.index, &person, id, &request.from, request.archive).await?;
    Ok(Json(done.into()))
}
