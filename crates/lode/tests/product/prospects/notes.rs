//! Notes: who reads them, what they said before, whom they call.

use serde_json::json;

use super::people::{ANNA, BO, add, companies, prospect, send, server, token};

#[tokio::test]
async fn a_note_is_kept_edited_with_history_deleted_and_brought_back() {
    let server = server().await;
    let orgnrs = companies(&server, 1).await;
    let (anna, bo, partner) = (token(ANNA, "analyst"), token(BO, "analyst"), token(BO, "partner"));
    send(&server, "GET", "/api/people", &bo, None).await;
    add(&server, &anna, &orgnrs).await;
    sqlx::query("UPDATE prospects SET touched_at = now() - interval '20 days'")
        .execute(server.db.pool())
        .await
        .unwrap();
    assert_eq!(prospect(&server, &anna, &orgnrs[0]).await["is_stale"], json!(true));

    let notes = format!("/api/companies/{}/notes", orgnrs[0]);
    let body = json!({ "kind": "call", "body": format!("Talade med VD. @[Bo]({BO}) följ upp!") });
    let (status, note) = send(&server, "POST", &notes, &anna, Some(body)).await;
    assert_eq!((status, &note["kind"], &note["author_name"]), (201, &json!("call"), &json!("anna")), "{note}");
    let card = prospect(&server, &anna, &orgnrs[0]).await;
    assert_eq!((&card["is_stale"], &card["note_count"], &card["version"]), (&json!(false), &json!(1), &json!(1)));
    let (_, told) = send(&server, "GET", "/api/notifications?unread=true", &bo, None).await;
    assert_eq!(told["items"][0]["detail"]["excerpt"], json!("Talade med VD. @Bo följ upp!"), "{told}");
    let (_, read) = send(&server, "POST", "/api/notifications/mark", &bo, Some(json!({}))).await;
    assert_eq!((&read["unread_count"], read["ids"].as_array().unwrap().len()), (&json!(0), 1));
    let unread = json!({ "ids": read["ids"], "read": false });
    assert_eq!(send(&server, "POST", "/api/notifications/mark", &bo, Some(unread)).await.1["unread_count"], json!(1));
    assert_eq!(send(&server, "GET", "/api/notifications", &anna, None).await.1["items"], json!([]), "one's own only");

    let path = format!("/api/notes/{}", note["id"].as_str().unwrap());
    let change = json!({ "body": "Talade med ägaren.", "kind": "call", "version": 1 });
    assert_eq!(send(&server, "PUT", &path, &bo, Some(change.clone())).await.0, 403, "a colleague's words stay theirs");
    let (status, edited) = send(&server, "PUT", &path, &anna, Some(change.clone())).await;
    assert_eq!((status, &edited["version"]), (200, &json!(2)));
    let (status, problem) = send(&server, "PUT", &path, &anna, Some(change)).await;
    assert_eq!((status, &problem["current"]["body"]), (409, &json!("Talade med ägaren.")), "{problem}");
    let (_, former) = send(&server, "GET", &format!("{path}/revisions"), &bo, None).await;
    assert!(former["items"][0]["body"].as_str().unwrap().starts_with("Talade med VD."), "{former}");

    assert_eq!(send(&server, "DELETE", &path, &partner, None).await.0, 204, "whoever answers for the team may");
    assert_eq!(send(&server, "GET", &notes, &anna, None).await.1["items"], json!([]));
    assert_eq!(send(&server, "POST", &format!("{path}/restore"), &anna, None).await.0, 200);
    assert_eq!(send(&server, "GET", &notes, &anna, None).await.1["items"][0]["body"], json!("Talade med ägaren."));
}

#[tokio::test]
async fn a_private_note_is_its_authors_and_calls_nobody() {
    let server = server().await;
    let orgnrs = companies(&server, 1).await;
    let (anna, bo) = (token(ANNA, "analyst"), token(BO, "admin"));
    let notes = format!("/api/companies/{}/notes", orgnrs[0]);
    let (status, note) =
        send(&server, "POST", &notes, &anna, Some(json!({ "body": "Magkänsla", "scope": "private" }))).await;
    assert_eq!(status, 201, "{note}");
    let path = format!("/api/notes/{}", note["id"].as_str().unwrap());
    assert_eq!(send(&server, "GET", &notes, &bo, None).await.1["items"], json!([]));
    assert_eq!(send(&server, "GET", &format!("{path}/revisions"), &bo, None).await.0, 404);
    assert_eq!(send(&server, "DELETE", &path, &bo, None).await.0, 404);
    let mention = json!({ "body": format!("@[Bo]({BO})"), "scope": "private" });
    for (body, pointer) in [
        (mention, "/body"),
        (json!({ "body": "  " }), "/body"),
        (json!({ "body": "x".repeat(20_001) }), "/body"),
        (json!({ "body": "x", "kind": "fax" }), "/kind"),
        (json!({ "body": "x", "scope": "all" }), "/scope"),
    ] {
        let (status, problem) = send(&server, "POST", &notes, &anna, Some(body)).await;
        assert_eq!((status, &problem["errors"][0]["pointer"]), (422, &json!(pointer)), "{problem}");
    }
    let nobody = json!({ "body": "x" });
    assert_eq!(send(&server, "POST", "/api/companies/5567037485/notes", &anna, Some(nobody)).await.0, 404);
}
