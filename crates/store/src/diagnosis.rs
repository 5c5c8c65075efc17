//! What a Postgres server says of its own condition: connections, long work, slow statements, rows that wait for cleaning, replicas.
//!
//! Views of the catalogue are asked by plain statements: which of them are there depends on the server and on what it loaded.

use std::time::Duration;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use crate::sealing::{SIGNING_KEY, SealError, Sealer, WEBHOOK, second_factor};

/// The condition of a server and its database at one moment.
#[derive(Clone, Debug)]
pub struct Condition {
    /// Connections that are open, of every program.
    pub connections: i64,
    /// Connections that the server allows.
    pub connections_limit: i64,
    /// Whether this connection is encrypted.
    pub is_encrypted: bool,
    /// Whether the server only repeats what another one writes.
    pub is_replica: bool,
    /// Settings that keep data safe or tables clean and are off: `fsync`, `full_page_writes`, `autovacuum`.
    pub switched_off: Vec<String>,
    /// Transactions since the oldest row that was not frozen; the server stops near 2 000 million.
    pub transaction_age: i64,
    /// The transaction that is open for longest.
    pub longest: Option<OpenTransaction>,
    /// Sessions that wait for a lock.
    pub waiting_for_locks: i64,
    /// Statements whose mean time is over a second, the costliest first; `None` where `pg_stat_statements` is not loaded.
    pub slow_statements: Option<Vec<SlowStatement>>,
    /// Tables with many rows that are gone and not cleaned up, the most first.
    pub dead_rows: Vec<DeadRows>,
    /// Bytes that the slowest replica is behind; `None` without replicas.
    pub replica_lag_bytes: Option<i64>,
    /// Bytes of the log that a replica which is away holds back; `None` where none does.
    pub retained_bytes: Option<i64>,
}

/// A transaction that is open.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct OpenTransaction {
    /// Its session.
    pub pid: i32,
    /// The program.
    pub application: String,
    /// `active`, `idle in transaction`, …
    pub state: String,
    /// Seconds since it began.
    pub seconds: f64,
}

/// A statement that is slow in the mean, as the server keeps it: values replaced by `$1`.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct SlowStatement {
    /// Its first 100 characters.
    pub text: String,
    /// How often it ran.
    pub calls: i64,
    /// Mean milliseconds.
    pub mean_ms: f64,
}

/// A table with rows that are gone and not cleaned up.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct DeadRows {
    /// Its name.
    pub table: String,
    /// Rows that are gone.
    pub dead: i64,
    /// Rows that are there.
    pub live: i64,
    /// When it was last cleaned, by hand or by itself; `None` when never.
    pub cleaned_at: Option<DateTime<Utc>>,
}

/// What the server's clock says now.
///
/// # Errors
/// When the database does not answer.
pub async fn server_time(conn: &mut PgConnection) -> sqlx::Result<DateTime<Utc>> {
    sqlx::query_scalar("SELECT clock_timestamp()").fetch_one(conn).await
}

