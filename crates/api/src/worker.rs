//! What a worker process serves: whether it lives, whether it is ready, and its metrics.

use std::sync::Arc;

use axum::extract::State;
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Json, Router};
use http::StatusCode;
use queue::Health;
use serde_json::json;

use config::Build;

/// `/health` (no dependency), `/ready` (Postgres took its sign of life lately), `/metrics`.
pub fn router(health: Arc<Health>, build: Build) -> Router {
    Router::new()
        .route("/health", get(move || async move { Json(json!({ "status": "ok", "version": build.version, "commit": build.commit })) }))
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
