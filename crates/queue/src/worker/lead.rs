//! What one worker does for all: hand out due jobs, take back lost ones, watch the clock.
//!
//! Whoever holds an advisory lock leads; it goes with the connection, however the process ends. Nothing depends on there being one
//! leader: two of them hand each job out once, since rows that one marks are skipped by the other. The others look every few
//! seconds in case a leader hangs.

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{TimeDelta, Utc};
use sqlx::{Connection, PgConnection};
use store::jobs::publish;
use store::jobs::{lease, schedules};

use super::Shared;
use crate::schedule::enqueue_ticks;
use crate::streams::Streams;

/// Between rounds of a leader that nobody woke.
const ROUND: Duration = Duration::from_millis(250);
/// Between rounds while there is more to hand out.
const BUSY_ROUND: Duration = Duration::from_millis(5);
/// Between rounds of the others.
const SPARE_ROUND: Duration = Duration::from_secs(5);
/// Between sweeps.
const SWEEP: Duration = Duration::from_secs(1);
/// How long an entry may lie with a worker that does not claim it.
const UNCLAIMED: Duration = Duration::from_secs(10);
/// A job that was handed out this long ago and is still there is handed out again.
const REPUBLISH: TimeDelta = TimeDelta::seconds(60);
const CONSUMER_SILENCE: Duration = Duration::from_secs(600);
const RETRY: Duration = Duration::from_secs(1);

struct Leader {
    shared: Arc<Shared>,
    conn: PgConnection,
    leads: bool,
    asked_at: Instant,
    streams: Option<Streams>,
    try_redis_at: Instant,
    /// Since when Postgres answers without a break.
    steady_since: Instant,
    swept_at: Instant,
    tidied_at: Instant,
}

/// Leads, or waits to lead, until the worker has ended.
pub(super) async fn run(shared: Arc<Shared>) {
    // A worker that begins with a healthy Postgres need not wait; one that lost it must let the others renew their leases.
    let mut steady_since = Instant::now().checked_sub(shared.settings.lease).unwrap_or_else(Instant::now);
    loop {
        let leading = async {
            let mut conn = shared.pool.acquire().await?.detach();
            publish::do_not_wait_for_disk(&mut conn).await?;
            let now = Instant::now();
            let mut leader = Leader {
                shared: shared.clone(),
                conn,
                leads: false,
                asked_at: now.checked_sub(SPARE_ROUND).unwrap_or(now),
                streams: None,
                try_redis_at: now,
                steady_since,
                swept_at: now,
                tidied_at: now,
            };
            leader.lead().await
        };
        let outcome: sqlx::Result<()> = tokio::select! {
            () = shared.end.cancelled() => return,
            outcome = leading => outcome,
        };
        if let Err(error) = outcome {
            tracing::warn!(%error, "jobs cannot be handed out; trying again");
        }
        tokio::select! {
            () = shared.end.cancelled() => return,
            () = tokio::time::sleep(RETRY) => {}
        }
        steady_since = Instant::now();
    }
}

impl Leader {
    async fn lead(&mut self) -> sqlx::Result<()> {
        loop {
            if !self.leads && self.asked_at.elapsed() >= RETRY {
                self.asked_at = Instant::now();
                self.leads = schedules::try_lead(&mut self.conn).await?;
                if self.leads {
                    tracing::info!(worker = %self.shared.claimer.worker, "this worker leads");
                }
            }
            let is_busy = self.hand_out().await?;
            if self.swept_at.elapsed() >= SWEEP {
                self.swept_at = Instant::now();
                self.sweep().await?;
            }
            let pause = match (self.leads, is_busy) {
                (true, true) => BUSY_ROUND,
                (true, false) => ROUND,
                (false, _) => SPARE_ROUND.min(RETRY),
            };
            if self.leads && !is_busy {
                let _ = tokio::time::timeout(pause, self.shared.wake_lead.notified()).await;
            } else {
                tokio::time::sleep(pause).await;
            }
        }
    }

