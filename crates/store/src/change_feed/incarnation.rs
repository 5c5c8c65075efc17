//! Which server the feed belongs to.

use sqlx::{Connection, PgConnection, PgPool};

/// Compares the server with the one that the feed belongs to, and starts the feed anew when it is another: after a dump was
/// restored, a standby promoted or a backup recovered, and the first time ever. Returns whether it was. Every process calls
/// this before it reads the feed; several may at once.
///
/// # Errors
/// When the database does not answer, or is a standby.
pub async fn recognise(conn: &mut PgConnection) -> sqlx::Result<bool> {
    if is_known(conn).await? {
        return Ok(false);
    }
    let mut tx = conn.begin().await?;
    sqlx::query!("SELECT feed_id FROM change_feed_state FOR UPDATE").fetch_one(&mut *tx).await?;
    // Another process may have been first.
    let is_known = is_known(&mut tx).await?;
    if !is_known {
        start_anew(&mut tx).await?;
    }
    tx.commit().await?;
    Ok(!is_known)
}

async fn is_known(conn: &mut PgConnection) -> sqlx::Result<bool> {
    let found = sqlx::query!(
        r#"SELECT i.timeline AS timeline,
                  (s.system_identifier, s.database_oid, s.timeline) IS NOT DISTINCT FROM
                      (i.system_identifier, i.database_oid, i.timeline) AS "is_ours!"
           FROM change_feed_state AS s CROSS JOIN server_incarnation AS i"#
    )
    .fetch_one(conn)
    .await?;
    if found.timeline.is_none() {
        return Err(sqlx::Error::Protocol(
            "Postgres is a standby that has not been promoted: point DATABASE_URL at the primary server".to_owned(),
        ));
    }
    Ok(found.is_ours)
}

/// Starts a new feed: every reader loads everything again.
///
/// # Errors
/// When the database does not answer.
pub async fn restart(pool: &PgPool) -> sqlx::Result<()> {
    let mut tx = pool.begin().await?;
    start_anew(&mut tx).await?;
    tx.commit().await
}

/// Entries of transactions that have not committed yet stay, and belong to the new feed.
async fn start_anew(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("DELETE FROM change_feed").execute(&mut *conn).await?;
    sqlx::query!(
        "UPDATE change_feed_state SET feed_id = gen_random_uuid(), trimmed_below = '0', epoch = epoch + 1,
             system_identifier = i.system_identifier, database_oid = i.database_oid, timeline = i.timeline
         FROM server_incarnation AS i"
    )
    .execute(&mut *conn)
    .await?;
    super::wake(conn).await
}
