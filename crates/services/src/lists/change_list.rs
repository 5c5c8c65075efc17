//! Lists themselves: made, changed, put away, copied, deleted for 30 days.

use domain::access::Visibility;
use domain::filter::Filter;
use domain::filter::json::{from_json, to_json};
use domain::filter::vocabulary::Vocabulary;
use serde_json::{Value, json};
use store::lists::{self, List, ListDraft};
use store::membership_changes::Holder;
use store::{PgConnection, PgPool, audit};
use universe::index::ScreenIndex;
use universe::sets::{Asker, by_id};
use uuid::Uuid;

use super::{change_members, members_of, told};
use crate::actor::{Actor, without_names};
use crate::error::{Result, ServiceError, Versioned};
use crate::quota::make_room;
use store::quotas::Kept;

/// What is to be changed of a list; what is `None` stays.
#[derive(Clone, Debug, Default)]
pub struct ListChange {
    /// Another name.
    pub name: Option<String>,
    /// What it is for; empty clears it.
    pub description: Option<String>,
    /// Who sees it.
    pub scope: Option<Visibility>,
    /// Another filter.
    pub filter: Option<Filter>,
    /// The view that it was made from.
    pub source_view_id: Option<Uuid>,
    /// False keeps the companies that a dynamic list holds now.
    pub is_dynamic: Option<bool>,
    /// The version that the change was made from.
    pub version: Option<i32>,
}

/// The same words for a list that is somebody else's and for one that never was.
pub(super) fn missing(id: Uuid) -> ServiceError {
    ServiceError::Missing(format!("there is no list {id} that you can see"))
}

/// The list, when the person may see it.
///
/// # Errors
/// [`ServiceError::Missing`].
pub async fn visible(conn: &mut PgConnection, actor: &Actor, id: Uuid) -> Result<List> {
    lists::find(conn, actor.user, id).await?.ok_or_else(|| missing(id))
}

/// Writes what was done to a list into the audit log.
pub(super) async fn record(
    conn: &mut PgConnection,
    actor: &Actor,
    action: &'static str,
    list: Uuid,
    detail: Value,
) -> Result<()> {
    let detail = if store::lists::is_shared(conn, list).await? { detail } else { without_names(detail) };
    Ok(audit::record(conn, &actor.event(action).about("list", list).with(detail)).await?)
}

fn read_filter(filter: &Value) -> Result<Filter> {
    Ok(from_json(filter, "/filter", Vocabulary::builtin())?)
}

/// What a list keeps of a filter: names turned into ids. A list of the team cannot follow somebody's private list; one that
/// was merely made from it does not tell the team so.
async fn kept_filter(
    conn: &mut PgConnection,
    actor: &Actor,
    filter: Option<Filter>,
    scope: Visibility,
    is_dynamic: bool,
) -> Result<Option<Value>> {
    let Some(filter) = filter else { return Ok(None) };
    let kept = by_id(conn, actor.user, filter).await?;
    match kept.private {
        Some(private) if scope == Visibility::Team && is_dynamic => Err(ServiceError::input(
            "/filter",
            format!("the team cannot follow “{private}”, which is private: share it with the team first"),
        )),
        Some(_) if scope == Visibility::Team => Ok(None),
        _ => Ok(Some(to_json(&kept.filter))),
    }
}

async fn check_view(conn: &mut PgConnection, actor: &Actor, view: Option<Uuid>) -> Result<()> {
    if let Some(view) = view
        && store::views::find(conn, actor.user, view).await?.is_none()
    {
        return Err(ServiceError::input("/source_view_id", format!("there is no view {view} that you can see")));
    }
    Ok(())
}

/// Makes a list with its companies: all of it or nothing. `filter` is what it was made from, or follows; the draft's is not read.
///
/// # Errors
/// The source view or a set of the filter cannot be seen.
pub async fn create(
    db: &PgPool,
    actor: &Actor,
    mut draft: ListDraft,
    filter: Option<Filter>,
    orgnrs: &[i64],
) -> Result<List> {
    let mut tx = db.begin().await?;
    check_view(&mut tx, actor, draft.source_view_id).await?;
    draft.filter = kept_filter(&mut tx, actor, filter, draft.scope, draft.is_dynamic).await?;
    actor.ensure(&mut tx).await?;
    make_room(&mut tx, actor.user, Kept::Lists).await?;
    let id = lists::insert(&mut tx, actor.user, &draft).await?;
    let mut count = 0;
    if !orgnrs.is_empty() {
        let told = told(&draft.name, draft.scope);
        let done = change_members::add(&mut tx, actor.user, Holder::List(id), &told, orgnrs, None).await?;
        count = done.orgnrs.len();
    }
    let list = visible(&mut tx, actor, id).await?;
    let detail = json!({ "name": list.name, "scope": list.scope, "count": count, "dynamic": list.is_dynamic });
    record(&mut tx, actor, "list.create", id, detail).await?;
    tx.commit().await?;
    Ok(list)
}

