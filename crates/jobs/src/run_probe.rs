//! A job that proves that workers work: it waits a little, leaves one row, or fails as asked.

use std::time::Duration;

use queue::Job;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::MONITORS;

/// A test job.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RunProbe {
    /// Which test it belongs to.
    pub batch: Uuid,
    /// Which of the test's jobs it is.
    pub number: i32,
    /// How long it works before it leaves its row.
    #[serde(default)]
    pub work_ms: u64,
    /// What it does instead of leaving a row, if anything.
    #[serde(default)]
    pub instead: Instead,
}

/// What a test job does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Instead {
    /// Leaves its row, in the transaction that completes it.
    #[default]
    Nothing,
    /// Leaves no row: only the queue's own work is measured.
    NoRow,
    /// Fails at every attempt.
    Fail,
    /// Panics at every attempt.
    Panic,
    /// Fails at the first attempt, asking for a second of patience.
    FailOnce,
}

impl Job for RunProbe {
    const KIND: &'static str = "run_probe";
    const QUEUE: &'static str = MONITORS;
    const MAX_ATTEMPTS: u16 = 25;
    const TIMEOUT: Duration = Duration::from_secs(120);
    const BACK_OFF: Duration = Duration::from_millis(200);

    fn subject(&self) -> Option<String> {
        Some(format!("probe:{}", self.batch))
    }
}
