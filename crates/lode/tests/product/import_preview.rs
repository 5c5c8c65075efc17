//! The preview of a table by the API, and the mappings that a team keeps.

use serde_json::{Value, json};

use crate::support::{Server, start};

async fn preview(server: &Server, kind: &str, table: &str, mapping: Option<&str>) -> (u16, Value) {
    let part = |name: &str, text: &str| {
        format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"{name}.csv\"\r\n\r\n{text}\r\n")
    };
    let mapping = mapping.map_or_else(String::new, |mapping| part("mapping", mapping));
    let form = format!("{}{mapping}--x--\r\n", part("file", table));
    let request = server.client.post(format!("{}/api/imports/preview?kind={kind}", server.url)).body(form);
    let answer = request.header("content-type", "multipart/form-data; boundary=x").send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_shows_what_is_read_and_writes_nothing() {
    let server = start(&[]).await;
    let table = "Uttag\nOrg.nr;År;Nettoomsättning (tkr);Färg\n559085-2777;2023;5 335;blå\n";
    let (status, seen) = preview(&server, "accounts", table, None).await;
    assert_eq!(status, 200, "{seen}");
    assert_eq!((&seen["header_line"], &seen["columns"][2]["unit"]), (&json!(2), &json!("tkr")));
    assert_eq!(seen["rows"][0]["values"]["revenue"], json!(5_335_000));
    assert_eq!(seen["columns"][3]["reason"], json!("no field is called so"));
    assert!(seen["fields"].as_array().is_some_and(|fields| fields.len() > 60));
    let corrected = format!("{}\nname = Färg", seen["mapping"].as_str().unwrap().replace("[tkr]", "[mkr]"));
    let (_, again) = preview(&server, "accounts", table, Some(&corrected)).await;
    assert_eq!(again["rows"][0]["values"]["revenue"], json!(5_335_000_000_i64), "{again}");
    assert_eq!(again["rows"][0]["values"]["name"], json!("blå"));
    let (_, short) = preview(&server, "accounts", "a;b\n1;2\n", None).await;
    assert_eq!(short["problems"].as_array().map(Vec::len), Some(3), "{short}");
    let (status, refused) = preview(&server, "accounts", "[]", None).await;
    assert_eq!(status, 422);
    assert!(refused["detail"].as_str().is_some_and(|detail| detail.contains("answer of a register")), "{refused}");
    assert_eq!(preview(&server, "filings", table, None).await.0, 422);
    let count: i64 = sqlx::query_scalar("SELECT count(*) FROM companies").fetch_one(server.db.pool()).await.unwrap();
    assert_eq!(count, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn mappings_are_kept_by_name_changed_by_version_and_removed() {
    let server = start(&[]).await;
    let draft = json!({ "kind": "accounts", "name": "Leverantör A", "mapping": "orgnr = Nummer\nrevenue = Oms [tkr]" });
    let (status, kept) = server.send("POST", "/api/imports/mappings", Some(&draft)).await;
    assert_eq!((status, &kept["version"]), (201, &json!(1)), "{kept}");
    let taken = json!({ "kind": "accounts", "name": "leverantör a", "mapping": "" });
    assert_eq!(server.send("POST", "/api/imports/mappings", Some(&taken)).await.0, 422);
    let other = json!({ "kind": "companies", "name": "leverantör a", "mapping": "orgnr = Nr" });
    assert_eq!(server.send("POST", "/api/imports/mappings", Some(&other)).await.0, 201);
    let wrong = json!({ "kind": "accounts", "name": "B", "mapping": "revenu = x" });
    let (status, refused) = server.send("POST", "/api/imports/mappings", Some(&wrong)).await;
    assert_eq!(status, 422);
    assert!(refused["detail"].as_str().is_some_and(|detail| detail.contains("not a field")), "{refused}");
    let path = format!("/api/imports/mappings/{}", kept["id"].as_str().unwrap());
    let change = json!({ "mapping": "orgnr = Nummer\nrevenue = Oms [mkr]", "version": 1 });
    let (status, changed) = server.send("PUT", &path, Some(&change)).await;
    assert_eq!((status, &changed["version"], &changed["name"]), (200, &json!(2), &json!("Leverantör A")), "{changed}");
    let (status, stale) = server.send("PUT", &path, Some(&change)).await;
    assert_eq!((status, &stale["current"]["version"]), (409, &json!(2)), "{stale}");
    let (_, listed) = server.send("GET", "/api/imports/mappings?kind=accounts", None).await;
    assert_eq!(listed["items"].as_array().map(Vec::len), Some(1), "{listed}");
    assert_eq!(server.send("DELETE", &path, None).await.0, 204);
    assert_eq!(server.send("DELETE", &path, None).await.0, 404);
}
