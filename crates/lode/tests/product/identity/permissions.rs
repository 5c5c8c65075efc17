//! Every route of the API, called as nobody, with every kind of bad token, as each role, with a narrow API token, and with
//! another person's private objects, against the permission table.

use std::time::Duration;

use api::access::{self, Access};
use domain::access::{Permission, Role, Scope};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};

use super::people::{SECRET, claims, send, send_text, sign, token, with_accounts, with_project};
use crate::support::Server;

struct Route {
    method: String,
    /// As described.
    pattern: String,
    /// With made-up values in its places.
    path: String,
    access: Access,
}

/// Every described route.
fn routes() -> Vec<Route> {
    let description = serde_json::to_value(api::openapi()).unwrap();
    let mut routes = Vec::new();
    for (pattern, methods) in description["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            let method = method.to_uppercase();
            let access = access::of(&method.parse().unwrap(), pattern)
                .unwrap_or_else(|| panic!("{method} {pattern} has no line in crates/api/src/access.rs"));
            routes.push(Route {
                path: fill(pattern, "00000000-0000-4000-8000-0000000000ff"),
                method,
                pattern: pattern.clone(),
                access,
            });
        }
    }
    routes
}

/// Puts values into the places of a path.
fn fill(pattern: &str, id: &str) -> String {
    let parts = pattern.split('/').map(|part| match part.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
        None => part,
        Some("orgnr") => COMPANY,
        Some("line") => "revenue",
        Some(_) => id,
    });
    parts.collect::<Vec<_>>().join("/")
}

/// The status of a route for a token; streams are not read to their end.
async fn status(server: &Server, route: &Route, token: Option<&str>) -> u16 {
    let mut request = server.client.request(route.method.parse().unwrap(), format!("{}{}", server.url, route.path));
    request = request.timeout(Duration::from_secs(20));
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    if route.method != "GET" {
        request = request.json(&json!({}));
    }
    request.send().await.unwrap_or_else(|error| panic!("{} {}: {error}", route.method, route.path)).status().as_u16()
}

