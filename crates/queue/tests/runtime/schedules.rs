//! Ticks of the clock.

use queue::{Job, Registry, Schedule};
use serde::{Deserialize, Serialize};

use crate::rig::Rig;

#[derive(Serialize, Deserialize)]
struct Ring {}

impl Job for Ring {
    const KIND: &'static str = "ring_bell";
    const QUEUE: &'static str = "words";
}

#[tokio::test]
async fn each_tick_becomes_one_job_however_many_workers_watch() {
    let mut rig = Rig::new().await;
    // Three ticks were missed; the newest counts.
    sqlx::query("INSERT INTO job_schedules (name, last_tick) VALUES ('yearly', now() - interval '3 years')")
        .execute(rig.db.pool())
        .await
        .unwrap();
    for _ in 0..3 {
        let registry = Registry::new().with(|_: Ring, _| async { Ok(()) });
        let registry = registry
            .scheduled(Schedule::new("yearly", "0 0 1 1 *", |_| Ring {}).unwrap())
            .scheduled(Schedule::new("new", "0 0 1 1 *", |_| Ring {}).unwrap());
        rig.start(registry, 1);
    }
    for _ in 0..300 {
        let rung: i64 =
            sqlx::query_scalar("SELECT count(*) FROM jobs WHERE kind = 'ring_bell' AND state = 'completed'")
                .fetch_one(rig.db.pool())
                .await
                .unwrap();
        if rung > 0 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    tokio::time::sleep(std::time::Duration::from_millis(2_500)).await;
    rig.stop().await;
    let rung: i64 = sqlx::query_scalar("SELECT count(*) FROM jobs WHERE kind = 'ring_bell'")
        .fetch_one(rig.db.pool())
        .await
        .unwrap();
    assert_eq!(rung, 1, "one for the missed ticks of the old schedule, none for the new one");
}
