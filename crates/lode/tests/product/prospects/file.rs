//! An existing pipeline comes in from a table, and the pipeline goes out as one.

use serde_json::{Value, json};

use super::people::{ANNA, BO, add, companies, prospect, send, server, token};
use crate::support::Server;

async fn import(server: &Server, token: &str, file: impl AsRef<[u8]>, decisions: Value) -> (u16, Value) {
    let mut form = Vec::new();
    for (name, body) in
        [("file\"; filename=\"pipeline", file.as_ref()), ("decisions", decisions.to_string().as_bytes())]
    {
        form.extend(format!("--limit\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n").as_bytes());
        form.extend(body);
        form.extend(b"\r\n");
    }
    form.extend(b"--limit--\r\n");
    let request = server.client.post(format!("{}/api/prospects/import", server.url)).bearer_auth(token);
    let request = request.header("content-type", "multipart/form-data; boundary=limit").body(form);
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), serde_json::from_str(&answer.text().await.unwrap()).unwrap())
}

#[tokio::test]
async fn a_pipeline_is_taken_over_and_every_row_left_out_is_named() {
    let server = server().await;
    let orgnrs = companies(&server, 6).await;
    let (anna, bo) = (token(ANNA, "analyst"), token(BO, "analyst"));
    send(&server, "GET", "/api/people", &bo, None).await;
    add(&server, &anna, &orgnrs[..1]).await;
    sqlx::query("UPDATE companies SET name = 'Samma Namn AB' WHERE orgnr IN (5560000005, 5560000006)")
        .execute(server.db.pool())
        .await
        .unwrap();
    let file = "Org.nr;Bolag;Fas;Ansvarig;Nästa åtgärd;Förfaller;Värde (mkr);Skäl för nej;Anteckning\n\
        5560000001;;Kontaktad;;;;;;\n\
        5560000002;;Het;bo;Ring;2026-03-31;12,5;;Bra bolag\n\
        ;provbolaget 3 ab;Nej;;;;;Tvist;\n\
        5560000004;;Nej;;;;;;\n\
        ;Samma Namn AB;Ny;;;;;;\n\
        811228-9874;;Ny;;;;;;\n\
        5567037485;;Ny;;;;;;\n\
        5560000002;;Ny;;;;;;\n\
        5560000005;;Ny;Karin;;;;;\n\
        5560000006;;Ny;;;31/3;;;\n";
    let (status, report) = import(&server, &anna, file, json!({ "dry_run": true })).await;
    assert_eq!(status, 200, "{report}");
    assert_eq!(report["columns"]["value_sek"], json!("Värde (mkr)"), "{report}");
    let hot = report["stage_values"].as_array().unwrap().iter().find(|value| value["value"] == "Het").unwrap();
    assert_eq!(hot["stage"], json!(null), "nobody has said what it means");
    let (_, none) = send(&server, "GET", "/api/prospects", &anna, None).await;
    assert_eq!((&none["total"], &report["is_applied"]), (&json!(1), &json!(false)), "a trial writes nothing");

    let decisions = json!({ "stages": { "Het": "interested" } });
    let (status, report) = import(&server, &anna, file, decisions.clone()).await;
    assert_eq!(status, 200, "{report}");
    assert_eq!(
        (&report["rows"], &report["added"], &report["unchanged"]),
        (&json!(10), &json!(2), &json!(1)),
        "{report}"
    );
    let rejected: Vec<(i64, &str)> = report["rejected"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["line"].as_i64().unwrap(), one["field"].as_str().unwrap_or("")))
        .collect();
    let expected =
        [(5, "pass_reason"), (6, "name"), (7, "orgnr"), (8, "orgnr"), (9, ""), (10, "owner"), (11, "next_action_on")];
    assert_eq!(rejected, expected, "{report}");
    assert!(!report["rejected"][2].to_string().contains("811228"), "a personal number is not repeated");
    assert_eq!(report["rejected"][1]["candidates"], json!(["5560000005", "5560000006"]));

    let card = prospect(&server, &anna, "5560000002").await;
    assert_eq!(
        (&card["stage"], &card["owner_name"], &card["value_sek"]),
        (&json!("interested"), &json!("bo"), &json!(12_500_000))
    );
    assert_eq!((&card["note_count"], &card["next_action_on"]), (&json!(1), &json!("2026-03-31")));
    let passed = prospect(&server, &anna, "5560000003").await;
    assert_eq!(
        (&passed["stage"], &passed["pass_reason"], &passed["pass_note"]),
        (&json!("passed"), &json!("other"), &json!("Tvist"))
    );
    assert_eq!(prospect(&server, &anna, "5560000001").await["stage"], json!("new"), "left as it was");

    let (_, update) =
        import(&server, &anna, file, json!({ "stages": { "Het": "interested" }, "update_existing": true })).await;
    assert_eq!((&update["added"], &update["updated"]), (&json!(0), &json!(2)), "{update}");
    assert_eq!(prospect(&server, &anna, "5560000001").await["stage"], json!("contacted"));
}

