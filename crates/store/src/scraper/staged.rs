//! Staged data: what was fetched and waits to be validated and taken over. The bytes are in the artifact store.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

/// Something that was fetched.
#[derive(Clone, Debug, PartialEq)]
pub struct Staged {
    /// Identity.
    pub id: i64,
    /// `organisation`, `package`, `register`, `scb`, `archive` or `page`.
    pub kind: String,
    /// What it is called at its source.
    pub key: String,
    /// Company it was fetched for.
    pub orgnr: Option<i64>,
    /// Name of its file.
    pub file_name: String,
    /// Hash, which is also its place in the artifact store.
    pub sha256: String,
    /// Size.
    pub bytes: i64,
    /// What is known of it.
    pub detail: Value,
    /// `staged`, `valid`, `suspect`, `rejected`, `duplicate` or `promoted`.
    pub state: String,
    /// What validation found, one sentence each.
    pub problems: Value,
    /// When it was fetched.
    pub staged_at: DateTime<Utc>,
    /// When it was validated.
    pub validated_at: Option<DateTime<Utc>>,
    /// When it was taken over.
    pub promoted_at: Option<DateTime<Utc>>,
}

/// What is known of something that was just fetched.
#[derive(Clone, Debug)]
pub struct NewStaged {
    /// Session.
    pub session: Uuid,
    /// Item.
    pub item: i64,
    /// As [`Staged::kind`].
    pub kind: &'static str,
    /// As [`Staged::key`].
    pub key: String,
    /// As [`Staged::orgnr`].
    pub orgnr: Option<i64>,
    /// As [`Staged::file_name`].
    pub file_name: String,
    /// As [`Staged::sha256`].
    pub sha256: String,
    /// As [`Staged::bytes`].
    pub bytes: i64,
    /// As [`Staged::detail`].
    pub detail: Value,
}

/// Stages it; what was staged under the same key before is replaced and has to be validated anew.
///
/// # Errors
/// When the database does not answer.
pub async fn put(conn: &mut PgConnection, new: &NewStaged) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO scraper.staged (session_id, item_id, kind, key, orgnr, file_name, sha256, bytes, detail)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (session_id, kind, key) DO UPDATE SET item_id = excluded.item_id, orgnr = excluded.orgnr, file_name = excluded.file_name,
             sha256 = excluded.sha256, bytes = excluded.bytes, detail = excluded.detail, state = 'staged', problems = '[]', staged_at = now(),
             validated_at = NULL, promoted_at = NULL",
        new.session,
        new.item,
        new.kind,
        new.key,
        new.orgnr,
        new.file_name,
        new.sha256,
        new.bytes,
        new.detail
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Whether something is staged under the key.
///
/// # Errors
/// When the database does not answer.
pub async fn has(conn: &mut PgConnection, session: Uuid, kind: &str, key: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM scraper.staged WHERE session_id = $1 AND kind = $2 AND key = $3) AS "there!""#,
        session,
        kind,
        key
    )
    .fetch_one(conn)
    .await
}

/// A page in the order of staging, of one state or all, and how many there are.
///
/// # Errors
/// When the database does not answer.
pub async fn page(
    conn: &mut PgConnection,
    session: Uuid,
    state: Option<&str>,
    limit: i64,
    offset: i64,
) -> sqlx::Result<(Vec<Staged>, i64)> {
    let rows = sqlx::query_as!(
        Staged,
        "SELECT id, kind, key, orgnr, file_name, sha256, bytes, detail, state, problems, staged_at, validated_at, promoted_at
         FROM scraper.staged WHERE session_id = $1 AND ($2::text IS NULL OR state = $2) ORDER BY id LIMIT $3 OFFSET $4",
        session,
        state,
        limit,
        offset
    )
    .fetch_all(&mut *conn)
    .await?;
    let total = sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!" FROM scraper.staged WHERE session_id = $1 AND ($2::text IS NULL OR state = $2)"#,
        session,
        state
    )
    .fetch_one(conn)
    .await?;
    Ok((rows, total))
}

/// The next ones, by id, that are in one of the states and, where given, of the kind.
///
/// # Errors
/// When the database does not answer.
pub async fn after(
    conn: &mut PgConnection,
    session: Uuid,
    states: &[&str],
    kind: Option<&str>,
    after: i64,
    limit: i64,
) -> sqlx::Result<Vec<Staged>> {
    let states: Vec<String> = states.iter().map(ToString::to_string).collect();
    sqlx::query_as!(
        Staged,
        "SELECT id, kind, key, orgnr, file_name, sha256, bytes, detail, state, problems, staged_at, validated_at, promoted_at
         FROM scraper.staged
         WHERE session_id = $1 AND state = ANY ($2) AND ($3::text IS NULL OR kind = $3) AND id > $4 ORDER BY id LIMIT $5",
        session,
        &states,
        kind,
        after,
        limit
    )
    .fetch_all(conn)
    .await
}

/// Another staged file of the session with the same bytes and a smaller id.
///
/// # Errors
/// When the database does not answer.
pub async fn earlier_twin(
    conn: &mut PgConnection,
    session: Uuid,
    id: i64,
    sha256: &str,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "SELECT key FROM scraper.staged WHERE session_id = $1 AND sha256 = $3 AND id < $2 ORDER BY id LIMIT 1",
        session,
        id,
        sha256
    )
    .fetch_optional(conn)
    .await
}

/// Notes what validation found.
///
/// # Errors
/// When the database does not answer.
pub async fn judge(
    conn: &mut PgConnection,
    id: i64,
    state: &str,
    problems: &Value,
    detail: &Value,
) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE scraper.staged SET state = $2, problems = $3, detail = detail || $4, validated_at = now() WHERE id = $1",
        id,
        state,
        problems,
        detail
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes that these were taken over.
///
/// # Errors
/// When the database does not answer.
pub async fn promoted(conn: &mut PgConnection, ids: &[i64]) -> sqlx::Result<()> {
    sqlx::query!("UPDATE scraper.staged SET state = 'promoted', promoted_at = now() WHERE id = ANY ($1)", ids)
        .execute(conn)
        .await?;
    Ok(())
}
