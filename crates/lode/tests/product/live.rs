//! Windows are told of what others change, at once, and of nothing that is not theirs to know.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::json;

use crate::identity::people::{token, with_project};
use crate::support::Server;

/// A window: the stream of one person.
struct Window {
    answer: reqwest::Response,
    text: String,
}

impl Window {
    async fn open(server: &Server, person: &str) -> Self {
        let request = server.client.get(format!("{}/api/live/events", server.url)).bearer_auth(person);
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status().as_u16(), 200);
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        let mut window = Self { answer, text: String::new() };
        while !window.text.contains("event: live") {
            window.read(Duration::from_secs(20)).await.expect("the stream begins");
        }
        window.text.clear();
        window
    }

    async fn read(&mut self, patience: Duration) -> Option<()> {
        let piece = tokio::time::timeout(patience, self.answer.chunk()).await.ok()?.unwrap()?;
        self.text.push_str(std::str::from_utf8(&piece).unwrap());
        Some(())
    }

    /// What is told until everything that is expected has been, and a little longer.
    async fn told(&mut self, expected: &[&str]) -> BTreeSet<String> {
        let deadline = tokio::time::Instant::now() + Duration::from_secs(20);
        let mut last = None;
        loop {
            let told: BTreeSet<String> = self
                .text
                .lines()
                .filter_map(|line| line.strip_prefix("data: "))
                .flat_map(|data| serde_json::from_str::<Vec<String>>(data).unwrap())
                .collect();
            let is_whole = expected.iter().all(|topic| told.contains(*topic));
            let now = tokio::time::Instant::now();
            let until = *last.get_or_insert_with(|| if is_whole { now + Duration::from_millis(700) } else { deadline });
            if is_whole && until == deadline {
                last = Some(now + Duration::from_millis(700));
                continue;
            }
            if now >= until || self.read(until - now).await.is_none() {
                self.text.clear();
                return told;
            }
        }
    }
}

fn topics(of: &[&str]) -> BTreeSet<String> {
    of.iter().map(|topic| (*topic).to_owned()).collect()
}

#[tokio::test]
async fn each_kind_of_change_is_told_to_every_window_and_a_message_to_its_reader_alone() {
    let server = with_project().await;
    sqlx::query("INSERT INTO companies (orgnr, name) VALUES (5560000001, 'Provbolaget AB')")
        .execute(server.db.pool())
        .await
        .unwrap();
    let (anna, bo) = (token(1, "admin"), token(2, "analyst"));
    // What somebody makes gives them their row.
    let label = json!({ "name": "Egen", "scope": "private" });
    assert_eq!(server.send_as(Some(&bo), "POST", "/api/labels", Some(&label)).await.0 / 100, 2);
    let send = async |method: &str, path: &str, body: serde_json::Value| {
        let (status, answer) = server.send_as(Some(&anna), method, path, Some(&body)).await;
        assert!((200..300).contains(&status), "{method} {path}: {status} {answer}");
        answer
    };
    let list =
        send("POST", "/api/lists", json!({ "name": "Kort", "scope": "team" })).await["id"].as_str().unwrap().to_owned();
    // What changed just before a window began is told to it, because its page may have been fetched before.
    let mut window = Window::open(&server, &bo).await;
    window.told(&[]).await;
    let mut own = Window::open(&server, &anna).await;
    own.told(&[]).await;

    let items = format!("/api/lists/{list}/items");
    for (path, body, expected) in [
        ("/api/prospects", json!({ "orgnrs": ["5560000001"], "scope": "team" }), &["prospects"][..]),
        (items.as_str(), json!({ "orgnrs": ["5560000001"] }), &["lists"]),
        ("/api/companies/5560000001/notes", json!({ "body": "Ringde", "kind": "call" }), &["notes", "prospects"]),
        ("/api/labels", json!({ "name": "Intressant", "scope": "team" }), &["labels"]),
        ("/api/exclusions", json!({ "orgnrs": ["5560000001"], "reason": "Fel bransch" }), &["exclusions"]),
        ("/api/views", json!({ "name": "Stora", "scope": "team" }), &["views"]),
    ] {
        send("POST", path, body).await;
        assert_eq!(window.told(expected).await, topics(expected), "{path}");
    }
    // Doing the same again changes no row, and says nothing.
    send("POST", &items, json!({ "orgnrs": ["5560000001"] })).await;
    own.told(&["views"]).await;
    assert_eq!(window.told(&[]).await, topics(&[]));

    // A message is one person's.
    sqlx::query("INSERT INTO notifications (user_id, kind) VALUES ($1, 'mention')")
        .bind(uuid::Uuid::from_u128(2))
        .execute(server.db.pool())
        .await
        .unwrap();
    assert_eq!(window.told(&["notifications"]).await, topics(&["notifications"]));
    assert_eq!(own.told(&[]).await, topics(&[]), "somebody else's message is nobody else's to know of");

    // What is rolled back never happened.
    let mut tx = server.db.begin().await.unwrap();
    sqlx::query("UPDATE views SET name = 'Andra'").execute(&mut *tx).await.unwrap();
    tx.rollback().await.unwrap();
    assert_eq!(window.told(&[]).await, topics(&[]));
}

#[tokio::test]
async fn a_person_has_so_many_windows_and_a_closed_one_makes_room() {
    let server = with_project().await;
    let (anna, bo) = (token(1, "viewer"), token(2, "viewer"));
    let mut windows = Vec::new();
    for _ in 0..services::live::MOST_PER_PERSON {
        windows.push(Window::open(&server, &anna).await);
    }
    let (status, answer) = server.send_as(Some(&anna), "GET", "/api/live/events", None).await;
    assert_eq!(status, 429, "{answer}");
    assert!(answer["detail"].as_str().unwrap().contains("close one"), "{answer}");
    drop(Window::open(&server, &bo).await);
    windows.pop();
    for _ in 0..100 {
        let request = server.client.get(format!("{}/api/live/events", server.url)).bearer_auth(&anna);
        if request.send().await.unwrap().status().as_u16() == 200 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the closed window still has its place");
}

#[tokio::test]
async fn a_lost_connection_to_the_database_is_told_as_anything_may_have_changed() {
    let server = with_project().await;
    let mut window = Window::open(&server, &token(1, "viewer")).await;
    sqlx::query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%lode_live%' AND pid <> pg_backend_pid()")
        .execute(server.db.pool())
        .await
        .unwrap();
    let all: Vec<_> = store::live::Topic::ALL.iter().map(|topic| topic.as_str()).collect();
    assert_eq!(window.told(&all).await, topics(&all));
}
