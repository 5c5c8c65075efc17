//! `/health` says that the process lives, `/ready` that it can answer.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use super::state::AppState;

/// Answer of `/health`.
#[derive(Debug, Serialize, ToSchema)]
pub struct Health {
    /// Always `ok`.
    pub status: &'static str,
    /// Version of the program.
    pub version: &'static str,
    /// Commit that it was built from; null in a development build.
    pub commit: Option<&'static str>,
}

/// Answer of `/ready`.
#[derive(Debug, Serialize, ToSchema)]
pub struct Ready {
    /// Whether requests can be answered.
    pub ready: bool,
    /// `ok`, or why not, per part.
    pub checks: BTreeMap<&'static str, String>,
}

/// The process is alive. Depends on nothing else.
#[utoipa::path(get, path = "/health", tag = "status", responses((status = 200, body = Health)))]
pub async fn health(State(state): State<AppState>) -> Json<Health> {
    let build = state.process.build;
    Json(Health { status: "ok", version: build.version, commit: build.commit })
}

/// Every part that requests need answers, and the process was not told to stop.
#[utoipa::path(get, path = "/ready", tag = "status",
    responses((status = 200, body = Ready), (status = 503, body = Ready, description = "A part is missing, or the process stops")))]
pub async fn ready(State(state): State<AppState>) -> (StatusCode, Json<Ready>) {
    let index = match state.index.is_ready() {
        true => "ok".to_owned(),
        false => state.index.progress().state,
    };
    let process = if state.process.is_leaving() { "it was told to stop" } else { "ok" }.to_owned();
    answer(BTreeMap::from([("database", state.process.database().await), ("index", index), ("process", process)]))
}

/// Of the scraper service: Postgres answers, and the process was not told to stop. It has no screening index.
pub async fn of_scraper(state: &AppState) -> (StatusCode, Json<Ready>) {
    let process = if state.process.is_leaving() { "it was told to stop" } else { "ok" }.to_owned();
    answer(BTreeMap::from([("database", state.process.database().await), ("process", process)]))
}

fn answer(checks: BTreeMap<&'static str, String>) -> (StatusCode, Json<Ready>) {
    let ready = checks.values().all(|check| check == "ok");
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(Ready { ready, checks }))
}
