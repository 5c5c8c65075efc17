//! Queues and single jobs live, as server-sent events.
//!
//! Each event holds the whole state, so a client that was away needs only the next one. Its id is made from the content: a client
//! that comes back with the id of what stands now (`Last-Event-ID`) is not told the same again. A comment every 15 seconds keeps
//! the connection open through proxies.

use std::convert::Infallible;
use std::time::Duration;

use axum::Extension;
use axum::extract::State;
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures::{Stream, StreamExt};
use http::{HeaderMap, HeaderName, HeaderValue, header};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::dto::JobDetail;
use super::queue_dto::QueueOverview;
use crate::input::PathParams;
use crate::principal::Principal;
use crate::problem::{Problem, Result};
use crate::server::Stopping;
use crate::state::AppState;
use services::control_jobs;

const LOOK_EVERY: Duration = Duration::from_secs(1);
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// A moment of what is followed.
struct Moment {
    body: String,
    is_last: bool,
}

/// The queues live: an event `queues` with what GET /api/jobs/queues answers, whenever it changes.
#[utoipa::path(get, path = "/api/jobs/events", tag = "jobs",
    responses((status = 200, description = "Events `queues`", content_type = "text/event-stream", body = String)))]
pub async fn queue_events(
    State(state): State<AppState>,
    Extension(stopping): Extension<Stopping>,
    headers: HeaderMap,
) -> impl IntoResponse {
    respond("queues", &headers, stopping, move || {
        let db = state.db.clone();
        async move { moment(&QueueOverview::from(control_jobs::overview(&db).await?), false) }
    })
}

/// One job live: an event `job` with what GET /api/jobs/{id} answers, whenever it changes; the stream ends with the job.
#[utoipa::path(get, path = "/api/jobs/{id}/events", tag = "jobs", params(("id" = i64, Path, description = "Identity of the job")),
    responses((status = 200, description = "Events `job`", content_type = "text/event-stream", body = String),
        (status = 404, body = Problem, content_type = "application/problem+json")))]
pub async fn job_events(
    State(state): State<AppState>,
    Extension(stopping): Extension<Stopping>,
    principal: Principal,
    PathParams(id): PathParams<i64>,
    headers: HeaderMap,
) -> Result<impl IntoResponse> {
    control_jobs::find(&state.db, &principal, id).await?;
    Ok(respond("job", &headers, stopping, move || {
        let (db, principal) = (state.db.clone(), principal.clone());
        async move {
            let job = control_jobs::find(&db, &principal, id).await?;
            let is_last = job.state.is_finished();
            moment(&JobDetail::from(job), is_last)
        }
    }))
}

fn moment(value: &impl Serialize, is_last: bool) -> Result<Moment> {
    let body = serde_json::to_string(value).map_err(Problem::internal)?;
    Ok(Moment { body, is_last })
}

fn respond<L, F>(name: &'static str, headers: &HeaderMap, stopping: Stopping, look: L) -> impl IntoResponse + use<L, F>
where
    L: Fn() -> F + Send + 'static,
    F: Future<Output = Result<Moment>> + Send + 'static,
{
    let known = headers.get("last-event-id").and_then(|id| id.to_str().ok()).unwrap_or_default().to_owned();
    let events = Sse::new(follow(name, known, look).take_until(stopping.0.cancelled_owned()))
        .keep_alive(KeepAlive::new().interval(KEEP_ALIVE));
    let unbuffered = [
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        // nginx would gather the events before it passes them on.
        (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no")),
    ];
    (unbuffered, events)
}

/// Looks every second and tells what is new. While the database does not answer nothing is told; the client keeps what it has.
fn follow<L, F>(
    name: &'static str,
    known: String,
    look: L,
) -> impl Stream<Item = std::result::Result<Event, Infallible>> + Send + 'static
where
    L: Fn() -> F + Send + 'static,
    F: Future<Output = Result<Moment>> + Send + 'static,
{
    futures::stream::unfold((look, known, false, true), move |(look, mut known, is_over, is_first)| async move {
        if is_over {
            return None;
        }
        let mut wait = !is_first;
        loop {
            if wait {
                tokio::time::sleep(LOOK_EVERY).await;
            }
            wait = true;
            let Ok(moment) = look().await else { continue };
            let id = hex::encode(&Sha256::digest(&moment.body)[..8]);
            if id == known && !moment.is_last {
                continue;
            }
            known.clone_from(&id);
            let event = Event::default().event(name).id(id).data(moment.body);
            return Some((Ok(event), (look, known, moment.is_last, false)));
        }
    })
}
