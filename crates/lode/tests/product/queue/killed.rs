//! Workers that are killed, stopped, or given poison.

use std::time::Duration;

use jobs::run_probe::Instead;
use nix::sys::signal::Signal;
use queue::Options;
use store::jobs::{AttemptError, JobState, control};

use super::rig::{Rig, exit_of};

#[tokio::test]
async fn a_job_whose_worker_is_killed_goes_on_within_half_a_minute_and_takes_effect_once() {
    let mut rig = Rig::new().await;
    rig.start(&["--concurrency", "4"]);
    let ids = rig.enqueue(0..4, 2_500).await;
    rig.wait_until_running(4).await;
    // The one that takes over is there already.
    rig.start(&["--concurrency", "4"]);
    let mut killed = rig.workers.remove(0);
    killed.0.kill().unwrap();
    killed.0.wait().unwrap();
    let took = rig.wait_for_effects(4, Duration::from_secs(60)).await;
    // Resumed within 30 s; the work itself takes another 2.5 s.
    assert!(took < Duration::from_millis(32_500), "{took:?}");
    rig.assert_each_once(4).await;
    for id in ids {
        let job = rig.job(id).await;
        assert_eq!((job.state, job.attempt), (JobState::Completed, 2));
        let errors: Vec<AttemptError> = serde_json::from_value(job.errors).unwrap();
        assert_eq!((errors.len(), errors[0].kind.as_str(), errors[0].attempt), (1, "lost", 1));
    }
}

#[tokio::test]
async fn sigterm_lets_running_jobs_end_and_leaves_the_rest_for_others() {
    let mut rig = Rig::new().await;
    rig.start(&["--concurrency", "3"]);
    let ids = rig.enqueue(0..9, 1_500).await;
    rig.wait_until_running(3).await;
    let mut worker = rig.workers.remove(0);
    worker.signal(Signal::SIGTERM);
    let status = exit_of(&mut worker, Duration::from_secs(20)).await;
    assert_eq!(status.code(), Some(0), "an orderly end");
    rig.assert_each_once(3).await;
    let mut states = Vec::new();
    for id in &ids {
        let job = rig.job(*id).await;
        assert!(job.attempt <= 1 && job.lease_until.is_none());
        states.push(job.state);
    }
    assert_eq!(states.iter().filter(|state| **state == JobState::Completed).count(), 3);
    assert_eq!(states.iter().filter(|state| **state == JobState::Available).count(), 6);
    // Nobody waits for a lease that nobody holds: the next worker takes the rest at once.
    rig.start(&["--concurrency", "6"]);
    rig.wait_for_effects(9, Duration::from_secs(20)).await;
    rig.assert_each_once(9).await;
}

#[tokio::test]
async fn a_second_signal_ends_a_worker_without_waiting_for_its_jobs() {
    let mut rig = Rig::new().await;
    rig.start(&["--concurrency", "1", "--drain", "600"]);
    rig.enqueue(0..1, 100_000).await;
    rig.wait_until_running(1).await;
    let mut worker = rig.workers.remove(0);
    // Again and again: two signals that are sent at once may arrive as one.
    let status = loop {
        worker.signal(Signal::SIGTERM);
        tokio::time::sleep(Duration::from_millis(200)).await;
        if let Some(status) = worker.0.try_wait().unwrap() {
            break status;
        }
    };
    assert_eq!(status.code(), Some(1), "not an orderly end: a job was left");
    rig.assert_each_once(0).await;
}

#[tokio::test]
async fn sigterm_hands_back_what_takes_longer_than_it_may() {
    let mut rig = Rig::new().await;
    rig.start(&["--concurrency", "1", "--drain", "0"]);
    let ids = rig.enqueue(0..1, 60_000).await;
    rig.wait_until_running(1).await;
    let mut worker = rig.workers.remove(0);
    worker.signal(Signal::SIGTERM);
    assert_eq!(exit_of(&mut worker, Duration::from_secs(20)).await.code(), Some(0));
    let job = rig.job(ids[0]).await;
    assert_eq!((job.state, job.attempt), (JobState::Available, 0));
}

#[tokio::test]
async fn poison_ends_dead_while_the_queue_moves() {
    let mut rig = Rig::new().await;
    rig.start(&["--concurrency", "2"]);
    let options = Options { max_attempts: Some(3), priority: Some(queue::Priority::High), ..Options::default() };
    let mut conn = rig.pool.acquire().await.unwrap();
    let fails = queue::enqueue_with(&mut conn, &rig.probe(1_000, 0, Instead::Fail), &options).await.unwrap().id;
    let panics = queue::enqueue_with(&mut conn, &rig.probe(1_001, 0, Instead::Panic), &options).await.unwrap().id;
    rig.enqueue(0..200, 0).await;
    rig.wait_for_effects(200, Duration::from_secs(30)).await;
    for id in [fails, panics] {
        for _ in 0..400 {
            if rig.job(id).await.state == JobState::Discarded {
                break;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        let job = rig.job(id).await;
        let errors: Vec<AttemptError> = serde_json::from_value(job.errors).unwrap();
        assert_eq!((job.state, job.attempt, errors.len()), (JobState::Discarded, 3, 3));
    }
    // A person may let it try again.
    assert!(control::retry(&mut conn, fails.0).await.unwrap());
    rig.assert_each_once(200).await;
}

#[tokio::test]
async fn two_workers_who_both_relay_do_each_job_once() {
    let mut rig = Rig::new().await;
    rig.start(&["--concurrency", "16"]);
    rig.start(&["--concurrency", "16"]);
    for part in 0..5 {
        rig.enqueue(part * 400..(part + 1) * 400, 0).await;
    }
    rig.wait_for_effects(2_000, Duration::from_secs(60)).await;
    rig.assert_each_once(2_000).await;
    let attempts: i32 = sqlx::query_scalar("SELECT max(attempt) FROM jobs").fetch_one(&rig.pool).await.unwrap();
    assert_eq!(attempts, 1, "none was started twice");
}
