//! API tokens: shown once, scoped, expiring, revocable; they never widen their own rights.

use domain::access::Role;
use serde_json::json;

use super::people::{access, join, send, with_accounts};

#[tokio::test]
async fn a_token_does_what_its_scopes_and_its_owners_role_say() {
    let server = with_accounts(&[]).await;
    let anna = join(&server, "anna@example.se", Role::Analyst).await;
    let body = json!({ "name": "Kalkylark", "scopes": ["read", "admin"], "expires_in_days": 30 });
    let (status, made) = send(&server, "POST", "/api/tokens", Some(access(&anna)), Some(&body)).await;
    assert_eq!(status, 201, "{made}");
    let token = made["token"].as_str().unwrap();
    assert!(token.starts_with("lode_") && token.len() == 48);

    assert_eq!(send(&server, "GET", "/api/lists", Some(token), None).await.0, 200);
    let (status, problem) = send(&server, "POST", "/api/lists", Some(token), Some(&json!({ "name": "x" }))).await;
    assert_eq!(status, 403);
    assert!(problem["detail"].as_str().unwrap().contains("scope write"), "{problem}");
    let (status, problem) = send(&server, "GET", "/api/admin/audit", Some(token), None).await;
    assert_eq!(status, 403, "the scope admin gives an analyst nothing");
    assert!(problem["detail"].as_str().unwrap().contains("role admin"), "{problem}");
    for (method, path) in [("GET", "/api/tokens"), ("POST", "/api/tokens"), ("GET", "/api/me/sessions")] {
        let body = json!({ "name": "more", "scopes": ["write"], "expires_in_days": 1 });
        assert_eq!(send(&server, method, path, Some(token), Some(&body)).await.0, 403, "{method} {path}");
    }
    assert_eq!(send(&server, "GET", "/auth/v1/user", Some(token), None).await.0, 403, "it is no session");

    let (_, listed) = send(&server, "GET", "/api/tokens", Some(access(&anna)), None).await;
    let listed = &listed["items"][0];
    assert_eq!((&listed["name"], &listed["scopes"]), (&json!("Kalkylark"), &json!(["read", "admin"])));
    assert!(listed["last_used_at"].is_string() && !listed.to_string().contains(token), "{listed}");

    let path = format!("/api/tokens/{}", made["id"].as_str().unwrap());
    let bo = join(&server, "bo@example.se", Role::Partner).await;
    assert_eq!(send(&server, "DELETE", &path, Some(access(&bo)), None).await.0, 404, "not another's");
    assert_eq!(send(&server, "DELETE", &path, Some(access(&anna)), None).await.0, 204);
    assert_eq!(send(&server, "GET", "/api/lists", Some(token), None).await.0, 401, "at once");
}

#[tokio::test]
async fn a_token_ends_with_its_time_and_with_its_owner() {
    let server = with_accounts(&[]).await;
    let anna = join(&server, "anna@example.se", Role::Analyst).await;
    let make = |days: u32| {
        let (server, anna) = (&server, &anna);
        async move {
            let body = json!({ "name": "x", "scopes": ["read"], "expires_in_days": days });
            let (_, made) = send(server, "POST", "/api/tokens", Some(access(anna)), Some(&body)).await;
            made["token"].as_str().unwrap().to_owned()
        }
    };
    let (old, new) = (make(1).await, make(2).await);
    sqlx::query("UPDATE api_tokens SET expires_at = expires_at - interval '25 hours'")
        .execute(server.db.pool())
        .await
        .unwrap();
    assert_eq!(send(&server, "GET", "/api/lists", Some(&old), None).await.0, 401);
    sqlx::query("UPDATE users SET disabled_at = now() WHERE email = 'anna@example.se'")
        .execute(server.db.pool())
        .await
        .unwrap();
    assert_eq!(send(&server, "GET", "/api/lists", Some(&new), None).await.0, 401);
}

#[tokio::test]
async fn wrong_requests_for_tokens_are_told_where() {
    let server = with_accounts(&[]).await;
    let anna = join(&server, "anna@example.se", Role::Analyst).await;
    for (body, pointer) in [
        (json!({ "name": " ", "scopes": ["read"], "expires_in_days": 1 }), "/name"),
        (json!({ "name": "x", "scopes": [], "expires_in_days": 1 }), "/scopes"),
        (json!({ "name": "x", "scopes": ["read", "root"], "expires_in_days": 1 }), "/scopes/1"),
        (json!({ "name": "x", "scopes": ["read"], "expires_in_days": 0 }), "/expires_in_days"),
        (json!({ "name": "x", "scopes": ["read"] }), "/expires_in_days"),
    ] {
        let (status, problem) = send(&server, "POST", "/api/tokens", Some(access(&anna)), Some(&body)).await;
        assert_eq!((status, &problem["errors"][0]["pointer"]), (422, &json!(pointer)), "{body}");
    }
}
