//! Taking jobs as places become free: from the streams while Redis answers, else from the table.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use store::jobs::claim::{self, Claimed};
use store::jobs::publish;
use tokio::sync::{OwnedSemaphorePermit, mpsc};

use super::run::{self, Outcome};
use super::{Dispatch, Shared};
use crate::streams::{Entry, Streams, redis_problem};

/// How long a read of the streams waits for the first entry.
const BLOCK: Duration = Duration::from_secs(1);
/// Without Redis the table is looked at this often, and whenever a job is announced.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// With Redis the table is looked at this often while nothing comes, in case a stream lost something unnoticed.
const MAKE_SURE_EVERY: Duration = Duration::from_secs(10);
/// After Redis failed, before it is tried again.
const REDIS_PAUSE: Duration = Duration::from_secs(1);
const DATABASE_PAUSE: Duration = Duration::from_millis(500);

/// The server's own word where it is one of those that need somebody; servers can send any.
fn error_code(error: &redis::RedisError) -> &'static str {
    match error.code() {
        Some("OOM") => "OOM",
        Some("READONLY") => "READONLY",
        Some("NOAUTH" | "WRONGPASS" | "NOPERM") => "AUTH",
        _ => "other",
    }
}

struct Fetcher {
    shared: Arc<Shared>,
    outcomes: mpsc::UnboundedSender<Outcome>,
    streams: Option<Streams>,
    /// Redis is not tried before this.
    try_redis_at: Instant,
    /// Read and not yet claimed: at most one per stream more than there were places.
    entries: VecDeque<Entry>,
    came_at: Instant,
}

/// Fetches until the worker is told to stop.
pub(super) async fn run(shared: Arc<Shared>, outcomes: mpsc::UnboundedSender<Outcome>) {
    let stop = shared.stop.clone();
    let mut fetcher = Fetcher {
        shared,
        outcomes,
        streams: None,
        try_redis_at: Instant::now(),
        entries: VecDeque::new(),
        came_at: Instant::now(),
    };
    loop {
        let places = tokio::select! {
            biased;
            () = stop.cancelled() => break,
            places = fetcher.free_places() => places,
        };
        // Not cut short by the stop order: what is claimed must be run.
        if !fetcher.fetch(places).await {
            tokio::select! {
                () = stop.cancelled() => break,
                () = tokio::time::sleep(DATABASE_PAUSE) => {}
            }
        }
    }
    fetcher.leave().await;
}

impl Fetcher {
    /// Waits for a place, and takes every one that is free then.
    async fn free_places(&self) -> Vec<OwnedSemaphorePermit> {
        let mut places = Vec::new();
        if let Ok(place) = self.shared.places.clone().acquire_owned().await {
            places.push(place);
        }
        while let Ok(place) = self.shared.places.clone().try_acquire_owned() {
            places.push(place);
        }
        places
    }

    /// Takes up to as many jobs as there are places and starts them; false when the database does not answer.
    async fn fetch(&mut self, places: Vec<OwnedSemaphorePermit>) -> bool {
        self.connect().await;
        let claimed = if self.streams.is_some() { self.claim_from_streams(places.len()).await } else { Ok(None) };
        let claimed = match claimed {
            Ok(Some(claimed)) => claimed,
            Ok(None) => match self.claim_from_table(places.len()).await {
                Ok(claimed) => claimed,
                Err(error) => {
                    tracing::warn!(%error, "jobs cannot be fetched; trying again");
                    return false;
                }
            },
            Err(error) => {
                tracing::warn!(%error, "jobs cannot be claimed; trying again");
                return false;
            }
        };
        if !claimed.is_empty() {
            self.came_at = Instant::now();
        }
        for (job, place) in claimed.into_iter().zip(places) {
            run::start(&self.shared, job, place, self.outcomes.clone());
        }
        true
    }

    async fn connect(&mut self) {
        let Some(client) = &self.shared.redis else { return };
        if self.streams.is_some() || Instant::now() < self.try_redis_at {
            return;
        }
        let consumer = self.shared.claimer.worker.to_string();
        match Streams::connect(client, &self.shared.settings.queues, consumer).await {
            Ok(streams) => {
                self.streams = Some(streams);
                self.tell(Dispatch::Redis);
            }
            Err(error) => self.lose_redis(&error),
        }
    }

