//! The free text and the interface state of a saved view, as this program and an older one keep them.

use serde_json::{Value, json};

use super::send;
use crate::support::{Server, start};

async fn view(server: &Server, id: &Value) -> Value {
    let (status, view) = send(server, "GET", &format!("/api/views/{}", id.as_str().unwrap()), None, None).await;
    assert_eq!(status, 200, "{view}");
    view
}

#[tokio::test]
async fn free_text_and_interface_state_are_kept_and_an_overlong_text_is_refused() {
    let server = start(&[]).await;
    let interface = json!({ "f": "revenue > 0", "cols": "revenue,employees" });
    let body = json!({ "name": "Verkstäder", "q": " verkstad ", "interface": interface });
    let (status, made) = send(&server, "POST", "/api/views", None, Some(body.clone())).await;
    assert_eq!((status, &made["q"], &made["interface"]), (201, &json!("verkstad"), &interface), "{made}");
    assert_eq!(made["sort"], json!([]));

    // A rename by somebody who sends back what they were sent changes neither.
    let again = json!({ "name": "Verkstad", "q": made["q"], "interface": made["interface"], "sort": made["sort"] });
    let path = format!("/api/views/{}", made["id"].as_str().unwrap());
    let (status, renamed) = send(&server, "PUT", &path, None, Some(again)).await;
    assert_eq!((status, &renamed["q"], &renamed["interface"]), (200, &json!("verkstad"), &interface), "{renamed}");

    for (key, value, pointer) in [
        ("q", json!("å".repeat(501)), "/q"),
        ("interface", json!({ "f": "x".repeat(30_000) }), "/interface"),
        ("interface", json!({ "other": "x" }), "/interface"),
    ] {
        let mut wrong = body.clone();
        wrong[key] = value;
        let (status, problem) = send(&server, "POST", "/api/views", None, Some(wrong)).await;
        let place = problem["errors"][0]["pointer"].as_str().unwrap_or_default();
        assert!(status == 422 && place.starts_with(pointer), "{key}: {problem}");
    }
}

#[tokio::test]
async fn a_view_that_an_older_program_writes_shows_its_free_text_and_interface_state() {
    let server = start(&[]).await;
    let (_, made) = send(&server, "POST", "/api/views", None, Some(json!({ "name": "Ny" }))).await;
    assert_eq!((&made["q"], &made["interface"]), (&Value::Null, &Value::Null));
    let old = [
        (json!({ "q": " verkstad", "f": "revenue > 0" }), json!("verkstad"), json!({ "f": "revenue > 0" })),
        (json!([{ "q": "mek", "sort": "-revenue" }]), json!("mek"), json!({ "sort": "-revenue" })),
        (json!({ "q": "   " }), Value::Null, Value::Null),
        (json!({ "q": 7, "cols": ["a"], "dist": "revenue" }), Value::Null, json!({ "dist": "revenue" })),
    ];
    for (sort, text, interface) in old {
        // As the release before wrote a new view, and changed one.
        let id: uuid::Uuid = sqlx::query_scalar(
            "INSERT INTO views (name, scope, owner_id, filter, columns, sort)
             SELECT 'Gammal', 'private', owner_id, filter, columns, $1 FROM views LIMIT 1 RETURNING id",
        )
        .bind(&sort)
        .fetch_one(server.db.pool())
        .await
        .unwrap();
        sqlx::query("UPDATE views SET sort = $1 WHERE id = $2")
            .bind(&sort)
            .bind(made["id"].as_str().unwrap().parse::<uuid::Uuid>().unwrap())
            .execute(server.db.pool())
            .await
            .unwrap();
        for id in [json!(id.to_string()), made["id"].clone()] {
            let shown = view(&server, &id).await;
            assert_eq!((&shown["q"], &shown["interface"]), (&text, &interface), "{sort}: {shown}");
        }
    }
}
