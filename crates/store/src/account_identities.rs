//! Who the people of accounts are at identity providers: pairs of issuer and subject.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;

/// A person's identity at a provider, as they see it.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct AccountIdentity {
    /// Identity of the row.
    pub id: Uuid,
    /// The provider's name in the settings.
    pub provider: String,
    /// The address that the provider told last.
    pub email: Option<String>,
    /// When it was linked.
    pub created_at: DateTime<Utc>,
    /// When somebody last signed in by it.
    pub last_used_at: Option<DateTime<Utc>>,
}

/// An identity that is linked.
#[derive(Clone, Copy, Debug)]
pub struct IdentityDraft<'a> {
    /// Whose account.
    pub user: Uuid,
    /// The provider's issuer.
    pub issuer: &'a str,
    /// The person's name there.
    pub subject: &'a str,
    /// The provider's name in the settings.
    pub provider: &'a str,
    /// The address that it tells.
    pub email: Option<&'a str>,
}

/// Row and account of a person of a provider.
///
/// # Errors
/// When the database does not answer.
pub async fn find(conn: &mut PgConnection, issuer: &str, subject: &str) -> sqlx::Result<Option<(Uuid, Uuid)>> {
    sqlx::query_as("SELECT id, user_id FROM account_identities WHERE issuer = $1 AND subject = $2")
        .bind(issuer)
        .bind(subject)
        .fetch_optional(conn)
        .await
}

/// The identities of an account, the oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_user(conn: &mut PgConnection, user: Uuid) -> sqlx::Result<Vec<AccountIdentity>> {
    sqlx::query_as(
        "SELECT id, provider, email, created_at, last_used_at FROM account_identities WHERE user_id = $1 ORDER BY created_at, id",
    )
    .bind(user)
    .fetch_all(conn)
    .await
}

/// Links an identity; false when the person of the provider has an account already, or the account another person of it.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(conn: &mut PgConnection, draft: &IdentityDraft<'_>) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "INSERT INTO account_identities (user_id, issuer, subject, provider, email) VALUES ($1, $2, $3, $4, left($5, 320))
         ON CONFLICT DO NOTHING",
    )
    .bind(draft.user)
    .bind(draft.issuer)
    .bind(draft.subject)
    .bind(draft.provider)
    .bind(draft.email)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes that somebody signed in by it, and the address that the provider tells now.
///
/// # Errors
/// When the database does not answer.
pub async fn note_used(conn: &mut PgConnection, id: Uuid, email: Option<&str>) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE account_identities SET last_used_at = now(), email = coalesce(left($2, 320), email) WHERE id = $1",
    )
    .bind(id)
    .bind(email)
    .execute(conn)
    .await?;
    Ok(())
}

/// Takes an identity of an account away; false when it has none such.
///
/// # Errors
/// When the database does not answer.
pub async fn delete(conn: &mut PgConnection, user: Uuid, id: Uuid) -> sqlx::Result<bool> {
    let done = sqlx::query("DELETE FROM account_identities WHERE id = $1 AND user_id = $2")
        .bind(id)
        .bind(user)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}
