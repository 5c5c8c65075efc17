//! kill -9 in the middle of a bulk change: all of it or nothing is there.

use std::time::Duration;

use serde_json::json;
use sqlx::PgPool;

use crate::universe::data::{address, serve};

const COMPANIES: i64 = 60_000;

async fn numbers(pool: &PgPool, list: uuid::Uuid) -> (i64, i64, i64, i64) {
    sqlx::query_as(
        "SELECT (SELECT count(*) FROM list_items WHERE list_id = $1), item_count::bigint,
                (SELECT count(*) FROM membership_changes WHERE subject = $1),
                (SELECT count(*) FROM audit_log WHERE action = 'list.add')
         FROM lists WHERE id = $1",
    )
    .bind(list)
    .fetch_one(pool)
    .await
    .unwrap()
}

#[tokio::test]
async fn a_bulk_change_is_there_whole_or_not_at_all() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let db = testing::database().await;
    let folder = tempfile::tempdir().unwrap();
    sqlx::query("INSERT INTO companies (orgnr, name) SELECT 5560000000 + n, 'Bolag' FROM generate_series(1, $1) AS n")
        .bind(COMPANIES)
        .execute(db.pool())
        .await
        .unwrap();
    let orgnrs: Vec<String> = (1..=COMPANIES).map(|n| (5_560_000_000 + n).to_string()).collect();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let mut whole = 0;
    for wait in [5, 40, 120, 250, 400, 700, 1_200] {
        let mut server = serve(&db, folder.path());
        let url = address(&mut server).await;
        let made = client.post(format!("{url}/api/lists")).json(&json!({ "name": "Alla" })).send().await.unwrap();
        let made: serde_json::Value = made.json().await.unwrap();
        let id = made["id"].as_str().unwrap();
        let before: i64 = sqlx::query_scalar("SELECT count(*) FROM audit_log WHERE action = 'list.add'")
            .fetch_one(db.pool())
            .await
            .unwrap();
        let request = client.post(format!("{url}/api/lists/{id}/items")).json(&json!({ "orgnrs": orgnrs })).send();
        let sent = tokio::spawn(request);
        tokio::time::sleep(Duration::from_millis(wait)).await;
        server.kill().unwrap();
        server.wait().unwrap();
        let _ = sent.await;
        // The server is dead; Postgres may still be finishing what it was told.
        let mut told = (0, 0, 0, 0);
        for _ in 0..40 {
            let now = numbers(db.pool(), id.parse().unwrap()).await;
            let busy: i64 = sqlx::query_scalar(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'lode' AND state <> 'idle'",
            )
            .fetch_one(db.pool())
            .await
            .unwrap();
            told = now;
            if busy == 0 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let added = told.3 - before;
        assert!(
            (told.0, told.1, told.2, added) == (0, 0, 0, 0)
                || (told.0, told.1, told.2, added) == (COMPANIES, COMPANIES, 1, 1),
            "after {wait} ms: {told:?}"
        );
        whole += i64::from(told.0 > 0);
    }
    println!("{whole} of 7 changes were whole, the others nothing");
}
