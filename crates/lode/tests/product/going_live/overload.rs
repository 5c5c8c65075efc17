//! More clients than can be served: what is admitted stays quick, the rest is told to come again, and health is answered all the while.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::{Server, start_on};

/// Times of answered requests in milliseconds, and how many of each status.
#[derive(Default)]
struct Measured {
    times: Vec<f64>,
    statuses: BTreeMap<u16, usize>,
}

impl Measured {
    fn percentile(&self, share: f64) -> f64 {
        let mut times = self.times.clone();
        times.sort_by(f64::total_cmp);
        let place = ((times.len().saturating_sub(1)) as f64 * share).round() as usize;
        times.get(place).copied().unwrap_or(0.0)
    }
}

/// Client number `number` asks again and again: every other one a question about every company, the rest for their lists.
async fn ask(server: &Server, client: &reqwest::Client, number: usize) -> (u16, Option<String>, f64) {
    let begun = Instant::now();
    let request = if number.is_multiple_of(2) {
        let body = json!({ "filters": [{ "field": "revenue", "op": ">", "value": number }], "limit": 50 });
        client.post(format!("{}/api/universe/query", server.url)).json(&body)
    } else {
        client.get(format!("{}/api/lists?scope=all", server.url))
    };
    let answer = request.send().await.expect("every request is answered");
    let status = answer.status().as_u16();
    let wait = answer.headers().get("retry-after").map(|value| value.to_str().unwrap().to_owned());
    let _ = answer.bytes().await.expect("whole");
    (status, wait, begun.elapsed().as_secs_f64() * 1e3)
}

async fn load(server: &Arc<Server>, clients: usize, lasts: Duration) -> Measured {
    let until = Instant::now() + lasts;
    let tasks: Vec<_> = (0..clients)
        .map(|number| {
            let (server, client) = (Arc::clone(server), server.client.clone());
            tokio::spawn(async move {
                let mut measured = Measured::default();
                while Instant::now() < until {
                    let (status, wait, time) = ask(&server, &client, number).await;
                    *measured.statuses.entry(status).or_default() += 1;
                    match status {
                        200 => measured.times.push(time),
                        // As a client that heeds it does, only sooner.
                        503 => {
                            assert!(wait.expect("Retry-After").parse::<u64>().unwrap() >= 1);
                            tokio::time::sleep(Duration::from_millis(100)).await;
                        }
                        other => panic!("{other}"),
                    }
                }
                measured
            })
        })
        .collect();
    let mut all = Measured::default();
    for task in tasks {
        let one = task.await.unwrap();
        all.times.extend(one.times);
        for (status, count) in one.statuses {
            *all.statuses.entry(status).or_default() += count;
        }
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn five_hundred_clients_are_served_or_refused_at_once_and_health_answers_meanwhile() {
    let db = Arc::new(testing::database().await);
    lode::demo::load::load(db.pool(), lode::demo::load::DemoSet::Small, |_, _| {}).await.unwrap();
    // The client opens a connection ahead while it waits for a free one: up to twice as many as it has requests.
    let server = Arc::new(start_on(db, &[("MAX_CONNECTIONS_PER_ADDRESS", "1200")]).await);
    server.until_ready().await;

    // As many clients as may ask at once without anybody waiting long.
    let normal = load(&server, 64, Duration::from_secs(3)).await;
    let stop = Arc::new(AtomicBool::new(false));
    let probes = tokio::spawn({
        let (server, stop) = (Arc::clone(&server), Arc::clone(&stop));
        async move {
            let mut slowest = Duration::ZERO;
            while !stop.load(Ordering::Relaxed) {
                for path in ["/health", "/ready"] {
                    let begun = Instant::now();
                    assert_eq!(server.get(path).await.status(), 200, "{path}");
                    slowest = slowest.max(begun.elapsed());
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            slowest
        }
    });
    let over = load(&server, 512, Duration::from_secs(4)).await;
    let ended = Instant::now();
    stop.store(true, Ordering::Relaxed);
    let slowest_probe = probes.await.unwrap();
    let after = loop {
        let (status, _, time) = ask(&server, &server.client, 1).await;
        let (asked, _, _) = ask(&server, &server.client, 2).await;
        if (status, asked) == (200, 200) && time < 1_000.0 {
            break ended.elapsed();
        }
        assert!(ended.elapsed() < Duration::from_secs(5), "it does not recover");
    };
    println!(
        "64 clients: {:?}, p50 {:.0} ms, p99 {:.0} ms; 512 clients: {:?}, p50 {:.0} ms, p99 {:.0} ms; slowest probe {slowest_probe:?}; \
         recovered after {after:?}",
        normal.statuses,
        normal.percentile(0.5),
        normal.percentile(0.99),
        over.statuses,
        over.percentile(0.5),
        over.percentile(0.99),
    );
    assert!(over.statuses.keys().all(|status| [200, 503].contains(status)), "{:?}", over.statuses);
    assert!(
        over.statuses[&200] > 20 && over.statuses.get(&503).is_some_and(|count| *count > 20),
        "{:?}",
        over.statuses
    );
    // Twice the normal; on a machine that does much else beside, some seconds.
    let allowed = (2.0 * normal.percentile(0.99)).max(8_000.0);
    assert!(over.percentile(0.99) <= allowed, "p99 {:.0} ms, allowed {allowed:.0} ms", over.percentile(0.99));
    assert!(slowest_probe < Duration::from_secs(8), "{slowest_probe:?}");
    let metrics = server.get("/metrics").await.text().await.unwrap();
    assert!(metrics.is_empty() || metrics.contains("lode_requests_waiting"), "{metrics}");
}
