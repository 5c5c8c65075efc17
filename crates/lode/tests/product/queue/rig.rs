//! Servers of the test's own, worker processes, and test jobs whose effects are counted.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use embedded::{Options, Profile, Servers};
use jobs::run_probe::{Instead, RunProbe};
use queue::{JobId, enqueue_many};
use sqlx::PgPool;
use store::jobs::probes::{self, ProbeCount};
use store::jobs::{JobRow, read};
use uuid::Uuid;

pub struct Rig {
    pub pool: PgPool,
    pub database_url: String,
    pub redis_url: Option<String>,
    pub batch: Uuid,
    pub workers: Vec<Process>,
    pub servers: Option<Servers>,
    _db: Option<testing::TestDatabase>,
    _folder: Option<tempfile::TempDir>,
    pub data_dir: tempfile::TempDir,
}

/// A process that does not outlive the test.
pub struct Process(pub Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Process {
    pub fn signal(&self, signal: nix::sys::signal::Signal) {
        let pid = nix::unistd::Pid::from_raw(self.0.id().cast_signed());
        nix::sys::signal::kill(pid, signal).unwrap();
    }
}

pub fn lode() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lode"));
    command.env_remove("DATABASE_URL").env_remove("REDIS_URL").env_remove("ARTIFACT_STORE_URL");
    command
}

/// A client for what a worker tells over HTTP.
pub fn client() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().build().unwrap()
}

impl Rig {
    /// A database and a Redis on the servers that all tests share.
    pub async fn new() -> Self {
        let db = testing::database().await;
        let redis_url = Some(testing::redis().await);
        Self {
            pool: db.pool().clone(),
            database_url: db.url().to_owned(),
            redis_url,
            batch: Uuid::now_v7(),
            workers: Vec::new(),
            servers: None,
            _db: Some(db),
            _folder: None,
            data_dir: tempfile::tempdir().unwrap(),
        }
    }

    /// Servers that this test may kill.
    pub async fn with_own_servers() -> Self {
        let folder = tempfile::tempdir().unwrap();
        // As root the servers run under another account, which must be able to pass through.
        std::fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o711)).unwrap();
        let data_dir = folder.path().join("data");
        let options = Options { data_dir, profile: Profile::Throwaway, postgres: true, valkey: true };
        let servers = Servers::start(&options, |_| {}).await.unwrap();
        let (database_url, redis_url) = (servers.database_url().unwrap(), servers.redis_url());
        let pool = sqlx::postgres::PgPoolOptions::new()
            .max_connections(6)
            .acquire_timeout(Duration::from_secs(30))
            .connect(&database_url)
            .await
            .unwrap();
        store::schema::migrate(&pool).await.unwrap();
        Self {
            pool,
            database_url,
            redis_url,
            batch: Uuid::now_v7(),
            workers: Vec::new(),
            servers: Some(servers),
            _db: None,
            _folder: Some(folder),
            data_dir: tempfile::tempdir().unwrap(),
        }
    }

    pub fn worker(&self, more: &[&str]) -> Process {
        let mut command = lode();
        command.args(["worker", "monitors"]).args(more);
        command.env("DATABASE_URL", &self.database_url).env("LODE_DATA_DIR", self.data_dir.path());
        command.env("RUST_LOG", std::env::var("LODE_TEST_LOG").unwrap_or_else(|_| "off".to_owned()));
        if let Some(url) = &self.redis_url {
            command.args(["--url", url]);
        }
        Process(command.stdout(Stdio::null()).spawn().unwrap())
    }

    pub fn start(&mut self, more: &[&str]) {
        let worker = self.worker(more);
        self.workers.push(worker);
    }

    /// Enqueues test jobs with these numbers.
    pub async fn enqueue(&self, numbers: std::ops::Range<i32>, work_ms: u64) -> Vec<JobId> {
        let jobs: Vec<RunProbe> = numbers.map(|number| self.probe(number, work_ms, Instead::Nothing)).collect();
        let mut tx = self.pool.begin().await.unwrap();
        let done = enqueue_many(&mut tx, &jobs, &queue::Options::default()).await.unwrap();
        tx.commit().await.unwrap();
        done.into_iter().map(|one| one.id).collect()
    }

    pub fn probe(&self, number: i32, work_ms: u64, instead: Instead) -> RunProbe {
        RunProbe { batch: self.batch, number, work_ms, instead }
    }

    pub async fn effects(&self) -> ProbeCount {
        probes::count(&mut self.pool.acquire().await.unwrap(), self.batch).await.unwrap()
    }

    /// Waits until the effects of so many jobs are there.
    pub async fn wait_for_effects(&self, count: i64, within: Duration) -> Duration {
        let begun = Instant::now();
        loop {
            if let Ok(mut conn) = self.pool.acquire().await
                && let Ok(found) = probes::count(&mut conn, self.batch).await
                && found.numbers >= count
            {
                return begun.elapsed();
            }
            if begun.elapsed() > within {
                let states: Vec<(String, i64)> = sqlx::query_as("SELECT state, count(*) FROM jobs GROUP BY state")
                    .fetch_all(&self.pool)
                    .await
                    .unwrap();
                panic!("{:?} of {count} effects after {within:?}; jobs: {states:?}", self.effects().await);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    pub async fn wait_until_running(&self, count: i64) {
        for _ in 0..1_200 {
            let running: i64 = sqlx::query_scalar("SELECT count(*) FROM jobs WHERE state = 'running'")
                .fetch_one(&self.pool)
                .await
                .unwrap();
            if running >= count {
                return;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("fewer than {count} jobs run after half a minute");
    }

    pub async fn job(&self, id: JobId) -> JobRow {
        read::get(&mut self.pool.acquire().await.unwrap(), id.0).await.unwrap().unwrap()
    }

    /// Every effect is there, and none twice.
    pub async fn assert_each_once(&self, count: i64) {
        assert_eq!(self.effects().await, ProbeCount { numbers: count, rows: count });
    }
}

pub async fn exit_of(process: &mut Process, within: Duration) -> std::process::ExitStatus {
    let begun = Instant::now();
    loop {
        if let Some(status) = process.0.try_wait().unwrap() {
            return status;
        }
        assert!(begun.elapsed() < within, "the process still runs after {within:?}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
