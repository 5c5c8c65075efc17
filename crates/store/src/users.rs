//! People who work with Lode.

use domain::access::Role;
use sqlx::PgConnection;
use uuid::{Uuid, uuid};

/// Whoever reaches an installation that asks for no sign-in acts as this user; the migration makes it.
pub const LOCAL_OWNER: Uuid = uuid!("00000000-0000-4000-8000-000000000001");

/// A person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Identity; the `sub` claim of a token.
    pub id: Uuid,
    /// E-mail address.
    pub email: String,
    /// Name shown to colleagues.
    pub display_name: String,
    /// What they may do.
    pub role: Role,
}

/// The user with this id.
///
/// # Errors
/// When the database cannot be reached.
pub async fn find(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<User>> {
    let row =
        sqlx::query!("SELECT id, email, display_name, role FROM users WHERE id = $1", id).fetch_optional(conn).await?;
    Ok(row.map(|row| User {
        id: row.id,
        email: row.email,
        display_name: row.display_name,
        role: Role::from_name(&row.role).unwrap_or(Role::Viewer),
    }))
}

/// Makes sure that the person of a verified token has a row, so that what they keep can name its owner; the role follows the token.
///
/// # Errors
/// When the database cannot be reached.
pub async fn ensure(conn: &mut PgConnection, id: Uuid, email: Option<&str>, role: Role) -> sqlx::Result<()> {
    if id == LOCAL_OWNER {
        return Ok(());
    }
    // An address may have moved to another account; the number is the identity.
    let email = email.map_or_else(|| format!("{id}@lode.invalid"), str::to_owned);
    sqlx::query!(
        "INSERT INTO users (id, email, display_name, role) VALUES ($1, $2, split_part($2, '@', 1), $3)
         ON CONFLICT (id) DO UPDATE SET role = EXCLUDED.role WHERE users.role <> EXCLUDED.role",
        id,
        email,
        role.as_str(),
    )
    .execute(conn)
    .await?;
    Ok(())
}
