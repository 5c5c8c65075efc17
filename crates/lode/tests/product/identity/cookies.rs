//! Sessions that a browser holds in a cookie: what the cookie is, whose requests it counts in, and when it is worth nothing.

use domain::access::Role;
use reqwest::header::{CACHE_CONTROL, SET_COOKIE};
use serde_json::{Value, json};

use super::people::{PASSWORD, access, join, refresh, send, with_accounts};
use super::second_factor::{add_app, code, forget_steps, secret, with_key};
use crate::hostile::walk::routes;
use crate::support::Server;

/// What an own page's request says of itself.
const OWN: (&str, &str) = ("sec-fetch-site", "same-origin");

/// An answer to a browser.
struct Answer {
    status: u16,
    body: Value,
    /// The value of each cookie that it sets, by name, with the rest of its line.
    cookies: Vec<(String, String, String)>,
}

async fn ask(server: &Server, method: &str, path: &str, headers: &[(&str, &str)], body: Option<&Value>) -> Answer {
    let mut request = server.client.request(method.parse().unwrap(), format!("{}{path}", server.url));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    if let Some(body) = body {
        request = request.json(body);
    }
    let answer = request.send().await.unwrap();
    let status = answer.status().as_u16();
    let set = answer.headers().get_all(SET_COOKIE).iter().map(|line| {
        let (name, rest) = line.to_str().unwrap().split_once('=').unwrap();
        let (value, attributes) = rest.split_once(';').unwrap();
        (name.to_owned(), value.to_owned(), attributes.trim().to_owned())
    });
    let cookies: Vec<_> = set.collect();
    if cookies.iter().any(|(_, value, _)| !value.is_empty()) {
        assert_eq!(answer.headers()[CACHE_CONTROL], "no-store", "nobody on the way keeps a secret");
    }
    Answer { status, cookies, body: answer.json().await.unwrap_or_default() }
}

/// Signs in as the web app does; returns the `Cookie` header of the session.
async fn enter(server: &Server, email: &str) -> String {
    let body = json!({ "email": email, "password": PASSWORD });
    let path = "/auth/v1/token?grant_type=password";
    let answer = ask(server, "POST", path, &[("x-lode-session", "cookie"), OWN], Some(&body)).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    kept(&answer)
}

fn kept(answer: &Answer) -> String {
    let [(name, value, _)] = &answer.cookies[..] else { panic!("{:?}", answer.cookies) };
    format!("{name}={value}")
}

async fn me(server: &Server, cookie: &str) -> u16 {
    ask(server, "GET", "/api/me", &[("cookie", cookie)], None).await.status
}

#[tokio::test]
async fn a_session_in_a_cookie_hands_out_no_token_and_ends_with_sign_out() {
    let server = with_accounts(&[]).await;
    join(&server, "anna@example.se", Role::Analyst).await;
    let capabilities = server.json("/api/status/capabilities", 200).await;
    assert_eq!(capabilities["sign_in"]["cookie"], true);

    let body = json!({ "email": "anna@example.se", "password": PASSWORD });
    let headers = [("x-lode-session", "cookie"), OWN];
    let answer = ask(&server, "POST", "/auth/v1/token?grant_type=password", &headers, Some(&body)).await;
    assert_eq!((answer.status, &answer.body["user"]["email"]), (200, &json!("anna@example.se")), "{}", answer.body);
    assert!(!answer.body.to_string().contains("token"), "{}", answer.body);
    let port = server.url.rsplit(':').next().unwrap();
    let (name, value, attributes) = &answer.cookies[0];
    assert_eq!((name, value.len()), (&format!("lode_session_{port}"), 43), "256 random bits");
    assert_eq!(attributes, "Path=/; Max-Age=43200; HttpOnly; SameSite=Strict");
    let cookie = kept(&answer);

    let (first, second) = tokio::join!(me(&server, &cookie), me(&server, &cookie));
    assert_eq!((first, second), (200, 200), "two windows share it");
    let session = ask(&server, "GET", "/auth/v1/session", &[("cookie", &cookie)], None).await;
    assert_eq!((&session.body["user"]["email"], &session.body["aal"]), (&json!("anna@example.se"), &json!("aal1")));
    let kept_tokens: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM refresh_tokens t JOIN sessions s ON s.id = t.session_id WHERE s.cookie_hash IS NOT NULL",
    )
    .fetch_one(server.db.pool())
    .await
    .unwrap();
    assert_eq!(kept_tokens, 0, "the session has no other secret");

    let out = ask(&server, "POST", "/auth/v1/logout?scope=local", &[("cookie", &cookie), OWN], None).await;
    assert_eq!(out.status, 204);
    assert!(
        out.cookies.iter().any(|(given, value, rest)| given == name && value.is_empty() && rest.contains("Max-Age=0"))
    );
    assert_eq!(me(&server, &cookie).await, 401, "the browser's copy is worth nothing, in any window");
    let session = ask(&server, "GET", "/auth/v1/session", &[("cookie", &cookie)], None).await;
    assert_eq!((session.status, &session.body["user"]), (200, &Value::Null), "asking as nobody is no error");
}

