//! Which database a command means.

use std::path::Path;

use anyhow::Context;
use config::Config;

/// `DATABASE_URL`, else the database of the installation that runs on the data directory.
///
/// # Errors
/// When neither is there; the words say what to do.
pub(super) fn database_of(config: &Config, data_dir: &Path) -> anyhow::Result<String> {
    let running = || embedded::running::find(data_dir).map(|running| running.database_url);
    config.database_url.clone().or_else(running).with_context(|| {
        format!("DATABASE_URL is not set, and nothing runs on {}; start it with lode up", data_dir.display())
    })
}
