//! The pipeline: prospects, their stages, and files in and out.

mod change_dto;
pub mod dto;
mod edit;
mod import;
pub(super) mod list;
mod stages;

use domain::prospect::ChangeError;
use http::StatusCode;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use self::dto::ProspectDto;
use crate::principal::Principal;
use crate::problem::{Problem, Result};
use crate::state::AppState;
use services::prospects::{ProspectError, find};

/// Every route of this folder.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list::list_prospects, edit::add_prospects))
        .routes(routes!(edit::change_many))
        .routes(routes!(list::export_prospects))
        .routes(routes!(import::import_prospects))
        .routes(routes!(stages::list_stages, stages::replace_stages))
        .routes(routes!(list::get_prospect, edit::change_prospect))
}

/// The problem that an action's error is; `prefix` is where the changes stand in the body, `{}` for their index.
async fn explain(
    state: &AppState,
    person: &Principal,
    error: ProspectError,
    prefix: &str,
    collided: StatusCode,
) -> Problem {
    match error {
        ProspectError::Unknown(id) => Problem::not_found(format!("there is no prospect {id} that you can see")),
        ProspectError::Wrong { index, error: ChangeError { field, message } } => {
            Problem::input(format!("{}/{field}", prefix.replace("{}", &index.to_string())), message)
        }
        ProspectError::Taken => Problem::new(StatusCode::CONFLICT, "the team has this company in its pipeline already"),
        ProspectError::Changed(ids) => changed(state, person, &ids, collided).await.unwrap_or_else(|problem| problem),
        ProspectError::Database(error) => services::error::ServiceError::from(error).into(),
    }
}

/// Tells that somebody else was faster, with what is there now, so that nothing has to be typed twice.
async fn changed(state: &AppState, person: &Principal, ids: &[Uuid], status: StatusCode) -> Result<Problem> {
    let shown = &ids[..ids.len().min(100)];
    let now = find::with_ids(&state.db, person, shown).await?;
    let who = now.first().and_then(|card| card.updated_by_name.clone());
    let by = who.unwrap_or_else(|| "somebody else".to_owned());
    let detail = match ids.len() {
        1 => format!("{by} changed this meanwhile: compare with what is there now, then send the change again"),
        count => format!("{count} of these were changed meanwhile, one by {by}; nothing was changed"),
    };
    let current: Vec<_> = now.into_iter().map(|card| ProspectDto::new(card, person)).collect();
    let mut problem = Problem::new(status, detail);
    problem.current = serde_json::to_value(current).ok().map(Box::new);
    Ok(problem)
}
