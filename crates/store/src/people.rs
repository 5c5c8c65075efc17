//! The people of the organisation, as far as colleagues need to know them: to name an owner or mention somebody.

use sqlx::PgConnection;
use uuid::Uuid;

/// A colleague.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Identity.
    pub id: Uuid,
    /// Name shown to colleagues.
    pub name: String,
    /// `viewer`, `analyst`, `partner` or `admin`.
    pub role: String,
}

/// Everyone, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn list(conn: &mut PgConnection) -> sqlx::Result<Vec<Person>> {
    sqlx::query_as!(Person, "SELECT id, display_name AS name, role FROM users ORDER BY lower(display_name), id")
        .fetch_all(conn)
        .await
}

/// Those of the ids that are people.
///
/// # Errors
/// When the database does not answer.
pub async fn known(conn: &mut PgConnection, ids: &[Uuid]) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!("SELECT id FROM users WHERE id = ANY($1)", ids).fetch_all(conn).await
}

/// The ids of people by what a file calls them: e-mail address or name, in any case; a name that two people have is nobody's.
///
/// # Errors
/// When the database does not answer.
pub async fn by_names(conn: &mut PgConnection, names: &[String]) -> sqlx::Result<Vec<(String, Uuid)>> {
    let rows = sqlx::query!(
        r#"SELECT n.name AS "name!", (min(u.id::text))::uuid AS "id!"
           FROM unnest($1::text[]) AS n (name)
           JOIN users u ON lower(u.email) = lower(n.name) OR lower(u.display_name) = lower(n.name)
           GROUP BY n.name HAVING count(DISTINCT u.id) = 1"#,
        names,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.name, row.id)).collect())
}
