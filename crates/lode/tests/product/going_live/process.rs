//! `lode serve` as a proxy sees it: when it opens its port, whether it is ready, and how it goes.

use std::io::BufRead;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use nix::sys::signal::Signal;

use crate::queue::rig::{Process, client, lode};
use crate::support::start;

/// `lode serve` on a database; the lines that it prints come over the channel.
fn serve(
    url: &str,
    folder: &std::path::Path,
    port: u16,
    settings: &[(&str, &str)],
) -> (Process, std::sync::mpsc::Receiver<String>) {
    let mut command = lode();
    command.args(["serve", "--port", &port.to_string()]).env("DATABASE_URL", url).env("LODE_DATA_DIR", folder);
    command.envs(settings.iter().copied()).env("RUST_LOG", "off").stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let output = child.stdout.take().unwrap();
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for line in std::io::BufReader::new(output).lines().map_while(Result::ok) {
            let _ = sender.send(line);
        }
    });
    (Process(child), receiver)
}

fn base(lines: &std::sync::mpsc::Receiver<String>) -> String {
    let line = lines.recv_timeout(Duration::from_secs(60)).expect("it says where it is");
    line.strip_prefix("ready ").expect("ready").to_owned()
}

async fn status(client: &reqwest::Client, url: String) -> u16 {
    client.get(url).send().await.map_or(0, |answer| answer.status().as_u16())
}

#[tokio::test]
async fn ready_and_health_answer_while_requests_hold_every_connection() {
    let server = start(&[]).await;
    server.until_ready().await;
    let mut held = Vec::new();
    // The server's own tasks hold some of them.
    while let Ok(Ok(connection)) = tokio::time::timeout(Duration::from_secs(1), server.db.pool().acquire()).await {
        held.push(connection);
    }
    assert!(!held.is_empty());
    let begun = Instant::now();
    let answers = futures::future::join_all((0..200).map(|_| server.get("/ready"))).await;
    assert!(answers.iter().all(|answer| answer.status() == 200));
    assert_eq!(server.get("/health").await.status(), 200);
    assert!(begun.elapsed() < Duration::from_secs(4), "{:?}", begun.elapsed());
    let health = server.json("/health", 200).await;
    assert_eq!((health["version"].as_str(), health["commit"].as_str()), (Some("0.0.0"), Some("0123456789ab")));
}

