//! Saved views: a screen with its columns, sort and unit, private or shared with the team.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use domain::access::{Permission, Visibility};
use domain::filter::json::to_json;
use domain::filter::rule_groups::{from_rule_groups, is_rule_groups};
use domain::filter::vocabulary::Vocabulary;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::input::{Expected, JsonBody, PathParams, QueryParams};
use super::principal::Principal;
use super::problem::{Problem, Result};
use super::state::AppState;
use super::universe::dto::FilterTree;
use super::universe::filter_error::filter_problem;
use services::error::{Versioned, stored};
use services::views::{self, View, ViewDraft};

/// Every route of this file.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list_views, create_view))
        .routes(routes!(get_view, replace_view, delete_view))
        .routes(routes!(restore_view))
}

/// Which views or lists are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ScopeQuery {
    /// `private`, `team` or `all` (default).
    #[param(pattern = "^(all|private|team)$")]
    pub scope: Option<String>,
}

/// Reads `scope` of a query.
///
/// # Errors
/// 422 when it is neither of the three.
pub fn wanted_scope(scope: Option<&str>) -> Result<Option<Visibility>> {
    match scope {
        None | Some("all") => Ok(None),
        Some(name) => Visibility::from_name(name)
            .map(Some)
            .ok_or_else(|| Problem::input("scope", "scope is all, private or team")),
    }
}

/// Reads `scope` of a body; private when it is left out.
///
/// # Errors
/// 422 when it is neither of the two.
pub fn body_scope(scope: Option<&str>) -> Result<Visibility> {
    Visibility::from_name(scope.unwrap_or("private"))
        .ok_or_else(|| Problem::input("/scope", "scope is private or team"))
}

/// A name without surrounding spaces.
///
/// # Errors
/// 422 when it is empty or longer than 200 characters.
pub fn body_name(name: &str) -> Result<String> {
    let name = name.trim();
    if (1..=200).contains(&name.chars().count()) {
        Ok(name.to_owned())
    } else {
        Err(Problem::input("/name", "a name has 1 to 200 characters"))
    }
}

/// What a person writes of a view. Names in camelCase are understood too.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ViewRequest {
    /// 1 to 200 characters.
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    name: String,
    /// `private` (default) or `team`.
    #[schema(pattern = "^(private|team)$")]
    scope: Option<String>,
    /// The filter tree; or, as `filtersJson`, the groups of a query builder: `{"include": {"type", "rules"}, "exclude": {…}}`.
    #[serde(alias = "filtersJson", alias = "filters_json", alias = "filters")]
    #[schema(value_type = Option<Object>)]
    filter: Option<Value>,
    /// Columns in order, as the web app keeps them.
    #[serde(alias = "columnsJson", alias = "columns_json")]
    columns: Option<Value>,
    /// The free text of the screen, as `q` of `/api/universe/query`.
    q: Option<String>,
    /// What the web app keeps of the screen's address; other programs leave it out.
    interface: Option<ViewInterface>,
    /// Sort keys in order.
    #[serde(alias = "sortJson", alias = "sort_json")]
    sort: Option<Value>,
    /// `kr`, `tkr` or `mkr`.
    #[schema(pattern = "^(kr|tkr|mkr)$")]
    unit: Option<String>,
    /// Version that the change was made from; a view changed meanwhile is refused with 409.
    version: Option<i32>,
}

/// What the web app keeps of the address of a screen, so that opening the view shows the same.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ViewInterface {
    /// The filter as text, as it was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    f: Option<String>,
    /// The sort keys.
    #[serde(skip_serializing_if = "Option::is_none")]
    sort: Option<String>,
    /// The columns.
    #[serde(skip_serializing_if = "Option::is_none")]
    cols: Option<String>,
    /// The fields whose distribution is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    dist: Option<String>,
}

/// Other programs write `{}` for a screen of every company, and some views were kept so.
fn as_tree(filter: Value) -> Value {
    if filter.as_object().is_some_and(serde_json::Map::is_empty) { json!({ "all": [] }) } else { filter }
}

