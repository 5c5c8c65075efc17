//! Whose turn it is to ask a website, for processes that do not know of one another.

use std::time::Duration;

use sqlx::PgConnection;
use uuid::Uuid;

/// Takes the turn to ask the host for at most so long. `None` when it was taken, else how long to wait before trying again: until the
/// holder's request and pause are over, unless they end earlier.
///
/// # Errors
/// When the database does not answer.
pub async fn take(
    conn: &mut PgConnection,
    host: &str,
    holder: Uuid,
    at_most: Duration,
) -> sqlx::Result<Option<Duration>> {
    // Hosts that nobody visits any more are forgotten, a few at a time.
    sqlx::query!(
        "DELETE FROM website_turns WHERE host IN (
             SELECT host FROM website_turns WHERE busy_until < now() - interval '1 day' AND host <> $1
             ORDER BY busy_until LIMIT 3 FOR UPDATE SKIP LOCKED)",
        host
    )
    .execute(&mut *conn)
    .await?;
    let row = sqlx::query!(
        r#"WITH taken AS (
               INSERT INTO website_turns AS t (host, holder, busy_until)
               VALUES ($1, $2, clock_timestamp() + make_interval(secs => $3))
               ON CONFLICT (host) DO UPDATE SET holder = EXCLUDED.holder, busy_until = EXCLUDED.busy_until
               WHERE t.busy_until <= clock_timestamp() RETURNING host)
           SELECT EXISTS (SELECT FROM taken) AS "is_taken!",
                  coalesce(extract(epoch FROM (SELECT busy_until FROM website_turns WHERE host = $1) - clock_timestamp()), 0)
                      ::double precision AS "wait!""#,
        host,
        holder,
        at_most.as_secs_f64()
    )
    .fetch_one(conn)
    .await?;
    Ok((!row.is_taken).then(|| Duration::try_from_secs_f64(row.wait).unwrap_or_default()))
}

/// Ends the holder's turn; the host rests for the pause. Does nothing when somebody else has the turn by now.
///
/// # Errors
/// When the database does not answer.
pub async fn rest(conn: &mut PgConnection, host: &str, holder: Uuid, pause: Duration) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE website_turns SET busy_until = clock_timestamp() + make_interval(secs => $3) WHERE host = $1 AND holder = $2",
        host,
        holder,
        pause.as_secs_f64()
    )
    .execute(conn)
    .await?;
    Ok(())
}