#[tokio::test]
async fn missing_or_invalid_token_returns_401() {
    let server = with_project().await;
    let with = |key: &str, value: Value| {
        let mut claims = claims(1, "admin");
        claims[key] = value;
        sign(&claims, SECRET)
    };
    let unsigned = {
        let body = token(1, "admin").split('.').nth(1).unwrap().to_owned();
        // {"alg":"none","typ":"JWT"}
        format!("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{body}.")
    };
    let other_algorithm =
        encode(&Header::new(Algorithm::HS512), &claims(1, "admin"), &EncodingKey::from_secret(SECRET.as_bytes()))
            .unwrap();
    let bad: Vec<(&str, Option<String>)> = vec![
        ("nobody", None),
        ("expired", Some(with("exp", json!(1_000_000_000)))),
        ("not yet valid", Some(with("nbf", json!(4_102_444_000_u64)))),
        ("without an end", Some(with("exp", Value::Null))),
        ("for another audience", Some(with("aud", json!("anon")))),
        ("of another issuer", Some(with("iss", json!("https://evil.example/auth/v1")))),
        ("of no issuer", Some(with("iss", Value::Null))),
        ("of no person", Some(with("sub", json!("nobody")))),
        ("signed with another key", Some(sign(&claims(1, "admin"), "another-secret-of-thirty-two-bytes!!"))),
        ("not signed", Some(unsigned)),
        ("signed by another algorithm", Some(other_algorithm)),
        ("an API token that is not ours", Some("lode_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".to_owned())),
        ("nonsense", Some("x.y.z".to_owned())),
    ];
    let mut wrong = Vec::new();
    for route in routes() {
        for (what, token) in &bad {
            let found = status(&server, &route, token.as_deref()).await;
            let is_right = if route.access == Access::Anyone { found != 401 } else { found == 401 };
            if !is_right {
                wrong.push(format!("{} {} with a token {what}: {found}", route.method, route.pattern));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn each_role_may_do_what_the_table_says_and_nothing_more() {
    let server = with_project().await;
    // Until the index has loaded, what is asked of it is 503.
    server.until_ready().await;
    let mut wrong = Vec::new();
    for role in Role::ALL {
        let token = token(10 + role as u128, role.as_str());
        for route in routes() {
            let Access::May(permission) = route.access else { continue };
            let found = status(&server, &route, Some(&token)).await;
            // What is allowed may still find nothing there, or something wrong with an empty body.
            let is_right = if role.may(permission) { ![401, 403, 405].contains(&found) } else { found == 403 };
            if !is_right || found >= 500 {
                wrong.push(format!("{} {} as {}: {found}", route.method, route.pattern, role.as_str()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn an_api_token_does_nothing_beyond_its_scopes() {
    let server = with_project().await;
    // Comes once, so that there is a person to give a token to.
    let admin = token(7, "admin");
    assert_eq!(send(&server, "GET", "/api/me", Some(&admin), None).await.0, 200);
    let mut wrong = Vec::new();
    for scope in Scope::ALL {
        let body = json!({ "name": scope.as_str(), "scopes": [scope.as_str()], "expires_in_days": 1 });
        let (_, made) = send(&server, "POST", "/api/tokens", Some(&admin), Some(&body)).await;
        let token = made["token"].as_str().unwrap();
        for route in routes() {
            let Access::May(permission) = route.access else { continue };
            let found = status(&server, &route, Some(token)).await;
            let is_allowed = permission.scope() == Some(scope);
            let is_right = if is_allowed { ![401, 403].contains(&found) } else { found == 403 };
            if !is_right {
                wrong.push(format!("{} {} with the scope {}: {found}", route.method, route.pattern, scope.as_str()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let no_scope: Vec<_> = Permission::ALL.into_iter().filter(|permission| permission.scope().is_none()).collect();
    assert_eq!(no_scope, [Permission::ManageOwnAccount, Permission::ManageUsers], "no token widens its own rights");
}

const COMPANY: &str = "5560160680";
/// In every private object: whatever shows it to another person tells.
const SECRET_WORD: &str = "Hemligheten";

/// A kind of object that somebody can keep to themselves.
struct PrivateKind {
    /// The object's own address; everything below it is walked too.
    pattern: &'static str,
    /// Where one is made, and where it is listed.
    collection: &'static str,
    /// How one is made.
    body: Value,
    /// What a request that would change it says.
    change: Value,
}

fn private_kinds() -> Vec<PrivateKind> {
    let kind = |pattern, collection, body, change| PrivateKind { pattern, collection, body, change };
    let named = json!({ "name": SECRET_WORD, "scope": "private" });
    vec![
        kind("/api/lists/{id}", "/api/lists", named.clone(), json!({ "name": "x", "version": 1, "orgnrs": [COMPANY] })),
        kind("/api/views/{id}", "/api/views", named.clone(), json!({ "name": "x", "version": 1 })),
        kind("/api/labels/{id}", "/api/labels", named, json!({ "name": "x", "version": 1, "orgnrs": [COMPANY] })),
        kind(
            "/api/notes/{id}",
            "/api/companies/{orgnr}/notes",
            json!({ "body": SECRET_WORD, "scope": "private" }),
            json!({ "body": "x", "version": 1 }),
        ),
        kind(
            "/api/prospects/{id}",
            "/api/prospects",
            json!({ "orgnr": COMPANY, "scope": "private" }),
            json!({ "stage": "contacted", "version": 1 }),
        ),
        kind("/api/exports/{id}", "/api/exports", json!({ "text": "name contains Hemligheten" }), json!({})),
    ]
}

#[tokio::test]
async fn another_persons_private_objects_do_not_exist() {
    let server = with_project().await;
    sqlx::query("INSERT INTO companies (orgnr, name) VALUES ($1, 'Provbolaget AB')")
        .bind(COMPANY.parse::<i64>().unwrap())
        .execute(server.db.pool())
        .await
        .unwrap();
    let (anna, bo) = (token(1, "analyst"), token(2, "admin"));
    for kind in private_kinds() {
        let collection = fill(kind.collection, "");
        let (status, made) = send(&server, "POST", &collection, Some(&anna), Some(&kind.body)).await;
        // What a job makes is accepted.
        assert!(matches!(status, 200..=202), "{collection}: {status} {made}");
        let id = made["id"].as_str().or_else(|| made["added"][0]["id"].as_str()).unwrap();
        let is_there = async |person: &str| {
            let (status, listed) = send(&server, "GET", &collection, Some(person), None).await;
            assert_eq!(status, 200, "{collection}: {listed}");
            listed.to_string().contains(id)
        };
        assert!(is_there(&anna).await, "{collection}");
        assert!(!is_there(&bo).await, "{collection} tells");
        // Not even an administrator finds it, and nothing is said of it that is not said of what never was.
        let never = "00000000-0000-4000-8000-0000000000ff";
        for route in routes().iter().filter(|route| route.pattern.starts_with(kind.pattern)) {
            let ask = async |id: &str| {
                let path = fill(&route.pattern, id);
                let body = (route.method != "GET").then_some(&kind.change);
                let (status, text) = send_text(&server, &route.method, &path, Some(&bo), body).await;
                let mut answer: Value = serde_json::from_str(&text).unwrap_or(Value::Null);
                if let Some(answer) = answer.as_object_mut() {
                    answer.remove("request_id");
                }
                (status, answer.to_string().replace(id, "ID"))
            };
            let (found, missing) = (ask(id).await, ask(never).await);
            assert_eq!(found, missing, "{} {}", route.method, route.pattern);
            assert!(found.0 >= 400, "{} {}: {}", route.method, route.pattern, found.0);
        }
        assert!(is_there(&anna).await, "{collection}: and it is still there");
    }
    let asked = no_page_tells(&server).await;
    assert!(asked > 30, "only {asked} addresses were read");
}

/// Reads every address that needs no object's number as another person: lists, searches, counts, exports, logs. The audit
/// log is kept from that person by their role. Returns how many answered.
async fn no_page_tells(server: &Server) -> usize {
    let carl = token(3, "partner");
    let mut answered = 0;
    for route in routes() {
        // Streams of events do not end; they carry what their pages show.
        if route.method != "GET" || route.pattern.contains("{id}") || route.pattern.ends_with("/events") {
            continue;
        }
        let (status, text) = send_text(server, "GET", &route.path, Some(&carl), None).await;
        assert!(!text.contains(SECRET_WORD), "{} tells: {text}", route.path);
        answered += usize::from(status == 200);
    }
    for path in ["/api/companies/search?q=Hemligheten", "/api/lists?q=Hemligheten", "/api/prospects?q=Hemligheten"] {
        let (_, text) = send_text(server, "GET", path, Some(&carl), None).await;
        assert!(!text.contains("private"), "{path}: {text}");
    }
    let (_, seen) = send(server, "GET", "/api/prospects", Some(&carl), None).await;
    assert_eq!(seen["total"], json!(0), "counts are of what one may see");
    let (_, exported) = send_text(server, "GET", "/api/prospects/export", Some(&carl), None).await;
    assert!(!exported.contains(COMPANY), "{exported}");
    answered
}

#[tokio::test]
async fn the_sign_in_protocol_asks_for_a_session_where_it_is_needed() {
    let server = with_accounts(&[]).await;
    for (method, path, without, with_bad) in [
        ("GET", "/auth/v1/user", 401, 403),
        ("PUT", "/auth/v1/user", 401, 403),
        ("POST", "/auth/v1/logout", 401, 403),
        ("POST", "/auth/v1/invite", 401, 403),
        ("GET", "/auth/v1/settings", 200, 200),
        ("GET", "/auth/v1/health", 200, 200),
    ] {
        let body = (method != "GET").then(|| json!({}));
        assert_eq!(send(&server, method, path, None, body.as_ref()).await.0, without, "{method} {path}");
        let forged = token(1, "admin");
        assert_eq!(send(&server, method, path, Some(&forged), body.as_ref()).await.0, with_bad, "{method} {path}");
    }
    let viewer = super::people::join(&server, "viewer@example.se", Role::Viewer).await;
    let body = json!({ "email": "more@example.se", "data": { "role": "admin" } });
    let viewer = super::people::access(&viewer);
    assert_eq!(send(&server, "POST", "/auth/v1/invite", Some(viewer), Some(&body)).await.0, 403);
}

#[tokio::test]
async fn unlisted_method_returns_405_and_unknown_path_returns_404() {
    let server = with_project().await;
    let admin = token(1, "admin");
    assert_eq!(send(&server, "PATCH", "/api/me", Some(&admin), None).await.0, 405);
    assert_eq!(send(&server, "GET", "/api/no-such-route", Some(&admin), None).await.0, 404);
    assert_eq!(send(&server, "GET", "/api/no-such-route", None, None).await.0, 401);
}
