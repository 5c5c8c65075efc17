//! `running.json` in the data directory: how tools find the installation that is running there.

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::lock;

const FILE: &str = "running.json";

/// Addresses of a running installation. The file holds passwords and is readable by its owner only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Running {
    /// The supervising process.
    pub pid: u32,
    /// Postgres, with its password.
    pub database_url: String,
    /// Valkey, with its password.
    pub redis_url: Option<String>,
    /// API and web app, once they are ready.
    pub http_url: Option<String>,
    /// RFC 3339.
    pub started_at: String,
}

/// Writes the file, replacing an older one in one step.
///
/// # Errors
/// When it cannot be written.
pub fn write(data_dir: &Path, running: &Running) -> Result<(), Error> {
    let path = data_dir.join(FILE);
    let partial = data_dir.join("running.json.new");
    let result = serde_json::to_vec_pretty(running).map_err(std::io::Error::from).and_then(|bytes| {
        let _ = std::fs::remove_file(&partial);
        let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&partial)?;
        file.write_all(&bytes)?;
        std::fs::rename(&partial, &path)
    });
    result.map_err(Error::io(format!("cannot write {}", path.display())))
}

/// What the file says, whether or not that process is still alive.
#[must_use]
pub fn read(data_dir: &Path) -> Option<Running> {
    serde_json::from_slice(&std::fs::read(data_dir.join(FILE)).ok()?).ok()
}

/// The installation that runs on this data directory now; a file left behind by a killed process does not count.
#[must_use]
pub fn find(data_dir: &Path) -> Option<Running> {
    if lock::is_held(data_dir) { read(data_dir) } else { None }
}

/// Removes the file.
pub fn remove(data_dir: &Path) {
    let _ = std::fs::remove_file(data_dir.join(FILE));
}