/// Changes what a list says of itself.
///
/// # Errors
/// No such list; it is somebody else's; a list of kept companies cannot become dynamic; as [`create`].
pub async fn change(
    db: &PgPool,
    index: &ScreenIndex,
    actor: &Actor,
    id: Uuid,
    change: ListChange,
) -> Result<Versioned<List>> {
    let now = visible(&mut *db.acquire().await?, actor, id).await?;
    actor.may_change(now.owner_id)?;
    if change.is_dynamic == Some(true) && !now.is_dynamic {
        let message = "a list of kept companies cannot become dynamic: make a new list of the filter";
        return Err(ServiceError::input("/kind", message));
    }
    // What the filter finds is read before the transaction begins, so that the list is not locked meanwhile.
    let is_frozen = change.is_dynamic == Some(false) && now.is_dynamic;
    let members = match is_frozen {
        true => members_of(index, db, Asker::person(actor.user), &now).await?,
        false => Vec::new(),
    };
    let mut tx = db.begin().await?;
    lists::items::lock(&mut tx, id).await?;
    let before = visible(&mut tx, actor, id).await?;
    if change.version.is_some_and(|version| version != before.version) {
        return Ok(Versioned::Stale(before));
    }
    let draft = changed_draft(&mut tx, actor, &before, change, is_frozen).await?;
    lists::update(&mut tx, id, &draft, None).await?;
    if is_frozen {
        actor.ensure(&mut tx).await?;
        let told = told(&draft.name, draft.scope);
        change_members::add(&mut tx, actor.user, Holder::List(id), &told, &members, None).await?;
    }
    let list = visible(&mut tx, actor, id).await?;
    let detail =
        json!({ "before": { "name": before.name, "scope": before.scope }, "name": list.name, "scope": list.scope });
    record(&mut tx, actor, "list.change", id, detail).await?;
    tx.commit().await?;
    Ok(Versioned::Done(list))
}

async fn changed_draft(
    conn: &mut PgConnection,
    actor: &Actor,
    before: &List,
    change: ListChange,
    is_frozen: bool,
) -> Result<ListDraft> {
    check_view(conn, actor, change.source_view_id).await?;
    let scope = change.scope.unwrap_or(before.scope);
    let is_dynamic = before.is_dynamic && !is_frozen;
    let filter = match (change.filter, &before.filter) {
        (Some(filter), _) => Some(filter),
        (None, Some(kept)) if is_dynamic => Some(read_filter(kept)?),
        // A filter of long ago that is not understood any more must not keep anybody from renaming the list.
        (None, Some(kept)) => read_filter(kept).ok(),
        (None, None) => None,
    };
    Ok(ListDraft {
        name: change.name.unwrap_or_else(|| before.name.clone()),
        description: change.description.or_else(|| before.description.clone()).filter(|text| !text.trim().is_empty()),
        scope,
        filter: kept_filter(conn, actor, filter, scope, is_dynamic).await?,
        source_view_id: change.source_view_id.or(before.source_view_id),
        is_dynamic,
    })
}

/// Puts a list away, or takes it out again.
///
/// # Errors
/// No such list; it is somebody else's.
pub async fn archive(db: &PgPool, actor: &Actor, id: Uuid, archived: bool) -> Result<List> {
    let mut tx = db.begin().await?;
    let before = visible(&mut tx, actor, id).await?;
    actor.may_change(before.owner_id)?;
    lists::archive(&mut tx, id, archived).await?;
    let list = visible(&mut tx, actor, id).await?;
    record(&mut tx, actor, "list.archive", id, json!({ "name": list.name, "archived": archived })).await?;
    tx.commit().await?;
    Ok(list)
}

/// Deletes a list; for 30 days it can be brought back.
///
/// # Errors
/// No such list; it is somebody else's.
pub async fn delete(db: &PgPool, actor: &Actor, id: Uuid) -> Result<()> {
    let mut tx = db.begin().await?;
    let list = visible(&mut tx, actor, id).await?;
    actor.may_change(list.owner_id)?;
    lists::delete(&mut tx, id).await?;
    record(&mut tx, actor, "list.delete", id, json!({ "name": list.name, "count": list.item_count })).await?;
    tx.commit().await?;
    Ok(())
}

/// Brings a deleted list back.
///
/// # Errors
/// No such list, or it was deleted too long ago; it is somebody else's.
pub async fn restore(db: &PgPool, actor: &Actor, id: Uuid) -> Result<List> {
    let mut tx = db.begin().await?;
    if !lists::restore(&mut tx, actor.user, id).await? {
        return Err(missing(id));
    }
    let list = visible(&mut tx, actor, id).await?;
    actor.may_change(list.owner_id)?;
    record(&mut tx, actor, "list.restore", id, json!({ "name": list.name })).await?;
    tx.commit().await?;
    Ok(list)
}

/// Makes another list with the same companies, notes and filter; it is the person's own.
///
/// # Errors
/// No such list; as [`create`].
pub async fn duplicate(db: &PgPool, actor: &Actor, id: Uuid, name: &str, scope: Visibility) -> Result<List> {
    let mut tx = db.begin().await?;
    let source = visible(&mut tx, actor, id).await?;
    let filter = source.filter.as_ref().map(read_filter).transpose();
    let filter = if source.is_dynamic { filter? } else { filter.unwrap_or_default() };
    let draft = ListDraft {
        name: name.to_owned(),
        description: source.description.clone(),
        scope,
        filter: kept_filter(&mut tx, actor, filter, scope, source.is_dynamic).await?,
        source_view_id: source.source_view_id,
        is_dynamic: source.is_dynamic,
    };
    check_view(&mut tx, actor, draft.source_view_id).await?;
    actor.ensure(&mut tx).await?;
    make_room(&mut tx, actor.user, Kept::Lists).await?;
    let copy = lists::insert(&mut tx, actor.user, &draft).await?;
    let added = lists::items::copy_from(&mut tx, copy, &[id], actor.user).await?;
    let known = added.len() as u64;
    let told = told(&draft.name, scope);
    change_members::note_added(&mut tx, actor.user, Holder::List(copy), &told, added, known).await?;
    let list = visible(&mut tx, actor, copy).await?;
    record(&mut tx, actor, "list.create", copy, json!({ "name": list.name, "from": id, "count": known })).await?;
    tx.commit().await?;
    Ok(list)
}
