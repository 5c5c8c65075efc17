//! Templates of analyses: each change is a new version, so that a run can always say what it was made with.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

/// A template in its newest version.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredTemplate {
    /// Identity over all versions.
    pub id: Uuid,
    /// From 1.
    pub version: i32,
    /// What people call it.
    pub name: String,
    /// As `domain::analysis::Template`.
    pub body: Value,
    /// When this version was made.
    pub made_at: DateTime<Utc>,
}

/// Every template in its newest version, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn list(conn: &mut PgConnection) -> sqlx::Result<Vec<StoredTemplate>> {
    sqlx::query_as!(
        StoredTemplate,
        r#"SELECT id AS "id!", version AS "version!", name AS "name!", body AS "body!", made_at AS "made_at!"
           FROM (SELECT DISTINCT ON (id) id, version, name, body, made_at FROM analysis_templates ORDER BY id, version DESC) AS newest
           ORDER BY name, id"#
    )
    .fetch_all(conn)
    .await
}

/// The newest version of a template.
///
/// # Errors
/// When the database does not answer.
pub async fn find(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<StoredTemplate>> {
    sqlx::query_as!(
        StoredTemplate,
        "SELECT id, version, name, body, made_at FROM analysis_templates WHERE id = $1 ORDER BY version DESC LIMIT 1",
        id
    )
    .fetch_optional(conn)
    .await
}

/// Adds a template, or a new version of one; returns its identity and version. Two that change it at once: the second is refused
/// by the primary key.
///
/// # Errors
/// When the version was made meanwhile (unique violation), or the database does not answer.
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
