//! What every request meets: limits per person, origins, headers, the content security policy, sizes.

use super::people::{PROJECT, SECRET, token, with_accounts};
use crate::support::start;

#[tokio::test]
async fn a_person_who_asks_too_often_is_told_when_to_come_back() {
    let settings = [
        ("REQUIRE_AUTH", "true"),
        ("SUPABASE_JWT_SECRET", SECRET),
        ("SUPABASE_URL", PROJECT),
        ("RATE_LIMIT_PER_MINUTE", "10"),
    ];
    let server = start(&settings).await;
    let ask = async |person: u128| {
        let request = server.client.get(format!("{}/api/me", server.url)).bearer_auth(token(person, "viewer"));
        request.send().await.unwrap()
    };
    assert_eq!(ask(1).await.status(), 200);
    assert_eq!(ask(1).await.status(), 200);
    let answer = ask(1).await;
    assert_eq!(answer.status(), 429);
    assert_eq!(answer.headers()["content-type"], "application/problem+json");
    let seconds: u64 = answer.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=7).contains(&seconds), "{seconds}");
    assert_eq!(ask(2).await.status(), 200, "another person is not held up");
}

#[tokio::test]
async fn only_listed_origins_are_answered() {
    let server = start(&[("CORS_ORIGINS", "https://app.example.com")]).await;
    let preflight = async |origin: &str| {
        let request = server.client.request(http::Method::OPTIONS, format!("{}/api/lists", server.url));
        let request = request.header("origin", origin).header("access-control-request-method", "POST");
        request
            .header("access-control-request-headers", "authorization,content-type,apikey,x-client-info")
            .send()
            .await
            .unwrap()
    };
    let answer = preflight("https://app.example.com").await;
    assert_eq!(answer.headers()["access-control-allow-origin"], "https://app.example.com");
    for header in ["authorization", "apikey", "x-client-info"] {
        assert!(answer.headers()["access-control-allow-headers"].to_str().unwrap().contains(header), "{header}");
    }
    for origin in ["https://app.example.com.evil.example", "http://app.example.com", "null", "https://evil.example"] {
        assert!(!preflight(origin).await.headers().contains_key("access-control-allow-origin"), "{origin}");
    }
}

#[tokio::test]
async fn every_answer_carries_the_safety_headers() {
    let server = with_accounts(&[]).await;
    for path in ["/health", "/api/status/capabilities", "/api/me", "/auth/v1/settings", "/", "/api/docs/"] {
        let answer = server.get(path).await;
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
        ] {
            assert_eq!(answer.headers()[name], value, "{path}");
        }
        assert!(answer.headers().contains_key("strict-transport-security"), "{path}");
        assert!(answer.headers().contains_key("x-request-id"), "{path}");
    }
}

#[tokio::test]
async fn bodies_are_limited() {
    let server = with_accounts(&[]).await;
    for (path, bytes) in [("/auth/v1/token?grant_type=password", 70 << 10), ("/api/universe/query", 3 << 20)] {
        let body = format!("{{\"email\": \"{}\"}}", "x".repeat(bytes));
        let request = server.client.post(format!("{}{path}", server.url)).header("content-type", "application/json");
        let status = request.body(body).send().await.unwrap().status().as_u16();
        // The second is refused as nobody's before its body is read.
        assert!([413, 401].contains(&status), "{path}: {status}");
    }
}
