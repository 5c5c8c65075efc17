//! Templates of analyses: versions that stay readable, deletion and its undo.

use serde_json::json;

use super::post;
use crate::support;

#[tokio::test]
async fn a_template_is_changed_deleted_and_brought_back_and_every_version_stays_readable() {
    let server = support::start(&[]).await;
    let body = |weight: u32| json!({ "dimensions": [{ "key": "size", "weight": weight, "measures": [{ "field": "revenue", "worst": 0, "best": 1000 }] }] });
    let base = "/api/analysis/templates";
    let made = post(&server, base, json!({ "name": "Nisch", "template": body(1) }), 201).await;
    let at = format!("{base}/{}", made["id"].as_str().unwrap());
    let change = json!({ "name": "Nisch 2", "template": body(2), "version": 1 });
    let (status, changed) = server.send("PUT", &at, Some(&change)).await;
    assert_eq!((status, &changed["version"], &changed["newest_version"]), (200, &json!(2), &json!(2)), "{changed}");
    // The same change again was made from a version that is not the newest any more.
    assert_eq!(server.send("PUT", &at, Some(&change)).await.0, 409);

    let first = server.json(&format!("{at}?version=1"), 200).await;
    let told = (&first["name"], &first["newest_version"], &first["template"]["dimensions"][0]["weight"]);
    assert_eq!(told, (&json!("Nisch"), &json!(2), &json!(1.0)));
    assert_eq!(server.send("GET", &format!("{at}?version=3"), None).await.0, 404);

    assert_eq!(server.send("DELETE", &at, None).await.0, 204);
    assert_eq!(server.send("DELETE", &at, None).await.0, 404);
    assert_eq!(server.send("PUT", &at, Some(&json!({ "name": "Nisch", "template": body(3) }))).await.0, 404);
    let listed = async || server.json(base, 200).await["items"].as_array().unwrap().len();
    assert_eq!(listed().await, 1, "the built-in one alone");
    // Runs were made with it: it can still be read, and says that it is gone.
    assert!(server.json(&format!("{at}?version=1"), 200).await["deleted_at"].is_string());
    let with_it = json!({ "orgnrs": ["5560160680"], "template_id": made["id"] });
    let refused = post(&server, "/api/analysis/start", with_it, 422).await;
    assert_eq!(refused["errors"][0]["pointer"], "/template_id", "{refused}");

    let back = post(&server, &format!("{at}/restore"), json!(null), 200).await;
    assert_eq!((&back["version"], &back["deleted_at"]), (&json!(2), &json!(null)));
    assert_eq!(listed().await, 2);
    let unknown = format!("{base}/00000000-0000-4000-8000-00000000dead/restore");
    assert_eq!(server.send("POST", &unknown, None).await.0, 404);

    // Whoever changes it while it is deleted comes before or after, and no version is left over.
    let changes = async {
        for weight in 10..20 {
            server.send("PUT", &at, Some(&json!({ "name": "Nisch", "template": body(weight) }))).await;
        }
    };
    let deletes = async {
        for _ in 0..10 {
            server.send("DELETE", &at, None).await;
            server.send("POST", &format!("{at}/restore"), None).await;
        }
        server.send("DELETE", &at, None).await;
    };
    tokio::join!(changes, deletes);
    let kept: i64 = sqlx::query_scalar("SELECT count(*) FROM analysis_templates WHERE deleted_at IS NULL")
        .fetch_one(server.db.pool())
        .await
        .unwrap();
    assert_eq!(kept, 0);
}
