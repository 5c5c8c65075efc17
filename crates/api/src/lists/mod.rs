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
use domain::access::{Permission, Visibility};
use domain::filter::Filter;
use domain::filter::json::{from_json, to_json};
use domain::filter::vocabulary::Vocabulary;
use http::StatusCode;
use serde_json::{Value, json};
use store::PgConnection;
use store::lists::{self, List, ListDraft, Wanted};
use store::membership_changes::Holder;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use self::items::numbers;
use self::shape::{ArchiveRequest, DuplicateRequest, ListDto, ListRequest, ListsDto, ListsQuery};
use super::input::{Expected, JsonBody, PathParams, QueryParams};
use super::principal::Principal;
use super::problem::{Problem, Result};
use super::state::AppState;
use super::views::{allow_change, body_name, body_scope, wanted_scope};
use services::lists::change_members::{self, Told};
use services::lists::count_dynamic::count_dynamic;
use universe::sets::{Asker, by_id, by_name};

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

/// 404, in the same words for a list that is somebody else's and for one that never was.
fn missing(id: Uuid) -> Problem {
    Problem::not_found(format!("there is no list {id} that you can see"))
}

async fn visible(conn: &mut PgConnection, person: &Principal, id: Uuid) -> Result<List> {
    lists::find(conn, person.user, id).await?.ok_or_else(|| missing(id))
}

/// The list as its reader sees it, with its count and its filter in words.
async fn shown(state: &AppState, person: &Principal, list: List) -> Result<ListDto> {
    let counts = count_dynamic(&state.index, Asker::person(person.user), std::slice::from_ref(&list)).await?;
    let filter = list.filter.as_ref().and_then(|filter| from_json(filter, "", Vocabulary::builtin()).ok());
    let text = match filter {
        Some(filter) => {
            let named = by_name(&mut *state.db.acquire().await?, person.user, filter).await?;
            Some(domain::filter::print::print(&named))
        }
        None => None,
    };
    Ok(ListDto { filter_text: text, ..ListDto::new(list, person, &counts) })
}

/// The lists that one may see.
#[utoipa::path(get, path = "/api/lists", tag = "lists", params(ListsQuery), responses((status = 200, body = ListsDto)))]
async fn list_lists(
    person: Principal,
    State(state): State<AppState>,
    QueryParams(query): QueryParams<ListsQuery>,
) -> Result<Json<ListsDto>> {
    person.require(Permission::ReadWork)?;
    let wanted = Wanted { scope: wanted_scope(query.scope.as_deref())?, archived: query.archived()? };
    let found = lists::visible_to(&mut *state.db.acquire().await?, person.user, wanted).await?;
    let counts = count_dynamic(&state.index, Asker::person(person.user), &found).await?;
    let items: Vec<_> = found.into_iter().map(|list| ListDto::new(list, &person, &counts)).collect();
    Ok(Json(ListsDto { count: items.len(), items }))
}

/// What a list keeps of a filter: names turned into ids. A list of the team cannot follow somebody's private list; one that
/// was merely made from it does not tell the team so.
async fn kept_filter(
    conn: &mut PgConnection,
    person: &Principal,
    filter: Option<Filter>,
    scope: Visibility,
    is_dynamic: bool,
) -> Result<Option<Value>> {
    let Some(filter) = filter else { return Ok(None) };
    let kept = by_id(conn, person.user, filter).await?;
    match kept.private {
        Some(private) if scope == Visibility::Team && is_dynamic => Err(Problem::input(
            "/filter",
            format!("the team cannot follow “{private}”, which is private: share it with the team first"),
        )),
        Some(_) if scope == Visibility::Team => Ok(None),
        _ => Ok(Some(to_json(&kept.filter))),
    }
}

fn read_filter(filter: &Value) -> Result<Filter> {
    from_json(filter, "/filter", Vocabulary::builtin())
        .map_err(|error| super::universe::body::filter_problem(&error, None))
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
    let list = keep(&state, &person, draft, filter, &orgnrs).await?;
    Ok((StatusCode::CREATED, Json(shown(&state, &person, list).await?)))
}

/// Makes a list with its companies: all of it or nothing. `filter` is the draft's, read.
///
/// # Errors
/// 422 when the source view or a set of the filter cannot be seen.
async fn keep(
    state: &AppState,
    person: &Principal,
    mut draft: ListDraft,
    filter: Option<Filter>,
    orgnrs: &[i64],
) -> Result<List> {
    let mut tx = state.db.begin().await?;
    check_view(&mut tx, person, draft.source_view_id).await?;
    draft.filter = kept_filter(&mut tx, person, filter, draft.scope, draft.is_dynamic).await?;
    store::users::ensure(&mut tx, person.user, person.email.as_deref(), person.role).await?;
    let id = lists::insert(&mut tx, person.user, &draft).await?;
    let mut count = 0;
    if !orgnrs.is_empty() {
        count =
            change_members::add(&mut tx, person.user, Holder::List(id), &told(&draft.name, draft.scope), orgnrs, None)
                .await?
                .orgnrs
                .len();
    }
    let list = visible(&mut tx, person, id).await?;
    let detail = json!({ "name": list.name, "scope": list.scope, "count": count, "dynamic": list.is_dynamic });
    record(&mut tx, person, "list.create", id, detail).await?;
    tx.commit().await?;
    Ok(list)
}

