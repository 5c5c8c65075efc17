//! Every call is written down, also those that failed.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::budget::Later;
use crate::provider::{Micros, Structure};

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// An answer that was used.
    Answered,
    /// Cut off by the limit of tokens; thrown away.
    Truncated,
    /// Stopped by the provider's filter.
    Filtered,
    /// The model declined.
    Declined,
    /// Not of the shape that was asked for.
    WrongShape,
    /// Not an answer of the protocol, or cut on the way.
    Broken,
    /// The server refused or failed.
    Refused,
    /// No answer in time.
    TimedOut,
    /// Somebody cancelled.
    Cancelled,
}

/// One call.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The provider's name.
    pub provider: String,
    /// The model's.
    pub model: String,
    /// Name and version of the prompt.
    pub prompt_version: String,
    /// What the budget was kept for.
    pub purpose: String,
    /// Identity of what was set aside for the call.
    pub reservation: String,
    /// What the question was about.
    pub subject: Option<String>,
    /// SHA-256 of the dossier.
    pub dossier_sha256: Option<String>,
    /// How the structure was asked for.
    pub structure: Option<Structure>,
    /// As the server told, where it did.
    pub input_tokens: Option<u64>,
    /// As the server told, where it did.
    pub output_tokens: Option<u64>,
    /// What was set aside.
    pub reserved: Micros,
    /// What it cost: by the usage that came, else all that was set aside; 0 where the server refused to begin.
    pub cost: Micros,
    /// Whether `cost` rests on the reservation.
    pub is_estimated: bool,
    /// How long it took.
    pub latency: Duration,
    /// `finish_reason` as it came.
    pub finish_reason: Option<String>,
    /// HTTP status, where an answer came.
    pub status: Option<u16>,
    /// How it ended.
    pub outcome: Outcome,
    /// The messages as they were sent.
    pub prompt: String,
    /// The answer's text as far as it came.
    pub answer: String,
}

/// Keeps calls.
pub trait Ledger: Send + Sync {
    /// Writes a call down.
    fn record<'a>(&'a self, call: Call) -> Later<'a, ()>;
}

/// Calls in memory.
#[derive(Debug, Default)]
pub struct MemoryLedger(Mutex<Vec<Call>>);

impl MemoryLedger {
    /// The calls so far.
    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Ledger for MemoryLedger {
    fn record<'a>(&'a self, call: Call) -> Later<'a, ()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(call);
        Box::pin(std::future::ready(()))
    }
}
