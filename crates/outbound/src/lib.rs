//! What leaves the house on its own: calls of webhooks and letters, and whose turn it is to ask a website. Jobs use it; actions never do.

pub mod guard;
pub mod letter;
pub mod send;
pub mod webhook;
pub mod website_turns;
