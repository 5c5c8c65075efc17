//! The keys that sign access tokens of built-in accounts, shared by every process of an installation.

use sqlx::PgConnection;
use uuid::Uuid;

use crate::sealing::{SIGNING_KEY, Sealer};

/// A key.
#[derive(Clone)]
pub struct SigningKey {
    /// The `kid` of its tokens.
    pub id: Uuid,
    /// Secret of HMAC-SHA-256.
    pub secret: Vec<u8>,
}

/// Keys that are in use, the one that signs first. One that cannot be opened is left out, and the log says why: tokens of the others
/// are good.
///
/// # Errors
/// When the database cannot be reached.
pub async fn current(conn: &mut PgConnection, sealer: &Sealer) -> sqlx::Result<Vec<SigningKey>> {
    let kept = sqlx::query_as!(
        SigningKey,
        "SELECT id, secret FROM signing_keys WHERE retired_at IS NULL OR retired_at > now() - interval '1 day'
         ORDER BY retired_at IS NOT NULL, created_at DESC, id"
    )
    .fetch_all(conn)
    .await?;
    let opened = kept.into_iter().filter_map(|key| match sealer.open(SIGNING_KEY, &key.secret) {
        Ok(secret) => Some(SigningKey { secret, ..key }),
        Err(error) => {
            tracing::error!(key = %key.id, %error, "a signing key cannot be used; lode admin rotate-keys makes a new one");
            None
        }
    });
    Ok(opened.collect())
}

/// Makes the first key when there is none. Several processes may call it at once: one key wins.
///
/// # Errors
/// When the database cannot be reached.
pub async fn ensure(conn: &mut PgConnection, sealer: &Sealer, secret: &[u8]) -> sqlx::Result<()> {
    let sealed = sealer.seal_where_possible(SIGNING_KEY, secret)?;
    sqlx::query!(
        "WITH one_at_a_time AS MATERIALIZED (SELECT pg_advisory_xact_lock(hashtext('signing_keys')))
         INSERT INTO signing_keys (secret) SELECT $1 FROM one_at_a_time
         WHERE NOT EXISTS (SELECT FROM signing_keys WHERE retired_at IS NULL)",
        sealed
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Puts a new key in the place of the others, whose tokens are good for their last hour.
///
/// # Errors
/// When the database cannot be reached.
pub async fn rotate(conn: &mut PgConnection, sealer: &Sealer, secret: &[u8]) -> sqlx::Result<()> {
    let sealed = sealer.seal_where_possible(SIGNING_KEY, secret)?;
    sqlx::query!("UPDATE signing_keys SET retired_at = now() WHERE retired_at IS NULL").execute(&mut *conn).await?;
    sqlx::query!("INSERT INTO signing_keys (secret) VALUES ($1)", sealed).execute(conn).await?;
    Ok(())
}
