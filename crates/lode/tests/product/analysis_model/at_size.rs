//! A large run by a model as real processes: how fast it goes, that a worker's memory stays flat, and how long the pages of the run take.
//! `LODE_RUN_COMPANIES` says how many companies (40 otherwise); the figures are printed.

use std::time::{Duration, Instant};

use serde_json::json;

use super::killed_in_turn::Installation;
use super::{companies_in, server, texts};

/// What a process holds in memory, in MiB, where the system tells.
fn resident(pid: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kib| kib / 1024)
}

/// The slowest page of the run: each is asked for five times, of which the middle one counts.
async fn slowest_page(made: &Installation, id: &str, companies: u64) -> (f64, String) {
    let last = companies.saturating_sub(50);
    let paths = [
        "/api/runs".to_owned(),
        format!("/api/runs/{id}"),
        format!("/api/runs/{id}/companies?limit=50"),
        format!("/api/runs/{id}/companies?limit=50&offset={last}"),
        format!("/api/runs/{id}/companies?limit=50&state=completed&offset={}", companies / 2),
        format!("/api/enrichment/run/{id}/status"),
    ];
    let mut slowest = (0.0, String::new());
    for path in paths {
        let mut times = Vec::new();
        for _ in 0..5 {
            let begun = Instant::now();
            made.call("GET", &path, None).await;
            times.push(begun.elapsed().as_secs_f64() * 1e3);
        }
        times.sort_by(f64::total_cmp);
        if times[2] > slowest.0 {
            slowest = (times[2], path);
        }
    }
    slowest
}

#[tokio::test(flavor = "multi_thread")]
async fn large_run_is_complete_with_a_flat_worker_and_its_pages_are_measured() {
    let wanted: u64 = std::env::var("LODE_RUN_COMPANIES").ok().and_then(|text| text.parse().ok()).unwrap_or(40);
    let made = Installation::start(server::answer).await;
    let mut orgnrs = Vec::new();
    for begin in (0..wanted).step_by(1_000) {
        orgnrs.extend(companies_in(&made.rig.pool, begin..wanted.min(begin + 1_000)).await);
    }
    made.until_ready().await;
    let body = json!({ "orgnrs": texts(&orgnrs), "provider": "default", "template_key": "triage", "budget": 90.0 });
    let begun = Instant::now();
    let started = made.call("POST", "/api/analysis/start", Some(&body)).await;
    let id = started["run_id"].as_str().unwrap().to_owned();
    let start_seconds = begun.elapsed().as_secs_f64();
    let worker = made.workers[0].0.id();
    let (mut at_tenth, mut while_it_runs) = (None, None);
    let run = loop {
        let run = made.call("GET", &format!("/api/runs/{id}"), None).await;
        let done = run["done"].as_u64().unwrap_or(0);
        if done >= wanted / 10 && at_tenth.is_none() {
            at_tenth = resident(worker);
        }
        if done >= wanted / 2 && while_it_runs.is_none() {
            while_it_runs = Some(slowest_page(&made, &id, wanted).await);
        }
        if run["status"] == "completed" {
            break run;
        }
        assert!(begun.elapsed() < Duration::from_secs(60 + wanted), "the run does not end: {run}");
        tokio::time::sleep(Duration::from_millis(500)).await;
    };
    let seconds = begun.elapsed().as_secs_f64() - start_seconds;
    let at_end = resident(worker);
    assert_eq!((&run["completed"], &run["failed"]), (&json!(wanted), &json!(0)), "{run}");
    if let (Some(before), Some(after)) = (at_tenth, at_end) {
        assert!(after <= before + 100, "a worker grew from {before} to {after} MiB");
    }
    let idle = slowest_page(&made, &id, wanted).await;
    println!(
        "{wanted} companies: started in {start_seconds:.1} s, {:.1} companies/s; a worker {at_tenth:?} MiB after a tenth, {at_end:?} at the end; \
         slowest page while it runs {while_it_runs:?}, at the end {idle:?} (ms)",
        wanted as f64 / seconds
    );
    made.end().await;
}
