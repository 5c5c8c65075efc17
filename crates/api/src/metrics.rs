//! `/metrics` in the Prometheus text format.

use std::sync::{Mutex, OnceLock, PoisonError};

use axum::Router;
use axum::extract::State;
use axum::response::IntoResponse;
use axum::routing::get;
use http::header;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

use super::state::AppState;
use config::Build;
use services::PgPool;

static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
/// The pools of this process, by what they are for.
static POOLS: Mutex<Vec<(&'static str, PgPool)>> = Mutex::new(Vec::new());

/// Starts collecting, once per process. Without it `/metrics` is empty.
pub fn install() {
    RECORDER.get_or_init(|| {
        let buckets = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 60.0, 600.0, 3600.0];
        let builder = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &buckets)
            .and_then(PrometheusBuilder::install_recorder);
        builder.inspect_err(|error| tracing::warn!(%error, "metrics are not collected")).ok()
    });
}

/// Tells which build runs, as `lode_build_info`; after [`install`].
pub fn note_build(build: &Build) {
    let labels = [("version", build.version), ("commit", build.commit.unwrap_or("development"))];
    metrics::gauge!("lode_build_info", &labels).set(1.0);
}

/// Shows a pool of connections in the metrics of this process, in every role: how many it has, uses and may have.
pub fn watch_pool(name: &'static str, pool: &PgPool) {
    POOLS.lock().unwrap_or_else(PoisonError::into_inner).push((name, pool.clone()));
}

/// Notes how full each pool is; those that were closed are forgotten.
fn note_pools() {
    let mut pools = POOLS.lock().unwrap_or_else(PoisonError::into_inner);
    pools.retain(|(_, pool)| !pool.is_closed());
    for (name, pool) in pools.iter() {
        let size = f64::from(pool.size());
        let gauge = |metric: &'static str, value: f64| metrics::gauge!(metric, "pool" => *name).set(value);
        gauge("lode_db_connections", size);
        gauge("lode_db_connections_limit", f64::from(pool.options().get_max_connections()));
        gauge("lode_db_connections_busy", f64::from(services::diagnosis::busy(pool)));
    }
}

/// The route, which is no part of the API's contract.
pub fn router() -> Router<AppState> {
    Router::new().route("/metrics", get(render))
}

async fn render(State(state): State<AppState>) -> impl IntoResponse {
    metrics::gauge!("lode_uptime_seconds").set(state.started.elapsed().as_secs_f64());
    let index = state.index.status();
    metrics::gauge!("lode_index_ready").set(if index.ready { 1.0 } else { 0.0 });
    metrics::gauge!("lode_index_rows").set(index.rows as f64);
    metrics::gauge!("lode_index_bytes").set(index.bytes as f64);
    metrics::gauge!("lode_index_not_compared").set(if index.not_compared.is_some() { 1.0 } else { 0.0 });
    if let Some(check) = &index.check {
        let age = (chrono::Utc::now() - check.at).to_std().unwrap_or_default();
        metrics::gauge!("lode_index_check_age_seconds").set(age.as_secs_f64());
    }
    if let Some(lag) = index.lag_seconds {
        metrics::gauge!("lode_index_lag_seconds").set(lag);
    }
    for (cost, running, waiting) in state.identity.admission.load() {
        metrics::gauge!("lode_requests_under_way", "cost" => cost.name()).set(running as f64);
        metrics::gauge!("lode_requests_waiting", "cost" => cost.name()).set(waiting as f64);
    }
    note_queues(&state).await;
    note_backup(&state).await;
    render_recorded()
}

/// How full the queues are. While the database does not answer, the last known state stands.
async fn note_queues(state: &AppState) {
    let Ok(overview) = services::control_jobs::overview(&state.db).await else { return };
    for queue in overview.queues {
        let gauge = |name: &'static str, value: f64| metrics::gauge!(name, "queue" => queue.queue.clone()).set(value);
        gauge("lode_jobs_waiting", queue.available as f64);
        gauge("lode_jobs_running", queue.running as f64);
        gauge("lode_jobs_dead", queue.discarded as f64);
        gauge("lode_jobs_oldest_seconds", queue.oldest_seconds.unwrap_or(0.0));
    }
    metrics::gauge!("lode_workers").set(overview.workers.len() as f64);
}

/// When the last backup was made, where `lode backup` makes them. While the database does not answer, the last known state stands.
async fn note_backup(state: &AppState) {
    let Ok(Some(last)) = services::installation::last_backup(&state.db).await else { return };
    metrics::gauge!("lode_backup_success_timestamp_seconds").set(last.at.timestamp() as f64);
    if let Some(bytes) = last.detail.get("bytes").and_then(serde_json::Value::as_f64) {
        metrics::gauge!("lode_backup_bytes").set(bytes);
    }
}

/// What this process has recorded so far.
pub fn render_recorded() -> impl IntoResponse {
    note_pools();
    let text = RECORDER.get().and_then(Option::as_ref).map(|handle| {
        handle.run_upkeep();
        handle.render()
    });
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text.unwrap_or_default())
}
