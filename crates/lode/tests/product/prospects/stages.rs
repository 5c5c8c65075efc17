//! The team shapes its pipeline, and no prospect is left in a stage that is gone.

use serde_json::{Value, json};

use super::people::{ANNA, BO, add, audited, companies, prospect, send, server, token};

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

#[tokio::test]
async fn what_others_keep_to_themselves_is_not_counted_and_does_not_stand_in_the_way() {
    let server = server().await;
    let orgnrs = companies(&server, 3).await;
    let (anna, bo) = (token(ANNA, "analyst"), token(BO, "partner"));
    for (index, stage) in ["researching", "not_interested", "meeting_scheduled"].iter().enumerate() {
        let own = json!({ "orgnrs": [orgnrs[index]], "scope": "private", "stage": stage });
        assert_eq!(send(&server, "POST", "/api/prospects", &anna, Some(own)).await.0, 200);
    }
    let counts = |stages: &Value| -> i64 {
        stages["stages"].as_array().unwrap().iter().map(|stage| stage["prospect_count"].as_i64().unwrap()).sum()
    };
    let (_, hers) = send(&server, "GET", "/api/prospects/stages", &anna, None).await;
    let (_, his) = send(&server, "GET", "/api/prospects/stages", &bo, None).await;
    assert_eq!((counts(&hers), counts(&his)), (3, 0), "{his}");

    // He retires one stage without a word, one into another, and gives a third another meaning.
    let mut stages = wanted(&his);
    stages.retain(|stage| !["researching", "meeting_scheduled"].contains(&stage["key"].as_str().unwrap()));
    for stage in &mut stages {
        if stage["key"] == "not_interested" {
            stage["outcome"] = json!("passed");
        }
    }
    let body = json!({ "stages": stages, "version": his["version"], "moves": { "meeting_scheduled": "interested" } });
    let mut to_pass = body.clone();
    to_pass["moves"]["meeting_scheduled"] = json!("passed");
    let (status, problem) = send(&server, "PUT", "/api/prospects/stages", &bo, Some(to_pass)).await;
    assert_eq!(status, 422, "as it is for a stage that nobody stands in: {problem}");
    let (status, after) = send(&server, "PUT", "/api/prospects/stages", &bo, Some(body)).await;
    assert_eq!((status, counts(&after)), (200, 0), "{after}");
    let (_, seen) = send(&server, "GET", "/api/prospects", &bo, None).await;
    assert_eq!(seen["total"], json!(0));
    for orgnr in &orgnrs {
        let (_, activity) = send(&server, "GET", &format!("/api/companies/{orgnr}/activity"), &bo, None).await;
        assert_eq!(activity["items"], json!([]), "nothing tells him of them");
    }
    // Hers went to a stage of the same outcome, to the one he named, and to the first open one for want of a closed one.
    for (orgnr, stage) in orgnrs.iter().zip(["new", "new", "interested"]) {
        assert_eq!(prospect(&server, &anna, orgnr).await["stage"], json!(stage));
    }
}
