//! Notifications: what a person is told inside the application, read or not yet.

use chrono::{DateTime, Utc};
use domain::orgnr::Orgnr;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::companies::key;

/// A message to one or more people.
#[derive(Clone, Debug)]
pub struct Message<'a> {
    /// Who is told; repeated people are told once.
    pub to: &'a [Uuid],
    /// A stable name such as `mention`.
    pub kind: &'static str,
    /// Who caused it; `None` for the program itself.
    pub actor: Option<Uuid>,
    /// The company it is about.
    pub orgnr: Option<Orgnr>,
    /// The object it is about, such as `note:<id>`.
    pub subject: Option<String>,
    /// What is needed to show it. No secret.
    pub detail: Value,
    /// A second message with the same key to the same person is dropped.
    pub unique_key: Option<String>,
}

/// A notification as its reader sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Notification {
    /// Identity, rising.
    pub id: i64,
    /// A stable name such as `mention`.
    pub kind: String,
    /// Name of whoever caused it.
    pub actor_name: Option<String>,
    /// The company it is about.
    pub orgnr: Option<i64>,
    /// Name of that company.
    pub company_name: Option<String>,
    /// The object it is about, such as `note:<id>`.
    pub subject: Option<String>,
    /// As sent.
    pub detail: Value,
    /// When it was sent.
    pub created_at: DateTime<Utc>,
    /// When it was read; `None` while it is unread.
    pub read_at: Option<DateTime<Utc>>,
}

/// Sends a message in the caller's transaction and returns how many people were told. People who do not exist are left out.
///
/// # Errors
/// When the database does not answer.
pub async fn send(conn: &mut PgConnection, message: &Message<'_>) -> sqlx::Result<u64> {
    if message.to.is_empty() {
        return Ok(0);
    }
    let done = sqlx::query!(
        "INSERT INTO notifications (user_id, kind, actor_id, orgnr, subject, detail, unique_key)
         SELECT u.id, $2, $3, $4, $5, $6, $7 FROM users u WHERE u.id = ANY($1) ORDER BY u.id
         ON CONFLICT (user_id, unique_key) WHERE unique_key IS NOT NULL DO NOTHING",
        message.to,
        message.kind,
        message.actor,
        message.orgnr.map(key),
        message.subject,
        message.detail,
        message.unique_key,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// A person's notifications, newest first, those before `before` where it is given.
///
/// # Errors
/// When the database does not answer.
pub async fn list(
    conn: &mut PgConnection,
    user: Uuid,
    only_unread: bool,
    before: Option<i64>,
    limit: i64,
) -> sqlx::Result<Vec<Notification>> {
    sqlx::query_as!(
        Notification,
        r#"SELECT n.id, n.kind, u.display_name AS "actor_name?", n.orgnr, c.name AS "company_name?", n.subject, n.detail,
                  n.created_at, n.read_at
           FROM notifications n
           LEFT JOIN users u ON u.id = n.actor_id
           LEFT JOIN companies c ON c.orgnr = n.orgnr
           WHERE n.user_id = $1 AND (NOT $2 OR n.read_at IS NULL) AND ($3::bigint IS NULL OR n.id < $3)
           ORDER BY n.id DESC LIMIT $4"#,
        user,
        only_unread,
        before,
        limit,
    )
    .fetch_all(conn)
    .await
}

/// How many notifications the person has not read.
///
/// # Errors
/// When the database does not answer.
pub async fn unread_count(conn: &mut PgConnection, user: Uuid) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!" FROM notifications WHERE user_id = $1 AND read_at IS NULL"#,
        user
    )
    .fetch_one(conn)
    .await
}

/// Marks the person's own notifications as read or unread, all of them without `ids`; returns those that changed.
///
/// # Errors
/// When the database does not answer.
pub async fn mark(conn: &mut PgConnection, user: Uuid, ids: Option<&[i64]>, is_read: bool) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar!(
        "UPDATE notifications SET read_at = CASE WHEN $3 THEN now() END
         WHERE user_id = $1 AND ($2::bigint[] IS NULL OR id = ANY($2)) AND (read_at IS NOT NULL) <> $3
         RETURNING id",
        user,
        ids,
        is_read,
    )
    .fetch_all(conn)
    .await
}

/// Forgets notifications that were read before `before` and returns how many.
///
/// # Errors
/// When the database does not answer.
pub async fn forget_read(conn: &mut PgConnection, before: DateTime<Utc>) -> sqlx::Result<u64> {
    let done = sqlx::query!("DELETE FROM notifications WHERE read_at < $1", before).execute(conn).await?;
    Ok(done.rows_affected())
}
