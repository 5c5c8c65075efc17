//! `lode eval` and `lode evidence check` as people run them: the binary's answers, exit statuses and records.

use std::io::Write;
use std::process::{Command, Output};

use serde_json::{Value, json};

use crate::support;
use crate::universe::data::{fill, plain, post};

fn lode(arguments: &[&str], settings: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lode"));
    command.args(arguments).env_remove("DATABASE_URL").envs(settings.iter().copied());
    // A `.env` of whoever runs the tests says nothing here.
    let folder = tempfile::tempdir().unwrap();
    command.current_dir(folder.path()).output().unwrap()
}

fn file(text: &str) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    file
}

fn set() -> String {
    format!("{}/../../evaluation/fictitious-companies.json", env!("CARGO_MANIFEST_DIR"))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

const DOSSIER: &str = r#"{"orgnr": "556000-0001", "facts": [{"id": "F1", "field": "revenue", "period_start": "2023-01-01",
    "period_end": "2023-12-31", "scope": "company", "value": 12345000, "unit": "SEK"}], "passages": []}"#;
const CLAIMS: &str = r#"[{"id": "a", "language": "sv", "text": "Omsättningen uppgick till 12,3 mkr 2023.", "cites": [{"id": "F1"}]},
    {"id": "b", "language": "sv", "text": "Omsättningen uppgick till 21,3 mkr 2023.", "cites": [{"id": "F1"}]}]"#;

