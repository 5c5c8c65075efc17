//! The change feed: nothing is missed although transactions commit in another order than they begin.

mod support;

use domain::company::CompanySource;
use domain::orgnr::Orgnr;
use store::change_feed::{self, ChangeBatch, Changes, FeedCursor};
use store::{company_facts, ingest};
use support::{apply, key, named, now, orgnr};

async fn read(db: &store::PgPool, cursor: FeedCursor, limit: i64) -> ChangeBatch {
    match change_feed::changes_since(&mut db.acquire().await.unwrap(), cursor, limit).await.unwrap() {
        Changes::Batch(batch) => batch,
        Changes::CursorTooOld => panic!("the cursor is too old"),
    }
}

/// Reads until these companies have come: transactions of other tests on the same server hold the horizon back.
async fn read_until(db: &store::PgPool, mut cursor: FeedCursor, wanted: &[Orgnr]) -> (Vec<Orgnr>, FeedCursor) {
    let mut seen = Vec::new();
    for _ in 0..2000 {
        let batch = read(db, cursor, 10).await;
        assert!(batch.rows.len() <= 10);
        seen.extend(batch.rows.iter().map(|row| row.orgnr).chain(batch.removed));
        cursor = batch.cursor;
        if wanted.iter().all(|orgnr| seen.contains(orgnr)) && !batch.has_more {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    seen.sort();
    (seen, cursor)
}

/// A database whose feed knows its server.
async fn recognised() -> testing::TestDatabase {
    let db = testing::database().await;
    assert!(change_feed::recognise(&mut db.acquire().await.unwrap()).await.unwrap());
    assert!(!change_feed::recognise(&mut db.acquire().await.unwrap()).await.unwrap());
    db
}

#[tokio::test]
async fn a_transaction_that_commits_late_is_not_missed() {
    let db = recognised().await;
    let start = change_feed::horizon(&mut db.acquire().await.unwrap()).await.unwrap();
    let mut early = db.begin().await.unwrap();
    ingest::apply(&mut early, &[named(orgnr(1), CompanySource::Scb, "Tidig")], None, now()).await.unwrap();
    apply(&db, &[named(orgnr(2), CompanySource::Scb, "Sen")]).await;

    let batch = read(&db, start, 100).await;
    assert!(batch.rows.is_empty(), "nothing beyond the oldest running transaction is read");
    early.commit().await.unwrap();
    assert_eq!(read_until(&db, batch.cursor, &[orgnr(1), orgnr(2)]).await.0, [orgnr(1), orgnr(2)]);
}

#[tokio::test]
async fn a_load_and_the_feed_after_it_hold_every_company() {
    let db = recognised().await;
    apply(&db, &[named(orgnr(1), CompanySource::Scb, "Före")]).await;
    let mut open = db.begin().await.unwrap();
    ingest::apply(&mut open, &[named(orgnr(2), CompanySource::Scb, "Under")], None, now()).await.unwrap();
    let mut seen = Vec::new();
    let cursor = company_facts::read_all(&mut db.acquire().await.unwrap(), |row| {
        seen.push(row.orgnr);
        Ok(())
    })
    .await
    .unwrap();
    assert_eq!(seen, [orgnr(1)]);
    open.commit().await.unwrap();
    apply(&db, &[named(orgnr(3), CompanySource::Scb, "Efter")]).await;
    let after = read_until(&db, cursor, &[orgnr(2), orgnr(3)]).await.0;
    assert!(after.ends_with(&[orgnr(2), orgnr(3)]), "{after:?}");
}

#[tokio::test]
async fn pages_removals_trimming_and_another_database() {
    let db = recognised().await;
    let start = change_feed::horizon(&mut db.acquire().await.unwrap()).await.unwrap();
    let many: Vec<_> = (0..25).map(|n| named(orgnr(n), CompanySource::Scb, "x")).collect();
    apply(&db, &many).await;
    let all: Vec<Orgnr> = (0..25).map(orgnr).collect();
    let (seen, cursor) = read_until(&db, start, &all).await;
    assert_eq!(seen, all);

    sqlx::query("DELETE FROM company_facts WHERE orgnr = $1").bind(key(orgnr(3))).execute(db.pool()).await.unwrap();
    change_feed::note(&mut db.acquire().await.unwrap(), &[key(orgnr(3))]).await.unwrap();
    let (seen, cursor) = read_until(&db, cursor, &[orgnr(3)]).await;
    assert_eq!(seen, [orgnr(3)]);

    let (hour, now) = (chrono::Duration::hours(1), chrono::Utc::now());
    assert_eq!(change_feed::trim(&db, now - hour, 10).await.unwrap().entries, 0);
    let mut trimmed = 0;
    while trimmed < 25 {
        // Entries at or above the oldest running transaction of the server stay for the next time. One transaction goes
        // as a whole, although it is larger than a piece.
        trimmed += change_feed::trim(&db, now + hour, 10).await.unwrap().entries;
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    let left = change_feed::trim(&db, now + hour, 10).await.unwrap();
    assert_eq!((left.entries, left.has_more), (0, false), "the newest transaction stays");
    let mut conn = db.acquire().await.unwrap();
    assert_eq!(change_feed::changes_since(&mut conn, start, 10).await.unwrap(), Changes::CursorTooOld);
    assert!(matches!(change_feed::changes_since(&mut conn, cursor, 10).await.unwrap(), Changes::Batch(_)));
    let ahead = FeedCursor { transaction: cursor.transaction + 1_000_000_000, ..cursor };
    assert_eq!(change_feed::changes_since(&mut conn, ahead, 10).await.unwrap(), Changes::CursorTooOld);
    change_feed::restart(&db).await.unwrap();
    assert_eq!(change_feed::changes_since(&mut conn, cursor, 10).await.unwrap(), Changes::CursorTooOld);
}
