//! Signs of life: leases are renewed, progress is passed on, and runs that are lost or cancelled are told to stop.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use store::jobs::lease::{Held, JobProgress, extend};
use store::jobs::workers::{WorkerSign, sign};
use store::jobs::{Run, workers};

use super::Shared;
use super::running::StopReason;

/// How soon progress is passed on.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Beats until the worker has ended.
pub(super) async fn run(shared: Arc<Shared>) {
    let mut told: HashMap<Run, JobProgress> = HashMap::new();
    let mut beat_at: Option<Instant> = None;
    loop {
        let reports = shared.running.reports();
        let is_time = beat_at.is_none_or(|at| at.elapsed() >= shared.settings.beat());
        let has_news = reports.iter().any(|(run, progress)| {
            *progress != JobProgress::default() && told.get(run).is_none_or(|known| known != progress)
        });
        if is_time || has_news {
            match beat(&shared, &reports, is_time).await {
                Ok(()) => {
                    told = reports.into_iter().collect();
                    if is_time {
                        beat_at = Some(Instant::now());
                        shared.health.note_beat();
                    }
                }
                Err(error) => tracing::warn!(%error, "no sign of life could be given; trying again"),
            }
        }
        tokio::select! {
            () = shared.end.cancelled() => return,
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }
}

async fn beat(shared: &Shared, reports: &[(Run, JobProgress)], with_sign: bool) -> sqlx::Result<()> {
    let mut conn = shared.pool.acquire().await?;
    if with_sign {
        sign(&mut conn, &own_sign(shared)).await?;
    }
    if reports.is_empty() {
        return Ok(());
    }
    let held: HashMap<Run, Held> = extend(&mut conn, shared.claimer.worker, shared.claimer.lease_seconds, reports)
        .await?
        .into_iter()
        .map(|held| (held.run, held))
        .collect();
    for (run, _) in reports {
        match held.get(run) {
            None => shared.running.stop(*run, StopReason::Lost),
            Some(held) if held.is_cancelled => shared.running.stop(*run, StopReason::Person),
            Some(_) => {}
        }
    }
    Ok(())
}

fn own_sign(shared: &Shared) -> workers::WorkerSign {
    WorkerSign {
        id: shared.claimer.worker,
        name: shared.settings.name.clone(),
        version: shared.settings.version.clone(),
        queues: shared.settings.queues.clone(),
        concurrency: i32::try_from(shared.settings.concurrency).unwrap_or(i32::MAX),
        running: i32::try_from(shared.running.len()).unwrap_or(i32::MAX),
        dispatch: shared.health.dispatch().as_str().to_owned(),
        is_stopping: shared.stop.is_cancelled(),
    }
}