/// A saved view.
#[derive(Debug, Serialize, ToSchema)]
struct ViewDto {
    id: Uuid,
    name: String,
    /// `private` or `team`.
    scope: String,
    /// Whether the asking person made it.
    is_own: bool,
    owner_name: String,
    #[schema(value_type = FilterTree)]
    filter: Value,
    columns: Value,
    sort: Value,
    /// The free text of the screen.
    q: Option<String>,
    /// Null for a view that another program made.
    interface: Option<ViewInterface>,
    unit: Option<String>,
    version: i32,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl ViewDto {
    fn new(view: View, person: &Principal) -> Result<Self> {
        let interface =
            view.interface.map(|kept| stored(&format!("interface of view {}", view.id), kept)).transpose()?;
        Ok(Self {
            id: view.id,
            name: view.name,
            scope: view.scope.as_str().to_owned(),
            is_own: view.owner_id == person.user,
            owner_name: view.owner_name,
            filter: as_tree(view.filter),
            columns: view.columns,
            sort: view.sort,
            q: view.free_text,
            interface,
            unit: view.unit,
            version: view.version,
            created_at: view.created_at,
            updated_at: view.updated_at,
        })
    }
}

/// Views by name.
#[derive(Debug, Serialize, ToSchema)]
struct ViewsDto {
    items: Vec<ViewDto>,
    count: usize,
}

impl ViewRequest {
    fn draft(self) -> Result<ViewDraft> {
        let filter = match self.filter {
            None => json!({ "all": [] }),
            // Other programs send their query builder's form; it is kept as the tree that it means.
            Some(groups) if is_rule_groups(&groups) => from_rule_groups(&groups, "/filtersJson", Vocabulary::builtin())
                .map(|filter| to_json(&filter))
                .map_err(|error| filter_problem(&error, None))?,
            Some(filter) => as_tree(filter),
        };
        Ok(ViewDraft {
            name: body_name(&self.name)?,
            scope: body_scope(self.scope.as_deref())?,
            filter,
            columns: self.columns.unwrap_or_else(|| json!([])),
            sort: self.sort.unwrap_or_else(|| json!([])),
            free_text: self.q.map(|q| q.trim().to_owned()).filter(|q| !q.is_empty()),
            interface: self.interface.map(serde_json::to_value).transpose().map_err(Problem::internal)?,
            unit: self.unit,
        })
    }
}

/// The views that one may see.
#[utoipa::path(get, path = "/api/views", tag = "views", params(ScopeQuery), responses((status = 200, body = ViewsDto)))]
async fn list_views(
    person: Principal,
    State(state): State<AppState>,
    QueryParams(query): QueryParams<ScopeQuery>,
) -> Result<Json<ViewsDto>> {
    person.require(Permission::ReadWork)?;
    let found = views::list(&state.db, &person, wanted_scope(query.scope.as_deref())?).await?;
    let items: Vec<_> = found.into_iter().map(|view| ViewDto::new(view, &person)).collect::<Result<_>>()?;
    Ok(Json(ViewsDto { count: items.len(), items }))
}

/// Keeps a view.
#[utoipa::path(post, path = "/api/views", tag = "views", request_body = ViewRequest, responses((status = 201, body = ViewDto)))]
async fn create_view(
    person: Principal,
    State(state): State<AppState>,
    JsonBody(request): JsonBody<ViewRequest>,
) -> Result<(StatusCode, Json<ViewDto>)> {
    person.require(Permission::EditWork)?;
    let view = views::create(&state.db, &person, &request.draft()?).await?;
    Ok((StatusCode::CREATED, Json(ViewDto::new(view, &person)?)))
}

/// One view.
#[utoipa::path(get, path = "/api/views/{id}", tag = "views", params(("id" = Uuid, Path)), responses((status = 200, body = ViewDto)))]
async fn get_view(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<Json<ViewDto>> {
    person.require(Permission::ReadWork)?;
    Ok(Json(ViewDto::new(views::find(&state.db, &person, id).await?, &person)?))
}

/// Replaces a view.
#[utoipa::path(put, path = "/api/views/{id}", tag = "views", 
    params(("id" = Uuid, Path), ("If-Match" = Option<String>, Header, description = "The version that the change was made from")),
    request_body = ViewRequest,
    responses((status = 200, body = ViewDto), (status = 409, body = Problem, description = "Changed meanwhile; `current` is the view as it is now"),
        (status = 412, body = Problem, description = "The same, when the version stood in If-Match")))]
async fn replace_view(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
    expected: Expected,
    JsonBody(request): JsonBody<ViewRequest>,
) -> Result<Json<ViewDto>> {
    person.require(Permission::EditWork)?;
    let expected = expected.or(request.version);
    match views::replace(&state.db, &person, id, &request.draft()?, expected.version).await? {
        Versioned::Done(view) => Ok(Json(ViewDto::new(view, &person)?)),
        Versioned::Stale(now) => Err(Problem::conflict(expected, "the view", ViewDto::new(now, &person)?)),
    }
}

/// Deletes a view; for 30 days it can be brought back.
#[utoipa::path(delete, path = "/api/views/{id}", tag = "views", params(("id" = Uuid, Path)), responses((status = 204)))]
async fn delete_view(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<StatusCode> {
    person.require(Permission::EditWork)?;
    views::delete(&state.db, &person, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Brings a deleted view back.
#[utoipa::path(post, path = "/api/views/{id}/restore", tag = "views", params(("id" = Uuid, Path)), responses((status = 200, body = ViewDto)))]
async fn restore_view(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<Json<ViewDto>> {
    person.require(Permission::EditWork)?;
    Ok(Json(ViewDto::new(views::restore(&state.db, &person, id).await?, &person)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_filter_is_shown_as_the_tree_of_every_company() {
        assert_eq!(as_tree(json!({})), json!({ "all": [] }));
        let kept = json!({ "field": "revenue", "op": ">", "value": 1 });
        assert_eq!(as_tree(kept.clone()), kept);
    }
}
