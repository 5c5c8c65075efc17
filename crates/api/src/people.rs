//! The people of the organisation: to name an owner or mention somebody.

use axum::Json;
use axum::extract::State;
use domain::access::Permission;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::principal::Principal;
use super::problem::Result;
use super::state::AppState;
use services::people;

/// Every route of this file.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list_people))
}

/// A colleague.
#[derive(Debug, Serialize, ToSchema)]
struct ColleagueDto {
    id: Uuid,
    name: String,
    /// `viewer`, `analyst`, `partner` or `admin`.
    role: String,
    /// Whether it is the asking person.
    is_self: bool,
}

/// Everyone, by name.
#[derive(Debug, Serialize, ToSchema)]
struct ColleaguesDto {
    items: Vec<ColleagueDto>,
}

/// The people of the organisation.
#[utoipa::path(get, path = "/api/people", tag = "people", responses((status = 200, body = ColleaguesDto)))]
async fn list_people(person: Principal, State(state): State<AppState>) -> Result<Json<ColleaguesDto>> {
    person.require(Permission::ReadWork)?;
    let people = people::colleagues(&state.db, &person).await?;
    let items = people
        .into_iter()
        .map(|one| ColleagueDto { is_self: one.id == person.user, id: one.id, name: one.name, role: one.role })
        .collect();
    Ok(Json(ColleaguesDto { items }))
}
