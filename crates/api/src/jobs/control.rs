//! What a person does to a job.

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use serde::Serialize;
use serde_json::json;
use store::audit;
use store::jobs::{JobRow, control};
use utoipa::ToSchema;
use uuid::Uuid;

use super::dto::JobDetail;
use super::read::{no_such_job, visible};
use crate::input::PathParams;
use crate::principal::Principal;
use crate::problem::{Problem, Result};
use crate::request_id;
use crate::state::AppState;
use jobs::run_probe::{Instead, RunProbe};

/// Asks a job to stop. One that waits is cancelled at once; one that runs is told and ends when it can.
#[utoipa::path(post, path = "/api/jobs/{id}/cancel", tag = "jobs", params(("id" = i64, Path, description = "Identity of the job")),
    responses((status = 200, body = JobDetail), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It has ended", body = Problem, content_type = "application/problem+json")))]
pub async fn cancel_job(
    State(state): State<AppState>,
    principal: Principal,
    PathParams(id): PathParams<i64>,
) -> Result<Json<JobDetail>> {
    let mut tx = state.db.begin().await?;
    let job = visible(&mut tx, &principal, id).await?;
    if control::cancel(&mut tx, id).await?.is_none() {
        return Err(conflict(&job, "cancelled"));
    }
    note(&mut tx, &principal, "job.cancel", &job).await?;
    tx.commit().await?;
    answer(&state, id).await
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
    let mut tx = state.db.begin().await?;
    let job = visible(&mut tx, &principal, id).await?;
    if !control::retry(&mut tx, id).await? {
        return Err(conflict(&job, "retried"));
    }
    note(&mut tx, &principal, "job.retry", &job).await?;
    tx.commit().await?;
    answer(&state, id).await
}

/// Takes a job out of sight that waits or is dead: it is cancelled for good.
#[utoipa::path(post, path = "/api/jobs/{id}/discard", tag = "jobs", params(("id" = i64, Path, description = "Identity of the job")),
    responses((status = 200, body = JobDetail), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It runs or is done", body = Problem, content_type = "application/problem+json")))]
pub async fn discard_job(
    State(state): State<AppState>,
    principal: Principal,
    PathParams(id): PathParams<i64>,
) -> Result<Json<JobDetail>> {
    let mut tx = state.db.begin().await?;
    let job = visible(&mut tx, &principal, id).await?;
    if !control::discard(&mut tx, id).await? {
        return Err(conflict(&job, "discarded"));
    }
    note(&mut tx, &principal, "job.discard", &job).await?;
    tx.commit().await?;
    answer(&state, id).await
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
    let job = RunProbe { batch: Uuid::now_v7(), number: 0, work_ms: 0, instead: Instead::Nothing };
    let options = queue::Options {
        priority: Some(queue::Priority::High),
        requested_by: Some(principal.user),
        trace_id: request_id::current(),
        ..queue::Options::default()
    };
    let mut tx = state.db.begin().await?;
    let done = queue::enqueue_with(&mut tx, &job, &options).await.map_err(Problem::internal)?;
    audit::record(&mut tx, &principal.event("job.probe").about("job", done.id)).await?;
    tx.commit().await?;
    Ok((StatusCode::ACCEPTED, Json(Probe { job_id: done.id.0 })))
}

async fn note(conn: &mut store::PgConnection, principal: &Principal, action: &'static str, job: &JobRow) -> Result<()> {
    let detail = json!({ "kind": job.kind, "queue": job.queue, "subject": job.subject, "state": job.state.as_str() });
    audit::record(conn, &principal.event(action).about("job", job.id).with(detail)).await?;
    Ok(())
}

fn conflict(job: &JobRow, what: &str) -> Problem {
    let detail = format!("job {} is {} and cannot be {what} now", job.id, job.state.as_str());
    Problem::new(StatusCode::CONFLICT, detail)
}

async fn answer(state: &AppState, id: i64) -> Result<Json<JobDetail>> {
    let job = store::jobs::read::get(&mut *state.db.acquire().await?, id).await?.ok_or_else(|| no_such_job(id))?;
    Ok(Json(job.into()))
}
