//! Reports and intel for other programs: read from a real website and filed figures, kept while they are true, made anew when they are not.

use super::{OWN, WITHOUT, companies, ended, post, site, worker};
use crate::support::{self, Server};
use serde_json::{Value, json};

/// Figures of the company as an import leaves them.
async fn figures(server: &Server, margin: f64) {
    let numbers: Vec<i64> = vec![OWN];
    let mut tx = server.db.begin().await.unwrap();
    let mut rows = store::company_facts::read(&mut tx, &numbers).await.unwrap();
    for (field, value) in [
        ("sni", domain::facts::FactValue::Text("25110".into())),
        ("revenue", domain::facts::FactValue::Integer(40_000_000)),
        ("ebit_margin", domain::facts::FactValue::Real(margin)),
        ("equity_ratio", domain::facts::FactValue::Real(0.5)),
    ] {
        rows[0].values[domain::catalogue::position(field).unwrap()] = value;
    }
    store::company_facts::upsert(&mut tx, &rows).await.unwrap();
    tx.commit().await.unwrap();
}

async fn generate(server: &Server, body: Value) -> Value {
    post(server, "/api/ai-reports/generate", body, 200).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_is_kept_until_its_figures_its_age_or_the_caller_ask_for_another() {
    let (server, site) = (support::start(&[]).await, site().await);
    companies(&server, &site).await;
    figures(&server, 0.03).await;
    server.json("/api/companies/559017-9924/ai-report", 404).await;
    let first = generate(&server, json!({ "orgnr": "559017-9924" })).await;
    assert_eq!(
        (&first["orgnr"], &first["cached"], &first["method"]),
        (&json!("5590179924"), &json!(false), &json!("rules")),
        "{first}"
    );
    assert_eq!(first["weaknesses"], json!(["Tunn rörelsemarginal: 3,0 %"]));
    assert_eq!(first["impact_range"], "400 tkr–800 tkr mer rörelseresultat per år");
    let op = &first["uplift_ops"][0];
    assert_eq!((&op["impact"], &op["effort"]), (&json!("high"), &json!("high")), "{first}");
    assert!(op["name"].as_str().unwrap().contains("3,0 %") && op.get("evidence").is_none(), "{op}");
    assert!(first["outreach_angle"].as_str().unwrap().contains("50,0 %"), "{first}");
    assert!(first["business_model"].as_str().unwrap().starts_with("Bransch: "), "{first}");
    // Every sentence has what it rests on.
    for statement in first["evidence"]["weaknesses"].as_array().unwrap() {
        assert!(!statement["evidence"].as_array().unwrap().is_empty(), "{statement}");
    }

    let again = generate(&server, json!({ "orgnr": "5590179924", "force_regen": false })).await;
    assert_eq!((&again["cached"], &again["report_id"]), (&json!(true), &first["report_id"]));
    let read = server.json("/api/companies/559017-9924/ai-report", 200).await;
    assert_eq!(read["report_id"], first["report_id"]);

    for flag in ["force_regenerate", "force_regen"] {
        let forced = generate(&server, json!({ "orgnr": "5590179924", flag: true })).await;
        assert_eq!(forced["cached"], json!(false), "{flag}");
        assert_ne!(forced["report_id"], first["report_id"], "{flag}");
    }
    // Another language is another report.
    let english = generate(&server, json!({ "orgnr": "5590179924", "language": "en" })).await;
    assert_eq!((&english["cached"], &english["weaknesses"]), (&json!(false), &json!(["Thin EBIT margin: 3.0 %"])));
    // So are other figures.
    figures(&server, 0.02).await;
    let fresh = generate(&server, json!({ "orgnr": "5590179924" })).await;
    assert_eq!((&fresh["cached"], &fresh["weaknesses"]), (&json!(false), &json!(["Tunn rörelsemarginal: 2,0 %"])));
    // And so is one that is too old.
    sqlx::query("UPDATE ai_reports SET made_at = made_at - interval '31 days'")
        .execute(server.db.pool())
        .await
        .unwrap();
    let old = generate(&server, json!({ "orgnr": "5590179924" })).await;
    assert_eq!(old["cached"], json!(false), "{old}");
    let other = support::beside(&server, &[("AI_REPORT_MAX_AGE_DAYS", "0")]).await;
    assert_eq!(generate(&other, json!({ "orgnr": "5590179924" })).await["cached"], json!(false));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_answers_for_each_company_and_an_unknown_one_stops_no_other() {
    let (server, site) = (support::start(&[]).await, site().await);
    companies(&server, &site).await;
    let body = json!({ "orgnrs": ["559017-9924", "556012-5790", "559085-2777", "5590179924"] });
    let answer = post(&server, "/api/ai-reports/generate-batch", body.clone(), 200).await;
    assert_eq!(
        (&answer["generated"], &answer["cached"], &answer["failed"]),
        (&json!(2), &json!(0), &json!(1)),
        "{answer}"
    );
    let items = answer["items"].as_array().unwrap();
    assert_eq!(
        items.iter().map(|item| item["orgnr"].as_str().unwrap()).collect::<Vec<_>>(),
        ["5590179924", "5560125790", "5590852777"]
    );
    assert!(items[1]["report"].is_null() && items[1]["error"].as_str().unwrap().contains("556012-5790"), "{answer}");
    // Nothing is known of the third but its name: missing is null, and nothing is made up.
    let report = &items[2]["report"];
    assert_eq!(
        (&report["business_model"], &report["impact_range"], &report["uplift_ops"]),
        (&Value::Null, &Value::Null, &json!([]))
    );
    let again = post(&server, "/api/ai-reports/generate-batch", body, 200).await;
    assert_eq!((&again["generated"], &again["cached"]), (&json!(0), &json!(2)), "{again}");

    for (path, body, pointer) in [
        ("/api/ai-reports/generate", json!({}), "/orgnr"),
        ("/api/ai-reports/generate", json!({ "orgnr": "12" }), "/orgnr"),
        ("/api/ai-reports/generate", json!({ "orgnr": "5590179924", "language": "de" }), "/language"),
        ("/api/ai-reports/generate", json!({ "orgnr": "5590179924", "force": true }), "/force"),
        ("/api/ai-reports/generate-batch", json!({ "orgnrs": [] }), "/orgnrs"),
        ("/api/ai-reports/generate-batch", json!({ "orgnrs": vec!["5590179924"; 101] }), "/orgnrs"),
    ] {
        let answer = post(&server, path, body, 422).await;
        assert_eq!(answer["errors"][0]["pointer"], pointer, "{answer}");
    }
    post(&server, "/api/ai-reports/generate", json!({ "orgnr": "556012-5790" }), 404).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn intel_tells_website_technologies_and_every_artifact_with_its_page() {
    let (server, site) = (support::start(&[]).await, site().await);
    companies(&server, &site).await;
    let unread = server.json("/api/companies/559017-9924/intel", 200).await;
    assert_eq!(
        (&unread["domain"], &unread["digital_maturity_score"], &unread["artifacts"]),
        (&Value::Null, &Value::Null, &json!([])),
        "{unread}"
    );
    let stop = worker(&server, &site);
    let started =
        post(&server, "/api/enrichment/run", json!({ "orgnrs": [OWN.to_string(), WITHOUT.to_string()] }), 201).await;
    ended(&server, started["run_id"].as_str().unwrap()).await;
    let analysed = post(&server, "/api/analysis/start", json!({ "orgnrs": [OWN.to_string()] }), 201).await;
    ended(&server, analysed["run_id"].as_str().unwrap()).await;
    stop.cancel();
    let made = generate(&server, json!({ "orgnr": OWN.to_string() })).await;
    assert!(made["business_model"].as_str().unwrap().contains("Bolaget skriver: “"), "{made}");

    let intel = server.json("/api/companies/559017-9924/intel", 200).await;
    assert_eq!((&intel["orgnr"], &intel["company_id"]), (&json!("5590179924"), &json!("5590179924")));
    assert_eq!((&intel["domain"], &intel["tech_stack"]), (&json!("own.test"), &json!(["WordPress"])), "{intel}");
    assert!(intel["digital_maturity_score"].as_u64().unwrap() >= 30, "{intel}");
    let artifacts = intel["artifacts"].as_array().unwrap();
    let mut kinds: Vec<&str> = artifacts.iter().map(|one| one["artifact_type"].as_str().unwrap()).collect();
    kinds.sort_unstable();
    assert_eq!(kinds, ["about_summary", "ai_report", "company_profile", "llm_analysis", "website_insights"], "{intel}");
    for artifact in artifacts {
        let is_website = artifact["source"] == "website";
        assert_eq!(artifact["url"].as_str().is_some_and(|url| url.contains("own.test")), is_website, "{artifact}");
        assert!(artifact["id"].is_string() && artifact["created_at"].is_string(), "{artifact}");
    }
    let some = server.json("/api/companies/559017-9924/intel?kinds=ai_analysis,ai_report", 200).await;
    assert_eq!(some["artifacts"].as_array().unwrap().len(), 2, "{some}");
    let refused = server.json("/api/companies/559017-9924/intel?kinds=secrets", 422).await;
    assert!(refused["errors"][0]["message"].as_str().unwrap().contains("secrets"), "{refused}");
    server.json("/api/companies/556012-5790/intel", 404).await;
}
