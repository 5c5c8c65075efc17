//! What people did with a company.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use domain::access::Permission;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::input::{PathParams, QueryParams, orgnr};
use super::principal::Principal;
use super::problem::Result;
use super::state::AppState;
use crate::body::values::Whole;
use services::companies;

/// Every route of this file.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(company_activity))
}

/// A page of the log.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ActivityQuery {
    /// Only what happened before the event with this id.
    before: Option<i64>,
    /// At most 200 (default 50).
    #[param(inline)]
    limit: Option<Whole<0, 4_294_967_295>>,
}

/// Something that was done with the company.
#[derive(Debug, Serialize, ToSchema)]
struct ActivityDto {
    id: i64,
    /// `noun.verb`, such as `prospect.moved`, `note.added`, `list.added`.
    kind: String,
    /// Null: the program itself, or an account that is gone.
    actor_id: Option<Uuid>,
    actor_name: Option<String>,
    /// Only the asking person sees it.
    is_private: bool,
    /// What is needed to tell the story; depends on the kind.
    #[schema(value_type = Object)]
    detail: Value,
    at: DateTime<Utc>,
}

/// What was done with the company, newest first.
#[derive(Debug, Serialize, ToSchema)]
struct ActivitiesDto {
    items: Vec<ActivityDto>,
    /// For `before`; null at the end.
    next: Option<i64>,
}

/// The activity log of a company.
#[utoipa::path(get, path = "/api/companies/{orgnr}/activity", tag = "activity",
    params(("orgnr" = String, Path), ActivityQuery), responses((status = 200, body = ActivitiesDto)))]
async fn company_activity(
    person: Principal,
    State(state): State<AppState>,
    PathParams(number): PathParams<String>,
    QueryParams(query): QueryParams<ActivityQuery>,
) -> Result<Json<ActivitiesDto>> {
    person.require(Permission::ReadWork)?;
    let company = orgnr(&number, "orgnr")?;
    let limit = query.limit.map_or(50, |limit| limit.0.clamp(1, 200));
    let events = companies::activity(&state.db, &person, company, query.before, limit).await?;
    let is_full = i64::try_from(events.len()).is_ok_and(|count| count == limit);
    let next = events.last().filter(|_| is_full).map(|event| event.id);
    let items = events
        .into_iter()
        .map(|event| ActivityDto {
            id: event.id,
            kind: event.kind,
            actor_id: event.actor,
            actor_name: event.actor_name,
            is_private: event.is_private,
            detail: event.detail,
            at: event.at,
        })
        .collect();
    Ok(Json(ActivitiesDto { items, next }))
}