#[tokio::test]
async fn port_opens_only_when_the_index_is_loaded() {
    let (db, folder) = (testing::database().await, tempfile::tempdir().unwrap());
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut lock = db.pool().begin().await.unwrap();
    sqlx::query("LOCK TABLE company_facts IN ACCESS EXCLUSIVE MODE").execute(&mut *lock).await.unwrap();
    let (_process, lines) = serve(db.url(), folder.path(), port, &[]);
    for _ in 0..20 {
        assert!(std::net::TcpStream::connect(("127.0.0.1", port)).is_err(), "the index cannot be loaded yet");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    lock.rollback().await.unwrap();
    let base = base(&lines);
    assert_eq!(status(&client(), format!("{base}/ready")).await, 200, "the first request already");
}

#[tokio::test]
async fn index_that_does_not_load_keeps_the_port_closed_for_the_set_time_only() {
    let (db, folder) = (testing::database().await, tempfile::tempdir().unwrap());
    let mut lock = db.pool().begin().await.unwrap();
    sqlx::query("LOCK TABLE company_facts IN ACCESS EXCLUSIVE MODE").execute(&mut *lock).await.unwrap();
    let (_process, lines) = serve(db.url(), folder.path(), 0, &[("START_WAIT_SECONDS", "1")]);
    let base = base(&lines);
    assert_eq!(status(&client(), format!("{base}/health")).await, 200);
    assert_eq!(status(&client(), format!("{base}/ready")).await, 503);
    lock.rollback().await.unwrap();
}

/// Requests on new and on kept connections run all the time; none fails, one that began before the signal ends well.
#[tokio::test]
async fn server_told_to_stop_is_unready_first_and_fails_no_request() {
    let (db, folder) = (testing::database().await, tempfile::tempdir().unwrap());
    let (mut process, lines) = serve(
        db.url(),
        folder.path(),
        0,
        &[("UNREADY_SECONDS", "8"), ("DRAIN_SECONDS", "20"), ("RATE_LIMIT_PER_MINUTE", "0")],
    );
    let base = base(&lines);
    let (is_over, failed, answered) =
        (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let loads: Vec<_> = (0..8)
        .map(|number| {
            let (base, is_over, failed, answered) = (base.clone(), is_over.clone(), failed.clone(), answered.clone());
            let client = if number % 2 == 0 {
                client()
            } else {
                reqwest::Client::builder().no_proxy().pool_max_idle_per_host(0).build().unwrap()
            };
            tokio::spawn(async move {
                while !is_over.load(Ordering::Relaxed) {
                    let found = status(&client, format!("{base}/api/status/capabilities")).await;
                    if found == 200 { &answered } else { &failed }.fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();
    // A body that takes longer than the server stays open: it ends within the time to drain.
    let slow = tokio::spawn({
        let (client, base) = (client(), base.clone());
        async move {
            let pieces = futures::stream::unfold(0, |sent| async move {
                if sent == 12 {
                    return None;
                }
                tokio::time::sleep(Duration::from_millis(500)).await;
                Some((
                    Ok::<_, std::io::Error>(if sent == 11 {
                        "]}"
                    } else if sent == 0 {
                        "{\"orgnrs\":["
                    } else {
                        " "
                    }),
                    sent + 1,
                ))
            });
            let request = client.post(format!("{base}/api/companies/batch")).header("content-type", "application/json");
            status_of(request.body(reqwest::Body::wrap_stream(pieces))).await
        }
    });
    tokio::time::sleep(Duration::from_secs(1)).await;
    let told = Instant::now();
    process.signal(Signal::SIGTERM);
    let probe = client();
    while status(&probe, format!("{base}/ready")).await != 503 {
        assert!(told.elapsed() < Duration::from_secs(1), "it is still ready");
    }
    assert_eq!(status(&probe, format!("{base}/health")).await, 200, "it lives");
    // A proxy turns away within the time that the server is unready.
    tokio::time::sleep(Duration::from_secs(2)).await;
    is_over.store(true, Ordering::Relaxed);
    for load in loads {
        load.await.unwrap();
    }
    assert_eq!(failed.load(Ordering::Relaxed), 0, "of {}", answered.load(Ordering::Relaxed));
    assert!(answered.load(Ordering::Relaxed) > 50);
    assert_eq!(slow.await.unwrap(), 200, "what began before the signal ends");
    for _ in 0..300 {
        if let Some(status) = process.0.try_wait().unwrap() {
            assert!(status.success(), "{status}");
            assert!(told.elapsed() >= Duration::from_secs(8));
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("it does not end");
}

async fn status_of(request: reqwest::RequestBuilder) -> u16 {
    request.send().await.map_or(0, |answer| answer.status().as_u16())
}

#[tokio::test]
async fn build_pools_and_redis_are_told_by_health_version_and_metrics() {
    let (db, folder) = (testing::database().await, tempfile::tempdir().unwrap());
    let (_process, lines) = serve(db.url(), folder.path(), 0, &[("DATABASE_POOL_SIZE", "7")]);
    let base = base(&lines);
    let client = client();
    let metrics = client.get(format!("{base}/metrics")).send().await.unwrap().text().await.unwrap();
    assert!(metrics.contains("lode_build_info{version=\""), "{metrics}");
    assert!(metrics.contains("lode_db_connections_limit{pool=\"requests\"} 7"), "{metrics}");
    assert!(metrics.contains("lode_db_connections_limit{pool=\"probe\"} 1"), "{metrics}");
    let version = super::said(&super::run(&["--version"], &[]));
    assert!(version.contains(&format!("lode {} (", env!("CARGO_PKG_VERSION"))), "{version}");
}

#[tokio::test]
async fn scraper_is_ready_only_while_postgres_answers() {
    let mut rig = crate::queue::rig::Rig::with_own_servers().await;
    let mut command = lode();
    command.args(["scraper", "--port", "0"]).env("DATABASE_URL", &rig.database_url).env("RUST_LOG", "off");
    let mut process =
        Process(command.env("LODE_DATA_DIR", rig.data_dir.path()).stdout(Stdio::piped()).spawn().unwrap());
    let mut line = String::new();
    std::io::BufReader::new(process.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let base = line.trim().strip_prefix("ready ").expect("it says where it is").to_owned();
    let client = client();
    assert_eq!(status(&client, format!("{base}/ready")).await, 200);
    rig.servers.take().unwrap().stop_and_remove().await;
    let begun = Instant::now();
    while status(&client, format!("{base}/ready")).await != 503 {
        assert!(begun.elapsed() < Duration::from_secs(10), "it says that it is ready without a database");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(status(&client, format!("{base}/health")).await, 200, "it lives");
}
