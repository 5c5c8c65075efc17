//! The scraper service's own API, under `/scraper/api`: sessions, their items and staged data.
//!
//! It is served by `lode scraper` on a port of its own, with the same identities, permissions and errors as the main API.

mod dto;

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::{Extension, Json};
use futures::Stream;
use http::StatusCode;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::health::{self, Ready};
use crate::input::{JsonBody, PathParams, QueryParams};
use crate::principal::Principal;
use crate::problem::{InputError, Problem, Result};
use crate::state::AppState;
use dto::{
    NewSession, Part, ScraperItem, ScraperItemList, ScraperSession, ScraperSessionList, ScraperSource, ScraperSources,
    StagedItem, StagedList, shown,
};
use scraper::control::{self, Action};
use scraper::{SOURCES, Scraper};
use services::error::stored;

const LOOK_EVERY: Duration = Duration::from_millis(700);

type Service = Extension<Arc<Scraper>>;

/// Every route of the service.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(ready))
        .routes(routes!(list_sources))
        .routes(routes!(list_sessions, create_session))
        .routes(routes!(get_session))
        .routes(routes!(start_session))
        .routes(routes!(pause_session))
        .routes(routes!(resume_session))
        .routes(routes!(cancel_session))
        .routes(routes!(retry_session))
        .routes(routes!(validate_session))
        .routes(routes!(promote_session))
        .routes(routes!(list_items))
        .routes(routes!(list_staged))
        .routes(routes!(follow_session))
}

/// Postgres answers, and the process was not told to stop.
#[utoipa::path(get, path = "/ready", tag = "status",
    responses((status = 200, body = Ready), (status = 503, body = Ready, description = "A part is missing, or the process stops")))]
async fn ready(State(state): State<AppState>) -> (StatusCode, Json<Ready>) {
    health::of_scraper(&state).await
}

/// What can be fetched from here.
#[utoipa::path(get, path = "/scraper/api/sources", tag = "scraper", responses((status = 200, body = ScraperSources)))]
async fn list_sources(Extension(scraper): Service) -> Json<ScraperSources> {
    let items = SOURCES.map(|name| ScraperSource {
        name,
        is_ready: scraper.missing(name).is_none(),
        missing: scraper.missing(name),
        requests_per_minute: (name == "bolagsverket_api").then_some(scraper.config.bolagsverket_per_minute),
    });
    Json(ScraperSources { items: items.into() })
}

/// Sessions, newest first.
#[utoipa::path(get, path = "/scraper/api/sessions", tag = "scraper", params(Part), responses((status = 200, body = ScraperSessionList), (status = 422, body = Problem)))]
async fn list_sessions(
    State(state): State<AppState>,
    QueryParams(part): QueryParams<Part>,
) -> Result<Json<ScraperSessionList>> {
    let (limit, offset) = part.bounds();
    let (found, total) = control::page(&state.db, limit, offset).await?;
    let items = found.into_iter().map(|(session, counts)| shown(session, counts)).collect::<Result<_>>()?;
    Ok(Json(ScraperSessionList { items, total }))
}

/// Makes a session, and starts it where that is asked for.
#[utoipa::path(post, path = "/scraper/api/sessions", tag = "scraper", request_body = NewSession, responses((status = 201, body = ScraperSession), (status = 422, body = Problem)))]
async fn create_session(
    State(state): State<AppState>,
    Extension(scraper): Service,
    person: Principal,
    JsonBody(new): JsonBody<NewSession>,
) -> Result<(StatusCode, Json<ScraperSession>)> {
    if let Err(wrong) = new.options.check(&new.source) {
        let error = |(place, message): (String, String)| {
            let pointer = if place == "source" { "/source".to_owned() } else { format!("/options/{place}") };
            InputError { pointer, message, ..InputError::default() }
        };
        return Err(Problem::inputs(wrong.into_iter().take(50).map(error).collect()));
    }
    if let Some(missing) = scraper.missing(&new.source) {
        return Err(Problem::input("/source", format!("this source is not set up: {missing}")));
    }
    let options = serde_json::to_value(&new.options).map_err(Problem::internal)?;
    let event = person.event("scraper.create");
    let id = control::create(&state.db, &new.source, &options, person.user, new.start, event).await?;
    scraper.bell.notify_waiters();
    Ok((StatusCode::CREATED, Json(find(&state, id).await?)))
}

