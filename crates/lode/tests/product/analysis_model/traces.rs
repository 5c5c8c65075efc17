//! One trace from the caller's request through the job to the call of the model.

use serde_json::json;

use super::{PAGE, companies, rig, texts, website};

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";

#[tokio::test(flavor = "multi_thread")]
async fn trace_of_the_request_is_kept_by_its_job_and_sent_to_the_model() {
    let rig = rig().await;
    let orgnrs = companies(&rig.server, 1).await;
    website(&rig.server, orgnrs[0], PAGE).await;
    let stop = rig.worker();
    let traces = |from: usize| -> Vec<String> {
        let calls = rig.model.requests().split_off(from);
        calls.into_iter().map(|call| call.traceparent.expect("every call names its trace")).collect()
    };
    let start = async |headers: &[(&str, &str)]| {
        let body = json!({ "orgnrs": texts(&orgnrs), "provider": "default", "template_key": "full" });
        let mut request = rig.server.client.post(format!("{}/api/analysis/start", rig.server.url)).json(&body);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = request.send().await.unwrap();
        let id = answer.headers()["x-request-id"].to_str().unwrap().to_owned();
        let status = answer.status();
        let started: serde_json::Value = answer.json().await.unwrap();
        assert_eq!(status, 201, "{started}");
        rig.ended(started["run_id"].as_str().unwrap()).await;
        let kept: Option<String> =
            sqlx::query_scalar("SELECT trace_id FROM jobs WHERE kind LIKE 'analyse%' ORDER BY id DESC LIMIT 1")
                .fetch_one(rig.server.db.pool())
                .await
                .unwrap();
        (id, kept.unwrap())
    };
    let parent = format!("00-{TRACE}-00f067aa0ba902b7-01");
    let before = rig.model.requests().len();

    // The caller's trace goes through the job to the model, each step under a span of its own; the request keeps the id that it was given.
    let (id, kept) = start(&[("traceparent", parent.as_str()), ("x-request-id", "from-a-test")]).await;
    assert_eq!((id.as_str(), kept.as_str()), ("from-a-test", TRACE));
    let called = traces(before);
    assert!(!called.is_empty());
    for call in &called {
        assert!(call.starts_with(&format!("00-{TRACE}-")) && call.len() == 55 && *call != parent, "{call}");
    }

    // Without one, and with a damaged one, the request begins a trace, whose id is its own.
    for headers in [&[][..], &[("traceparent", "00-zz-00f067aa0ba902b7-01")]] {
        let before = rig.model.requests().len();
        let (id, kept) = start(headers).await;
        assert_eq!(id, kept);
        assert!(id.len() == 32 && id != TRACE, "{id}");
        assert!(traces(before).iter().all(|call| call.starts_with(&format!("00-{id}-"))));
    }
    stop.cancel();
}
