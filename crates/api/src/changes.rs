//! Taking back a change of the members of a list, a label or the exclusions.

use axum::Json;
use axum::extract::State;
use domain::access::Permission;
use http::StatusCode;
use serde::Serialize;
use serde_json::json;
use store::membership_changes::{self, Holder};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::input::PathParams;
use super::lists::told;
use super::principal::Principal;
use super::problem::{Problem, Result};
use super::state::AppState;
use services::lists::change_members::{self, Told};

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
    let missing = || Problem::not_found(format!("there is no change {id} of yours that could be taken back"));
    let mut tx = state.db.begin().await?;
    let change = membership_changes::find_own(&mut tx, person.user, id).await?.ok_or_else(missing)?;
    if change.undone_at.is_some() {
        return Err(Problem::new(StatusCode::CONFLICT, "this change was taken back already"));
    }
    // What could be done then may not be allowed any more: the list may be gone, or made private by its owner.
    let told = match change.holder {
        Holder::List(list) => store::lists::find(&mut tx, person.user, list)
            .await?
            .filter(|list| !list.is_dynamic)
            .map(|list| told(&list.name, list.scope)),
        Holder::Label(label) => {
            store::labels::find(&mut tx, person.user, label).await?.map(|label| told(&label.name, label.scope))
        }
        Holder::Exclusions => {
            person.require(Permission::ManageTeamWork)?;
            Some(Told { name: String::new(), is_private: false })
        }
    };
    let told = told.ok_or_else(missing)?;
    let orgnrs = change_members::undo(&mut tx, person.user, change.holder, &told, id, &change.done).await?;
    let mut event = person.event("change.undo").with(json!({ "change": id, "count": orgnrs.len() }));
    if let Some(holder) = change.holder.id() {
        event = event.about(change.holder.kind(), holder);
    }
    store::audit::record(&mut tx, &event).await?;
    tx.commit().await?;
    if change.holder == Holder::Exclusions {
        state.index.sets.forget_exclusions();
    }
    Ok(Json(UndoneDto { changed: orgnrs.len() }))
}
