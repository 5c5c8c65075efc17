//! Public keys of a Supabase project, served by a local server that speaks the real protocol: fetched, kept, rotated.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use http::StatusCode;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};

use super::people::{claims, send, sign};
use crate::support::start;

// Made for these tests; nothing else knows them.
const FIRST: &[u8] = include_bytes!("first-key.der");
const SECOND: &[u8] = include_bytes!("second-key.der");

#[derive(Clone, Default)]
struct Project {
    keys: Arc<Mutex<Value>>,
    asked: Arc<AtomicUsize>,
}

impl Project {
    async fn start() -> (Self, String) {
        let project = Self::default();
        let answer = |State(project): State<Self>| async move {
            project.asked.fetch_add(1, Ordering::SeqCst);
            let keys = project.keys.lock().unwrap().clone();
            if keys.is_null() { Err(StatusCode::INTERNAL_SERVER_ERROR) } else { Ok(Json(json!({ "keys": keys }))) }
        };
        let router = Router::new().route("/auth/v1/.well-known/jwks.json", get(answer)).with_state(project.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        (project, url)
    }

    fn show(&self, keys: &[(&str, &[u8])]) {
        let keys: Vec<_> = keys.iter().map(|(id, der)| public(id, der)).collect();
        *self.keys.lock().unwrap() = Value::Array(keys);
    }
}

fn public(id: &str, der: &[u8]) -> Value {
    let key = EncodingKey::from_ec_der(der);
    let mut jwk = Jwk::from_encoding_key(&key, Algorithm::ES256).unwrap();
    jwk.common.key_id = Some(id.to_owned());
    serde_json::to_value(jwk).unwrap()
}

fn token(url: &str, id: &str, der: &[u8]) -> String {
    let mut claims = claims(1, "analyst");
    claims["iss"] = json!(format!("{url}/auth/v1"));
    let header = Header { kid: Some(id.to_owned()), ..Header::new(Algorithm::ES256) };
    encode(&header, &claims, &EncodingKey::from_ec_der(der)).unwrap()
}

#[tokio::test]
async fn a_projects_keys_are_fetched_kept_and_their_rotation_followed() {
    let (project, url) = Project::start().await;
    project.show(&[("one", FIRST)]);
    let server = start(&[("REQUIRE_AUTH", "true"), ("SUPABASE_URL", &url)]).await;
    let status = async |token: &str| send(&server, "GET", "/api/me", Some(token), None).await.0;

    for _ in 0..5 {
        assert_eq!(status(&token(&url, "one", FIRST)).await, 200);
    }
    assert_eq!(project.asked.load(Ordering::SeqCst), 1, "kept");
    assert_eq!(status(&token(&url, "one", SECOND)).await, 401, "signed with another key");

    project.show(&[("two", SECOND)]);
    tokio::time::sleep(Duration::from_millis(250)).await;
    assert_eq!(status(&token(&url, "two", SECOND)).await, 200, "the new key is fetched when a token names it");
    assert_eq!(status(&token(&url, "one", FIRST)).await, 401, "and the old one is gone");

    let before = project.asked.load(Ordering::SeqCst);
    for number in 0..50 {
        assert_eq!(status(&token(&url, &format!("made-up-{number}"), SECOND)).await, 401);
    }
    let asked = project.asked.load(Ordering::SeqCst) - before;
    assert!(asked <= 25, "made-up keys are asked for {asked} times, at most once per 200 ms");

    // A stranger who knows the public key uses it as the secret of HS256.
    let public = public("two", SECOND);
    let mut forged = claims(1, "admin");
    forged["iss"] = json!(format!("{url}/auth/v1"));
    for secret in [public.to_string(), public["x"].as_str().unwrap().to_owned()] {
        assert_eq!(status(&sign(&forged, &secret)).await, 401, "the key decides on the algorithm, not the token");
    }
}

#[tokio::test]
async fn without_the_projects_keys_every_token_is_refused() {
    let (project, url) = Project::start().await;
    let server = start(&[("REQUIRE_AUTH", "true"), ("SUPABASE_URL", &url)]).await;
    let token = token(&url, "one", FIRST);
    let (status, problem) = send(&server, "GET", "/api/me", Some(&token), None).await;
    assert_eq!(status, 503, "{problem}");
    tokio::time::sleep(Duration::from_millis(250)).await;
    project.show(&[("one", FIRST)]);
    assert_eq!(send(&server, "GET", "/api/me", Some(&token), None).await.0, 200, "and it heals by itself");
}
