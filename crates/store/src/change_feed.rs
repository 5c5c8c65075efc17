//! The change feed: which companies' facts changed, noted in the writer's own transaction.
//!
//! Transactions commit in another order than they begin, so a reader never goes past the oldest transaction that is
//! still running (`pg_snapshot_xmin`): everything below it is decided, and nothing can appear there later.
//!
//! Transaction ids are given again after a crash that loses commits which were not on disk, and start over on another
//! server. A reader therefore takes over nothing that is not flushed, carries the last entry that it read as a proof, and
//! reads the feed of one incarnation of the server only ([`recognise`]). What cannot be proved is [`Changes::CursorTooOld`].

mod incarnation;
mod trim;

use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use domain::facts::CompanyFacts;
use domain::orgnr::Orgnr;
use serde::{Deserialize, Serialize};
use sqlx::{Connection, Executor, PgConnection};
use uuid::Uuid;

pub use incarnation::{recognise, restart};
pub use trim::{Trimmed, trim};

use crate::companies::{key, orgnr_of};

/// The channel of [`wake`]; a listener reads the feed whenever something arrives, and every few seconds anyway.
pub const CHANNEL: &str = "lode_company_facts";

/// How long the log may take to get to the disk by itself before a reader has it flushed: commits that wait for the disk
/// are there, others follow after `wal_writer_delay`, and what is no commit after seconds.
const FLUSHED_BY_ITSELF: Duration = Duration::from_millis(60);
/// A disk that takes longer is out of order.
const FLUSHED_WITHIN: Duration = Duration::from_secs(5);

/// A place in the feed: every entry up to and including it has been read, and is on the server's disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FeedCursor {
    /// Which feed; a restored database or a promoted server has another one.
    pub feed_id: Uuid,
    /// Transaction id of the last entry read.
    pub transaction: i64,
    /// Number of that entry.
    pub seq: i64,
    /// The newest entry at or before this place; `None` when there was none.
    pub newest: Option<Entry>,
}

/// One entry, by what no other entry has: its time was read from the clock when it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Entry {
    /// Its transaction.
    pub transaction: i64,
    /// Its number.
    pub seq: i64,
    /// Its company.
    pub orgnr: i64,
    /// When it was noted, in microseconds since 1970.
    pub noted_at: i64,
}

