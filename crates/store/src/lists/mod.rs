//! Lists of companies, private or shared with the team.

pub mod items;

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
    /// The screen it was made from, or follows, in the filter's JSON form.
    pub filter: Option<Value>,
    /// The view it was made from, while that exists.
    pub source_view_id: Option<Uuid>,
    /// Whether its companies are those that pass `filter` now, instead of kept ones.
    pub is_dynamic: bool,
    /// When it was put away.
    pub archived_at: Option<DateTime<Utc>>,
    /// Number of companies kept in it; 0 for a dynamic list.
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
    /// The screen it was made from, or follows.
    pub filter: Option<Value>,
    /// The view it was made from.
    pub source_view_id: Option<Uuid>,
    /// Whether it follows `filter`, which then must be there.
    pub is_dynamic: bool,
}

/// What `kind` says of a list that follows its filter.
const DYNAMIC: &str = "dynamic";

fn kind_of(draft: &ListDraft) -> &'static str {
    if draft.is_dynamic { DYNAMIC } else { "static" }
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
    kind: String,
    archived_at: Option<DateTime<Utc>>,
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
            is_dynamic: row.kind == DYNAMIC,
            archived_at: row.archived_at,
            item_count: row.item_count,
            membership_version: row.membership_version,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

/// The place of a list in the order of lists: last changed first, then by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListPlace {
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
    /// Which list.
    pub id: Uuid,
}

/// Which of the lists that a person may see are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Of one scope, or of both.
    pub scope: Option<Visibility>,
    /// Those put away (true), those in use (false), or both.
    pub archived: Option<bool>,
    /// Those behind this place.
    pub after: Option<ListPlace>,
    /// So many at most.
    pub limit: Option<i64>,
}

/// The lists that the user may see, last changed first.
///
/// # Errors
/// When the database cannot be reached.
pub async fn visible_to(conn: &mut PgConnection, user: Uuid, wanted: Wanted) -> sqlx::Result<Vec<List>> {
    let rows = sqlx::query_as!(
        ListRow,
        r#"SELECT l.id, l.name, l.description, l.scope, l.owner_id, u.display_name AS owner_name, l.filter, l.source_view_id,
                  l.kind, l.archived_at, l.item_count, l.membership_version, l.version, l.created_at, l.updated_at
           FROM lists l JOIN users u ON u.id = l.owner_id
           WHERE (l.scope = 'team' OR l.owner_id = $1) AND l.deleted_at IS NULL AND ($2::text IS NULL OR l.scope = $2)
             AND ($3::boolean IS NULL OR (l.archived_at IS NOT NULL) = $3)
             AND ($4::timestamptz IS NULL OR l.updated_at < $4 OR (l.updated_at = $4 AND l.id > $5))
           ORDER BY l.updated_at DESC, l.id LIMIT $6"#,
        user,
        wanted.scope.map(Visibility::as_str),
        wanted.archived,
        wanted.after.map(|after| after.updated_at),
        wanted.after.map(|after| after.id),
        wanted.limit,
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
                  l.kind, l.archived_at, l.item_count, l.membership_version, l.version, l.created_at, l.updated_at
           FROM lists l JOIN users u ON u.id = l.owner_id
           WHERE l.id = $2 AND (l.scope = 'team' OR l.owner_id = $1) AND l.deleted_at IS NULL"#,
        user,
        id,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(List::from))
}

/// Those of these lists that the user may see, in no order, in one statement.
///
/// # Errors
/// When the database cannot be reached.
pub async fn find_each(conn: &mut PgConnection, user: Uuid, ids: &[Uuid]) -> sqlx::Result<Vec<List>> {
    let rows = sqlx::query_as!(
        ListRow,
        r#"SELECT l.id, l.name, l.description, l.scope, l.owner_id, u.display_name AS owner_name, l.filter, l.source_view_id,
                  l.kind, l.archived_at, l.item_count, l.membership_version, l.version, l.created_at, l.updated_at
           FROM lists l JOIN users u ON u.id = l.owner_id
           WHERE l.id = ANY($2) AND (l.scope = 'team' OR l.owner_id = $1) AND l.deleted_at IS NULL"#,
        user,
        ids,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(List::from).collect())
}

