//! Lists of companies, private or shared with the team.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use chrono::{DateTime, Utc};
use domain::access::Permission;
use domain::filter::json::to_json;
use domain::orgnr::Orgnr;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::lists::{self, List, ListDraft};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::actions::universe::matching;

use super::input::{JsonBody, PathParams, QueryParams};
use super::principal::Principal;
use super::problem::{InputError, Problem, Result};
use super::state::AppState;
use super::universe::body::{Object, SELECTION};
use super::universe::dto::SelectionRequest;
use super::universe::selection;
use super::views::{ScopeQuery, allow_change, body_name, body_scope, wanted_scope};

/// Companies that one request may add or remove.
const MAX_ITEMS: usize = 100_000;

/// Every route of this file.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list_lists, create_list))
        .routes(routes!(get_list, replace_list, delete_list))
        .routes(routes!(list_items, add_items))
        .routes(routes!(remove_items))
        .routes(routes!(list_memberships))
        .routes(routes!(create_from_query))
}

/// What a person writes of a list. Names in camelCase are understood too.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ListRequest {
    /// 1 to 200 characters.
    name: Option<String>,
    /// What it is for.
    description: Option<String>,
    /// `private` (default) or `team`.
    scope: Option<String>,
    /// The view it was made from.
    #[serde(alias = "sourceViewId")]
    source_view_id: Option<Uuid>,
    /// The screen it was made from.
    #[serde(alias = "filterJson", alias = "filter_json")]
    #[schema(value_type = Option<Object>)]
    filter: Option<Value>,
    /// Companies to put in it at once.
    orgnrs: Option<Vec<String>>,
    /// Version that the change was made from; a list changed meanwhile is refused with 409.
    version: Option<i32>,
}

/// A list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListDto {
    id: Uuid,
    name: String,
    description: Option<String>,
    /// `private` or `team`.
    scope: String,
    /// Whether the asking person made it.
    is_own: bool,
    owner_name: String,
    source_view_id: Option<Uuid>,
    #[schema(value_type = Option<Object>)]
    filter: Option<Value>,
    /// Companies in it.
    item_count: i32,
    version: i32,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl ListDto {
    /// The list as its reader sees it.
    #[must_use]
    pub fn new(list: List, person: &Principal) -> Self {
        Self {
            id: list.id,
            name: list.name,
            description: list.description,
            scope: list.scope.as_str().to_owned(),
            is_own: list.owner_id == person.user,
            owner_name: list.owner_name,
            source_view_id: list.source_view_id,
            filter: list.filter,
            item_count: list.item_count,
            version: list.version,
            created_at: list.created_at,
            updated_at: list.updated_at,
        }
    }
}

/// Lists, last changed first.
#[derive(Debug, Serialize, ToSchema)]
struct ListsDto {
    items: Vec<ListDto>,
    count: usize,
}

/// Companies to add or remove.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ItemsRequest {
    /// At most 100 000.
    orgnrs: Vec<String>,
}

/// What adding or removing did.
#[derive(Debug, Serialize, ToSchema)]
struct ItemsChanged {
    /// Companies that were added, or removed.
    changed: u64,
    /// Given companies that Lode does not know; none when removing.
    unknown: u64,
    /// Companies in the list now.
    item_count: i32,
}

/// Every company of a list.
#[derive(Debug, Serialize, ToSchema)]
struct MembersDto {
    /// Ascending.
    orgnrs: Vec<String>,
    count: usize,
}

/// A list that holds a company.
#[derive(Debug, Serialize, ToSchema)]
struct MembershipDto {
    id: Uuid,
    name: String,
}

/// The lists that hold a company.
#[derive(Debug, Serialize, ToSchema)]
struct MembershipsDto {
    items: Vec<MembershipDto>,
}

fn missing(id: Uuid) -> Problem {
    Problem::not_found(format!("there is no list {id} that you can see"))
}

