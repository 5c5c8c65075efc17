//! Lists of companies, private or shared with the team: the lists themselves.

pub mod combine;
pub mod from_query;
pub mod items;
pub mod match_report;
pub mod memberships;
pub mod read_workbook;
pub mod shape;

use axum::Json;
use axum::extract::State;
use domain::access::Permission;
use domain::filter::Filter;
use domain::filter::json::from_json;
use domain::filter::vocabulary::Vocabulary;
use http::StatusCode;
use serde_json::Value;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use self::items::numbers;
use self::shape::{ArchiveRequest, DuplicateRequest, ListDto, ListRequest, ListsDto, ListsQuery};
use super::body::values::Whole;
use super::input::{Expected, JsonBody, PathParams, QueryParams};
use super::principal::Principal;
use super::problem::{Problem, Result};
use super::state::AppState;
use super::views::{body_name, body_scope, wanted_scope};
use services::error::Versioned;
use services::lists::change_list::ListChange;
use services::lists::show::ShownList;
use services::lists::{List, ListDraft, Wanted, change_list, show};

/// Lists of an answer when the question does not say.
const MOST: usize = 1_000;

/// Every route of lists.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list_lists, create_list))
        .routes(routes!(get_list, replace_list, delete_list))
        .routes(routes!(archive_list))
        .routes(routes!(restore_list))
        .routes(routes!(duplicate_list))
        .routes(routes!(items::list_items, items::add_items))
        .routes(routes!(items::remove_items))
        .routes(routes!(items::write_note))
        .routes(routes!(memberships::list_memberships))
        .routes(routes!(memberships::company_marks))
        .routes(routes!(from_query::create_from_query))
        .routes(routes!(match_report::match_text))
        .routes(routes!(read_workbook::workbook_text))
        .routes(routes!(combine::count_combined))
        .routes(routes!(combine::create_combined))
        .routes(routes!(combine::merge_lists))
}

/// The list as its reader sees it, with its count and its filter in words.
async fn shown(state: &AppState, person: &Principal, list: List) -> Result<ListDto> {
    Ok(ListDto::new(show::show(&state.db, &state.index, person, list).await?, person))
}

/// The lists that one may see, last changed first. A list that changes while pages are read comes first again.
#[utoipa::path(get, path = "/api/lists", tag = "lists", params(ListsQuery), responses((status = 200, body = ListsDto)))]
async fn list_lists(
    person: Principal,
    State(state): State<AppState>,
    QueryParams(query): QueryParams<ListsQuery>,
) -> Result<Json<ListsDto>> {
    person.require(Permission::ReadWork)?;
    let wanted =
        Wanted { scope: wanted_scope(query.scope.as_deref())?, archived: query.archived()?, ..Wanted::default() };
    let limit = query.limit.map_or(MOST, Whole::count);
    let (found, next) = show::list_lists(&state.db, &state.index, &person, wanted, query.after()?, limit).await?;
    let items: Vec<_> = found.into_iter().map(|list| ListDto::new(list, &person)).collect();
    Ok(Json(ListsDto { count: items.len(), items, next: next.map(shape::cursor) }))
}

fn read_filter(filter: &Value) -> Result<Filter> {
    from_json(filter, "/filter", Vocabulary::builtin())
        .map_err(|error| super::universe::filter_error::filter_problem(&error, None))
}

fn read_kind(kind: Option<&str>) -> Result<Option<bool>> {
    match kind {
        None => Ok(None),
        Some("static") => Ok(Some(false)),
        Some("dynamic") => Ok(Some(true)),
        Some(_) => Err(Problem::input("/kind", "kind is static (kept companies) or dynamic (follows its filter)")),
    }
}

/// Makes a list, with companies in it when they are given; a dynamic one needs a filter instead.
#[utoipa::path(post, path = "/api/lists", tag = "lists", request_body = ListRequest, responses((status = 201, body = ListDto)))]
async fn create_list(
    person: Principal,
    State(state): State<AppState>,
    JsonBody(request): JsonBody<ListRequest>,
) -> Result<(StatusCode, Json<ListDto>)> {
    person.require(Permission::EditWork)?;
    let orgnrs = numbers(request.orgnrs.as_deref().unwrap_or_default())?;
    let is_dynamic = read_kind(request.kind.as_deref())?.unwrap_or(false);
    if is_dynamic && request.filter.is_none() {
        return Err(Problem::input("/filter", "a dynamic list needs the filter that it follows"));
    }
    if is_dynamic && !orgnrs.is_empty() {
        return Err(Problem::input("/orgnrs", "a dynamic list holds what its filter finds: leave out orgnrs, or kind"));
    }
    let draft = ListDraft {
        name: body_name(request.name.as_deref().unwrap_or_default())?,
        description: request.description.filter(|text| !text.trim().is_empty()),
        scope: body_scope(request.scope.as_deref())?,
        filter: request.filter,
        source_view_id: request.source_view_id,
        is_dynamic,
    };
    let filter = draft.filter.as_ref().map(read_filter).transpose()?;
    let list = change_list::create(&state.db, &person, draft, filter, &orgnrs).await?;
    Ok((StatusCode::CREATED, Json(shown(&state, &person, list).await?)))
}

