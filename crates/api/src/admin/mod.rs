//! What administrators see and do; one file per concern.

mod audit;
mod users;

use utoipa_axum::router::OpenApiRouter;

use super::state::AppState;

/// Every route of this folder.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().merge(audit::router()).merge(users::router())
}