/// Reads organisation numbers, every wrong one named.
fn numbers(orgnrs: &[String]) -> Result<Vec<i64>> {
    if orgnrs.len() > MAX_ITEMS {
        return Err(Problem::input("/orgnrs", format!("at most {MAX_ITEMS} companies at once; send several requests")));
    }
    let mut wrong = Vec::new();
    let mut numbers = Vec::with_capacity(orgnrs.len());
    for (index, text) in orgnrs.iter().enumerate() {
        match Orgnr::parse_lenient(text.trim()) {
            Ok((orgnr, _)) => numbers.push(orgnr.number().cast_signed()),
            Err(error) if wrong.len() < 100 => {
                wrong.push(InputError {
                    pointer: format!("/orgnrs/{index}"),
                    message: error.to_string(),
                    ..InputError::default()
                });
            }
            Err(_) => {}
        }
    }
    if wrong.is_empty() { Ok(numbers) } else { Err(Problem::inputs(wrong)) }
}

/// The lists that one may see.
#[utoipa::path(get, path = "/api/lists", tag = "lists", params(ScopeQuery), responses((status = 200, body = ListsDto)))]
async fn list_lists(
    person: Principal,
    State(state): State<AppState>,
    QueryParams(query): QueryParams<ScopeQuery>,
) -> Result<Json<ListsDto>> {
    person.require(Permission::ReadWork)?;
    let scope = wanted_scope(query.scope.as_deref())?;
    let lists = lists::visible_to(&mut *state.db.acquire().await?, person.user, scope).await?;
    let items: Vec<_> = lists.into_iter().map(|list| ListDto::new(list, &person)).collect();
    Ok(Json(ListsDto { count: items.len(), items }))
}

/// Makes a list, with companies in it when they are given.
#[utoipa::path(post, path = "/api/lists", tag = "lists", request_body = ListRequest, responses((status = 201, body = ListDto)))]
async fn create_list(
    person: Principal,
    State(state): State<AppState>,
    JsonBody(request): JsonBody<ListRequest>,
) -> Result<(StatusCode, Json<ListDto>)> {
    person.require(Permission::EditWork)?;
    let orgnrs = numbers(request.orgnrs.as_deref().unwrap_or_default())?;
    let draft = ListDraft {
        name: body_name(request.name.as_deref().unwrap_or_default())?,
        description: request.description,
        scope: body_scope(request.scope.as_deref())?,
        filter: request.filter,
        source_view_id: request.source_view_id,
    };
    let list = keep(&state, &person, &draft, &orgnrs).await?;
    Ok((StatusCode::CREATED, Json(ListDto::new(list, &person))))
}

/// Body of `POST /api/lists/from_query`: the selection of a screen, as in `POST /api/universe/query`, and the list's name.
#[derive(Debug, Deserialize, ToSchema)]
#[allow(dead_code, reason = "describes the body, which is read key by key so that errors name their place")]
struct FromQueryRequest {
    /// 1 to 200 characters.
    name: String,
    /// Whose list: `private` (default) or `team`.
    list_scope: Option<String>,
    /// What it is for.
    description: Option<String>,
    /// The view it was made from.
    source_view_id: Option<Uuid>,
    /// Which companies.
    #[serde(flatten)]
    selection: SelectionRequest,
}

/// Makes a list of every company that a screen matches.
#[utoipa::path(post, path = "/api/lists/from_query", tag = "lists", request_body = FromQueryRequest,
    responses((status = 201, body = ListDto)))]
async fn create_from_query(
    person: Principal,
    State(state): State<AppState>,
    body: Bytes,
) -> Result<(StatusCode, Json<ListDto>)> {
    person.require(Permission::EditWork)?;
    let more = ["name", "list_scope", "listScope", "description", "source_view_id", "sourceViewId"];
    let body = Object::read(&with_own_scope(&body), SELECTION, &more)?;
    let text = |key: &str, camel: &str| Ok::<_, Problem>(body.text(key)?.or(body.text(camel)?));
    let whose = text("list_scope", "listScope")?;
    let view = text("source_view_id", "sourceViewId")?
        .map(|id| Uuid::parse_str(id).map_err(|_| Problem::input("/source_view_id", "a view's id is a UUID")))
        .transpose()?;
    let selected = selection::read(&body)?;
    let draft = ListDraft {
        name: body_name(body.text("name")?.unwrap_or_default())?,
        description: body.text("description")?.map(str::to_owned),
        scope: body_scope(whose)?,
        filter: Some(to_json(&selected.whole)),
        source_view_id: view,
    };
    let orgnrs = matching(&state.index, &state.db, selected.whole, Vec::new()).await?;
    let orgnrs: Vec<i64> = orgnrs.into_iter().map(|orgnr| orgnr.number().cast_signed()).collect();
    let list = keep(&state, &person, &draft, &orgnrs).await?;
    Ok((StatusCode::CREATED, Json(ListDto::new(list, &person))))
}

