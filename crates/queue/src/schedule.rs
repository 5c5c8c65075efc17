//! Jobs that are enqueued by the clock, each tick once, however many workers there are.

use std::str::FromStr;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use sqlx::{Connection, PgConnection};
use store::jobs::enqueue::NewJob;
use store::jobs::schedules;

use crate::enqueue::{Options, row};
use crate::error::Error;
use crate::job::Job;

/// When a job is enqueued by itself.
#[derive(Clone)]
pub struct Schedule {
    name: &'static str,
    pattern: &'static str,
    cron: cron::Schedule,
    make: Arc<dyn Fn(DateTime<Utc>) -> Result<NewJob, Error> + Send + Sync>,
}

impl Schedule {
    /// A schedule by a cron pattern of five fields (minute, hour, day of month, month, day of week) in UTC, e.g.
    /// `20 2 * * *`. `make` gets the tick.
    ///
    /// # Errors
    /// When the pattern is none, with the pattern.
    pub fn new<J: Job>(
        name: &'static str,
        pattern: &'static str,
        make: impl Fn(DateTime<Utc>) -> J + Send + Sync + 'static,
    ) -> Result<Self, String> {
        let cron = cron::Schedule::from_str(&format!("0 {pattern}"))
            .map_err(|error| format!("schedule {name}: {pattern:?} is no cron pattern: {error}"))?;
        Ok(Self { name, pattern, cron, make: Arc::new(move |tick| row(&make(tick), &Options::default())) })
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Its pattern.
    #[must_use]
    pub fn pattern(&self) -> &'static str {
        self.pattern
    }

    /// When it ticks next.
    #[must_use]
    pub fn next(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.cron.after(&now).next()
    }
}

/// The newest tick after `last` and not after `now`. Of several that were missed only the newest counts: what runs nightly
/// need not run three times after a long weekend.
#[must_use]
pub fn next_tick(schedule: &Schedule, last: DateTime<Utc>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    // Going back from a moment later finds the tick at once, however long ago the last one was.
    let from = now + chrono::TimeDelta::seconds(1);
    schedule.cron.after(&from).rev().find(|tick| *tick <= now).filter(|tick| *tick > last)
}

/// Enqueues every tick that has come; a tick that somebody else has taken is left to them.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn enqueue_ticks(
    conn: &mut PgConnection,
    schedule_list: &[Schedule],
    now: DateTime<Utc>,
) -> Result<usize, Error> {
    let mut enqueued = 0;
    for schedule in schedule_list {
        let last = schedules::last_tick(conn, schedule.name, now).await?;
        let Some(tick) = next_tick(schedule, last, now) else { continue };
        let mut tx = conn.begin().await?;
        if schedules::take_tick(&mut tx, schedule.name, tick).await? {
            let job = (schedule.make)(tick)?;
            let done = store::jobs::enqueue::insert(&mut tx, std::slice::from_ref(&job)).await?;
            if let Some(job) = done.first() {
                schedules::note_job(&mut tx, schedule.name, job.id).await?;
                tracing::info!(schedule = schedule.name, %tick, job_id = job.id, "schedule ticked");
            }
            enqueued += 1;
        }
        tx.commit().await?;
    }
    Ok(enqueued)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::{Deserialize, Serialize};

    #[derive(Serialize, Deserialize)]
    struct Nothing {}

    impl Job for Nothing {
        const KIND: &'static str = "do_nothing";
        const QUEUE: &'static str = "monitors";
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn the_newest_missed_tick_counts_once() {
        let nightly = Schedule::new("nightly", "20 2 * * *", |_| Nothing {}).unwrap();
        let last = at("2026-03-01T02:20:00Z");
        assert_eq!(next_tick(&nightly, last, at("2026-03-02T02:19:59Z")), None);
        assert_eq!(next_tick(&nightly, last, at("2026-03-02T02:20:00Z")), Some(at("2026-03-02T02:20:00Z")));
        assert_eq!(next_tick(&nightly, last, at("2026-03-05T11:00:00Z")), Some(at("2026-03-05T02:20:00Z")));
        assert_eq!(nightly.next(last), Some(at("2026-03-02T02:20:00Z")));
    }

    #[test]
    fn a_wrong_pattern_is_named() {
        let error = Schedule::new("odd", "61 2 * * *", |_| Nothing {}).err().unwrap();
        assert!(error.contains("odd") && error.contains("61 2 * * *"), "{error}");
    }
}