#[test]
fn evidence_check_ends_with_0_for_judged_claims_2_for_malformed_input_and_1_for_a_missing_file() {
    let (dossier, claims) = (file(DOSSIER), file(CLAIMS));
    let path = |file: &tempfile::NamedTempFile| file.path().display().to_string();
    let check = |dossier: &str, claims: &str| {
        lode(&["evidence", "check", "--dossier", dossier, "--claims", claims, "--json"], &[])
    };
    let done = check(&path(&dossier), &path(&claims));
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    let answers: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!((&answers[0]["id"], &answers[0]["verdict"]), (&json!("a"), &json!("verified")), "{answers}");
    assert_eq!((&answers[1]["id"], &answers[1]["verdict"]), (&json!("b"), &json!("contradicted")), "{answers}");

    let null = file(&DOSSIER.replace("12345000", "null"));
    for (dossier, claims, place) in [
        (path(&null), path(&claims), "/facts/0/value"),
        (path(&dossier), path(&file("{")), "line 1"),
        (path(&file("\u{0}")), path(&claims), "line 1"),
    ] {
        let refused = check(&dossier, &claims);
        // A temporary file that is gone by now cannot be read; the other two are malformed.
        let is_gone = text(&refused.stderr).contains("cannot be read");
        assert_eq!(refused.status.code(), Some(if is_gone { 1 } else { 2 }), "{}", text(&refused.stderr));
        assert!(is_gone || text(&refused.stderr).contains(place), "{}", text(&refused.stderr));
        assert!(refused.stdout.is_empty());
    }
    let missing = check("/nowhere/d.json", &path(&claims));
    assert_eq!(missing.status.code(), Some(1));
    assert!(text(&missing.stderr).contains("/nowhere/d.json"));
    // Wrong usage.
    assert_eq!(lode(&["evidence", "check"], &[]).status.code(), Some(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_template_becomes_the_default_only_after_its_newest_version_was_evaluated_on_the_set() {
    let server = support::start(&[]).await;
    let dimension = |weight: f64| json!({ "key": "margin", "weight": weight, "measures": [{ "field": "ebit_margin", "worst": 0.0, "best": 0.2 }] });
    let body = json!({ "name": "Marginal", "template": { "dimensions": [dimension(1.0)] } });
    let (status, kept) = post(&server, "/api/analysis/templates", &body).await;
    assert_eq!(status, 201, "{kept}");
    let id = kept["id"].as_str().unwrap().to_owned();
    let default = async |set: &str, status: u16| -> Value {
        let url = format!("{}/api/analysis/templates/{id}/default", server.url);
        let answer = server.client.put(url).json(&json!({ "set": set })).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), status);
        answer.json().await.unwrap()
    };
    let refused = default("fictitious-companies", 409).await;
    assert!(refused["detail"].as_str().unwrap().contains("lode eval"), "{refused}");

    let database = server.db.url().to_owned();
    let settings = [("DATABASE_URL", database.as_str())];
    let done = lode(&["eval", "--set", &set(), "--template", &id, "--json"], &settings);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    let told: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(
        (&told["companies"], &told["contradicted"], &told["cost"]),
        (&json!(24), &json!(0), &json!(0)),
        "{told}"
    );
    assert!(told["verified_rate"].as_f64().unwrap() > 0.5 && told["latency_ms"].is_number(), "{told}");
    let recorded = server.json(&format!("/api/evaluations?template_id={id}"), 200).await;
    assert_eq!(recorded["items"][0]["id"], told["evaluation_id"], "{recorded}");
    assert_eq!(
        (&recorded["items"][0]["set"], &recorded["items"][0]["template_version"]),
        (&json!("fictitious-companies"), &json!(1))
    );

    default("another set", 409).await;
    assert_eq!(default("fictitious-companies", 200).await["version"], 1);
    let told = server.json("/api/evaluations", 200).await;
    assert_eq!(told["default_template"], json!({ "id": id, "version": 1, "name": "Marginal" }));
    // A run that names no template takes it.
    let companies = plain(1);
    fill(&server.db, &companies).await;
    let (status, started) =
        post(&server, "/api/analysis/start", &json!({ "orgnrs": [companies[0].orgnr.to_string()] })).await;
    assert_eq!(status, 201, "{started}");
    let run = server.json(&format!("/api/runs/{}", started["run_id"].as_str().unwrap()), 200).await;
    assert!(run["name"].as_str().unwrap().starts_with("Marginal "), "{run}");

    // A new version must be evaluated anew.
    let changed = json!({ "name": "Marginal", "template": { "dimensions": [dimension(2.0)] } });
    let url = format!("{}/api/analysis/templates/{id}", server.url);
    assert_eq!(server.client.put(&url).json(&changed).send().await.unwrap().status().as_u16(), 200);
    default("fictitious-companies", 409).await;

    // What it asks a model is not tried by rules.
    let mut asking = changed.clone();
    asking["template"]["questions"] = json!({ "sections": ["strengths"], "levers": false, "fit": true, "open_questions": false,
        "instructions": "Look at {company}.", "max_output_tokens": 800 });
    assert_eq!(server.client.put(&url).json(&asking).send().await.unwrap().status().as_u16(), 200);
    let done = lode(&["eval", "--set", &set(), "--template", &id, "--json"], &settings);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    let refused = default("fictitious-companies", 409).await;
    assert!(refused["detail"].as_str().unwrap().contains("--provider"), "{refused}");
    sqlx::query("UPDATE evaluations SET method = 'default/m' WHERE template_id = $1::uuid AND template_version = 3")
        .bind(&id)
        .execute(server.db.pool())
        .await
        .unwrap();
    assert_eq!(default("fictitious-companies", 200).await["version"], 3);
}

#[test]
fn eval_needs_no_database_and_names_what_is_wrong() {
    let done = lode(&["eval", "--set", &set(), "--template", "acquisition"], &[]);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    assert!(text(&done.stdout).contains("not recorded"), "{}", text(&done.stdout));
    let broken = file(r#"{"name": "x", "language": "sv", "companies": []}"#);
    let refused = lode(&["eval", "--set", &broken.path().display().to_string(), "--template", "acquisition"], &[]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("/companies"), "{}", text(&refused.stderr));
    let unknown = lode(&["eval", "--set", &set(), "--template", "acquisition", "--provider", "oracle"], &[]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(text(&unknown.stderr).contains("oracle"));
    let template = lode(&["eval", "--set", &set(), "--template", "nonsense"], &[]);
    assert!(template.status.code() == Some(1) && text(&template.stderr).contains("nonsense"));
}
