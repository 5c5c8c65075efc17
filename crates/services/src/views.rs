//! Saved views: kept, changed, shared with the team, deleted for 30 days.

use domain::access::Visibility;
use domain::filter::json::from_json;
use domain::filter::vocabulary::Vocabulary;
use serde_json::{Value, json};
use store::{PgConnection, PgPool, audit, views};
use universe::sets::by_id;
use uuid::Uuid;

pub use store::views::{View, ViewDraft};

use crate::actor::Actor;
use crate::error::{Result, ServiceError, Versioned};

/// A filter that could not be asked again must not be kept. A list is the flat form, an empty object everything.
fn check_filter(filter: &Value) -> Result<()> {
    let is_flat_or_empty = filter.is_array() || filter.as_object().is_some_and(serde_json::Map::is_empty);
    if is_flat_or_empty {
        return Ok(());
    }
    from_json(filter, "/filter", Vocabulary::builtin())
        .map(drop)
        .map_err(|error| ServiceError::input("/filter", format!("the filter cannot be kept: {error}")))
}

/// What the team shares must not name what only one person may see.
async fn check_shareable(conn: &mut PgConnection, actor: &Actor, draft: &ViewDraft) -> Result<()> {
    if draft.scope == Visibility::Private {
        return Ok(());
    }
    let Ok(filter) = from_json(&draft.filter, "/filter", Vocabulary::builtin()) else { return Ok(()) };
    match by_id(conn, actor.user, filter).await?.private {
        None => Ok(()),
        Some(private) => {
            let message = format!("“{private}” is private: share it with the team first, or keep the view private");
            Err(ServiceError::input("/filter", message))
        }
    }
}

async fn visible(conn: &mut PgConnection, actor: &Actor, id: Uuid) -> Result<View> {
    let missing = || ServiceError::Missing(format!("there is no view {id} that you can see"));
    views::find(conn, actor.user, id).await?.ok_or_else(missing)
}

async fn record(conn: &mut PgConnection, actor: &Actor, action: &'static str, view: &View) -> Result<()> {
    let detail = json!({ "name": view.name, "scope": view.scope });
    Ok(audit::record(conn, &actor.event(action).about("view", view.id).with(detail)).await?)
}

/// The views that the person may see, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn list(db: &PgPool, actor: &Actor, scope: Option<Visibility>) -> Result<Vec<View>> {
    Ok(views::visible_to(&mut *db.acquire().await?, actor.user, scope).await?)
}

/// One view.
///
/// # Errors
/// [`ServiceError::Missing`].
pub async fn find(db: &PgPool, actor: &Actor, id: Uuid) -> Result<View> {
    visible(&mut *db.acquire().await?, actor, id).await
}

/// Keeps a view.
///
/// # Errors
/// A filter that cannot be asked again, or that names what the team may not see.
pub async fn create(db: &PgPool, actor: &Actor, draft: &ViewDraft) -> Result<View> {
    check_filter(&draft.filter)?;
    let mut tx = db.begin().await?;
    check_shareable(&mut tx, actor, draft).await?;
    actor.ensure(&mut tx).await?;
    let id = views::insert(&mut tx, actor.user, draft).await?;
    let view = visible(&mut tx, actor, id).await?;
    record(&mut tx, actor, "view.create", &view).await?;
    tx.commit().await?;
    Ok(view)
}

/// Replaces a view, if it is still of that version.
///
/// # Errors
/// As [`create`]; no such view; it is somebody else's.
pub async fn replace(
    db: &PgPool,
    actor: &Actor,
    id: Uuid,
    draft: &ViewDraft,
    version: Option<i32>,
) -> Result<Versioned<View>> {
    check_filter(&draft.filter)?;
    let mut tx = db.begin().await?;
    let before = visible(&mut tx, actor, id).await?;
    actor.may_change(before.owner_id)?;
    check_shareable(&mut tx, actor, draft).await?;
    let is_done = views::update(&mut tx, id, draft, version).await?;
    let view = visible(&mut tx, actor, id).await?;
    if !is_done {
        return Ok(Versioned::Stale(view));
    }
    record(&mut tx, actor, "view.change", &view).await?;
    tx.commit().await?;
    Ok(Versioned::Done(view))
}

/// Deletes a view; for 30 days it can be brought back.
///
/// # Errors
/// No such view; it is somebody else's.
pub async fn delete(db: &PgPool, actor: &Actor, id: Uuid) -> Result<()> {
    let mut tx = db.begin().await?;
    let view = visible(&mut tx, actor, id).await?;
    actor.may_change(view.owner_id)?;
    views::delete(&mut tx, id).await?;
    record(&mut tx, actor, "view.delete", &view).await?;
    tx.commit().await?;
    Ok(())
}

/// Brings a deleted view back.
///
/// # Errors
/// No such view, or it was deleted too long ago; it is somebody else's.
pub async fn restore(db: &PgPool, actor: &Actor, id: Uuid) -> Result<View> {
    let mut tx = db.begin().await?;
    if !views::restore(&mut tx, actor.user, id).await? {
        return Err(ServiceError::Missing(format!("there is no view {id} that you can see")));
    }
    let view = visible(&mut tx, actor, id).await?;
    actor.may_change(view.owner_id)?;
    record(&mut tx, actor, "view.restore", &view).await?;
    tx.commit().await?;
    Ok(view)
}
