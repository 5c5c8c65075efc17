//! Servers with people, and requests as one of them.

use jsonwebtoken::{EncodingKey, Header, encode};
use serde_json::{Value, json};

use crate::support::{Server, start};

pub const SECRET: &str = "a-secret-of-at-least-thirty-two-bytes";
pub const PROJECT: &str = "https://project.supabase.co";
pub const PASSWORD: &str = "Korrekt häst batteri";

/// A server that trusts a Supabase project.
pub async fn with_project() -> Server {
    let settings = [
        ("REQUIRE_AUTH", "true"),
        ("SUPABASE_JWT_SECRET", SECRET),
        ("SUPABASE_URL", PROJECT),
        ("RATE_LIMIT_PER_MINUTE", "0"),
    ];
    start(&settings).await
}

/// A server that keeps accounts, and more settings.
pub async fn with_accounts(more: &[(&str, &str)]) -> Server {
    let settings = [("REQUIRE_AUTH", "true"), ("LODE_ACCOUNTS", "builtin"), ("SIGN_IN_LIMIT_PER_MINUTE", "0")];
    start(&[&settings[..], more].concat()).await
}

pub fn claims(person: u128, role: &str) -> Value {
    json!({
        "sub": uuid::Uuid::from_u128(person), "aud": "authenticated", "exp": 4_102_444_800u64,
        "iss": format!("{PROJECT}/auth/v1"), "email": format!("person{person}@example.se"),
        "role": "authenticated", "app_metadata": { "role": role },
    })
}

pub fn sign(claims: &Value, secret: &str) -> String {
    encode(&Header::default(), claims, &EncodingKey::from_secret(secret.as_bytes())).unwrap()
}

/// A Supabase token of a person.
pub fn token(person: u128, role: &str) -> String {
    sign(&claims(person, role), SECRET)
}

/// Sends a request, as somebody or as nobody, and returns status and body.
pub async fn send(
    server: &Server,
    method: &str,
    path: &str,
    token: Option<&str>,
    body: Option<&Value>,
) -> (u16, Value) {
    server.send_as(token, method, path, body).await
}

/// As [`send`], with the body as it is.
pub async fn send_text(
    server: &Server,
    method: &str,
    path: &str,
    token: Option<&str>,
    body: Option<&Value>,
) -> (u16, String) {
    server.send_for_text(token, method, path, body).await
}

/// Makes an account as the command line does, and returns the one-time secret.
pub async fn invite(server: &Server, email: &str, role: domain::access::Role) -> String {
    let caller = services::accounts::Caller::default();
    let domains = config::AccountDomains::default();
    let invitation = services::accounts::invite_user::Invitation { email, display_name: None, role, domains: &domains };
    let now = chrono::Utc::now();
    services::accounts::invite_user::invite_user(server.db.pool(), &invitation, &caller, None, now).await.unwrap().token
}

/// Makes an account with [`PASSWORD`] and returns its session.
pub async fn join(server: &Server, email: &str, role: domain::access::Role) -> Value {
    let secret = invite(server, email, role).await;
    let body = json!({ "type": "invite", "token_hash": secret });
    let (status, session) = send(server, "POST", "/auth/v1/verify", None, Some(&body)).await;
    assert_eq!(status, 200, "{session}");
    let access = access(&session);
    let (status, user) =
        send(server, "PUT", "/auth/v1/user", Some(access), Some(&json!({ "password": PASSWORD }))).await;
    assert_eq!(status, 200, "{user}");
    sign_in(server, email, PASSWORD).await.1
}

pub async fn sign_in(server: &Server, email: &str, password: &str) -> (u16, Value) {
    let body = json!({ "email": email, "password": password, "gotrue_meta_security": {} });
    send(server, "POST", "/auth/v1/token?grant_type=password", None, Some(&body)).await
}

pub async fn refresh(server: &Server, session: &Value) -> (u16, Value) {
    let body = json!({ "refresh_token": session["refresh_token"] });
    send(server, "POST", "/auth/v1/token?grant_type=refresh_token", None, Some(&body)).await
}

pub fn access(session: &Value) -> &str {
    session["access_token"].as_str().unwrap()
}
