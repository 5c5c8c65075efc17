//! Who gets in: nobody without a token where sign-in is on, no forged token anywhere, and only the origins that are allowed.

use serde_json::Value;

use super::checks::{Checks, expect};

/// A page of an origin that nobody would allow.
const FOREIGN_ORIGIN: &str = "https://foreign.example";

/// Checks sign-in, and CORS for `allowed`, the origin of a web app that is hosted elsewhere.
pub(in super::super) async fn auth(checks: &mut Checks, allowed: Option<&str>) {
    let required = match checks.get("/api/status/capabilities").await {
        Ok(body) => body["auth_required"] == Value::Bool(true),
        Err(reason) => return checks.note("GET /api/status/capabilities", Err(reason)),
    };
    let url = |path: &str| format!("{}{path}", checks.base);
    let status_of = |request: reqwest::RequestBuilder| async move {
        request.send().await.map(|answer| answer.status().as_u16()).map_err(|error| error.without_url().to_string())
    };
    let mut results: Vec<(String, Result<(), String>)> = Vec::new();
    for path in ["/api/me", "/api/lists", "/api/prospects", "/api/admin/users", "/metrics"] {
        let found = status_of(checks.client.get(url(path))).await;
        if required {
            let blocked = found.and_then(|status| expect(status == 401, &format!("status {status} instead of 401")));
            results.push((format!("without a token {path} is refused"), blocked));
        }
    }
    // Three parts like a token, and a signature of nobody.
    let forged = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJzbW9rZSIsImV4cCI6NDEwMjQ0NDgwMH0.c21va2U";
    let found = status_of(checks.client.get(url("/api/me")).bearer_auth(forged)).await;
    if required {
        let refused = found.and_then(|status| expect(status == 401, &format!("status {status} instead of 401")));
        results.push(("a forged token is refused".to_owned(), refused));
    } else {
        results.push(("sign-in is off: everybody who reaches the port is an administrator".to_owned(), Ok(())));
    }
    if checks.token.is_some() {
        let me = checks.get("/api/me").await.and_then(|body| expect(body["role"].is_string(), "no role"));
        results.push(("the token signs in".to_owned(), me));
    } else if required {
        let reason = "give a token with --token or LODE_SMOKE_TOKEN".to_owned();
        results.push(("the token signs in".to_owned(), Err(reason)));
    }
    results.push(("CORS: a foreign origin is not allowed".to_owned(), {
        preflight(checks, FOREIGN_ORIGIN)
            .await
            .and_then(|allowed| expect(allowed.is_none_or(|origin| origin != FOREIGN_ORIGIN && origin != "*"), "it is"))
    }));
    if let Some(origin) = allowed {
        results.push((format!("CORS: {origin} is allowed"), {
            preflight(checks, origin)
                .await
                .and_then(|found| expect(found.as_deref() == Some(origin), "it is not; name it in CORS_ORIGINS"))
        }));
    }
    for (name, result) in results {
        checks.note(&name, result);
    }
}

/// `access-control-allow-origin` of the answer to a browser's question before a POST.
async fn preflight(checks: &Checks, origin: &str) -> Result<Option<String>, String> {
    let request = checks
        .client
        .request(reqwest::Method::OPTIONS, format!("{}/api/universe/query", checks.base))
        .header("origin", origin)
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "authorization,content-type");
    let answer = request.send().await.map_err(|error| error.without_url().to_string())?;
    let allowed = answer.headers().get("access-control-allow-origin");
    Ok(allowed.and_then(|value| value.to_str().ok()).map(str::to_owned))
}
