//! Lists made of lists: any expression of union, intersection and difference, and several poured into one.

use std::collections::HashMap;

use axum::Json;
use axum::extract::State;
use domain::access::Permission;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::lists::{self, List, ListDraft};
use store::membership_changes::Holder;
use utoipa::ToSchema;
use uuid::Uuid;

use super::items::{ItemsChanged, locked};
use super::shape::ListDto;
use super::{allow_change, keep, record, shown, told, visible};
use crate::input::{JsonBody, PathParams};
use crate::principal::Principal;
use crate::problem::{Problem, Result};
use crate::state::AppState;
use crate::views::{body_name, body_scope};
use services::lists::combine::{Expression, MOST_LISTS};
use services::lists::{change_members, lock_in_order, members_of};
use universe::sets::Asker;

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
    name: String,
    /// `private` (default) or `team`.
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
    from: Vec<Uuid>,
    /// Whether they are put away afterwards.
    #[serde(default)]
    archive: bool,
}

async fn companies(state: &AppState, person: &Principal, expression: &Expression) -> Result<Vec<i64>> {
    let ids = expression.lists().map_err(|error| Problem::input("/expression", error.to_string()))?;
    let mut members = HashMap::new();
    for id in ids {
        let list = find(state, person, id, "/expression").await?;
        members.insert(id, members_of(&state.index, &state.db, Asker::person(person.user), &list).await?);
    }
    Ok(expression.companies(&members))
}

async fn find(state: &AppState, person: &Principal, id: Uuid, pointer: &str) -> Result<List> {
    let found = lists::find(&mut *state.db.acquire().await?, person.user, id).await?;
    found.ok_or_else(|| Problem::input(pointer, format!("there is no list {id} that you can see")))
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
    Ok(Json(CountDto { count: companies(&state, &person, &request.expression).await?.len() }))
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
    let orgnrs = companies(&state, &person, &request.expression).await?;
    let list = keep(&state, &person, draft, None, &orgnrs).await?;
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
    // Dynamic lists are asked before the transaction begins, so that nothing is locked meanwhile.
    let mut followed = Vec::new();
    let mut kept = Vec::new();
    for (index, from) in request.from.iter().enumerate() {
        let list = find(&state, &person, *from, &format!("/from/{index}")).await?;
        if request.archive {
            allow_change(&person, list.owner_id)?;
        }
        if list.is_dynamic {
            followed.extend(members_of(&state.index, &state.db, Asker::person(person.user), &list).await?);
        } else {
            kept.push(list.id);
        }
    }
    let mut tx = state.db.begin().await?;
    store::users::ensure(&mut tx, person.user, person.email.as_deref(), person.role).await?;
    visible(&mut tx, &person, id).await?;
    let all: Vec<Uuid> = kept.iter().copied().chain([id]).collect();
    lock_in_order(&mut tx, &all).await?;
    let into = locked(&mut tx, &person, id).await?;
    let mut added = lists::items::copy_from(&mut tx, id, &kept, person.user).await?;
    added.extend(lists::items::add(&mut tx, id, &followed, person.user, None).await?.orgnrs);
    let known = added.len() as u64;
    let done =
        change_members::note_added(&mut tx, person.user, Holder::List(id), &told(&into.name, into.scope), added, known)
            .await?;
    if request.archive {
        for from in &request.from {
            lists::archive(&mut tx, *from, true).await?;
        }
    }
    let list = visible(&mut tx, &person, id).await?;
    let detail = json!({ "from": request.from, "count": known, "archived": request.archive, "change": done.change });
    record(&mut tx, &person, "list.merge", id, detail).await?;
    tx.commit().await?;
    Ok(Json(ItemsChanged {
        changed: known,
        unknown: 0,
        item_count: i64::from(list.item_count),
        change_id: done.change,
    }))
}
