//! What is enqueued, in which order it runs, and what holds it back.

use std::time::Duration;

use queue::{Options, Priority, enqueue_many, enqueue_with};
use store::jobs::{JobState, queues};

use crate::rig::{Rig, Say, say};

fn keyed(key: &str) -> Say {
    Say { word: "hello".to_owned(), key: Some(key.to_owned()) }
}

#[tokio::test]
async fn a_job_that_is_not_committed_is_not_there() {
    let rig = Rig::new().await;
    let mut tx = rig.db.begin().await.unwrap();
    let id = queue::enqueue(&mut tx, &say("hello")).await.unwrap();
    tx.rollback().await.unwrap();
    assert!(store::jobs::read::get(&mut rig.db.acquire().await.unwrap(), id.0).await.unwrap().is_none());
}

#[tokio::test]
async fn an_unfinished_job_with_the_same_key_is_meant_instead_of_a_second_one() {
    let mut rig = Rig::new().await;
    let mut conn = rig.db.acquire().await.unwrap();
    let first = enqueue_with(&mut conn, &keyed("a"), &Options::default()).await.unwrap();
    let second = enqueue_with(&mut conn, &keyed("a"), &Options::default()).await.unwrap();
    assert!(first.is_new && !second.is_new);
    assert_eq!(first.id, second.id);
    // In one statement too, among others, and within the same call.
    let many = [keyed("b"), keyed("a"), say("free"), keyed("b"), say("free")];
    let done = enqueue_many(&mut conn, &many, &Options::default()).await.unwrap();
    assert_eq!(done.iter().map(|one| one.is_new).collect::<Vec<_>>(), [true, false, true, false, true]);
    assert_eq!((done[1].id, done[3].id), (first.id, done[0].id));
    drop(conn);
    rig.start(rig.registry(), 2);
    rig.wait_for(first.id, JobState::Completed).await;
    let after = rig.enqueue(&keyed("a")).await;
    assert_ne!(after, first.id, "a finished job is no obstacle");
    rig.stop().await;
}

#[tokio::test]
async fn two_who_enqueue_the_same_at_the_same_time_get_the_same_job() {
    let rig = Rig::new().await;
    let mut one = rig.db.begin().await.unwrap();
    let first = queue::enqueue(&mut one, &keyed("a")).await.unwrap();
    let pool = rig.db.pool().clone();
    let other = tokio::spawn(async move {
        let mut two = pool.begin().await.unwrap();
        let id = queue::enqueue(&mut two, &keyed("a")).await.unwrap();
        two.commit().await.unwrap();
        id
    });
    tokio::time::sleep(Duration::from_millis(100)).await;
    one.commit().await.unwrap();
    assert_eq!(other.await.unwrap(), first);
}

async fn runs_by_priority(mut rig: Rig) {
    let mut conn = rig.db.acquire().await.unwrap();
    queues::pause(&mut conn, "words", None).await.unwrap();
    let mut last = None;
    for (word, priority) in [("low", Priority::Low), ("normal", Priority::Normal), ("high", Priority::High)] {
        for _ in 0..3 {
            let options = Options { priority: Some(priority), ..Options::default() };
            last = last.max(Some(rig.enqueue_with(&say(word), &options).await));
        }
    }
    rig.start(rig.registry(), 1);
    tokio::time::sleep(Duration::from_millis(700)).await;
    assert!(rig.words().is_empty(), "a paused queue starts nothing");
    assert!(queues::resume(&mut conn, "words").await.unwrap());
    for _ in 0..500 {
        if rig.words().len() == 9 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(rig.words(), [["high"; 3], ["normal"; 3], ["low"; 3]].concat());
    drop(conn);
    rig.stop().await;
}

#[tokio::test]
async fn what_is_urgent_runs_first() {
    runs_by_priority(Rig::new().await).await;
}

#[tokio::test]
async fn what_is_urgent_runs_first_without_redis() {
    runs_by_priority(Rig::without_redis().await).await;
}

#[tokio::test]
async fn a_job_waits_for_its_time() {
    let mut rig = Rig::new().await;
    rig.start(rig.registry(), 1);
    let at = chrono::Utc::now() + chrono::TimeDelta::milliseconds(1_200);
    let id = rig.enqueue_with(&say("hello"), &Options { run_at: Some(at), ..Options::default() }).await;
    let job = rig.wait_for(id, JobState::Completed).await;
    assert!(job.started_at.unwrap() >= at);
    rig.stop().await;
}

#[tokio::test]
async fn a_new_job_starts_within_moments() {
    let mut rig = Rig::new().await;
    rig.start(rig.registry(), 4);
    let warm = rig.enqueue(&say("warm")).await;
    rig.wait_for(warm, JobState::Completed).await;
    let mut waits = Vec::new();
    for _ in 0..20 {
        let id = rig.enqueue(&say("hello")).await;
        let job = rig.wait_for(id, JobState::Completed).await;
        waits.push((job.started_at.unwrap() - job.created_at).num_milliseconds());
    }
    waits.sort_unstable();
    // The aim is 20 ms on a quiet machine, which `lode bench queue` measures; here a busy one must not be slow by design.
    assert!(waits[10] < 400, "{waits:?}");
    rig.stop().await;
}
