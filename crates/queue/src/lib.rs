//! A generic job runtime: Postgres holds every job, Redis Streams hand them out, any number of workers run them.
//!
//! A job is enqueued in the transaction of the work that asks for it, so both commit or neither does. Workers hold it by
//! a lease that they renew; whatever dies, the job is found again. A job may therefore be started more than once, but a run
//! that completes in the transaction of its effect ([`Context::complete`]) has that effect once. Nothing here knows
//! a job of the product.
//!
//! ```text
//!   enqueue ──► jobs (Postgres) ──► relay ──► stream per queue and priority (Redis) ──► worker: claim, run, settle
//!                 ▲       │                         lost? published again                     │
//!                 │       └── without Redis: workers look here themselves ──► worker         │
//!                 └── sweeper: leases that ran out ◄── heartbeat of each worker ◄────────────┘
//! ```

mod back_off;
mod context;
mod enqueue;
mod error;
mod job;
mod registry;
mod schedule;
mod streams;
mod worker;

pub use back_off::back_off;
pub use context::Context;
pub use enqueue::{Enqueued, Options, Trace, enqueue, enqueue_many, enqueue_with};
pub use error::{Error, JobError};
pub use job::{Job, Priority};
pub use registry::Registry;
pub use schedule::{Schedule, next_tick};
pub use streams::{check_writable, redis_problem};
pub use worker::{Dispatch, Health, Settings, Worker};

/// Identity of a job; later jobs have larger ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct JobId(pub i64);

impl std::fmt::Display for JobId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}
