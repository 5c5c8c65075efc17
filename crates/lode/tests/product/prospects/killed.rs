//! A server killed in the middle of a bulk change: all of it is there, or nothing.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

const CARDS: i64 = 4_000;

/// `lode serve` as a process of its own, and its address.
fn serve(url: &str, data_dir: &std::path::Path) -> (Child, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_lode"))
        .args(["serve", "--port", "0"])
        .env("DATABASE_URL", url)
        .env("LODE_DATA_DIR", data_dir)
        .env_remove("REDIS_URL")
        .env_remove("REQUIRE_AUTH")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let address = loop {
        let line = lines.next().expect("the server says where it listens").unwrap();
        if let Some(address) = line.strip_prefix("ready ") {
            break address.trim().to_owned();
        }
    };
    (child, address)
}

#[tokio::test]
async fn a_killed_bulk_change_is_whole_or_absent() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let db = testing::database().await;
    let folder = tempfile::tempdir().unwrap();
    sqlx::query(
        "INSERT INTO companies (orgnr, name) SELECT 5560000000 + n, 'Bolag ' || n FROM generate_series(1, $1) n",
    )
    .bind(CARDS)
    .execute(db.pool())
    .await
    .unwrap();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let (mut absent, mut whole) = (0, 0);
    // The wait grows, so that the kill falls before, inside and after the transaction.
    for milliseconds in [1, 20, 60, 120, 250, 500] {
        let (mut server, url) = serve(db.url(), folder.path());
        let orgnrs: Vec<String> = (1..=CARDS).map(|n| (5_560_000_000 + n).to_string()).collect();
        let add = client.post(format!("{url}/api/prospects")).json(&json!({ "orgnrs": orgnrs })).send().await.unwrap();
        assert_eq!(add.status(), 200);
        let cards: Value =
            client.get(format!("{url}/api/prospects?limit=10000")).send().await.unwrap().json().await.unwrap();
        let from = cards["items"][0]["stage"].as_str().unwrap().to_owned();
        let to = if from == "new" { "researching" } else { "new" };
        let changes: Vec<Value> = cards["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|card| json!({ "id": card["id"], "version": card["version"], "stage": to }))
            .collect();
        let bulk = client.post(format!("{url}/api/prospects/bulk")).json(&json!({ "changes": changes })).send();
        let kill = async {
            tokio::time::sleep(Duration::from_millis(milliseconds)).await;
            server.kill().unwrap();
            server.wait().unwrap();
        };
        let _ = tokio::join!(bulk, kill);
        // The connection of the killed server may still be finishing what had been sent to commit.
        for _ in 0..100 {
            let busy: i64 = sqlx::query_scalar(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'lode serve'",
            )
            .fetch_one(db.pool())
            .await
            .unwrap();
            if busy == 0 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let moved: i64 = sqlx::query_scalar("SELECT count(*) FROM prospects WHERE stage = $1")
            .bind(to)
            .fetch_one(db.pool())
            .await
            .unwrap();
        let logged: i64 = sqlx::query_scalar(
            "SELECT coalesce(sum(c.companies), 0)::bigint
             FROM (SELECT event_id, 1 AS companies FROM activity_companies
                   UNION ALL SELECT event_id, cardinality(members) FROM activity_blocks) c
             JOIN activity_events e ON e.id = c.event_id
             WHERE e.kind = 'prospect.moved' AND e.detail->>'to' = $1
               AND e.id = (SELECT max(id) FROM activity_events WHERE kind = 'prospect.moved')",
        )
        .bind(to)
        .fetch_one(db.pool())
        .await
        .unwrap();
        match moved {
            0 => absent += 1,
            CARDS => {
                assert_eq!(logged, CARDS, "what moved is in the log");
                whole += 1;
            }
            part => panic!("{part} of {CARDS} moved"),
        }
    }
    println!("killed six times: absent {absent}, whole {whole}");
    assert!(absent + whole == 6 && absent > 0, "the first kill comes before anything can be done");
}
