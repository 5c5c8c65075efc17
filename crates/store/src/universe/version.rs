//! Versions of the data: the epoch of the change feed and, in the lower 44 bits, the id of the last transaction that changed facts.

use sqlx::{Executor, PgConnection};

/// The version of data that holds every change of transactions up to this id: equal on every replica that has applied
/// the same changes.
///
/// # Errors
/// When the database does not answer.
pub async fn at(conn: &mut PgConnection, transaction: i64) -> sqlx::Result<u64> {
    let version = sqlx::query_scalar!(
        r#"SELECT (s.epoch::bigint << 44) + greatest(0, coalesce(
               (SELECT max(transaction) FROM change_feed WHERE transaction <= $1::bigint::text::xid8)::text::bigint,
               s.trimmed_below::text::bigint - 1)) AS "version!"
           FROM change_feed_state AS s"#,
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
    at(conn, i64::MAX).await
}

/// The version of the data that the transaction of `conn` sees: the last transaction that changed facts and below which
/// every other one is decided.
///
/// # Errors
/// When the database does not answer.
pub async fn decided(conn: &mut PgConnection) -> sqlx::Result<u64> {
    let xmin = sqlx::query_scalar!(r#"SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS "xmin!""#)
        .fetch_one(&mut *conn)
        .await?;
    at(conn, xmin - 1).await
}

/// Makes the transaction see one and the same state of the data until it ends, however long that takes. It must not have read yet.
///
/// # Errors
/// When the database does not answer.
pub async fn begin_snapshot(conn: &mut PgConnection) -> sqlx::Result<()> {
    conn.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY").await?;
    conn.execute("SET LOCAL statement_timeout = 0").await?;
    // Between the statements it waits for whoever takes the rows.
    conn.execute("SET LOCAL idle_in_transaction_session_timeout = 0").await?;
    Ok(())
}
