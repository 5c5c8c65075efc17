//! Saved views: a screen with its columns, sort and unit, private or shared with the team.

use chrono::{DateTime, Utc};
use domain::access::Visibility;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

/// A saved view.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// Identity.
    pub id: Uuid,
    /// Name as the owner wrote it.
    pub name: String,
    /// Who can see it.
    pub scope: Visibility,
    /// Who made it.
    pub owner_id: Uuid,
    /// Name of the owner.
    pub owner_name: String,
    /// Filter tree in its JSON form.
    pub filter: Value,
    /// Columns in order, as the web app keeps them.
    pub columns: Value,
    /// Sort keys in order.
    pub sort: Value,
    /// The free text of the screen.
    pub free_text: Option<String>,
    /// What the web app keeps of the screen's address.
    pub interface: Option<Value>,
    /// `kr`, `tkr` or `mkr`.
    pub unit: Option<String>,
    /// Counts changes, for `If-Match`.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// What a person writes of a view.
#[derive(Clone, Debug, PartialEq)]
pub struct ViewDraft {
    /// Name, 1–200 characters.
    pub name: String,
    /// Who can see it.
    pub scope: Visibility,
    /// Filter tree in its JSON form.
    pub filter: Value,
    /// Columns in order.
    pub columns: Value,
    /// Sort keys in order.
    pub sort: Value,
    /// The free text of the screen.
    pub free_text: Option<String>,
    /// What the web app keeps of the screen's address.
    pub interface: Option<Value>,
    /// `kr`, `tkr` or `mkr`.
    pub unit: Option<String>,
}

struct ViewRow {
    id: Uuid,
    name: String,
    scope: String,
    owner_id: Uuid,
    owner_name: String,
    filter: Value,
    columns: Value,
    sort: Value,
    free_text: Option<String>,
    interface: Option<Value>,
    unit: Option<String>,
    version: i32,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl From<ViewRow> for View {
    fn from(row: ViewRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            // An unknown scope would be a damaged row: show it to its owner alone.
            scope: Visibility::from_name(&row.scope).unwrap_or(Visibility::Private),
            owner_id: row.owner_id,
            owner_name: row.owner_name,
            filter: row.filter,
            columns: row.columns,
            sort: row.sort,
            free_text: row.free_text,
            interface: row.interface,
            unit: row.unit,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

/// Every view that the user may see, of one scope or of both, by name.
///
/// # Errors
/// When the database cannot be reached.
pub async fn visible_to(conn: &mut PgConnection, user: Uuid, scope: Option<Visibility>) -> sqlx::Result<Vec<View>> {
    let rows = sqlx::query_as!(
        ViewRow,
        r#"SELECT v.id, v.name, v.scope, v.owner_id, u.display_name AS owner_name, v.filter, v.columns, v.sort, v.free_text, v.interface, v.unit,
                  v.version, v.created_at, v.updated_at
           FROM views v JOIN users u ON u.id = v.owner_id
           WHERE (v.scope = 'team' OR v.owner_id = $1) AND v.deleted_at IS NULL AND ($2::text IS NULL OR v.scope = $2)
           ORDER BY lower(v.name), v.id"#,
        user,
        scope.map(Visibility::as_str),
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(View::from).collect())
}

/// The view, when the user may see it.
///
/// # Errors
/// When the database cannot be reached.
pub async fn find(conn: &mut PgConnection, user: Uuid, id: Uuid) -> sqlx::Result<Option<View>> {
    let row = sqlx::query_as!(
        ViewRow,
        r#"SELECT v.id, v.name, v.scope, v.owner_id, u.display_name AS owner_name, v.filter, v.columns, v.sort, v.free_text, v.interface, v.unit,
                  v.version, v.created_at, v.updated_at
           FROM views v JOIN users u ON u.id = v.owner_id
           WHERE v.id = $2 AND (v.scope = 'team' OR v.owner_id = $1) AND v.deleted_at IS NULL"#,
        user,
        id,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(View::from))
}

/// Makes a view and returns its id.
///
/// # Errors
/// When the database cannot be reached or the name's length is out of bounds.
pub async fn insert(conn: &mut PgConnection, owner: Uuid, draft: &ViewDraft) -> sqlx::Result<Uuid> {
    sqlx::query_scalar!(
        "INSERT INTO views (name, scope, owner_id, filter, columns, sort, free_text, interface, unit)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id",
        draft.name,
        draft.scope.as_str(),
        owner,
        draft.filter,
        draft.columns,
        draft.sort,
        draft.free_text,
        draft.interface,
        draft.unit,
    )
    .fetch_one(conn)
    .await
}

/// Replaces what the view says; false when it is gone or, with `expected_version`, was changed meanwhile.
///
/// # Errors
/// When the database cannot be reached or the name's length is out of bounds.
pub async fn update(
    conn: &mut PgConnection,
    id: Uuid,
    draft: &ViewDraft,
    expected_version: Option<i32>,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "UPDATE views SET name = $2, scope = $3, filter = $4, columns = $5, sort = $6, free_text = $7, interface = $8, unit = $9,
                version = version + 1, updated_at = now()
         WHERE id = $1 AND deleted_at IS NULL AND ($10::integer IS NULL OR version = $10)",
        id,
        draft.name,
        draft.scope.as_str(),
        draft.filter,
        draft.columns,
        draft.sort,
        draft.free_text,
        draft.interface,
        draft.unit,
        expected_version,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Deletes the view, so that it can be brought back for 30 days; false when there was none. Lists made from it stay.
///
/// # Errors
/// When the database cannot be reached.
pub async fn delete(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<bool> {
    sqlx::query!(
        "DELETE FROM views WHERE id IN (SELECT id FROM views WHERE deleted_at < now() - interval '30 days'
         ORDER BY deleted_at LIMIT 5 FOR UPDATE SKIP LOCKED)"
    )
    .execute(&mut *conn)
    .await?;
    let done = sqlx::query!("UPDATE views SET deleted_at = now() WHERE id = $1 AND deleted_at IS NULL", id)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Brings a deleted view back; false when there is none that the user may see.
///
/// # Errors
/// When the database cannot be reached.
pub async fn restore(conn: &mut PgConnection, user: Uuid, id: Uuid) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "UPDATE views SET deleted_at = NULL, updated_at = now()
         WHERE id = $2 AND deleted_at IS NOT NULL AND (scope = 'team' OR owner_id = $1)",
        user,
        id,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}
