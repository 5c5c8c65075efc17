//! Adding, moving, passing, undoing; what colleagues see and what is remembered.

use serde_json::json;

use super::people::{ANNA, BO, add, audited, companies, prospect, send, server, token};

#[tokio::test]
async fn a_company_is_worked_from_new_to_passed_and_everything_is_remembered() {
    let server = server().await;
    let orgnrs = companies(&server, 1).await;
    let (anna, bo) = (token(ANNA, "analyst"), token(BO, "analyst"));
    let (_, people) = send(&server, "GET", "/api/people", &bo, None).await;
    assert!(people["items"].as_array().unwrap().iter().any(|p| p["name"] == "bo" && p["is_self"] == true), "{people}");
    let added = add(&server, &anna, &orgnrs).await;
    assert_eq!((added["added"].as_array().unwrap().len(), &added["already_count"]), (1, &json!(0)));
    let card = prospect(&server, &bo, &orgnrs[0]).await;
    assert_eq!((&card["stage"], &card["owner_name"], &card["version"]), (&json!("new"), &json!("anna"), &json!(1)));
    assert_eq!(card["value_sek"], json!(null), "a value that nobody gave is missing, not 0");

    let path = format!("/api/prospects/{}", card["id"].as_str().unwrap());
    let change = json!({ "version": 1, "stage": "contacted", "owner_id": BO, "next_action": " Ring VD ",
        "next_action_on": "2026-01-15", "value_sek": 25_000_000 });
    let (status, card) = send(&server, "PATCH", &path, &anna, Some(change)).await;
    assert_eq!((status, &card["stage"], &card["next_action"]), (200, &json!("contacted"), &json!("Ring VD")), "{card}");
    assert_eq!(card["version"], json!(2));
    let (_, told) = send(&server, "GET", "/api/notifications", &bo, None).await;
    assert_eq!((&told["unread_count"], &told["items"][0]["kind"]), (&json!(1), &json!("assigned")), "{told}");

    let (status, problem) = send(&server, "PATCH", &path, &bo, Some(json!({ "version": 2, "stage": "passed" }))).await;
    assert_eq!((status, &problem["errors"][0]["pointer"]), (422, &json!("/pass_reason")), "{problem}");
    let pass = json!({ "version": 2, "stage": "passed", "pass_reason": "price", "pass_note": "Vill ha 9x" });
    let (status, card) = send(&server, "PATCH", &path, &bo, Some(pass)).await;
    assert_eq!((status, &card["pass_reason"]), (200, &json!("price")));

    let (_, detail) = send(&server, "GET", &path, &anna, None).await;
    let stays: Vec<&str> = detail["stays"].as_array().unwrap().iter().map(|s| s["stage"].as_str().unwrap()).collect();
    assert_eq!(stays, ["new", "contacted", "passed"]);
    assert_eq!(detail["stays"][2]["moved_by_name"], json!("bo"));
    assert!(detail["stays"][0]["left_at"].is_string() && detail["stays"][2]["left_at"].is_null());

    // Looked at before: whoever adds it again is told, and nothing changes.
    let again = add(&server, &anna, &orgnrs).await;
    assert_eq!(
        (&again["already"][0]["stage"], &again["already"][0]["pass_note"]),
        (&json!("passed"), &json!("Vill ha 9x"))
    );
    let reopen = json!({ "orgnrs": orgnrs, "reopen": true });
    let (_, reopened) = send(&server, "POST", "/api/prospects", &anna, Some(reopen)).await;
    assert_eq!(reopened["reopened"][0]["pass_reason"], json!("price"), "{reopened}");
    assert_eq!(prospect(&server, &bo, &orgnrs[0]).await["stage"], json!("new"));

    let log = format!("/api/companies/{}/activity", orgnrs[0]);
    let (_, log) = send(&server, "GET", &log, &anna, None).await;
    let kinds: Vec<&str> = log["items"].as_array().unwrap().iter().map(|e| e["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds[0], "prospect.moved");
    for kind in ["prospect.added", "prospect.moved", "prospect.edited", "prospect.passed"] {
        assert!(kinds.contains(&kind), "{kind} is missing: {kinds:?}");
    }
    assert_eq!((audited(&server, "prospect.create").await, audited(&server, "prospect.update").await), (1, 3));
}

#[tokio::test]
async fn the_second_of_two_editors_is_told_and_loses_nothing() {
    let server = server().await;
    let orgnrs = companies(&server, 1).await;
    let (anna, bo) = (token(ANNA, "analyst"), token(BO, "analyst"));
    add(&server, &anna, &orgnrs).await;
    let card = prospect(&server, &anna, &orgnrs[0]).await;
    let path = format!("/api/prospects/{}", card["id"].as_str().unwrap());
    let first = json!({ "version": 1, "next_action": "Ring" });
    assert_eq!(send(&server, "PATCH", &path, &anna, Some(first)).await.0, 200);

    let second = json!({ "version": 1, "next_action": "Mejla" });
    let (status, problem) = send(&server, "PATCH", &path, &bo, Some(second.clone())).await;
    assert_eq!((status, &problem["current"][0]["next_action"]), (409, &json!("Ring")), "{problem}");
    assert!(problem["detail"].as_str().unwrap().contains("anna"), "{problem}");
    let with_tag = |tag: &'static str| {
        let request = server.client.patch(format!("{}{path}", server.url)).bearer_auth(&bo).header("if-match", tag);
        request.json(&json!({ "next_action": "Mejla" })).send()
    };
    assert_eq!(with_tag("\"1\"").await.unwrap().status(), 412);
    assert_eq!(with_tag("\"x\"").await.unwrap().status(), 422);
    assert_eq!(with_tag("\"2\"").await.unwrap().status(), 200);
    let blind = json!({ "next_action": "Skriv" });
    assert_eq!(send(&server, "PATCH", &path, &bo, Some(blind)).await.0, 428);
    assert_eq!(prospect(&server, &anna, &orgnrs[0]).await["next_action"], json!("Mejla"));
}

#[tokio::test]
async fn many_move_together_or_not_at_all_and_can_be_put_back() {
    let server = server().await;
    let orgnrs = companies(&server, 2_000).await;
    let anna = token(ANNA, "analyst");
    let added = add(&server, &anna, &orgnrs).await;
    let ids: Vec<&str> = added["added"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), 2_000);
    let mut changes: Vec<_> = ids.iter().map(|id| json!({ "id": id, "version": 1, "stage": "researching" })).collect();
    changes[1_999]["version"] = json!(7);
    let (status, problem) =
        send(&server, "POST", "/api/prospects/bulk", &anna, Some(json!({ "changes": changes }))).await;
    assert_eq!((status, problem["current"].as_array().map(Vec::len)), (409, Some(1)), "{problem}");
    changes[1_999] = json!({ "id": ids[1_999], "version": 1, "stage": "passed" });
    let (status, problem) =
        send(&server, "POST", "/api/prospects/bulk", &anna, Some(json!({ "changes": changes }))).await;
    assert_eq!((status, &problem["errors"][0]["pointer"]), (422, &json!("/changes/1999/pass_reason")));
    let (_, new) = send(&server, "GET", "/api/prospects?stage=new", &anna, None).await;
    assert_eq!(new["total"], json!(2_000), "nothing moved");

    changes[1_999] = json!({ "id": ids[1_999], "version": 1, "stage": "researching" });
    let (status, moved) =
        send(&server, "POST", "/api/prospects/bulk", &anna, Some(json!({ "changes": changes }))).await;
    assert_eq!((status, &moved["changed"]), (200, &json!(2_000)));
    let events: i64 = sqlx::query_scalar("SELECT count(*) FROM activity_events WHERE kind = 'prospect.moved'")
        .fetch_one(server.db.pool())
        .await
        .unwrap();
    assert_eq!(events, 1, "one event for all of them");
    let back: Vec<_> = moved["before"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| json!({ "id": one["id"], "version": one["version"], "stage": one["stage"] }))
        .collect();
    let (status, undone) = send(&server, "POST", "/api/prospects/bulk", &anna, Some(json!({ "changes": back }))).await;
    assert_eq!((status, &undone["changed"]), (200, &json!(2_000)), "{}", undone["detail"]);
    let (_, new) = send(&server, "GET", "/api/prospects?stage=new&limit=10&offset=1995", &anna, None).await;
    assert_eq!((&new["total"], &new["count"]), (&json!(2_000), &json!(5)));
}

