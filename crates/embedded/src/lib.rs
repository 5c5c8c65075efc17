//! Real Postgres and Valkey servers, started, watched, recovered and stopped as child processes.
//!
//! A data directory belongs to one process at a time. *Ready* means that the server answers to our own password and
//! says that its data is ours, never just that a port is open. A crashed server is started again; one that outlived a
//! killed supervisor is ended before the next start. Nothing here knows a table.

pub mod account;
pub mod binaries;
mod child;
mod error;
mod lock;
mod loopback;
mod machine;
mod orphan;
mod postgres;
pub mod running;
pub mod session;
mod valkey;

use std::path::{Path, PathBuf};

pub use child::Supervised;
pub use error::Error;
pub use lock::{DataDirLock, is_held};
pub use postgres::Postgres;
pub use valkey::Valkey;

/// What the data is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// Survives crashes and power cuts.
    Durable,
    /// For tests: fast, lost at a power cut, removed by [`Servers::stop_and_remove`].
    Throwaway,
}

/// Which servers to start, and where.
#[derive(Clone, Debug)]
pub struct Options {
    /// Everything is kept here; created when missing.
    pub data_dir: PathBuf,
    /// What the data is worth.
    pub profile: Profile,
    /// Whether to start Postgres.
    pub postgres: bool,
    /// Whether to start Valkey.
    pub valkey: bool,
}

/// The servers of one data directory. Dropping it stops them.
pub struct Servers {
    postgres: Option<Postgres>,
    valkey: Option<Valkey>,
    place: PathBuf,
    data_dir: PathBuf,
    // Released last: fields drop in this order.
    _lock: DataDirLock,
}

impl Servers {
    /// Takes the data directory and starts what is wanted; `progress` receives one short sentence per step.
    ///
    /// # Errors
    /// [`Error`], with its remedy in the text.
    pub async fn start(options: &Options, progress: impl Fn(&str)) -> Result<Self, Error> {
        let account = account::unprivileged()?;
        // As root the servers' account must be able to pass through.
        let mode = if account.is_some() { 0o711 } else { 0o700 };
        account::create_folder(&options.data_dir, mode)?;
        let data_dir = options
            .data_dir
            .canonicalize()
            .map_err(Error::io(format!("cannot open the data directory {}", options.data_dir.display())))?;
        let lock = DataDirLock::take(&data_dir)?;
        let place = account::place_for(&data_dir, account)?;
        let postgres = if options.postgres {
            let is_new = !place.join("postgres/PG_VERSION").is_file();
            progress(if is_new { "creating the Postgres data directory" } else { "starting Postgres" });
            Some(Postgres::start(&place, account, options.profile).await?)
        } else {
            None
        };
        let valkey = if options.valkey {
            progress("starting Valkey");
            Some(Valkey::start(&place, account, options.profile).await?)
        } else {
            None
        };
        Ok(Self { postgres, valkey, place, data_dir, _lock: lock })
    }

    /// Connection string of Postgres, when it was started here.
    #[must_use]
    pub fn database_url(&self) -> Option<String> {
        self.postgres.as_ref().map(Postgres::url)
    }

    /// Connection string of Valkey, when it was started here.
    #[must_use]
    pub fn redis_url(&self) -> Option<String> {
        self.valkey.as_ref().map(Valkey::url)
    }

    /// The Postgres server.
    #[must_use]
    pub fn postgres(&self) -> Option<&Supervised> {
        self.postgres.as_ref().map(Postgres::child)
    }

    /// The Valkey server.
    #[must_use]
    pub fn valkey(&self) -> Option<&Supervised> {
        self.valkey.as_ref().map(Valkey::child)
    }

    /// The data directory, as an absolute path without links.
    #[must_use]
    pub fn data_dir(&self) -> &Path {
        &self.data_dir
    }

    /// Stops the servers and waits until they are gone: Valkey first, then Postgres.
    pub async fn stop(self) {
        // Stopping waits for processes, so it must not block the runtime.
        let _ = tokio::task::spawn_blocking(move || drop(self)).await;
    }

    /// Stops the servers and removes everything they wrote, also outside the data directory.
    pub async fn stop_and_remove(self) {
        let (place, data_dir) = (self.place.clone(), self.data_dir.clone());
        self.stop().await;
        remove_files(&place, &data_dir);
    }
}

impl Drop for Servers {
    fn drop(&mut self) {
        self.valkey = None;
        self.postgres = None;
    }
}

/// Removes throw-away data directories in `folder` whose names begin with `prefix` and that no living process holds:
/// what a killed process left.
pub fn remove_leftovers(folder: &Path, prefix: &str) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let is_ours = entry.file_name().to_string_lossy().starts_with(prefix);
        // A folder without its lock file belongs to a process that is just creating it.
        if is_ours && path.join(lock::FILE).is_file() && !is_held(&path) {
            remove_files(&account::known_place(&path), &path);
        }
    }
}

fn remove_files(place: &Path, data_dir: &Path) {
    if account::is_outside(place) {
        let _ = std::fs::remove_dir_all(place);
    }
    let _ = std::fs::remove_dir_all(data_dir);
}
