//! The screen is what the database holds, whatever happens to its server: crashes that lose commits and give transaction
//! ids again, restored dumps, promoted standbys, data put back from a copy.

#[path = "index_after_crash/facts.rs"]
mod facts;
#[path = "index_after_crash/sequences.rs"]
mod sequences;

use facts::{Rig, companies};
use testing::cluster::Cluster;
use universe::index::{Outcome, check};

/// Commits that do not wait for the disk stay away from it for as long as this allows.
const LATE_FLUSH: &[&str] = &["wal_writer_delay=10s"];

#[tokio::test(flavor = "multi_thread")]
async fn transaction_ids_given_again_after_a_crash_hide_no_change() {
    let mut rig = Rig::start(LATE_FLUSH).await;
    rig.write(&companies(1, 60), true).await;
    rig.until_equal("after the first companies").await;
    for round in 2..5 {
        // Ids are used up by commits that are not on disk, as the leader of the jobs does it; the follower learns of them.
        rig.use_ids(40).await;
        tokio::time::sleep(std::time::Duration::from_millis(400)).await;
        rig.cluster.kill();
        rig.cluster.run_server().await;
        // At once, before anybody has looked: these transactions are given the ids that were lost.
        rig.write(&companies(round, 5), true).await;
        rig.until_equal("after the crash").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn facts_that_a_crash_took_away_are_not_shown() {
    let mut rig = Rig::start(LATE_FLUSH).await;
    rig.write(&companies(1, 60), true).await;
    rig.until_equal("after the first companies").await;
    rig.write(&companies(2, 30), false).await;
    tokio::time::sleep(std::time::Duration::from_millis(400)).await;
    rig.cluster.kill();
    rig.cluster.run_server().await;
    rig.until_equal("after the crash").await;
    rig.write(&companies(3, 3), true).await;
    rig.until_equal("after a change").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restored_dump_is_recognised_followed_and_compared() {
    let rig = Rig::start(&[]).await;
    rig.use_ids(5_000).await;
    rig.write(&companies(1, 60), true).await;
    rig.until_equal("after the first companies").await;
    // Under the same name on the same server, while the index follows.
    rig.cluster.dump_and_restore(&rig.cluster).await;
    rig.write(&companies(2, 20), true).await;
    rig.until_equal("after the restore").await;
    // On a server whose transaction ids are far lower.
    let other = Cluster::start(&[]).await;
    rig.cluster.dump_and_restore(&other).await;
    let restored = Rig::on(other, rig.take_file().await).await;
    restored.until_equal("on the new server").await;
    restored.write(&companies(3, 20), true).await;
    restored.until_equal("after a change on the new server").await;
    let checked = check::run(&restored.index).await.unwrap();
    assert_eq!((checked.outcome, checked.rows), (Outcome::Equal, 60), "{checked:?}");
    assert!(rig.version() < restored.version(), "a version was given twice");
    assert_eq!(restored.entries_from_another_server().await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promoted_standby_that_lacks_the_last_changes_is_recognised() {
    let mut rig = Rig::start(&[]).await;
    rig.write(&companies(1, 60), true).await;
    let mut standby = rig.cluster.standby();
    // These never reach the standby, and the ids of their transactions are given again.
    rig.write(&companies(2, 20), true).await;
    rig.use_ids(30).await;
    rig.until_equal("before the failover").await;
    rig.cluster.kill();
    standby.take_over(&rig.cluster);
    std::mem::swap(&mut rig.cluster, &mut standby);
    rig.cluster.run_server().await;
    rig.cluster.promote().await;
    rig.write(&companies(3, 5), true).await;
    rig.until_equal("after the promotion").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn data_put_back_from_an_older_copy_is_recognised() {
    let mut rig = Rig::start(&[]).await;
    rig.write(&companies(1, 60), true).await;
    rig.until_equal("after the first companies").await;
    rig.cluster.stop();
    let copy = rig.cluster.copy();
    rig.cluster.run_server().await;
    rig.write(&companies(2, 20), true).await;
    rig.until_equal("before the copy comes back").await;
    rig.cluster.stop();
    rig.cluster.put_back(&copy);
    rig.cluster.run_server().await;
    rig.use_ids(50).await;
    rig.write(&companies(3, 5), true).await;
    rig.until_equal("after the copy came back").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_comparison_that_compares_nothing_is_told_as_a_failure() {
    let mut rig = Rig::start(&[]).await;
    rig.write(&companies(1, 60), true).await;
    rig.until_equal("after the first companies").await;
    let checked = check::run(&rig.index).await.unwrap();
    assert_eq!((checked.outcome, checked.rows, checked.problem), (Outcome::Equal, 60, None));
    rig.cluster.kill();
    let checked = check::run(&rig.index).await.unwrap();
    assert_eq!((checked.outcome, checked.rows), (Outcome::NotCompared, 0), "{checked:?}");
    assert!(checked.problem.is_some());
    assert!(rig.index.status().not_compared.is_some_and(|told| told.contains("cut off")));
    rig.cluster.run_server().await;
    rig.until_equal("after the server came back").await;
    assert_eq!(check::run(&rig.index).await.unwrap().outcome, Outcome::Equal);
    assert_eq!(rig.index.status().not_compared, None);
}