/// One session.
#[utoipa::path(get, path = "/scraper/api/sessions/{id}", tag = "scraper", params(("id" = Uuid, Path)), responses((status = 200, body = ScraperSession), (status = 404, body = Problem)))]
async fn get_session(State(state): State<AppState>, PathParams(id): PathParams<Uuid>) -> Result<Json<ScraperSession>> {
    Ok(Json(find(&state, id).await?))
}

/// Starts fetching.
#[utoipa::path(post, path = "/scraper/api/sessions/{id}/start", tag = "scraper", params(("id" = Uuid, Path)), responses((status = 200, body = ScraperSession), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn start_session(
    state: State<AppState>,
    service: Service,
    person: Principal,
    id: PathParams<Uuid>,
) -> Result<Json<ScraperSession>> {
    act(state, service, person, id, Action::Start).await
}

/// Pauses; what is under way is left, and what was fetched stays.
#[utoipa::path(post, path = "/scraper/api/sessions/{id}/pause", tag = "scraper", params(("id" = Uuid, Path)), responses((status = 200, body = ScraperSession), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn pause_session(
    state: State<AppState>,
    service: Service,
    person: Principal,
    id: PathParams<Uuid>,
) -> Result<Json<ScraperSession>> {
    act(state, service, person, id, Action::Pause).await
}

/// Goes on where it was paused or failed.
#[utoipa::path(post, path = "/scraper/api/sessions/{id}/resume", tag = "scraper", params(("id" = Uuid, Path)), responses((status = 200, body = ScraperSession), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn resume_session(
    state: State<AppState>,
    service: Service,
    person: Principal,
    id: PathParams<Uuid>,
) -> Result<Json<ScraperSession>> {
    act(state, service, person, id, Action::Resume).await
}

/// Ends the session permanently; what was taken over stays taken over.
#[utoipa::path(post, path = "/scraper/api/sessions/{id}/cancel", tag = "scraper", params(("id" = Uuid, Path)), responses((status = 200, body = ScraperSession), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn cancel_session(
    state: State<AppState>,
    service: Service,
    person: Principal,
    id: PathParams<Uuid>,
) -> Result<Json<ScraperSession>> {
    act(state, service, person, id, Action::Cancel).await
}

/// Tries the failed items again.
#[utoipa::path(post, path = "/scraper/api/sessions/{id}/retry", tag = "scraper", params(("id" = Uuid, Path)), responses((status = 200, body = ScraperSession), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn retry_session(
    state: State<AppState>,
    service: Service,
    person: Principal,
    id: PathParams<Uuid>,
) -> Result<Json<ScraperSession>> {
    act(state, service, person, id, Action::Retry).await
}

/// Validates what was fetched.
#[utoipa::path(post, path = "/scraper/api/sessions/{id}/validate", tag = "scraper", params(("id" = Uuid, Path)), responses((status = 200, body = ScraperSession), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn validate_session(
    state: State<AppState>,
    service: Service,
    person: Principal,
    id: PathParams<Uuid>,
) -> Result<Json<ScraperSession>> {
    act(state, service, person, id, Action::Validate).await
}

/// Takes what is valid or suspect over into the main tables.
#[utoipa::path(post, path = "/scraper/api/sessions/{id}/promote", tag = "scraper", params(("id" = Uuid, Path)), responses((status = 200, body = ScraperSession), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn promote_session(
    state: State<AppState>,
    service: Service,
    person: Principal,
    id: PathParams<Uuid>,
) -> Result<Json<ScraperSession>> {
    act(state, service, person, id, Action::Promote).await
}

