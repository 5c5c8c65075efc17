//! Two hundred people's edits of shared lists at once: no update is lost, nothing fails, nobody waits for ever.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Instant;

use serde_json::json;
use tokio::sync::Semaphore;

use super::{SECRET, make_list, send, token};
use crate::support::start;

const PEOPLE: u128 = 200;
/// Requests under way at once.
const AT_ONCE: usize = 40;
const COMPANIES: u64 = 400;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_hundred_people_lose_nothing() {
    let server = Arc::new(start(&[("REQUIRE_AUTH", "true"), ("SUPABASE_JWT_SECRET", SECRET)]).await);
    sqlx::query("INSERT INTO companies (orgnr, name) SELECT 5560000000 + n, 'Bolag' FROM generate_series(1, $1) AS n")
        .bind(COMPANIES as i64)
        .execute(server.db.pool())
        .await
        .unwrap();
    let orgnr = |n: u128| (5_560_000_000 + u64::try_from(n).unwrap() % COMPANIES + 1).to_string();
    let first = token(&uuid::Uuid::from_u128(1).to_string(), "partner");
    let mut lists = Vec::new();
    for name in ["A", "B", "C"] {
        lists.push(make_list(&server, Some(&first), json!({ "name": name, "scope": "team" })).await);
    }
    let (_, label) = send(&server, "POST", "/api/labels", Some(&first), Some(json!({ "name": "Het" }))).await;
    let label = format!("/api/labels/{}", label["id"].as_str().unwrap());
    let lists = Arc::new(lists);
    let gate = Arc::new(Semaphore::new(AT_ONCE));
    let begun = Instant::now();
    let mut people = Vec::new();
    for person in 1..=PEOPLE {
        let (server, lists, gate, label) = (server.clone(), lists.clone(), gate.clone(), label.clone());
        people.push(tokio::spawn(async move {
            let token = token(&uuid::Uuid::from_u128(person).to_string(), "partner");
            let mut answers = Vec::new();
            let list = &lists[usize::try_from(person).unwrap() % 3];
            let other = lists[(usize::try_from(person).unwrap() + 1) % 3].rsplit('/').next().unwrap().to_owned();
            // Each person's own two companies in, one of them out and back; a note; a rename from the version read; a merge; a label.
            let own = [orgnr(person * 2), orgnr(person * 2 + 1)];
            let mut steps = vec![
                ("POST", format!("{list}/items"), Some(json!({ "orgnrs": own }))),
                ("PUT", format!("{list}/items/{}/note", own[0]), Some(json!({ "note": format!("från {person}") }))),
                ("POST", format!("{list}/items/remove"), Some(json!({ "orgnrs": [own[1]] }))),
                ("POST", format!("{label}/items"), Some(json!({ "orgnrs": own }))),
            ];
            if person % 10 == 0 {
                steps.push(("POST", format!("{list}/merge"), Some(json!({ "from": [other] }))));
            }
            for (method, path, body) in steps {
                let permit = gate.acquire().await.unwrap();
                let (status, answer) = send(&server, method, &path, Some(&token), body).await;
                drop(permit);
                if path.ends_with("/remove") && status == 200 {
                    let undo = format!("/api/changes/{}/undo", answer["change_id"].as_str().unwrap_or_default());
                    let permit = gate.acquire().await.unwrap();
                    let (undone, told) = send(&server, "POST", &undo, Some(&token), None).await;
                    drop(permit);
                    answers.push((undone, told.to_string()));
                }
                answers.push((status, answer.to_string()));
            }
            // A rename that somebody else was faster with is told so, read again, and sent again.
            for attempt in 0.. {
                let permit = gate.acquire().await.unwrap();
                let (_, now) = send(&server, "GET", list, Some(&token), None).await;
                let text = format!("{}+{person}", now["description"].as_str().unwrap_or_default());
                let body = json!({ "description": text, "version": now["version"] });
                let (status, answer) = send(&server, "PUT", list, Some(&token), Some(body)).await;
                drop(permit);
                if status == 200 {
                    break;
                }
                assert!(status == 409 && attempt < 500, "{status} {answer}");
            }
            answers
        }));
    }
    let mut requests = 0;
    for person in people {
        for (status, answer) in person.await.unwrap() {
            assert_eq!(status, 200, "{answer}");
            requests += 1;
        }
    }
    println!("{requests} changes and {PEOPLE} renames in {:?}", begun.elapsed());

    let mut described = BTreeSet::new();
    for list in lists.iter() {
        let (_, seen) = send(&server, "GET", list, Some(&first), None).await;
        let (_, members) = send(&server, "GET", &format!("{list}/items"), Some(&first), None).await;
        assert_eq!(seen["item_count"], members["count"], "the count is the number of companies");
        let description = seen["description"].as_str().unwrap_or_default().to_owned();
        described.extend(description.split('+').filter_map(|part| part.parse::<u128>().ok()));
    }
    assert_eq!(described.len() as u128, PEOPLE, "no rename was lost");
    for person in 1..=PEOPLE {
        let list = &lists[usize::try_from(person).unwrap() % 3];
        let marks = json!({ "orgnrs": [orgnr(person * 2), orgnr(person * 2 + 1)], "list_id": list.rsplit('/').next() });
        let (_, marks) = send(&server, "POST", "/api/companies/marks", Some(&first), Some(marks)).await;
        for item in marks["items"].as_array().unwrap() {
            assert!(item["item"].is_object() && item["labels"][0]["name"] == "Het", "{person}: {item}");
        }
    }
    let (_, labels) = send(&server, "GET", "/api/labels", Some(&first), None).await;
    assert_eq!(labels["items"][0]["item_count"], COMPANIES);
}
