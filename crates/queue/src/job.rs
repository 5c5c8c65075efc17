//! What can be queued: data with a stable name and a policy. How it runs lives elsewhere.

use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// In which order jobs of one queue are started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Priority {
    /// Somebody waits for it.
    High,
    /// Most.
    #[default]
    Normal,
    /// When nothing else is to do.
    Low,
}

impl Priority {
    /// 1, 2 or 3, as in the database.
    #[must_use]
    pub fn number(self) -> i16 {
        match self {
            Self::High => 1,
            Self::Normal => 2,
            Self::Low => 3,
        }
    }
}

/// A kind of job. The value is its payload: identities and settings, never the data itself, since a job may run later than
/// the data stands. Fields may be added with a default, never renamed: jobs outlive releases.
pub trait Job: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Stable name, verb and noun: `import_files`.
    const KIND: &'static str;
    /// The queue it goes to.
    const QUEUE: &'static str;
    /// Its priority, unless it is enqueued with another.
    const PRIORITY: Priority = Priority::Normal;
    /// How often it may be started before it is dead.
    const MAX_ATTEMPTS: u16 = 8;
    /// A run that takes longer is stopped and counts as failed.
    const TIMEOUT: Duration = Duration::from_secs(300);
    /// How many may run at once, over all workers; `None` for as many as there are places.
    const CONCURRENCY: Option<u16> = None;
    /// The wait after the first failure; each further one doubles it, up to an hour.
    const BACK_OFF: Duration = Duration::from_secs(5);

    /// Among unfinished jobs of the kind there is one with this key: enqueuing it again means that one. `None` never
    /// means another job.
    fn unique_key(&self) -> Option<String> {
        None
    }

    /// What it is about, for logs and for finding it: `company:5560000001`, `list:…`, `run:…`.
    fn subject(&self) -> Option<String> {
        None
    }
}
