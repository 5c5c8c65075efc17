//! A worker: takes jobs, runs them, renews their leases, settles them; and, when it leads, hands jobs out and watches the clock.

mod fetch;
mod heartbeat;
mod lead;
mod listen;
mod run;
mod running;
mod settling;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use sqlx::PgPool;
use store::jobs::claim::Claimer;
use store::jobs::settle::{Ending, settle};
use store::jobs::workers;
use tokio::sync::{Notify, Semaphore, mpsc};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

use crate::registry::Registry;
use running::{Running, StopReason};

/// After the stop order, once it can wait no longer, handlers get this long to end by themselves.
const LAST_GRACE: Duration = Duration::from_secs(4);

/// How a worker works.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Queues to work on.
    pub queues: Vec<String>,
    /// Jobs to run at once.
    pub concurrency: usize,
    /// Host and process, for people.
    pub name: String,
    /// Version of the program, for people.
    pub version: String,
    /// How long a job is the worker's without a sign of life. A killed worker's jobs go on elsewhere after at most this
    /// and a second or two.
    pub lease: Duration,
    /// How long running jobs may take to end when the worker is told to stop.
    pub drain: Duration,
    /// How many jobs are handed out in advance per queue and priority.
    pub window: i64,
}

impl Settings {
    /// The usual settings for these queues.
    #[must_use]
    pub fn new(queues: Vec<String>, concurrency: usize) -> Self {
        Self {
            queues,
            concurrency,
            name: format!("process {}", std::process::id()),
            version: String::new(),
            lease: Duration::from_secs(20),
            drain: Duration::from_secs(25),
            window: 1_000,
        }
    }

    fn beat(&self) -> Duration {
        self.lease / 4
    }
}

/// Where a worker learns of jobs at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dispatch {
    /// From the streams.
    Redis,
    /// By looking into the table itself: there is no Redis, or it does not answer.
    Postgres,
}

impl Dispatch {
    /// The word in the database and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Redis => "redis",
            Self::Postgres => "postgres",
        }
    }
}

/// How a worker is doing, for health checks; shared.
#[derive(Debug)]
pub struct Health {
    begun: Instant,
    beat_ms: AtomicU64,
    lease_ms: u64,
    by_redis: AtomicBool,
    running: AtomicU64,
}

impl Health {
    /// Whether Postgres took this worker's sign of life within the lease.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        let beat = self.beat_ms.load(Ordering::Relaxed);
        beat > 0 && self.now_ms().saturating_sub(beat) <= self.lease_ms
    }

    /// Where it learns of jobs.
    #[must_use]
    pub fn dispatch(&self) -> Dispatch {
        if self.by_redis.load(Ordering::Relaxed) { Dispatch::Redis } else { Dispatch::Postgres }
    }

    /// Jobs it runs.
    #[must_use]
    pub fn running(&self) -> u64 {
        self.running.load(Ordering::Relaxed)
    }

    fn now_ms(&self) -> u64 {
        u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX).max(1)
    }

    fn note_beat(&self) {
        self.beat_ms.store(self.now_ms(), Ordering::Relaxed);
    }
}

/// What the tasks of a worker share.
struct Shared {
    pool: PgPool,
    redis: Option<redis::Client>,
    registry: Registry,
    settings: Settings,
    claimer: Claimer,
    running: Running,
    places: Arc<Semaphore>,
    health: Arc<Health>,
    /// Something may be due: for the fetcher and for the leader.
    wake_fetch: Notify,
    wake_lead: Notify,
    /// Nothing new is taken any more.
    stop: CancellationToken,
    /// Everything is settled; the tasks that served the others end.
    end: CancellationToken,
}

/// A worker that has not begun.
pub struct Worker {
    shared: Arc<Shared>,
}

impl Worker {
    /// A worker of these kinds. Without Redis it looks for jobs in Postgres.
    #[must_use]
    pub fn new(pool: PgPool, redis: Option<redis::Client>, registry: Registry, settings: Settings) -> Self {
        let limits = registry
            .kinds
            .iter()
            .filter_map(|(name, kind)| kind.concurrency.map(|most| ((*name).to_owned(), i32::from(most))))
            .collect();
        let claimer = Claimer {
            worker: Uuid::now_v7(),
            kinds: registry.kinds().into_iter().map(str::to_owned).collect(),
            limits,
            lease_seconds: settings.lease.as_secs_f64(),
        };
        let health = Arc::new(Health {
            begun: Instant::now(),
            beat_ms: AtomicU64::new(0),
            lease_ms: u64::try_from(settings.lease.as_millis()).unwrap_or(u64::MAX),
            by_redis: AtomicBool::new(false),
            running: AtomicU64::new(0),
        });
        let shared = Shared {
            pool,
            redis,
            registry,
            places: Arc::new(Semaphore::new(settings.concurrency.max(1))),
            settings,
            claimer,
            running: Running::default(),
            health,
            wake_fetch: Notify::new(),
            wake_lead: Notify::new(),
            stop: CancellationToken::new(),
            end: CancellationToken::new(),
        };
        Self { shared: Arc::new(shared) }
    }

    /// How it is doing.
    #[must_use]
    pub fn health(&self) -> Arc<Health> {
        self.shared.health.clone()
    }

    /// Identity of this worker.
    #[must_use]
    pub fn id(&self) -> Uuid {
        self.shared.claimer.worker
    }

    /// Works until `stop`, then takes nothing new, lets running jobs end for [`Settings::drain`], gives the others back and
    /// returns. Postgres and Redis may come and go meanwhile.
    pub async fn run(self, stop: CancellationToken) {
        let shared = self.shared;
        let (outcomes, settling) = mpsc::unbounded_channel();
        let service = TaskTracker::new();
        let settler = tokio::spawn(settling::run(shared.clone(), settling));
        service.spawn(heartbeat::run(shared.clone()));
        service.spawn(listen::run(shared.clone()));
        service.spawn(lead::run(shared.clone()));
        let fetcher = tokio::spawn(fetch::run(shared.clone(), outcomes));
        service.close();

        stop.cancelled().await;
        tracing::info!(worker = %shared.claimer.worker, running = shared.running.len(), "stopping: nothing new is taken");
        shared.stop.cancel();
        let _ = fetcher.await;
        let deadline = tokio::time::Instant::now() + shared.settings.drain;
        if !shared.running.wait_until_empty(deadline).await {
            tracing::warn!(running = shared.running.len(), "jobs did not end in time; they are given back");
            shared.running.stop_all(StopReason::Stopping);
            let deadline = tokio::time::Instant::now() + LAST_GRACE;
            if !shared.running.wait_until_empty(deadline).await {
                let aborted: Vec<_> =
                    shared.running.abort_all().into_iter().map(|run| (run, Ending::Released)).collect();
                if let Ok(mut conn) = shared.pool.acquire().await {
                    let _ = settle(&mut conn, &aborted).await;
                }
            }
        }
        // The last sender went with the last job; what is settled is settled before we leave.
        let _ = settler.await;
        shared.end.cancel();
        service.wait().await;
        if let Ok(mut conn) = shared.pool.acquire().await {
            let _ = workers::leave(&mut conn, shared.claimer.worker).await;
        }
        tracing::info!(worker = %shared.claimer.worker, "stopped");
    }
}
