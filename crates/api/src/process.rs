//! The process that answers: which build it is, whether it is leaving, and its own way of asking Postgres whether it answers.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderValue, header};
use services::{PgPool, installation};
use tokio::sync::Mutex;

use super::state::AppState;
use config::Build;

/// Answers about the database are shared by all probes that come within this time.
const SHARED_FOR: Duration = Duration::from_millis(250);
/// How long Postgres has to answer a probe.
const ANSWERS_WITHIN: Duration = Duration::from_secs(3);

/// The process that answers. Its probe has a connection of its own: while requests use up every other one, a proxy that asks
/// `/ready` is still told the truth.
#[derive(Debug)]
pub struct Process {
    /// Which build it is.
    pub build: Build,
    probe: PgPool,
    last: Mutex<Option<(Instant, String)>>,
    is_leaving: AtomicBool,
}

impl Process {
    /// A process that serves; `probe` is a pool of one connection that nothing else uses.
    #[must_use]
    pub fn new(build: Build, probe: PgPool) -> Self {
        Self { build, probe, last: Mutex::new(None), is_leaving: AtomicBool::new(false) }
    }

    /// From now on `/ready` says no and each answer ends its connection, while requests are still answered.
    pub fn leave(&self) {
        self.is_leaving.store(true, Ordering::Relaxed);
    }

    /// Whether it was told to stop.
    #[must_use]
    pub fn is_leaving(&self) -> bool {
        self.is_leaving.load(Ordering::Relaxed)
    }

    /// `ok`, or why requests cannot be answered from Postgres.
    pub async fn database(&self) -> String {
        // Whoever waits for the lock finds the answer of who held it.
        let mut last = self.last.lock().await;
        if let Some((at, answer)) = last.as_ref()
            && at.elapsed() < SHARED_FOR
        {
            return answer.clone();
        }
        let level = tokio::time::timeout(ANSWERS_WITHIN, installation::migration_level(&self.probe)).await;
        let answer = match level {
            Ok(Ok(Some(_))) => "ok".to_owned(),
            Ok(Ok(None)) => "no migration has been applied; run lode migrate".to_owned(),
            Ok(Err(error)) => {
                tracing::warn!(%error, "not ready: the database");
                "it does not answer".to_owned()
            }
            Err(_) => "no answer within 3 s".to_owned(),
        };
        *last = Some((Instant::now(), answer.clone()));
        answer
    }
}

/// While the process leaves, callers are told to open their next connection elsewhere; none is closed under a request.
pub async fn end_connections(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if state.process.is_leaving() {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}
