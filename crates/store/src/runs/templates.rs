//! Templates of analyses: each change is a new version, so that a run can always say what it was made with.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

/// A template in one of its versions.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredTemplate {
    /// Identity over all versions.
    pub id: Uuid,
    /// From 1.
    pub version: i32,
    /// The version that it has come to.
    pub newest_version: i32,
    /// What people call it.
    pub name: String,
    /// As `domain::analysis::Template`.
    pub body: Value,
    /// When this version was made.
    pub made_at: DateTime<Utc>,
    /// When it was deleted, with all its versions.
    pub deleted_at: Option<DateTime<Utc>>,
}

/// Every template that is not deleted, in its newest version, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn list(conn: &mut PgConnection) -> sqlx::Result<Vec<StoredTemplate>> {
    sqlx::query_as!(
        StoredTemplate,
        r#"SELECT id AS "id!", version AS "version!", version AS "newest_version!", name AS "name!", body AS "body!",
                  made_at AS "made_at!", deleted_at
           FROM (SELECT DISTINCT ON (id) * FROM analysis_templates ORDER BY id, version DESC) AS newest
           WHERE deleted_at IS NULL ORDER BY name, id"#
    )
    .fetch_all(conn)
    .await
}

/// The newest version of a template, unless it is deleted.
///
/// # Errors
/// When the database does not answer.
pub async fn find(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<StoredTemplate>> {
    Ok(find_version(conn, id, None).await?.filter(|found| found.deleted_at.is_none()))
}

/// A version of a template, the newest one for `None`; one that is deleted as well.
///
/// # Errors
/// When the database does not answer.
pub async fn find_version(
    conn: &mut PgConnection,
    id: Uuid,
    version: Option<i32>,
) -> sqlx::Result<Option<StoredTemplate>> {
    sqlx::query_as!(
        StoredTemplate,
        r#"SELECT id, version, (SELECT max(version) FROM analysis_templates WHERE id = $1) AS "newest_version!", name, body,
                  made_at, deleted_at
           FROM analysis_templates WHERE id = $1 AND version = coalesce($2, version) ORDER BY version DESC LIMIT 1"#,
        id,
        version
    )
    .fetch_optional(conn)
    .await
}

/// Keeps everybody else who changes, deletes or restores the template waiting until the transaction ends.
///
/// # Errors
/// When the database does not answer.
pub async fn lock(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<()> {
    // Every template has a first version.
    sqlx::query!("SELECT id FROM analysis_templates WHERE id = $1 AND version = 1 FOR UPDATE", id)
        .fetch_optional(conn)
        .await?;
    Ok(())
}

/// Deletes a template with all its versions, or brings it back. The caller holds its [`lock`].
///
/// # Errors
/// When the database does not answer.
pub async fn set_deleted(conn: &mut PgConnection, id: Uuid, is_deleted: bool) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE analysis_templates SET deleted_at = CASE WHEN $2 THEN now() END WHERE id = $1",
        id,
        is_deleted
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Adds a template, or a new version of one whose [`lock`] the caller holds; returns its identity and version.
///
/// # Errors
/// When there is that version, or the database does not answer.
pub async fn insert(
    conn: &mut PgConnection,
    id: Option<Uuid>,
    version: i32,
    name: &str,
    body: &Value,
    made_by: Uuid,
) -> sqlx::Result<(Uuid, i32)> {
    let row = sqlx::query!(
        "INSERT INTO analysis_templates (id, version, name, body, made_by)
         VALUES (coalesce($1, gen_random_uuid()), $2, $3, $4, $5) RETURNING id, version",
        id,
        version,
        name,
        body,
        made_by
    )
    .fetch_one(conn)
    .await?;
    Ok((row.id, row.version))
}
