//! Sessions: what is asked for, in which phase and state it is, and which process works on it.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

/// One session.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    /// Identity.
    pub id: Uuid,
    /// `bolagsverket_api`, `bulk_files`, `annual_reports` or `websites`.
    pub source: String,
    /// What is to be fetched; each source has its own shape.
    pub options: Value,
    /// `fetch`, `validate` or `promote`.
    pub phase: String,
    /// `created`, `running`, `paused`, `done`, `failed` or `cancelled`.
    pub state: String,
    /// Whether every item is known.
    pub is_planned: bool,
    /// Where the listing of items stands.
    pub checkpoint: Value,
    /// What validation and promotion did.
    pub report: Value,
    /// Why it failed.
    pub error: Option<String>,
    /// Requests sent.
    pub requests: i64,
    /// Bytes received.
    pub bytes: i64,
    /// How many times it was taken up after a process had died.
    pub resumed: i32,
    /// Who made it.
    pub created_by: Option<Uuid>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was first started.
    pub started_at: Option<DateTime<Utc>>,
    /// When it last went on.
    pub updated_at: DateTime<Utc>,
    /// When its last phase ended.
    pub finished_at: Option<DateTime<Utc>>,
}

/// How far a session is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Items by state.
    pub items: Vec<(String, i64)>,
    /// Staged data by state.
    pub staged: Vec<(String, i64)>,
}

