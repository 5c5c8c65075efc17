//! Lists and views end to end: kept, shared, hidden from others, and who may do what.

mod dynamic;
mod killed;
mod load;
mod matching;
mod members;
mod privacy;
mod rule_groups;
mod screens;
mod view_state;

use crate::support::{Server, start};
use crate::universe::data;
use jsonwebtoken::{EncodingKey, Header, encode};
use serde_json::{Value, json};

const SECRET: &str = "a-secret-of-at-least-thirty-two-bytes";
const ANNA: &str = "11111111-1111-4111-8111-111111111111";
const BO: &str = "22222222-2222-4222-8222-222222222222";

fn token(person: &str, role: &str) -> String {
    let claims = json!({
        "sub": person, "aud": "authenticated", "exp": 4_102_444_800u64, "email": format!("{person}@example.se"),
        "app_metadata": { "role": role },
    });
    encode(&Header::default(), &claims, &EncodingKey::from_secret(SECRET.as_bytes())).unwrap()
}

/// Sends a request, as somebody or as nobody, and returns status and body.
async fn send(server: &Server, method: &str, path: &str, person: Option<&str>, body: Option<Value>) -> (u16, Value) {
    server.send_as(person, method, path, body.as_ref()).await
}

/// Companies that screens find: `Bolag 0 AB`, `Bolag 1 AB`, … with so many millions of revenue; waits until they are there.
async fn add_screened(server: &Server, count: u64) -> Vec<String> {
    let mut companies = data::plain(count);
    for (index, company) in companies.iter_mut().enumerate() {
        let one = std::slice::from_mut(company);
        data::set(one, "name", domain::facts::FactValue::Text(format!("Bolag {index} AB").into()));
        data::set(one, "revenue", domain::facts::FactValue::Integer(index as i64 * 1_000_000));
    }
    data::fill(server.db.pool(), &companies).await;
    data::ready(server, Some(count)).await;
    companies.iter().map(|company| company.orgnr.to_string()).collect()
}

/// Makes a list and returns its path.
async fn make_list(server: &Server, person: Option<&str>, body: Value) -> String {
    let (status, list) = send(server, "POST", "/api/lists", person, Some(body)).await;
    assert_eq!(status, 201, "{list}");
    format!("/api/lists/{}", list["id"].as_str().unwrap())
}

/// The companies that a screen in words finds, as one person sees it, ordered by number; the whole answer beside them.
async fn screen(server: &Server, person: Option<&str>, text: &str) -> (Vec<String>, Value) {
    let body = json!({ "text": text, "sort": { "by": "orgnr", "dir": "asc" }, "limit": 1000, "columns": [] });
    let (status, answer) = send(server, "POST", "/api/universe/query", person, Some(body)).await;
    assert_eq!(status, 200, "{text}: {answer}");
    let rows = answer["rows"].as_array().unwrap();
    (rows.iter().map(|row| row["orgnr"].as_str().unwrap().to_owned()).collect(), answer)
}

