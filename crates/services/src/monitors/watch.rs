//! Watching a view, changing how one is told of it, and looking at what changed.

use chrono::{DateTime, Utc};
use serde_json::json;
use store::{PgPool, audit, monitors, views, webhooks};
use universe::sets::Sets;
use uuid::Uuid;

pub use store::monitors::{FoundChange, Monitor, Wish};
pub use store::webhooks::Webhook;

use super::check::{CheckError, Checked, check};
use crate::actor::Actor;
use crate::error::{Result, ServiceError};

/// The screens that the person watches, and the webhooks that may be called.
///
/// # Errors
/// When the database does not answer.
pub async fn list(db: &PgPool, actor: &Actor) -> Result<(Vec<Monitor>, Vec<Webhook>)> {
    let mut conn = db.acquire().await?;
    let watched = monitors::of_user(&mut conn, actor.user).await?;
    let callable = webhooks::list(&mut conn).await?.into_iter().filter(|one| one.is_active).collect();
    Ok((watched, callable))
}

/// Watches a view, or changes how the person is told of it. What it is compared with is remembered now, not at the next import, which
/// would otherwise go untold.
///
/// # Errors
/// No such view; no such webhook.
pub async fn watch(
    db: &PgPool,
    sets: &Sets,
    actor: &Actor,
    view: Uuid,
    wish: &Wish,
    public_url: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Monitor> {
    let missing = || ServiceError::Missing(format!("there is no view {view} that you can see"));
    let mut tx = db.begin().await?;
    actor.ensure(&mut tx).await?;
    views::find(&mut tx, actor.user, view).await?.ok_or_else(missing)?;
    if let Some(webhook) = wish.webhook_id
        && !webhooks::list(&mut tx).await?.iter().any(|one| one.id == webhook)
    {
        return Err(ServiceError::input("/webhook_id", "there is no such webhook"));
    }
    let id = monitors::put(&mut tx, view, actor.user, wish).await?;
    let detail = json!({ "view": view, "rhythm": wish.rhythm, "by_email": wish.by_email, "webhook": wish.webhook_id,
        "is_active": wish.is_active });
    audit::record(&mut tx, &actor.event("monitor.put").about("monitor", id).with(detail)).await?;
    tx.commit().await?;
    if let Err(CheckError::Database(error)) = check(db, sets, id, public_url, now).await {
        return Err(error.into());
    }
    monitors::find(&mut *db.acquire().await?, id).await?.ok_or_else(missing)
}

fn not_watched(id: Uuid) -> ServiceError {
    ServiceError::Missing(format!("you do not watch by {id}"))
}

/// Stops watching.
///
/// # Errors
/// The person does not watch by that id.
pub async fn stop(db: &PgPool, actor: &Actor, id: Uuid) -> Result<()> {
    let mut tx = db.begin().await?;
    if !monitors::delete(&mut tx, id, actor.user).await? {
        return Err(not_watched(id));
    }
    audit::record(&mut tx, &actor.event("monitor.delete").about("monitor", id)).await?;
    tx.commit().await?;
    Ok(())
}

/// Checks a watched screen now.
///
/// # Errors
/// The person does not watch by that id; the screen's filter cannot be asked any more.
pub async fn check_now(
    db: &PgPool,
    sets: &Sets,
    actor: &Actor,
    id: Uuid,
    public_url: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Checked> {
    let monitor = monitors::find(&mut *db.acquire().await?, id).await?;
    monitor.filter(|monitor| monitor.user_id == actor.user).ok_or_else(|| not_watched(id))?;
    check(db, sets, id, public_url, now).await.map_err(|error| match error {
        CheckError::Filter(reason) => ServiceError::input("", reason),
        CheckError::Database(error) => error.into(),
    })
}

/// What changed on a screen that the person watches.
///
/// # Errors
/// No such change.
pub async fn find_change(db: &PgPool, actor: &Actor, id: Uuid) -> Result<FoundChange> {
    let change = monitors::find_change(&mut *db.acquire().await?, actor.user, id).await?;
    change.ok_or_else(|| ServiceError::Missing(format!("there is no change {id} on a screen that you watch")))
}
