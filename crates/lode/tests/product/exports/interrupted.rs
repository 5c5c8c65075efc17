//! Exports that are stopped, and workers that are killed.

use std::time::Duration;

use serde_json::{Value, json};
use sqlx::{Executor, Postgres, Transaction};

use super::{file, screen, server_with, start, start_worker, streamed, wait_for};
use crate::support::Server;
use crate::universe::data;

/// Nobody reads companies until the transaction ends, so that a job stands in the middle of its work.
async fn standstill(server: &Server) -> Transaction<'static, Postgres> {
    let mut tx = server.db.pool().begin().await.unwrap();
    tx.execute("LOCK TABLE company_facts IN ACCESS EXCLUSIVE MODE").await.unwrap();
    tx
}

async fn job_of(server: &Server, export: &Value) -> Value {
    server.json(&format!("/api/jobs/{}", export["job_id"]), 200).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_is_killed_leaves_a_file_that_is_written_once() {
    let server = server_with(&data::plain(5_000)).await;
    let path = start(&server, &screen()).await;
    let still = standstill(&server).await;
    let worker = start_worker(&server);
    wait_for(&server, &path, "running").await;
    assert_eq!(server.get(&format!("{path}/download")).await.status().as_u16(), 409);
    worker.kill();
    still.rollback().await.unwrap();
    let worker = start_worker(&server);
    let export = wait_for(&server, &path, "ready").await;
    drop(worker);
    assert_eq!(export["rows_done"], 5_000);
    let job = job_of(&server, &export).await;
    assert_eq!(
        (&job["attempt"], &job["errors"][0]["kind"], &job["state"]),
        (&json!(2), &json!("lost"), &json!("completed"))
    );
    assert!(file(&server, &path).await == streamed(&server, &screen()).await);
    let finished = server.json("/api/admin/audit?action=export.finish", 200).await;
    assert_eq!(finished["items"].as_array().unwrap().len(), 1, "once: {finished}");
    let work = std::path::Path::new(server.artifacts.place()).join("work");
    assert_eq!(std::fs::read_dir(work).unwrap().count(), 0, "nothing of the killed run is left behind");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_is_killed_while_it_writes_is_followed_by_another() {
    // Long enough that the rows are on their way when it dies, wherever in them that is.
    let companies: Vec<_> = screen::synthetic::companies(30_000, 3).collect();
    let server = server_with(&companies).await;
    let mut body = screen();
    body["columns"] = domain::catalogue::FIELDS.iter().map(|field| field.key).collect();
    let path = start(&server, &body).await;
    let worker = start_worker(&server);
    wait_for(&server, &path, "running").await;
    tokio::time::sleep(Duration::from_millis(700)).await;
    worker.kill();
    let worker = start_worker(&server);
    let export = wait_for(&server, &path, "ready").await;
    drop(worker);
    assert!(file(&server, &path).await == streamed(&server, &body).await, "{export}");
    let finished = server.json("/api/admin/audit?action=export.finish", 200).await;
    assert_eq!(finished["items"].as_array().unwrap().len(), 1, "once: {finished}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_is_cancelled_where_it_stands_and_asked_for_again() {
    let server = server_with(&data::plain(2_000)).await;
    // While it waits.
    let waiting = start(&server, &screen()).await;
    let (status, told) = server.send("POST", &format!("{waiting}/cancel"), None).await;
    assert_eq!((status, &told["status"]), (200, &json!("cancelled")));
    assert_eq!(server.send("POST", &format!("{waiting}/cancel"), None).await.0, 409);
    assert_eq!(server.send("GET", &format!("{waiting}/download"), None).await.0, 409);

    // While it is being written.
    let running = start(&server, &screen()).await;
    let still = standstill(&server).await;
    let worker = start_worker(&server);
    wait_for(&server, &running, "running").await;
    assert_eq!(server.send("POST", &format!("{running}/retry"), None).await.0, 409);
    let begun = std::time::Instant::now();
    let (status, told) = server.send("POST", &format!("{running}/cancel"), None).await;
    assert_eq!(status, 200, "{told}");
    let cancelled = wait_for(&server, &running, "cancelled").await;
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    assert_eq!((&cancelled["download_url"], &cancelled["error"]), (&Value::Null, &Value::Null));
    still.rollback().await.unwrap();

    // Both again.
    for path in [&waiting, &running] {
        let (status, told) = server.send("POST", &format!("{path}/retry"), None).await;
        assert_eq!(status, 202, "{told}");
        wait_for(&server, path, "ready").await;
        assert!(file(&server, path).await == streamed(&server, &screen()).await);
        assert_eq!(server.send("POST", &format!("{path}/retry"), None).await.0, 409);
    }
    drop(worker);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_that_cannot_be_written_fails_with_the_reason_and_one_that_is_removed_is_gone() {
    let server = server_with(&data::plain(200)).await;
    let (_, list) =
        server.send("POST", "/api/lists", Some(&json!({ "name": "Kort", "scope": "private", "orgnrs": [] }))).await;
    let broken = start(&server, &json!({ "text": "in list Kort" })).await;
    sqlx::query("DELETE FROM lists WHERE id = $1::uuid")
        .bind(list["id"].as_str().unwrap())
        .execute(server.db.pool())
        .await
        .unwrap();
    let removed = start(&server, &screen()).await;
    let still = standstill(&server).await;
    let worker = start_worker(&server);
    wait_for(&server, &removed, "running").await;
    assert_eq!(server.send("DELETE", &removed, None).await.0, 204);
    still.rollback().await.unwrap();
    let failed = wait_for(&server, &broken, "failed").await;
    assert!(failed["error"].as_str().unwrap().contains("there is no list"), "{failed}");
    assert_eq!(server.get(&removed).await.status().as_u16(), 404);
    drop(worker);
}
