//! Queues: how full they are, who works on them, pause and resume.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::queue_dto::QueueOverview;
use crate::input::PathParams;
use crate::principal::Principal;
use crate::problem::{Problem, Result};
use crate::state::AppState;
use services::control_jobs;

/// The queues, the workers that live, and the schedules.
#[utoipa::path(get, path = "/api/jobs/queues", tag = "jobs", responses((status = 200, body = QueueOverview)))]
pub async fn list_queues(State(state): State<AppState>) -> Result<Json<QueueOverview>> {
    Ok(Json(control_jobs::overview(&state.db).await?.into()))
}

/// Stops a queue from starting anything; what runs goes on. Doing it twice changes nothing.
#[utoipa::path(post, path = "/api/jobs/queues/{queue}/pause", tag = "jobs",
    params(("queue" = String, Path, description = "Name of the queue")),
    responses((status = 200, body = QueueOverview), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub async fn pause_queue(
    State(state): State<AppState>,
    principal: Principal,
    PathParams(queue): PathParams<String>,
) -> Result<Json<QueueOverview>> {
    control_jobs::pause_queue(&state.db, &principal, &queue).await?;
    Ok(Json(control_jobs::overview(&state.db).await?.into()))
}

/// Lets a paused queue go on. Doing it twice changes nothing.
#[utoipa::path(post, path = "/api/jobs/queues/{queue}/resume", tag = "jobs",
    params(("queue" = String, Path, description = "Name of the queue")),
    responses((status = 200, body = QueueOverview), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub async fn resume_queue(
    State(state): State<AppState>,
    principal: Principal,
    PathParams(queue): PathParams<String>,
) -> Result<Json<QueueOverview>> {
    control_jobs::resume_queue(&state.db, &principal, &queue).await?;
    Ok(Json(control_jobs::overview(&state.db).await?.into()))
}

/// How many jobs were let run again.
#[derive(Debug, Serialize, ToSchema)]
pub struct Retried {
    /// Jobs.
    pub retried: u64,
}

/// Lets every dead job of a queue run again.
#[utoipa::path(post, path = "/api/jobs/queues/{queue}/retry_dead", tag = "jobs",
    params(("queue" = String, Path, description = "Name of the queue")),
    responses((status = 200, body = Retried), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub async fn retry_dead(
    State(state): State<AppState>,
    principal: Principal,
    PathParams(queue): PathParams<String>,
) -> Result<Json<Retried>> {
    Ok(Json(Retried { retried: control_jobs::retry_dead(&state.db, &principal, &queue).await? }))
}
