//! Exports that jobs write, end to end: the same file as is streamed, cancelled, with a worker killed, private, expired.

mod contents;
mod interrupted;
mod kept;
mod parquet;
mod privacy;

use crate::support;
use crate::universe::data;
use std::time::Duration;

use crate::support::{Server, Worker};
use domain::facts::CompanyFacts;
use serde_json::{Value, json};

/// A worker that works on exports alone.
fn start_worker(server: &Server) -> Worker {
    Worker::start(server, &["exports", "--concurrency", "2"])
}

/// A server without sign-in that knows the companies.
async fn server_with(companies: &[CompanyFacts]) -> Server {
    let server = support::start(&[]).await;
    data::fill(server.db.pool(), companies).await;
    data::ready(&server, Some(companies.len() as u64)).await;
    server
}

/// Asks for an export and returns its path.
async fn start(server: &Server, body: &Value) -> String {
    let (status, made) = server.send("POST", "/api/exports", Some(body)).await;
    assert_eq!(status, 202, "{body}: {made}");
    // A worker may have begun by the time of the answer, or be done already.
    assert!(["queued", "running", "ready"].iter().any(|status| made["status"] == *status), "{made}");
    format!("/api/exports/{}", made["id"].as_str().unwrap())
}

/// Waits until the export stands there.
async fn wait_for(server: &Server, path: &str, status: &str) -> Value {
    let mut found = Value::Null;
    for _ in 0..2_400 {
        found = server.json(path, 200).await;
        if found["status"] == status {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("waiting for {status}, found {found}");
}

/// The file of an export.
async fn file(server: &Server, path: &str) -> Vec<u8> {
    let answer = server.get(&format!("{path}/download")).await;
    assert_eq!(answer.status().as_u16(), 200, "{path}");
    answer.bytes().await.unwrap().to_vec()
}

/// The same file as it is streamed.
async fn streamed(server: &Server, body: &Value) -> Vec<u8> {
    let answer = server.client.post(format!("{}/api/universe/export", server.url)).json(body).send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 200, "{body}");
    answer.bytes().await.unwrap().to_vec()
}

/// A screen with its columns.
fn screen() -> Value {
    json!({ "text": "revenue > 0", "sort": [{ "by": "name", "dir": "asc" }], "columns": ["revenue", "ebitda_margin"] })
}
