//! Taking back a change of the members of a list, a label or the exclusions.

use axum::Json;
use axum::extract::State;
use domain::access::Permission;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::input::PathParams;
use super::principal::Principal;
use super::problem::{Problem, Result};
use super::state::AppState;
use services::lists::take_back::take_back;

/// Every route of this file.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(undo_change))
}

/// What taking back did.
#[derive(Debug, Serialize, ToSchema)]
struct UndoneDto {
    /// Companies that went out or came back; those that others changed meanwhile stay as they made them.
    changed: usize,
}

/// Takes back a change that one made oneself, within 30 days: the companies that it put in go, those that it took out come
/// back with their notes.
#[utoipa::path(post, path = "/api/changes/{id}/undo", tag = "lists", params(("id" = Uuid, Path)),
    responses((status = 200, body = UndoneDto), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn undo_change(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<Json<UndoneDto>> {
    person.require(Permission::EditWork)?;
    Ok(Json(UndoneDto { changed: take_back(&state.db, &state.index.sets, &person, id).await? }))
}
