//! What is in the file: what the screen shows, byte for byte as it is streamed.

use domain::catalogue::{FIELDS, FieldKind};
use domain::facts::FactValue;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use super::{file, screen, server_with, start, start_worker, streamed, wait_for};
use crate::universe::data;

#[tokio::test(flavor = "multi_thread")]
async fn a_job_writes_byte_for_byte_what_is_streamed_in_the_order_of_every_field() {
    // Every kind of value, missing ones and strange texts among them.
    let mut companies = data::random(&mut TestRunner::deterministic(), 900);
    data::set(&mut companies[7..8], "name", FactValue::Text("=HYPERLINK(\"x\")".into()));
    data::set(&mut companies[8..9], "name", FactValue::Text("Åkeri i Örebro AB".into()));
    let server = server_with(&companies).await;
    let worker = start_worker(&server);
    let keys: Vec<&str> = FIELDS.iter().map(|field| field.key).collect();
    let sortable = FIELDS.iter().filter(|field| field.kind != FieldKind::Categories).map(|field| field.key);
    let orders: Vec<&str> = sortable.chain(["orgnr"]).collect();
    for (round, chunk) in orders.chunks(10).enumerate() {
        let mut asked = Vec::new();
        for (index, key) in chunk.iter().enumerate() {
            let direction = if (round + index) % 2 == 0 { "desc" } else { "asc" };
            let body = json!({ "sort": [{ "by": key, "dir": direction }, { "by": "municipality" }], "columns": keys,
                "keys": index % 3 == 0, "language": if index % 2 == 0 { "sv" } else { "en" } });
            asked.push((start(&server, &body).await, body));
        }
        for (path, body) in asked {
            let export = wait_for(&server, &path, "ready").await;
            assert_eq!((&export["rows_done"], &export["rows_total"]), (&json!(900), &json!(900)), "{export}");
            let (written, wanted) = (file(&server, &path).await, streamed(&server, &body).await);
            assert_eq!(export["bytes"], wanted.len());
            assert!(written == wanted, "{body}: the files differ");
            assert!(String::from_utf8(written).unwrap().contains("'=HYPERLINK"), "formulas are harmless");
            assert_eq!(server.send("DELETE", &path, None).await.0, 204);
        }
    }
    drop(worker);
}

