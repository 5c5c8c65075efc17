//! What a person is told in the application. Marking one's own messages as read is not in the audit log: it changes nothing for anybody else.

use store::{PgPool, notifications};

pub use store::notifications::Notification;

use crate::actor::Actor;
use crate::error::Result;

/// The person's messages, newest first, and how many are unread, also beyond this page.
///
/// # Errors
/// When the database does not answer.
pub async fn page(
    db: &PgPool,
    actor: &Actor,
    only_unread: bool,
    before: Option<i64>,
    limit: i64,
) -> Result<(Vec<Notification>, i64)> {
    let mut conn = db.acquire().await?;
    let found = notifications::list(&mut conn, actor.user, only_unread, before, limit).await?;
    Ok((found, notifications::unread_count(&mut conn, actor.user).await?))
}

/// Marks these messages, or all of the person's; returns those that were not so before, and how many are unread now.
///
/// # Errors
/// When the database does not answer.
pub async fn mark(db: &PgPool, actor: &Actor, ids: Option<&[i64]>, is_read: bool) -> Result<(Vec<i64>, i64)> {
    let mut tx = db.begin().await?;
    let ids = notifications::mark(&mut tx, actor.user, ids, is_read).await?;
    let unread_count = notifications::unread_count(&mut tx, actor.user).await?;
    tx.commit().await?;
    Ok((ids, unread_count))
}
