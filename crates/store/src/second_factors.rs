//! Second factors of built-in accounts: authenticator apps (TOTP) and recovery codes.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::sealing::{Sealer, second_factor};

/// Factors that a person may have, confirmed or not.
pub const MOST_FACTORS: usize = 10;

/// An authenticator app as its person sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Factor {
    /// Identity.
    pub id: Uuid,
    /// What its person calls it.
    pub name: String,
    /// When it was added.
    pub created_at: DateTime<Utc>,
    /// When its first code was right; until then it counts for nothing.
    pub confirmed_at: Option<DateTime<Utc>>,
}

/// An authenticator app with what its codes are made of.
#[derive(Clone)]
pub struct FactorSecret {
    /// The app.
    pub factor: Factor,
    /// The secret that it shares with us.
    pub secret: Vec<u8>,
    /// The step of time (30 s) of the last code that was taken: this and earlier ones are never taken again.
    pub last_step: i64,
}

/// A person's authenticator apps, the oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_user(conn: &mut PgConnection, user: Uuid) -> sqlx::Result<Vec<Factor>> {
    sqlx::query_as!(
        Factor,
        "SELECT id, name, created_at, confirmed_at FROM second_factors WHERE user_id = $1 ORDER BY created_at, id",
        user
    )
    .fetch_all(conn)
    .await
}

/// Adds an app that is not confirmed yet; one that was added earlier and never confirmed goes.
///
/// # Errors
/// When the secret cannot be sealed or the database does not answer.
pub async fn insert(
    conn: &mut PgConnection,
    sealer: &Sealer,
    user: Uuid,
    name: &str,
    secret: &[u8],
) -> sqlx::Result<Uuid> {
    let sealed = sealer.seal(&second_factor(user), secret)?;
    sqlx::query!("DELETE FROM second_factors WHERE user_id = $1 AND confirmed_at IS NULL", user)
        .execute(&mut *conn)
        .await?;
    sqlx::query_scalar!(
        "INSERT INTO second_factors (user_id, name, secret) VALUES ($1, $2, $3) RETURNING id",
        user,
        name,
        sealed
    )
    .fetch_one(conn)
    .await
}

/// The app of this person, with its secret; locked until the transaction ends.
///
/// # Errors
/// When the secret cannot be opened or the database does not answer.
pub async fn find(
    conn: &mut PgConnection,
    sealer: &Sealer,
    user: Uuid,
    id: Uuid,
) -> sqlx::Result<Option<FactorSecret>> {
    let row = sqlx::query!(
        "SELECT id, name, created_at, confirmed_at, secret, last_step FROM second_factors
         WHERE id = $1 AND user_id = $2 FOR UPDATE",
        id,
        user
    )
    .fetch_optional(conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(FactorSecret {
        factor: Factor { id: row.id, name: row.name, created_at: row.created_at, confirmed_at: row.confirmed_at },
        secret: sealer.open(&second_factor(user), &row.secret)?,
        last_step: row.last_step,
    }))
}

/// Notes that the code of this step was taken, which confirms the app. False when this or a later one was taken before.
///
/// # Errors
/// When the database does not answer.
pub async fn take_step(conn: &mut PgConnection, id: Uuid, step: i64) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "UPDATE second_factors SET last_step = $2, confirmed_at = coalesce(confirmed_at, now())
         WHERE id = $1 AND last_step < $2",
        id,
        step
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Removes an app of a person; false when there was none. Recovery codes go with the last confirmed one.
///
/// # Errors
/// When the database does not answer.
pub async fn delete(conn: &mut PgConnection, user: Uuid, id: Uuid) -> sqlx::Result<bool> {
    let done =
        sqlx::query!("DELETE FROM second_factors WHERE id = $1 AND user_id = $2", id, user).execute(&mut *conn).await?;
    sqlx::query!(
        "DELETE FROM recovery_codes WHERE user_id = $1
         AND NOT EXISTS (SELECT FROM second_factors WHERE user_id = $1 AND confirmed_at IS NOT NULL)",
        user
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Removes everything that a person could prove a second factor by; returns how many apps.
///
/// # Errors
/// When the database does not answer.
pub async fn delete_all(conn: &mut PgConnection, user: Uuid) -> sqlx::Result<u64> {
    sqlx::query!("DELETE FROM recovery_codes WHERE user_id = $1", user).execute(&mut *conn).await?;
    let done = sqlx::query!("DELETE FROM second_factors WHERE user_id = $1", user).execute(conn).await?;
    Ok(done.rows_affected())
}

/// Puts new recovery codes in the place of a person's earlier ones.
///
/// # Errors
/// When the database does not answer.
pub async fn replace_codes(conn: &mut PgConnection, user: Uuid, hashes: &[Vec<u8>]) -> sqlx::Result<()> {
    sqlx::query!("DELETE FROM recovery_codes WHERE user_id = $1", user).execute(&mut *conn).await?;
    sqlx::query!(
        "INSERT INTO recovery_codes (user_id, hash) SELECT $1, hash FROM unnest($2::bytea[]) AS hash",
        user,
        hashes
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Uses a recovery code up; false when the person has no such code, or it was used.
///
/// # Errors
/// When the database does not answer.
pub async fn use_code(conn: &mut PgConnection, user: Uuid, hash: &[u8]) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "UPDATE recovery_codes SET used_at = now() WHERE user_id = $1 AND hash = $2 AND used_at IS NULL",
        user,
        hash
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Recovery codes that a person has left.
///
/// # Errors
/// When the database does not answer.
pub async fn codes_left(conn: &mut PgConnection, user: Uuid) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!" FROM recovery_codes WHERE user_id = $1 AND used_at IS NULL"#,
        user
    )
    .fetch_one(conn)
    .await
}
