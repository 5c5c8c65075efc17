//! What people do with results, and that screens follow: edits with their history, approval by a person and by a rule.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{OWN, all, companies, ended, insert, post, site, worker};
use crate::support::{self, Server};

/// An analysis by rules of these companies, at its end.
async fn analysed(server: &Server, orgnrs: Value, more: Value) -> String {
    let mut body = json!({ "orgnrs": orgnrs });
    for (key, value) in more.as_object().into_iter().flatten() {
        body[key] = value.clone();
    }
    let started = post(server, "/api/analysis/start", body, 201).await;
    let id = started["run_id"].as_str().unwrap().to_owned();
    ended(server, &id).await;
    id
}

async fn rows(server: &Server, run: &str) -> Vec<Value> {
    let found = server.json(&format!("/api/runs/{run}/companies?limit=500"), 200).await;
    found["items"].as_array().unwrap().clone()
}

async fn row(server: &Server, run: &str, orgnr: &str) -> Value {
    rows(server, run).await.into_iter().find(|row| row["orgnr"] == orgnr).unwrap()
}

async fn judge(server: &Server, run: &str, orgnr: &str, verdict: Value) {
    let path = format!("/api/analysis/runs/{run}/companies/{orgnr}/verdict");
    let (status, answer) = server.send("PUT", &path, Some(&json!({ "verdict": verdict }))).await;
    assert_eq!(status, 200, "{answer}");
}

async fn edit(server: &Server, run: &str, orgnr: &str, version: &Value, edits: Value) -> (u16, Value) {
    let path = format!("/api/analysis/runs/{run}/companies/{orgnr}/report");
    server.send("PATCH", &path, Some(&json!({ "version": version, "edits": edits }))).await
}

/// Fit score, recommendation, levers and whether there is a day, by company, as a screen tells them.
type Screened = BTreeMap<String, (Value, Value, Value)>;

async fn screened(server: &Server) -> (Screened, Value) {
    let body = json!({ "text": "analysed_on is not null", "limit": 1000,
        "columns": ["fit_score", "recommendation", "levers", "analysed_on"] });
    let (status, answer) = server.send("POST", "/api/universe/query", Some(&body)).await;
    assert_eq!(status, 200, "{answer}");
    let told = answer["rows"].as_array().unwrap().iter().map(|row| {
        let orgnr = row["orgnr"].as_str().unwrap().to_owned();
        (orgnr, (row["fit_score"].clone(), row["recommendation"].clone(), row["levers"].clone()))
    });
    (told.collect(), answer["engine"].clone())
}

