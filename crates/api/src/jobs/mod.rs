//! Jobs over the API: list, look at, follow live, cancel, retry, discard; queues: look at, pause, resume.
//!
//! A person sees the jobs they asked for; with the permission to manage jobs, everybody's.

mod control;
mod dto;
mod events;
mod queue_dto;
mod queues;
mod read;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::state::AppState;

/// Every route of this folder.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(read::list_jobs))
        .routes(routes!(read::get_job))
        .routes(routes!(control::cancel_job))
        .routes(routes!(control::retry_job))
        .routes(routes!(control::discard_job))
        .routes(routes!(control::probe))
        .routes(routes!(queues::list_queues))
        .routes(routes!(queues::pause_queue))
        .routes(routes!(queues::resume_queue))
        .routes(routes!(queues::retry_dead))
        .routes(routes!(events::queue_events))
        .routes(routes!(events::job_events))
}
