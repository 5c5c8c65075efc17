//! Lists of companies, private or shared with the team.

use chrono::{DateTime, Utc};
use domain::access::Visibility;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

/// A list, without its items.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    /// Identity.
    pub id: Uuid,
    /// Name as the owner wrote it.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// Who can see it.
    pub scope: Visibility,
    /// Who made it.
    pub owner_id: Uuid,
    /// Name of the owner.
    pub owner_name: String,
    /// The screen it was made from, in the filter's JSON form.
    pub filter: Option<Value>,
    /// The view it was made from, while that exists.
    pub source_view_id: Option<Uuid>,
    /// Number of companies in it.
    pub item_count: i32,
    /// Counts changes of membership.
    pub membership_version: i64,
    /// Counts changes of the list itself, for `If-Match`.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it or its items were last changed.
    pub updated_at: DateTime<Utc>,
}

/// What a person writes of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct ListDraft {
    /// Name, 1–200 characters.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// Who can see it.
    pub scope: Visibility,
    /// The screen it was made from.
    pub filter: Option<Value>,
    /// The view it was made from.
    pub source_view_id: Option<Uuid>,
}

struct ListRow {
    id: Uuid,
    name: String,
    description: Option<String>,
    scope: String,
    owner_id: Uuid,
    owner_name: String,
    filter: Option<Value>,
    source_view_id: Option<Uuid>,
    item_count: i32,
    membership_version: i64,
    version: i32,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl From<ListRow> for List {
    fn from(row: ListRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            description: row.description,
            // An unknown scope would be a damaged row: show it to its owner alone.
            scope: Visibility::from_name(&row.scope).unwrap_or(Visibility::Private),
            owner_id: row.owner_id,
            owner_name: row.owner_name,
            filter: row.filter,
            source_view_id: row.source_view_id,
            item_count: row.item_count,
            membership_version: row.membership_version,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

/// Every list that the user may see, of one scope or of both, last changed first.
///
/// # Errors
/// When the database cannot be reached.
pub async fn visible_to(conn: &mut PgConnection, user: Uuid, scope: Option<Visibility>) -> sqlx::Result<Vec<List>> {
    let rows = sqlx::query_as!(
        ListRow,
        r#"SELECT l.id, l.name, l.description, l.scope, l.owner_id, u.display_name AS owner_name, l.filter, l.source_view_id,
                  l.item_count, l.membership_version, l.version, l.created_at, l.updated_at
           FROM lists l JOIN users u ON u.id = l.owner_id
           WHERE (l.scope = 'team' OR l.owner_id = $1) AND ($2::text IS NULL OR l.scope = $2)
           ORDER BY l.updated_at DESC, l.id"#,
        user,
        scope.map(Visibility::as_str),
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(List::from).collect())
}

/// The list, when the user may see it.
///
/// # Errors
/// When the database cannot be reached.
pub async fn find(conn: &mut PgConnection, user: Uuid, id: Uuid) -> sqlx::Result<Option<List>> {
    let row = sqlx::query_as!(
        ListRow,
        r#"SELECT l.id, l.name, l.description, l.scope, l.owner_id, u.display_name AS owner_name, l.filter, l.source_view_id,
                  l.item_count, l.membership_version, l.version, l.created_at, l.updated_at
           FROM lists l JOIN users u ON u.id = l.owner_id
           WHERE l.id = $2 AND (l.scope = 'team' OR l.owner_id = $1)"#,
        user,
        id,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(List::from))
}

/// Makes an empty list and returns its id.
///
/// # Errors
/// When the database cannot be reached or the name's length is out of bounds.
pub async fn insert(conn: &mut PgConnection, owner: Uuid, draft: &ListDraft) -> sqlx::Result<Uuid> {
    sqlx::query_scalar!(
        "INSERT INTO lists (name, description, scope, owner_id, filter, source_view_id) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
        draft.name,
        draft.description,
        draft.scope.as_str(),
        owner,
        draft.filter,
        draft.source_view_id,
    )
    .fetch_one(conn)
    .await
}

/// Replaces what the list says of itself; false when it is gone or, with `expected_version`, was changed meanwhile.
///
/// # Errors
/// When the database cannot be reached, the name's length is out of bounds, or the source view does not exist.
pub async fn update(
    conn: &mut PgConnection,
    id: Uuid,
    draft: &ListDraft,
    expected_version: Option<i32>,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "UPDATE lists SET name = $2, description = $3, scope = $4, filter = $5, source_view_id = $6,
                version = version + 1, updated_at = now()
         WHERE id = $1 AND ($7::integer IS NULL OR version = $7)",
        id,
        draft.name,
        draft.description,
        draft.scope.as_str(),
        draft.filter,
        draft.source_view_id,
        expected_version,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Deletes the list and its items; false when there was none.
///
/// # Errors
/// When the database cannot be reached.
pub async fn delete(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<bool> {
    let done = sqlx::query!("DELETE FROM lists WHERE id = $1", id).execute(conn).await?;
    Ok(done.rows_affected() == 1)
}

/// What became of the companies that were to be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Added {
    /// New in the list.
    pub added: u64,
    /// Known companies among the given ones, new in the list or not.
    pub known: u64,
}

/// Adds companies in one statement; those that Lode does not know are left out, those that are in it stay.
///
/// # Errors
/// When the database cannot be reached or the list does not exist.
pub async fn add_items(conn: &mut PgConnection, list: Uuid, orgnrs: &[i64], by: Uuid) -> sqlx::Result<Added> {
    // The list's row is locked first, in every change of membership, so that two of them queue up instead of
    // deadlocking over items, and the count stays right.
    sqlx::query!("SELECT id FROM lists WHERE id = $1 FOR UPDATE", list).fetch_one(&mut *conn).await?;
    let row = sqlx::query!(
        r#"WITH known AS (SELECT c.orgnr FROM companies c WHERE c.orgnr = ANY($2)),
                added AS (INSERT INTO list_items (list_id, orgnr, added_by) SELECT $1, orgnr, $3 FROM known
                          ON CONFLICT DO NOTHING RETURNING 1)
           SELECT (SELECT count(*) FROM added) AS "added!", (SELECT count(*) FROM known) AS "known!""#,
        list,
        orgnrs,
        by,
    )
    .fetch_one(&mut *conn)
    .await?;
    count_change(conn, list, row.added).await?;
    Ok(Added { added: row.added.unsigned_abs(), known: row.known.unsigned_abs() })
}

/// Removes companies in one statement and returns how many were in the list.
///
/// # Errors
/// When the database cannot be reached or the list does not exist.
pub async fn remove_items(conn: &mut PgConnection, list: Uuid, orgnrs: &[i64]) -> sqlx::Result<u64> {
    sqlx::query!("SELECT id FROM lists WHERE id = $1 FOR UPDATE", list).fetch_one(&mut *conn).await?;
    let removed = sqlx::query!("DELETE FROM list_items WHERE list_id = $1 AND orgnr = ANY($2)", list, orgnrs)
        .execute(&mut *conn)
        .await?
        .rows_affected();
    count_change(conn, list, -i64::try_from(removed).unwrap_or(i64::MAX)).await?;
    Ok(removed)
}

async fn count_change(conn: &mut PgConnection, list: Uuid, change: i64) -> sqlx::Result<()> {
    if change != 0 {
        sqlx::query!(
            "UPDATE lists SET item_count = item_count + $2::bigint::integer, membership_version = membership_version + 1,
                    updated_at = now() WHERE id = $1",
            list,
            change,
        )
        .execute(conn)
        .await?;
    }
    Ok(())
}

/// Every company of a list, ascending.
///
/// # Errors
/// When the database cannot be reached.
pub async fn members(conn: &mut PgConnection, list: Uuid) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar!("SELECT orgnr FROM list_items WHERE list_id = $1 ORDER BY orgnr", list).fetch_all(conn).await
}

/// The lists among those the user may see that hold the company.
///
/// # Errors
/// When the database cannot be reached.
pub async fn memberships(conn: &mut PgConnection, user: Uuid, orgnr: i64) -> sqlx::Result<Vec<(Uuid, String)>> {
    let rows = sqlx::query!(
        "SELECT l.id, l.name FROM list_items i JOIN lists l ON l.id = i.list_id
         WHERE i.orgnr = $2 AND (l.scope = 'team' OR l.owner_id = $1) ORDER BY lower(l.name), l.id",
        user,
        orgnr,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}
