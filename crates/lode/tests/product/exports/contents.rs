//! What is in the file: what the screen shows, byte for byte as it is streamed.

use calamine::{Data, Reader, Xlsx};
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

/// The first sheet of a workbook as rows of cells, read by another program than the one that wrote it.
fn sheet_of(bytes: Vec<u8>, name: &str) -> Vec<Vec<Data>> {
    let mut workbook: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    workbook.worksheet_range(name).unwrap().rows().map(<[Data]>::to_vec).collect()
}

/// What the screen holds for a cell, as the workbook has to have it.
fn is_same(cell: &Data, shown: &Value) -> bool {
    match (cell, shown) {
        (Data::Empty, Value::Null) => true,
        (Data::Float(number), Value::Number(shown)) => shown.as_f64() == Some(*number),
        (Data::Bool(yes), Value::Bool(shown)) => yes == shown,
        (Data::String(text), Value::String(shown)) => text == shown,
        (Data::String(text), Value::Array(codes)) => {
            *text == codes.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" ")
        }
        // Excel counts days from the last but one of 1899.
        (Data::DateTime(day), Value::String(shown)) => {
            let first = chrono::NaiveDate::from_ymd_opt(1899, 12, 30).unwrap();
            (first + chrono::TimeDelta::days(day.as_f64() as i64)).to_string() == *shown
        }
        (Data::Empty, Value::Array(codes)) => codes.is_empty(),
        _ => false,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workbook_of_a_list_is_cell_by_cell_the_screen_with_its_notes_and_labels() {
    let companies = data::random(&mut TestRunner::deterministic(), 60);
    let server = server_with(&companies).await;
    let orgnrs: Vec<String> = companies[..25].iter().map(|company| company.orgnr.to_string()).collect();
    let (_, list) =
        server.send("POST", "/api/lists", Some(&json!({ "name": "Mål", "scope": "team", "orgnrs": orgnrs }))).await;
    let (_, label) = server.send("POST", "/api/labels", Some(&json!({ "name": "Åter", "scope": "team" }))).await;
    let id = |made: &Value| made["id"].as_str().unwrap_or_else(|| panic!("{made}")).to_owned();
    let (list_id, label_id) = (id(&list), id(&label));
    for (method, path, body) in [
        ("PUT", format!("/api/lists/{list_id}/items/{}/note", orgnrs[3]), json!({ "note": "Ring i maj" })),
        ("POST", format!("/api/labels/{label_id}/items"), json!({ "orgnrs": [orgnrs[3], orgnrs[4]] })),
        ("POST", format!("/api/companies/{}/notes", orgnrs[4]), json!({ "body": "Förra veckan", "scope": "team" })),
        ("POST", format!("/api/companies/{}/notes", orgnrs[4]), json!({ "body": "Talat med vd", "scope": "team" })),
    ] {
        let (status, answer) = server.send(method, &path, Some(&body)).await;
        assert!((200..300).contains(&status), "{path}: {status} {answer}");
    }
    let keys: Vec<&str> = FIELDS.iter().map(|field| field.key).collect();
    let mut screen = json!({ "text": "in list \"Mål\"", "sort": [{ "by": "revenue", "dir": "desc" }], "columns": keys,
        "language": "en", "format": "xlsx" });
    let bytes = streamed(&server, &screen).await;
    let about = sheet_of(bytes.clone(), "About");
    assert!(about.iter().any(|row| row[0] == "Filter" && row[1] == "List: “Mål”"), "{about:?}");
    let rows = sheet_of(bytes, "Lode");
    screen.as_object_mut().unwrap().retain(|key, _| ["text", "sort", "columns"].contains(&key.as_str()));
    screen["limit"] = json!(100);
    let (_, shown) = server.send("POST", "/api/universe/query", Some(&screen)).await;
    let shown = shown["rows"].as_array().unwrap();
    assert_eq!((rows.len(), shown.len()), (26, 25));
    let place = |heading: &str| rows[0].iter().position(|cell| *cell == heading).expect(heading);
    // The heading of a field, with whatever unit it has.
    let begins = |label: &str| {
        let of = |cell: &Data| {
            let text = cell.to_string();
            text == label || text.strip_prefix(label).is_some_and(|rest| rest.starts_with(" ("))
        };
        rows[0].iter().position(of).expect(label)
    };
    for (row, company) in rows[1..].iter().zip(shown) {
        assert_eq!(row[0].to_string(), company["orgnr"].as_str().unwrap());
        for field in FIELDS {
            let cell = &row[begins(field.label.en)];
            assert!(is_same(cell, &company[field.key]), "{}: {cell:?} is not {}", field.key, company[field.key]);
        }
    }
    let row_of = |orgnr: &str| rows.iter().find(|row| row[0].to_string().eq(orgnr)).unwrap();
    let noted =
        |orgnr: &str| ["Labels", "Note on the list", "Latest note"].map(|name| row_of(orgnr)[place(name)].to_string());
    assert_eq!(noted(&orgnrs[3]), ["Åter", "Ring i maj", ""]);
    assert_eq!(noted(&orgnrs[4]), ["Åter", "", "Talat med vd"]);
    assert_eq!(noted(&orgnrs[5]), ["", "", ""]);
    assert_eq!(row_of(&orgnrs[5])[place("Link")].to_string(), format!("{}/company/{}", server.url, orgnrs[5]));
}