/// What a session fetches.
#[utoipa::path(get, path = "/scraper/api/sessions/{id}/items", tag = "scraper", params(("id" = Uuid, Path), Part), responses((status = 200, body = ScraperItemList), (status = 404, body = Problem)))]
async fn list_items(
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
    QueryParams(part): QueryParams<Part>,
) -> Result<Json<ScraperItemList>> {
    let (limit, offset) = part.bounds();
    find(&state, id).await?;
    let (found, total) = control::items(&state.db, id, part.state.as_deref(), limit, offset).await?;
    let items = found
        .into_iter()
        .map(|item| ScraperItem {
            id: item.id,
            key: item.key,
            state: item.state,
            attempts: item.attempts,
            reason: item.reason,
            due_at: item.due_at,
            finished_at: item.finished_at,
        })
        .collect();
    Ok(Json(ScraperItemList { items, total }))
}

/// What a session has fetched.
#[utoipa::path(get, path = "/scraper/api/sessions/{id}/staged", tag = "scraper", params(("id" = Uuid, Path), Part), responses((status = 200, body = StagedList), (status = 404, body = Problem)))]
async fn list_staged(
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
    QueryParams(part): QueryParams<Part>,
) -> Result<Json<StagedList>> {
    let (limit, offset) = part.bounds();
    find(&state, id).await?;
    let (found, total) = control::staged(&state.db, id, part.state.as_deref(), limit, offset).await?;
    let items = found
        .into_iter()
        .map(|row| {
            Ok(StagedItem {
                id: row.id,
                kind: row.kind,
                key: row.key,
                orgnr: row.orgnr.map(|number| number.to_string()),
                file_name: row.file_name,
                sha256: row.sha256,
                bytes: row.bytes,
                detail: row.detail,
                state: row.state,
                problems: stored(&format!("problems of staged row {}", row.id), row.problems)?,
                staged_at: row.staged_at,
                validated_at: row.validated_at,
                promoted_at: row.promoted_at,
            })
        })
        .collect::<Result<_>>()?;
    Ok(Json(StagedList { items, total }))
}

/// The session as it goes on: an event `session` with each change, until it rests.
#[utoipa::path(get, path = "/scraper/api/sessions/{id}/events", tag = "scraper", params(("id" = Uuid, Path)), responses((status = 200, content_type = "text/event-stream", body = String), (status = 404, body = Problem)))]
async fn follow_session(
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<Sse<impl Stream<Item = std::result::Result<Event, Infallible>>>> {
    find(&state, id).await?;
    let events = futures::stream::unfold((state, None::<String>, false), move |(state, last, is_over)| async move {
        if is_over {
            return None;
        }
        loop {
            // A session that is gone, or a database that does not answer, ends the stream; the browser asks again.
            let session = find(&state, id).await.ok()?;
            let is_over = !matches!(session.state.as_str(), "running" | "created" | "paused");
            let text = serde_json::to_string(&session).ok()?;
            if last.as_deref() != Some(text.as_str()) {
                let event = Event::default().event("session").data(&text);
                return Some((Ok(event), (state, Some(text), is_over)));
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::default()))
}

async fn act(
    State(state): State<AppState>,
    Extension(scraper): Service,
    person: Principal,
    PathParams(id): PathParams<Uuid>,
    action: Action,
) -> Result<Json<ScraperSession>> {
    if !control::act(&state.db, id, action, person.event(action.event())).await? {
        let session = find(&state, id).await?;
        let detail = format!(
            "{} is not possible now: the session's phase {} is {}; possible is {}",
            action.name(),
            session.phase,
            session.state,
            if session.actions.is_empty() { "nothing more".to_owned() } else { session.actions.join(", ") }
        );
        return Err(Problem::new(StatusCode::CONFLICT, detail));
    }
    scraper.bell.notify_waiters();
    Ok(Json(find(&state, id).await?))
}

async fn find(state: &AppState, id: Uuid) -> Result<ScraperSession> {
    let found = control::find(&state.db, id).await?;
    let (session, counts) = found.ok_or_else(|| Problem::not_found(format!("there is no session {id}")))?;
    shown(session, counts)
}
