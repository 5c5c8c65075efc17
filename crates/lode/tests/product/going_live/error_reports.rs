//! Errors reported to a server that speaks Sentry's envelope protocol: what arrives, what never does, and that nothing does when it is off.

use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use jobs::run_probe::Instead;
use serde_json::Value;

use crate::queue::rig::{Process, Rig, client, lode};

/// A server of reports: what it got, and how it answers.
#[derive(Clone, Default)]
struct Sentry {
    got: Arc<Mutex<Vec<(HeaderMap, String)>>>,
    is_tired: Arc<Mutex<bool>>,
}

impl Sentry {
    async fn start() -> (Self, String) {
        let sentry = Self::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let dsn = format!("http://0123456789abcdef@{}/7", listener.local_addr().unwrap());
        let routes = Router::new().route("/api/7/envelope/", axum::routing::post(receive)).with_state(sentry.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        (sentry, dsn)
    }

    /// The events that came, each taken out of its envelope.
    fn events(&self) -> Vec<Value> {
        let got = self.got.lock().unwrap();
        got.iter()
            .map(|(headers, body)| {
                let authorization = headers["x-sentry-auth"].to_str().unwrap();
                assert!(authorization.contains("sentry_key=0123456789abcdef"), "{authorization}");
                let mut lines = body.lines();
                let header: Value = serde_json::from_str(lines.next().unwrap()).unwrap();
                let item: Value = serde_json::from_str(lines.next().unwrap()).unwrap();
                assert_eq!(item["type"], "event");
                let event = lines.next().unwrap();
                assert_eq!(item["length"].as_u64().unwrap() as usize, event.len());
                let event: Value = serde_json::from_str(event).unwrap();
                let id = |value: &Value| value["event_id"].as_str().unwrap().replace('-', "");
                assert_eq!(id(&event), id(&header));
                event
            })
            .collect()
    }

    async fn until(&self, is_there: impl Fn(&Value) -> bool) -> Value {
        for _ in 0..400 {
            if let Some(event) = self.events().into_iter().find(|event| is_there(event)) {
                return event;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("no such report: {:#?}", self.events());
    }
}

async fn receive(State(sentry): State<Sentry>, headers: HeaderMap, body: String) -> impl IntoResponse {
    sentry.got.lock().unwrap().push((headers, body));
    if *sentry.is_tired.lock().unwrap() {
        return (StatusCode::TOO_MANY_REQUESTS, [("retry-after", "300")], "").into_response();
    }
    (StatusCode::OK, "{}").into_response()
}

/// `lode serve` on the rig's database, without Redis.
fn serve(rig: &Rig, settings: &[(&str, &str)]) -> (Process, String) {
    let mut command = lode();
    command
        .args(["serve", "--port", "0"])
        .env("DATABASE_URL", &rig.database_url)
        .env("LODE_DATA_DIR", rig.data_dir.path());
    command.env("RUST_LOG", "error").envs(settings.iter().copied()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut api = Process(command.spawn().unwrap());
    let mut line = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(api.0.stdout.take().unwrap()), &mut line).unwrap();
    (api, line.trim().strip_prefix("ready ").expect("it says where it is").to_owned())
}

/// Asks for what the broken table holds, with secrets in every place that a request has; returns the request's id.
async fn fail(base: &str) -> String {
    let request = client().get(format!("{base}/api/lists?scope=all"));
    let request = request.header("authorization", "Bearer lode_3kTq9ZxYw8vUs7RpQo6NmLk5JiHg4FeDc3Ba2");
    let answer =
        request.header("cookie", "session=hunter2").header("from", "anna.berg@example.se").send().await.unwrap();
    assert_eq!(answer.status(), 500);
    answer.headers()["x-request-id"].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn error_of_a_request_and_panic_of_a_job_are_reported_without_secrets_and_off_means_off() {
    let rig = Rig::new().await;
    let (sentry, dsn) = Sentry::start().await;
    let (_api, base) = serve(&rig, &[("SENTRY_DSN", &dsn), ("SENTRY_ENVIRONMENT", "staging")]);
    let (_silent, silent_base) = serve(&rig, &[]);
    sqlx::raw_sql("ALTER TABLE lists RENAME COLUMN name TO name_gone").execute(&rig.pool).await.unwrap();

    let unreported = fail(&silent_base).await;
    let id = fail(&base).await;
    let event = sentry.until(|event| event["tags"]["request_id"] == Value::String(id.clone())).await;
    // `error` is what the protocol takes an event for that says nothing.
    assert!(event["level"].is_null() || event["level"] == "error", "{event}");
    assert_eq!(event["environment"], "staging");
    assert_eq!(event["tags"]["role"], "api");
    let release = event["release"].as_str().unwrap();
    assert!(release.starts_with(&format!("lode@{}", env!("CARGO_PKG_VERSION"))), "{release}");
    let message = event["message"].as_str().unwrap();
    assert!(message.starts_with("request failed: ") && message.contains("does not exist"), "{message}");
    assert!(event.get("user").is_none() && event.get("request").is_none(), "{event}");
    tokio::time::sleep(Duration::from_millis(300)).await;
    let is_told = sentry.events().iter().any(|event| event["tags"]["request_id"] == Value::String(unreported.clone()));
    assert!(!is_told, "the process without a DSN reports nothing");

    let mut worker = lode();
    worker
        .args(["worker", "monitors"])
        .env("DATABASE_URL", &rig.database_url)
        .env("LODE_DATA_DIR", rig.data_dir.path());
    worker.env("SENTRY_DSN", &dsn).env("RUST_LOG", "error").stdout(Stdio::null()).stderr(Stdio::null());
    let _worker = Process(worker.spawn().unwrap());
    let mut tx = rig.pool.begin().await.unwrap();
    let job = rig.probe(1, 0, Instead::Panic);
    queue::enqueue(&mut tx, &job).await.unwrap();
    tx.commit().await.unwrap();
    let event = sentry.until(|event| event["level"] == "fatal").await;
    let exception = &event["exception"]["values"][0];
    assert_eq!((exception["type"].as_str(), event["tags"]["role"].as_str()), (Some("panic"), Some("worker")));
    assert!(event["culprit"].as_str().unwrap().contains("run_probe.rs:"), "{event}");

    let all: String = sentry.got.lock().unwrap().iter().map(|(headers, body)| format!("{headers:?}{body}")).collect();
    for secret in ["hunter2", "lode_3k", "anna", "berg", "DATABASE_URL", rig.database_url.as_str(), "name_gone"] {
        assert!(!all.contains(secret), "{secret} in {all}");
    }
}

#[tokio::test]
async fn server_of_reports_that_asks_for_a_pause_gets_one_and_one_that_is_away_holds_nobody_up() {
    let rig = Rig::new().await;
    let (sentry, dsn) = Sentry::start().await;
    *sentry.is_tired.lock().unwrap() = true;
    let (_api, base) = serve(&rig, &[("SENTRY_DSN", &dsn)]);
    let (_other, other_base) = serve(&rig, &[("SENTRY_DSN", "http://0123456789abcdef@127.0.0.1:9/7")]);
    sqlx::raw_sql("ALTER TABLE lists RENAME COLUMN name TO name_gone").execute(&rig.pool).await.unwrap();
    fail(&base).await;
    sentry.until(|_| true).await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    let begun = std::time::Instant::now();
    for _ in 0..150 {
        fail(&base).await;
        fail(&other_base).await;
    }
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
    assert_eq!(sentry.events().len(), 1, "it asked for five minutes");
    let metrics = client().get(format!("{base}/metrics")).send().await.unwrap().text().await.unwrap();
    assert!(metrics.contains("lode_error_reports_total{outcome=\"dropped\"}"), "{metrics}");
}
