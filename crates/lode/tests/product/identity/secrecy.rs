//! No secret stands in a log line, an address, an error or the audit log.

use std::io;
use std::sync::{Arc, Mutex};

use domain::access::Role;
use serde_json::json;

use super::people::{PASSWORD, access, join, refresh, send, sign_in, with_accounts};

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn no_secret_is_written_down() {
    let lines = Lines::default();
    let writer = lines.clone();
    // Everything that any crate says, for the whole test program.
    tracing_subscriber::fmt().with_max_level(tracing::Level::DEBUG).with_writer(move || writer.clone()).init();

    let server = with_accounts(&[]).await;
    let session = join(&server, "anna@example.se", Role::Admin).await;
    sign_in(&server, "anna@example.se", "Hemligt men fel lösen").await;
    let (_, renewed) = refresh(&server, &session).await;
    let body = json!({ "name": "x", "scopes": ["read"], "expires_in_days": 1 });
    let (_, made) = send(&server, "POST", "/api/tokens", Some(access(&renewed)), Some(&body)).await;
    let api_token = made["token"].as_str().unwrap().to_owned();
    assert_eq!(send(&server, "GET", "/api/lists", Some(&api_token), None).await.0, 200);
    let (_, link) = send(
        &server,
        "POST",
        "/api/admin/users",
        Some(access(&renewed)),
        Some(&json!({ "email": "bo@example.se", "role": "viewer" })),
    )
    .await;
    let link_secret = link["path"].as_str().unwrap().split("token_hash=").nth(1).unwrap().to_owned();

    let mut log = String::from_utf8_lossy(&lines.0.lock().unwrap()).into_owned();
    assert!(log.contains("/auth/v1/token") && log.contains("/api/tokens"), "the log was caught");
    // Our own client's wire is not the server's log.
    log =
        log.lines().filter(|line| !line.contains("hyper") && !line.contains("reqwest")).collect::<Vec<_>>().join("\n");
    let audit: Vec<String> =
        sqlx::query_scalar("SELECT row_to_json(a)::text FROM audit_log a").fetch_all(server.db.pool()).await.unwrap();
    let (_, config) = send(&server, "GET", "/api/status/config", Some(access(&renewed)), None).await;
    let places = [("the log", log), ("the audit log", audit.join("\n")), ("the settings", config.to_string())];
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    for secret in [
        PASSWORD.to_owned(),
        "Hemligt men fel lösen".to_owned(),
        access(&session).rsplit('.').next().unwrap().to_owned(),
        access(&renewed).to_owned(),
        text(&session["refresh_token"]),
        text(&renewed["refresh_token"]),
        api_token,
        link_secret,
    ] {
        for (place, written) in &places {
            assert!(!written.contains(&secret), "{place} holds the secret {secret}");
        }
    }
}