/// In a screen `scope` says whose figures; a list's `private` or `team` is understood under that name too.
fn with_own_scope(body: &Bytes) -> Bytes {
    let Ok(mut object) = serde_json::from_slice::<serde_json::Map<String, Value>>(body) else { return body.clone() };
    match object.get("scope").and_then(Value::as_str) {
        Some("private" | "team") => {
            let scope = object.remove("scope").unwrap_or_default();
            object.insert("list_scope".to_owned(), scope);
            serde_json::to_vec(&object).map_or_else(|_| body.clone(), Bytes::from)
        }
        _ => body.clone(),
    }
}

/// Makes a list with its companies: all of it or nothing.
///
/// # Errors
/// 422 when the source view cannot be seen.
pub async fn keep(state: &AppState, person: &Principal, draft: &ListDraft, orgnrs: &[i64]) -> Result<List> {
    let mut tx = state.db.begin().await?;
    check_view(&mut tx, person, draft.source_view_id).await?;
    store::users::ensure(&mut tx, person.user, person.email.as_deref(), person.role).await?;
    let id = lists::insert(&mut tx, person.user, draft).await?;
    if !orgnrs.is_empty() {
        lists::add_items(&mut tx, id, orgnrs, person.user).await?;
    }
    let list = lists::find(&mut tx, person.user, id).await?.ok_or_else(|| missing(id))?;
    tx.commit().await?;
    Ok(list)
}

async fn check_view(conn: &mut store::PgConnection, person: &Principal, view: Option<Uuid>) -> Result<()> {
    if let Some(view) = view
        && store::views::find(conn, person.user, view).await?.is_none()
    {
        return Err(Problem::input("/source_view_id", format!("there is no view {view} that you can see")));
    }
    Ok(())
}

/// One list, without its companies.
#[utoipa::path(get, path = "/api/lists/{id}", tag = "lists", params(("id" = Uuid, Path)), responses((status = 200, body = ListDto)))]
async fn get_list(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<Json<ListDto>> {
    person.require(Permission::ReadWork)?;
    let list = lists::find(&mut *state.db.acquire().await?, person.user, id).await?.ok_or_else(|| missing(id))?;
    Ok(Json(ListDto::new(list, &person)))
}

/// Changes what a list says of itself; what is left out stays.
#[utoipa::path(put, path = "/api/lists/{id}", tag = "lists", params(("id" = Uuid, Path)), request_body = ListRequest,
    responses((status = 200, body = ListDto), (status = 409, description = "Changed meanwhile")))]
async fn replace_list(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
    JsonBody(request): JsonBody<ListRequest>,
) -> Result<Json<ListDto>> {
    person.require(Permission::EditWork)?;
    let mut tx = state.db.begin().await?;
    let before = lists::find(&mut tx, person.user, id).await?.ok_or_else(|| missing(id))?;
    allow_change(&person, before.owner_id)?;
    check_view(&mut tx, &person, request.source_view_id).await?;
    let draft = ListDraft {
        name: request.name.as_deref().map_or(Ok(before.name), body_name)?,
        description: request.description.or(before.description),
        scope: if request.scope.is_some() { body_scope(request.scope.as_deref())? } else { before.scope },
        filter: request.filter.or(before.filter),
        source_view_id: request.source_view_id.or(before.source_view_id),
    };
    if !lists::update(&mut tx, id, &draft, request.version).await? {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "the list was changed meanwhile: load it again, then change it",
        ));
    }
    let list = lists::find(&mut tx, person.user, id).await?.ok_or_else(|| missing(id))?;
    tx.commit().await?;
    Ok(Json(ListDto::new(list, &person)))
}

