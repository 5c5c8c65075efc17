//! What the organisation has noted about companies, for a page of them at once: labels, lists, exclusion.

use sqlx::PgConnection;
use uuid::Uuid;

/// A label on a company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelMark {
    /// The company.
    pub orgnr: i64,
    /// The label.
    pub label: Uuid,
    /// Its word.
    pub name: String,
    /// Its colour.
    pub color: String,
}

/// The labels, among those the user may see, that these companies carry, by name.
///
/// # Errors
/// When the database cannot be reached.
pub async fn labels(conn: &mut PgConnection, user: Uuid, orgnrs: &[i64]) -> sqlx::Result<Vec<LabelMark>> {
    sqlx::query_as!(
        LabelMark,
        "SELECT i.orgnr, l.id AS label, l.name, l.color FROM label_items i JOIN labels l ON l.id = i.label_id
         WHERE i.orgnr = ANY($2) AND (l.scope = 'team' OR l.owner_id = $1) AND l.deleted_at IS NULL
         ORDER BY lower(l.name), l.id",
        user,
        orgnrs,
    )
    .fetch_all(conn)
    .await
}

/// The newest note on each of these companies, among those the user may see; companies without one are left out.
///
/// # Errors
/// When the database cannot be reached.
pub async fn latest_notes(conn: &mut PgConnection, user: Uuid, orgnrs: &[i64]) -> sqlx::Result<Vec<(i64, String)>> {
    let rows = sqlx::query!(
        "SELECT DISTINCT ON (orgnr) orgnr, body FROM notes
         WHERE orgnr = ANY($2) AND deleted_at IS NULL AND (scope = 'team' OR author_id = $1)
         ORDER BY orgnr, created_at DESC, id",
        user,
        orgnrs,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.orgnr, row.body)).collect())
}

/// On how many lists in use, among those the user may see, each of these companies is kept; those on none are left out.
///
/// # Errors
/// When the database cannot be reached.
pub async fn list_counts(conn: &mut PgConnection, user: Uuid, orgnrs: &[i64]) -> sqlx::Result<Vec<(i64, i64)>> {
    let rows = sqlx::query!(
        r#"SELECT i.orgnr, count(*) AS "count!" FROM list_items i JOIN lists l ON l.id = i.list_id
           WHERE i.orgnr = ANY($2) AND (l.scope = 'team' OR l.owner_id = $1) AND l.deleted_at IS NULL
             AND l.archived_at IS NULL AND l.kind = 'static'
           GROUP BY i.orgnr"#,
        user,
        orgnrs,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.orgnr, row.count)).collect())
}
