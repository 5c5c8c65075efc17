//! The service's API: who gets in, what it refuses and how, and what people do to a running session.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use super::protocol::Protocol;
use super::service::start;

const SECRET: &str = "a-secret-of-at-least-thirty-two-bytes";

fn token(role: &str) -> String {
    let claims = json!({ "sub": "5f0c0e0a-3f6d-4c0e-8f7f-0d6f6f0d6f6f", "aud": "authenticated", "exp": 4_102_444_800_u64, "app_metadata": { "role": role } });
    jsonwebtoken::encode(
        &jsonwebtoken::Header::default(),
        &claims,
        &jsonwebtoken::EncodingKey::from_secret(SECRET.as_bytes()),
    )
    .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn missing_permission_returns_401_or_403() {
    let (db, folder) = (testing::database().await, tempfile::tempdir().unwrap());
    let settings = [("REQUIRE_AUTH", "true".to_owned()), ("SUPABASE_JWT_SECRET", SECRET.to_owned())];
    let service = start(&db, folder.path(), &settings, None).await;
    let new = json!({ "source": "bulk_files", "options": { "files": ["scb"] } });
    let ask = async |method: Method, token: Option<String>| {
        let mut request = service.client.request(method.clone(), format!("{}/scraper/api/sessions", service.url));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        if method == Method::POST {
            request = request.json(&new);
        }
        request.send().await.unwrap().status().as_u16()
    };
    for (method, role, status) in [
        (Method::GET, None, 401),
        (Method::POST, None, 401),
        (Method::GET, Some("viewer"), 200),
        (Method::POST, Some("viewer"), 403),
        (Method::POST, Some("partner"), 403),
        (Method::POST, Some("admin"), 201),
    ] {
        assert_eq!(ask(method.clone(), role.map(token)).await, status, "{method} {role:?}");
    }
    assert_eq!(service.client.get(format!("{}/health", service.url)).send().await.unwrap().status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_input_and_impossible_actions_are_explained() {
    let (db, folder) = (testing::database().await, tempfile::tempdir().unwrap());
    let service = start(&db, folder.path(), &[], None).await;
    let caller = service.caller();
    let (status, problem) = caller
        .call(Method::POST, "/sessions", Some(json!({ "source": "annual_reports", "options": { "from_week": "x" } })))
        .await;
    assert_eq!((status, problem["errors"][0]["pointer"].as_str()), (422, Some("/options/from_week")), "{problem}");
    let (status, problem) = caller
        .call(
            Method::POST,
            "/sessions",
            Some(json!({ "source": "bolagsverket_api", "options": { "orgnrs": ["5560160680"] } })),
        )
        .await;
    assert_eq!(status, 422);
    assert!(problem["detail"].as_str().unwrap().contains("SCRAPER_BOLAGSVERKET_CLIENT_ID"), "{problem}");
    let (status, _) = caller.call(Method::GET, "/sessions/00000000-0000-0000-0000-000000000000", None).await;
    assert_eq!(status, 404);
    let session = caller.post("/sessions", json!({ "source": "bulk_files", "options": { "files": ["scb"] } })).await;
    assert_eq!((session["state"].as_str(), &session["actions"]), (Some("created"), &json!(["start", "cancel"])));
    let id = session["id"].as_str().unwrap();
    let (status, problem) = caller.call(Method::POST, &format!("/sessions/{id}/promote"), Some(json!({}))).await;
    assert_eq!(status, 409);
    assert!(problem["detail"].as_str().unwrap().contains("possible is start, cancel"), "{problem}");
    let sources = caller.get("/sources").await;
    assert_eq!(sources["items"][0]["is_ready"], false);
    let cancelled = caller.post(&format!("/sessions/{id}/cancel"), json!({})).await;
    assert_eq!((cancelled["state"].as_str(), &cancelled["actions"]), (Some("cancelled"), &json!([])));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_is_paused_followed_and_resumed() {
    let (db, folder) = (testing::database().await, tempfile::tempdir().unwrap());
    let server = Protocol::start().await;
    // Slowly, so that there is something to pause.
    let service = start(&db, folder.path(), &server.settings(300), None).await;
    let caller = service.caller();
    let id = caller.begin("bolagsverket_api", json!({ "orgnrs": server.numbers(), "documents": false })).await;
    while server.site.asked().len() < 3 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    caller.post(&format!("/sessions/{id}/pause"), json!({})).await;
    tokio::time::sleep(Duration::from_millis(1200)).await;
    let before = server.site.asked().len();
    tokio::time::sleep(Duration::from_millis(900)).await;
    assert_eq!(server.site.asked().len(), before, "nothing is asked while the session rests");
    assert_eq!(caller.get(&format!("/sessions/{id}")).await["state"], "paused");
    let events = caller.client.get(format!("{}/scraper/api/sessions/{id}/events", caller.url)).send().await.unwrap();
    assert_eq!(events.headers()["content-type"], "text/event-stream");
    caller.post(&format!("/sessions/{id}/resume"), json!({})).await;
    // The stream ends with the session, and its last event is the session at rest.
    let text = events.text().await.unwrap();
    let last: Value =
        text.lines().rev().find_map(|line| serde_json::from_str(line.strip_prefix("data: ")?).ok()).unwrap();
    assert_eq!(
        (last["state"].as_str(), &last["items"]),
        (Some("done"), &json!({ "done": server.numbers().len() })),
        "{text}"
    );
}
