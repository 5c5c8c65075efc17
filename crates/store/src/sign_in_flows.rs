//! Sign-ins by identity providers that were begun and not finished.

use sqlx::{FromRow, PgConnection};
use uuid::Uuid;

/// Who comes back later than so many minutes begins again.
const LIFETIME_MINUTES: i32 = 15;

/// A sign-in that was begun.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Flow {
    /// By which provider.
    pub provider: String,
    /// Whose account the provider is to be added to; `None` for signing in.
    #[sqlx(rename = "user_id")]
    pub user: Option<Uuid>,
    /// In which session that was asked for.
    #[sqlx(rename = "session_id")]
    pub session: Option<Uuid>,
}

/// Keeps a sign-in that begins; those that are over go.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(conn: &mut PgConnection, state_hash: &[u8], flow: &Flow) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM sign_in_flows WHERE expires_at < now()").execute(&mut *conn).await?;
    sqlx::query(
        "INSERT INTO sign_in_flows (state_hash, provider, user_id, session_id, expires_at)
         VALUES ($1, $2, $3, $4, now() + make_interval(mins => $5))",
    )
    .bind(state_hash)
    .bind(&flow.provider)
    .bind(flow.user)
    .bind(flow.session)
    .bind(LIFETIME_MINUTES)
    .execute(conn)
    .await?;
    Ok(())
}

/// Uses a sign-in up; `None` when there is none such, it was used, or it is over. The caller commits whatever comes of it.
///
/// # Errors
/// When the database does not answer.
pub async fn take(conn: &mut PgConnection, state_hash: &[u8]) -> sqlx::Result<Option<Flow>> {
    sqlx::query_as(
        "WITH taken AS (DELETE FROM sign_in_flows WHERE state_hash = $1 RETURNING provider, user_id, session_id, expires_at)
         SELECT provider, user_id, session_id FROM taken WHERE expires_at > now()",
    )
    .bind(state_hash)
    .fetch_optional(conn)
    .await
}
