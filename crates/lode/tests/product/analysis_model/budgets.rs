//! Money: nothing is called above a limit, a run that its budget stopped goes on when it is raised, and the cost shown is that of the calls.

use std::sync::Arc;

use llm::{CallError, Message, Request, Role};
use serde_json::json;
use store::model_calls::{self, NewCall};
use tokio_util::sync::CancellationToken;

use super::{companies, rig, rig_with};

#[tokio::test(flavor = "multi_thread")]
async fn run_stops_at_its_budget_and_goes_on_when_it_is_raised() {
    let rig = rig().await;
    let orgnrs = companies(&rig.server, 6).await;
    let stop = rig.worker();
    let body = json!({ "orgnr": orgnrs[0].to_string(), "provider": "default", "template_key": "triage" });
    let most = rig.post("/api/analysis/preview", body, 200).await["cost"]["most"].as_f64().unwrap();
    // Room for one reservation, and for a few settled calls beside it.
    let budget = most * 1.02;
    let id = rig.start(&orgnrs, json!({ "template_key": "triage", "budget": budget })).await;
    let run = rig.ended(&id).await;
    assert!(run["model"]["cost"].as_f64().unwrap() <= budget, "{run}");
    assert_eq!(run["completed"].as_i64().unwrap() + run["failed"].as_i64().unwrap(), 6, "{run}");

    let none = rig.start(&orgnrs, json!({ "template_key": "triage", "budget": 0 })).await;
    let before = rig.asked();
    let run = rig.ended(&none).await;
    assert_eq!((&run["failed"], rig.asked()), (&json!(6), before), "nothing is called without money: {run}");
    assert_eq!(rig.company(&none, orgnrs[0]).await["parts"][0]["reason"], "over_budget");
    let (status, raised) =
        rig.server.send("PUT", &format!("/api/runs/{none}/budget"), Some(&json!({ "budget": 50 }))).await;
    assert_eq!((status, &raised["model"]["budget"]), (200, &json!(50.0)), "{raised}");
    rig.post(&format!("/api/runs/{none}/retry"), json!({}), 200).await;
    let run = rig.ended(&none).await;
    assert_eq!((&run["completed"], rig.asked()), (&json!(6), before + 6), "{run}");
    rig.assert_spending_is_the_sum_of_calls().await;
    stop.cancel();
}

#[tokio::test(flavor = "multi_thread")]
async fn month_is_limited_over_all_runs() {
    let rig = rig_with(&[("LLM_MONTHLY_LIMIT", "0.000001")]).await;
    let orgnrs = companies(&rig.server, 1).await;
    let client = rig.models().client("default").await.unwrap();
    let request = Request {
        messages: vec![Message::new(Role::User, "Say a word.")],
        schema: None,
        max_tokens: 10,
        prompt_version: "test@1".to_owned(),
        purpose: "test".to_owned(),
        subject: None,
        dossier_sha256: None,
    };
    let before = rig.model.requests().len();
    let refused = client.ask(&request, &CancellationToken::new()).await;
    assert!(matches!(&refused, Err(CallError::OverBudget(over)) if over.limited.starts_with("month:")), "{refused:?}");
    assert_eq!((rig.model.requests().len(), orgnrs.len()), (before, 1));
}

/// Many callers at once on the real database, random amounts and limits: what is spent and set aside never passes a limit, and is always
/// the sum of the calls.
#[tokio::test(flavor = "multi_thread")]
async fn thousand_random_budgets_are_never_exceeded() {
    let rig = Arc::new(rig().await);
    let mut seed = 11_u64;
    let mut random = move |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((seed >> 33) % below).unwrap()
    };
    let pool = rig.server.db.pool().clone();
    for _ in 0..25 {
        let mut runs = Vec::new();
        for _ in 0..40 {
            let budget = random(500) + 1;
            let id: uuid::Uuid = sqlx::query_scalar(
                "INSERT INTO runs (kind, name, owner_id, scope, parts, selection, provider, budget)
                 VALUES ('analysis', 'prov', $1, 'team', '{model_analysis}', '{}', 'default', $2) RETURNING id",
            )
            .bind(store::users::LOCAL_OWNER)
            .bind(budget)
            .fetch_one(&pool)
            .await
            .unwrap();
            runs.push((id, budget));
        }
        let mut tasks = Vec::new();
        for (id, _) in &runs {
            for _ in 0..4 {
                let (pool, purpose, amount, part) = (pool.clone(), format!("run:{id}"), random(300) + 1, random(101));
                tasks.push(tokio::spawn(async move {
                    let call = NewCall {
                        purpose: &purpose,
                        provider: "default",
                        model: "m",
                        amount,
                        monthly_limit: Some(i64::MAX / 2),
                    };
                    let mut tx = pool.begin().await.unwrap();
                    let Ok(call) = model_calls::reserve(&mut tx, &call).await.unwrap() else { return };
                    tx.commit().await.unwrap();
                    // One in ten dies before it settles.
                    if part >= 10 {
                        let mut tx = pool.begin().await.unwrap();
                        assert!(model_calls::settle(&mut tx, call, amount * part / 100).await.unwrap());
                        assert!(!model_calls::settle(&mut tx, call, 0).await.unwrap(), "a call is settled once");
                        tx.commit().await.unwrap();
                    }
                }));
            }
        }
        for task in tasks {
            task.await.unwrap();
        }
        for (id, budget) in runs {
            let spent = model_calls::spent(&mut pool.acquire().await.unwrap(), &format!("run:{id}")).await.unwrap();
            assert!(spent <= budget, "{spent} of {budget}");
        }
        rig.assert_spending_is_the_sum_of_calls().await;
    }
}
