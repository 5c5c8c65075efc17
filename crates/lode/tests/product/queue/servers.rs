//! Redis and Postgres that are emptied, killed and restarted under work.

use std::process::Stdio;
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::rig::{Process, Rig, client, lode};

async fn flush(url: &str) {
    let mut connection =
        redis::Client::open(url).unwrap().get_multiplexed_async_connection().await.expect("Valkey answers");
    let _: () = redis::cmd("FLUSHALL").query_async(&mut connection).await.unwrap();
}

fn end(pid: Option<u32>, signal: Signal) {
    kill(Pid::from_raw(pid.expect("the server runs").cast_signed()), signal).unwrap();
}

#[tokio::test]
async fn emptying_and_killing_redis_loses_nothing() {
    let mut rig = Rig::with_own_servers().await;
    let url = rig.redis_url.clone().unwrap();
    rig.start(&["--concurrency", "4"]);
    rig.enqueue(0..600, 20).await;
    rig.wait_for_effects(40, Duration::from_secs(30)).await;
    flush(&url).await;
    rig.wait_for_effects(150, Duration::from_secs(30)).await;
    end(rig.servers.as_ref().unwrap().valkey().unwrap().pid(), Signal::SIGKILL);
    rig.enqueue(600..700, 20).await;
    rig.wait_for_effects(700, Duration::from_secs(60)).await;
    rig.assert_each_once(700).await;
    rig.workers.clear();
    rig.servers.take().unwrap().stop_and_remove().await;
}

#[tokio::test]
async fn without_redis_jobs_run_all_the_same() {
    let mut rig = Rig::new().await;
    rig.redis_url = None;
    rig.start(&["--concurrency", "8"]);
    rig.start(&["--concurrency", "8"]);
    rig.enqueue(0..300, 1).await;
    rig.wait_for_effects(300, Duration::from_secs(30)).await;
    rig.assert_each_once(300).await;
}

#[tokio::test]
async fn workers_and_api_recover_when_postgres_is_restarted() {
    let mut rig = Rig::with_own_servers().await;
    let folder = tempfile::tempdir().unwrap();
    let mut command = lode();
    command.args(["serve", "--port", "0"]).env("DATABASE_URL", &rig.database_url).env("LODE_DATA_DIR", folder.path());
    command.env("RUST_LOG", "off").stdout(Stdio::piped());
    let mut api = Process(command.spawn().unwrap());
    let mut said = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(api.0.stdout.take().unwrap()), &mut said).unwrap();
    let base = said.trim().strip_prefix("ready ").expect("the API says where it is").to_owned();
    let client = client();

    rig.start(&["--concurrency", "4"]);
    rig.enqueue(0..200, 20).await;
    rig.wait_for_effects(20, Duration::from_secs(30)).await;
    // SIGINT is Postgres' fast shutdown: every connection is cut.
    end(rig.servers.as_ref().unwrap().postgres().unwrap().pid(), Signal::SIGINT);
    rig.wait_for_effects(200, Duration::from_secs(90)).await;
    rig.enqueue(200..220, 5).await;
    rig.wait_for_effects(220, Duration::from_secs(30)).await;
    rig.assert_each_once(220).await;
    let mut last = String::new();
    for _ in 0..200 {
        let answer = client.get(format!("{base}/api/status")).send().await.unwrap();
        last = answer.text().await.unwrap();
        if last.contains("\"db_ok\":true") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(last.contains("\"db_ok\":true"), "{last}");
    drop(api);
    rig.workers.clear();
    rig.servers.take().unwrap().stop_and_remove().await;
}
