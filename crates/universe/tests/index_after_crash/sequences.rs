//! Random sequences of writes, crashes, restores and promotions: after each step the index holds what Postgres holds.
//!
//! `LODE_TEST_SEED` runs one sequence again, `LODE_TEST_STEPS` makes them longer.

use rand::rngs::StdRng;
use rand::{Rng, RngExt, SeedableRng};
use sqlx::Connection;
use store::change_feed;
use testing::cluster::Cluster;

use crate::LATE_FLUSH;
use crate::facts::{Rig, companies};

const SEEDS: [u64; 2] = [11, 12];
const STEPS: u32 = 9;

fn given(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_index_equals_postgres_after_every_step_of_random_sequences() {
    let steps = given("LODE_TEST_STEPS").and_then(|steps| u32::try_from(steps).ok()).unwrap_or(STEPS);
    let seeds = given("LODE_TEST_SEED").map_or(SEEDS.to_vec(), |seed| vec![seed]);
    for seed in seeds {
        let mut random = StdRng::seed_from_u64(seed);
        let mut rig = Rig::start(LATE_FLUSH).await;
        rig.write(&companies(random.next_u64(), 80), true).await;
        rig.until_equal("at the start").await;
        for number in 0..steps {
            let name = step(&mut rig, &mut random).await;
            rig.until_equal(&format!("seed {seed}, step {number}: {name}")).await;
        }
    }
}

/// One random step; returns its name.
async fn step(rig: &mut Rig, random: &mut StdRng) -> String {
    let count = random.random_range(1..40);
    let facts = companies(random.next_u64(), count);
    match random.random_range(0..13) {
        0 => {
            rig.write(&facts, true).await;
            format!("{count} companies")
        }
        1 | 2 => {
            rig.write(&facts, false).await;
            crash(rig, random).await;
            format!("{count} companies whose commit was not waited for, then a crash")
        }
        3 | 4 => {
            rig.use_ids(random.random_range(1..60)).await;
            crash(rig, random).await;
            rig.write(&facts, true).await;
            format!("ids lost in a crash, then {count} companies")
        }
        5 => {
            rig.write(&facts, true).await;
            crash(rig, random).await;
            format!("{count} companies, then a crash")
        }
        6 => {
            remove(rig, i64::try_from(count).unwrap_or(1)).await;
            format!("{count} companies removed")
        }
        7 => {
            let mut conn = rig.connect().await;
            let mut open = conn.begin().await.unwrap();
            sqlx::query("SELECT pg_current_xact_id()").execute(&mut *open).await.unwrap();
            rig.write(&facts, true).await;
            if random.random_bool(0.5) {
                open.commit().await.unwrap()
            } else {
                open.rollback().await.unwrap()
            }
            "companies beside a transaction that ends later".to_owned()
        }
        8 => {
            rig.write(&facts, true).await;
            trim(rig).await;
            "the feed trimmed".to_owned()
        }
        9 => {
            rig.cluster.dump_and_restore(&rig.cluster).await;
            rig.write(&facts, true).await;
            format!("a dump restored on the same server, then {count} companies")
        }
        10 => {
            let mut other = Cluster::start(LATE_FLUSH).await;
            rig.cluster.dump_and_restore(&other).await;
            rig.cluster.kill();
            other.stop();
            other.take_over(&rig.cluster);
            rig.cluster = other;
            rig.cluster.run_server().await;
            rig.write(&facts, true).await;
            format!("a dump restored on another server, then {count} companies")
        }
        11 => {
            let mut standby = rig.cluster.standby();
            rig.write(&facts, true).await;
            rig.cluster.kill();
            standby.take_over(&rig.cluster);
            rig.cluster = standby;
            rig.cluster.run_server().await;
            rig.cluster.promote().await;
            rig.write(&companies(random.next_u64(), 5), true).await;
            "a promoted standby that lacks the last changes".to_owned()
        }
        _ => {
            rig.cluster.stop();
            let copy = rig.cluster.copy();
            rig.cluster.run_server().await;
            rig.write(&facts, true).await;
            rig.cluster.stop();
            rig.cluster.put_back(&copy);
            rig.cluster.run_server().await;
            rig.write(&companies(random.next_u64(), 5), true).await;
            "data put back from an older copy".to_owned()
        }
    }
}

/// The follower may or may not have read what was written before.
async fn crash(rig: &mut Rig, random: &mut StdRng) {
    tokio::time::sleep(std::time::Duration::from_millis(random.random_range(0..300))).await;
    rig.cluster.kill();
    rig.cluster.run_server().await;
}

async fn remove(rig: &Rig, count: i64) {
    let mut conn = rig.connect().await;
    let mut tx = conn.begin().await.unwrap();
    let gone: Vec<i64> = sqlx::query_scalar(
        "DELETE FROM company_facts WHERE orgnr IN (SELECT orgnr FROM company_facts ORDER BY orgnr LIMIT $1) RETURNING orgnr",
    )
    .bind(count)
    .fetch_all(&mut *tx)
    .await
    .unwrap();
    change_feed::note(&mut tx, &gone).await.unwrap();
    tx.commit().await.unwrap();
}

async fn trim(rig: &Rig) {
    let pool = sqlx::PgPool::connect(&rig.cluster.url()).await.unwrap();
    while change_feed::trim(&pool, chrono::Utc::now() + chrono::Duration::hours(1), 20).await.unwrap().has_more {}
    pool.close().await;
}