#[tokio::test]
async fn a_cookie_counts_in_no_request_of_a_foreign_page_on_any_route() {
    let server = with_accounts(&[("RATE_LIMIT_PER_MINUTE", "0"), ("CORS_ORIGINS", "https://app.example")]).await;
    join(&server, "admin@example.se", Role::Admin).await;
    let cookie = enter(&server, "admin@example.se").await;
    let mut walked = 0;
    for route in routes() {
        let path = route.path.as_str();
        let nobody = ask(&server, &route.method, path, &[], None).await.status;
        for foreign in [
            &[("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")][..],
            &[("origin", "https://app.example"), ("sec-fetch-site", "same-site")],
            &[("origin", "null")],
            &[("sec-fetch-site", "same-site")],
        ] {
            let headers = [&[("cookie", cookie.as_str()), ("x-lode-session", "cookie")][..], foreign].concat();
            let found = ask(&server, &route.method, path, &headers, None).await;
            // Sign-in answers 403 where a cookie is asked for from elsewhere.
            let is_refused = found.status == nobody || found.status == 403 && path.starts_with("/auth/v1/");
            assert!(is_refused, "{} {path} {foreign:?}: {} as nobody {nobody}", route.method, found.status);
            assert!(found.cookies.iter().all(|(_, value, _)| value.is_empty()), "{path}");
        }
        // What changes something must come with the browser's word that the page is ours.
        if route.method != "GET" {
            let silent = ask(&server, &route.method, path, &[("cookie", &cookie)], None).await.status;
            assert_eq!(silent, nobody, "{} {path} without a word of the browser", route.method);
        }
        walked += 1;
    }
    assert!(walked > 150, "{walked} routes");
    assert_eq!(me(&server, &cookie).await, 200, "nobody signed it out");
    let body = json!({ "name": "Mine" });
    let own = [("cookie", cookie.as_str()), ("origin", server.url.as_str())];
    assert_eq!(ask(&server, "POST", "/api/lists", &own, Some(&body)).await.status, 201, "an own page's request counts");
}

#[tokio::test]
async fn proving_a_second_factor_changes_the_cookie_and_never_gives_tokens() {
    let server = with_key(&[]).await;
    let session = join(&server, "anna@example.se", Role::Analyst).await;
    let (factor, _) = add_app(&server, &session).await;
    forget_steps(&server).await;
    let half = enter(&server, "anna@example.se").await;
    assert_eq!(me(&server, &half).await, 403);
    let path = format!("/auth/v1/factors/{}/verify", factor["id"].as_str().unwrap());
    let body = json!({ "code": code(secret(&factor), 0) });
    // A script in the page that leaves the header out gets no token either.
    let proved = ask(&server, "POST", &path, &[("cookie", &half), OWN], Some(&body)).await;
    assert_eq!((proved.status, &proved.body["aal"]), (200, &json!("aal2")), "{}", proved.body);
    assert!(!proved.body.to_string().contains("_token"), "{}", proved.body);
    let whole = kept(&proved);
    assert_ne!(whole, half, "a new secret on authentication");
    assert_eq!((me(&server, &whole).await, me(&server, &half).await), (200, 401));
}

#[tokio::test]
async fn tokens_of_an_earlier_version_go_into_the_cookie_and_are_worth_nothing_then() {
    let server = with_accounts(&[]).await;
    let session = join(&server, "anna@example.se", Role::Viewer).await;
    let body = json!({ "refresh_token": session["refresh_token"] });
    let headers = [("x-lode-session", "cookie"), OWN];
    let answer = ask(&server, "POST", "/auth/v1/token?grant_type=refresh_token", &headers, Some(&body)).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(me(&server, &kept(&answer)).await, 200);
    assert_eq!(refresh(&server, &session).await.0, 400, "the token that stood in storage");
    assert_eq!(send(&server, "GET", "/api/me", Some(access(&session)), None).await.0, 200, "until it ends by itself");
}

#[tokio::test]
async fn a_cookie_ends_when_its_session_is_idle_ended_or_its_person_disabled() {
    let server = with_accounts(&[]).await;
    for (number, end) in [
        "UPDATE sessions SET refreshed_at = now() - interval '31 minutes'",
        "UPDATE sessions SET created_at = now() - interval '13 hours'",
        "UPDATE sessions SET revoked_at = now()",
        "UPDATE users SET disabled_at = now() WHERE email LIKE 'p%'",
    ]
    .iter()
    .enumerate()
    {
        let email = format!("p{number}@example.se");
        join(&server, &email, Role::Viewer).await;
        let cookie = enter(&server, &email).await;
        assert_eq!(me(&server, &cookie).await, 200);
        sqlx::query(*end).execute(server.db.pool()).await.unwrap();
        server.identity.recheck_everybody();
        assert_eq!(me(&server, &cookie).await, 401, "{end}");
    }
}

#[tokio::test]
async fn a_token_for_the_scraper_service_opens_nothing_else() {
    let server = with_accounts(&[]).await;
    join(&server, "admin@example.se", Role::Admin).await;
    let cookie = enter(&server, "admin@example.se").await;
    let made = ask(&server, "POST", "/auth/v1/scraper_token", &[("cookie", &cookie), OWN], None).await;
    assert_eq!(made.status, 200, "{}", made.body);
    let token = made.body["access_token"].as_str().unwrap().to_owned();
    for (method, path) in
        [("GET", "/api/me"), ("GET", "/api/lists"), ("GET", "/auth/v1/user"), ("POST", "/auth/v1/logout")]
    {
        let status = send(&server, method, path, Some(&token), None).await.0;
        assert!([401, 403].contains(&status), "{method} {path}: {status}");
    }
    let proof = server.identity.verify(server.db.pool(), &identity::Credential::ScraperBearer(token)).await.unwrap();
    assert_eq!(proof.role, Role::Admin);
}
