//! What handlers share.

use std::sync::Arc;
use std::time::Instant;

use services::PgPool;
use services::live::Live;
use services::models::Models;

use super::process::Process;
use artifacts::Artifacts;
use config::Config;
use identity::Identity;
use universe::index::ScreenIndex;

/// Shared by all requests of a process; cheap to clone.
#[derive(Clone)]
pub struct AppState {
    /// Connections for short statements.
    pub db: PgPool,
    /// Every company in memory.
    pub index: Arc<ScreenIndex>,
    /// Who is told of what has just changed.
    pub live: Arc<Live>,
    /// Filed packages.
    pub artifacts: Artifacts,
    /// Transient queue state; optional.
    pub redis: Option<redis::Client>,
    /// Who asks.
    pub identity: Arc<Identity>,
    /// Models that write.
    pub models: Arc<Models>,
    /// The settings.
    pub config: Arc<Config>,
    /// Which build it is, and whether it is leaving.
    pub process: Arc<Process>,
    /// When the process was wired.
    pub started: Instant,
}
