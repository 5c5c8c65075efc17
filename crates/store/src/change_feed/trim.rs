//! What readers no longer need is removed.

use chrono::{DateTime, Utc};
use sqlx::PgPool;

/// What one call removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trimmed {
    /// Entries that went.
    pub entries: u64,
    /// Whether more may be removed.
    pub has_more: bool,
}

/// Removes entries noted before `keep_since`, whole transactions from the oldest on and no more than about `most`, and
/// remembers how far; readers that stand before that load everything again. The newest transaction stays, because it
/// proves to readers where they stand.
///
/// # Errors
/// When the database does not answer.
pub async fn trim(pool: &PgPool, keep_since: DateTime<Utc>, most: i64) -> sqlx::Result<Trimmed> {
    let mut tx = pool.begin().await?;
    // Whole transactions, oldest first, so that what is left is complete. Undecided ones are beyond pg_snapshot_xmin.
    let done = sqlx::query!(
        r#"WITH oldest AS MATERIALIZED (
               SELECT transaction, noted_at FROM change_feed ORDER BY transaction, seq LIMIT $2
           ), bounds AS (
               SELECT least(
                   coalesce((SELECT min(transaction) FROM oldest WHERE noted_at >= $1), (SELECT min(later.transaction) FROM change_feed AS later
                       WHERE later.transaction > (SELECT max(transaction) FROM oldest))),
                   (SELECT max(transaction) FROM change_feed),
                   pg_snapshot_xmin(pg_current_snapshot())) AS first_kept,
                   (SELECT count(*) FROM oldest) = $2 AND NOT EXISTS (SELECT FROM oldest WHERE noted_at >= $1) AS is_full
           ), gone AS (
               DELETE FROM change_feed WHERE transaction < (SELECT first_kept FROM bounds) RETURNING transaction
           ), newest AS (SELECT max(transaction) AS transaction, count(*) AS entries FROM gone),
           noted AS (
               UPDATE change_feed_state SET trimmed_below = greatest(trimmed_below, ((newest.transaction::text::bigint) + 1)::text::xid8)
               FROM newest WHERE newest.transaction IS NOT NULL
           )
           SELECT entries AS "entries!", (SELECT is_full FROM bounds) AS "is_full!" FROM newest"#,
        keep_since,
        most
    )
    .fetch_one(&mut *tx)
    .await?;
    tx.commit().await?;
    let entries = u64::try_from(done.entries).unwrap_or(0);
    Ok(Trimmed { entries, has_more: done.is_full && entries > 0 })
}
