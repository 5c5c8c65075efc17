//! Members come and go, are combined, and come back as they were.

use serde_json::{Value, json};

use super::{add_companies, make_list, send};
use crate::support::start;

const A: &str = "5560160680";
const B: &str = "5590852777";
const C: &str = "5567037485";

async fn items(server: &super::Server, path: &str) -> Value {
    send(server, "GET", &format!("{path}/items"), None, None).await.1["orgnrs"].clone()
}

#[tokio::test]
async fn a_removed_member_is_restored_with_its_note() {
    let server = start(&[]).await;
    add_companies(&server, &[5_560_160_680, 5_590_852_777, 5_567_037_485]).await;
    let list = make_list(&server, None, json!({ "name": "Mål", "orgnrs": [A, B] })).await;
    let note = format!("{list}/items/{A}/note");
    let (status, written) =
        send(&server, "PUT", &note, None, Some(json!({ "note": " Säljer? ", "expected": null }))).await;
    assert_eq!((status, &written["note"]), (200, &json!("Säljer?")), "{written}");
    let (status, told) = send(&server, "PUT", &note, None, Some(json!({ "note": "Annat", "expected": null }))).await;
    assert_eq!(
        (status, &told["current"]["note"]),
        (409, &json!("Säljer?")),
        "the second writer is told and loses nothing"
    );

    let (_, removed) =
        send(&server, "POST", &format!("{list}/items/remove"), None, Some(json!({ "orgnrs": [A, C] }))).await;
    assert_eq!((&removed["changed"], &removed["item_count"]), (&json!(1), &json!(1)));
    let undo = format!("/api/changes/{}/undo", removed["change_id"].as_str().unwrap());
    let (status, undone) = send(&server, "POST", &undo, None, None).await;
    assert_eq!((status, &undone["changed"]), (200, &json!(1)), "{undone}");
    assert_eq!(send(&server, "POST", &undo, None, None).await.0, 409, "once");
    let marks = json!({ "orgnrs": [A], "list_id": list.rsplit('/').next() });
    let (_, marks) = send(&server, "POST", "/api/companies/marks", None, Some(marks)).await;
    assert_eq!(marks["items"][0]["item"]["note"], "Säljer?");

    // Taking back an addition leaves what was there before.
    let (_, added) = send(&server, "POST", &format!("{list}/items"), None, Some(json!({ "orgnrs": [A, C] }))).await;
    assert_eq!(added["changed"], 1);
    send(&server, "POST", &format!("/api/changes/{}/undo", added["change_id"].as_str().unwrap()), None, None).await;
    assert_eq!(items(&server, &list).await, json!([A, B]));
    let (_, seen) = send(&server, "GET", &list, None, None).await;
    assert_eq!((&seen["item_count"], &seen["note_count"]), (&json!(2), &json!(1)));
}

