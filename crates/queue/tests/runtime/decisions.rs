//! How a run can end, and what becomes of the job.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use queue::{JobId, Options};
use store::jobs::{AttemptError, JobRow, JobState, control};
use tokio::sync::Notify;

use crate::rig::{Rig, say};

fn errors(job: &JobRow) -> Vec<AttemptError> {
    serde_json::from_value(job.errors.clone()).unwrap()
}

async fn ends_as(word: &str, state: JobState) -> (JobRow, Vec<AttemptError>) {
    let mut rig = Rig::new().await;
    rig.start(rig.registry(), 4);
    let id = rig.enqueue(&say(word)).await;
    let job = rig.wait_for(id, state).await;
    rig.stop().await;
    let errors = errors(&job);
    (job, errors)
}

#[tokio::test]
async fn a_job_that_is_done_is_completed_and_keeps_who_did_it() {
    let (job, errors) = ends_as("hello", JobState::Completed).await;
    assert_eq!((job.attempt, errors.len()), (1, 0));
    assert!(job.worker.is_some() && job.started_at.is_some() && job.finished_at.is_some() && job.lease_until.is_none());
}

#[tokio::test]
async fn a_job_that_fails_permanently_is_dead_at_once() {
    let (job, errors) = ends_as("fail", JobState::Discarded).await;
    assert_eq!(job.attempt, 1);
    assert_eq!((errors[0].kind.as_str(), errors[0].reason.as_str()), ("error", "it cannot be said"));
}

#[tokio::test]
async fn a_job_is_tried_as_often_as_its_kind_may_and_keeps_every_reason() {
    let (job, errors) = ends_as("again", JobState::Discarded).await;
    assert_eq!(job.attempt, 3);
    assert_eq!(errors.iter().map(|error| error.attempt).collect::<Vec<_>>(), [1, 2, 3]);
    assert!(errors.iter().all(|error| error.reason == "not loud enough" && error.duration_ms.is_some()));
}

#[tokio::test]
async fn a_delay_that_the_remote_side_asked_for_is_kept() {
    let (job, errors) = ends_as("patience", JobState::Completed).await;
    assert_eq!(job.attempt, 2);
    let waited = job.started_at.unwrap() - errors[0].at;
    assert!(waited >= chrono::TimeDelta::milliseconds(950), "{waited}");
}

#[tokio::test]
async fn not_the_time_yet_costs_no_attempt() {
    let (job, errors) = ends_as("later", JobState::Completed).await;
    assert_eq!((job.attempt, errors.len()), (1, 0));
}

#[tokio::test]
async fn a_panic_costs_an_attempt_and_not_the_worker() {
    let mut rig = Rig::new().await;
    rig.start(rig.registry(), 1);
    let stuck = rig.enqueue(&say("panic")).await;
    let fine = rig.enqueue(&say("hello")).await;
    rig.wait_for(fine, JobState::Completed).await;
    let job = rig.wait_for(stuck, JobState::Discarded).await;
    assert!(errors(&job).iter().all(|error| error.kind == "panic" && error.reason.contains("got stuck")));
    rig.stop().await;
}

#[tokio::test]
async fn a_run_that_takes_too_long_is_ended() {
    // The handler ignores the order to stop, so it is dropped when its grace is over.
    let mut rig = Rig::new().await;
    rig.start(rig.registry(), 1);
    let id = rig.enqueue_with(&say("endless"), &Options { max_attempts: Some(1), ..Options::default() }).await;
    let job = rig.wait_for(id, JobState::Discarded).await;
    assert_eq!(errors(&job)[0].kind, "timeout");
    rig.stop().await;
}

