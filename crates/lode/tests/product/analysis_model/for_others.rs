//! What other programs ask for: reports and analyses, by the model where one answers, and by rules where none does.

use serde_json::json;
use testing::model_server::Act;

use super::{PAGE, companies, rig, server, website};

#[tokio::test(flavor = "multi_thread")]
async fn report_is_written_by_the_model_once_and_by_rules_while_the_model_fails() {
    let rig = rig().await;
    let orgnr = companies(&rig.server, 1).await[0];
    website(&rig.server, orgnr, PAGE).await;
    let body = json!({ "orgnr": orgnr.to_string() });
    let generate = async |more: serde_json::Value| {
        let mut body = body.clone();
        for (key, value) in more.as_object().into_iter().flatten() {
            body[key.as_str()] = value.clone();
        }
        rig.post("/api/ai-reports/generate", body, 200).await
    };
    let first = generate(json!({})).await;
    assert_eq!((&first["method"], &first["cached"], rig.asked()), (&json!("m"), &json!(false), 1), "{first}");
    let op = &first["uplift_ops"][0];
    assert_eq!((&op["code"], &op["lever"], &op["impact"]), (&json!("pricing"), &json!("pricing"), &json!("medium")));
    assert!(op["name"].as_str().unwrap().contains("12,3 mkr") && op.get("evidence").is_none(), "{op}");
    // What the model invented is in no sentence of the report, and stands apart in its evidence.
    let told = json!([first["business_model"], first["weaknesses"], first["uplift_ops"], first["outreach_angle"]]);
    assert!(!told.to_string().contains("störst i Norden"), "{told}");
    let apart = first["evidence"]["report"]["unverified"].as_array().unwrap();
    assert!(apart.iter().any(|one| one["text"] == "Bolaget är störst i Norden."), "{first}");
    for statement in first["evidence"]["uplift_ops"].as_array().unwrap() {
        assert!(!statement["evidence"].as_array().unwrap().is_empty(), "{statement}");
    }

    let again = generate(json!({})).await;
    assert_eq!((&again["cached"], &again["report_id"], rig.asked()), (&json!(true), &first["report_id"], 1));
    let read = rig.server.json(&format!("/api/companies/{orgnr}/ai-report"), 200).await;
    assert_eq!(read["report_id"], first["report_id"]);
    let forced = generate(json!({ "force_regenerate": true })).await;
    assert_eq!((&forced["method"], &forced["cached"], rig.asked()), (&json!("m"), &json!(false), 2));

    // A key that is refused is not asked for twice: rules write at once, and say that they did.
    rig.model.script(vec![Act::Status(401, None, "wrong key".to_owned())]);
    let by_rules = generate(json!({ "force_regenerate": true })).await;
    assert_eq!((&by_rules["method"], &by_rules["cached"]), (&json!("rules"), &json!(false)), "{by_rules}");
    // The model answers again, and writes again: a report by rules does not stand for one of the model's.
    rig.model.script(vec![Act::Think(server::answer)]);
    let back = generate(json!({})).await;
    assert_eq!(back["method"], "m", "{back}");

    let batch = rig.post("/api/ai-reports/generate-batch", json!({ "orgnrs": [orgnr.to_string()] }), 200).await;
    assert_eq!((&batch["cached"], &batch["items"][0]["report"]["method"]), (&json!(1), &json!("m")), "{batch}");
    rig.assert_spending_is_the_sum_of_calls().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn enrichment_run_with_a_kind_of_analysis_starts_an_analysis_by_the_model() {
    let rig = rig().await;
    let orgnr = companies(&rig.server, 1).await[0];
    let stop = rig.worker();
    for kind in ["llm_analysis", "ai_analysis", "ai_report"] {
        let body = json!({ "orgnrs": [orgnr.to_string()], "kinds": [kind] });
        assert_eq!(rig.post("/api/enrichment/estimate", body.clone(), 200).await["due"], 1, "{kind}");
        let started = rig.post("/api/enrichment/run", body, 201).await;
        assert_eq!(started["queued_count"], 1, "{started}");
        let run = rig.ended(started["run_id"].as_str().unwrap()).await;
        assert_eq!((&run["kind"], &run["completed"]), (&json!("analysis"), &json!(1)), "{run}");
        assert_eq!(run["model"]["provider"], "default", "{run}");
    }
    let mixed = json!({ "orgnrs": [orgnr.to_string()], "kinds": ["llm_analysis", "about_summary"] });
    let refused = rig.post("/api/enrichment/run", mixed, 422).await;
    assert_eq!(refused["errors"][0]["pointer"], "/kinds/1", "{refused}");
    let unknown = json!({ "orgnrs": [orgnr.to_string()], "kinds": ["nonsense"] });
    let refused = rig.post("/api/enrichment/run", unknown, 422).await;
    assert!(refused["errors"][0]["message"].as_str().unwrap().contains("llm_analysis"), "{refused}");
    stop.cancel();
}
