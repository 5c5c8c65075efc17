//! The team shapes its pipeline, and no prospect is left in a stage that is gone.

use serde_json::{Value, json};

use super::people::{ANNA, add, audited, companies, prospect, send, server, token};

fn keys(stages: &Value) -> Vec<&str> {
    let stages = stages["stages"].as_array().unwrap();
    stages.iter().filter(|s| s["is_retired"] == false).map(|s| s["key"].as_str().unwrap()).collect()
}

/// The stages as they would be sent back.
fn wanted(stages: &Value) -> Vec<Value> {
    let all = stages["stages"].as_array().unwrap().iter().filter(|s| s["is_retired"] == false);
    all.map(|s| json!({ "key": s["key"], "name": s["name"], "outcome": s["outcome"], "stale_after_days": s["stale_after_days"] }))
        .collect()
}

#[tokio::test]
async fn stages_are_renamed_ordered_added_and_retired() {
    let server = server().await;
    let orgnrs = companies(&server, 2).await;
    let (analyst, partner) = (token(ANNA, "analyst"), token(ANNA, "partner"));
    add(&server, &analyst, &orgnrs).await;
    let (_, before) = send(&server, "GET", "/api/prospects/stages", &analyst, None).await;
    assert_eq!(keys(&before)[0], "new");
    assert_eq!(keys(&before).len(), 9);
    assert!(before["pass_reasons"].as_array().unwrap().contains(&json!("price")));

    // New becomes the second, is renamed; a stage is added; researching goes.
    let mut stages = wanted(&before);
    stages[0]["name"] = json!("Inkorg");
    stages.remove(1);
    stages.insert(0, json!({ "name": "Möte bokat", "stale_after_days": 7 }));
    let body = json!({ "stages": stages, "version": before["version"] });
    assert_eq!(send(&server, "PUT", "/api/prospects/stages", &analyst, Some(body.clone())).await.0, 403);
    let (status, after) = send(&server, "PUT", "/api/prospects/stages", &partner, Some(body.clone())).await;
    assert_eq!(status, 200, "{after}");
    assert_eq!(&keys(&after)[..3], ["mote_bokat", "new", "contacted"]);
    let (status, problem) = send(&server, "PUT", "/api/prospects/stages", &partner, Some(body)).await;
    assert_eq!((status, problem["current"]["version"].is_i64()), (409, true), "{problem}");
    assert_eq!(prospect(&server, &analyst, &orgnrs[0]).await["stage"], json!("new"), "names and order move no one");

    // A stage with prospects in it goes only when somebody says where they go.
    let mut stages = wanted(&after);
    stages.retain(|stage| stage["key"] != "new");
    let mut body = json!({ "stages": stages, "version": after["version"] });
    let (status, problem) = send(&server, "PUT", "/api/prospects/stages", &partner, Some(body.clone())).await;
    assert_eq!((status, &problem["errors"][0]["pointer"]), (422, &json!("/moves")), "{problem}");
    body["moves"] = json!({ "new": "passed" });
    assert_eq!(
        send(&server, "PUT", "/api/prospects/stages", &partner, Some(body.clone())).await.0,
        422,
        "no reason to pass"
    );
    body["moves"] = json!({ "new": "contacted" });
    let (status, after) = send(&server, "PUT", "/api/prospects/stages", &partner, Some(body)).await;
    assert_eq!(status, 200, "{after}");
    let card = prospect(&server, &analyst, &orgnrs[1]).await;
    assert_eq!((&card["stage"], &card["version"]), (&json!("contacted"), &json!(2)));
    let retired = json!({ "version": 2, "stage": "new" });
    let path = format!("/api/prospects/{}", card["id"].as_str().unwrap());
    assert_eq!(
        send(&server, "PATCH", &path, &analyst, Some(retired)).await.0,
        422,
        "nothing moves into a retired stage"
    );
    assert_eq!(audited(&server, "pipeline.configure").await, 2);
}

#[tokio::test]
async fn a_pipeline_that_could_not_be_worked_is_refused_by_name() {
    let server = server().await;
    let orgnrs = companies(&server, 1).await;
    let partner = token(ANNA, "partner");
    add(&server, &partner, &orgnrs).await;
    let (_, before) = send(&server, "GET", "/api/prospects/stages", &partner, None).await;
    let change = |change: fn(&mut Vec<Value>)| {
        let mut stages = wanted(&before);
        change(&mut stages);
        json!({ "stages": stages, "version": before["version"], "moves": { "new": "contacted" } })
    };
    for (body, pointer) in [
        (change(|stages| stages.retain(|s| s["outcome"] != "passed")), "/stages"),
        (change(|stages| stages[1]["name"] = json!("x".repeat(61))), "/stages/1/name"),
        (change(|stages| stages[2]["stale_after_days"] = json!(0)), "/stages/2/stale_after_days"),
        (change(|stages| stages[0]["outcome"] = json!("closed")), "/stages/0/outcome"),
        (change(|stages| stages[0]["outcome"] = json!("won")), "/stages/0/outcome"),
        (change(|stages| stages[1]["key"] = json!("new")), "/stages/1/key"),
        (change(|stages| stages.push(json!({ "outcome": "open" }))), "/stages/9/name"),
    ] {
        let (status, problem) = send(&server, "PUT", "/api/prospects/stages", &partner, Some(body)).await;
        assert_eq!((status, &problem["errors"][0]["pointer"]), (422, &json!(pointer)), "{problem}");
    }
}
