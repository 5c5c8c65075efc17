//! Mappings of tables that were kept by name: how a program calls its columns.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

/// A kept mapping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportMapping {
    /// Identity.
    pub id: Uuid,
    /// 1–80 characters, unique among those of its kind, capitals aside.
    pub name: String,
    /// `accounts` or `companies`.
    pub kind: String,
    /// Its text, as `docs/import-mapping.md` describes it.
    pub mapping: String,
    /// Counts changes, for `If-Match`.
    pub version: i32,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// What became of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// It was made.
    Done,
    /// The mapping is gone, or was changed meanwhile.
    Stale,
    /// Another mapping of the kind has the name.
    NameTaken,
}

/// Every mapping of the kind, or of all kinds, by name.
///
/// # Errors
/// When the database cannot be reached.
pub async fn list(conn: &mut PgConnection, kind: Option<&str>) -> sqlx::Result<Vec<ImportMapping>> {
    sqlx::query_as!(
        ImportMapping,
        "SELECT id, name, kind, mapping, version, updated_at FROM import_mappings
         WHERE $1::text IS NULL OR kind = $1 ORDER BY lower(name), id",
        kind,
    )
    .fetch_all(conn)
    .await
}

/// The mapping.
///
/// # Errors
/// When the database cannot be reached.
pub async fn find(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<ImportMapping>> {
    sqlx::query_as!(
        ImportMapping,
        "SELECT id, name, kind, mapping, version, updated_at FROM import_mappings WHERE id = $1",
        id,
    )
    .fetch_optional(conn)
    .await
}

/// Keeps a mapping and returns its id; `None` when the name is taken.
///
/// # Errors
/// When the database cannot be reached or a value is out of bounds.
pub async fn insert(
    conn: &mut PgConnection,
    kind: &str,
    name: &str,
    mapping: &str,
    user: Uuid,
) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!(
        "INSERT INTO import_mappings (kind, name, mapping, saved_by) VALUES ($1, $2, $3, $4)
         ON CONFLICT DO NOTHING RETURNING id",
        kind,
        name,
        mapping,
        user,
    )
    .fetch_optional(conn)
    .await
}

/// Replaces name and text, when the mapping still has the version that the change was made from.
///
/// # Errors
/// When the database cannot be reached or a value is out of bounds.
pub async fn update(
    conn: &mut PgConnection,
    id: Uuid,
    name: &str,
    mapping: &str,
    user: Uuid,
    version: Option<i32>,
) -> sqlx::Result<Saved> {
    let is_taken = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM import_mappings other JOIN import_mappings own ON own.kind = other.kind
             WHERE own.id = $1 AND other.id <> $1 AND lower(other.name) = lower($2)) AS "taken!""#,
        id,
        name,
    )
    .fetch_one(&mut *conn)
    .await?;
    if is_taken {
        return Ok(Saved::NameTaken);
    }
    let done = sqlx::query!(
        "UPDATE import_mappings
         SET name = $2, mapping = $3, saved_by = $4, version = version + 1, updated_at = clock_timestamp()
         WHERE id = $1 AND ($5::integer IS NULL OR version = $5)",
        id,
        name,
        mapping,
        user,
        version,
    )
    .execute(conn)
    .await?;
    Ok(if done.rows_affected() == 1 { Saved::Done } else { Saved::Stale })
}

/// Removes the mapping; false when it was not there.
///
/// # Errors
/// When the database cannot be reached.
pub async fn delete(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<bool> {
    let done = sqlx::query!("DELETE FROM import_mappings WHERE id = $1", id).execute(conn).await?;
    Ok(done.rows_affected() == 1)
}
