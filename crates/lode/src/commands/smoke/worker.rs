//! Workers: a job that does nothing is enqueued and must be done.

use std::time::Duration;

use serde_json::{Value, json};

use super::checks::{Checks, expect};

/// Longer than this a job waits only when nobody takes it.
const LIMIT: Duration = Duration::from_secs(60);

/// Checks that a worker takes and finishes a job.
pub(in super::super) async fn worker(checks: &mut Checks) {
    let asked = checks.post("/api/jobs/probe", &json!({}), 202).await;
    let id = match asked.and_then(|body| body["job_id"].as_i64().ok_or_else(|| "no job_id".to_owned())) {
        Ok(id) => id,
        Err(reason) => return checks.note("POST /api/jobs/probe", Err(reason)),
    };
    checks.note("POST /api/jobs/probe", Ok(()));
    let state = checks
        .until(&format!("/api/jobs/{id}"), LIMIT, |body: &Value| {
            let state = body["state"].as_str().ok_or("no state")?;
            Ok(matches!(state, "completed" | "discarded" | "cancelled").then(|| state.to_owned()))
        })
        .await;
    let done = state.and_then(|state| expect(state == "completed", &format!("it ended as {state}")));
    checks.note("a worker does the job", done);
}
