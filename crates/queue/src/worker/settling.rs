//! Writing how runs ended, many in one transaction, until Postgres has taken it.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use store::jobs::settle::{Ending, settle};
use store::jobs::{AttemptError, Run};
use tokio::sync::mpsc;

use super::Shared;
use super::run::Outcome;

const AT_ONCE: usize = 1_000;
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(3);

/// Ends when every sender is gone and everything is written.
pub(super) async fn run(shared: Arc<Shared>, mut outcomes: mpsc::UnboundedReceiver<Outcome>) {
    let mut batch = Vec::with_capacity(AT_ONCE);
    while outcomes.recv_many(&mut batch, AT_ONCE).await > 0 {
        shared.health.running.store(shared.running.len() as u64, Ordering::Relaxed);
        let endings: Vec<(Run, Ending)> =
            batch.drain(..).filter_map(|outcome| Some((outcome.run, outcome.ending?))).collect();
        if !endings.is_empty() {
            write(&shared, endings).await;
        }
    }
}

async fn write(shared: &Shared, mut endings: Vec<(Run, Ending)>) {
    let mut pause = FIRST_PAUSE;
    // When the worker must leave and Postgres does not answer, the leases run out and the jobs are run again elsewhere.
    let mut tries_left = 40;
    loop {
        let error = match attempt(shared, &endings).await {
            Ok(()) => return,
            Err(error) => error,
        };
        if is_refused(&error) {
            // One ending holds what the database cannot store, such as a NUL in its text: the texts go, the endings stay.
            tracing::error!(%error, "an ending was refused; its text is left out");
            endings.iter_mut().for_each(|(_, ending)| silence(ending));
        } else {
            tracing::warn!(%error, runs = endings.len(), "endings cannot be written; trying again");
        }
        if shared.stop.is_cancelled() {
            tries_left -= 1;
            if tries_left == 0 {
                tracing::error!(runs = endings.len(), "endings were not written; their jobs will run again");
                return;
            }
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

async fn attempt(shared: &Shared, endings: &[(Run, Ending)]) -> sqlx::Result<()> {
    let mut tx = shared.pool.begin().await?;
    let settled = settle(&mut tx, endings).await?;
    tx.commit().await?;
    if settled.len() < endings.len() {
        tracing::warn!(runs = endings.len() - settled.len(), "runs were no longer ours when they ended");
    }
    Ok(())
}

fn is_refused(error: &sqlx::Error) -> bool {
    error.as_database_error().and_then(|error| error.code()).is_some_and(|code| code.starts_with("22"))
}

fn silence(ending: &mut Ending) {
    let quiet = |error: &mut AttemptError| {
        error.reason = error.reason.chars().filter(|c| !c.is_control()).take(500).collect();
    };
    match ending {
        Ending::Retry { error, .. } | Ending::Failed(error) | Ending::Cancelled(error) | Ending::Stopped(error) => {
            quiet(error);
        }
        Ending::Completed | Ending::Released | Ending::Later { .. } => {}
    }
}
