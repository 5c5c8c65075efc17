//! The companies on lists. Every function that changes members locks the list's row first, so that two changes of one
//! list queue up instead of deadlocking over its items, the count stays right, and nobody else puts in what is just looked for:
//! tens of thousands go in without a conflict to be settled for each.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::membership_changes::Former;

/// What became of the companies that were to be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    /// New in the list, in no order.
    pub orgnrs: Vec<i64>,
    /// Known companies among the given ones, new in the list or not.
    pub known: u64,
}

/// A company on a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The company.
    pub orgnr: i64,
    /// Why it is on the list.
    pub note: Option<String>,
    /// Name of who added it, while that person has an account.
    pub added_by: Option<String>,
    /// When.
    pub added_at: DateTime<Utc>,
}

/// Locks a list until the transaction ends; false when it is gone.
///
/// # Errors
/// When the database cannot be reached or the lock is held too long.
pub async fn lock(conn: &mut PgConnection, list: Uuid) -> sqlx::Result<bool> {
    let row = sqlx::query!("SELECT id FROM lists WHERE id = $1 AND deleted_at IS NULL FOR NO KEY UPDATE", list)
        .fetch_optional(conn)
        .await?;
    Ok(row.is_some())
}

/// Locks lists in one order, whoever asks, so that two that lock several never wait for each other.
///
/// # Errors
/// When the database cannot be reached or a lock is held too long.
pub async fn lock_each(conn: &mut PgConnection, lists: &[Uuid]) -> sqlx::Result<()> {
    sqlx::query!("SELECT id FROM lists WHERE id = ANY($1) AND deleted_at IS NULL ORDER BY id FOR NO KEY UPDATE", lists)
        .fetch_all(conn)
        .await
        .map(drop)
}

/// As [`lock`]; a list that is gone is an error, because no constraint keeps companies out of it.
async fn lock_existing(conn: &mut PgConnection, list: Uuid) -> sqlx::Result<()> {
    if lock(conn, list).await? { Ok(()) } else { Err(sqlx::Error::RowNotFound) }
}

/// Adds companies in one statement; those that Lode does not know are left out, those that are in it stay as they are.
///
/// # Errors
/// When the database cannot be reached or the list does not exist.
pub async fn add(
    conn: &mut PgConnection,
    list: Uuid,
    orgnrs: &[i64],
    by: Uuid,
    note: Option<&str>,
) -> sqlx::Result<Added> {
    lock_existing(conn, list).await?;
    let row = sqlx::query!(
        r#"WITH known AS (SELECT c.orgnr FROM companies c WHERE c.orgnr = ANY($2)),
                added AS (INSERT INTO list_items (list_id, orgnr, added_by, note) SELECT $1, orgnr, $3, $4 FROM known
                          WHERE NOT EXISTS (SELECT FROM list_items i WHERE i.list_id = $1 AND i.orgnr = known.orgnr)
                          RETURNING orgnr)
           SELECT COALESCE((SELECT array_agg(orgnr) FROM added), '{}') AS "added!", (SELECT count(*) FROM known) AS "known!""#,
        list,
        orgnrs,
        by,
        note,
    )
    .fetch_one(&mut *conn)
    .await?;
    count_change(conn, list, row.added.len(), 0).await?;
    Ok(Added { orgnrs: row.added, known: row.known.unsigned_abs() })
}

/// Puts members back as they were; those that are in the list again stay as they are. Returns who came back.
///
/// # Errors
/// When the database cannot be reached or the list does not exist.
pub async fn put_back(conn: &mut PgConnection, list: Uuid, former: &Former) -> sqlx::Result<Vec<i64>> {
    lock_existing(conn, list).await?;
    let added = sqlx::query_scalar!(
        "INSERT INTO list_items (list_id, orgnr, added_by, added_at, note)
         SELECT $1, f.orgnr, u.id, f.added_at, f.note
         FROM unnest($2::bigint[], $3::uuid[], $4::timestamptz[], $5::text[]) AS f (orgnr, added_by, added_at, note)
         JOIN companies c ON c.orgnr = f.orgnr LEFT JOIN users u ON u.id = f.added_by
         WHERE NOT EXISTS (SELECT FROM list_items i WHERE i.list_id = $1 AND i.orgnr = f.orgnr)
         RETURNING orgnr",
        list,
        &former.orgnrs,
        former.added_by.as_slice() as &[Option<Uuid>],
        &former.added_at,
        former.notes.as_slice() as &[Option<String>],
    )
    .fetch_all(&mut *conn)
    .await?;
    count_change(conn, list, added.len(), 0).await?;
    Ok(added)
}

/// Removes companies in one statement and returns those that were in the list, as they were.
///
/// # Errors
/// When the database cannot be reached or the list does not exist.
pub async fn remove(conn: &mut PgConnection, list: Uuid, orgnrs: &[i64]) -> sqlx::Result<Former> {
    lock_existing(conn, list).await?;
    let rows = sqlx::query!(
        "DELETE FROM list_items WHERE list_id = $1 AND orgnr = ANY($2) RETURNING orgnr, added_by, added_at, note",
        list,
        orgnrs,
    )
    .fetch_all(&mut *conn)
    .await?;
    let mut former = Former::default();
    rows.into_iter().for_each(|row| former.push(row.orgnr, row.added_by, row.added_at, row.note));
    count_change(conn, list, 0, former.orgnrs.len()).await?;
    Ok(former)
}

