//! The runtime on real servers, workers in this process: what a handler can decide and what the queue promises for it.

mod decisions;
mod order;
mod rig;
mod schedules;
mod sharing;
