//! A real server on a real database, and a client for it.

#![allow(dead_code, reason = "each test program uses the part it needs")]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use api::state::AppState;
use artifacts::Artifacts;
use config::Config;
use services::models::Models;
use sqlx::PgPool;
use store::pool::{PoolSettings, connect_lazy};
use testing::TestDatabase;
use universe::index::ScreenIndex;

/// A running API; stopped when dropped.
pub struct Server {
    pub url: String,
    pub db: Arc<TestDatabase>,
    pub artifacts: Artifacts,
    pub identity: Arc<identity::Identity>,
    pub client: reqwest::Client,
    _stop: tokio::sync::oneshot::Sender<()>,
    _folder: tempfile::TempDir,
}

/// Starts the API with these settings beside the defaults.
pub async fn start(settings: &[(&str, &str)]) -> Server {
    start_on(Arc::new(testing::database().await), settings).await
}

/// Starts another process of the same installation.
pub async fn beside(server: &Server, settings: &[(&str, &str)]) -> Server {
    start_on(server.db.clone(), settings).await
}

/// Starts the API on a database that is there already.
pub async fn start_on(db: Arc<TestDatabase>, settings: &[(&str, &str)]) -> Server {
    start_with(db, settings, |db, folder| ScreenIndex::start(db, Some(folder.join("index")))).await
}

/// Starts another process of the same installation whose index never comes.
pub async fn beside_without_index(server: &Server) -> Server {
    start_with(server.db.clone(), &[], |db, _| ScreenIndex::idle(db)).await
}

/// Starts an API whose index never comes, as while it loads: Postgres answers in its place.
pub async fn without_index(settings: &[(&str, &str)]) -> Server {
    start_with(Arc::new(testing::database().await), settings, |db, _| ScreenIndex::idle(db)).await
}

async fn start_with(
    db: Arc<TestDatabase>,
    settings: &[(&str, &str)],
    index: impl FnOnce(PgPool, &Path) -> Arc<ScreenIndex>,
) -> Server {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let folder = tempfile::tempdir().unwrap();
    let settings: BTreeMap<String, String> = settings
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .chain([("LODE_DATA_DIR".to_owned(), folder.path().display().to_string())])
        .collect();
    let config = Config::from_values(|name| settings.get(name).cloned()).unwrap();
    let artifacts = Artifacts::in_folder(folder.path()).unwrap();
    let index = index(db.pool().clone(), folder.path());
    let policy = identity::jwks::Policy { fetch_every: Duration::from_millis(200), ..Default::default() };
    let identity = Arc::new(identity::Identity::from_config(&config, policy).unwrap());
    let state = AppState {
        identity: identity.clone(),
        db: db.pool().clone(),
        index,
        live: services::live::Live::new(db.pool().clone()),
        artifacts: artifacts.clone(),
        redis: None,
        models: Arc::new(Models::new(&config, None, db.pool().clone(), artifacts.clone())),
        config: Arc::new(config),
        process: process(&db),
        started: Instant::now(),
    };
    let listener = api::server::listen([127, 0, 0, 1].into(), 0).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    tokio::spawn(api::server::serve_until(listener, api::router(state), async {
        let _ = stopped.await;
    }));
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    Server { url, db, artifacts, identity, client, _stop: stop, _folder: folder }
}

/// A development build, with a connection of its own for probes.
pub fn process(db: &TestDatabase) -> Arc<api::process::Process> {
    let build = config::Build { version: "0.0.0", commit: Some("0123456789ab") };
    Arc::new(api::process::Process::new(build, connect_lazy(&PoolSettings::probing(db.url())).unwrap()))
}

/// A worker process on a server's database and artifact store, without Redis; killed when dropped.
pub struct Worker(Child);

impl Worker {
    /// Starts `lode worker` with these arguments.
    pub fn start(server: &Server, arguments: &[&str]) -> Self {
        let child = Command::new(env!("CARGO_BIN_EXE_lode"))
            .arg("worker")
            .args(arguments)
            .env("DATABASE_URL", server.db.url())
            .env("ARTIFACT_STORE_URL", server.artifacts.place())
            .env("LODE_DATA_DIR", server.artifacts.place())
            .env_remove("REDIS_URL")
            .env("RUST_LOG", "off")
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        Self(child)
    }

    /// SIGKILL.
    pub fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Server {
    /// Waits until the server says that it is ready: the index of a new one loads for a moment.
    pub async fn until_ready(&self) {
        for _ in 0..600 {
            if self.get("/ready").await.status().is_success() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the server never became ready");
    }

    pub async fn get(&self, path: &str) -> reqwest::Response {
        self.client.get(format!("{}{path}", self.url)).send().await.unwrap()
    }

    /// Sends a request without a body, or with one, and returns status and answer; null for an empty one.
    pub async fn send(&self, method: &str, path: &str, body: Option<&serde_json::Value>) -> (u16, serde_json::Value) {
        self.send_as(None, method, path, body).await
    }

    /// As [`Self::send`], by the person whose token it is.
    pub async fn send_as(
        &self,
        token: Option<&str>,
        method: &str,
        path: &str,
        body: Option<&serde_json::Value>,
    ) -> (u16, serde_json::Value) {
        let (status, text) = self.send_for_text(token, method, path, body).await;
        (status, serde_json::from_str(&text).unwrap_or_default())
    }

    /// As [`Self::send_as`], with the answer as it is.
    pub async fn send_for_text(
        &self,
        token: Option<&str>,
        method: &str,
        path: &str,
        body: Option<&serde_json::Value>,
    ) -> (u16, String) {
        let mut request = self.client.request(method.parse().unwrap(), format!("{}{path}", self.url));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    /// As [`Self::send_as`], again for a while when the server says that too much is under way: nothing was done then.
    pub async fn send_until_admitted(
        &self,
        token: Option<&str>,
        method: &str,
        path: &str,
        body: Option<&serde_json::Value>,
    ) -> (u16, serde_json::Value) {
        let until = Instant::now() + Duration::from_secs(30);
        loop {
            let (status, answer) = self.send_as(token, method, path, body).await;
            if status != 503 || Instant::now() > until {
                return (status, answer);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// The body of an answer with this status.
    pub async fn json(&self, path: &str, status: u16) -> serde_json::Value {
        let answer = self.get(path).await;
        let (found, text) = (answer.status().as_u16(), answer.text().await.unwrap());
        assert_eq!(found, status, "{path}: {text}");
        serde_json::from_str(&text).unwrap()
    }
}