/// Adds every member of other lists with their notes; those that are in it stay as they are. Returns the new ones.
///
/// # Errors
/// When the database cannot be reached or the list does not exist.
pub async fn copy_from(conn: &mut PgConnection, list: Uuid, sources: &[Uuid], by: Uuid) -> sqlx::Result<Vec<i64>> {
    lock_existing(conn, list).await?;
    let added = sqlx::query_scalar!(
        "INSERT INTO list_items (list_id, orgnr, added_by, note)
         SELECT $1, i.orgnr, $3, string_agg(i.note, E'\\n' ORDER BY i.added_at)
         FROM list_items i WHERE i.list_id = ANY($2)
           AND NOT EXISTS (SELECT FROM list_items h WHERE h.list_id = $1 AND h.orgnr = i.orgnr)
         GROUP BY i.orgnr RETURNING orgnr",
        list,
        sources,
        by,
    )
    .fetch_all(&mut *conn)
    .await?;
    count_change(conn, list, added.len(), 0).await?;
    Ok(added)
}

async fn count_change(conn: &mut PgConnection, list: Uuid, added: usize, removed: usize) -> sqlx::Result<()> {
    if added + removed > 0 {
        let change = i32::try_from(added).unwrap_or(i32::MAX) - i32::try_from(removed).unwrap_or(i32::MAX);
        sqlx::query!(
            "UPDATE lists SET item_count = item_count + $2, membership_version = membership_version + 1,
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

/// Every company of each of these lists, ascending, in one statement; a list without any is left out.
///
/// # Errors
/// When the database cannot be reached.
pub async fn members_of_each(conn: &mut PgConnection, lists: &[Uuid]) -> sqlx::Result<HashMap<Uuid, Vec<i64>>> {
    let rows = sqlx::query!(
        r#"SELECT list_id, array_agg(orgnr ORDER BY orgnr) AS "orgnrs!" FROM list_items WHERE list_id = ANY($1) GROUP BY list_id"#,
        lists,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.list_id, row.orgnrs)).collect())
}

/// Which of these companies are in the list.
///
/// # Errors
/// When the database cannot be reached.
pub async fn present(conn: &mut PgConnection, list: Uuid, orgnrs: &[i64]) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar!("SELECT orgnr FROM list_items WHERE list_id = $1 AND orgnr = ANY($2)", list, orgnrs)
        .fetch_all(conn)
        .await
}

/// What the list says of these companies: those that are in it.
///
/// # Errors
/// When the database cannot be reached.
pub async fn details(conn: &mut PgConnection, list: Uuid, orgnrs: &[i64]) -> sqlx::Result<Vec<Item>> {
    sqlx::query_as!(
        Item,
        r#"SELECT i.orgnr, i.note, u.display_name AS "added_by?", i.added_at
           FROM list_items i LEFT JOIN users u ON u.id = i.added_by WHERE i.list_id = $1 AND i.orgnr = ANY($2)"#,
        list,
        orgnrs,
    )
    .fetch_all(conn)
    .await
}

/// How many companies of a list carry a note.
///
/// # Errors
/// When the database cannot be reached.
pub async fn count_notes(conn: &mut PgConnection, list: Uuid) -> sqlx::Result<i64> {
    sqlx::query_scalar!(r#"SELECT count(*) AS "count!" FROM list_items WHERE list_id = $1 AND note IS NOT NULL"#, list)
        .fetch_one(conn)
        .await
}

/// Why a company is on a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteChange {
    /// The note before.
    pub former: Option<String>,
    /// Whether the note that was expected stood there, and the new one does now.
    pub is_written: bool,
}

/// Writes or clears (`None`) the note of a company on a list. With `expected` (the note that the writer saw), a note
/// that somebody else wrote meanwhile stays. `None` when the company is not in the list.
///
/// # Errors
/// When the database cannot be reached or the note's length is out of bounds.
pub async fn write_note(
    conn: &mut PgConnection,
    list: Uuid,
    orgnr: i64,
    note: Option<&str>,
    expected: Option<Option<&str>>,
) -> sqlx::Result<Option<NoteChange>> {
    let row = sqlx::query!("SELECT note FROM list_items WHERE list_id = $1 AND orgnr = $2 FOR UPDATE", list, orgnr)
        .fetch_optional(&mut *conn)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let is_written = expected.is_none_or(|expected| expected == row.note.as_deref());
    if is_written {
        sqlx::query!("UPDATE list_items SET note = $3 WHERE list_id = $1 AND orgnr = $2", list, orgnr, note)
            .execute(conn)
            .await?;
    }
    Ok(Some(NoteChange { former: row.note, is_written }))
}
