//! Runs in stages: the model is asked about the companies that the screening lets through alone, and each stage is taken up where it stopped.

use serde_json::{Value, json};
use testing::model_server::Act;

use super::{companies, rig, server};

/// How a part of a company ended: its state and reason.
fn part(row: &Value, name: &str) -> (String, Option<String>) {
    let parts = row["parts"].as_array().unwrap();
    let found = parts.iter().find(|part| part["part"] == name).unwrap_or_else(|| panic!("{name} in {row}"));
    (found["state"].as_str().unwrap().to_owned(), found["reason"].as_str().map(str::to_owned))
}

fn ended(state: &str, reason: Option<&str>) -> (String, Option<String>) {
    (state.to_owned(), reason.map(str::to_owned))
}

#[tokio::test(flavor = "multi_thread")]
async fn model_is_asked_about_companies_above_the_score_alone_and_their_reports_cost_no_call_more() {
    let rig = rig().await;
    let orgnrs = companies(&rig.server, 3).await;
    let weak: Vec<i64> = orgnrs[1..].iter().map(|orgnr| i64::try_from(orgnr.number()).unwrap()).collect();
    sqlx::query("UPDATE company_facts SET ebit_margin = -0.2, roce = -0.3, equity_ratio = 0.01, growth_yoy = -0.4 WHERE orgnr = ANY($1)")
        .bind(&weak)
        .execute(rig.server.db.pool())
        .await
        .unwrap();
    let stop = rig.worker();
    let all: Vec<String> = orgnrs.iter().map(ToString::to_string).collect();
    let by_rules = rig.post("/api/analysis/start", json!({ "orgnrs": all }), 201).await;
    let by_rules = by_rules["run_id"].as_str().unwrap();
    rig.ended(by_rules).await;
    let least = rig.company(by_rules, orgnrs[0]).await["points"].clone();
    assert!(rig.company(by_rules, orgnrs[1]).await["points"].as_i64() < least.as_i64());

    let stages = json!({ "stages": { "min_points": least, "research": false, "report": true } });
    let id = rig.start(&orgnrs, stages.clone()).await;
    let run = rig.ended(&id).await;
    assert_eq!((&run["stages"], rig.asked()), (&stages["stages"], 1), "{run}");
    assert_eq!(run["counts"]["screen"], json!({ "completed": 3 }), "{run}");
    for other in ["model_analysis", "company_report"] {
        assert_eq!(run["counts"][other], json!({ "completed": 1, "skipped": 2 }), "{run}");
    }
    let good = rig.company(&id, orgnrs[0]).await;
    assert!(good["result"]["model"].is_object(), "{good}");
    let weak = rig.company(&id, orgnrs[1]).await;
    assert_eq!(part(&weak, "model_analysis"), ended("skipped", Some("below_score")));
    // The screening stays as what is known of a company that did not go on.
    assert!(weak["result"]["model"].is_null() && weak["points"].is_i64(), "{weak}");

    // The report is there for other programs, and asking for one finds it.
    let read = rig.server.json(&format!("/api/companies/{}/ai-report", orgnrs[0]), 200).await;
    assert_eq!((&read["method"], &read["evidence"]["report"]["version"]), (&json!("m"), &json!(1)), "{read}");
    let again = rig.post("/api/ai-reports/generate", json!({ "orgnr": orgnrs[0].to_string() }), 200).await;
    assert_eq!((&again["cached"], rig.asked()), (&json!(true), 1), "{again}");
    rig.server.json(&format!("/api/companies/{}/ai-report", orgnrs[1]), 404).await;
    let wrong = json!({ "orgnrs": all, "stages": { "min_points": 101, "research": false, "report": false } });
    let refused = rig.post("/api/analysis/start", wrong, 422).await;
    assert_eq!(refused["errors"][0]["pointer"], "/stages/min_points");
    rig.assert_spending_is_the_sum_of_calls().await;
    stop.cancel();
}

#[tokio::test(flavor = "multi_thread")]
async fn stage_that_failed_holds_back_what_rests_on_it_and_both_are_tried_again() {
    let rig = rig().await;
    let orgnrs = companies(&rig.server, 2).await;
    // Cancelled before anybody works, and taken up again.
    let id = rig.start(&orgnrs, json!({ "stages": { "research": false, "report": true } })).await;
    let cancelled = rig.post(&format!("/api/runs/{id}/cancel"), json!({}), 200).await;
    assert_eq!((&cancelled["done"], &cancelled["total"]), (&json!(6), &json!(6)), "{cancelled}");
    rig.model.script(vec![Act::Status(401, None, "wrong key".to_owned())]);
    let stop = rig.worker();
    rig.post(&format!("/api/runs/{id}/resume"), json!({}), 200).await;
    let run = rig.ended(&id).await;
    assert_eq!(run["counts"]["screen"], json!({ "completed": 2 }), "{run}");
    let row = rig.company(&id, orgnrs[0]).await;
    assert_eq!(part(&row, "model_analysis"), ended("failed", Some("provider_refused")), "{row}");
    assert_eq!(part(&row, "company_report"), ended("skipped", Some("stage_failed")), "{row}");

    rig.model.script(vec![Act::Think(server::answer)]);
    rig.post(&format!("/api/runs/{id}/retry"), json!({}), 200).await;
    let run = rig.ended(&id).await;
    for stage in ["screen", "model_analysis", "company_report"] {
        assert_eq!(run["counts"][stage], json!({ "completed": 2 }), "{run}");
    }
    stop.cancel();
}