/// Deletes a list.
#[utoipa::path(delete, path = "/api/lists/{id}", tag = "lists", params(("id" = Uuid, Path)), responses((status = 204)))]
async fn delete_list(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<StatusCode> {
    person.require(Permission::EditWork)?;
    let mut tx = state.db.begin().await?;
    let list = lists::find(&mut tx, person.user, id).await?.ok_or_else(|| missing(id))?;
    allow_change(&person, list.owner_id)?;
    lists::delete(&mut tx, id).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The companies of a list, by number; their figures come from a screen with the condition `in list`.
#[utoipa::path(get, path = "/api/lists/{id}/items", tag = "lists", params(("id" = Uuid, Path)), responses((status = 200, body = MembersDto)))]
async fn list_items(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<Json<MembersDto>> {
    person.require(Permission::ReadWork)?;
    let mut conn = state.db.acquire().await?;
    lists::find(&mut conn, person.user, id).await?.ok_or_else(|| missing(id))?;
    let orgnrs: Vec<_> = lists::members(&mut conn, id).await?.into_iter().map(written).collect();
    Ok(Json(MembersDto { count: orgnrs.len(), orgnrs }))
}

/// An organisation number as the API writes it; Norwegian ones have nine digits.
fn written(number: i64) -> String {
    Orgnr::from_number(number.cast_unsigned()).map_or_else(|_| number.to_string(), |orgnr| orgnr.to_string())
}

/// Puts companies in; those that are in it stay.
#[utoipa::path(post, path = "/api/lists/{id}/items", tag = "lists", params(("id" = Uuid, Path)), request_body = ItemsRequest,
    responses((status = 200, body = ItemsChanged)))]
async fn add_items(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
    JsonBody(request): JsonBody<ItemsRequest>,
) -> Result<Json<ItemsChanged>> {
    person.require(Permission::EditWork)?;
    let mut orgnrs = numbers(&request.orgnrs)?;
    orgnrs.sort_unstable();
    orgnrs.dedup();
    let mut tx = state.db.begin().await?;
    lists::find(&mut tx, person.user, id).await?.ok_or_else(|| missing(id))?;
    store::users::ensure(&mut tx, person.user, person.email.as_deref(), person.role).await?;
    let done = lists::add_items(&mut tx, id, &orgnrs, person.user).await?;
    let list = lists::find(&mut tx, person.user, id).await?.ok_or_else(|| missing(id))?;
    tx.commit().await?;
    let unknown = orgnrs.len() as u64 - done.known;
    Ok(Json(ItemsChanged { changed: done.added, unknown, item_count: list.item_count }))
}

/// Takes companies out.
#[utoipa::path(post, path = "/api/lists/{id}/items/remove", tag = "lists", params(("id" = Uuid, Path)), request_body = ItemsRequest,
    responses((status = 200, body = ItemsChanged)))]
async fn remove_items(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
    JsonBody(request): JsonBody<ItemsRequest>,
) -> Result<Json<ItemsChanged>> {
    person.require(Permission::EditWork)?;
    let orgnrs = numbers(&request.orgnrs)?;
    let mut tx = state.db.begin().await?;
    lists::find(&mut tx, person.user, id).await?.ok_or_else(|| missing(id))?;
    let changed = lists::remove_items(&mut tx, id, &orgnrs).await?;
    let list = lists::find(&mut tx, person.user, id).await?.ok_or_else(|| missing(id))?;
    tx.commit().await?;
    Ok(Json(ItemsChanged { changed, unknown: 0, item_count: list.item_count }))
}

/// The lists that one may see and that hold the company.
#[utoipa::path(get, path = "/api/companies/{orgnr}/lists", tag = "lists", params(("orgnr" = String, Path)),
    responses((status = 200, body = MembershipsDto)))]
async fn list_memberships(
    person: Principal,
    State(state): State<AppState>,
    PathParams(orgnr): PathParams<String>,
) -> Result<Json<MembershipsDto>> {
    person.require(Permission::ReadWork)?;
    let orgnr = super::input::orgnr(&orgnr, "orgnr")?;
    let found = lists::memberships(&mut *state.db.acquire().await?, person.user, orgnr.number().cast_signed()).await?;
    Ok(Json(MembershipsDto { items: found.into_iter().map(|(id, name)| MembershipDto { id, name }).collect() }))
}
