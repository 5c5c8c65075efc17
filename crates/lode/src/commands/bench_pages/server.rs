//! The API in this process, on a database that is given, and what a call of it cost.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::ensure;
use config::Config;
use serde_json::Value;
use store::PgPool;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::milliseconds;
use crate::wiring::{Services, app_state};

/// The running API.
pub struct Server {
    url: String,
    client: reqwest::Client,
    db: PgPool,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<anyhow::Result<()>>,
}

/// An answer and its cost.
#[derive(Debug)]
pub struct Answer {
    /// Its JSON; null for a file.
    pub body: Value,
    /// From the first byte sent to the last one received.
    pub took_ms: f64,
    /// Bytes of the answer.
    pub shown: f64,
}

impl Server {
    /// Serves the database, once the index is loaded. The folder keeps the index file.
    pub async fn start(database_url: &str, folder: &Path) -> anyhow::Result<Self> {
        let data_dir = folder.display().to_string();
        let config = Config::from_values(|name| (name == "LODE_DATA_DIR").then(|| data_dir.clone()))?;
        let services = Services { database_url: database_url.to_owned(), redis_url: None };
        let state = app_state(Arc::new(config), &services).await?;
        state.index.wait_until_ready().await;
        let db = state.db.clone();
        let listener = api::server::listen([127, 0, 0, 1].into(), 0).await?;
        let url = format!("http://{}", listener.local_addr()?);
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = tokio::spawn(api::server::serve_until(listener, api::router(state), async {
            let _ = stopped.await;
        }));
        let client = reqwest::Client::builder().no_proxy().tcp_nodelay(true).build()?;
        Ok(Self { url, client, db, stop, serving })
    }

    /// Ends it.
    pub async fn stop(self) {
        let _ = self.stop.send(());
        let _ = tokio::time::timeout(Duration::from_secs(10), self.serving).await;
        self.db.close().await;
    }

    /// Rows that Postgres has read so far.
    pub async fn rows_read(&self) -> anyhow::Result<i64> {
        Ok(store::generated_load::rows_read(&self.db).await?)
    }

    /// Reads a route.
    pub async fn get(&self, path: &str) -> anyhow::Result<Answer> {
        self.send(self.client.get(format!("{}{path}", self.url)), path).await
    }

    /// Asks a route with a body.
    pub async fn post(&self, path: &str, body: &Value) -> anyhow::Result<Answer> {
        self.send(self.client.post(format!("{}{path}", self.url)).json(body), path).await
    }

    async fn send(&self, request: reqwest::RequestBuilder, path: &str) -> anyhow::Result<Answer> {
        let begun = Instant::now();
        let answer = request.send().await?;
        let status = answer.status();
        let bytes = answer.bytes().await?;
        let took_ms = milliseconds(begun.elapsed());
        ensure!(status.is_success(), "{path}: {status} {}", String::from_utf8_lossy(&bytes));
        Ok(Answer { body: serde_json::from_slice(&bytes).unwrap_or_default(), took_ms, shown: bytes.len() as f64 })
    }
}