#[tokio::test]
async fn pages_of_prospects_by_cursor_show_each_once_in_the_order_of_all() {
    let server = server().await;
    let orgnrs = companies(&server, 23).await;
    let anna = token(ANNA, "analyst");
    add(&server, &anna, &orgnrs).await;
    let today = chrono::Utc::now().date_naive();
    for (index, orgnr) in orgnrs.iter().enumerate() {
        let card = prospect(&server, &anna, orgnr).await;
        let path = format!("/api/prospects/{}", card["id"].as_str().unwrap());
        let stage = ["new", "researching", "contacted"][index % 3];
        let due = (index % 4 > 0).then(|| (today + chrono::Duration::days((index % 4) as i64)).to_string());
        let change = json!({ "version": 1, "stage": stage, "next_action": "Ring", "next_action_on": due });
        let (status, changed) = send(&server, "PATCH", &path, &anna, Some(change)).await;
        assert_eq!(status, 200, "{changed}");
    }
    let ids = |page: &serde_json::Value| -> Vec<String> {
        page["items"].as_array().unwrap().iter().map(|card| card["id"].as_str().unwrap().to_owned()).collect()
    };
    let (_, all) = send(&server, "GET", "/api/prospects", &anna, None).await;
    assert_eq!((&all["total"], &all["next"]), (&json!(23), &serde_json::Value::Null), "{all}");
    for limit in [1, 4, 22, 23] {
        let (mut seen, mut after) = (Vec::new(), String::new());
        loop {
            let path = format!("/api/prospects?limit={limit}{after}");
            let (status, page) = send(&server, "GET", &path, &anna, None).await;
            assert_eq!((status, &page["total"]), (200, &json!(23)), "{page}");
            assert!(page["count"].as_i64() <= Some(limit) && seen.len() < 23, "{page}");
            seen.extend(ids(&page));
            let Some(next) = page["next"].as_str() else { break };
            after = format!("&after={next}");
        }
        assert_eq!(seen, ids(&all), "by {limit}");
    }
    // What leaves before the place moves nobody past the reader.
    let (_, first) = send(&server, "GET", "/api/prospects?limit=5", &anna, None).await;
    let path = format!("/api/prospects/{}", ids(&first)[0]);
    send(&server, "PATCH", &path, &anna, Some(json!({ "version": 2, "removed": true }))).await;
    let path = format!("/api/prospects?limit=5&after={}", first["next"].as_str().unwrap());
    let (_, second) = send(&server, "GET", &path, &anna, None).await;
    assert_eq!(ids(&second), ids(&all)[5..10]);
    let (status, problem) = send(&server, "GET", "/api/prospects?after=x", &anna, None).await;
    assert_eq!((status, &problem["errors"][0]["pointer"]), (422, &json!("after")), "{problem}");
}

