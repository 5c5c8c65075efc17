//! Servers that fail under work: Postgres restarted under an import, Valkey whose memory is used up.

use std::process::Stdio;
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::import::fixtures::{orgnr, write};
use crate::queue::rig::{Rig, lode};

#[tokio::test]
async fn import_goes_on_over_a_restart_of_postgres_as_the_same_run() {
    let mut rig = Rig::with_own_servers().await;
    let folder = tempfile::tempdir().unwrap();
    let mut text = "orgnr;name;period_start;period_end;revenue;total_assets;equity;net_income\n".to_owned();
    for n in 0..3_000 {
        text += &format!("{};Bolag {n} AB;2021-01-01;2021-12-31;{};100;50;10\n", orgnr(n), 1_000 + n);
    }
    let file = write(folder.path(), "bokslut.csv", text);
    let mut command = lode();
    command.args(["import", "accounts", "--batch", "20", "--json", "--data-dir"]).arg(folder.path()).arg(&file);
    command.env("DATABASE_URL", &rig.database_url).stdout(Stdio::null()).stderr(Stdio::piped());
    let child = command.spawn().unwrap();
    let mut restarts = 0;
    while restarts < 2 {
        let read: i64 = sqlx::query_scalar("SELECT coalesce(max((report->>'read')::bigint), 0) FROM imports")
            .fetch_one(&rig.pool)
            .await
            .unwrap_or(0);
        if read > 200 + restarts * 800 {
            // SIGINT is Postgres' fast shutdown: every connection is cut; it is started again at once.
            let pid = rig.servers.as_ref().unwrap().postgres().unwrap().pid().unwrap();
            kill(Pid::from_raw(pid.cast_signed()), Signal::SIGINT).unwrap();
            restarts += 1;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let output = tokio::task::spawn_blocking(move || child.wait_with_output()).await.unwrap().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("the import goes on in"), "{said}");
    let runs: Vec<(String, i64)> =
        sqlx::query_as("SELECT status, (report->>'read')::bigint FROM imports").fetch_all(&rig.pool).await.unwrap();
    assert_eq!(runs, [("completed".to_owned(), 3_000)], "one run, taken up again");
    let companies: i64 = sqlx::query_scalar("SELECT count(*) FROM companies").fetch_one(&rig.pool).await.unwrap();
    assert_eq!(companies, 3_000);
    rig.servers.take().unwrap().stop_and_remove().await;
}

#[tokio::test]
async fn jobs_are_found_at_once_in_postgres_when_the_memory_of_redis_is_used_up() {
    let mut rig = Rig::with_own_servers().await;
    let mut connection =
        redis::Client::open(rig.redis_url.clone().unwrap()).unwrap().get_multiplexed_async_connection().await.unwrap();
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    rig.start(&["--concurrency", "4", "--port", &port.to_string()]);
    rig.enqueue(0..20, 1).await;
    rig.wait_for_effects(20, Duration::from_secs(30)).await;
    let settings = [("maxmemory-policy", "noeviction"), ("maxmemory", "1")];
    for (name, value) in settings {
        let () = redis::cmd("CONFIG").arg("SET").arg(name).arg(value).query_async(&mut connection).await.unwrap();
    }
    // Long enough for a worker that asks each second to notice.
    tokio::time::sleep(Duration::from_secs(4)).await;
    rig.enqueue(20..70, 1).await;
    let took = rig.wait_for_effects(70, Duration::from_secs(30)).await;
    assert!(took < Duration::from_secs(6), "{took:?}");
    let client = crate::queue::rig::client();
    let ready = client.get(format!("http://127.0.0.1:{port}/ready")).send().await.unwrap().text().await.unwrap();
    assert!(ready.contains("\"dispatch\":\"postgres\""), "{ready}");
    let metrics = client.get(format!("http://127.0.0.1:{port}/metrics")).send().await.unwrap().text().await.unwrap();
    assert!(metrics.contains("lode_redis_ok 0"), "{metrics}");
    assert!(metrics.contains("lode_redis_errors_total{code=\"OOM\"}"), "{metrics}");
    let () = redis::cmd("CONFIG").arg("SET").arg("maxmemory").arg("0").query_async(&mut connection).await.unwrap();
    rig.enqueue(70..90, 1).await;
    rig.wait_for_effects(90, Duration::from_secs(30)).await;
    rig.assert_each_once(90).await;
    rig.workers.clear();
    rig.servers.take().unwrap().stop_and_remove().await;
}

/// Requests that read and write run while Postgres is restarted: each is answered or told to come again, none is a failure of ours.
#[tokio::test]
async fn requests_during_a_restart_of_postgres_are_503_with_retry_after_and_never_500() {
    let mut rig = Rig::with_own_servers().await;
    let folder = tempfile::tempdir().unwrap();
    let mut command = lode();
    command.args(["serve", "--port", "0"]).env("DATABASE_URL", &rig.database_url).env("LODE_DATA_DIR", folder.path());
    command.env("RUST_LOG", "off").env("RATE_LIMIT_PER_MINUTE", "0").stdout(Stdio::piped());
    let mut api = crate::queue::rig::Process(command.spawn().unwrap());
    let mut said = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(api.0.stdout.take().unwrap()), &mut said).unwrap();
    let base = said.trim().strip_prefix("ready ").expect("it says where it is").to_owned();
    let until = tokio::time::Instant::now() + Duration::from_secs(12);
    let loads: Vec<_> = (0..6)
        .map(|number| {
            let (client, base) = (crate::queue::rig::client(), base.clone());
            tokio::spawn(async move {
                let mut found = std::collections::BTreeMap::<u16, usize>::new();
                let mut count = 0;
                while tokio::time::Instant::now() < until {
                    count += 1;
                    let request = if number % 2 == 0 {
                        client.get(format!("{base}/api/lists"))
                    } else {
                        let body = serde_json::json!({ "name": format!("list {number} {count}"), "scope": "private" });
                        client.post(format!("{base}/api/lists")).json(&body)
                    };
                    let answer = request.send().await.expect("the server answers");
                    let status = answer.status().as_u16();
                    if status == 503 {
                        assert!(answer.headers().contains_key("retry-after"));
                        let problem: serde_json::Value = answer.json().await.unwrap();
                        assert!(problem["detail"].as_str().unwrap().contains("try again"), "{problem}");
                    }
                    *found.entry(status).or_default() += 1;
                }
                found
            })
        })
        .collect();
    for _ in 0..2 {
        tokio::time::sleep(Duration::from_secs(2)).await;
        let pid = rig.servers.as_ref().unwrap().postgres().unwrap().pid().unwrap();
        kill(Pid::from_raw(pid.cast_signed()), Signal::SIGINT).unwrap();
    }
    let mut all = std::collections::BTreeMap::<u16, usize>::new();
    for load in loads {
        for (status, count) in load.await.unwrap() {
            *all.entry(status).or_default() += count;
        }
    }
    assert!(all.keys().all(|status| [200, 201, 503].contains(status)), "{all:?}");
    assert!(all.contains_key(&200) && all.contains_key(&201), "{all:?}");
    drop(api);
    rig.servers.take().unwrap().stop_and_remove().await;
}
