//! Saved views: kept, changed, shared with the team, deleted for 30 days.

use domain::access::Visibility;
use domain::filter::Filter;
use domain::filter::error::FilterError;
use domain::filter::flat::{FlatCondition, Logic, from_flat};
use domain::filter::free_text::free_text;
use domain::filter::json::from_json;
use domain::filter::vocabulary::Vocabulary;
use serde_json::{Value, json};
use store::{PgConnection, PgPool, audit, views};
use universe::sets::by_id;
use uuid::Uuid;

pub use store::views::{View, ViewDraft};

use crate::actor::{Actor, without_names};
use crate::error::{Result, ServiceError, Versioned};
use crate::quota::make_room;
use store::quotas::Kept;

/// A filter that could not be asked again must not be kept. A list is the flat form, an empty object everything.
fn check_filter(filter: &Value) -> Result<()> {
    read_filter(filter).map(drop)
}

/// The filter of a view in either form; nothing for an empty object.
fn read_filter(filter: &Value) -> Result<Option<Filter>> {
    let wrong = |error: FilterError| ServiceError::input("/filter", format!("the filter cannot be kept: {error}"));
    if filter.as_object().is_some_and(serde_json::Map::is_empty) {
        return Ok(None);
    }
    let Some(items) = filter.as_array() else {
        return from_json(filter, "/filter", Vocabulary::builtin()).map(Some).map_err(wrong);
    };
    let text = |item: &Value, key: &str| item.get(key).and_then(Value::as_str).map(str::to_owned);
    let mut given = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        let (Some(field), Some(op)) = (text(item, "field"), text(item, "op")) else {
            let message = "the filter cannot be kept: a condition is an object with field, op and value";
            return Err(ServiceError::input(format!("/filter/{index}"), message));
        };
        given.push((field, op, item.get("value"), text(item, "type")));
    }
    let conditions: Vec<FlatCondition<'_>> = given
        .iter()
        .map(|(field, op, value, value_type)| FlatCondition {
            field,
            op,
            value: *value,
            value_type: value_type.as_deref(),
        })
        .collect();
    from_flat(&conditions, Logic::And, "/filter", Vocabulary::builtin()).map(Some).map_err(wrong)
}

/// Refuses a part of a view that is larger than the web app ever writes: everybody who lists views is sent all of them.
fn check_sizes(draft: &ViewDraft) -> Result<()> {
    let parts = [
        ("/filter", Some(&draft.filter), 100_000),
        ("/columns", Some(&draft.columns), 20_000),
        ("/sort", Some(&draft.sort), 2_000),
        ("/interface", draft.interface.as_ref(), 20_000),
    ];
    for (pointer, part, most) in parts.into_iter().filter_map(|(pointer, part, most)| Some((pointer, part?, most))) {
        let size = part.to_string().len();
        if size > most {
            return Err(ServiceError::input(pointer, format!("at most {most} bytes of JSON, not {size}")));
        }
    }
    free_text(draft.free_text.as_deref().unwrap_or_default())
        .map_err(|error| ServiceError::input("/q", error.to_string()))?;
    match draft.unit.as_deref() {
        None | Some("kr" | "tkr" | "mkr") => Ok(()),
        Some(_) => Err(ServiceError::input("/unit", "unit is kr, tkr or mkr")),
    }
}

/// What the team shares must not name what only one person may see.
async fn check_shareable(conn: &mut PgConnection, actor: &Actor, draft: &ViewDraft) -> Result<()> {
    if draft.scope == Visibility::Private {
        return Ok(());
    }
    let Some(filter) = read_filter(&draft.filter)? else { return Ok(()) };
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
    let detail = if view.scope == Visibility::Team { detail } else { without_names(detail) };
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
    check_sizes(draft)?;
    check_filter(&draft.filter)?;
    let mut tx = db.begin().await?;
    check_shareable(&mut tx, actor, draft).await?;
    actor.ensure(&mut tx).await?;
    make_room(&mut tx, actor.user, Kept::Views).await?;
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
    check_sizes(draft)?;
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
