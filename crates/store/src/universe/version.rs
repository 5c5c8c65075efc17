//! Versions of the data: the id of the last transaction that changed facts.

use sqlx::{Executor, PgConnection};

/// The version of data that holds every change of transactions up to this id: equal on every replica that has applied
/// the same changes.
///
/// # Errors
/// When the database does not answer.
pub async fn at(conn: &mut PgConnection, transaction: i64) -> sqlx::Result<u64> {
    let version = sqlx::query_scalar!(
        r#"SELECT coalesce(
               (SELECT max(transaction) FROM change_feed WHERE transaction <= $1::bigint::text::xid8)::text::bigint,
               (SELECT trimmed_below::text::bigint - 1 FROM change_feed_state), 0) AS "version!""#,
        transaction
    )
    .fetch_one(conn)
    .await?;
    Ok(u64::try_from(version).unwrap_or(0))
}

/// The last transaction that changed facts among all that the transaction of `conn` sees, decided or not: beyond [`at`]
/// of its horizon while a longer transaction is still running.
///
/// # Errors
/// When the database does not answer.
pub async fn visible(conn: &mut PgConnection) -> sqlx::Result<u64> {
    let version = sqlx::query_scalar!(
        r#"SELECT coalesce((SELECT max(transaction) FROM change_feed)::text::bigint,
               (SELECT trimmed_below::text::bigint - 1 FROM change_feed_state), 0) AS "version!""#
    )
    .fetch_one(conn)
    .await?;
    Ok(u64::try_from(version).unwrap_or(0))
}

/// Makes the transaction see one and the same state of the data until it ends, however long that takes. It must not have read yet.
///
/// # Errors
/// When the database does not answer.
pub async fn hold_still(conn: &mut PgConnection) -> sqlx::Result<()> {
    conn.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY").await?;
    conn.execute("SET LOCAL statement_timeout = 0").await?;
    // Between the statements it waits for whoever takes the rows.
    conn.execute("SET LOCAL idle_in_transaction_session_timeout = 0").await?;
    Ok(())
}