#[tokio::test]
async fn lists_make_lists() {
    let server = start(&[]).await;
    add_companies(&server, &[5_560_160_680, 5_590_852_777, 5_567_037_485]).await;
    let first = make_list(&server, None, json!({ "name": "Första", "orgnrs": [A, B] })).await;
    let second = make_list(&server, None, json!({ "name": "Andra", "orgnrs": [B, C] })).await;
    let id = |path: &str| path.rsplit('/').next().unwrap().to_owned();
    let (one, two) = (json!({ "list": id(&first) }), json!({ "list": id(&second) }));
    for (expression, expected) in [
        (json!({ "union": [one, two] }), json!([A, C, B])),
        (json!({ "intersection": [one, two] }), json!([B])),
        (json!({ "difference": [one, two] }), json!([A])),
        (json!({ "difference": [{ "union": [one, two] }, { "intersection": [one, two] }] }), json!([A, C])),
    ] {
        let (_, counted) =
            send(&server, "POST", "/api/lists/combine/count", None, Some(json!({ "expression": expression }))).await;
        assert_eq!(counted["count"], expected.as_array().unwrap().len(), "{expression}");
        let body = json!({ "name": "Ny", "expression": expression });
        let (status, made) = send(&server, "POST", "/api/lists/combine", None, Some(body)).await;
        assert_eq!(status, 201, "{made}");
        let mut expected: Vec<String> = serde_json::from_value(expected).unwrap();
        expected.sort();
        assert_eq!(items(&server, &format!("/api/lists/{}", made["id"].as_str().unwrap())).await, json!(expected));
    }
    for wrong in [json!({ "union": [] }), json!({ "list": uuid::Uuid::nil() })] {
        let (status, problem) =
            send(&server, "POST", "/api/lists/combine/count", None, Some(json!({ "expression": wrong }))).await;
        assert_eq!((status, &problem["errors"][0]["pointer"]), (422, &json!("/expression")), "{problem}");
    }

    send(&server, "PUT", &format!("{second}/items/{C}/note"), None, Some(json!({ "note": "Från mässan" }))).await;
    let merge = json!({ "from": [id(&second)], "archive": true });
    let (status, merged) = send(&server, "POST", &format!("{first}/merge"), None, Some(merge)).await;
    assert_eq!((status, &merged["changed"], &merged["item_count"]), (200, &json!(1), &json!(3)), "{merged}");
    let (_, put_away) = send(&server, "GET", "/api/lists?archived=yes", None, None).await;
    assert_eq!((&put_away["count"], &put_away["items"][0]["name"]), (&json!(1), &json!("Andra")));

    let (status, copy) =
        send(&server, "POST", &format!("{first}/duplicate"), None, Some(json!({ "name": "Kopia" }))).await;
    assert_eq!((status, &copy["item_count"]), (201, &json!(3)), "{copy}");
    let (_, lists) = send(&server, "GET", &format!("/api/companies/{C}/lists"), None, None).await;
    let copied = lists["items"].as_array().unwrap().iter().find(|list| list["name"] == "Kopia").unwrap();
    assert_eq!(copied["note"], "Från mässan");
}

#[tokio::test]
async fn a_deleted_list_comes_back_and_two_writers_lose_nothing() {
    let server = start(&[]).await;
    add_companies(&server, &[5_560_160_680]).await;
    let list = make_list(&server, None, json!({ "name": "Mål", "orgnrs": [A] })).await;
    let put = |version: &str, name: &str| {
        let (url, version) = (format!("{}{list}", server.url), version.to_owned());
        server.client.put(url).header("if-match", version).json(&json!({ "name": name })).send()
    };
    assert_eq!(put("\"1\"", "Mål 2026").await.unwrap().status(), 200);
    let late = put("\"1\"", "Målbolag").await.unwrap();
    assert_eq!(late.status(), 412);
    let told: Value = late.json().await.unwrap();
    assert_eq!((&told["current"]["name"], &told["current"]["version"]), (&json!("Mål 2026"), &json!(2)));
    assert_eq!(put("soon", "x").await.unwrap().status(), 422);

    assert_eq!(send(&server, "DELETE", &list, None, None).await.0, 204);
    assert_eq!(send(&server, "GET", &list, None, None).await.0, 404);
    assert_eq!(send(&server, "POST", &format!("{list}/items"), None, Some(json!({ "orgnrs": [A] }))).await.0, 404);
    let (status, back) = send(&server, "POST", &format!("{list}/restore"), None, None).await;
    assert_eq!((status, &back["name"], &back["item_count"]), (200, &json!("Mål 2026"), &json!(1)));
    // Each action is in the audit log, once.
    let actions: Vec<String> =
        sqlx::query_scalar("SELECT action FROM audit_log WHERE action LIKE 'list.%' ORDER BY at, id")
            .fetch_all(server.db.pool())
            .await
            .unwrap();
    assert_eq!(actions, ["list.create", "list.change", "list.delete", "list.restore"]);
}
