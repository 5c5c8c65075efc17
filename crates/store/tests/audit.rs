//! The audit log: written with its cause, sealed into a chain, and every tampering found by name.

use serde_json::json;
use sqlx::PgPool;
use store::audit::{Event, Verification, record, seal, verify};

async fn write(pool: &PgPool, count: usize) {
    let mut tx = pool.begin().await.unwrap();
    for number in 0..count {
        let event = Event::new("list.create").about("list", number).with(json!({ "name": "Verkstäder", "n": number }));
        record(&mut tx, &event).await.unwrap();
    }
    tx.commit().await.unwrap();
}

async fn check(pool: &PgPool) -> Verification {
    verify(&mut pool.acquire().await.unwrap()).await.unwrap()
}

/// What somebody with the database's own rights can do.
async fn tamper(pool: &PgPool, sql: &str) {
    let mut tx = pool.begin().await.unwrap();
    sqlx::raw_sql("SET LOCAL session_replication_role = replica").execute(&mut *tx).await.unwrap();
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
}

async fn sealed(count: usize) -> testing::TestDatabase {
    let db = testing::database().await;
    write(db.pool(), count).await;
    assert_eq!(seal(&mut db.pool().acquire().await.unwrap()).await.unwrap(), count as u64);
    db
}

#[tokio::test]
async fn an_event_vanishes_with_its_transaction() {
    let db = testing::database().await;
    let mut tx = db.pool().begin().await.unwrap();
    record(&mut tx, &Event::new("list.create")).await.unwrap();
    tx.rollback().await.unwrap();
    assert_eq!(check(db.pool()).await, Verification { head: (0, "0".repeat(64)), ..Verification::default() });
}

#[tokio::test]
async fn rows_that_commit_out_of_order_are_all_sealed() {
    let db = testing::database().await;
    let mut slow = db.pool().begin().await.unwrap();
    record(&mut slow, &Event::new("list.create")).await.unwrap();
    write(db.pool(), 3).await;
    let mut sealer = db.pool().acquire().await.unwrap();
    assert_eq!(seal(&mut sealer).await.unwrap(), 3, "writers that are not done are not waited for");
    slow.commit().await.unwrap();
    assert_eq!(seal(&mut sealer).await.unwrap(), 1);
    let found = check(db.pool()).await;
    assert_eq!((found.checked, found.unsealed, found.faults.len()), (4, 0, 0));
}

#[tokio::test]
async fn many_sealers_make_one_chain() {
    let db = testing::database().await;
    let writers = (0..4).map(|_| write(db.pool(), 50));
    let sealers = (0..4).map(|_| async {
        for _ in 0..5 {
            seal(&mut db.pool().acquire().await.unwrap()).await.unwrap();
        }
    });
    futures::join!(futures::future::join_all(writers), futures::future::join_all(sealers));
    seal(&mut db.pool().acquire().await.unwrap()).await.unwrap();
    let found = check(db.pool()).await;
    assert_eq!((found.checked, found.unsealed, found.faults), (200, 0, vec![]));
}

#[tokio::test]
async fn ordinary_sql_cannot_change_the_log() {
    let db = sealed(3).await;
    for sql in [
        "UPDATE audit_log SET detail = '{}' WHERE position = 2",
        "UPDATE audit_log SET position = 9 WHERE position = 2",
        "DELETE FROM audit_log WHERE position = 2",
        "TRUNCATE audit_log",
    ] {
        let error = sqlx::raw_sql(sql).execute(db.pool()).await.unwrap_err().to_string();
        assert!(error.contains("only ever added to"), "{sql}: {error}");
    }
}

#[tokio::test]
async fn each_kind_of_tampering_is_found_and_named() {
    for (sql, position, words) in [
        ("UPDATE audit_log SET detail = '{\"name\": \"x\"}' WHERE position = 5", 5, "was changed"),
        ("UPDATE audit_log SET actor = gen_random_uuid() WHERE position = 5", 5, "was changed"),
        ("UPDATE audit_log SET at = at - interval '1 day' WHERE position = 5", 5, "was changed"),
        ("UPDATE audit_log SET address = '' WHERE position = 5", 5, "was changed"),
        ("DELETE FROM audit_log WHERE position = 5", 5, "position 5 was removed"),
        ("DELETE FROM audit_log WHERE position IN (5, 6)", 5, "positions 5 to 6 were removed"),
        ("DELETE FROM audit_log WHERE position >= 9", 9, "cut off: it had 10 rows, 8 are left"),
        ("DELETE FROM audit_log", 1, "cut off"),
        (
            "INSERT INTO audit_log (action, position, previous_hash, hash)
             SELECT 'list.delete', 11, hash, hash FROM audit_log WHERE position = 10",
            11,
            "was changed",
        ),
        ("UPDATE audit_log SET hash = previous_hash, previous_hash = hash WHERE position = 10", 10, "continue"),
        ("DELETE FROM audit_chain_end", 10, "end of the chain was removed"),
    ] {
        let db = sealed(10).await;
        assert_eq!(check(db.pool()).await.faults, vec![]);
        tamper(db.pool(), sql).await;
        let faults = check(db.pool()).await.faults;
        let first = faults.first().unwrap_or_else(|| panic!("not found: {sql}"));
        assert!(first.position == position && first.what.contains(words), "{sql}: {faults:?}");
    }
}
