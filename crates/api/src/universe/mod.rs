//! `/api/universe/…`: the screen over every company.

mod ask;
mod compare;
mod cursor;
pub mod dto;
mod explain;
pub(super) mod export;
pub(super) mod filter_error;
mod language;
mod look;
mod query;
mod question;
mod rows;
pub(super) mod selection;
mod snapshots;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::state::AppState;

/// Every route of the screen.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(language::filters))
        .routes(routes!(language::parse))
        .routes(routes!(ask::ask))
        .routes(routes!(language::completion))
        .routes(routes!(query::query))
        .routes(routes!(look::stats))
        .routes(routes!(look::scatter))
        .routes(routes!(explain::funnel))
        .routes(routes!(compare::similar))
        .routes(routes!(compare::peers))
        .routes(routes!(snapshots::list, snapshots::create))
        .routes(routes!(snapshots::one, snapshots::remove))
        .routes(routes!(snapshots::rerun))
        .routes(routes!(export::export, export::download))
        .routes(routes!(look::check))
}
