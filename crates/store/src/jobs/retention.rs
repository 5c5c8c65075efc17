//! Removing what nobody asks for any more.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

/// Removes up to `limit` finished jobs: completed and cancelled ones that ended before `done_before`, dead ones that ended
/// before `dead_before`. Returns how many.
///
/// # Errors
/// When the database does not answer.
pub async fn delete_finished(
    conn: &mut PgConnection,
    done_before: DateTime<Utc>,
    dead_before: DateTime<Utc>,
    limit: i64,
) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "DELETE FROM jobs WHERE id IN (
             SELECT id FROM jobs WHERE state IN ('completed', 'cancelled', 'discarded')
               AND finished_at < CASE WHEN state = 'discarded' THEN $2::timestamptz ELSE $1::timestamptz END
             ORDER BY finished_at LIMIT $3 FOR UPDATE SKIP LOCKED)",
        done_before,
        dead_before,
        limit
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}
