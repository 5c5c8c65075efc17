//! kill -9 of `lode worker` in the middle of a run: complete at the end, and no company is analysed or paid twice.

use std::collections::BTreeMap;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::json;
use testing::model_server::Act;

use super::{Rig, companies, rig, server};

const COMPANIES: u64 = 12;

struct Process(Child);

impl Process {
    fn start(rig: &Rig) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lode"));
        command.args(["worker", "ai_analysis", "monitors", "--concurrency", "3"]);
        for (name, value) in &rig.settings {
            command.env(name, value);
        }
        let child = command
            .env("DATABASE_URL", rig.server.db.url())
            .env("ARTIFACT_STORE_URL", rig.server.artifacts.place())
            .env("LODE_DATA_DIR", rig.server.artifacts.place())
            .env_remove("REDIS_URL")
            .env("RUST_LOG", "off")
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        Self(child)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Answers after a moment, so that a kill meets calls under way.
fn slow(body: &serde_json::Value) -> String {
    std::thread::sleep(Duration::from_millis(150));
    server::answer(body)
}

#[tokio::test(flavor = "multi_thread")]
async fn run_whose_worker_is_killed_is_complete_and_no_answer_is_paid_twice() {
    let rig = rig().await;
    let orgnrs = companies(&rig.server, COMPANIES).await;
    rig.model.script(vec![Act::Think(slow)]);
    let id = rig.start(&orgnrs, json!({ "template_key": "triage" })).await;
    sqlx::query("UPDATE jobs SET max_attempts = 20").execute(rig.server.db.pool()).await.unwrap();
    for after in [3, 7] {
        let worker = Process::start(&rig);
        for _ in 0..600 {
            if rig.asked() >= after {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        drop(worker);
        // Its leases would run out in 20 s; a test need not wait for that.
        sqlx::query("UPDATE jobs SET lease_until = now() - interval '1 second' WHERE state = 'running'")
            .execute(rig.server.db.pool())
            .await
            .unwrap();
    }
    let last = Process::start(&rig);
    let run = rig.ended(&id).await;
    drop(last);
    assert_eq!((&run["completed"], &run["failed"]), (&json!(COMPANIES), &json!(0)), "{run}");
    let answered: Vec<(String, i64)> = sqlx::query_as(
        "SELECT subject, count(*) FROM model_calls WHERE purpose = $1 AND outcome = 'answered' GROUP BY subject",
    )
    .bind(format!("run:{id}"))
    .fetch_all(rig.server.db.pool())
    .await
    .unwrap();
    let answered: BTreeMap<String, i64> = answered.into_iter().collect();
    assert_eq!(answered.len(), usize::try_from(COMPANIES).unwrap());
    assert!(answered.values().all(|count| *count == 1), "{answered:?}");
    rig.assert_spending_is_the_sum_of_calls().await;
}

/// The worker dies after the answer was recorded and before the analysis was kept: the answer is taken, not asked for again.
#[tokio::test(flavor = "multi_thread")]
async fn recorded_answer_is_used_again_without_a_call() {
    let rig = rig().await;
    let orgnrs = companies(&rig.server, 1).await;
    let stop = rig.worker();
    let id = rig.start(&orgnrs, json!({})).await;
    let before = rig.ended(&id).await;
    let kept = rig.company(&id, orgnrs[0]).await;
    // As a kill at that moment leaves it.
    sqlx::query("DELETE FROM analyses").execute(rig.server.db.pool()).await.unwrap();
    sqlx::query("UPDATE run_items SET state = 'failed', reason = 'job_died'")
        .execute(rig.server.db.pool())
        .await
        .unwrap();
    rig.post(&format!("/api/runs/{id}/retry"), json!({}), 200).await;
    let after = rig.ended(&id).await;
    assert_eq!((rig.asked(), &after["model"]["cost"]), (1, &before["model"]["cost"]), "{after}");
    assert_eq!(rig.company(&id, orgnrs[0]).await["result"], kept["result"]);
    stop.cancel();
}
