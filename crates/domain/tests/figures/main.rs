//! Metrics, facts and identities on the figures of real reports and on generated ones.

mod facts;
mod filed;
mod generated;
mod metrics;
