//! Two hundred people's worth of edits at once: nothing lost, nothing broken, nobody stuck.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use super::people::{ANNA, add, companies, server, token};

const PEOPLE: usize = 200;
const CARDS: i64 = 40;
const EDITS_EACH: usize = 3;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn edits_of_two_hundred_people_lose_nothing() {
    let server = Arc::new(server().await);
    let orgnrs = companies(&server, CARDS).await;
    let anna = token(ANNA, "analyst");
    let added = add(&server, &anna, &orgnrs).await;
    let ids: Arc<Vec<String>> =
        Arc::new(added["added"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect());
    let written = Arc::new(AtomicUsize::new(0));
    let collisions = Arc::new(AtomicUsize::new(0));
    let mut people = Vec::new();
    for number in 0..PEOPLE {
        // Each has an account of their own: a person alone may not ask that much.
        let own = token(&uuid::Uuid::from_u128(1_000 + number as u128).to_string(), "analyst");
        let (server, ids) = (server.clone(), ids.clone());
        let (written, collisions) = (written.clone(), collisions.clone());
        people.push(tokio::spawn(async move {
            for edit in 0..EDITS_EACH {
                let id = &ids[(number * 7 + edit * 13) % ids.len()];
                // Every tenth person moves several cards at once, in an order of their own.
                if number % 10 == 0 {
                    let stage = ["researching", "contacted"][edit % 2];
                    let changes: Vec<Value> = (0..10)
                        .map(|step| ids[(number + edit + ids.len() - step * 3) % ids.len()].clone())
                        .map(|id| json!({ "id": id, "stage": stage }))
                        .collect();
                    let body = json!({ "changes": changes });
                    let (status, answer) =
                        server.send_until_admitted(Some(&own), "POST", "/api/prospects/bulk", Some(&body)).await;
                    assert_eq!(status, 200, "{answer}");
                    continue;
                }
                // Everyone adds one to the value that they read: a lost update would show in the sum.
                loop {
                    let path = format!("/api/prospects/{id}");
                    let (status, card) = server.send_until_admitted(Some(&own), "GET", &path, None).await;
                    assert_eq!(status, 200, "{card}");
                    let value = card["value_sek"].as_i64().unwrap_or(0) + 1;
                    let body = json!({ "version": card["version"], "value_sek": value });
                    let (status, answer) = server.send_until_admitted(Some(&own), "PATCH", &path, Some(&body)).await;
                    match status {
                        200 => break,
                        409 => collisions.fetch_add(1, Ordering::Relaxed),
                        other => panic!("{other}: {answer}"),
                    };
                }
                written.fetch_add(1, Ordering::Relaxed);
            }
        }));
    }
    for person in people {
        person.await.unwrap();
    }
    let sum: i64 =
        sqlx::query_scalar("SELECT sum(value_sek)::bigint FROM prospects").fetch_one(server.db.pool()).await.unwrap();
    assert_eq!(usize::try_from(sum).unwrap(), written.load(Ordering::Relaxed), "no update was lost");
    assert_eq!(written.load(Ordering::Relaxed), PEOPLE * 9 / 10 * EDITS_EACH);
    let open: i64 = sqlx::query_scalar("SELECT count(*) FROM prospect_moves WHERE left_at IS NULL")
        .fetch_one(server.db.pool())
        .await
        .unwrap();
    assert_eq!(open, CARDS, "every card stands in exactly one stage");
    println!("{} edits, {} met somebody else's", written.load(Ordering::Relaxed), collisions.load(Ordering::Relaxed));
}