    /// Hands out what is due, as far as the streams have room; whether there may be more.
    async fn hand_out(&mut self) -> sqlx::Result<bool> {
        // The others look now and then only.
        if !self.leads && self.tidied_at.elapsed() < SPARE_ROUND {
            return Ok(false);
        }
        if !self.connect().await {
            return Ok(false);
        }
        let shared = self.shared.clone();
        let Some(streams) = self.streams.as_mut() else { return Ok(false) };
        let (rooms, was_emptied) = match streams.room(shared.settings.window).await {
            Ok(found) => found,
            Err(error) => return Ok(self.lose_redis(&error)),
        };
        if was_emptied {
            if let Err(error) = streams.make_groups().await {
                return Ok(self.lose_redis(&error));
            }
            let now = publish::now(&mut self.conn).await?;
            let count = publish::forget_before(&mut self.conn, &shared.settings.queues, now).await?;
            if count > 0 {
                tracing::warn!(jobs = count, "Redis was emptied; the jobs are handed out again");
            }
        }
        let due = publish::take_due(&mut self.conn, &rooms, &shared.claimer.kinds, &shared.claimer.limits).await?;
        if due.is_empty() {
            return Ok(false);
        }
        let Some(streams) = self.streams.as_mut() else { return Ok(false) };
        if let Err(error) = streams.add(&due).await {
            // Whether they arrived is not known; handing a job out twice does no harm.
            let ids: Vec<i64> = due.iter().map(|job| job.id).collect();
            publish::forget(&mut self.conn, &ids).await?;
            return Ok(self.lose_redis(&error));
        }
        Ok(true)
    }

    /// Takes back what was lost on the way or with its worker, and looks at the clock.
    async fn sweep(&mut self) -> sqlx::Result<()> {
        let is_steady = self.steady_since.elapsed() > self.shared.settings.beat() + Duration::from_secs(3);
        let is_turn = self.leads || self.tidied_at.elapsed() >= SPARE_ROUND;
        if is_turn && is_steady {
            for lost in lease::take_back(&mut self.conn, 1_000).await? {
                tracing::warn!(
                    job_id = lost.id,
                    kind = lost.kind,
                    attempt = lost.attempt,
                    state = lost.state,
                    "a worker went silent; its job was taken back"
                );
                metrics::counter!("lode_jobs_lost_total", "kind" => lost.kind).increment(1);
            }
        }
        if self.tidied_at.elapsed() >= SPARE_ROUND {
            self.tidied_at = Instant::now();
            self.tidy().await?;
        }
        if self.leads && !self.shared.registry.schedules.is_empty() {
            // A tick is not to be lost with the server, so these commits wait for the disk.
            let mut conn = self.shared.pool.acquire().await?;
            if let Err(error) = enqueue_ticks(&mut conn, &self.shared.registry.schedules, Utc::now()).await {
                tracing::warn!(%error, "schedules cannot be looked at; trying again");
            }
        }
        self.conn.ping().await
    }

    async fn tidy(&mut self) -> sqlx::Result<()> {
        let Some(streams) = self.streams.as_mut() else { return Ok(()) };
        let found = match streams.take_back(UNCLAIMED).await {
            Ok(found) => found,
            Err(error) => {
                self.lose_redis(&error);
                return Ok(());
            }
        };
        if self.leads
            && let Err(error) = streams.forget_consumers(CONSUMER_SILENCE).await
        {
            self.lose_redis(&error);
        }
        if !found.is_empty() {
            publish::forget(&mut self.conn, &found).await?;
        }
        let before = publish::now(&mut self.conn).await? - REPUBLISH;
        publish::forget_before(&mut self.conn, &self.shared.settings.queues, before).await?;
        Ok(())
    }

    async fn connect(&mut self) -> bool {
        let Some(client) = &self.shared.redis else { return false };
        if self.streams.is_some() {
            return true;
        }
        if Instant::now() < self.try_redis_at {
            return false;
        }
        let consumer = format!("leader {}", self.shared.claimer.worker);
        match Streams::connect(client, &self.shared.settings.queues, consumer).await {
            Ok(streams) => self.streams = Some(streams),
            Err(error) => {
                self.lose_redis(&error);
            }
        }
        self.streams.is_some()
    }

    /// Says that there is nothing to hand out to.
    fn lose_redis(&mut self, error: &redis::RedisError) -> bool {
        tracing::debug!(%error, "Redis does not answer; workers look for jobs themselves");
        self.streams = None;
        self.try_redis_at = Instant::now() + RETRY;
        false
    }
}
