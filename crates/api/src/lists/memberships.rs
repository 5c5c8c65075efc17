//! What the organisation has noted about companies: lists that hold them, labels, exclusion.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use domain::access::Permission;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::items::{numbers, written};
use crate::input::{JsonBody, PathParams};
use crate::principal::Principal;
use crate::problem::{Problem, Result};
use crate::state::AppState;
use services::lists::marks::{self, Holding, LabelMark, Marks};

/// Companies of one request about marks.
const MOST_MARKED: usize = 1_000;

/// A list that holds a company.
#[derive(Debug, Serialize, ToSchema)]
pub struct MembershipDto {
    id: Uuid,
    name: String,
    /// `private` or `team`.
    scope: String,
    /// `static` or `dynamic`.
    kind: String,
    /// Why it is on the list.
    note: Option<String>,
    /// When it was put there; null for a dynamic list.
    added_at: Option<DateTime<Utc>>,
}

impl From<Holding> for MembershipDto {
    fn from(list: Holding) -> Self {
        Self {
            id: list.id,
            name: list.name,
            scope: list.scope.as_str().to_owned(),
            kind: if list.is_dynamic { "dynamic" } else { "static" }.to_owned(),
            note: list.note,
            added_at: list.added_at,
        }
    }
}

/// The lists that hold a company.
#[derive(Debug, Serialize, ToSchema)]
pub struct MembershipsDto {
    items: Vec<MembershipDto>,
}

/// The lists that one may see and that hold the company, dynamic ones included.
#[utoipa::path(get, path = "/api/companies/{orgnr}/lists", tag = "lists", params(("orgnr" = String, Path)),
    responses((status = 200, body = MembershipsDto)))]
pub async fn list_memberships(
    person: Principal,
    State(state): State<AppState>,
    PathParams(orgnr): PathParams<String>,
) -> Result<Json<MembershipsDto>> {
    person.require(Permission::ReadWork)?;
    let orgnr = crate::input::orgnr(&orgnr, "orgnr")?;
    let found = marks::holding(&state.db, &state.index.sets, &person, orgnr).await?;
    Ok(Json(MembershipsDto { items: found.into_iter().map(MembershipDto::from).collect() }))
}

/// Companies to tell about.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MarksRequest {
    /// At most 1000.
    orgnrs: Vec<String>,
    /// Also what this list says of them.
    list_id: Option<Uuid>,
}

/// A label on a company.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LabelMarkDto {
    id: Uuid,
    name: String,
    /// grey, red, orange, yellow, green, teal, blue or purple.
    color: String,
}

/// Why a company is hidden.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ExclusionMarkDto {
    reason: String,
    added_by: Option<String>,
    added_at: DateTime<Utc>,
}

/// What a list says of a company in it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ItemDto {
    note: Option<String>,
    added_by: Option<String>,
    added_at: DateTime<Utc>,
}

/// What is noted about a company.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MarksDto {
    orgnr: String,
    labels: Vec<LabelMarkDto>,
    /// Lists in use that hold it.
    list_count: i64,
    /// Set when the organisation has excluded it.
    exclusion: Option<ExclusionMarkDto>,
    /// What the asked list says of it; null when it is not in it.
    item: Option<ItemDto>,
}

impl From<Marks> for MarksDto {
    fn from(marks: Marks) -> Self {
        let label = |mark: LabelMark| LabelMarkDto { id: mark.label, name: mark.name, color: mark.color };
        Self {
            orgnr: written(marks.orgnr),
            labels: marks.labels.into_iter().map(label).collect(),
            list_count: marks.list_count,
            exclusion: marks.exclusion.map(|one| ExclusionMarkDto {
                reason: one.reason,
                added_by: one.added_by,
                added_at: one.added_at,
            }),
            item: marks.item.map(|item| ItemDto { note: item.note, added_by: item.added_by, added_at: item.added_at }),
        }
    }
}

/// What is noted about companies.
#[derive(Debug, Serialize, ToSchema)]
pub struct MarksResponse {
    /// By number, each once.
    items: Vec<MarksDto>,
}

/// Labels, number of lists, exclusion, and what a list says of them, for a page of companies.
#[utoipa::path(post, path = "/api/companies/marks", tag = "lists", request_body = MarksRequest,
    responses((status = 200, body = MarksResponse), (status = 422, body = Problem)))]
pub async fn company_marks(
    person: Principal,
    State(state): State<AppState>,
    JsonBody(request): JsonBody<MarksRequest>,
) -> Result<Json<MarksResponse>> {
    person.require(Permission::ReadWork)?;
    if request.orgnrs.len() > MOST_MARKED {
        return Err(Problem::input("/orgnrs", format!("at most {MOST_MARKED} companies at once")));
    }
    let keys = numbers(&request.orgnrs)?;
    let found = marks::marks(&state.db, &person, &keys, request.list_id).await?;
    Ok(Json(MarksResponse { items: found.into_iter().map(MarksDto::from).collect() }))
}
