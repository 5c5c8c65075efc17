//! Which handler runs which kind, under which policy.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;
use serde_json::Value;

use crate::context::Context;
use crate::error::JobError;
use crate::job::Job;
use crate::schedule::Schedule;

type Run = Arc<dyn Fn(Value, Context) -> BoxFuture<'static, Result<(), JobError>> + Send + Sync>;

/// A kind with its handler.
#[derive(Clone)]
pub(crate) struct Kind {
    pub queue: &'static str,
    pub timeout: Duration,
    pub concurrency: Option<u16>,
    pub back_off: Duration,
    pub run: Run,
}

/// Every kind that a worker can run, and every schedule it watches.
#[derive(Clone, Default)]
pub struct Registry {
    pub(crate) kinds: HashMap<&'static str, Kind>,
    pub(crate) schedules: Vec<Schedule>,
}

impl Registry {
    /// A registry without any kind.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a kind with what runs it; a later one with the same name takes its place.
    #[must_use]
    pub fn with<J, F, R>(mut self, run: F) -> Self
    where
        J: Job,
        F: Fn(J, Context) -> R + Send + Sync + 'static,
        R: Future<Output = Result<(), JobError>> + Send + 'static,
    {
        let run: Run = Arc::new(move |payload, context| match serde_json::from_value::<J>(payload) {
            Ok(job) => Box::pin(run(job, context)),
            Err(error) => Box::pin(std::future::ready(Err(JobError::Fail(format!(
                "the payload does not fit {}: {error}; it was enqueued by another version, or by hand",
                J::KIND
            ))))),
        });
        let kind =
            Kind { queue: J::QUEUE, timeout: J::TIMEOUT, concurrency: J::CONCURRENCY, back_off: J::BACK_OFF, run };
        self.kinds.insert(J::KIND, kind);
        self
    }

    /// Adds a schedule.
    #[must_use]
    pub fn scheduled(mut self, schedule: Schedule) -> Self {
        self.schedules.push(schedule);
        self
    }

    /// Names of the kinds, ordered.
    #[must_use]
    pub fn kinds(&self) -> Vec<&'static str> {
        let mut kinds: Vec<_> = self.kinds.keys().copied().collect();
        kinds.sort_unstable();
        kinds
    }

    /// Queues that at least one kind goes to, ordered.
    #[must_use]
    pub fn queues(&self) -> Vec<&'static str> {
        let mut queues: Vec<_> = self.kinds.values().map(|kind| kind.queue).collect();
        queues.sort_unstable();
        queues.dedup();
        queues
    }

    /// The schedules.
    #[must_use]
    pub fn schedules(&self) -> &[Schedule] {
        &self.schedules
    }
}
