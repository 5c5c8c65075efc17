//! What a worker process serves: whether it lives, whether it is ready, and its metrics.

use std::sync::Arc;

use axum::extract::State;
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Json, Router};
use http::StatusCode;
use queue::Health;
use serde_json::json;

/// `/health` (no dependency), `/ready` (Postgres took its sign of life lately), `/metrics`.
pub fn router(health: Arc<Health>) -> Router {
    Router::new()
        .route("/health", get(|| async { Json(json!({ "status": "ok" })) }))
        .route("/ready", get(ready))
        .route("/metrics", get(|| async { super::metrics::render_recorded() }))
        .with_state(health)
}

async fn ready(State(health): State<Arc<Health>>) -> impl IntoResponse {
    let is_ready = health.is_ready();
    let status = if is_ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let body = json!({
        "status": if is_ready { "ready" } else { "Postgres takes no sign of life" },
        "dispatch": health.dispatch().as_str(),
        "running": health.running(),
    });
    (status, Json(body))
}