async fn check_view(conn: &mut PgConnection, person: &Principal, view: Option<Uuid>) -> Result<()> {
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
    let (list, notes) = {
        let mut conn = state.db.acquire().await?;
        (visible(&mut conn, &person, id).await?, lists::items::count_notes(&mut conn, id).await?)
    };
    Ok(Json(ListDto { note_count: Some(notes), ..shown(&state, &person, list).await? }))
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
    let kind = read_kind(request.kind.as_deref())?;
    let now = visible(&mut *state.db.acquire().await?, &person, id).await?;
    allow_change(&person, now.owner_id)?;
    if kind == Some(true) && !now.is_dynamic {
        return Err(Problem::input(
            "/kind",
            "a list of kept companies cannot become dynamic: make a new list of the filter",
        ));
    }
    // What the filter finds is read before the transaction begins, so that the list is not locked meanwhile.
    let is_frozen = kind == Some(false) && now.is_dynamic;
    let members = match is_frozen {
        true => services::lists::members_of(&state.index, &state.db, Asker::person(person.user), &now).await?,
        false => Vec::new(),
    };
    let mut tx = state.db.begin().await?;
    lists::items::lock(&mut tx, id).await?;
    let before = visible(&mut tx, &person, id).await?;
    if expected.version.is_some_and(|version| version != before.version) {
        return Err(Problem::conflict(expected, "the list", ListDto::new(before, &person, &Default::default())));
    }
    check_view(&mut tx, &person, request.source_view_id).await?;
    let scope = if request.scope.is_some() { body_scope(request.scope.as_deref())? } else { before.scope };
    let is_dynamic = before.is_dynamic && !is_frozen;
    let filter = request.filter.as_ref().or(before.filter.as_ref()).map(read_filter).transpose();
    // A filter of long ago that is not understood any more must not keep anybody from renaming the list.
    let filter = if request.filter.is_some() || is_dynamic { filter? } else { filter.unwrap_or_default() };
    let draft = ListDraft {
        name: request.name.as_deref().map_or_else(|| Ok(before.name.clone()), body_name)?,
        description: request.description.or(before.description.clone()).filter(|text| !text.trim().is_empty()),
        scope,
        filter: kept_filter(&mut tx, &person, filter, scope, is_dynamic).await?,
        source_view_id: request.source_view_id.or(before.source_view_id),
        is_dynamic,
    };
    lists::update(&mut tx, id, &draft, None).await?;
    if is_frozen {
        store::users::ensure(&mut tx, person.user, person.email.as_deref(), person.role).await?;
        change_members::add(&mut tx, person.user, Holder::List(id), &told(&draft.name, scope), &members, None).await?;
    }
    let list = visible(&mut tx, &person, id).await?;
    let detail =
        json!({ "before": { "name": before.name, "scope": before.scope }, "name": list.name, "scope": list.scope });
    record(&mut tx, &person, "list.change", id, detail).await?;
    tx.commit().await?;
    Ok(Json(shown(&state, &person, list).await?))
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
    let mut tx = state.db.begin().await?;
    let before = visible(&mut tx, &person, id).await?;
    allow_change(&person, before.owner_id)?;
    lists::archive(&mut tx, id, request.archived).await?;
    let list = visible(&mut tx, &person, id).await?;
    record(&mut tx, &person, "list.archive", id, json!({ "name": list.name, "archived": request.archived })).await?;
    tx.commit().await?;
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
    let mut tx = state.db.begin().await?;
    let list = visible(&mut tx, &person, id).await?;
    allow_change(&person, list.owner_id)?;
    lists::delete(&mut tx, id).await?;
    record(&mut tx, &person, "list.delete", id, json!({ "name": list.name, "count": list.item_count })).await?;
    tx.commit().await?;
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
    let mut tx = state.db.begin().await?;
    if !lists::restore(&mut tx, person.user, id).await? {
        return Err(missing(id));
    }
    let list = visible(&mut tx, &person, id).await?;
    allow_change(&person, list.owner_id)?;
    record(&mut tx, &person, "list.restore", id, json!({ "name": list.name })).await?;
    tx.commit().await?;
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
    let mut tx = state.db.begin().await?;
    let source = visible(&mut tx, &person, id).await?;
    let scope = body_scope(request.scope.as_deref())?;
    let filter = source.filter.as_ref().map(read_filter).transpose();
    let filter = if source.is_dynamic { filter? } else { filter.unwrap_or_default() };
    let draft = ListDraft {
        name: body_name(&request.name)?,
        description: source.description.clone(),
        scope,
        filter: kept_filter(&mut tx, &person, filter, scope, source.is_dynamic).await?,
        source_view_id: source.source_view_id,
        is_dynamic: source.is_dynamic,
    };
    check_view(&mut tx, &person, draft.source_view_id).await?;
    store::users::ensure(&mut tx, person.user, person.email.as_deref(), person.role).await?;
    let copy = lists::insert(&mut tx, person.user, &draft).await?;
    let added = lists::items::copy_from(&mut tx, copy, &[id], person.user).await?;
    let known = added.len() as u64;
    change_members::note_added(&mut tx, person.user, Holder::List(copy), &told(&draft.name, scope), added, known)
        .await?;
    let list = visible(&mut tx, &person, copy).await?;
    record(&mut tx, &person, "list.create", copy, json!({ "name": list.name, "from": id, "count": known })).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(shown(&state, &person, list).await?)))
}

/// What companies' activity tells of a list or a label.
pub fn told(name: &str, scope: Visibility) -> Told {
    Told { name: name.to_owned(), is_private: scope == Visibility::Private }
}

/// Writes what was done to a list into the logs, in the transaction of the deed.
async fn record(
    conn: &mut PgConnection,
    person: &Principal,
    action: &'static str,
    list: Uuid,
    detail: Value,
) -> Result<()> {
    store::audit::record(conn, &person.event(action).about("list", list).with(detail)).await?;
    Ok(())
}