/// Asks the server. What the role may not see counts as not there.
///
/// # Errors
/// When the database does not answer.
pub async fn condition(conn: &mut PgConnection) -> sqlx::Result<Condition> {
    let (connections, connections_limit, is_replica, transaction_age, waiting_for_locks): (i64, i64, bool, i64, i64) =
        sqlx::query_as(
            "SELECT (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'),
                current_setting('max_connections')::bigint, pg_is_in_recovery(),
                (SELECT age(datfrozenxid)::bigint FROM pg_database WHERE datname = current_database()),
                (SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock')",
        )
        .fetch_one(&mut *conn)
        .await?;
    let is_encrypted: Option<bool> = sqlx::query_scalar("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
        .fetch_optional(&mut *conn)
        .await?;
    let switched_off = sqlx::query_scalar(
        "SELECT name FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'autovacuum') AND setting = 'off' ORDER BY name",
    )
    .fetch_all(&mut *conn)
    .await?;
    let longest = sqlx::query_as(
        "SELECT pid, application_name AS application, coalesce(state, '') AS state,
                extract(epoch FROM clock_timestamp() - xact_start)::float8 AS seconds
         FROM pg_stat_activity
         WHERE backend_type = 'client backend' AND xact_start IS NOT NULL AND pid <> pg_backend_pid() AND datname = current_database()
         ORDER BY xact_start LIMIT 1",
    )
    .fetch_optional(&mut *conn)
    .await?;
    let dead_rows = sqlx::query_as(
        "SELECT relname::text AS table, n_dead_tup AS dead, n_live_tup AS live, greatest(last_vacuum, last_autovacuum) AS cleaned_at
         FROM pg_stat_user_tables WHERE n_dead_tup > 10000 AND n_dead_tup > 0.3 * n_live_tup ORDER BY n_dead_tup DESC LIMIT 5",
    )
    .fetch_all(&mut *conn)
    .await?;
    let replica_lag_bytes = sqlx::query_scalar(
        "SELECT max(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn))::bigint FROM pg_stat_replication WHERE NOT pg_is_in_recovery()",
    )
    .fetch_one(&mut *conn)
    .await
    .unwrap_or(None);
    let retained_bytes = sqlx::query_scalar(
        "SELECT max(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn))::bigint FROM pg_replication_slots
         WHERE NOT active AND NOT pg_is_in_recovery()",
    )
    .fetch_one(&mut *conn)
    .await
    .unwrap_or(None);
    Ok(Condition {
        connections,
        connections_limit,
        is_encrypted: is_encrypted.unwrap_or(false),
        is_replica,
        switched_off,
        transaction_age,
        longest,
        waiting_for_locks,
        slow_statements: slow_statements(conn).await?,
        dead_rows,
        replica_lag_bytes,
        retained_bytes,
    })
}

async fn slow_statements(conn: &mut PgConnection) -> sqlx::Result<Option<Vec<SlowStatement>>> {
    let is_there: bool =
        sqlx::query_scalar("SELECT to_regclass('pg_stat_statements') IS NOT NULL").fetch_one(&mut *conn).await?;
    if !is_there {
        return Ok(None);
    }
    let found = sqlx::query_as(
        "SELECT left(regexp_replace(query, '\\s+', ' ', 'g'), 100) AS text, calls, mean_exec_time AS mean_ms
         FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid
         WHERE d.datname = current_database() AND calls >= 5 AND mean_exec_time > 1000 ORDER BY total_exec_time DESC LIMIT 5",
    )
    .fetch_all(conn)
    .await;
    match found {
        Ok(found) => Ok(Some(found)),
        // Made as an extension, but not loaded at the server's start.
        Err(sqlx::Error::Database(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// How far this machine's clock is from the server's, halfway through the question; positive when the server's is ahead.
#[must_use]
pub fn clock_difference(asked: DateTime<Utc>, took: Duration, server_time: DateTime<Utc>) -> f64 {
    let here = asked + chrono::TimeDelta::from_std(took / 2).unwrap_or_default();
    (server_time - here).as_seconds_f64()
}

/// How the secrets in the database are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Secrets {
    /// Sealed, and opened by the keys that are set.
    pub sealed: usize,
    /// Kept as they are.
    pub open: usize,
    /// Sealed with a key that is not set, moved or damaged.
    pub unreadable: usize,
}

/// Tries to open every secret.
///
/// # Errors
/// When the database does not answer.
pub async fn secrets(conn: &mut PgConnection, sealer: &Sealer) -> sqlx::Result<Secrets> {
    let mut found = Secrets::default();
    let mut note = |is_sealed: bool, opened: Result<(), SealError>| match (is_sealed, opened) {
        (_, Err(_)) => found.unreadable += 1,
        (true, Ok(())) => found.sealed += 1,
        (false, Ok(())) => found.open += 1,
    };
    let keys: Vec<Vec<u8>> = sqlx::query_scalar("SELECT secret FROM signing_keys").fetch_all(&mut *conn).await?;
    for secret in keys {
        let opened = sealer.open(SIGNING_KEY, &secret);
        note(opened.as_ref().ok() != Some(&secret), opened.map(drop));
    }
    let hooks: Vec<String> = sqlx::query_scalar("SELECT secret FROM webhooks").fetch_all(&mut *conn).await?;
    for secret in hooks {
        let opened = sealer.open_text(WEBHOOK, &secret);
        note(opened.as_ref().ok() != Some(&secret), opened.map(drop));
    }
    let factors: Vec<(uuid::Uuid, Vec<u8>)> =
        sqlx::query_as("SELECT user_id, secret FROM second_factors").fetch_all(&mut *conn).await?;
    for (user, secret) in factors {
        let opened = sealer.open(&second_factor(user), &secret);
        note(opened.as_ref().ok() != Some(&secret), opened.map(drop));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clock_difference_is_told_from_the_middle_of_the_question() {
        let asked = DateTime::UNIX_EPOCH;
        let server = asked + chrono::TimeDelta::milliseconds(3_500);
        assert!((clock_difference(asked, Duration::from_secs(1), server) - 3.0).abs() < 1e-9);
        assert!((clock_difference(server, Duration::ZERO, asked) + 3.5).abs() < 1e-9);
    }
}
