//! The change feed: nothing is missed although transactions commit in another order than they begin.

mod support;

use domain::company::CompanySource;
use store::change_feed::{self, ChangeBatch, Changes, FeedCursor};
use store::{company_facts, ingest};
use support::{apply, key, named, now, orgnr};

async fn read(db: &store::PgPool, cursor: FeedCursor, limit: i64) -> ChangeBatch {
    match change_feed::changes_since(&mut db.acquire().await.unwrap(), cursor, limit).await.unwrap() {
        Changes::Batch(batch) => batch,
        Changes::CursorTooOld => panic!("the cursor is too old"),
    }
}

#[tokio::test]
async fn a_transaction_that_commits_late_is_not_missed() {
    let db = testing::database().await;
    let start = change_feed::horizon(&mut db.acquire().await.unwrap()).await.unwrap();
    let mut early = db.begin().await.unwrap();
    ingest::apply(&mut early, &[named(orgnr(1), CompanySource::Scb, "Tidig")], None, now()).await.unwrap();
    apply(&db, &[named(orgnr(2), CompanySource::Scb, "Sen")]).await;

    let batch = read(&db, start, 100).await;
    assert!(batch.rows.is_empty(), "nothing beyond the oldest running transaction is read");
    early.commit().await.unwrap();
    let batch = read(&db, batch.cursor, 100).await;
    assert_eq!(batch.rows.iter().map(|row| row.orgnr).collect::<Vec<_>>(), [orgnr(1), orgnr(2)]);
}

#[tokio::test]
async fn a_load_and_the_feed_after_it_hold_every_company() {
    let db = testing::database().await;
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
    let batch = read(&db, cursor, 100).await;
    assert_eq!(batch.rows.iter().map(|row| row.orgnr).collect::<Vec<_>>(), [orgnr(2), orgnr(3)]);
}

#[tokio::test]
async fn pages_removals_trimming_and_another_database() {
    let db = testing::database().await;
    let start = change_feed::horizon(&mut db.acquire().await.unwrap()).await.unwrap();
    let many: Vec<_> = (0..25).map(|n| named(orgnr(n), CompanySource::Scb, "x")).collect();
    apply(&db, &many).await;
    let (mut cursor, mut seen, mut pages) = (start, Vec::new(), 0);
    loop {
        let batch = read(&db, cursor, 10).await;
        seen.extend(batch.rows.iter().map(|row| row.orgnr));
        (cursor, pages) = (batch.cursor, pages + 1);
        if !batch.has_more {
            break;
        }
    }
    seen.sort();
    assert_eq!((seen.len(), pages), (25, 3));

    sqlx::query("DELETE FROM company_facts WHERE orgnr = $1").bind(key(orgnr(3))).execute(db.pool()).await.unwrap();
    change_feed::note(&mut db.acquire().await.unwrap(), &[key(orgnr(3))]).await.unwrap();
    let batch = read(&db, cursor, 10).await;
    assert_eq!((batch.rows.len(), batch.removed), (0, vec![orgnr(3)]));

    assert_eq!(change_feed::trim(&db, chrono::Utc::now() - chrono::Duration::hours(1)).await.unwrap(), 0);
    assert_eq!(change_feed::trim(&db, chrono::Utc::now() + chrono::Duration::hours(1)).await.unwrap(), 26);
    let mut conn = db.acquire().await.unwrap();
    assert_eq!(change_feed::changes_since(&mut conn, start, 10).await.unwrap(), Changes::CursorTooOld);
    assert!(matches!(change_feed::changes_since(&mut conn, batch.cursor, 10).await.unwrap(), Changes::Batch(_)));
    let ahead = FeedCursor { transaction: batch.cursor.transaction + 1_000_000, ..batch.cursor };
    assert_eq!(change_feed::changes_since(&mut conn, ahead, 10).await.unwrap(), Changes::CursorTooOld);
    change_feed::restart(&db).await.unwrap();
    assert_eq!(change_feed::changes_since(&mut conn, batch.cursor, 10).await.unwrap(), Changes::CursorTooOld);
}