#[tokio::test]
async fn a_removed_prospect_comes_back_with_its_history() {
    let server = server().await;
    let orgnrs = companies(&server, 1).await;
    let anna = token(ANNA, "analyst");
    add(&server, &anna, &orgnrs).await;
    let card = prospect(&server, &anna, &orgnrs[0]).await;
    let path = format!("/api/prospects/{}", card["id"].as_str().unwrap());
    let change = json!({ "version": 1, "stage": "interested", "removed": true });
    assert_eq!(send(&server, "PATCH", &path, &anna, Some(change)).await.0, 200);
    let (_, left) = send(&server, "GET", "/api/prospects?scope=team", &anna, None).await;
    assert_eq!(left["items"], json!([]));
    let again = add(&server, &anna, &orgnrs).await;
    assert_eq!(again["restored"][0]["stage"], json!("interested"), "{again}");
    let (_, detail) = send(&server, "GET", &path, &anna, None).await;
    assert_eq!((&detail["id"], detail["stays"].as_array().unwrap().len()), (&card["id"], 2), "{detail}");
    let unknown = json!({ "orgnrs": ["5567037485"] });
    let (_, unknown) = send(&server, "POST", "/api/prospects", &anna, Some(unknown)).await;
    assert_eq!(unknown["unknown"], json!(["5567037485"]));
}

