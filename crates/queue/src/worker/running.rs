//! The jobs that a worker runs at the moment.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use store::jobs::Run;
use store::jobs::lease::JobProgress;
use tokio::sync::Notify;
use tokio::task::AbortHandle;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::context::Context;

/// Why a run was told to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StopReason {
    /// A person asked.
    Person,
    /// The lease was lost.
    Lost,
    /// The worker stops.
    Stopping,
}

struct One {
    context: Context,
    cancel: CancellationToken,
    reason: Option<StopReason>,
    task: Option<AbortHandle>,
}

/// Every run of this worker; a run is here from its claim until its outcome is handed on.
#[derive(Default)]
pub(super) struct Running {
    runs: Mutex<HashMap<Run, One>>,
    emptied: Notify,
}

impl Running {
    fn lock(&self) -> MutexGuard<'_, HashMap<Run, One>> {
        self.runs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn add(&self, context: Context, cancel: CancellationToken) {
        self.lock().insert(context.run(), One { context, cancel, reason: None, task: None });
    }

    /// Notes the task, so that it can be ended by force.
    pub fn note_task(&self, run: Run, task: AbortHandle) {
        if let Some(one) = self.lock().get_mut(&run) {
            one.task = Some(task);
        }
    }

    /// Takes a run out; says why it was told to stop, if it was.
    pub fn remove(&self, run: Run) -> Option<StopReason> {
        let mut runs = self.lock();
        let reason = runs.remove(&run).and_then(|one| one.reason);
        if runs.is_empty() {
            self.emptied.notify_waiters();
        }
        reason
    }

    pub fn len(&self) -> usize {
        self.lock().len()
    }

    /// Every run with what it reports.
    pub fn reports(&self) -> Vec<(Run, JobProgress)> {
        self.lock().iter().map(|(run, one)| (*run, one.context.reported())).collect()
    }

    /// Tells a run to stop; the first reason counts.
    pub fn stop(&self, run: Run, reason: StopReason) {
        if let Some(one) = self.lock().get_mut(&run) {
            one.reason.get_or_insert(reason);
            one.cancel.cancel();
        }
    }

    /// Tells the run of a job to stop.
    pub fn stop_job(&self, id: i64, reason: StopReason) {
        let found: Vec<Run> = self.lock().keys().copied().filter(|run| run.id == id).collect();
        found.into_iter().for_each(|run| self.stop(run, reason));
    }

    pub fn stop_all(&self, reason: StopReason) {
        let all: Vec<Run> = self.lock().keys().copied().collect();
        all.into_iter().for_each(|run| self.stop(run, reason));
    }

    /// Ends what did not end by itself, and says what that was.
    pub fn abort_all(&self) -> Vec<Run> {
        let mut aborted = Vec::new();
        for (run, one) in self.lock().drain() {
            if let Some(task) = one.task {
                task.abort();
            }
            aborted.push(run);
        }
        self.emptied.notify_waiters();
        aborted
    }

    /// Waits until nothing runs; false when something still does at the deadline.
    pub async fn wait_until_empty(&self, deadline: Instant) -> bool {
        loop {
            let emptied = self.emptied.notified();
            if self.len() == 0 {
                return true;
            }
            if tokio::time::timeout_at(deadline, emptied).await.is_err() {
                return self.len() == 0;
            }
        }
    }
}
