//! Several workers and leaders on one queue.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use queue::{Options, Registry, enqueue_many};
use store::jobs::publish::{Room, take_due};
use store::jobs::settle::{self, Ending};
use store::jobs::{JobState, claim, lease};

use crate::rig::{Alone, Rig, say};

#[tokio::test]
async fn two_relays_never_hand_out_the_same_job() {
    let rig = Rig::new().await;
    let jobs: Vec<_> = (0..500).map(|n| say(&n.to_string())).collect();
    enqueue_many(&mut rig.db.acquire().await.unwrap(), &jobs, &Options::default()).await.unwrap();
    let room = [Room { queue: "words".to_owned(), priority: 2, room: 60 }];
    let kinds = ["say_word".to_owned()];
    let (mut one, mut two) = (rig.db.acquire().await.unwrap(), rig.db.acquire().await.unwrap());
    let mut ids = Vec::new();
    for _ in 0..6 {
        let (a, b) = tokio::join!(take_due(&mut one, &room, &kinds, &[]), take_due(&mut two, &room, &kinds, &[]));
        ids.extend(a.unwrap().into_iter().chain(b.unwrap()).map(|due| due.id));
    }
    let handed = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((handed, ids.len()), (500, 500));
}

#[tokio::test]
async fn a_kind_runs_only_as_often_as_it_may_over_all_workers_and_others_go_on() {
    let mut rig = Rig::new().await;
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    for _ in 0..2 {
        let (now, most) = (now.clone(), most.clone());
        let registry = rig.registry().with(move |_: Alone, _| {
            let (now, most) = (now.clone(), most.clone());
            async move {
                most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                tokio::time::sleep(Duration::from_millis(60)).await;
                now.fetch_sub(1, Ordering::SeqCst);
                Ok(())
            }
        });
        rig.start(registry, 4);
    }
    let alone: Vec<_> = (0..8).map(|number| Alone { number }).collect();
    let ids = enqueue_many(&mut rig.db.acquire().await.unwrap(), &alone, &Options::default()).await.unwrap();
    let other = rig.enqueue(&say("hello")).await;
    rig.wait_for(other, JobState::Completed).await;
    for id in &ids {
        rig.wait_for(id.id, JobState::Completed).await;
    }
    rig.stop().await;
    assert_eq!(most.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn whoever_lost_the_lease_changes_nothing() {
    let rig = Rig::new().await;
    let id = rig.enqueue(&say("hello")).await;
    let claimer = |lease_seconds| claim::Claimer {
        worker: uuid::Uuid::new_v4(),
        kinds: vec!["say_word".to_owned()],
        limits: Vec::new(),
        lease_seconds,
    };
    let first = claim::by_ids(&rig.db, &claimer(0.0), &[id.0]).await.unwrap().remove(0).run;
    assert!(claim::by_ids(&rig.db, &claimer(20.0), &[id.0]).await.unwrap().is_empty(), "it runs");
    let mut conn = rig.db.acquire().await.unwrap();
    let lost = lease::take_back(&mut conn, 10).await.unwrap();
    assert_eq!((lost[0].id, lost[0].state.as_str()), (id.0, "available"));
    let second = claim::by_ids(&rig.db, &claimer(20.0), &[id.0]).await.unwrap().remove(0).run;
    assert_eq!((first.attempt, second.attempt), (1, 2));
    assert!(!settle::complete(&mut conn, first, None).await.unwrap());
    assert!(!settle::hold(&mut conn, first).await.unwrap());
    assert!(
        settle::settle(&mut conn, &[(first, Ending::Completed), (first, Ending::Released)]).await.unwrap().is_empty()
    );
    assert_eq!(rig.job(id).await.state, JobState::Running);
    assert!(settle::complete(&mut conn, second, None).await.unwrap());
    assert_eq!(rig.job(id).await.state, JobState::Completed);
}

#[tokio::test]
async fn a_worker_that_stops_gives_back_what_does_not_end_and_the_attempt_does_not_count() {
    let mut rig = Rig::new().await;
    let registry = Registry::new().with(|_: Alone, context: queue::Context| async move {
        context.cancel().cancelled().await;
        context.check()
    });
    rig.start_with(registry, 1, |settings| settings.drain = Duration::from_millis(200));
    let id = rig.enqueue(&Alone { number: 1 }).await;
    rig.wait_for(id, JobState::Running).await;
    rig.stop().await;
    let job = rig.job(id).await;
    assert_eq!((job.state, job.attempt), (JobState::Available, 0));
    assert_eq!(job.errors, serde_json::json!([]));
}
