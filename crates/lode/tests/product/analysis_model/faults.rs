//! Each fault of a model's server has its outcome, and a run goes on with the other companies.

use std::time::{Duration, Instant};

use serde_json::json;
use testing::model_server::Act;

use super::{companies, rig, rig_with, server};

#[tokio::test(flavor = "multi_thread")]
async fn each_fault_fails_its_company_with_its_reason_and_keeps_nothing() {
    let rig = rig_with(&[("LLM_TIME_LIMIT_SECONDS", "1")]).await;
    let orgnrs = companies(&rig.server, 1).await;
    let stop = rig.worker();
    let right = Act::Think(server::answer);
    for (script, reason) in [
        (vec![Act::End("{}".to_owned(), Some("length"))], "truncated"),
        (vec![Act::End("{}".to_owned(), Some("content_filter"))], "filtered"),
        (vec![Act::Decline("I cannot".to_owned())], "declined"),
        (vec![Act::Say(r#"{"wrong": true}"#.to_owned())], "wrong_shape"),
        (vec![Act::Raw("<html>".to_owned())], "malformed"),
        (vec![Act::Status(401, None, "bad key".to_owned())], "provider_refused"),
    ] {
        rig.model.script(script);
        let id = rig.start(&orgnrs, json!({})).await;
        let run = rig.ended(&id).await;
        let company = rig.company(&id, orgnrs[0]).await;
        assert_eq!((&company["parts"][0]["reason"], &company["result"]), (&json!(reason), &json!(null)), "{company}");
        assert_eq!(run["failed"], 1);
        // Mended, only what failed is asked again.
        rig.model.script(vec![right.clone()]);
        rig.post(&format!("/api/runs/{id}/retry"), json!({}), 200).await;
        let run = rig.ended(&id).await;
        assert_eq!((&run["completed"], &run["failed"]), (&json!(1), &json!(0)), "{reason}: {run}");
    }
    rig.assert_spending_is_the_sum_of_calls().await;
    stop.cancel();
}

#[tokio::test(flavor = "multi_thread")]
async fn passing_faults_are_tried_again_and_lose_no_company() {
    let rig = rig_with(&[("LLM_TIME_LIMIT_SECONDS", "1")]).await;
    let orgnrs = companies(&rig.server, 1).await;
    let stop = rig.worker();
    for fault in [
        Act::Status(429, Some("1"), "slow down".to_owned()),
        Act::Status(500, None, "internal error".to_owned()),
        Act::Hang,
        Act::Break("{\"statements\": [".to_owned(), 1),
        Act::RefuseFormat("json_schema", Box::new(Act::Think(server::answer))),
        Act::Say(r#"{"wrong": true}"#.to_owned()),
        Act::End("{}".to_owned(), Some("length")),
    ] {
        rig.model.script(vec![fault.clone(), Act::Think(server::answer)]);
        let id = rig.start(&orgnrs, json!({ "template_key": "triage" })).await;
        let run = rig.ended(&id).await;
        assert_eq!((&run["completed"], &run["failed"]), (&json!(1), &json!(0)), "{fault:?}: {run}");
        assert!(run["model"]["calls"].as_i64().unwrap() >= 1, "{fault:?}: {run}");
    }
    rig.assert_spending_is_the_sum_of_calls().await;
    stop.cancel();
}

#[tokio::test(flavor = "multi_thread")]
async fn cancelling_stops_a_call_within_seconds_and_resuming_goes_on() {
    let rig = rig().await;
    let orgnrs = companies(&rig.server, 2).await;
    rig.model.script(vec![Act::Hang]);
    let stop = rig.worker();
    let id = rig.start(&orgnrs, json!({})).await;
    while rig.asked() < 2 {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let began = Instant::now();
    rig.post(&format!("/api/runs/{id}/cancel"), json!({}), 200).await;
    while !rig.model.requests().iter().filter(|one| server::is_about_a_company(&one.body)).all(|one| one.was_abandoned)
    {
        assert!(began.elapsed() < Duration::from_secs(10), "the calls go on");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    rig.model.script(vec![Act::Think(server::answer)]);
    rig.post(&format!("/api/runs/{id}/resume"), json!({}), 200).await;
    let run = rig.ended(&id).await;
    assert_eq!((&run["status"], &run["completed"]), (&json!("completed"), &json!(2)), "{run}");
    rig.assert_spending_is_the_sum_of_calls().await;
    stop.cancel();
}
