//! The sets outside the catalogue that filters can name, as the asking person sees them.

use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

/// A list or a label that a filter names.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedSet {
    /// Identity.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Whether the team shares it.
    pub is_shared: bool,
    /// Rises with every change of its members.
    pub membership_version: i64,
    /// The filter that a dynamic list follows.
    pub follows: Option<Value>,
}

/// The list with this id, or else this name: one's own before the team's, the newest of several; only what the person
/// may see, so that somebody else's private list is as unknown as one that never was.
///
/// # Errors
/// When the database does not answer.
pub async fn find_list(
    conn: &mut PgConnection,
    user: Uuid,
    id: Option<Uuid>,
    name: &str,
) -> sqlx::Result<Option<NamedSet>> {
    sqlx::query_as!(
        NamedSet,
        r#"SELECT id, name, scope = 'team' AS "is_shared!", membership_version,
                  CASE WHEN kind = 'dynamic' THEN filter END AS follows
           FROM lists WHERE (id = $1 OR lower(name) = lower($2)) AND (scope = 'team' OR owner_id = $3) AND deleted_at IS NULL
           ORDER BY (id = $1) DESC, (name = $2) DESC, (owner_id = $3) DESC, archived_at IS NULL DESC, created_at DESC, id
           LIMIT 1"#,
        id.unwrap_or_default(),
        name,
        user,
    )
    .fetch_optional(conn)
    .await
}

/// The label with this id, or else this name, among those that the person may see; one's own before the team's.
///
/// # Errors
/// When the database does not answer.
pub async fn find_label(
    conn: &mut PgConnection,
    user: Uuid,
    id: Option<Uuid>,
    name: &str,
) -> sqlx::Result<Option<NamedSet>> {
    sqlx::query_as!(
        NamedSet,
        r#"SELECT id, name, scope = 'team' AS "is_shared!", membership_version, NULL::jsonb AS follows
           FROM labels WHERE (id = $1 OR lower(name) = lower($2)) AND (scope = 'team' OR owner_id = $3) AND deleted_at IS NULL
           ORDER BY (id = $1) DESC, (owner_id = $3) DESC, created_at DESC, id LIMIT 1"#,
        id.unwrap_or_default(),
        name,
        user,
    )
    .fetch_optional(conn)
    .await
}

/// The companies in the pipeline as the person sees it, in one stage (by key or name) or in any; `None` when there is no such stage.
///
/// # Errors
/// When the database does not answer.
pub async fn prospects(conn: &mut PgConnection, user: Uuid, stage: Option<&str>) -> sqlx::Result<Option<Vec<i64>>> {
    let key = match stage {
        None => None,
        Some(stage) => {
            let found = sqlx::query_scalar!(
                "SELECT key FROM prospect_stages WHERE key = lower($1) OR lower(name) = lower($1)
                 ORDER BY retired_at IS NULL DESC, (key = lower($1)) DESC LIMIT 1",
                stage,
            )
            .fetch_optional(&mut *conn)
            .await?;
            let Some(key) = found else { return Ok(None) };
            Some(key)
        }
    };
    let orgnrs = sqlx::query_scalar!(
        "SELECT DISTINCT orgnr FROM prospects
         WHERE removed_at IS NULL AND (scope = 'team' OR created_by = $1) AND ($2::text IS NULL OR stage = $2)
         ORDER BY orgnr",
        user,
        key,
    )
    .fetch_all(conn)
    .await?;
    Ok(Some(orgnrs))
}
