//! `/metrics` in the Prometheus text format.

use std::sync::OnceLock;

use axum::Router;
use axum::extract::State;
use axum::response::IntoResponse;
use axum::routing::get;
use http::header;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

use super::state::AppState;

static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// Starts collecting, once per process. Without it `/metrics` is empty.
pub fn install() {
    RECORDER.get_or_init(|| {
        let buckets = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];
        let builder = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &buckets)
            .and_then(PrometheusBuilder::install_recorder);
        builder.inspect_err(|error| tracing::warn!(%error, "metrics are not collected")).ok()
    });
}

/// The route, which is no part of the API's contract.
pub fn router() -> Router<AppState> {
    Router::new().route("/metrics", get(render))
}

async fn render(State(state): State<AppState>) -> impl IntoResponse {
    let size = state.db.size();
    let busy = f64::from(size).max(0.0) - state.db.num_idle() as f64;
    metrics::gauge!("lode_db_connections").set(f64::from(size));
    metrics::gauge!("lode_db_connections_busy").set(busy.max(0.0));
    metrics::gauge!("lode_uptime_seconds").set(state.started.elapsed().as_secs_f64());
    let index = state.index.status();
    metrics::gauge!("lode_index_ready").set(if index.ready { 1.0 } else { 0.0 });
    metrics::gauge!("lode_index_rows").set(index.rows as f64);
    metrics::gauge!("lode_index_bytes").set(index.bytes as f64);
    if let Some(lag) = index.lag_seconds {
        metrics::gauge!("lode_index_lag_seconds").set(lag);
    }
    let text = RECORDER.get().and_then(Option::as_ref).map(|handle| {
        handle.run_upkeep();
        handle.render()
    });
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text.unwrap_or_default())
}
