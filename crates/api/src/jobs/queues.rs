//! Queues: how full they are, who works on them, pause and resume.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use serde_json::json;
use store::audit;
use store::jobs::{control, queues, schedules, workers};
use store::{PgConnection, PgPool};
use utoipa::ToSchema;

use super::dto::QueueOverview;
use super::dto::ScheduleDto;
use crate::input::PathParams;
use crate::principal::Principal;
use crate::problem::{Problem, Result};
use crate::state::AppState;
use jobs::QUEUES;

/// A worker that gave no sign for so long counts as gone.
pub const SILENT_SECONDS: f64 = 30.0;

/// The queues, the workers that live, and the schedules.
#[utoipa::path(get, path = "/api/jobs/queues", tag = "jobs", responses((status = 200, body = QueueOverview)))]
pub async fn list_queues(State(state): State<AppState>) -> Result<Json<QueueOverview>> {
    Ok(Json(overview(&state.db).await?))
}

/// The queues as they stand.
///
/// # Errors
/// When the database does not answer.
pub async fn overview(db: &PgPool) -> sqlx::Result<QueueOverview> {
    let mut conn = db.acquire().await?;
    let names = QUEUES.map(str::to_owned);
    Ok(QueueOverview {
        queues: queues::states(&mut conn, &names).await?.into_iter().map(Into::into).collect(),
        workers: workers::alive(&mut conn, SILENT_SECONDS).await?.into_iter().map(Into::into).collect(),
        schedules: schedules::list(&mut conn)
            .await?
            .into_iter()
            .map(|row| ScheduleDto { name: row.name, last_tick: row.last_tick, job_id: row.job_id })
            .collect(),
    })
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
    known(&queue)?;
    let mut tx = state.db.begin().await?;
    if queues::pause(&mut tx, &queue, Some(principal.user)).await? {
        note(&mut tx, &principal, "queue.pause", &queue, json!({})).await?;
    }
    tx.commit().await?;
    Ok(Json(overview(&state.db).await?))
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
    known(&queue)?;
    let mut tx = state.db.begin().await?;
    if queues::resume(&mut tx, &queue).await? {
        note(&mut tx, &principal, "queue.resume", &queue, json!({})).await?;
    }
    tx.commit().await?;
    Ok(Json(overview(&state.db).await?))
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
    known(&queue)?;
    let mut tx = state.db.begin().await?;
    let retried = control::retry_dead(&mut tx, &queue).await?;
    note(&mut tx, &principal, "queue.retry_dead", &queue, json!({ "jobs": retried })).await?;
    tx.commit().await?;
    Ok(Json(Retried { retried }))
}

fn known(queue: &str) -> Result<()> {
    if QUEUES.contains(&queue) {
        return Ok(());
    }
    Err(Problem::not_found(format!("there is no queue {queue:?}; there are {}", QUEUES.join(", "))))
}

async fn note(
    conn: &mut PgConnection,
    principal: &Principal,
    action: &'static str,
    queue: &str,
    detail: serde_json::Value,
) -> Result<()> {
    audit::record(conn, &principal.event(action).about("queue", queue).with(detail)).await?;
    Ok(())
}
