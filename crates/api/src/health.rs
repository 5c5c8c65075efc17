//! `/health` says that the process lives, `/ready` that it can answer.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use super::state::AppState;
use services::installation;

/// Answer of `/health`.
#[derive(Debug, Serialize, ToSchema)]
pub struct Health {
    /// Always `ok`.
    pub status: &'static str,
    /// Version of the program.
    pub version: &'static str,
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
pub async fn health() -> Json<Health> {
    Json(Health { status: "ok", version: env!("CARGO_PKG_VERSION") })
}

/// Every part that requests need answers.
#[utoipa::path(get, path = "/ready", tag = "status",
    responses((status = 200, body = Ready), (status = 503, body = Ready, description = "A part is missing")))]
pub async fn ready(State(state): State<AppState>) -> (StatusCode, Json<Ready>) {
    let level = installation::migration_level(&state.db);
    let database = tokio::time::timeout(Duration::from_secs(3), level).await;
    let database = match database {
        Ok(Ok(Some(_))) => "ok".to_owned(),
        Ok(Ok(None)) => "no migration has been applied; run lode migrate".to_owned(),
        Ok(Err(error)) => {
            tracing::warn!(%error, "not ready: the database");
            "it does not answer".to_owned()
        }
        Err(_) => "no answer within 3 s".to_owned(),
    };
    let index = match state.index.is_ready() {
        true => "ok".to_owned(),
        false => state.index.progress().state,
    };
    let checks = BTreeMap::from([("database", database), ("index", index)]);
    let ready = checks.values().all(|check| check == "ok");
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(Ready { ready, checks }))
}
