//! Jobs over the API, as a person and a program use them.

use crate::support;
use std::time::Duration;

use crate::support::{Server, Worker};
use jobs::run_probe::{Instead, RunProbe};
use queue::Options;
use serde_json::Value;
use uuid::Uuid;

fn worker(server: &Server) -> Worker {
    Worker::start(server, &["--concurrency", "4"])
}

async fn post(server: &Server, path: &str, status: u16) -> Value {
    let answer = server.client.post(format!("{}{path}", server.url)).send().await.unwrap();
    let (found, text) = (answer.status().as_u16(), answer.text().await.unwrap());
    assert_eq!(found, status, "{path}: {text}");
    serde_json::from_str(&text).unwrap()
}

async fn enqueue(server: &Server, instead: Instead) -> i64 {
    let job = RunProbe { batch: Uuid::now_v7(), number: 0, work_ms: 0, instead };
    let options = Options { max_attempts: Some(1), ..Options::default() };
    queue::enqueue_with(&mut server.db.acquire().await.unwrap(), &job, &options).await.unwrap().id.0
}

async fn wait_for(server: &Server, id: i64, state: &str) -> Value {
    let mut job = Value::Null;
    for _ in 0..1_200 {
        job = server.json(&format!("/api/jobs/{id}"), 200).await;
        if job["state"] == state {
            return job;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("waiting for {state}, found {job}");
}

#[tokio::test]
async fn a_job_is_listed_cancelled_and_retried_and_each_is_in_the_audit_log() {
    let server = support::start(&[]).await;
    let (first, second) = (enqueue(&server, Instead::Nothing).await, enqueue(&server, Instead::Fail).await);
    let list = server.json("/api/jobs?limit=1", 200).await;
    assert_eq!((list["items"][0]["id"].as_i64(), list["next"].as_i64()), (Some(second), Some(second)));
    let rest = server.json(&format!("/api/jobs?before={second}&state=available,running&queue=monitors"), 200).await;
    assert_eq!((rest["items"][0]["id"].as_i64(), rest["next"].is_null()), (Some(first), true));

    assert_eq!(post(&server, &format!("/api/jobs/{first}/cancel"), 200).await["state"], "cancelled");
    let told = post(&server, &format!("/api/jobs/{first}/cancel"), 409).await;
    assert!(told["detail"].as_str().unwrap().contains("cancelled"), "{told}");
    assert_eq!(post(&server, &format!("/api/jobs/{first}/retry"), 200).await["state"], "available");

    let running = worker(&server);
    wait_for(&server, first, "completed").await;
    let dead = wait_for(&server, second, "discarded").await;
    assert_eq!(dead["errors"][0]["kind"], "error");
    assert!(dead["last_error"].as_str().unwrap().contains("asked to"));
    post(&server, &format!("/api/jobs/{first}/discard"), 409).await;
    assert_eq!(post(&server, &format!("/api/jobs/{second}/discard"), 200).await["state"], "cancelled");
    drop(running);

    let said = server.json("/api/admin/audit?action=job", 200).await;
    let actions: Vec<_> = said["items"].as_array().unwrap().iter().map(|event| event["action"].clone()).collect();
    assert_eq!(actions, ["job.discard", "job.retry", "job.cancel"]);
    server.json("/api/jobs/999999", 404).await;
    let wrong = server.json("/api/jobs?state=lost", 422).await;
    assert!(wrong["detail"].as_str().unwrap().contains("retryable"), "{wrong}");
    server.json("/api/jobs?limit=0", 422).await;
}

#[tokio::test]
async fn a_paused_queue_starts_nothing_and_says_so() {
    // As every process does at its start; without it nothing is measured.
    api::install_metrics();
    let server = support::start(&[]).await;
    assert_eq!(measured(&server, "oldest_seconds").await, 0.0, "nothing waits yet");
    let running = worker(&server);
    let paused = post(&server, "/api/jobs/queues/monitors/pause", 200).await;
    let queue = paused["queues"].as_array().unwrap().iter().find(|queue| queue["queue"] == "monitors").unwrap();
    assert!(queue["paused_at"].is_string());
    let told = post(&server, "/api/jobs/queues/mail/pause", 404).await;
    assert!(told["detail"].as_str().unwrap().contains("enrichment"), "{told}");
    let id = post(&server, "/api/jobs/probe", 202).await["job_id"].as_i64().unwrap();
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    assert_eq!(server.json(&format!("/api/jobs/{id}"), 200).await["state"], "available");
    assert_eq!(measured(&server, "waiting").await, 1.0);
    assert_eq!(measured(&server, "running").await, 0.0);
    let oldest = measured(&server, "oldest_seconds").await;
    assert!((1.0..60.0).contains(&oldest), "the probe has waited for a second and a half, the metric says {oldest}");
    let overview = server.json("/api/jobs/queues", 200).await;
    assert_eq!(overview["workers"].as_array().unwrap().len(), 1);
    assert_eq!(overview["workers"][0]["dispatch"], "postgres");
    post(&server, "/api/jobs/queues/monitors/resume", 200).await;
    wait_for(&server, id, "completed").await;
    assert_eq!((measured(&server, "waiting").await, measured(&server, "oldest_seconds").await), (0.0, 0.0));

    assert_eq!(measured(&server, "dead").await, 0.0);
    let dead = enqueue(&server, Instead::Fail).await;
    wait_for(&server, dead, "discarded").await;
    assert_eq!(measured(&server, "dead").await, 1.0);

    let mut tx = server.db.begin().await.unwrap();
    let slow = RunProbe { batch: Uuid::now_v7(), number: 1, work_ms: 20_000, instead: Instead::Nothing };
    let slow = queue::enqueue(&mut tx, &slow).await.unwrap().0;
    tx.commit().await.unwrap();
    wait_for(&server, slow, "running").await;
    assert_eq!((measured(&server, "running").await, measured(&server, "waiting").await), (1.0, 0.0));
    drop(running);
}

/// What `/metrics` says of the queue `monitors`. The gauges are the process's, so only one test of this file asks for them.
async fn measured(server: &Server, what: &str) -> f64 {
    let text = server.get("/metrics").await.text().await.unwrap();
    let name = format!("lode_jobs_{what}{{queue=\"monitors\"}} ");
    let value = text.lines().find_map(|line| line.strip_prefix(&name));
    value.unwrap_or_else(|| panic!("no {name}in:\n{text}")).parse().unwrap()
}

#[tokio::test]
async fn a_job_is_followed_live_to_its_end_and_nothing_is_told_twice() {
    let server = support::start(&[]).await;
    let id = enqueue(&server, Instead::Nothing).await;
    let path = format!("/api/jobs/{id}/events");
    let follow = async |known: Option<&str>| {
        let mut request = server.client.get(format!("{}{path}", server.url));
        if let Some(known) = known {
            request = request.header("last-event-id", known);
        }
        let answer = request.send().await.unwrap();
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        answer
    };
    let mut stream = follow(None).await;
    let first = String::from_utf8(stream.chunk().await.unwrap().unwrap().to_vec()).unwrap();
    assert!(first.contains("event: job") && first.contains("\"state\":\"available\""), "{first}");
    let known = first.lines().find_map(|line| line.strip_prefix("id: ")).unwrap().to_owned();
    // Who comes back knowing what stands is told nothing until something changes.
    let mut again = follow(Some(&known)).await;
    assert!(tokio::time::timeout(Duration::from_millis(1_500), again.chunk()).await.is_err());
    let running = worker(&server);
    let mut rest = String::new();
    while let Some(piece) = stream.chunk().await.unwrap() {
        rest.push_str(std::str::from_utf8(&piece).unwrap());
    }
    assert!(rest.contains("\"state\":\"completed\""), "the stream ends with the job: {rest}");
    drop(running);
    assert_eq!(server.get("/api/jobs/999999/events").await.status().as_u16(), 404);
}

#[tokio::test]
async fn an_upload_becomes_an_import_and_tells_how_far_it_is() {
    let server = support::start(&[]).await;
    let text = "orgnr;name;period_start;period_end;revenue;total_assets;equity;net_income\n\
                5560360793;Bolag AB;2021-01-01;2021-12-31;1000;500;200;10\n";
    let send = async |kind: &str, name: &str, text: &str, status: u16| {
        let part = format!(
            "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\ncontent-type: text/csv\r\n\r\n{text}\r\n--x--\r\n"
        );
        let request = server.client.post(format!("{}/api/imports?kind={kind}", server.url)).body(part);
        let answer = request.header("content-type", "multipart/form-data; boundary=x").send().await.unwrap();
        let (found, text) = (answer.status().as_u16(), answer.text().await.unwrap());
        assert_eq!(found, status, "{text}");
        serde_json::from_str::<Value>(&text).unwrap()
    };
    assert!(send("mail", "a.csv", text, 422).await["detail"].as_str().unwrap().contains("filings"));
    assert!(send("accounts", "a.exe", text, 422).await["detail"].as_str().unwrap().contains(".csv"));
    assert!(send("accounts", "a.csv", "", 422).await["detail"].as_str().unwrap().contains("empty"));
    let accepted = send("accounts", "bokslut.csv", text, 202).await;
    assert_eq!(accepted["is_repeated"], false);
    let repeated = send("accounts", "bokslut.csv", text, 202).await;
    assert_eq!((&repeated["is_repeated"], &repeated["job_id"]), (&Value::Bool(true), &accepted["job_id"]));
    let running = worker(&server);
    let job = wait_for(&server, accepted["job_id"].as_i64().unwrap(), "completed").await;
    drop(running);
    assert_eq!(job["result"]["report"]["read"], 1);
    let run = server.json(&format!("/api/imports/{}", job["result"]["import_id"].as_str().unwrap()), 200).await;
    assert_eq!((run["status"].as_str(), run["files"][0]["name"].as_str()), (Some("completed"), Some("bokslut.csv")));
    server.json("/api/companies/5560360793", 200).await;
    let said = server.json("/api/admin/audit?action=import.upload", 200).await;
    assert_eq!(said["items"][0]["detail"]["files"][0], "bokslut.csv");
}

#[tokio::test]
async fn only_administrators_see_and_steer_the_jobs_of_others() {
    let secret = "a-secret-of-at-least-thirty-two-bytes";
    let server = support::start(&[("REQUIRE_AUTH", "true"), ("SUPABASE_JWT_SECRET", secret)]).await;
    let id = enqueue(&server, Instead::Nothing).await;
    let call = async |role: &str, method: reqwest::Method, path: String| {
        let claims = serde_json::json!({ "sub": Uuid::new_v4(), "aud": "authenticated", "exp": 4_102_444_800_u64,
            "email": "anna@example.se", "app_metadata": { "role": role } });
        let key = jsonwebtoken::EncodingKey::from_secret(secret.as_bytes());
        let token = jsonwebtoken::encode(&jsonwebtoken::Header::default(), &claims, &key).unwrap();
        let request = server.client.request(method, format!("{}{path}", server.url)).bearer_auth(token);
        request.send().await.unwrap().status().as_u16()
    };
    let (get, post) = (reqwest::Method::GET, reqwest::Method::POST);
    assert_eq!(call("analyst", get.clone(), format!("/api/jobs/{id}")).await, 404);
    assert_eq!(call("partner", post.clone(), format!("/api/jobs/{id}/cancel")).await, 404);
    assert_eq!(call("partner", get.clone(), "/api/jobs/queues".to_owned()).await, 403);
    assert_eq!(call("partner", get.clone(), "/api/jobs/events".to_owned()).await, 403);
    assert_eq!(call("partner", post.clone(), "/api/jobs/queues/monitors/pause".to_owned()).await, 403);
    assert_eq!(call("partner", post.clone(), "/api/imports?kind=filings".to_owned()).await, 403);
    assert_eq!(call("admin", get.clone(), format!("/api/jobs/{id}")).await, 200);
    assert_eq!(call("admin", post, format!("/api/jobs/{id}/cancel")).await, 200);
    assert_eq!(call("viewer", get, "/api/jobs".to_owned()).await, 200);
}
