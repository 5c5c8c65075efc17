//! The scraper service's own schema: sessions, their items and checkpoints, staged data, and request budgets.

pub mod budgets;
pub mod items;
pub mod sessions;
pub mod staged;