/// Makes a session that waits for its start.
///
/// # Errors
/// When the database does not answer.
pub async fn create(
    conn: &mut PgConnection,
    id: Uuid,
    source: &str,
    options: &Value,
    created_by: Option<Uuid>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO scraper.sessions (id, source, options, created_by) VALUES ($1, $2, $3, $4)",
        id,
        source,
        options,
        created_by
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// One session; `None` when there is none of that id.
///
/// # Errors
/// When the database does not answer.
pub async fn get(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<Session>> {
    sqlx::query_as!(
        Session,
        "SELECT id, source, options, phase, state, is_planned, checkpoint, report, error, requests, bytes, resumed, created_by,
                created_at, started_at, updated_at, finished_at
         FROM scraper.sessions WHERE id = $1",
        id
    )
    .fetch_optional(conn)
    .await
}

/// A page of sessions, newest first, and how many there are.
///
/// # Errors
/// When the database does not answer.
pub async fn page(conn: &mut PgConnection, limit: i64, offset: i64) -> sqlx::Result<(Vec<Session>, i64)> {
    let sessions = sqlx::query_as!(
        Session,
        "SELECT id, source, options, phase, state, is_planned, checkpoint, report, error, requests, bytes, resumed, created_by,
                created_at, started_at, updated_at, finished_at
         FROM scraper.sessions ORDER BY created_at DESC, id LIMIT $1 OFFSET $2",
        limit,
        offset
    )
    .fetch_all(&mut *conn)
    .await?;
    let total = sqlx::query_scalar!(r#"SELECT count(*) AS "count!" FROM scraper.sessions"#).fetch_one(conn).await?;
    Ok((sessions, total))
}

/// Items and staged data of a session by state.
///
/// # Errors
/// When the database does not answer.
pub async fn counts(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<Counts> {
    Ok(counts_of(conn, &[id]).await?.remove(&id).unwrap_or_default())
}

/// Items and staged data of many sessions by state, in two statements; a session that has neither is left out.
///
/// # Errors
/// When the database does not answer.
pub async fn counts_of(conn: &mut PgConnection, ids: &[Uuid]) -> sqlx::Result<HashMap<Uuid, Counts>> {
    let items = sqlx::query!(
        r#"SELECT session_id, state, count(*) AS "count!" FROM scraper.items WHERE session_id = ANY ($1) GROUP BY session_id, state ORDER BY state"#,
        ids
    )
    .fetch_all(&mut *conn)
    .await?;
    let staged = sqlx::query!(
        r#"SELECT session_id, state, count(*) AS "count!" FROM scraper.staged WHERE session_id = ANY ($1) GROUP BY session_id, state ORDER BY state"#,
        ids
    )
    .fetch_all(conn)
    .await?;
    let mut counts: HashMap<Uuid, Counts> = HashMap::new();
    for row in items {
        counts.entry(row.session_id).or_default().items.push((row.state, row.count));
    }
    for row in staged {
        counts.entry(row.session_id).or_default().staged.push((row.state, row.count));
    }
    Ok(counts)
}

/// Moves a session from one of these phases and states to another; false when it is in none of them.
///
/// # Errors
/// When the database does not answer.
pub async fn move_to(
    conn: &mut PgConnection,
    id: Uuid,
    from_phases: &[&str],
    from_states: &[&str],
    phase: Option<&str>,
    state: &str,
) -> sqlx::Result<bool> {
    let (phases, states): (Vec<String>, Vec<String>) =
        (from_phases.iter().map(ToString::to_string).collect(), from_states.iter().map(ToString::to_string).collect());
    let done = sqlx::query!(
        "UPDATE scraper.sessions
         SET state = $4, phase = coalesce($5, phase), error = NULL, updated_at = now(),
             started_at = coalesce(started_at, CASE WHEN $4 = 'running' THEN now() END),
             finished_at = CASE WHEN $4 = 'cancelled' THEN now() END
         WHERE id = $1 AND phase = ANY ($2) AND state = ANY ($3)",
        id,
        &phases,
        &states,
        state,
        phase
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes a running session that no live process holds, for so many seconds.
///
/// # Errors
/// When the database does not answer.
pub async fn claim(conn: &mut PgConnection, lease: Uuid, seconds: f64) -> sqlx::Result<Option<Session>> {
    sqlx::query_as!(
        Session,
        "UPDATE scraper.sessions SET lease = $1, lease_until = now() + $2 * interval '1 second', updated_at = now(),
                resumed = resumed + (lease IS NOT NULL)::int
         WHERE id = (SELECT id FROM scraper.sessions
                     WHERE state = 'running' AND (lease_until IS NULL OR lease_until < now())
                     ORDER BY updated_at FOR UPDATE SKIP LOCKED LIMIT 1)
         RETURNING id, source, options, phase, state, is_planned, checkpoint, report, error, requests, bytes, resumed, created_by,
                   created_at, started_at, updated_at, finished_at",
        lease,
        seconds
    )
    .fetch_optional(conn)
    .await
}

/// Holds the session for so many seconds more and tells its state; `None` when another process has it.
///
/// # Errors
/// When the database does not answer.
pub async fn renew(conn: &mut PgConnection, id: Uuid, lease: Uuid, seconds: f64) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "UPDATE scraper.sessions SET lease_until = now() + $3 * interval '1 second', updated_at = now()
         WHERE id = $1 AND lease = $2 RETURNING state",
        id,
        lease,
        seconds
    )
    .fetch_optional(conn)
    .await
}

/// Lets go of the session, whatever state it is in.
///
/// # Errors
/// When the database does not answer.
pub async fn release(conn: &mut PgConnection, id: Uuid, lease: Uuid) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE scraper.sessions SET lease = NULL, lease_until = NULL WHERE id = $1 AND lease = $2",
        id,
        lease
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Ends the phase of a session that is still running under this lease.
///
/// # Errors
/// When the database does not answer.
pub async fn finish(
    conn: &mut PgConnection,
    id: Uuid,
    lease: Uuid,
    state: &str,
    report: &Value,
    error: Option<&str>,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "UPDATE scraper.sessions SET state = $3, report = report || $4, error = $5, lease = NULL, lease_until = NULL,
                updated_at = now(), finished_at = now()
         WHERE id = $1 AND lease = $2 AND state = 'running'",
        id,
        lease,
        state,
        report,
        error
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes where the listing of items stands; false when another process has the session.
///
/// # Errors
/// When the database does not answer.
pub async fn save_plan(
    conn: &mut PgConnection,
    id: Uuid,
    lease: Uuid,
    checkpoint: &Value,
    is_planned: bool,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "UPDATE scraper.sessions SET checkpoint = $3, is_planned = $4, updated_at = now() WHERE id = $1 AND lease = $2",
        id,
        lease,
        checkpoint,
        is_planned
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Adds to the traffic that a session made.
///
/// # Errors
/// When the database does not answer.
pub async fn count_traffic(conn: &mut PgConnection, id: Uuid, requests: i64, bytes: i64) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE scraper.sessions SET requests = requests + $2, bytes = bytes + $3 WHERE id = $1",
        id,
        requests,
        bytes
    )
    .execute(conn)
    .await?;
    Ok(())
}
