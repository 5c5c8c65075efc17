//! Jobs, backups and the queue server that need somebody are named, with what to do.

use serde_json::json;
use store::jobs::queues::QueueState;

use super::super::finding::Level;
use super::*;

#[test]
fn backup_that_is_missing_or_old_is_named() {
    let now = Utc::now();
    let made = |hours| Fact { at: now - TimeDelta::hours(hours), detail: json!({ "place": "/backups" }) };
    assert_eq!(backup(None, now).level, Level::Failure);
    for (hours, level) in [(1, Level::Well), (27, Level::Warning), (80, Level::Failure)] {
        assert_eq!(backup(Some(&made(hours)), now).level, level, "{hours}");
    }
    for (is_encrypted, words) in [(true, "/backups, encrypted"), (false, "/backups, not encrypted")] {
        let detail = json!({ "place": "/backups", "encrypted": is_encrypted });
        let found = backup(Some(&Fact { at: now, detail }), now).found;
        assert!(found.en.ends_with(words), "{found:?}");
    }
}

fn queue(available: i64, oldest_seconds: Option<f64>) -> QueueState {
    QueueState {
        queue: "imports".to_owned(),
        available,
        scheduled: 0,
        retryable: 0,
        running: 0,
        discarded: 0,
        oldest_seconds,
        paused_at: None,
        paused_by: None,
        completed_lately: 0,
        discarded_lately: 0,
        run_seconds: None,
        wait_seconds: None,
    }
}

#[test]
fn jobs_without_a_worker_old_paused_and_dead_ones_are_named() {
    let worst = |queue: QueueState, part: Part| {
        let overview = Overview { queues: vec![queue], workers: Vec::new(), schedules: Vec::new() };
        let found = jobs(&overview, "1.0").into_iter().find(|finding| finding.part == part).unwrap();
        if let Some(remedy) = &found.remedy {
            assert!(remedy.en != remedy.sv && found.found.en != found.found.sv, "{found:?}");
        }
        (found.level, found.remedy.map(|remedy| remedy.en).unwrap_or_default())
    };
    assert_eq!(worst(queue(0, None), Part::Workers).0, Level::Warning);
    assert_eq!(worst(queue(3, Some(5.0)), Part::Workers).0, Level::Failure);
    let (level, remedy) = worst(queue(3, Some(2_000.0)), Part::Queues);
    assert!(level == Level::Failure && remedy.contains("lode worker imports"), "{remedy}");
    let paused = QueueState { paused_at: Some(Utc::now()), ..queue(3, Some(2_000.0)) };
    assert!(worst(paused, Part::Queues).1.contains("resume"));
    assert_eq!(worst(QueueState { paused_at: Some(Utc::now()), ..queue(0, None) }, Part::Queues).0, Level::Warning);
    assert_eq!(worst(QueueState { discarded: 2, ..queue(0, None) }, Part::DeadJobs).0, Level::Warning);
    assert_eq!(worst(queue(0, None), Part::DeadJobs).0, Level::Well);
}

#[test]
fn queue_server_that_is_missing_or_refuses_is_named() {
    assert_eq!(redis(None).level, Level::Warning);
    assert_eq!(redis(Some(None)).level, Level::Well);
    let refused = redis(Some(Some("its memory is used up")));
    assert!(refused.level == Level::Failure && refused.remedy.is_some(), "{refused:?}");
}
