//! The organisation's exclusions: companies that every screen leaves out unless it is asked not to, with the reason.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use domain::access::Permission;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::input::{JsonBody, QueryParams};
use super::lists::items::{ItemsChanged, ItemsRequest, numbers, written};
use super::principal::Principal;
use super::problem::{Problem, Result};
use super::state::AppState;
use crate::body::values::{Offset, Whole};
use services::exclusions;

/// Longest reason, in characters.
const MOST_REASON: usize = 500;

/// Every route of this file.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list_exclusions, exclude)).routes(routes!(show_again))
}

/// Which exclusions are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ExclusionsQuery {
    /// Words in the name or the reason, or digits of the number.
    q: Option<String>,
    /// 1–1000; 100 when left out.
    #[param(inline)]
    limit: Option<Whole<1, 1_000>>,
    /// Rows to skip.
    #[param(inline)]
    offset: Option<Offset>,
}

/// An excluded company.
#[derive(Debug, Serialize, ToSchema)]
struct ExclusionDto {
    orgnr: String,
    name: Option<String>,
    reason: String,
    added_by: Option<String>,
    added_at: DateTime<Utc>,
}

/// Excluded companies, the last added first.
#[derive(Debug, Serialize, ToSchema)]
struct ExclusionsDto {
    items: Vec<ExclusionDto>,
    total: i64,
}

/// Companies never to be shown again.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ExcludeRequest {
    /// At most 100 000.
    orgnrs: Vec<String>,
    /// Why: 1 to 500 characters.
    #[schema(min_length = 1, max_length = 500, pattern = r"\S")]
    reason: String,
}

/// The excluded companies.
#[utoipa::path(get, path = "/api/exclusions", tag = "exclusions", params(ExclusionsQuery), responses((status = 200, body = ExclusionsDto)))]
async fn list_exclusions(
    person: Principal,
    State(state): State<AppState>,
    QueryParams(query): QueryParams<ExclusionsQuery>,
) -> Result<Json<ExclusionsDto>> {
    person.require(Permission::ReadWork)?;
    let (limit, offset) = (query.limit.map_or(100, |limit| limit.0), query.offset.map_or(0, |offset| offset.0));
    let words = query.q.as_deref().unwrap_or_default().trim();
    if words.chars().count() > 200 || words.contains('\0') {
        return Err(Problem::input("q", "at most 200 characters can be searched for"));
    }
    let (rows, total) = exclusions::page(&state.db, words, limit, offset).await?;
    let items = rows.into_iter().map(|row| ExclusionDto {
        orgnr: written(row.orgnr),
        name: row.name,
        reason: row.reason,
        added_by: row.added_by,
        added_at: row.added_at,
    });
    Ok(Json(ExclusionsDto { items: items.collect(), total }))
}

/// Hides companies from every screen; those that are hidden keep their reason.
#[utoipa::path(post, path = "/api/exclusions", tag = "exclusions", request_body = ExcludeRequest, responses((status = 200, body = ItemsChanged)))]
async fn exclude(
    person: Principal,
    State(state): State<AppState>,
    JsonBody(request): JsonBody<ExcludeRequest>,
) -> Result<Json<ItemsChanged>> {
    person.require(Permission::ManageTeamWork)?;
    let orgnrs = numbers(&request.orgnrs)?;
    let reason = request.reason.trim();
    if !(1..=MOST_REASON).contains(&reason.chars().count()) || reason.contains('\0') {
        return Err(Problem::input("/reason", format!("say why in 1 to {MOST_REASON} characters")));
    }
    Ok(Json(exclusions::exclude(&state.db, &state.index.sets, &person, &orgnrs, reason).await?.into()))
}

/// Shows companies again.
#[utoipa::path(post, path = "/api/exclusions/remove", tag = "exclusions", request_body = ItemsRequest, responses((status = 200, body = ItemsChanged)))]
async fn show_again(
    person: Principal,
    State(state): State<AppState>,
    JsonBody(request): JsonBody<ItemsRequest>,
) -> Result<Json<ItemsChanged>> {
    person.require(Permission::ManageTeamWork)?;
    let orgnrs = numbers(&request.orgnrs)?;
    Ok(Json(exclusions::show_again(&state.db, &state.index.sets, &person, &orgnrs).await?.into()))
}
