//! What leaves the house on its own: calls of webhooks and letters. Jobs use it; actions never do.

pub mod guard;
pub mod letter;
pub mod send;
pub mod webhook;
