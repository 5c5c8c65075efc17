//! Parquet: the same values as CSV for programs, with their types, streamed and written by a job, read by programs of another make.

use std::process::Command;

use domain::catalogue::{FIELDS, FieldKind};
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use super::{file, server_with, start, start_worker, streamed, wait_for};
use crate::universe::data;

/// Reads a file by another program, and prints its rows as JSON: numbers as numbers, days as text, codes as lists.
const READ: &str = "
import json, sys
import pyarrow.parquet as parquet
table = parquet.read_table(sys.argv[1])
print(json.dumps({'rows': table.to_pylist(), 'told': {k.decode(): v.decode() for k, v in table.schema.metadata.items()}}, default=str))
";

/// What Python's Arrow reads; nothing where it is not installed.
fn by_arrow(bytes: &[u8]) -> Option<Value> {
    let named = std::env::var("LODE_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("companies.parquet");
    std::fs::write(&path, bytes).unwrap();
    let has_arrow = Command::new(&named).args(["-c", "import pyarrow.parquet"]).output();
    if !has_arrow.is_ok_and(|done| done.status.success()) {
        println!(
            "skipped: {named} (LODE_PYTHON names another) has no pyarrow, so no program of another make reads the file"
        );
        return None;
    }
    let done = Command::new(&named).args(["-c", READ]).arg(&path).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    Some(serde_json::from_slice(&done.stdout).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn parquet_holds_what_csv_holds_streamed_and_by_a_job_as_other_programs_read_it() {
    let companies = data::random(&mut TestRunner::deterministic(), 400);
    let server = server_with(&companies).await;
    let keys: Vec<&str> = FIELDS.iter().map(|field| field.key).filter(|key| *key != "name").collect();
    let mut body = json!({ "text": "revenue > 0", "sort": [{ "by": "name" }], "columns": keys, "format": "parquet" });
    let bytes = streamed(&server, &body).await;
    assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"));
    let worker = start_worker(&server);
    let path = start(&server, &body).await;
    let export = wait_for(&server, &path, "ready").await;
    assert_eq!(export["format"], "parquet");
    assert!(export["file_name"].as_str().unwrap().ends_with(".parquet"), "{export}");
    let written = file(&server, &path).await;
    drop(worker);
    body["format"] = json!("csv");
    body["keys"] = json!(true);
    let csv = streamed(&server, &body).await;
    let mut csv = csv::Reader::from_reader(csv.strip_prefix("\u{feff}".as_bytes()).unwrap());
    let headings: Vec<String> = csv.headers().unwrap().iter().map(str::to_owned).collect();
    let lines: Vec<Vec<String>> = csv.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    assert!(lines.len() > 50, "{} companies", lines.len());

    for bytes in [bytes, written] {
        let Some(read) = by_arrow(&bytes) else { return };
        let told = read["told"]["Urval som text"].as_str().unwrap_or_default();
        assert!(told.starts_with("revenue > 0"), "{}", read["told"]);
        let rows = read["rows"].as_array().unwrap();
        assert_eq!(rows.len(), lines.len());
        for (row, line) in rows.iter().zip(&lines) {
            assert_eq!(row.as_object().unwrap().len(), headings.len());
            for (key, text) in headings.iter().zip(line) {
                let kind = FIELDS.iter().find(|field| field.key == key).map(|field| field.kind);
                let same = match (&row[key], kind) {
                    (Value::Null, _) => text.is_empty(),
                    (Value::Number(number), Some(FieldKind::Ratio | FieldKind::Count)) => {
                        let (found, wanted) = (number.as_f64().unwrap(), text.parse::<f64>().unwrap());
                        (found - wanted).abs() <= 1e-9 * wanted.abs()
                    }
                    (Value::Number(number), _) => number.to_string() == *text,
                    (Value::Bool(yes), _) => yes.to_string() == *text,
                    (Value::Array(codes), Some(FieldKind::Categories)) => {
                        let codes: Vec<&str> = codes.iter().filter_map(Value::as_str).collect();
                        codes.join(" ") == *text
                    }
                    // In CSV, what a spreadsheet would run as a formula has a mark before it.
                    (Value::String(found), _) => found == text || format!("'{found}") == *text,
                    _ => false,
                };
                assert!(same, "{key}: {} in Parquet, {text:?} in CSV", row[key]);
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn prospects_are_not_exported_as_parquet() {
    let server = server_with(&data::plain(3)).await;
    let body = json!({ "what": "prospects", "format": "parquet" });
    let (status, problem) = server.send("POST", "/api/exports", Some(&body)).await;
    assert_eq!((status, &problem["errors"][0]["pointer"]), (422, &json!("/format")), "{problem}");
    assert_eq!(server.get("/api/prospects/export?format=parquet").await.status().as_u16(), 422);
}
