//! Webhooks: addresses of other programs that are called when something happens.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::sealing::{Sealer, WEBHOOK};

/// A webhook without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// Identity.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// Where it is called.
    pub url: String,
    /// Whether it is called.
    pub is_active: bool,
    /// Name of whoever made it.
    pub created_by_name: Option<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Monitors that call it.
    pub monitor_count: i64,
    /// Calls that failed permanently in the last seven days.
    pub failed_count: i64,
}

/// Every webhook, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn list(conn: &mut PgConnection) -> sqlx::Result<Vec<Webhook>> {
    sqlx::query_as!(
        Webhook,
        r#"SELECT w.id, w.name, w.url, w.is_active, u.display_name AS "created_by_name?", w.created_at,
                  (SELECT count(*) FROM monitors m WHERE m.webhook_id = w.id AND m.is_active) AS "monitor_count!",
                  (SELECT count(*) FROM deliveries d WHERE d.webhook_id = w.id AND d.state = 'failed'
                     AND d.created_at > now() - interval '7 days') AS "failed_count!"
           FROM webhooks w LEFT JOIN users u ON u.id = w.created_by ORDER BY lower(w.name), w.id"#
    )
    .fetch_all(conn)
    .await
}

/// Makes a webhook and returns its id.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(
    conn: &mut PgConnection,
    sealer: &Sealer,
    name: &str,
    url: &str,
    secret: &str,
    by: Uuid,
) -> sqlx::Result<Uuid> {
    let sealed = sealer.seal_text(WEBHOOK, secret)?;
    sqlx::query_scalar!(
        "INSERT INTO webhooks (name, url, secret, created_by) VALUES ($1, $2, $3, $4) RETURNING id",
        name,
        url,
        sealed,
        by,
    )
    .fetch_one(conn)
    .await
}

/// Changes name, address and whether it is called; false when there is none.
///
/// # Errors
/// When the database does not answer.
pub async fn update(conn: &mut PgConnection, id: Uuid, name: &str, url: &str, is_active: bool) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "UPDATE webhooks SET name = $2, url = $3, is_active = $4, updated_at = now() WHERE id = $1",
        id,
        name,
        url,
        is_active,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Gives the webhook a new secret; false when there is none.
///
/// # Errors
/// When the database does not answer.
pub async fn set_secret(conn: &mut PgConnection, sealer: &Sealer, id: Uuid, secret: &str) -> sqlx::Result<bool> {
    let sealed = sealer.seal_text(WEBHOOK, secret)?;
    let done = sqlx::query!("UPDATE webhooks SET secret = $2, updated_at = now() WHERE id = $1", id, sealed)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Deletes the webhook with its deliveries; false when there was none.
///
/// # Errors
/// When the database does not answer.
pub async fn delete(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<bool> {
    let done = sqlx::query!("DELETE FROM webhooks WHERE id = $1", id).execute(conn).await?;
    Ok(done.rows_affected() == 1)
}