#[tokio::test(flavor = "multi_thread")]
async fn screens_lists_and_workbooks_are_exported_with_what_they_are() {
    let mut companies: Vec<_> = screen::synthetic::companies(3_000, 5).collect();
    data::set(&mut companies[7..8], "name", FactValue::Text("=1+1".into()));
    let server = server_with(&companies).await;
    let orgnrs: Vec<String> = companies[..40].iter().map(|company| company.orgnr.to_string()).collect();
    let (_, list) =
        server.send("POST", "/api/lists", Some(&json!({ "name": "Mål", "scope": "private", "orgnrs": orgnrs }))).await;
    let excluded = json!({ "orgnrs": [orgnrs[0]], "reason": "Konkurrent" });
    assert_eq!(server.send("POST", "/api/exclusions", Some(&excluded)).await.0, 200);
    let worker = start_worker(&server);

    // A filter that names a list, by its name, leaves the excluded company out; the list itself does not.
    let named = json!({ "text": "in list \"Mål\"", "columns": ["revenue"], "sort": [{ "by": "name" }] });
    let path = start(&server, &named).await;
    let export = wait_for(&server, &path, "ready").await;
    assert_eq!((&export["rows_done"], &export["title"]), (&json!(39), &json!("in list \"Mål\"")), "{export}");
    assert!(file(&server, &path).await == streamed(&server, &named).await);

    let whole = json!({ "what": "list", "list_id": list["id"], "columns": ["revenue"], "sort": [{ "by": "name" }] });
    let path = start(&server, &whole).await;
    let export = wait_for(&server, &path, "ready").await;
    assert_eq!((&export["rows_done"], &export["title"], &export["what"]), (&json!(40), &json!("Mål"), &json!("list")));
    let same =
        json!({ "text": named["text"], "include_excluded": true, "columns": ["revenue"], "sort": named["sort"] });
    assert!(file(&server, &path).await == streamed(&server, &same).await);
    assert!(export["file_name"].as_str().unwrap().starts_with("lode-list-"), "{export}");

    let mut workbook = named.clone();
    workbook["format"] = json!("xlsx");
    let path = start(&server, &workbook).await;
    wait_for(&server, &path, "ready").await;
    let answer = server.get(&format!("{path}/download")).await;
    let headers = answer.headers();
    assert!(headers["content-disposition"].to_str().unwrap().contains(".xlsx"));
    assert!(headers["content-type"].to_str().unwrap().contains("spreadsheetml"));
    let bytes = answer.bytes().await.unwrap();
    let mut parts = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        if let Ok(mut part) = parts.by_name(name) {
            std::io::Read::read_to_string(&mut part, &mut text).unwrap();
        }
        text
    };
    let (rows, about) = (part("xl/worksheets/sheet1.xml"), part("xl/worksheets/sheet2.xml"));
    // Texts stand in the sheet itself or in the workbook's table of texts.
    let texts = rows.clone() + &part("xl/sharedStrings.xml");
    assert_eq!(rows.matches("<row ").count(), 40, "a heading and 39 companies");
    assert!(!rows.contains("<f") && texts.contains("=1+1"), "what looks like a formula is a text");
    let about = about + &texts;
    assert!(about.contains("in list") && about.contains("excluded"), "it says what was left out: {about}");
    drop(worker);

    let told = server.json("/api/admin/audit?action=export", 200).await;
    let actions: Vec<&str> =
        told["items"].as_array().unwrap().iter().map(|event| event["action"].as_str().unwrap()).collect();
    for (action, count) in [("export.start", 3), ("export.finish", 3), ("export.download", 3)] {
        assert_eq!(actions.iter().filter(|found| **found == action).count(), count, "{actions:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pipeline_is_exported_as_it_is_streamed() {
    let companies = data::plain(30);
    let server = server_with(&companies).await;
    let orgnrs: Vec<String> = companies.iter().map(|company| company.orgnr.to_string()).collect();
    let (status, added) =
        server.send("POST", "/api/prospects", Some(&json!({ "orgnrs": orgnrs, "scope": "team" }))).await;
    assert!(status < 300, "{added}");
    let worker = start_worker(&server);
    let path = start(&server, &json!({ "what": "prospects", "prospects": { "owner": "me" }, "language": "en" })).await;
    let export = wait_for(&server, &path, "ready").await;
    let wanted = server.get("/api/prospects/export?owner=me").await.bytes().await.unwrap();
    assert!(file(&server, &path).await == wanted, "{export}");
    let lines = String::from_utf8(wanted.to_vec()).unwrap().lines().count() as i64;
    assert_eq!((&export["rows_done"], lines - 1), (&json!(30), 30));
    drop(worker);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_exported_is_refused_by_its_place() {
    let server = server_with(&data::plain(3)).await;
    for (body, pointer) in [
        (json!({ "what": "everything" }), "/what"),
        (json!({ "format": "pdf" }), "/format"),
        (json!({ "language": "de" }), "/language"),
        (json!({ "colour": 1 }), "/colour"),
        (json!({ "columns": ["colour"] }), "/columns/0"),
        (json!({ "what": "list" }), "/list_id"),
        (json!({ "what": "list", "list_id": uuid::Uuid::from_u128(7) }), "/list_id"),
        (json!({ "what": "list", "list_id": uuid::Uuid::from_u128(7), "text": "revenue > 1" }), "/text"),
        (json!({ "list_id": uuid::Uuid::from_u128(7) }), "/list_id"),
        (json!({ "what": "prospects", "prospects": { "colour": 1 } }), "/prospects/colour"),
        (json!({ "text": "in list Ingen" }), ""),
    ] {
        let (status, problem) = server.send("POST", "/api/exports", Some(&body)).await;
        assert_eq!((status, problem["errors"][0]["pointer"].as_str()), (422, Some(pointer)), "{body}: {problem}");
    }
    assert_eq!(server.json("/api/exports", 200).await["items"], json!([]));

    // Twenty may wait; nobody works on them, which is said.
    for _ in 0..20 {
        start(&server, &screen()).await;
    }
    let (status, problem) = server.send("POST", "/api/exports", Some(&screen())).await;
    assert_eq!(status, 409, "{problem}");
    let list = server.json("/api/exports", 200).await;
    assert_eq!((list["items"].as_array().unwrap().len(), &list["workers"]), (20, &json!(0)));
    assert_eq!(list["items"][0]["rows_total"], 3, "counted when it was asked for");
    let audit: Value = server.json("/api/admin/audit?action=export.start&limit=1", 200).await;
    assert_eq!(audit["items"][0]["detail"]["filter"], "revenue > 0", "{audit}");
}
