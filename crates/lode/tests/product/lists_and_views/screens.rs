//! Labels and exclusions in screens.

use serde_json::{Value, json};

use super::{ANNA, SECRET, add_screened, screen, send, token};
use crate::support::start;

#[tokio::test]
async fn labels_are_screened_by_name_and_renamed_without_loss() {
    let server = start(&[]).await;
    let orgnrs = add_screened(&server, 4).await;
    let (status, label) =
        send(&server, "POST", "/api/labels", None, Some(json!({ "name": "Familjeägt", "color": "teal" }))).await;
    assert_eq!((status, &label["scope"]), (201, &json!("team")), "{label}");
    let path = format!("/api/labels/{}", label["id"].as_str().unwrap());
    let (status, taken) = send(&server, "POST", "/api/labels", None, Some(json!({ "name": "familjeägt" }))).await;
    assert_eq!((status, &taken["errors"][0]["pointer"]), (422, &json!("/name")));
    assert_eq!(send(&server, "POST", "/api/labels", None, Some(json!({ "name": "x", "color": "mauve" }))).await.0, 422);

    let body = json!({ "orgnrs": [orgnrs[1], orgnrs[2], "5567037485"] });
    let (_, added) = send(&server, "POST", &format!("{path}/items"), None, Some(body)).await;
    assert_eq!((&added["changed"], &added["unknown"], &added["item_count"]), (&json!(2), &json!(1), &json!(2)));
    assert_eq!(screen(&server, None, "in label \"familjeägt\"").await.0, orgnrs[1..3]);
    let (_, marks) =
        send(&server, "POST", "/api/companies/marks", None, Some(json!({ "orgnrs": [orgnrs[1], orgnrs[3]] }))).await;
    assert_eq!((&marks["items"][0]["labels"][0]["color"], &marks["items"][1]["labels"]), (&json!("teal"), &json!([])));

    // A screen tells the same of its page on request, and nothing of it without.
    let asked = json!({ "columns": [], "limit": 2, "sort": [{ "by": "orgnr" }], "form": "columns", "marks": true });
    let (status, page) = send(&server, "POST", "/api/universe/query", None, Some(asked)).await;
    let numbers = page["columns"]["orgnr"].as_array().cloned().unwrap_or_default();
    let (_, told) = send(&server, "POST", "/api/companies/marks", None, Some(json!({ "orgnrs": numbers }))).await;
    assert_eq!((status, numbers.len(), &page["marks"]), (200, 2, &told["items"]), "{page}");
    let (_, page) = send(&server, "POST", "/api/universe/query", None, Some(json!({ "columns": [] }))).await;
    assert_eq!(page["marks"], Value::Null, "not asked for");

    let body = json!({ "name": "Med etikett", "kind": "dynamic", "text": "in label \"Familjeägt\"" });
    let (_, list) = send(&server, "POST", "/api/lists/from_query", None, Some(body)).await;
    send(&server, "PUT", &path, None, Some(json!({ "name": "Familj", "version": 1 }))).await;
    let (_, list) = send(&server, "GET", &format!("/api/lists/{}", list["id"].as_str().unwrap()), None, None).await;
    assert_eq!((&list["item_count"], &list["filter_text"]), (&json!(2), &json!("in label \"Familj\"")), "{list}");

    let (_, removed) =
        send(&server, "POST", &format!("{path}/items/remove"), None, Some(json!({ "orgnrs": [orgnrs[1]] }))).await;
    assert_eq!(screen(&server, None, "in label Familj").await.0, [orgnrs[2].clone()]);
    send(&server, "POST", &format!("/api/changes/{}/undo", removed["change_id"].as_str().unwrap()), None, None).await;
    assert_eq!(screen(&server, None, "in label Familj").await.0.len(), 2, "the cache follows");
    assert_eq!(send(&server, "DELETE", &path, None, None).await.0, 204);
    let gone = json!({ "text": "in label \"Familj\"" });
    assert_eq!(send(&server, "POST", "/api/universe/query", None, Some(gone)).await.0, 422);
    assert_eq!(send(&server, "POST", &format!("{path}/restore"), None, None).await.0, 200);
    assert_eq!(screen(&server, None, "in label Familj").await.0.len(), 2);
}

