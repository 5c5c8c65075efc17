//! Labels: a word and a colour that companies carry, private or shared with the team.

use chrono::{DateTime, Utc};
use domain::access::Visibility;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::membership_changes::Former;

/// The names of the colours that a label can have.
pub const COLORS: [&str; 8] = ["grey", "red", "orange", "yellow", "green", "teal", "blue", "purple"];

/// A label.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// Identity.
    pub id: Uuid,
    /// The word, 1–60 characters, unique among the team's, or among its owner's private ones.
    pub name: String,
    /// One of [`COLORS`].
    pub color: String,
    /// Who can see it.
    pub scope: Visibility,
    /// Who made it.
    pub owner_id: Uuid,
    /// Companies that carry it.
    pub item_count: i32,
    /// Counts changes of the label itself, for `If-Match`.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it or its companies were last changed.
    pub updated_at: DateTime<Utc>,
}

/// What a person writes of a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelDraft {
    /// The word, 1–60 characters.
    pub name: String,
    /// One of [`COLORS`].
    pub color: String,
    /// Who can see it.
    pub scope: Visibility,
}

struct LabelRow {
    id: Uuid,
    name: String,
    color: String,
    scope: String,
    owner_id: Uuid,
    item_count: i32,
    version: i32,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl From<LabelRow> for Label {
    fn from(row: LabelRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            color: row.color,
            // An unknown scope would be a damaged row: show it to its owner alone.
            scope: Visibility::from_name(&row.scope).unwrap_or(Visibility::Private),
            owner_id: row.owner_id,
            item_count: row.item_count,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

/// Every label that the user may see, by name.
///
/// # Errors
/// When the database cannot be reached.
pub async fn visible_to(conn: &mut PgConnection, user: Uuid) -> sqlx::Result<Vec<Label>> {
    let rows = sqlx::query_as!(
        LabelRow,
        "SELECT id, name, color, scope, owner_id, item_count, version, created_at, updated_at FROM labels
         WHERE (scope = 'team' OR owner_id = $1) AND deleted_at IS NULL ORDER BY lower(name), id",
        user,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(Label::from).collect())
}

/// The label, when the user may see it.
///
/// # Errors
/// When the database cannot be reached.
pub async fn find(conn: &mut PgConnection, user: Uuid, id: Uuid) -> sqlx::Result<Option<Label>> {
    let row = sqlx::query_as!(
        LabelRow,
        "SELECT id, name, color, scope, owner_id, item_count, version, created_at, updated_at FROM labels
         WHERE id = $2 AND (scope = 'team' OR owner_id = $1) AND deleted_at IS NULL",
        user,
        id,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(Label::from))
}

/// Makes a label that no company carries yet and returns its id; `None` when the name is taken.
///
/// # Errors
/// When the database cannot be reached or the draft is out of bounds.
pub async fn insert(conn: &mut PgConnection, owner: Uuid, draft: &LabelDraft) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!(
        "INSERT INTO labels (name, color, scope, owner_id) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING id",
        draft.name,
        draft.color,
        draft.scope.as_str(),
        owner,
    )
    .fetch_optional(conn)
    .await
}

/// What became of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Updated {
    /// It was made.
    Done,
    /// The label is gone, or was changed meanwhile.
    Stale,
    /// Another label has the name.
    NameTaken,
}

/// Replaces what the label says of itself, when it still has the version that the change was made from.
///
/// # Errors
/// When the database cannot be reached or the draft is out of bounds.
pub async fn update(
    conn: &mut PgConnection,
    id: Uuid,
    draft: &LabelDraft,
    expected_version: Option<i32>,
) -> sqlx::Result<Updated> {
    let done = sqlx::query!(
        "UPDATE labels SET name = $2, color = $3, scope = $4, version = version + 1, updated_at = now()
         WHERE id = $1 AND deleted_at IS NULL AND ($5::integer IS NULL OR version = $5)",
        id,
        draft.name,
        draft.color,
        draft.scope.as_str(),
        expected_version,
    )
    .execute(conn)
    .await;
    match done {
        Ok(done) if done.rows_affected() == 1 => Ok(Updated::Done),
        Ok(_) => Ok(Updated::Stale),
        Err(sqlx::Error::Database(error)) if error.is_unique_violation() => Ok(Updated::NameTaken),
        Err(error) => Err(error),
    }
}

/// Deletes the label, so that it can be brought back for 30 days; false when there was none.
///
/// # Errors
/// When the database cannot be reached.
pub async fn delete(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<bool> {
    sqlx::query!(
        "DELETE FROM labels WHERE id IN (SELECT id FROM labels WHERE deleted_at < now() - interval '30 days'
         ORDER BY deleted_at LIMIT 5 FOR UPDATE SKIP LOCKED)"
    )
    .execute(&mut *conn)
    .await?;
    let done = sqlx::query!("UPDATE labels SET deleted_at = now() WHERE id = $1 AND deleted_at IS NULL", id)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Brings a deleted label back, when the user may see it.
///
/// # Errors
/// When the database cannot be reached.
pub async fn restore(conn: &mut PgConnection, user: Uuid, id: Uuid) -> sqlx::Result<Updated> {
    let done = sqlx::query!(
        "UPDATE labels SET deleted_at = NULL, updated_at = now()
         WHERE id = $2 AND deleted_at IS NOT NULL AND (scope = 'team' OR owner_id = $1)",
        user,
        id,
    )
    .execute(conn)
    .await;
    match done {
        Ok(done) if done.rows_affected() == 1 => Ok(Updated::Done),
        Ok(_) => Ok(Updated::Stale),
        Err(sqlx::Error::Database(error)) if error.is_unique_violation() => Ok(Updated::NameTaken),
        Err(error) => Err(error),
    }
}

/// Locks a label until the transaction ends, so that changes of its companies queue up; false when it is gone.
///
/// # Errors
/// When the database cannot be reached or the lock is held too long.
pub async fn lock(conn: &mut PgConnection, label: Uuid) -> sqlx::Result<bool> {
    let row = sqlx::query!("SELECT id FROM labels WHERE id = $1 AND deleted_at IS NULL FOR NO KEY UPDATE", label)
        .fetch_optional(conn)
        .await?;
    Ok(row.is_some())
}

/// As [`lock`]; a label that is gone is an error, because no constraint keeps companies from carrying it.
async fn lock_existing(conn: &mut PgConnection, label: Uuid) -> sqlx::Result<()> {
    if lock(conn, label).await? { Ok(()) } else { Err(sqlx::Error::RowNotFound) }
}

/// Labels companies; those that Lode does not know are left out, those that carry it stay as they are.
///
/// # Errors
/// When the database cannot be reached or the label does not exist.
pub async fn add(
    conn: &mut PgConnection,
    label: Uuid,
    orgnrs: &[i64],
    by: Uuid,
) -> sqlx::Result<crate::lists::items::Added> {
    lock_existing(conn, label).await?;
    let row = sqlx::query!(
        r#"WITH known AS (SELECT c.orgnr FROM companies c WHERE c.orgnr = ANY($2)),
                added AS (INSERT INTO label_items (label_id, orgnr, added_by) SELECT $1, orgnr, $3 FROM known
                          WHERE NOT EXISTS (SELECT FROM label_items i WHERE i.label_id = $1 AND i.orgnr = known.orgnr)
                          RETURNING orgnr)
           SELECT COALESCE((SELECT array_agg(orgnr) FROM added), '{}') AS "added!", (SELECT count(*) FROM known) AS "known!""#,
        label,
        orgnrs,
        by,
    )
    .fetch_one(&mut *conn)
    .await?;
    count_change(conn, label, row.added.len(), 0).await?;
    Ok(crate::lists::items::Added { orgnrs: row.added, known: row.known.unsigned_abs() })
}

/// Takes the label off companies and returns those that carried it, as they did.
///
/// # Errors
/// When the database cannot be reached or the label does not exist.
pub async fn remove(conn: &mut PgConnection, label: Uuid, orgnrs: &[i64]) -> sqlx::Result<Former> {
    lock_existing(conn, label).await?;
    let rows = sqlx::query!(
        "DELETE FROM label_items WHERE label_id = $1 AND orgnr = ANY($2) RETURNING orgnr, added_by, added_at",
        label,
        orgnrs,
    )
    .fetch_all(&mut *conn)
    .await?;
    let mut former = Former::default();
    rows.into_iter().for_each(|row| former.push(row.orgnr, row.added_by, row.added_at, None));
    count_change(conn, label, 0, former.orgnrs.len()).await?;
    Ok(former)
}

/// Labels companies again as they were; those that carry it again stay as they are. Returns who came back.
///
/// # Errors
/// When the database cannot be reached or the label does not exist.
pub async fn put_back(conn: &mut PgConnection, label: Uuid, former: &Former) -> sqlx::Result<Vec<i64>> {
    lock_existing(conn, label).await?;
    let added = sqlx::query_scalar!(
        "INSERT INTO label_items (label_id, orgnr, added_by, added_at)
         SELECT $1, f.orgnr, u.id, f.added_at
         FROM unnest($2::bigint[], $3::uuid[], $4::timestamptz[]) AS f (orgnr, added_by, added_at)
         JOIN companies c ON c.orgnr = f.orgnr LEFT JOIN users u ON u.id = f.added_by
         WHERE NOT EXISTS (SELECT FROM label_items i WHERE i.label_id = $1 AND i.orgnr = f.orgnr)
         RETURNING orgnr",
        label,
        &former.orgnrs,
        former.added_by.as_slice() as &[Option<Uuid>],
        &former.added_at,
    )
    .fetch_all(&mut *conn)
    .await?;
    count_change(conn, label, added.len(), 0).await?;
    Ok(added)
}

async fn count_change(conn: &mut PgConnection, label: Uuid, added: usize, removed: usize) -> sqlx::Result<()> {
    if added + removed > 0 {
        let change = i32::try_from(added).unwrap_or(i32::MAX) - i32::try_from(removed).unwrap_or(i32::MAX);
        sqlx::query!(
            "UPDATE labels SET item_count = item_count + $2, membership_version = membership_version + 1,
                    updated_at = now() WHERE id = $1",
            label,
            change,
        )
        .execute(conn)
        .await?;
    }
    Ok(())
}

/// Every company that carries a label, ascending.
///
/// # Errors
/// When the database cannot be reached.
pub async fn members(conn: &mut PgConnection, label: Uuid) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar!("SELECT orgnr FROM label_items WHERE label_id = $1 ORDER BY orgnr", label).fetch_all(conn).await
}

/// Whether the team may know the label; false for one that is gone.
///
/// # Errors
/// When the database does not answer.
pub async fn is_shared(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<bool> {
    let shared =
        sqlx::query_scalar("SELECT scope = 'team' FROM labels WHERE id = $1").bind(id).fetch_optional(conn).await?;
    Ok(shared.unwrap_or(false))
}