async fn add_companies(server: &Server, orgnrs: &[i64]) {
    for orgnr in orgnrs {
        sqlx::query("INSERT INTO companies (orgnr, name) VALUES ($1, 'Provbolaget AB')")
            .bind(orgnr)
            .execute(server.db.pool())
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn a_view_is_kept_changed_and_deleted() {
    let server = start(&[]).await;
    let filter = json!({ "field": "revenue", "op": ">=", "value": 50_000_000 });
    let body = json!({ "name": " Tillväxt ", "scope": "team", "filtersJson": filter, "columnsJson": ["revenue"], "sortJson": { "by": "revenue", "dir": "desc" } });
    let (status, view) = send(&server, "POST", "/api/views", None, Some(body)).await;
    assert_eq!((status, &view["name"], &view["filter"]), (201, &json!("Tillväxt"), &filter), "{view}");

    let path = format!("/api/views/{}", view["id"].as_str().unwrap());
    let change = json!({ "name": "Tillväxt 2", "scope": "team", "filter": filter, "version": 1 });
    let (status, changed) = send(&server, "PUT", &path, None, Some(change.clone())).await;
    assert_eq!((status, &changed["version"]), (200, &json!(2)));
    let (status, _) = send(&server, "PUT", &path, None, Some(change)).await;
    assert_eq!(status, 409, "the second writer is told");

    assert_eq!(send(&server, "DELETE", &path, None, None).await.0, 204);
    assert_eq!(send(&server, "GET", &path, None, None).await.0, 404);
}

#[tokio::test]
async fn wrong_views_and_lists_are_refused_by_name() {
    let server = start(&[]).await;
    for (path, body, pointer) in [
        ("/api/views", json!({ "name": " " }), "/name"),
        ("/api/views", json!({ "name": "x", "scope": "world" }), "/scope"),
        ("/api/views", json!({ "name": "x", "filter": { "field": "revnue", "op": "=", "value": 1 } }), "/filter"),
        ("/api/lists", json!({ "name": "x".repeat(201) }), "/name"),
        ("/api/lists", json!({ "name": "x", "orgnrs": ["556016-0681"], "scope": "all" }), "/scope"),
        ("/api/lists", json!({ "name": "x", "orgnrs": ["811228-9874"] }), "/orgnrs/0"),
        ("/api/lists", json!({ "name": "x", "source_view_id": ANNA }), "/source_view_id"),
    ] {
        let (status, problem) = send(&server, "POST", path, None, Some(body)).await;
        assert_eq!((status, &problem["errors"][0]["pointer"]), (422, &json!(pointer)), "{problem}");
    }
    assert_eq!(send(&server, "GET", "/api/lists?scope=world", None, None).await.0, 422);
}

#[tokio::test]
async fn pages_of_lists_show_each_list_once_and_a_call_without_a_cursor_shows_all() {
    let server = start(&[]).await;
    for number in 0..7 {
        let (status, list) =
            send(&server, "POST", "/api/lists", None, Some(json!({ "name": format!("Lista {number}") }))).await;
        assert_eq!(status, 201, "{list}");
    }
    let ids = |page: &Value| -> Vec<String> {
        page["items"].as_array().unwrap().iter().map(|list| list["id"].as_str().unwrap().to_owned()).collect()
    };
    let (_, all) = send(&server, "GET", "/api/lists", None, None).await;
    assert_eq!((&all["count"], &all["next"]), (&json!(7), &Value::Null), "{all}");
    let (mut seen, mut after, mut sizes) = (Vec::new(), None::<String>, Vec::new());
    loop {
        let path = format!("/api/lists?limit=3{}", after.map(|after| format!("&after={after}")).unwrap_or_default());
        let (status, page) = send(&server, "GET", &path, None, None).await;
        assert_eq!(status, 200, "{page}");
        sizes.push(page["count"].as_u64().unwrap());
        seen.extend(ids(&page));
        after = page["next"].as_str().map(str::to_owned);
        if after.is_none() {
            break;
        }
    }
    assert_eq!((seen, sizes), (ids(&all), vec![3, 3, 1]));
    for (query, pointer) in [("limit=0", "limit"), ("limit=1001", "limit"), ("after=x", "after")] {
        let (status, problem) = send(&server, "GET", &format!("/api/lists?{query}"), None, None).await;
        assert_eq!((status, &problem["errors"][0]["pointer"]), (422, &json!(pointer)), "{problem}");
    }
}

#[tokio::test]
async fn a_list_counts_its_companies_and_forgets_none() {
    let server = start(&[]).await;
    add_companies(&server, &[5_560_160_680, 5_590_852_777]).await;
    let body = json!({ "name": "Första", "scope": "team", "orgnrs": ["556016-0680"] });
    let (status, list) = send(&server, "POST", "/api/lists", None, Some(body)).await;
    assert_eq!((status, &list["item_count"]), (201, &json!(1)), "{list}");
    let path = format!("/api/lists/{}", list["id"].as_str().unwrap());

    let more = json!({ "orgnrs": ["5560160680", "5590852777", "5590852777", "5567037485"] });
    let (_, added) = send(&server, "POST", &format!("{path}/items"), None, Some(more)).await;
    let told = ["changed", "unknown", "item_count"].map(|key| added[key].clone());
    assert_eq!(json!(told), json!([1, 1, 2]), "{added}");
    let (_, members) = send(&server, "GET", &format!("{path}/items"), None, None).await;
    assert_eq!(members["orgnrs"], json!(["5560160680", "5590852777"]));
    let (_, lists) = send(&server, "GET", "/api/companies/5590852777/lists", None, None).await;
    assert_eq!(lists["items"][0]["name"], "Första");

    let (_, view) = send(&server, "POST", "/api/views", None, Some(json!({ "name": "Källa" }))).await;
    let (status, changed) = send(&server, "PUT", &path, None, Some(json!({ "sourceViewId": view["id"] }))).await;
    assert_eq!((status, &changed["source_view_id"], &changed["name"]), (200, &view["id"], &json!("Första")));

    let (_, removed) =
        send(&server, "POST", &format!("{path}/items/remove"), None, Some(json!({ "orgnrs": ["5560160680"] }))).await;
    assert_eq!((&removed["changed"], &removed["item_count"]), (&json!(1), &json!(1)));
    assert_eq!(send(&server, "DELETE", &path, None, None).await.0, 204);
    assert_eq!(send(&server, "GET", "/api/lists?scope=all", None, None).await.1["items"], json!([]));
}

#[tokio::test]
async fn with_sign_in_required_a_missing_token_returns_401_and_a_private_list_only_answers_its_owner() {
    let server = start(&[("REQUIRE_AUTH", "true"), ("SUPABASE_JWT_SECRET", SECRET)]).await;
    for path in [
        "/api/lists",
        "/api/views",
        "/api/companies/5560160680",
        "/api/status/config",
        "/api/status/diagnosis",
        "/api/no-such-route",
        "/metrics",
    ] {
        assert_eq!(send(&server, "GET", path, None, None).await.0, 401, "{path}");
        assert_eq!(send(&server, "GET", path, Some("forged"), None).await.0, 401, "{path}");
    }
    assert_eq!(send(&server, "GET", "/health", None, None).await.0, 200, "health needs nobody");

    let (anna, bo, viewer) = (token(ANNA, "analyst"), token(BO, "analyst"), token(BO, "viewer"));
    let (_, private) = send(&server, "POST", "/api/lists", Some(&anna), Some(json!({ "name": "Hemlig" }))).await;
    let (_, shared) =
        send(&server, "POST", "/api/lists", Some(&anna), Some(json!({ "name": "Delad", "scope": "team" }))).await;
    let (_, seen) = send(&server, "GET", "/api/lists", Some(&bo), None).await;
    assert_eq!((&seen["count"], &seen["items"][0]["name"]), (&json!(1), &json!("Delad")));
    let private = format!("/api/lists/{}", private["id"].as_str().unwrap());
    let shared = format!("/api/lists/{}", shared["id"].as_str().unwrap());
    for (method, path) in [("GET", private.clone()), ("DELETE", private.clone()), ("GET", format!("{private}/items"))] {
        assert_eq!(send(&server, method, &path, Some(&bo), None).await.0, 404, "{method} {path}");
    }
    assert_eq!(
        send(&server, "DELETE", &shared, Some(&bo), None).await.0,
        403,
        "an analyst does not delete a colleague's list"
    );
    assert_eq!(send(&server, "POST", "/api/lists", Some(&viewer), Some(json!({ "name": "x" }))).await.0, 403);
    assert_eq!(send(&server, "DELETE", &shared, Some(&token(BO, "partner")), None).await.0, 204);
    assert_eq!(
        send(&server, "GET", &private, Some(&token(BO, "admin")), None).await.0,
        404,
        "not even an administrator"
    );
}