    fn lose_redis(&mut self, error: &redis::RedisError) {
        if self.shared.health.dispatch() == Dispatch::Redis || self.came_at.elapsed() < REDIS_PAUSE * 2 {
            let problem = redis_problem(error);
            tracing::warn!(%error, problem, "Redis is of no use right now; looking for jobs in Postgres");
        }
        metrics::counter!("lode_redis_errors_total", "code" => error_code(error)).increment(1);
        self.streams = None;
        self.entries.clear();
        self.try_redis_at = Instant::now() + REDIS_PAUSE;
        self.tell(Dispatch::Postgres);
    }

    fn tell(&self, dispatch: Dispatch) {
        let by_redis = dispatch == Dispatch::Redis;
        metrics::gauge!("lode_redis_ok").set(if by_redis { 1.0 } else { 0.0 });
        if self.shared.health.by_redis.swap(by_redis, Ordering::Relaxed) != by_redis && by_redis {
            tracing::info!("receiving jobs from Redis");
        }
    }

    /// Jobs from the streams; `None` when the table is to be looked at instead.
    async fn claim_from_streams(&mut self, room: usize) -> sqlx::Result<Option<Vec<Claimed>>> {
        if self.entries.len() < room {
            let Some(streams) = self.streams.as_mut() else { return Ok(None) };
            // With entries at hand nothing is waited for.
            let block = if self.entries.is_empty() { BLOCK } else { Duration::from_millis(1) };
            match streams.read(room - self.entries.len(), block).await {
                Ok(entries) => self.entries.extend(entries),
                Err(error) => {
                    self.lose_redis(&error);
                    return Ok(None);
                }
            }
        }
        if self.entries.is_empty() {
            // Nothing came within a second: is there nothing, or does the server take nothing that could come?
            if let Some(streams) = self.streams.as_mut()
                && let Err(error) = streams.check_writable().await
            {
                self.lose_redis(&error);
                return Ok(None);
            }
            if self.came_at.elapsed() < MAKE_SURE_EVERY {
                return Ok(Some(Vec::new()));
            }
            self.came_at = Instant::now();
            return Ok(None);
        }
        let taken: Vec<Entry> = self.entries.drain(..self.entries.len().min(room)).collect();
        let ids: Vec<i64> = taken.iter().map(|entry| entry.job).collect();
        let claimed = match claim::by_ids(&self.shared.pool, &self.shared.claimer, &ids).await {
            Ok(claimed) => claimed,
            Err(error) => {
                // They stay with us, and with the stream, until Postgres answers.
                self.entries.extend(taken);
                return Err(error);
            }
        };
        if let Some(streams) = self.streams.as_mut()
            && let Err(error) = streams.remove(&taken).await
        {
            self.lose_redis(&error);
        }
        Ok(Some(claimed))
    }

    async fn claim_from_table(&self, room: usize) -> sqlx::Result<Vec<Claimed>> {
        let shared = &self.shared;
        let announced = shared.wake_fetch.notified();
        let room = i64::try_from(room).unwrap_or(i64::MAX);
        let claimed = claim::next(&shared.pool, &shared.claimer, &shared.settings.queues, room).await?;
        if claimed.is_empty() && self.streams.is_none() {
            tokio::select! {
                () = announced => {}
                () = tokio::time::sleep(LOOK_EVERY) => {}
                () = shared.stop.cancelled() => {}
            }
        }
        Ok(claimed)
    }

    /// Gives back what was read and not claimed.
    async fn leave(self) {
        let ids: Vec<i64> = self.entries.iter().map(|entry| entry.job).collect();
        let entries: Vec<Entry> = self.entries.into();
        if let Some(mut streams) = self.streams {
            let _ = streams.remove(&entries).await;
            let _ = streams.leave().await;
        }
        if !ids.is_empty()
            && let Ok(mut conn) = self.shared.pool.acquire().await
        {
            let _ = publish::forget(&mut conn, &ids).await;
        }
    }
}
