//! Hearing at once of new jobs and of cancellations; without it a worker finds out by looking.

use std::sync::Arc;
use std::time::Duration;

use store::jobs::wake::{JobListener, Received};

use super::Shared;
use super::running::StopReason;

const PAUSE: Duration = Duration::from_secs(1);

/// Listens until the worker has ended.
pub(super) async fn run(shared: Arc<Shared>) {
    loop {
        tokio::select! {
            () = shared.end.cancelled() => return,
            error = listen(&shared) => tracing::warn!(%error, "the connection that learns of jobs is lost; making it anew"),
        }
        tokio::select! {
            () = shared.end.cancelled() => return,
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}

async fn listen(shared: &Shared) -> sqlx::Error {
    let mut listener = match JobListener::open(&shared.pool).await {
        Ok(listener) => listener,
        Err(error) => return error,
    };
    loop {
        // Whatever was missed before the connection stood is looked for.
        shared.wake_fetch.notify_one();
        shared.wake_lead.notify_one();
        match listener.wait().await {
            Ok(Some(Received::Work(queue))) if !shared.settings.queues.contains(&queue) => {}
            Ok(Some(Received::Cancel(id))) => shared.running.stop_job(id, StopReason::Person),
            Ok(_) => {}
            Err(error) => return error,
        }
    }
}
