//! The organisation's exclusions: companies that every screen leaves out unless it is asked not to, with the reason.
//!
//! Every change locks the one row of `exclusions_version` first, so that changes queue up and caches can tell.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::lists::items::Added;
use crate::membership_changes::Former;

/// An excluded company.
#[derive(Clone, Debug, PartialEq)]
pub struct Exclusion {
    /// The company.
    pub orgnr: i64,
    /// Its name.
    pub name: Option<String>,
    /// Why it is never to be shown again.
    pub reason: String,
    /// Who said so, while that person has an account.
    pub added_by: Option<String>,
    /// When.
    pub added_at: DateTime<Utc>,
}

/// A page of exclusions, the last added first, and how many there are: all, or those whose name, number or reason holds
/// the words.
///
/// # Errors
/// When the database cannot be reached.
pub async fn page(
    conn: &mut PgConnection,
    words: &str,
    limit: i64,
    offset: i64,
) -> sqlx::Result<(Vec<Exclusion>, i64)> {
    let escaped = format!("%{}%", words.replace('\\', r"\\").replace('%', r"\%").replace('_', r"\_"));
    let total = sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!" FROM exclusions e JOIN companies c USING (orgnr)
           WHERE $1 = '%%' OR c.name ILIKE $1 OR e.reason ILIKE $1 OR e.orgnr::text LIKE replace($1, '-', '')"#,
        escaped,
    )
    .fetch_one(&mut *conn)
    .await?;
    let rows = sqlx::query_as!(
        Exclusion,
        r#"SELECT e.orgnr, c.name, e.reason, u.display_name AS "added_by?", e.added_at
           FROM exclusions e JOIN companies c USING (orgnr) LEFT JOIN users u ON u.id = e.added_by
           WHERE $1 = '%%' OR c.name ILIKE $1 OR e.reason ILIKE $1 OR e.orgnr::text LIKE replace($1, '-', '')
           ORDER BY e.added_at DESC, e.orgnr LIMIT $2 OFFSET $3"#,
        escaped,
        limit,
        offset,
    )
    .fetch_all(conn)
    .await?;
    Ok((rows, total))
}

/// Those of these companies that are excluded.
///
/// # Errors
/// When the database cannot be reached.
pub async fn of(conn: &mut PgConnection, orgnrs: &[i64]) -> sqlx::Result<Vec<Exclusion>> {
    sqlx::query_as!(
        Exclusion,
        r#"SELECT e.orgnr, c.name, e.reason, u.display_name AS "added_by?", e.added_at
           FROM exclusions e JOIN companies c USING (orgnr) LEFT JOIN users u ON u.id = e.added_by
           WHERE e.orgnr = ANY($1)"#,
        orgnrs,
    )
    .fetch_all(conn)
    .await
}

/// Excludes companies; unknown ones are left out, those that are excluded keep their reason.
///
/// # Errors
/// When the database cannot be reached or the reason's length is out of bounds.
pub async fn add(conn: &mut PgConnection, orgnrs: &[i64], reason: &str, by: Uuid) -> sqlx::Result<Added> {
    lock(conn).await?;
    let row = sqlx::query!(
        r#"WITH known AS (SELECT c.orgnr FROM companies c WHERE c.orgnr = ANY($1)),
                added AS (INSERT INTO exclusions (orgnr, reason, added_by) SELECT orgnr, $2, $3 FROM known
                          WHERE NOT EXISTS (SELECT FROM exclusions e WHERE e.orgnr = known.orgnr)
                          RETURNING orgnr)
           SELECT COALESCE((SELECT array_agg(orgnr) FROM added), '{}') AS "added!", (SELECT count(*) FROM known) AS "known!""#,
        orgnrs,
        reason,
        by,
    )
    .fetch_one(&mut *conn)
    .await?;
    count_change(conn, row.added.len(), 0).await?;
    Ok(Added { orgnrs: row.added, known: row.known.unsigned_abs() })
}

/// Shows companies again and returns those that were excluded, as they were.
///
/// # Errors
/// When the database cannot be reached.
pub async fn remove(conn: &mut PgConnection, orgnrs: &[i64]) -> sqlx::Result<Former> {
    lock(conn).await?;
    let rows = sqlx::query!(
        "DELETE FROM exclusions WHERE orgnr = ANY($1) RETURNING orgnr, added_by, added_at, reason",
        orgnrs
    )
    .fetch_all(&mut *conn)
    .await?;
    let mut former = Former::default();
    rows.into_iter().for_each(|row| former.push(row.orgnr, row.added_by, row.added_at, Some(row.reason)));
    count_change(conn, 0, former.orgnrs.len()).await?;
    Ok(former)
}

/// Excludes companies again as they were; those that are excluded again keep their reason. Returns who came back.
///
/// # Errors
/// When the database cannot be reached.
pub async fn put_back(conn: &mut PgConnection, former: &Former) -> sqlx::Result<Vec<i64>> {
    lock(conn).await?;
    let added = sqlx::query_scalar!(
        "INSERT INTO exclusions (orgnr, added_by, added_at, reason)
         SELECT f.orgnr, u.id, f.added_at, f.reason
         FROM unnest($1::bigint[], $2::uuid[], $3::timestamptz[], $4::text[]) AS f (orgnr, added_by, added_at, reason)
         JOIN companies c ON c.orgnr = f.orgnr LEFT JOIN users u ON u.id = f.added_by
         WHERE f.reason IS NOT NULL AND NOT EXISTS (SELECT FROM exclusions e WHERE e.orgnr = f.orgnr)
         RETURNING orgnr",
        &former.orgnrs,
        former.added_by.as_slice() as &[Option<Uuid>],
        &former.added_at,
        former.notes.as_slice() as &[Option<String>],
    )
    .fetch_all(&mut *conn)
    .await?;
    count_change(conn, added.len(), 0).await?;
    Ok(added)
}

async fn lock(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("SELECT version FROM exclusions_version FOR UPDATE").fetch_one(conn).await.map(drop)
}

async fn count_change(conn: &mut PgConnection, added: usize, removed: usize) -> sqlx::Result<()> {
    if added + removed > 0 {
        let change = i32::try_from(added).unwrap_or(i32::MAX) - i32::try_from(removed).unwrap_or(i32::MAX);
        sqlx::query!("UPDATE exclusions_version SET version = version + 1, item_count = item_count + $1", change)
            .execute(conn)
            .await?;
    }
    Ok(())
}

/// Version of the exclusions, which every change raises.
///
/// # Errors
/// When the database cannot be reached.
pub async fn version(conn: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!("SELECT version FROM exclusions_version").fetch_one(conn).await
}

/// The version and every excluded company, ascending, of one moment.
///
/// # Errors
/// When the database cannot be reached.
pub async fn members(conn: &mut PgConnection) -> sqlx::Result<(i64, Vec<i64>)> {
    let row = sqlx::query!(
        r#"SELECT version, COALESCE((SELECT array_agg(orgnr ORDER BY orgnr) FROM exclusions), '{}') AS "orgnrs!"
           FROM exclusions_version"#
    )
    .fetch_one(conn)
    .await?;
    Ok((row.version, row.orgnrs))
}
