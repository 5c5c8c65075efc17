//! Settings of how a process starts, stops and uses Postgres; and which build it is.

use std::time::Duration;

use super::parse;

/// Which build of the program runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Build {
    /// Version of the release, e.g. `0.1.0`.
    pub version: &'static str,
    /// Commit that it was built from, with `-modified` where files differed; `None` in a development build, and where neither
    /// `LODE_COMMIT` nor a git repository told it.
    pub commit: Option<&'static str>,
}

impl Build {
    /// Version and commit in one text: `0.1.0 (3f2a…)`, or `0.1.0 (development build)`.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{} ({})", self.version, self.commit.unwrap_or("development build"))
    }
}

/// How a process starts, stops and uses Postgres.
#[derive(Clone, Debug)]
pub struct ProcessConfig {
    /// Connections to Postgres for requests of the API.
    pub database_pool: u32,
    /// Connections of a worker for its jobs; `None` means as many as its concurrency needs.
    pub worker_pool: Option<u32>,
    /// Connections of the scraper service.
    pub scraper_pool: u32,
    /// How long `lode serve` waits for the screening index before it opens the port all the same.
    pub start_wait: Duration,
    /// After SIGTERM: how long `/ready` says no while requests are still answered, so that proxies turn away first.
    pub unready: Duration,
    /// After that: how long running requests may take to end.
    pub drain: Duration,
}

impl ProcessConfig {
    /// Judges the settings.
    pub(super) fn from_values(get: &impl Fn(&str) -> Option<String>, wrong: &mut Vec<String>) -> Self {
        let mut pool = |name: &str, default: u32| {
            let expected = format!("{name} must be a number of connections from 2 to 500");
            let size = parse(get(name), default, &expected, wrong);
            if !(2..=500).contains(&size) {
                wrong.push(expected);
            }
            size
        };
        let database_pool = pool("DATABASE_POOL_SIZE", 16);
        let worker_pool = get("WORKER_POOL_SIZE").map(|_| pool("WORKER_POOL_SIZE", 0));
        let scraper_pool = pool("SCRAPER_POOL_SIZE", 8);
        let mut seconds = |name: &str, default: u64| {
            let expected = format!("{name} must be a number of seconds from 0 to 3600");
            let count = parse(get(name), default, &expected, wrong);
            if count > 3600 {
                wrong.push(expected);
            }
            Duration::from_secs(count)
        };
        Self {
            database_pool,
            worker_pool,
            scraper_pool,
            start_wait: seconds("START_WAIT_SECONDS", 120),
            unready: seconds("UNREADY_SECONDS", 5),
            drain: seconds("DRAIN_SECONDS", 25),
        }
    }

    /// Every setting as it may be shown.
    pub(super) fn redacted(&self) -> [(&'static str, Option<String>); 6] {
        let seconds = |duration: Duration| Some(duration.as_secs().to_string());
        [
            ("DATABASE_POOL_SIZE", Some(self.database_pool.to_string())),
            ("WORKER_POOL_SIZE", self.worker_pool.map(|size| size.to_string())),
            ("SCRAPER_POOL_SIZE", Some(self.scraper_pool.to_string())),
            ("START_WAIT_SECONDS", seconds(self.start_wait)),
            ("UNREADY_SECONDS", seconds(self.unready)),
            ("DRAIN_SECONDS", seconds(self.drain)),
        ]
    }
}
