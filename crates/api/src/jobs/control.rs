//! What a person does to a job.

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use super::dto::JobDetail;
use crate::input::PathParams;
use crate::principal::Principal;
use crate::problem::{Problem, Result};
use crate::state::AppState;
use services::control_jobs;

/// Asks a job to stop. One that waits is cancelled at once; one that runs is told and ends when it can.
#[utoipa::path(post, path = "/api/jobs/{id}/cancel", tag = "jobs", params(("id" = i64, Path, description = "Identity of the job")),
    responses((status = 200, body = JobDetail), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It has ended", body = Problem, content_type = "application/problem+json")))]
pub async fn cancel_job(
    State(state): State<AppState>,
    principal: Principal,
    PathParams(id): PathParams<i64>,
) -> Result<Json<JobDetail>> {
    Ok(Json(control_jobs::cancel(&state.db, &principal, id).await?.into()))
}

/// Lets a job run again that is dead, cancelled, or waits for its next attempt.
#[utoipa::path(post, path = "/api/jobs/{id}/retry", tag = "jobs", params(("id" = i64, Path, description = "Identity of the job")),
    responses((status = 200, body = JobDetail), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It runs, is done, or another one has taken its place", body = Problem,
            content_type = "application/problem+json")))]
pub async fn retry_job(
    State(state): State<AppState>,
    principal: Principal,
    PathParams(id): PathParams<i64>,
) -> Result<Json<JobDetail>> {
    Ok(Json(control_jobs::retry(&state.db, &principal, id).await?.into()))
}

/// Takes a job out of sight that waits or is dead: it is cancelled permanently.
#[utoipa::path(post, path = "/api/jobs/{id}/discard", tag = "jobs", params(("id" = i64, Path, description = "Identity of the job")),
    responses((status = 200, body = JobDetail), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It runs or is done", body = Problem, content_type = "application/problem+json")))]
pub async fn discard_job(
    State(state): State<AppState>,
    principal: Principal,
    PathParams(id): PathParams<i64>,
) -> Result<Json<JobDetail>> {
    Ok(Json(control_jobs::discard(&state.db, &principal, id).await?.into()))
}

/// A test job that was enqueued.
#[derive(Debug, Serialize, ToSchema)]
pub struct Probe {
    /// The job: it completes when a worker works.
    pub job_id: i64,
}

/// Enqueues a test job that leaves a trace and does nothing else: whether it completes tells whether workers work.
#[utoipa::path(post, path = "/api/jobs/probe", tag = "jobs", responses((status = 202, body = Probe)))]
pub async fn probe(State(state): State<AppState>, principal: Principal) -> Result<(StatusCode, Json<Probe>)> {
    Ok((StatusCode::ACCEPTED, Json(Probe { job_id: control_jobs::probe(&state.db, &principal).await? })))
}