/// One list, without its companies.
#[utoipa::path(get, path = "/api/lists/{id}", tag = "lists", params(("id" = Uuid, Path)), responses((status = 200, body = ListDto)))]
async fn get_list(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<Json<ListDto>> {
    person.require(Permission::ReadWork)?;
    let (list, notes) = show::find(&state.db, &state.index, &person, id).await?;
    Ok(Json(ListDto { note_count: Some(notes), ..ListDto::new(list, &person) }))
}

/// Changes what a list says of itself; what is left out stays. `kind: "static"` keeps the companies that a dynamic list holds
/// now.
#[utoipa::path(put, path = "/api/lists/{id}", tag = "lists",
    params(("id" = Uuid, Path), ("If-Match" = Option<String>, Header, description = "The version that the change was made from")),
    request_body = ListRequest,
    responses((status = 200, body = ListDto), (status = 409, body = Problem, description = "Changed meanwhile; `current` is the list as it is now"),
        (status = 412, body = Problem, description = "The same, when the version stood in If-Match")))]
async fn replace_list(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
    expected: Expected,
    JsonBody(request): JsonBody<ListRequest>,
) -> Result<Json<ListDto>> {
    person.require(Permission::EditWork)?;
    let expected = expected.or(request.version);
    if request.orgnrs.is_some() {
        return Err(Problem::input("/orgnrs", "companies are put in by POST /api/lists/{id}/items"));
    }
    let change = ListChange {
        name: request.name.as_deref().map(body_name).transpose()?,
        description: request.description,
        scope: request.scope.as_deref().map(|scope| body_scope(Some(scope))).transpose()?,
        filter: request.filter.as_ref().map(read_filter).transpose()?,
        source_view_id: request.source_view_id,
        is_dynamic: read_kind(request.kind.as_deref())?,
        version: expected.version,
    };
    match change_list::change(&state.db, &state.index, &person, id, change).await? {
        Versioned::Done(list) => Ok(Json(shown(&state, &person, list).await?)),
        Versioned::Stale(now) => {
            let now = ShownList::new(now, &Default::default());
            Err(Problem::conflict(expected, "the list", ListDto::new(now, &person)))
        }
    }
}

/// Puts a list away, or takes it out again.
#[utoipa::path(post, path = "/api/lists/{id}/archive", tag = "lists", params(("id" = Uuid, Path)), request_body = ArchiveRequest,
    responses((status = 200, body = ListDto)))]
async fn archive_list(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
    JsonBody(request): JsonBody<ArchiveRequest>,
) -> Result<Json<ListDto>> {
    person.require(Permission::EditWork)?;
    let list = change_list::archive(&state.db, &person, id, request.archived).await?;
    Ok(Json(shown(&state, &person, list).await?))
}

/// Deletes a list; for 30 days it can be brought back.
#[utoipa::path(delete, path = "/api/lists/{id}", tag = "lists", params(("id" = Uuid, Path)), responses((status = 204)))]
async fn delete_list(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<StatusCode> {
    person.require(Permission::EditWork)?;
    change_list::delete(&state.db, &person, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Brings a deleted list back.
#[utoipa::path(post, path = "/api/lists/{id}/restore", tag = "lists", params(("id" = Uuid, Path)), responses((status = 200, body = ListDto)))]
async fn restore_list(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<Json<ListDto>> {
    person.require(Permission::EditWork)?;
    let list = change_list::restore(&state.db, &person, id).await?;
    Ok(Json(shown(&state, &person, list).await?))
}

/// Makes another list with the same companies, notes and filter; it is one's own, private unless said otherwise.
#[utoipa::path(post, path = "/api/lists/{id}/duplicate", tag = "lists", params(("id" = Uuid, Path)), request_body = DuplicateRequest,
    responses((status = 201, body = ListDto)))]
async fn duplicate_list(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
    JsonBody(request): JsonBody<DuplicateRequest>,
) -> Result<(StatusCode, Json<ListDto>)> {
    person.require(Permission::EditWork)?;
    let (name, scope) = (body_name(&request.name)?, body_scope(request.scope.as_deref())?);
    let list = change_list::duplicate(&state.db, &person, id, &name, scope).await?;
    Ok((StatusCode::CREATED, Json(shown(&state, &person, list).await?)))
}
