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

#[tokio::test]
async fn keys_that_are_not_for_signatures_verify_nothing_and_hide_no_other() {
    let (project, url) = Project::start().await;
    let with = |more: Value| {
        let mut key = public("one", FIRST);
        key.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        key
    };
    for (more, expected) in [
        (json!({ "use": "enc" }), 401),
        (json!({ "alg": "RSA-OAEP" }), 401),
        (json!({ "key_ops": ["encrypt"] }), 401),
        (json!({ "use": "sig", "alg": "ES256" }), 200),
    ] {
        // What nobody here can read stands beside it, before and after.
        let strange = json!({ "kty": "AKP", "kid": "new", "alg": "ML-DSA-44", "pub": "AAAA" });
        *project.keys.lock().unwrap() =
            json!([strange, with(more.clone()), { "kty": "EC", "crv": "P-999", "kid": "odd" }]);
        let server = start(&[("REQUIRE_AUTH", "true"), ("SUPABASE_URL", &url)]).await;
        let status = send(&server, "GET", "/api/me", Some(&token(&url, "one", FIRST)), None).await.0;
        assert_eq!(status, expected, "{more}");
    }
}

#[tokio::test]
async fn people_without_a_role_anonymous_ones_and_lists_of_issuers_are_refused_unless_set_otherwise() {
    let (project, url) = Project::start().await;
    project.show(&[("one", FIRST)]);
    let signed = |change: &dyn Fn(&mut Value)| {
        let mut claims = claims(1, "analyst");
        claims["iss"] = json!(format!("{url}/auth/v1"));
        change(&mut claims);
        let header = Header { kid: Some("one".to_owned()), ..Header::new(Algorithm::ES256) };
        encode(&header, &claims, &EncodingKey::from_ec_der(FIRST)).unwrap()
    };
    let with_role = signed(&|_| ());
    let without_role = signed(&|claims| claims["app_metadata"] = json!({ "provider": "email" }));
    let without_metadata = signed(&|claims| {
        claims.as_object_mut().unwrap().remove("app_metadata");
    });
    let unknown_role = signed(&|claims| claims["app_metadata"]["role"] = json!("owner"));
    let own_choice = signed(&|claims| {
        claims["app_metadata"] = json!({});
        claims["user_metadata"] = json!({ "role": "admin" });
    });
    let anonymous = signed(&|claims| claims["is_anonymous"] = json!(true));
    let listed = signed(&|claims| claims["iss"] = json!(["https://evil.example", format!("{url}/auth/v1")]));
    let foreign = signed(&|claims| claims["iss"] = json!("https://evil.example/auth/v1"));

    let closed = start(&[("REQUIRE_AUTH", "true"), ("SUPABASE_URL", &url)]).await;
    for (name, token, expected) in [
        ("with a role", &with_role, 200),
        ("without a role", &without_role, 403),
        ("without metadata", &without_metadata, 403),
        ("a role that nobody knows", &unknown_role, 403),
        ("a role in metadata that people write themselves", &own_choice, 403),
        ("anonymous", &anonymous, 403),
        ("a list of issuers", &listed, 401),
        ("another issuer", &foreign, 401),
    ] {
        let (status, body) = send(&closed, "GET", "/api/me", Some(token), None).await;
        assert_eq!(status, expected, "{name}: {body}");
    }
    let (_, problem) = send(&closed, "GET", "/api/me", Some(&without_role), None).await;
    assert!(problem["detail"].as_str().unwrap().contains("app_metadata.role"), "the remedy is named: {problem}");
    let people: i64 = sqlx::query_scalar("SELECT count(*) FROM users WHERE origin = 'supabase'")
        .fetch_one(closed.db.pool())
        .await
        .unwrap();
    assert_eq!(people, 1, "who is refused leaves no row");

    let opened = start(&[
        ("REQUIRE_AUTH", "true"),
        ("SUPABASE_URL", &url),
        ("SUPABASE_DEFAULT_ROLE", "viewer"),
        ("SUPABASE_ALLOW_ANONYMOUS", "true"),
    ])
    .await;
    for (token, role) in [(&without_role, "viewer"), (&own_choice, "viewer"), (&anonymous, "analyst")] {
        let (status, me) = send(&opened, "GET", "/api/me", Some(token), None).await;
        assert_eq!((status, &me["role"]), (200, &json!(role)), "{me}");
    }
}