#[tokio::test]
async fn excluded_companies_are_in_no_answer_unless_they_are_asked_for() {
    let server = start(&[]).await;
    let orgnrs = add_screened(&server, 5).await;
    assert_eq!(screen(&server, None, "revenue >= 2m").await.1["hidden_by_exclusions"], 0);
    let body = json!({ "orgnrs": [orgnrs[3], orgnrs[1]], "reason": "Konkurrent till portföljbolag" });
    let (status, excluded) = send(&server, "POST", "/api/exclusions", None, Some(body)).await;
    assert_eq!((status, &excluded["changed"], &excluded["item_count"]), (200, &json!(2), &json!(2)), "{excluded}");
    assert_eq!(
        send(&server, "POST", "/api/exclusions", None, Some(json!({ "orgnrs": [], "reason": " " }))).await.0,
        422
    );

    let (rows, answer) = screen(&server, None, "revenue >= 2m").await;
    assert_eq!(rows, [orgnrs[2].clone(), orgnrs[4].clone()]);
    assert_eq!((&answer["hidden_by_exclusions"], &answer["text"]), (&json!(1), &json!("revenue >= 2m")));
    assert_eq!(screen(&server, None, "excluded").await.0, [orgnrs[1].clone(), orgnrs[3].clone()]);
    let asked = |key: Value| json!({ "text": "revenue >= 2m", "include_excluded": key });
    let (_, all) = send(&server, "POST", "/api/universe/query", None, Some(asked(json!(true)))).await;
    assert_eq!((&all["total"], &all["hidden_by_exclusions"]), (&json!(3), &json!(0)));
    assert_eq!(send(&server, "POST", "/api/universe/query", None, Some(asked(json!("yes")))).await.0, 422);

    // Counts, look-alikes, funnels, lists and files agree.
    let facets =
        json!({ "text": "revenue >= 2m", "facets": ["status"], "histograms": [{ "field": "revenue" }], "limit": 0 });
    let (_, counted) = send(&server, "POST", "/api/universe/query", None, Some(facets)).await;
    assert_eq!(counted["facets"]["status"][0]["count"], 2);
    let counts = counted["histograms"]["revenue"]["counts"].as_array().unwrap();
    assert_eq!(counts.iter().filter_map(Value::as_u64).sum::<u64>(), 3, "without the condition on its own field");
    let (_, stats) = send(
        &server,
        "POST",
        "/api/universe/stats",
        None,
        Some(json!({ "text": "revenue >= 2m", "fields": ["revenue"] })),
    )
    .await;
    assert_eq!(stats["total"], 2);
    let (_, similar) =
        send(&server, "POST", "/api/universe/similar", None, Some(json!({ "orgnrs": [orgnrs[2]] }))).await;
    let alike: Vec<_> = similar["items"].as_array().unwrap().iter().map(|item| item["orgnr"].clone()).collect();
    assert!(!alike.contains(&json!(orgnrs[3])), "{similar}");
    let (_, list) =
        send(&server, "POST", "/api/lists/from_query", None, Some(json!({ "name": "Nya", "text": "revenue >= 2m" })))
            .await;
    assert_eq!(list["item_count"], 2);
    let file =
        server.get("/api/universe/export?text=revenue%20%3E%3D%202m&columns=revenue").await.text().await.unwrap();
    assert_eq!(file.lines().count(), 3, "{file}");
    let file =
        server.get("/api/universe/export?text=revenue%20%3E%3D%202m&include_excluded=true").await.text().await.unwrap();
    assert_eq!(file.lines().count(), 4, "{file}");

    let (_, page) = send(&server, "GET", "/api/exclusions?q=konkurrent&limit=1", None, None).await;
    assert_eq!((&page["total"], page["items"].as_array().unwrap().len()), (&json!(2), 1), "{page}");
    let (_, shown) =
        send(&server, "POST", "/api/exclusions/remove", None, Some(json!({ "orgnrs": [orgnrs[3]] }))).await;
    assert_eq!(screen(&server, None, "revenue >= 2m").await.0.len(), 3);
    send(&server, "POST", &format!("/api/changes/{}/undo", shown["change_id"].as_str().unwrap()), None, None).await;
    assert_eq!(screen(&server, None, "revenue >= 2m").await.0.len(), 2);
    let (_, marks) = send(&server, "POST", "/api/companies/marks", None, Some(json!({ "orgnrs": [orgnrs[3]] }))).await;
    assert_eq!(marks["items"][0]["exclusion"]["reason"], "Konkurrent till portföljbolag");

    // What another process excludes is hidden here a moment later.
    store::exclusions::add(
        &mut server.db.pool().acquire().await.unwrap(),
        &[orgnrs[4].parse().unwrap()],
        "Annan process",
        store::users::LOCAL_OWNER,
    )
    .await
    .unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(1_200)).await;
    assert_eq!(screen(&server, None, "revenue >= 2m").await.0, [orgnrs[2].clone()]);
}

#[tokio::test]
async fn the_pipeline_is_screened_by_stage() {
    let server = start(&[]).await;
    let orgnrs = add_screened(&server, 4).await;
    for (orgnr, stage) in [(&orgnrs[0], "new"), (&orgnrs[2], "contacted")] {
        let (status, made) =
            send(&server, "POST", "/api/prospects", None, Some(json!({ "orgnrs": [orgnr], "stage": stage }))).await;
        assert!((200..300).contains(&status), "{made}");
    }
    assert_eq!(screen(&server, None, "prospect").await.0, [orgnrs[0].clone(), orgnrs[2].clone()]);
    assert_eq!(screen(&server, None, "prospect = Contacted").await.0, [orgnrs[2].clone()]);
    assert_eq!(screen(&server, None, "not prospect").await.0.len(), 2);
    assert_eq!(
        screen(&server, None, "prospect != contacted and revenue >= 1m").await.0,
        [orgnrs[1].clone(), orgnrs[3].clone()]
    );
    let unknown = json!({ "text": "prospect = nowhere" });
    let (status, told) = send(&server, "POST", "/api/universe/query", None, Some(unknown)).await;
    assert_eq!(status, 422);
    assert!(told["detail"].as_str().unwrap().contains("nowhere"), "{told}");
    let text = "prospect = ";
    let asked = json!({ "text": text, "cursor": text.len(), "limit": 50 });
    let (_, offered) = send(&server, "POST", "/api/universe/complete", None, Some(asked)).await;
    let offered: Vec<_> = offered["candidates"].as_array().unwrap().iter().map(|one| one["insert"].clone()).collect();
    assert!(offered.contains(&json!("meeting_scheduled")), "{offered:?}");
}

#[tokio::test]
async fn an_analyst_does_not_exclude_for_the_organisation() {
    let server = start(&[("REQUIRE_AUTH", "true"), ("SUPABASE_JWT_SECRET", SECRET)]).await;
    let body = json!({ "orgnrs": ["5560160680"], "reason": "Nej" });
    let (status, _) = send(&server, "POST", "/api/exclusions", Some(&token(ANNA, "analyst")), Some(body.clone())).await;
    assert_eq!(status, 403);
    assert_eq!(send(&server, "POST", "/api/exclusions", Some(&token(ANNA, "partner")), Some(body)).await.0, 200);
}
