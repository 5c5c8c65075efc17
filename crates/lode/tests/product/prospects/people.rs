//! Requests as somebody, and companies to work on.

use jsonwebtoken::{EncodingKey, Header, encode};
use serde_json::{Value, json};

use crate::support::{Server, start};

pub const ANNA: &str = "11111111-1111-4111-8111-111111111111";
pub const BO: &str = "22222222-2222-4222-8222-222222222222";
const SECRET: &str = "a-secret-of-at-least-thirty-two-bytes";

/// A server that asks who one is.
pub async fn server() -> Server {
    start(&[("REQUIRE_AUTH", "true"), ("SUPABASE_JWT_SECRET", SECRET)]).await
}

pub fn token(person: &str, role: &str) -> String {
    let claims = json!({
        "sub": person, "aud": "authenticated", "exp": 4_102_444_800u64, "email": format!("{}@example.se", name(person)),
        "app_metadata": { "role": role },
    });
    encode(&Header::default(), &claims, &EncodingKey::from_secret(SECRET.as_bytes())).unwrap()
}

fn name(person: &str) -> &str {
    match person {
        ANNA => "anna",
        BO => "bo",
        other => other,
    }
}

/// Sends a request and returns status and body.
pub async fn send(server: &Server, method: &str, path: &str, token: &str, body: Option<Value>) -> (u16, Value) {
    server.send_as(Some(token), method, path, body.as_ref()).await
}

/// `count` companies; returns their numbers as the API writes them.
pub async fn companies(server: &Server, count: i64) -> Vec<String> {
    sqlx::query(
        "INSERT INTO companies (orgnr, name) SELECT 5560000000 + n, 'Provbolaget ' || n || ' AB' FROM generate_series(1, $1) n",
    )
    .bind(count)
    .execute(server.db.pool())
    .await
    .unwrap();
    (1..=count).map(|n| (5_560_000_000 + n).to_string()).collect()
}

/// Adds companies to the team's pipeline.
pub async fn add(server: &Server, token: &str, orgnrs: &[String]) -> Value {
    let (status, added) =
        send(server, "POST", "/api/prospects", token, Some(json!({ "orgnrs": orgnrs, "scope": "team" }))).await;
    assert_eq!(status, 200, "{added}");
    added
}

/// The one prospect of a company.
pub async fn prospect(server: &Server, token: &str, orgnr: &str) -> Value {
    let (status, found) = send(server, "GET", &format!("/api/prospects?orgnr={orgnr}"), token, None).await;
    assert_eq!((status, &found["count"]), (200, &json!(1)), "{found}");
    found["items"][0].clone()
}

/// Number of audit rows with this action.
pub async fn audited(server: &Server, action: &str) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM audit_log WHERE action = $1")
        .bind(action)
        .fetch_one(server.db.pool())
        .await
        .unwrap()
}
