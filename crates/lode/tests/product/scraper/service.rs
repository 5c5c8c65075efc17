//! The service in this process: its router, its worker, and calls to its API.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use artifacts::Artifacts;
use config::Config;
use crawl::{Fetch, Guard, Web};
use scraper::{self, Scraper};
use serde_json::{Value, json};
use testing::TestDatabase;
use tokio_util::sync::CancellationToken;

pub struct Service {
    pub url: String,
    pub client: reqwest::Client,
    _stop: tokio::sync::oneshot::Sender<()>,
    stop: CancellationToken,
}

impl Drop for Service {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

/// Starts it with settings beside the defaults.
pub async fn start(
    db: &TestDatabase,
    folder: &Path,
    settings: &[(&'static str, String)],
    web: Option<Arc<dyn Fetch>>,
) -> Service {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let settings: BTreeMap<&str, String> =
        settings.iter().cloned().chain([("LODE_DATA_DIR", folder.display().to_string())]).collect();
    let config = Arc::new(Config::from_values(|name| settings.get(name).cloned()).unwrap());
    let artifacts = Artifacts::in_folder(&folder.join("artifacts")).unwrap();
    let web =
        web.unwrap_or_else(|| Arc::new(Web::with(Guard::default(), Arc::new(crawl::resolve::SystemResolver)).unwrap()));
    let made = Scraper::new(db.pool().clone(), artifacts.clone(), web, config.scraper.clone(), folder.join("scraper"))
        .unwrap();
    let (service, stop) = (Arc::new(made), CancellationToken::new());
    tokio::spawn(scraper::run::run(Arc::clone(&service), stop.clone()));
    let state = lode::wiring::scraper_state(db.pool().clone(), db.url(), config, artifacts).unwrap();
    let listener = api::server::listen([127, 0, 0, 1].into(), 0).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (told, stopped) = tokio::sync::oneshot::channel::<()>();
    tokio::spawn(api::server::serve_until(listener, api::scraper_router(state, service), async {
        let _ = stopped.await;
    }));
    Service { url, client: reqwest::Client::builder().no_proxy().build().unwrap(), _stop: told, stop }
}

/// A caller of a service, wherever it runs.
pub struct Caller {
    pub url: String,
    pub client: reqwest::Client,
}

impl Service {
    pub fn caller(&self) -> Caller {
        Caller { url: self.url.clone(), client: self.client.clone() }
    }
}

impl Caller {
    pub async fn call(&self, method: reqwest::Method, path: &str, body: Option<Value>) -> (u16, Value) {
        let mut request = self.client.request(method, format!("{}/scraper/api{path}", self.url));
        if let Some(body) = body {
            request = request.json(&body);
        }
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap_or_default())
    }

    pub async fn get(&self, path: &str) -> Value {
        let (status, answer) = self.call(reqwest::Method::GET, path, None).await;
        assert_eq!(status, 200, "{path}: {answer}");
        answer
    }

    pub async fn post(&self, path: &str, body: Value) -> Value {
        let (status, answer) = self.call(reqwest::Method::POST, path, Some(body)).await;
        assert!(matches!(status, 200 | 201), "{path}: {status} {answer}");
        answer
    }

    /// Makes a session and starts it.
    pub async fn begin(&self, source: &str, options: Value) -> String {
        let session = self.post("/sessions", json!({ "source": source, "options": options, "start": true })).await;
        session["id"].as_str().unwrap().to_owned()
    }

    /// Waits until the session's phase is over.
    pub async fn until_rest(&self, id: &str) -> Value {
        let begun = Instant::now();
        loop {
            let session = self.get(&format!("/sessions/{id}")).await;
            if session["state"] != "running" {
                return session;
            }
            assert!(begun.elapsed() < Duration::from_secs(120), "still running: {session}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Validates and takes over what a session fetched.
    pub async fn take_over(&self, id: &str) -> Value {
        for action in ["validate", "promote"] {
            self.post(&format!("/sessions/{id}/{action}"), json!({})).await;
            let session = self.until_rest(id).await;
            assert_eq!(session["state"], "done", "{action}: {session}");
        }
        self.get(&format!("/sessions/{id}")).await
    }
}
