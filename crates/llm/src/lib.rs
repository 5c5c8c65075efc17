//! Models behind any OpenAI-compatible server: `POST {base}/chat/completions`.
//!
//! A [`Client`] sends one [`Request`] and gives one checked [`Answer`]. Why the answer ended is looked at before anything of it is read; a
//! truncated answer is never repaired and never kept. Before a call its highest cost is reserved ([`Budget`]), after it the cost that
//! was is settled; every call is written down ([`Ledger`]). All workers share one [`Gate`] per provider, so that one 429 slows everybody
//! and loses nobody. The crate knows no database: who keeps budgets and calls implements the two traits.

mod attempt;
mod budget;
mod client;
mod error;
mod gate;
mod ledger;
mod probe;
mod provider;
mod request;
mod stream;
mod structure;
pub mod trace;
mod wire;

pub use budget::{Budget, Later, LocalBudget, NotReserved, OverBudget, Reservation};
pub use client::{Answer, Client, Patience};
pub use error::CallError;
pub use gate::{Gate, LocalGate, RedisGate};
pub use ledger::{Call, Ledger, MemoryLedger, Outcome};
pub use probe::probe;
pub use provider::{Abilities, Micros, Provider, Structure};
pub use request::{Message, Request, Role};
pub use structure::{Schema, Violation};
