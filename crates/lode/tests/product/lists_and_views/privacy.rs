//! What is private to one person is, to another, exactly like what never was.

use serde_json::{Value, json};

use super::{ANNA, BO, SECRET, add_screened, make_list, screen, send, token};
use crate::support::start;
use crate::universe::data;

/// An answer without what differs in every request.
fn plain(mut answer: Value) -> String {
    if let Some(object) = answer.as_object_mut() {
        object.remove("request_id");
        object.remove("took_ms");
    }
    answer.to_string()
}

#[tokio::test]
async fn a_private_list_is_unknown_to_others_everywhere() {
    let server = start(&[("REQUIRE_AUTH", "true"), ("SUPABASE_JWT_SECRET", SECRET)]).await;
    let (anna, bo) = (token(ANNA, "analyst"), token(BO, "admin"));
    let companies = data::plain(3);
    data::fill(server.db.pool(), &companies).await;
    let orgnrs: Vec<String> = companies.iter().map(|company| company.orgnr.to_string()).collect();
    server.until_ready().await;
    let secret = make_list(&server, Some(&anna), json!({ "name": "Hemlig", "orgnrs": [orgnrs[0]] })).await;
    let id = secret.rsplit('/').next().unwrap().to_owned();
    let (_, label) =
        send(&server, "POST", "/api/labels", Some(&anna), Some(json!({ "name": "Dold", "scope": "private" }))).await;
    let label = format!("/api/labels/{}", label["id"].as_str().unwrap());
    send(&server, "POST", &format!("{label}/items"), Some(&anna), Some(json!({ "orgnrs": [orgnrs[0]] }))).await;
    assert_eq!(screen(&server, Some(&anna), "in list \"Hemlig\" and in label \"Dold\"").await.0, [orgnrs[0].clone()]);

    // By name and by id, in every question that takes a filter: the same answer as for a name that never was.
    for path in ["query", "stats", "scatter", "funnel", "similar", "export", "snapshots"] {
        let path = format!("/api/universe/{path}");
        for (known, unknown) in [
            ("in list \"Hemlig\"".to_owned(), "in list \"Finnsej\"".to_owned()),
            (format!("in list \"{id}\""), format!("in list \"{}\"", uuid::Uuid::from_u128(7))),
            ("in label \"Dold\"".to_owned(), "in label \"Ingen\"".to_owned()),
        ] {
            let ask = |text: &str| json!({ "text": text, "x": "revenue", "y": "revenue", "orgnrs": [orgnrs[1]] });
            let ask = |text: &str| {
                let mut body = ask(text);
                let object = body.as_object_mut().unwrap();
                let keys: &[&str] = match path.rsplit('/').next() {
                    Some("scatter") => &["text", "x", "y"],
                    Some("similar") => &["text", "orgnrs"],
                    _ => &["text"],
                };
                object.retain(|key, _| keys.contains(&key.as_str()));
                body
            };
            let (status, hidden) = send(&server, "POST", &path, Some(&bo), Some(ask(&known))).await;
            let (other, never) = send(&server, "POST", &path, Some(&bo), Some(ask(&unknown))).await;
            assert_eq!((status, other), (422, 422), "{path} {known}: {hidden}");
            let name = |text: &str| text.split('"').nth(1).unwrap().to_owned();
            assert_eq!(plain(hidden).replace(&name(&known), "X"), plain(never).replace(&name(&unknown), "X"), "{path}");
        }
    }
    let never = format!("/api/lists/{}", uuid::Uuid::from_u128(7));
    for (method, tail, body) in [
        ("GET", "", None),
        ("PUT", "", Some(json!({ "name": "x" }))),
        ("DELETE", "", None),
        ("GET", "/items", None),
        ("POST", "/items", Some(json!({ "orgnrs": [orgnrs[0]] }))),
        ("POST", "/items/remove", Some(json!({ "orgnrs": [orgnrs[0]] }))),
        ("POST", "/archive", Some(json!({ "archived": true }))),
        ("POST", "/restore", None),
        ("POST", "/duplicate", Some(json!({ "name": "x" }))),
        ("POST", "/merge", Some(json!({ "from": [uuid::Uuid::from_u128(9)] }))),
        ("PUT", &format!("/items/{}/note", orgnrs[0]), Some(json!({ "note": "x" }))),
    ] {
        let (status, hidden) = send(&server, method, &format!("{secret}{tail}"), Some(&bo), body.clone()).await;
        let (other, unknown) = send(&server, method, &format!("{never}{tail}"), Some(&bo), body).await;
        assert_eq!(status, other, "{method} {tail}: {hidden}");
        assert!((400..500).contains(&status), "{method} {tail}");
        assert_eq!(plain(hidden).replace(&id, "X"), plain(unknown).replace(&never[11..], "X"), "{method} {tail}");
    }
    for body in [json!({ "expression": { "list": id } }), json!({ "expression": { "list": uuid::Uuid::from_u128(7) } })]
    {
        assert_eq!(send(&server, "POST", "/api/lists/combine/count", Some(&bo), Some(body)).await.0, 422);
    }
    let asked = json!({ "orgnrs": [orgnrs[0]], "list_id": id });
    assert_eq!(send(&server, "POST", "/api/companies/marks", Some(&bo), Some(asked)).await.0, 404);
    let asked = json!({ "text": "x", "list_id": id });
    assert_eq!(send(&server, "POST", "/api/lists/match", Some(&bo), Some(asked)).await.0, 404);

    // Nor does anything that is open to them name it or count it.
    let text = "in list H";
    for (method, path, body) in [
        ("GET", "/api/lists?archived=all".to_owned(), None),
        ("GET", "/api/labels".to_owned(), None),
        ("GET", format!("/api/companies/{}/lists", orgnrs[0]), None),
        ("GET", format!("/api/companies/{}/activity", orgnrs[0]), None),
        ("POST", "/api/companies/marks".to_owned(), Some(json!({ "orgnrs": [orgnrs[0]] }))),
        ("POST", "/api/universe/query".to_owned(), Some(json!({ "columns": [], "marks": true }))),
        ("POST", "/api/universe/complete".to_owned(), Some(json!({ "text": text, "cursor": text.len() }))),
    ] {
        let (status, answer) = send(&server, method, &path, Some(&bo), body.clone()).await;
        assert_eq!(status, 200, "{answer}");
        let answer = answer.to_string();
        assert!(!answer.contains("Hemlig") && !answer.contains("Dold") && !answer.contains(&id), "{path}: {answer}");
        assert!(!answer.contains("\"list_count\":1"), "{path}: {answer}");
        let own = send(&server, method, &path, Some(&anna), body).await.1.to_string();
        assert!(own.contains("Hemlig") || own.contains("Dold"), "{path} shows Anna her own: {own}");
    }
    let (_, removed) =
        send(&server, "POST", &format!("{secret}/items/remove"), Some(&anna), Some(json!({ "orgnrs": [orgnrs[0]] })))
            .await;
    let undo = format!("/api/changes/{}/undo", removed["change_id"].as_str().unwrap());
    assert_eq!(send(&server, "POST", &undo, Some(&bo), None).await.0, 404, "another's change is nobody's");
}

