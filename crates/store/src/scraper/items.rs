//! Items: what a session fetches, one by one, and where an item stands that takes several requests.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

/// One thing to fetch.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Identity.
    pub id: i64,
    /// Session it belongs to.
    pub session_id: Uuid,
    /// What is fetched: an organisation number, an address, the name of a file.
    pub key: String,
    /// What the source knows of it beforehand.
    pub options: Value,
    /// `waiting`, `done` or `failed`.
    pub state: String,
    /// How many times it was tried in vain.
    pub attempts: i32,
    /// Why it failed or waits.
    pub reason: Option<String>,
    /// When it is to be tried.
    pub due_at: DateTime<Utc>,
    /// When it was done or given up.
    pub finished_at: Option<DateTime<Utc>>,
}

/// Adds items; those whose key is there already are left as they are.
///
/// # Errors
/// When the database does not answer.
pub async fn add(conn: &mut PgConnection, session: Uuid, items: &[(String, Value)]) -> sqlx::Result<u64> {
    let (keys, options): (Vec<String>, Vec<Value>) = items.iter().cloned().unzip();
    let done = sqlx::query!(
        "INSERT INTO scraper.items (session_id, key, options)
         SELECT $1, new.key, new.options FROM unnest($2::text[], $3::jsonb[]) WITH ORDINALITY AS new (key, options, place)
         ORDER BY new.place ON CONFLICT DO NOTHING",
        session,
        &keys,
        &options
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// The next item that waits: one that is due, else the one that is due first; `None` when none is left.
///
/// # Errors
/// When the database does not answer.
pub async fn next(conn: &mut PgConnection, session: Uuid) -> sqlx::Result<Option<Item>> {
    sqlx::query_as!(
        Item,
        "SELECT id, session_id, key, options, state, attempts, reason, due_at, finished_at FROM scraper.items
         WHERE session_id = $1 AND state = 'waiting' ORDER BY (due_at > now()), CASE WHEN due_at > now() THEN due_at END, id LIMIT 1",
        session
    )
    .fetch_optional(conn)
    .await
}

/// Ends an item as `done` or `failed`; its checkpoint is of no more use.
///
/// # Errors
/// When the database does not answer.
pub async fn finish(conn: &mut PgConnection, item: i64, state: &str, reason: Option<&str>) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE scraper.items SET state = $2, reason = $3, finished_at = now() WHERE id = $1",
        item,
        state,
        reason
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!("DELETE FROM scraper.checkpoints WHERE item_id = $1", item).execute(conn).await?;
    Ok(())
}

/// Lets an item wait for so many seconds and counts the attempt.
///
/// # Errors
/// When the database does not answer.
pub async fn defer(conn: &mut PgConnection, item: i64, reason: &str, seconds: f64) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE scraper.items SET attempts = attempts + 1, reason = $2, due_at = now() + $3 * interval '1 second' WHERE id = $1",
        item,
        reason,
        seconds
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Lets failed items be tried again and returns how many.
///
/// # Errors
/// When the database does not answer.
pub async fn retry_failed(conn: &mut PgConnection, session: Uuid) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "UPDATE scraper.items SET state = 'waiting', attempts = 0, reason = NULL, due_at = now(), finished_at = NULL
         WHERE session_id = $1 AND state = 'failed'",
        session
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// A page of items in their order, of one state or all, and how many there are.
///
/// # Errors
/// When the database does not answer.
pub async fn page(
    conn: &mut PgConnection,
    session: Uuid,
    state: Option<&str>,
    limit: i64,
    offset: i64,
) -> sqlx::Result<(Vec<Item>, i64)> {
    let items = sqlx::query_as!(
        Item,
        "SELECT id, session_id, key, options, state, attempts, reason, due_at, finished_at FROM scraper.items
         WHERE session_id = $1 AND ($2::text IS NULL OR state = $2) ORDER BY id LIMIT $3 OFFSET $4",
        session,
        state,
        limit,
        offset
    )
    .fetch_all(&mut *conn)
    .await?;
    let total = sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!" FROM scraper.items WHERE session_id = $1 AND ($2::text IS NULL OR state = $2)"#,
        session,
        state
    )
    .fetch_one(conn)
    .await?;
    Ok((items, total))
}

/// Where an item stands.
///
/// # Errors
/// When the database does not answer.
pub async fn checkpoint(conn: &mut PgConnection, item: i64) -> sqlx::Result<Option<Value>> {
    sqlx::query_scalar!("SELECT data FROM scraper.checkpoints WHERE item_id = $1", item).fetch_optional(conn).await
}

/// Notes where an item stands.
///
/// # Errors
/// When the database does not answer.
pub async fn save_checkpoint(conn: &mut PgConnection, item: i64, data: &Value) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO scraper.checkpoints (item_id, data) VALUES ($1, $2)
         ON CONFLICT (item_id) DO UPDATE SET data = excluded.data, updated_at = now()",
        item,
        data
    )
    .execute(conn)
    .await?;
    Ok(())
}
