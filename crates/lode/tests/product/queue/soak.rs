//! Jobs while workers and Redis are killed at random every few seconds: each effect once, none missing.
//!
//! A short one runs with the other tests. The long one: `LODE_SOAK_SECONDS=120 LODE_SOAK_JOBS=20000 cargo test --release
//! -p lode --test product queue::soak -- --nocapture`.

use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::rig::Rig;

const WORKERS: usize = 3;

/// What is struck, in turn: the moments are random, but no run is so short that it strikes no worker.
const STRUCK: [Struck; 4] = [Struck::Worker, Struck::Redis, Struck::Worker, Struck::RedisData];

#[derive(Clone, Copy)]
enum Struck {
    Worker,
    Redis,
    RedisData,
}

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

/// Numbers that look random and are the same at every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit.max(1)
    }
}

#[tokio::test]
async fn soak() {
    let seconds = number("LODE_SOAK_SECONDS", 15);
    let jobs = i32::try_from(number("LODE_SOAK_JOBS", 1_500)).unwrap();
    let mut dice = Dice(number("LODE_SOAK_SEED", 7));
    let mut rig = Rig::with_own_servers().await;
    for _ in 0..WORKERS {
        rig.start(&["--concurrency", "16"]);
    }
    let begun = Instant::now();
    let mut enqueued = 0;
    let (mut strikes, mut worker_kills, mut redis_kills, mut flushes) = (0, 0, 0, 0);
    let mut next_kill = Duration::from_secs(2);
    while begun.elapsed() < Duration::from_secs(seconds) {
        // Work comes in evenly, so that every kill finds some.
        let share = begun.elapsed().as_secs_f64() / seconds as f64;
        let due = ((f64::from(jobs) * share) as i32 + 50).min(jobs);
        if due > enqueued {
            // Long enough that some run whenever a worker is killed.
            rig.enqueue(enqueued..due, 100 + dice.below(300)).await;
            enqueued = due;
        }
        if begun.elapsed() >= next_kill {
            next_kill = begun.elapsed() + Duration::from_millis(1_500 + dice.below(2_500));
            match STRUCK[strikes % STRUCK.len()] {
                Struck::Redis => {
                    if let Some(pid) = rig.servers.as_ref().unwrap().valkey().unwrap().pid() {
                        let _ = kill(Pid::from_raw(pid.cast_signed()), Signal::SIGKILL);
                        redis_kills += 1;
                    }
                }
                Struck::RedisData => {
                    if let Ok(mut connection) = redis::Client::open(rig.redis_url.clone().unwrap())
                        .unwrap()
                        .get_multiplexed_async_connection()
                        .await
                    {
                        let _: Result<(), _> = redis::cmd("FLUSHALL").query_async(&mut connection).await;
                        flushes += 1;
                    }
                }
                Struck::Worker => {
                    let at = dice.below(WORKERS as u64) as usize;
                    let mut killed = rig.workers.remove(at);
                    killed.0.kill().unwrap();
                    killed.0.wait().unwrap();
                    rig.start(&["--concurrency", "16"]);
                    worker_kills += 1;
                }
            }
            strikes += 1;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    rig.enqueue(enqueued..jobs, 0).await;
    rig.wait_for_effects(jobs.into(), Duration::from_secs(120)).await;
    let all = begun.elapsed();
    rig.assert_each_once(jobs.into()).await;
    let (lost, most): (i64, i32) = sqlx::query_as("SELECT count(*) FILTER (WHERE attempt > 1), max(attempt) FROM jobs")
        .fetch_one(&rig.pool)
        .await
        .unwrap();
    println!(
        "soak: {jobs} jobs in {:.0} s; {worker_kills} workers killed, Redis killed {redis_kills} and emptied {flushes} times; \
         {lost} jobs started more than once, at most {most} times; each effect once",
        all.as_secs_f64()
    );
    assert!(worker_kills > 0, "nothing was killed");
    assert!(lost > 0, "no kill met a running job, so nothing was shown");
    rig.workers.clear();
    rig.servers.take().unwrap().stop_and_remove().await;
}