/// Waits until a screen tells what is expected: the index follows the change feed.
async fn until_screened(server: &Server, expected: &Screened) {
    let until = Instant::now() + Duration::from_secs(60);
    loop {
        let (found, _) = screened(server).await;
        if found == *expected {
            return;
        }
        assert!(Instant::now() < until, "the screen tells {found:?}, expected is {expected:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// What an approved row gives the screen, by the words of the API alone.
fn told(row: &Value) -> (Value, Value, Value) {
    let report = &row["result"]["report"];
    let recommended = report.get("person_recommendation").unwrap_or(&report["recommendation"]).clone();
    let levers: Vec<Value> = match report.get("person_levers") {
        Some(own) => own.as_array().unwrap().clone(),
        None => report["levers"].as_array().unwrap().iter().map(|view| view["lever"].clone()).collect(),
    };
    let order: Vec<&str> = domain::analysis::Lever::ALL.iter().map(|lever| lever.key()).collect();
    let sorted: Vec<&str> = order.into_iter().filter(|key| levers.iter().any(|lever| lever == key)).collect();
    (row["points"].clone(), recommended, if sorted.is_empty() { Value::Null } else { json!(sorted) })
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_is_a_persons_with_history_and_undo_and_an_older_version_is_refused() {
    let (server, site) = (support::start(&[]).await, site().await);
    companies(&server, &site).await;
    let stop = worker(&server, &site);
    post(&server, "/api/enrichment/run", json!({ "orgnrs": ["559017-9924"] }), 201).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let run = analysed(&server, all(), json!({})).await;
    let own = OWN.to_string();
    let first = row(&server, &run, &own).await;
    assert_eq!((&first["version"], &first["verdict"]), (&json!(1), &Value::Null), "{first}");
    let edits = json!([
        { "kind": "add", "part": "strengths", "text": "Ägaren vill sälja inom två år." },
        { "kind": "recommend", "recommendation": "pursue" },
        { "kind": "levers", "levers": ["organisation", "pricing"] },
    ]);
    let (status, changed) = edit(&server, &run, &own, &json!(1), edits).await;
    assert_eq!((status, &changed["version"]), (200, &json!(2)), "{changed}");
    assert_eq!(changed["report"]["by_people"][0]["text"], "Ägaren vill sälja inom två år.");
    assert_eq!(changed["report"]["person_levers"], json!(["pricing", "organisation"]));
    assert_eq!(
        changed["report"]["recommendation"], first["result"]["report"]["recommendation"],
        "the score's word stays"
    );

    // Somebody who has not seen version 2 changes nothing.
    let late = json!([{ "kind": "recommend", "recommendation": "pass" }]);
    let (status, refused) = edit(&server, &run, &own, &json!(1), late).await;
    assert_eq!(status, 409, "{refused}");
    // Each fault is told with its place, and nothing is changed by half.
    for (edits, pointer) in [
        (json!([]), "/edits"),
        (json!([{ "kind": "add", "part": "astrology", "text": "x" }]), "/edits/0/part"),
        (json!([{ "kind": "drop", "index": 0 }, { "kind": "drop", "index": 0 }]), "/edits/1/index"),
        (json!([{ "kind": "levers", "levers": ["pricing", "luck"] }]), "/edits/0/levers/1"),
        (json!([{ "kind": "recommend", "recommendation": "buy" }]), "/edits/0/recommendation"),
        (json!([{ "kind": "add", "part": "risks", "text": " \u{200b} " }]), "/edits/0/text"),
    ] {
        let (status, refused) = edit(&server, &run, &own, &json!(2), edits).await;
        assert_eq!((status, refused["errors"][0]["pointer"].as_str()), (422, Some(pointer)), "{refused}");
    }

    let history = format!("/api/analysis/runs/{run}/companies/{own}/report/history");
    let told = server.json(&history, 200).await;
    assert_eq!(told["items"].as_array().unwrap().len(), 1, "{told}");
    let change = &told["items"][0];
    assert!(change["made_by"].is_string() && change["made_at"].is_string(), "{change}");
    let places: Vec<&Value> = change["changes"].as_array().unwrap().iter().map(|one| &one["place"]).collect();
    assert_eq!(places, ["strengths", "recommendation", "levers"]);
    assert_eq!(change["changes"][1]["before"], first["result"]["report"]["recommendation"]);

    let undo = format!("/api/analysis/runs/{run}/companies/{own}/report/undo");
    let (status, back) = server.send("POST", &undo, Some(&json!({ "version": 2, "undone": 2 }))).await;
    assert_eq!((status, &back["version"]), (200, &json!(3)), "{back}");
    assert_eq!(row(&server, &run, &own).await["result"]["report"], first["result"]["report"]);
    let (status, _) = server.send("POST", &undo, Some(&json!({ "version": 3, "undone": 9 }))).await;
    assert_eq!(status, 404);
    assert_eq!(server.json(&history, 200).await["items"].as_array().unwrap().len(), 2);
    stop.cancel();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_approves_what_it_allows_and_a_later_run_may_keep_what_is_approved() {
    let (server, site) = (support::start(&[]).await, site().await);
    companies(&server, &site).await;
    sqlx::query("UPDATE company_facts SET ebit_margin = 0.18, equity_ratio = 0.52, roce = 0.3 WHERE orgnr = $1")
        .bind(OWN)
        .execute(server.db.pool())
        .await
        .unwrap();
    let stop = worker(&server, &site);
    let rule = json!({ "auto_approval": { "min_points": 50, "only_verified": true } });
    let run = analysed(&server, all(), rule.clone()).await;
    assert_eq!(server.json(&format!("/api/runs/{run}"), 200).await["auto_approval"], rule["auto_approval"]);
    let found = rows(&server, &run).await;
    let approved: Vec<&Value> = found.iter().filter(|row| row["verdict"] == "approved").collect();
    assert_eq!(approved.len(), 1, "{found:?}");
    let told_by = (&approved[0]["orgnr"], &approved[0]["is_verdict_by_rule"], &approved[0]["verdict_by"]);
    assert_eq!(told_by, (&json!(OWN.to_string()), &json!(true), &Value::Null));
    until_screened(&server, &BTreeMap::from([(OWN.to_string(), told(approved[0]))])).await;

    // Kept: neither estimated nor analysed again.
    let asked = json!({ "orgnrs": all(), "keep_approved": true });
    let estimate = post(&server, "/api/analysis/estimate", asked, 200).await;
    assert_eq!((&estimate["companies"], &estimate["due"]), (&json!(3), &json!(2)), "{estimate}");
    let second = analysed(&server, all(), json!({ "keep_approved": true })).await;
    let kept = row(&server, &second, &OWN.to_string()).await;
    assert_eq!((&kept["parts"][0]["reason"], &kept["result"]), (&json!("approved_before"), &Value::Null), "{kept}");

    // Analysed again: the older one counts until the newer one is approved.
    let third = analysed(&server, all(), json!({})).await;
    until_screened(&server, &BTreeMap::from([(OWN.to_string(), told(approved[0]))])).await;
    judge(&server, &third, &OWN.to_string(), json!("approved")).await;
    let newer = row(&server, &third, &OWN.to_string()).await;
    assert!(newer["verdict_by"].is_string(), "{newer}");
    until_screened(&server, &BTreeMap::from([(OWN.to_string(), told(&newer))])).await;
    judge(&server, &third, &OWN.to_string(), Value::Null).await;
    until_screened(&server, &BTreeMap::from([(OWN.to_string(), told(approved[0]))])).await;
    let wrong = json!({ "orgnrs": all(), "auto_approval": { "min_points": 101, "only_verified": false } });
    assert_eq!(
        post(&server, "/api/analysis/start", wrong, 422).await["errors"][0]["pointer"],
        "/auto_approval/min_points"
    );
    stop.cancel();
}

/// Random decisions and edits in two runs: after each of them a screen by the index and one by Postgres tell what a naive look at the runs'
/// own rows says.
#[tokio::test(flavor = "multi_thread")]
async fn screens_equal_a_naive_look_at_the_runs_after_any_sequence_of_decisions() {
    let (server, site) = (support::start(&[]).await, site().await);
    let by_sql = support::beside_without_index(&server).await;
    let numbers: Vec<i64> = (1..=12).map(|number| 5_560_000_000 + number).collect();
    insert(&server, &numbers.iter().map(|number| (*number, format!("Bolag {number} AB"), None)).collect::<Vec<_>>())
        .await;
    let stop = worker(&server, &site);
    let orgnrs: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    let runs = [analysed(&server, json!(orgnrs), json!({})).await, analysed(&server, json!(orgnrs), json!({})).await];
    // One run over a private list: what is approved there is nobody else's to see.
    let list =
        post(&server, "/api/lists", json!({ "name": "Hemlig", "orgnrs": orgnrs, "scope": "private" }), 201).await;
    let started = post(&server, "/api/analysis/start", json!({ "list_id": list["id"] }), 201).await;
    let private = started["run_id"].as_str().unwrap().to_owned();
    ended(&server, &private).await;
    for orgnr in &orgnrs {
        judge(&server, &private, orgnr, json!("approved")).await;
    }

    let seed: u64 = 20_261_201;
    let mut random = seed;
    let mut below = |limit: usize| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) as usize % limit
    };
    for step in 0..60 {
        let (run, orgnr) = (&runs[below(2)], &orgnrs[below(orgnrs.len())]);
        match below(6) {
            0..=1 => judge(&server, run, orgnr, json!("approved")).await,
            2 => judge(&server, run, orgnr, json!("rejected")).await,
            3 => judge(&server, run, orgnr, Value::Null).await,
            4 => {
                let version = row(&server, run, orgnr).await["version"].clone();
                let words = [json!("pursue"), json!("watch"), json!("pass"), Value::Null];
                let levers = [json!([]), json!(["pricing"]), json!(["financing", "automation"]), Value::Null];
                let edits = match below(2) {
                    0 => json!([{ "kind": "recommend", "recommendation": words[below(4)] }]),
                    _ => json!([{ "kind": "levers", "levers": levers[below(4)] }]),
                };
                let (status, answer) = edit(&server, run, orgnr, &version, edits).await;
                // Nothing but an edit that would change nothing is refused.
                assert!(
                    status == 200
                        || answer["errors"][0]["detail"] == "nothing would change"
                        || answer.to_string().contains("nothing would change"),
                    "{answer}"
                );
            }
            _ => {
                let version = row(&server, run, orgnr).await["version"].as_i64().unwrap();
                if version > 1 {
                    let undo = format!("/api/analysis/runs/{run}/companies/{orgnr}/report/undo");
                    let (status, answer) =
                        server.send("POST", &undo, Some(&json!({ "version": version, "undone": version }))).await;
                    assert_eq!(status, 200, "{answer}");
                }
            }
        }
        // The older run first: what the newer one has approved goes before it.
        let mut naive = Screened::new();
        for run in &runs {
            let approved = rows(&server, run).await.into_iter().filter(|row| row["verdict"] == "approved");
            naive.extend(approved.map(|row| (row["orgnr"].as_str().unwrap().to_owned(), told(&row))));
        }
        let (found, engine) = screened(&by_sql).await;
        assert_eq!((&found, engine.as_str()), (&naive, Some("postgres")), "seed {seed}, step {step}");
        if step % 6 == 5 {
            until_screened(&server, &naive).await;
        }
    }
    let facet = json!({ "text": "levers = pricing", "columns": ["levers"], "facets": ["recommendation", "levers"], "limit": 1000 });
    let (_, by_index) = server.send("POST", "/api/universe/query", Some(&facet)).await;
    let (_, whole) = by_sql.send("POST", "/api/universe/query", Some(&facet)).await;
    assert_eq!((&by_index["rows"], &by_index["facets"]), (&whole["rows"], &whole["facets"]));
    stop.cancel();
}

/// The analysis of a run in stages comes after the website was read, and quotes it; the screening before knew the figures alone.
#[tokio::test(flavor = "multi_thread")]
async fn a_run_in_stages_reads_the_website_before_it_analyses_and_is_taken_up_after_a_cancel() {
    let (server, site) = (support::start(&[]).await, site().await);
    companies(&server, &site).await;
    let body = json!({ "orgnrs": ["559017-9924"], "stages": { "research": true, "report": true } });
    let started = post(&server, "/api/analysis/start", body, 201).await;
    let id = started["run_id"].as_str().unwrap();
    let stop = worker(&server, &site);
    // Whenever the cancel comes, each stage that was done stays done.
    tokio::time::sleep(Duration::from_millis(300)).await;
    let (status, _) = server.send("POST", &format!("/api/runs/{id}/cancel"), None).await;
    if status == 200 {
        post(&server, &format!("/api/runs/{id}/resume"), json!({}), 200).await;
    }
    let run = ended(&server, id).await;
    let stages = [
        "screen",
        "homepage",
        "about_summary",
        "website_insights",
        "company_profile",
        "rules_analysis",
        "company_report",
    ];
    for stage in stages {
        assert_eq!(run["counts"][stage], json!({ "completed": 1 }), "{stage}: {run}");
    }
    let row = row(&server, id, &OWN.to_string()).await;
    let quoted = row["result"]["report"]["sections"].to_string();
    assert!(quoted.contains("own.test"), "{quoted}");
    let report = server.json("/api/companies/559017-9924/ai-report", 200).await;
    assert_eq!(report["method"], "rules", "{report}");
    stop.cancel();
}