#[tokio::test]
async fn what_the_team_shares_names_nothing_private() {
    let server = start(&[("REQUIRE_AUTH", "true"), ("SUPABASE_JWT_SECRET", SECRET)]).await;
    let anna = token(ANNA, "analyst");
    make_list(&server, Some(&anna), json!({ "name": "Hemlig" })).await;
    let filter = json!({ "field": "list", "op": "in_list", "value": "Hemlig" });
    let body = json!({ "name": "Följer", "kind": "dynamic", "scope": "team", "filter": filter });
    let (status, told) = send(&server, "POST", "/api/lists", Some(&anna), Some(body)).await;
    assert_eq!((status, &told["errors"][0]["pointer"]), (422, &json!("/filter")), "{told}");
    let (status, _) = send(
        &server,
        "POST",
        "/api/views",
        Some(&anna),
        Some(json!({ "name": "Vy", "scope": "team", "filter": filter })),
    )
    .await;
    assert_eq!(status, 422);
    let (status, kept) = send(
        &server,
        "POST",
        "/api/lists",
        Some(&anna),
        Some(json!({ "name": "Lista", "scope": "team", "filter": filter })),
    )
    .await;
    assert_eq!((status, &kept["filter"]), (201, &json!(null)), "a list made from it does not say so");
    let (status, own) = send(
        &server,
        "POST",
        "/api/lists",
        Some(&anna),
        Some(json!({ "name": "Egen", "kind": "dynamic", "filter": filter })),
    )
    .await;
    assert_eq!(status, 201, "{own}");
    let path = format!("/api/lists/{}", own["id"].as_str().unwrap());
    assert_eq!(send(&server, "PUT", &path, Some(&anna), Some(json!({ "scope": "team" }))).await.0, 422);
}

#[tokio::test]
async fn ones_own_list_comes_before_the_teams_of_the_same_name() {
    let server = start(&[]).await;
    let orgnrs = add_screened(&server, 2).await;
    make_list(&server, None, json!({ "name": "Mål", "orgnrs": [orgnrs[0]] })).await;
    sqlx::query("INSERT INTO users (id, email, display_name, role) VALUES ($1, 'bo@example.se', 'Bo', 'analyst')")
        .bind(uuid::Uuid::parse_str(BO).unwrap())
        .execute(server.db.pool())
        .await
        .unwrap();
    sqlx::query("INSERT INTO lists (name, scope, owner_id) VALUES ('Mål', 'team', $1)")
        .bind(uuid::Uuid::parse_str(BO).unwrap())
        .execute(server.db.pool())
        .await
        .unwrap();
    assert_eq!(screen(&server, None, "in list \"Mål\"").await.0, [orgnrs[0].clone()]);
}