#[tokio::test]
async fn a_running_job_shows_its_progress_and_stops_when_it_is_cancelled() {
    let mut rig = Rig::new().await;
    let registry = queue::Registry::new().with(|_: Slow, context: queue::Context| async move {
        context.progress(3, Some(10), Some("saying".to_owned()));
        context.cancel().cancelled().await;
        context.check()
    });
    rig.start(registry, 1);
    let id = rig.enqueue(&Slow {}).await;
    rig.wait_for(id, JobState::Running).await;
    for _ in 0..200 {
        if rig.job(id).await.progress_done.is_some() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let job = rig.job(id).await;
    assert_eq!(
        (job.progress_done, job.progress_total, job.progress_note.as_deref()),
        (Some(3), Some(10), Some("saying"))
    );
    let asked = std::time::Instant::now();
    let state = control::cancel(&mut rig.db.acquire().await.unwrap(), id.0).await.unwrap();
    assert_eq!(state, Some(JobState::Running));
    let job = rig.wait_for(id, JobState::Cancelled).await;
    assert!(asked.elapsed() < Duration::from_secs(4), "it is told at once: {:?}", asked.elapsed());
    assert_eq!(errors(&job)[0].kind, "cancelled");
    rig.stop().await;
}

#[derive(serde::Serialize, serde::Deserialize)]
struct Slow {}

impl queue::Job for Slow {
    const KIND: &'static str = "speak_slowly";
    const QUEUE: &'static str = "words";
}

#[tokio::test]
async fn a_job_that_is_asked_for_again_while_it_is_being_stopped_runs_again() {
    let mut rig = Rig::new().await;
    let (told, goes, runs) = (Arc::new(Notify::new()), Arc::new(Notify::new()), Arc::new(AtomicUsize::new(0)));
    let (own_told, own_goes, own_runs) = (told.clone(), goes.clone(), runs.clone());
    let registry = queue::Registry::new().with(move |_: Reluctant, context: queue::Context| {
        let (told, goes, runs) = (own_told.clone(), own_goes.clone(), own_runs.clone());
        async move {
            if runs.fetch_add(1, Ordering::SeqCst) == 0 {
                context.cancel().cancelled().await;
                told.notify_one();
                goes.notified().await;
            }
            context.check()
        }
    });
    rig.start(registry, 2);
    let id = rig.enqueue(&Reluctant {}).await;
    rig.wait_for(id, JobState::Running).await;
    control::cancel(&mut rig.db.acquire().await.unwrap(), id.0).await.unwrap();
    told.notified().await;
    assert!(rig.job(id).await.cancel_requested_at.is_some());
    assert_eq!(rig.enqueue(&Reluctant {}).await, id, "it is still the one with the key");
    assert_eq!(runs.load(Ordering::SeqCst), 1, "never two of a key at once");
    goes.notify_one();
    let job = rig.wait_for(id, JobState::Completed).await;
    assert_eq!((job.attempt, runs.load(Ordering::SeqCst)), (1, 2));
    assert_eq!(errors(&job).iter().map(|error| error.kind.as_str()).collect::<Vec<_>>(), ["cancelled"]);
    rig.stop().await;
}

#[derive(serde::Serialize, serde::Deserialize)]
struct Reluctant {}

impl queue::Job for Reluctant {
    const KIND: &'static str = "stop_reluctantly";
    const QUEUE: &'static str = "words";

    fn unique_key(&self) -> Option<String> {
        Some("all".to_owned())
    }
}

#[tokio::test]
async fn a_waiting_job_is_cancelled_at_once_and_can_be_tried_again() {
    let mut rig = Rig::new().await;
    let later = Options { run_at: Some(chrono::Utc::now() + chrono::TimeDelta::hours(1)), ..Options::default() };
    let id = rig.enqueue_with(&say("hello"), &later).await;
    assert_eq!(rig.job(id).await.state, JobState::Scheduled);
    let mut conn = rig.db.acquire().await.unwrap();
    assert_eq!(control::cancel(&mut conn, id.0).await.unwrap(), Some(JobState::Cancelled));
    assert_eq!(control::cancel(&mut conn, id.0).await.unwrap(), None, "what has ended cannot be cancelled");
    assert!(control::retry(&mut conn, id.0).await.unwrap());
    assert!(!control::retry(&mut conn, id.0).await.unwrap(), "it waits already");
    rig.start(rig.registry(), 1);
    rig.wait_for(id, JobState::Completed).await;
    assert!(!control::discard(&mut conn, id.0).await.unwrap(), "a completed job stays");
    drop(conn);
    rig.stop().await;
}

#[tokio::test]
async fn a_dead_job_that_is_retried_has_three_more_attempts() {
    let mut rig = Rig::new().await;
    rig.start(rig.registry(), 2);
    let id = rig.enqueue(&say("again")).await;
    rig.wait_for(id, JobState::Discarded).await;
    assert!(control::retry(&mut rig.db.acquire().await.unwrap(), id.0).await.unwrap());
    for _ in 0..1_000 {
        let job = rig.job(id).await;
        if job.state == JobState::Discarded && job.attempt == 6 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(rig.job(id).await.state, JobState::Discarded);
    assert_eq!(rig.job(id).await.attempt, 6);
    rig.stop().await;
}

#[tokio::test]
async fn a_payload_of_another_version_is_dead_and_says_so() {
    let mut rig = Rig::new().await;
    rig.start(rig.registry(), 1);
    let id: i64 = sqlx::query_scalar(
        "INSERT INTO jobs (queue, kind, payload, max_attempts) VALUES ('words', 'say_word', '{\"sentence\": 1}', 3) RETURNING id",
    )
    .fetch_one(rig.db.pool())
    .await
    .unwrap();
    let job = rig.wait_for(JobId(id), JobState::Discarded).await;
    assert!(errors(&job)[0].reason.contains("missing field `word`"), "{:?}", errors(&job));
    rig.stop().await;
}

#[tokio::test]
async fn a_job_of_an_unknown_kind_stays_available() {
    let mut rig = Rig::new().await;
    rig.start(rig.registry(), 1);
    let id: i64 = sqlx::query_scalar(
        "INSERT INTO jobs (queue, kind, payload, max_attempts) VALUES ('words', 'sing_song', '{}', 3) RETURNING id",
    )
    .fetch_one(rig.db.pool())
    .await
    .unwrap();
    let fine = rig.enqueue(&say("hello")).await;
    rig.wait_for(fine, JobState::Completed).await;
    let job = rig.job(JobId(id)).await;
    assert_eq!((job.state, job.attempt), (JobState::Available, 0));
    rig.stop().await;
}
