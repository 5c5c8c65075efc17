//! The change feed: which companies' facts changed, noted in the writer's own transaction.
//!
//! Transactions commit in another order than they begin, so a reader never goes past the oldest transaction that is
//! still running (`pg_snapshot_xmin`): everything below it is decided, and nothing can appear there later.

use chrono::{DateTime, Utc};
use domain::facts::CompanyFacts;
use domain::orgnr::Orgnr;
use serde::{Deserialize, Serialize};
use sqlx::{Connection, Executor, PgConnection, PgPool};
use uuid::Uuid;

use crate::companies::{key, orgnr_of};

/// The channel of [`wake`]; a listener reads the feed whenever something arrives, and every few seconds anyway.
pub const CHANNEL: &str = "lode_company_facts";

/// A place in the feed: every entry up to and including it has been read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FeedCursor {
    /// Which feed; a restored database has another one.
    pub feed_id: Uuid,
    /// Transaction id of the last entry read.
    pub transaction: i64,
    /// Number of that entry.
    pub seq: i64,
}

/// What happened after a place in the feed.
#[derive(Clone, Debug, PartialEq)]
pub enum Changes {
    /// Read on from `cursor` later; right away when `has_more`.
    Batch(ChangeBatch),
    /// The entries after the cursor have been trimmed, or it belongs to another database: load everything again.
    CursorTooOld,
}

/// Companies that changed, each once, with the row as it is now.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeBatch {
    /// Rows that are there.
    pub rows: Vec<CompanyFacts>,
    /// Companies whose row is gone.
    pub removed: Vec<Orgnr>,
    /// Where to go on.
    pub cursor: FeedCursor,
    /// Whether more entries are waiting.
    pub has_more: bool,
    /// When the newest entry of the batch was noted, for reporting lag.
    pub newest: Option<DateTime<Utc>>,
}

/// The place in the feed below which everything is visible to the transaction of `conn`.
///
/// # Errors
/// When the database does not answer.
pub async fn horizon(conn: &mut PgConnection) -> sqlx::Result<FeedCursor> {
    let row = sqlx::query!(
        r#"SELECT feed_id, pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS "xmin!" FROM change_feed_state"#
    )
    .fetch_one(conn)
    .await?;
    Ok(FeedCursor { feed_id: row.feed_id, transaction: row.xmin - 1, seq: i64::MAX })
}

/// Reads at most `limit` entries after `cursor` and the rows they point at, in one snapshot of its own transaction.
///
/// # Errors
/// When the database does not answer.
pub async fn changes_since(conn: &mut PgConnection, cursor: FeedCursor, limit: i64) -> sqlx::Result<Changes> {
    let mut tx = conn.begin().await?;
    tx.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY").await?;
    let state = sqlx::query!(
        r#"SELECT feed_id, trimmed_below::text::bigint AS "trimmed_below!",
                  pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS "xmin!"
           FROM change_feed_state"#
    )
    .fetch_one(&mut *tx)
    .await?;
    // A cursor ahead of the database comes from before a restore, when transaction ids start over.
    let is_trimmed = (cursor.transaction, cursor.seq) < (state.trimmed_below - 1, i64::MAX);
    if state.feed_id != cursor.feed_id || is_trimmed || cursor.transaction >= state.xmin {
        return Ok(Changes::CursorTooOld);
    }
    let entries = sqlx::query!(
        r#"SELECT transaction::text::bigint AS "transaction!", seq, orgnr, noted_at FROM change_feed
           WHERE (transaction, seq) > ($1::bigint::text::xid8, $2) AND transaction < $3::bigint::text::xid8
           ORDER BY transaction, seq LIMIT $4"#,
        cursor.transaction,
        cursor.seq,
        state.xmin,
        limit
    )
    .fetch_all(&mut *tx)
    .await?;
    let has_more = i64::try_from(entries.len()).is_ok_and(|count| count == limit);
    let next = match entries.last() {
        Some(last) if has_more => FeedCursor { transaction: last.transaction, seq: last.seq, ..cursor },
        _ => FeedCursor { transaction: state.xmin - 1, seq: i64::MAX, ..cursor },
    };
    let mut orgnrs: Vec<i64> = entries.iter().map(|entry| entry.orgnr).collect();
    orgnrs.sort_unstable();
    orgnrs.dedup();
    let rows = crate::company_facts::read(&mut tx, &orgnrs).await?;
    tx.commit().await?;
    let mut present = rows.iter().map(|row| key(row.orgnr)).peekable();
    let mut removed = Vec::new();
    for orgnr in orgnrs {
        if present.next_if_eq(&orgnr).is_none() {
            removed.push(orgnr_of(orgnr)?);
        }
    }
    Ok(Changes::Batch(ChangeBatch {
        rows,
        removed,
        cursor: next,
        has_more,
        newest: entries.iter().map(|entry| entry.noted_at).max(),
    }))
}

/// Notes companies whose facts row the caller removed or changed by other means than `company_facts::upsert`.
///
/// # Errors
/// When the database does not answer.
pub async fn note(conn: &mut PgConnection, orgnrs: &[i64]) -> sqlx::Result<()> {
    sqlx::query!("INSERT INTO change_feed (orgnr) SELECT unnest($1::bigint[])", orgnrs).execute(&mut *conn).await?;
    wake(conn).await
}

/// Tells listeners, when the transaction commits, that there is something to read.
///
/// # Errors
/// When the database does not answer.
pub async fn wake(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("SELECT pg_notify($1, '')", CHANNEL).execute(conn).await?;
    Ok(())
}

/// Removes entries noted before `keep_since` and remembers how far; readers that stand before it load everything
/// again. Returns how many entries went.
///
/// # Errors
/// When the database does not answer.
pub async fn trim(pool: &PgPool, keep_since: DateTime<Utc>) -> sqlx::Result<u64> {
    let mut tx = pool.begin().await?;
    // Whole transactions are trimmed, oldest first, so that what is left is complete.
    let done = sqlx::query!(
        r#"WITH kept AS (
               SELECT least(coalesce(min(transaction), pg_snapshot_xmin(pg_current_snapshot())), pg_snapshot_xmin(pg_current_snapshot())) AS first FROM change_feed WHERE noted_at >= $1
           ), gone AS (
               DELETE FROM change_feed WHERE transaction < (SELECT first FROM kept) RETURNING transaction
           ), newest AS (SELECT max(transaction) AS transaction, count(*) AS entries FROM gone),
           noted AS (
               UPDATE change_feed_state SET trimmed_below = greatest(trimmed_below, ((newest.transaction::text::bigint) + 1)::text::xid8)
               FROM newest WHERE newest.transaction IS NOT NULL
           )
           SELECT entries AS "entries!" FROM newest"#,
        keep_since
    )
    .fetch_one(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(u64::try_from(done.entries).unwrap_or(0))
}

/// Starts a new feed, as after restoring a dump into another server: every reader loads everything again.
///
/// # Errors
/// When the database does not answer.
pub async fn restart(pool: &PgPool) -> sqlx::Result<()> {
    let mut tx = pool.begin().await?;
    sqlx::query!("DELETE FROM change_feed").execute(&mut *tx).await?;
    sqlx::query!("UPDATE change_feed_state SET feed_id = gen_random_uuid(), trimmed_below = '0'")
        .execute(&mut *tx)
        .await?;
    tx.commit().await
}