#[tokio::test]
async fn due_stale_and_owner_are_questions() {
    let server = server().await;
    let orgnrs = companies(&server, 4).await;
    let anna = token(ANNA, "analyst");
    add(&server, &anna, &orgnrs).await;
    let today = chrono::Utc::now().date_naive();
    for (index, days) in [(0, -1), (1, 0), (2, 5)] {
        let card = prospect(&server, &anna, &orgnrs[index]).await;
        let on = today + chrono::Duration::days(days);
        let change = json!({ "version": 1, "next_action_on": on, "owner_id": if index == 2 { json!(null) } else { json!(ANNA) } });
        let path = format!("/api/prospects/{}", card["id"].as_str().unwrap());
        assert_eq!(send(&server, "PATCH", &path, &anna, Some(change)).await.0, 200);
    }
    sqlx::query("UPDATE prospects SET touched_at = now() - interval '15 days' WHERE orgnr = $1")
        .bind(orgnrs[3].parse::<i64>().unwrap())
        .execute(server.db.pool())
        .await
        .unwrap();
    for (question, count) in [
        ("due=overdue", 1),
        ("due=today", 2),
        ("due=week", 3),
        ("due=none", 1),
        ("stale=true", 1),
        ("owner=me", 3),
        ("owner=none", 1),
        ("q=bolaget%203", 1),
        ("q=5560000002", 1),
        ("scope=private", 0),
    ] {
        let (_, found) = send(&server, "GET", &format!("/api/prospects?{question}"), &anna, None).await;
        assert_eq!(found["total"], json!(count), "{question}");
    }
    for question in ["due=soon", "owner=you", "scope=world", "stages=new"] {
        assert_eq!(send(&server, "GET", &format!("/api/prospects?{question}"), &anna, None).await.0, 422, "{question}");
    }
}

#[tokio::test]
async fn viewers_read_and_a_private_prospect_is_its_owners() {
    let server = server().await;
    let orgnrs = companies(&server, 2).await;
    let (anna, bo, viewer) = (token(ANNA, "analyst"), token(BO, "admin"), token(BO, "viewer"));
    let own = json!({ "orgnr": orgnrs[0], "scope": "private" });
    let (status, own) = send(&server, "POST", "/api/prospects", &anna, Some(own)).await;
    assert_eq!(status, 200, "{own}");
    add(&server, &anna, &orgnrs[1..]).await;
    let id = own["added"][0]["id"].as_str().unwrap().to_owned();
    let (_, seen) = send(&server, "GET", "/api/prospects", &bo, None).await;
    assert_eq!((&seen["total"], &seen["items"][0]["orgnr"]), (&json!(1), &json!(orgnrs[1])));
    let change = json!({ "version": 1, "stage": "contacted" });
    for (method, path, body) in [
        ("GET", format!("/api/prospects/{id}"), None),
        ("PATCH", format!("/api/prospects/{id}"), Some(change.clone())),
        (
            "POST",
            "/api/prospects/bulk".to_owned(),
            Some(json!({ "changes": [{ "id": id, "version": 1, "stage": "contacted" }] })),
        ),
    ] {
        assert_eq!(send(&server, method, &path, &bo, body).await.0, 404, "{method} {path}");
    }
    let (_, log) = send(&server, "GET", &format!("/api/companies/{}/activity", orgnrs[0]), &bo, None).await;
    assert_eq!(log["items"], json!([]), "not even that it was done");
    let (_, log) = send(&server, "GET", &format!("/api/companies/{}/activity", orgnrs[0]), &anna, None).await;
    assert_eq!(log["items"][0]["is_private"], json!(true));
    // The team's own prospect of the same company is another one; sharing collides with it.
    add(&server, &bo, &orgnrs[..1]).await;
    let share = json!({ "version": 1, "scope": "team" });
    assert_eq!(send(&server, "PATCH", &format!("/api/prospects/{id}"), &anna, Some(share)).await.0, 409);

    assert_eq!(send(&server, "GET", "/api/prospects", &viewer, None).await.0, 200);
    for (method, path, body) in [
        ("POST", "/api/prospects".to_owned(), json!({ "orgnr": orgnrs[0] })),
        ("PATCH", format!("/api/prospects/{id}"), change),
        ("POST", format!("/api/companies/{}/notes", orgnrs[0]), json!({ "body": "x" })),
        ("PUT", "/api/prospects/stages".to_owned(), json!({ "stages": [], "version": 1 })),
    ] {
        assert_eq!(send(&server, method, &path, &viewer, Some(body)).await.0, 403, "{method} {path}");
    }
}