#[tokio::test]
async fn wrong_files_and_mappings_are_refused_with_a_remedy() {
    let server = server().await;
    let anna = token(ANNA, "analyst");
    for (file, decisions, pointer) in [
        ("PK\u{3}\u{4}x", json!({}), "/file"),
        ("", json!({}), "/file"),
        ("Datum;Belopp\n1;2\n", json!({}), "/decisions/columns/orgnr"),
        ("orgnr;x\n1;2\n", json!({ "columns": { "stage": "y" } }), "/decisions/columns/stage"),
        ("orgnr;x\n1;2\n", json!({ "columns": { "colour": "x" } }), "/decisions/columns/colour"),
        ("orgnr;x\n1;2\n", json!({ "colour": 1 }), "/decisions"),
    ] {
        let (status, problem) = import(&server, &anna, file, decisions).await;
        assert_eq!((status, &problem["errors"][0]["pointer"]), (422, &json!(pointer)), "{problem}");
    }
    assert_eq!(import(&server, &token(BO, "viewer"), "orgnr\n1\n", json!({})).await.0, 403);
}

#[tokio::test]
async fn the_exported_file_is_harmless_and_can_be_read_back() {
    let server = server().await;
    let orgnrs = companies(&server, 2).await;
    let anna = token(ANNA, "analyst");
    add(&server, &anna, &orgnrs).await;
    sqlx::query("UPDATE companies SET name = '=HYPERLINK(\"x\")' WHERE orgnr = 5560000001")
        .execute(server.db.pool())
        .await
        .unwrap();
    let get = |path: &str| server.client.get(format!("{}{path}", server.url)).bearer_auth(&anna).send();
    let answer = get("/api/prospects/export?format=csv&language=sv&stage=new").await.unwrap();
    assert_eq!(answer.status(), 200);
    assert!(answer.headers()["content-disposition"].to_str().unwrap().contains("lode-prospects-"));
    let csv = answer.text().await.unwrap();
    let lines: Vec<&str> = csv.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!((lines.len(), &lines[0][..27]), (3, "Organisationsnummer,Bolag,S"), "{csv}");
    assert!(csv.contains("'=HYPERLINK"), "{csv}");
    let (status, report) = import(&server, &anna, &csv, json!({ "dry_run": true, "update_existing": true })).await;
    assert_eq!((status, &report["rejected_count"], &report["unchanged"]), (200, &json!(0), &json!(2)), "{report}");

    let workbook = get("/api/prospects/export?format=xlsx").await.unwrap().bytes().await.unwrap();
    assert!(workbook.starts_with(b"PK\x03\x04"));
    assert_eq!(get("/api/prospects/export?format=pdf").await.unwrap().status(), 422);
    let (_, log) = send(&server, "GET", "/api/companies/5560000002/activity", &anna, None).await;
    assert_eq!(log["items"][0]["kind"], json!("company.exported"), "{log}");
}

#[tokio::test]
async fn exporting_private_prospects_is_recorded_for_the_exporter_only() {
    let server = server().await;
    let orgnrs = companies(&server, 2).await;
    let (anna, bo) = (token(ANNA, "analyst"), token(BO, "analyst"));
    add(&server, &anna, &orgnrs[..1]).await;
    let own = json!({ "orgnrs": orgnrs[1..], "scope": "private" });
    assert_eq!(send(&server, "POST", "/api/prospects", &anna, Some(own)).await.0, 200);
    assert_eq!(send(&server, "GET", "/api/prospects/export", &anna, None).await.0, 200);
    let exports = async |orgnr: &str, token: &str| {
        let (status, log) = send(&server, "GET", &format!("/api/companies/{orgnr}/activity"), token, None).await;
        assert_eq!(status, 200, "{log}");
        let entries = log["items"].as_array().unwrap().clone();
        entries.into_iter().filter(|entry| entry["kind"] == "company.exported").collect::<Vec<_>>()
    };
    assert_eq!((exports(&orgnrs[0], &anna).await.len(), exports(&orgnrs[0], &bo).await.len()), (1, 1));
    assert_eq!((exports(&orgnrs[1], &anna).await.len(), exports(&orgnrs[1], &bo).await.len()), (1, 0));
    assert_eq!(exports(&orgnrs[0], &bo).await[0]["detail"]["count"], json!(1), "not how many there are in all");
}

#[tokio::test]
async fn a_pipeline_in_a_workbook_is_taken_over_too() {
    let server = server().await;
    companies(&server, 3).await;
    let anna = token(ANNA, "analyst");
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, heading) in ["Org.nr", "Fas", "Förfaller", "Nästa åtgärd", "Värde (mkr)"].iter().enumerate() {
        sheet.write(0, u16::try_from(column).unwrap(), *heading).unwrap();
    }
    let day = rust_xlsxwriter::Format::new().set_num_format("d/m yyyy");
    sheet.write(1, 0, 5_560_000_001_u64).unwrap().write(1, 1, "Kontaktad").unwrap().write(1, 3, "Ring").unwrap();
    let date = rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 3, 31).unwrap();
    sheet.write_with_format(1, 2, &date, &day).unwrap().write(1, 4, 12.5).unwrap();
    sheet.write(3, 0, "5560000009").unwrap().write(3, 1, "Ny").unwrap();
    let (status, report) = import(&server, &anna, workbook.save_to_buffer().unwrap(), json!({})).await;
    assert_eq!((status, &report["added"], &report["rejected_count"]), (200, &json!(1), &json!(1)), "{report}");
    assert_eq!(report["rejected"][0]["line"], json!(4), "as Excel counts its rows: {report}");
    let card = prospect(&server, &anna, "5560000001").await;
    assert_eq!(
        (&card["stage"], &card["next_action_on"], &card["value_sek"]),
        (&json!("contacted"), &json!("2026-03-31"), &json!(12_500_000))
    );
}