/// Makes an empty list and returns its id.
///
/// # Errors
/// When the database cannot be reached or the name's length is out of bounds.
pub async fn insert(conn: &mut PgConnection, owner: Uuid, draft: &ListDraft) -> sqlx::Result<Uuid> {
    sqlx::query_scalar!(
        "INSERT INTO lists (name, description, scope, owner_id, filter, source_view_id, kind)
         VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
        draft.name,
        draft.description,
        draft.scope.as_str(),
        owner,
        draft.filter,
        draft.source_view_id,
        kind_of(draft),
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
                kind = $8, version = version + 1, membership_version = membership_version + 1, updated_at = now()
         WHERE id = $1 AND deleted_at IS NULL AND ($7::integer IS NULL OR version = $7)",
        id,
        draft.name,
        draft.description,
        draft.scope.as_str(),
        draft.filter,
        draft.source_view_id,
        expected_version,
        kind_of(draft),
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Puts the list away, or takes it out again; false when it is gone.
///
/// # Errors
/// When the database cannot be reached.
pub async fn archive(conn: &mut PgConnection, id: Uuid, archived: bool) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "UPDATE lists SET archived_at = CASE WHEN $2 THEN COALESCE(archived_at, now()) END,
                version = version + 1, updated_at = now()
         WHERE id = $1 AND deleted_at IS NULL",
        id,
        archived,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Deletes the list, so that it can be brought back for 30 days; false when there was none. Lists whose time has run out
/// are deleted permanently.
///
/// # Errors
/// When the database cannot be reached.
pub async fn delete(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<bool> {
    sqlx::query!(
        "DELETE FROM lists WHERE id IN (SELECT id FROM lists WHERE deleted_at < now() - interval '30 days'
         ORDER BY deleted_at LIMIT 5 FOR UPDATE SKIP LOCKED)"
    )
    .execute(&mut *conn)
    .await?;
    let done = sqlx::query!("UPDATE lists SET deleted_at = now() WHERE id = $1 AND deleted_at IS NULL", id)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Brings a deleted list back; false when there is none that the user may see.
///
/// # Errors
/// When the database cannot be reached.
pub async fn restore(conn: &mut PgConnection, user: Uuid, id: Uuid) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "UPDATE lists SET deleted_at = NULL, updated_at = now()
         WHERE id = $2 AND deleted_at IS NOT NULL AND (scope = 'team' OR owner_id = $1)",
        user,
        id,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A list that holds a company.
#[derive(Clone, Debug, PartialEq)]
pub struct Membership {
    /// The list.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Who can see it.
    pub scope: Visibility,
    /// Why the company is on it.
    pub note: Option<String>,
    /// When it was added.
    pub added_at: DateTime<Utc>,
}

/// The lists with kept companies, among those the user may see, that hold the company; archived ones too.
///
/// # Errors
/// When the database cannot be reached.
pub async fn memberships(conn: &mut PgConnection, user: Uuid, orgnr: i64) -> sqlx::Result<Vec<Membership>> {
    let rows = sqlx::query!(
        "SELECT l.id, l.name, l.scope, i.note, i.added_at FROM list_items i JOIN lists l ON l.id = i.list_id
         WHERE i.orgnr = $2 AND (l.scope = 'team' OR l.owner_id = $1) AND l.deleted_at IS NULL AND l.kind = 'static'
         ORDER BY lower(l.name), l.id",
        user,
        orgnr,
    )
    .fetch_all(conn)
    .await?;
    let membership = |(id, name, scope, note, added_at): (Uuid, String, String, Option<String>, DateTime<Utc>)| {
        Membership { id, name, scope: Visibility::from_name(&scope).unwrap_or(Visibility::Private), note, added_at }
    };
    Ok(rows.into_iter().map(|row| membership((row.id, row.name, row.scope, row.note, row.added_at))).collect())
}

/// Whether the team may know the list; false for one that is gone.
///
/// # Errors
/// When the database does not answer.
pub async fn is_shared(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<bool> {
    let shared =
        sqlx::query_scalar("SELECT scope = 'team' FROM lists WHERE id = $1").bind(id).fetch_optional(conn).await?;
    Ok(shared.unwrap_or(false))
}
