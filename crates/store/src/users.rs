//! People who work with Lode.

use chrono::{DateTime, Utc};
use domain::access::Role;
use sqlx::PgConnection;
use uuid::{Uuid, uuid};

/// Whoever reaches an installation that asks for no sign-in acts as this user; the migration makes it.
pub const LOCAL_OWNER: Uuid = uuid!("00000000-0000-4000-8000-000000000001");

/// Where a person is known from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The owner of an installation without sign-in.
    Local,
    /// A built-in account.
    Builtin,
    /// The token of a Supabase project, which also says their role.
    Supabase,
}

impl Origin {
    /// The name used in the database and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::Builtin => "builtin",
            Self::Supabase => "supabase",
        }
    }

    fn from_name(name: &str) -> Self {
        match name {
            "local" => Self::Local,
            "builtin" => Self::Builtin,
            _ => Self::Supabase,
        }
    }
}

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
    /// Where they are known from.
    pub origin: Origin,
    /// Since when they are kept out.
    pub disabled_at: Option<DateTime<Utc>>,
    /// When they last asked for something, to the minute.
    pub last_seen_at: Option<DateTime<Utc>>,
    /// When they were first known.
    pub created_at: DateTime<Utc>,
}

struct UserRow {
    id: Uuid,
    email: String,
    display_name: String,
    role: String,
    origin: String,
    disabled_at: Option<DateTime<Utc>>,
    last_seen_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
}

impl From<UserRow> for User {
    fn from(row: UserRow) -> Self {
        Self {
            id: row.id,
            email: row.email,
            display_name: row.display_name,
            // The table's check knows the same roles; anything else must not give more than the least.
            role: Role::from_name(&row.role).unwrap_or(Role::Viewer),
            origin: Origin::from_name(&row.origin),
            disabled_at: row.disabled_at,
            last_seen_at: row.last_seen_at,
            created_at: row.created_at,
        }
    }
}

/// The user with this id.
///
/// # Errors
/// When the database cannot be reached.
pub async fn find(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<User>> {
    let row = sqlx::query_as!(
        UserRow,
        "SELECT id, email, display_name, role, origin, disabled_at, last_seen_at, created_at FROM users WHERE id = $1",
        id
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(User::from))
}

/// Everybody that has an account or has come with a token, by name.
///
/// # Errors
/// When the database cannot be reached.
pub async fn all(conn: &mut PgConnection) -> sqlx::Result<Vec<User>> {
    let rows = sqlx::query_as!(
        UserRow,
        "SELECT id, email, display_name, role, origin, disabled_at, last_seen_at, created_at
         FROM users ORDER BY lower(display_name), id"
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(User::from).collect())
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
         ON CONFLICT (id) DO UPDATE SET role = EXCLUDED.role WHERE users.role <> EXCLUDED.role AND users.origin = 'supabase'",
        id,
        email,
        role.as_str(),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Changes role and name; returns false when there is no such person.
///
/// # Errors
/// When the database cannot be reached.
pub async fn update(conn: &mut PgConnection, id: Uuid, role: Role, display_name: &str) -> sqlx::Result<bool> {
    let done =
        sqlx::query!("UPDATE users SET role = $2, display_name = $3 WHERE id = $1", id, role.as_str(), display_name)
            .execute(conn)
            .await?;
    Ok(done.rows_affected() == 1)
}

/// Keeps a person out, or lets them in again.
///
/// # Errors
/// When the database cannot be reached.
pub async fn set_disabled(conn: &mut PgConnection, id: Uuid, is_disabled: bool) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE users SET disabled_at = CASE WHEN $2 THEN coalesce(disabled_at, now()) END WHERE id = $1",
        id,
        is_disabled
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// How many administrators can sign in besides this one. Their rows stay locked until the transaction ends, so that two
/// administrators cannot remove one another at the same moment.
///
/// # Errors
/// When the database cannot be reached.
pub async fn other_admins(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<usize> {
    let rows = sqlx::query_scalar!(
        "SELECT id FROM users WHERE role = 'admin' AND disabled_at IS NULL AND origin <> 'local' ORDER BY id FOR UPDATE"
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.iter().filter(|admin| **admin != id).count())
}

/// Notes that the person is at work, at most once a minute.
///
/// # Errors
/// When the database cannot be reached.
pub async fn note_seen(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE users SET last_seen_at = now()
         WHERE id = $1 AND (last_seen_at IS NULL OR last_seen_at < now() - interval '1 minute')",
        id
    )
    .execute(conn)
    .await?;
    Ok(())
}