/// What happened after a place in the feed.
#[derive(Clone, Debug, PartialEq)]
pub enum Changes {
    /// Read on from `cursor` later; right away when `has_more`.
    Batch(ChangeBatch),
    /// The entries after the cursor have been trimmed, it belongs to another server, or what was read before it is not
    /// what stands there now: load everything again.
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

/// The place in the feed below which everything is visible to the transaction of `conn`, whose snapshot must have been
/// taken by this call at the earliest. What it saw is on disk only after [`until_flushed`].
///
/// # Errors
/// When the database does not answer, or the feed is another server's: see [`recognise`].
pub async fn horizon(conn: &mut PgConnection) -> sqlx::Result<FeedCursor> {
    let row = sqlx::query!(
        r#"SELECT s.feed_id, pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS "xmin!",
                  (s.system_identifier, s.database_oid, s.timeline) IS NOT DISTINCT FROM
                      (i.system_identifier, i.database_oid, i.timeline) AS "is_ours!"
           FROM change_feed_state AS s CROSS JOIN server_incarnation AS i"#
    )
    .fetch_one(&mut *conn)
    .await?;
    if !row.is_ours {
        return Err(sqlx::Error::Protocol("the change feed belongs to another server and was not started anew".into()));
    }
    let newest = newest_until(conn, row.xmin - 1, i64::MAX).await?;
    Ok(FeedCursor { feed_id: row.feed_id, transaction: row.xmin - 1, seq: i64::MAX, newest })
}

/// The newest entry at or before a place.
async fn newest_until(conn: &mut PgConnection, transaction: i64, seq: i64) -> sqlx::Result<Option<Entry>> {
    sqlx::query_as!(
        Entry,
        r#"SELECT transaction::text::bigint AS "transaction!", seq, orgnr,
                  (extract(epoch FROM noted_at) * 1000000)::bigint AS "noted_at!"
           FROM change_feed WHERE (transaction, seq) <= ($1::bigint::text::xid8, $2)
           ORDER BY transaction DESC, seq DESC LIMIT 1"#,
        transaction,
        seq
    )
    .fetch_optional(conn)
    .await
}

/// Where the server's log ended a moment ago: whatever a snapshot taken before this call sees stands before it.
///
/// # Errors
/// When the database does not answer, or is a standby.
pub async fn end_of_log(conn: &mut PgConnection) -> sqlx::Result<String> {
    sqlx::query_scalar!(r#"SELECT pg_current_wal_insert_lsn()::text AS "end!""#).fetch_one(conn).await
}

/// Waits until the log is on disk up to a place: a crash of the server no longer takes away what stands before it.
///
/// # Errors
/// When that takes too long, or the database does not answer.
pub async fn until_flushed(conn: &mut PgConnection, end: &str) -> sqlx::Result<()> {
    let begun = Instant::now();
    let mut pause = Duration::from_millis(2);
    let mut is_asked = false;
    while !is_flushed(conn, end).await? {
        if !is_asked && begun.elapsed() > FLUSHED_BY_ITSELF {
            is_asked = true;
            flush(conn).await?;
            continue;
        }
        if begun.elapsed() > FLUSHED_WITHIN {
            let seconds = FLUSHED_WITHIN.as_secs();
            return Err(sqlx::Error::Protocol(format!("Postgres did not write its log to disk within {seconds} s")));
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(Duration::from_millis(50));
    }
    Ok(())
}

/// Has the server write its log to disk: a commit that wrote something waits for all that stands before it.
async fn flush(conn: &mut PgConnection) -> sqlx::Result<()> {
    let mut tx = conn.begin().await?;
    tx.execute("SET LOCAL synchronous_commit = local").await?;
    tx.execute("SELECT pg_logical_emit_message(true, 'lode', '')").await?;
    tx.commit().await
}

async fn is_flushed(conn: &mut PgConnection, end: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"SELECT pg_current_wal_flush_lsn() >= $1::text::pg_lsn AS "is_flushed!""#, end)
        .fetch_one(conn)
        .await
}

/// Reads at most `limit` entries after `cursor` and the rows they point at, in one snapshot of its own transaction, and
/// waits until what it read is on the server's disk.
///
/// # Errors
/// When the database does not answer, or does not write to its disk.
pub async fn changes_since(conn: &mut PgConnection, cursor: FeedCursor, limit: i64) -> sqlx::Result<Changes> {
    let mut tx = conn.begin().await?;
    tx.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY").await?;
    let state = sqlx::query!(
        r#"SELECT s.feed_id, s.trimmed_below::text::bigint AS "trimmed_below!",
                  pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS "xmin!",
                  (s.system_identifier, s.database_oid, s.timeline) IS NOT DISTINCT FROM
                      (i.system_identifier, i.database_oid, i.timeline) AS "is_ours!"
           FROM change_feed_state AS s CROSS JOIN server_incarnation AS i"#
    )
    .fetch_one(&mut *tx)
    .await?;
    // A cursor ahead of the database comes from before a restore, when transaction ids start over.
    let is_trimmed = (cursor.transaction, cursor.seq) < (state.trimmed_below - 1, i64::MAX);
    if !state.is_ours || state.feed_id != cursor.feed_id || is_trimmed || cursor.transaction >= state.xmin {
        return Ok(Changes::CursorTooOld);
    }
    let newest = newest_until(&mut tx, cursor.transaction, cursor.seq).await?;
    let is_proof_trimmed = || cursor.newest.is_some_and(|entry| entry.transaction < state.trimmed_below);
    if newest != cursor.newest && !(newest.is_none() && is_proof_trimmed()) {
        // The server went back to an earlier state, and may have given ids below the cursor to other transactions.
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
    let newest = entries.last().map_or(cursor.newest, |last| {
        let noted_at = last.noted_at.timestamp_micros();
        Some(Entry { transaction: last.transaction, seq: last.seq, orgnr: last.orgnr, noted_at })
    });
    let next = match entries.last() {
        Some(last) if has_more => FeedCursor { transaction: last.transaction, seq: last.seq, newest, ..cursor },
        _ => FeedCursor { transaction: state.xmin - 1, seq: i64::MAX, newest, ..cursor },
    };
    let mut orgnrs: Vec<i64> = entries.iter().map(|entry| entry.orgnr).collect();
    orgnrs.sort_unstable();
    orgnrs.dedup();
    let rows = crate::company_facts::read(&mut tx, &orgnrs).await?;
    let end = end_of_log(&mut tx).await?;
    tx.commit().await?;
    // Without entries the reader knows all there is; its place moves on as soon as what it saw is on disk.
    let is_waiting = entries.is_empty() && !is_flushed(conn, &end).await?;
    if !is_waiting {
        until_flushed(conn, &end).await?;
    }
    let next = if is_waiting { cursor } else { next };
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

/// Whether the transaction of `conn`, which must hold one snapshot, sees every entry up to the cursor as its reader did and
/// none after it: whoever has read so far knows exactly the state that the transaction sees.
///
/// # Errors
/// When the database does not answer.
pub async fn ends_at(conn: &mut PgConnection, cursor: FeedCursor) -> sqlx::Result<bool> {
    let state = sqlx::query_as::<_, (Uuid, i64, bool)>(
        "SELECT s.feed_id, s.trimmed_below::text::bigint,
                (s.system_identifier, s.database_oid, s.timeline) IS NOT DISTINCT FROM
                    (i.system_identifier, i.database_oid, i.timeline)
                AND NOT EXISTS (SELECT FROM change_feed WHERE (transaction, seq) > ($1::bigint::text::xid8, $2))
         FROM change_feed_state AS s CROSS JOIN server_incarnation AS i",
    )
    .bind(cursor.transaction)
    .bind(cursor.seq)
    .fetch_one(&mut *conn)
    .await?;
    let (feed_id, trimmed_below, has_nothing_later) = state;
    if feed_id != cursor.feed_id || !has_nothing_later || cursor.transaction < trimmed_below - 1 {
        return Ok(false);
    }
    let newest = newest_until(conn, cursor.transaction, cursor.seq).await?;
    let is_proof_trimmed = cursor.newest.is_some_and(|entry| entry.transaction < trimmed_below);
    Ok(newest == cursor.newest || newest.is_none() && is_proof_trimmed)
}

/// The companies in `after..=until` of which something was noted after `cursor`, decided or not, as the transaction of
/// `conn` sees it; `None` when the cursor is of another feed.
///
/// # Errors
/// When the database does not answer.
pub async fn noted_since(
    conn: &mut PgConnection,
    cursor: FeedCursor,
    after: i64,
    until: i64,
) -> sqlx::Result<Option<Vec<i64>>> {
    let feed_id = sqlx::query_scalar!("SELECT feed_id FROM change_feed_state").fetch_one(&mut *conn).await?;
    if feed_id != cursor.feed_id {
        return Ok(None);
    }
    let found = sqlx::query_scalar!(
        "SELECT DISTINCT orgnr FROM change_feed
         WHERE (transaction, seq) > ($1::bigint::text::xid8, $2) AND orgnr > $3 AND orgnr <= $4",
        cursor.transaction,
        cursor.seq,
        after,
        until
    )
    .fetch_all(conn)
    .await?;
    Ok(Some(found))
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
