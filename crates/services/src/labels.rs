//! Labels that companies carry: made, changed, deleted for 30 days, put on companies and taken off.

use domain::access::Visibility;
use serde_json::{Value, json};
use store::labels::{self, Updated};
use store::membership_changes::Holder;
use store::{PgConnection, PgPool, audit};
use uuid::Uuid;

pub use store::labels::{COLORS, Label, LabelDraft};

use crate::actor::{Actor, without_names};
use crate::error::{Result, ServiceError, Versioned};
use crate::lists::change_members;
use crate::lists::items::MembersChanged;
use crate::lists::told;
use crate::quota::make_room;
use store::quotas::Kept;

/// What is to be changed of a label; what is `None` stays.
#[derive(Clone, Debug, Default)]
pub struct LabelChange {
    /// Another name.
    pub name: Option<String>,
    /// Another colour.
    pub color: Option<String>,
    /// Who sees it.
    pub scope: Option<Visibility>,
    /// The version that the change was made from.
    pub version: Option<i32>,
}

fn missing(id: Uuid) -> ServiceError {
    ServiceError::Missing(format!("there is no label {id} that you can see"))
}

fn name_taken(name: &str) -> ServiceError {
    ServiceError::input("/name", format!("there is a label “{name}” already; choose another name"))
}

async fn visible(conn: &mut PgConnection, actor: &Actor, id: Uuid) -> Result<Label> {
    labels::find(conn, actor.user, id).await?.ok_or_else(|| missing(id))
}

async fn record(
    conn: &mut PgConnection,
    actor: &Actor,
    action: &'static str,
    label: Uuid,
    detail: Value,
) -> Result<()> {
    let detail = if store::labels::is_shared(conn, label).await? { detail } else { without_names(detail) };
    Ok(audit::record(conn, &actor.event(action).about("label", label).with(detail)).await?)
}

/// The labels that the person may see, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn list(db: &PgPool, actor: &Actor) -> Result<Vec<Label>> {
    Ok(labels::visible_to(&mut *db.acquire().await?, actor.user).await?)
}

/// Makes a label.
///
/// # Errors
/// Its name is taken.
pub async fn create(db: &PgPool, actor: &Actor, draft: &LabelDraft) -> Result<Label> {
    let mut tx = db.begin().await?;
    actor.ensure(&mut tx).await?;
    make_room(&mut tx, actor.user, Kept::Labels).await?;
    let id = labels::insert(&mut tx, actor.user, draft).await?.ok_or_else(|| name_taken(&draft.name))?;
    let label = visible(&mut tx, actor, id).await?;
    record(&mut tx, actor, "label.create", id, json!({ "name": label.name, "scope": label.scope })).await?;
    tx.commit().await?;
    Ok(label)
}

/// Changes a label.
///
/// # Errors
/// No such label; it is somebody else's; its name is taken.
pub async fn change(db: &PgPool, actor: &Actor, id: Uuid, change: LabelChange) -> Result<Versioned<Label>> {
    let mut tx = db.begin().await?;
    labels::lock(&mut tx, id).await?;
    let before = visible(&mut tx, actor, id).await?;
    actor.may_change(before.owner_id)?;
    let draft = LabelDraft {
        name: change.name.unwrap_or_else(|| before.name.clone()),
        color: change.color.unwrap_or_else(|| before.color.clone()),
        scope: change.scope.unwrap_or(before.scope),
    };
    match labels::update(&mut tx, id, &draft, change.version).await? {
        Updated::Done => {}
        Updated::NameTaken => return Err(name_taken(&draft.name)),
        Updated::Stale => return Ok(Versioned::Stale(before)),
    }
    let label = visible(&mut tx, actor, id).await?;
    record(&mut tx, actor, "label.change", id, json!({ "before": before.name, "name": label.name })).await?;
    tx.commit().await?;
    Ok(Versioned::Done(label))
}

/// Deletes a label; for 30 days it can be brought back, with the companies that carry it.
///
/// # Errors
/// No such label; it is somebody else's.
pub async fn delete(db: &PgPool, actor: &Actor, id: Uuid) -> Result<()> {
    let mut tx = db.begin().await?;
    let label = visible(&mut tx, actor, id).await?;
    actor.may_change(label.owner_id)?;
    labels::delete(&mut tx, id).await?;
    record(&mut tx, actor, "label.delete", id, json!({ "name": label.name, "count": label.item_count })).await?;
    tx.commit().await?;
    Ok(())
}

/// Brings a deleted label back.
///
/// # Errors
/// No such label; it is somebody else's; another has taken its name.
pub async fn restore(db: &PgPool, actor: &Actor, id: Uuid) -> Result<Label> {
    let mut tx = db.begin().await?;
    match labels::restore(&mut tx, actor.user, id).await? {
        Updated::Done => {}
        Updated::Stale => return Err(missing(id)),
        Updated::NameTaken => {
            return Err(ServiceError::input("/name", "another label has taken its name; rename that one first"));
        }
    }
    let label = visible(&mut tx, actor, id).await?;
    actor.may_change(label.owner_id)?;
    record(&mut tx, actor, "label.restore", id, json!({ "name": label.name })).await?;
    tx.commit().await?;
    Ok(label)
}

/// Labels companies.
///
/// # Errors
/// No such label.
pub async fn label_companies(db: &PgPool, actor: &Actor, id: Uuid, orgnrs: &[i64]) -> Result<MembersChanged> {
    let mut tx = db.begin().await?;
    let before = visible(&mut tx, actor, id).await?;
    actor.ensure(&mut tx).await?;
    let told = told(&before.name, before.scope);
    let done = change_members::add(&mut tx, actor.user, Holder::Label(id), &told, orgnrs, None).await?;
    let label = visible(&mut tx, actor, id).await?;
    record(&mut tx, actor, "label.add", id, change_members::detail(done.orgnrs.len(), done.change)).await?;
    tx.commit().await?;
    Ok(MembersChanged::new(&done, orgnrs.len(), label.item_count.into()))
}

/// Takes a label off companies.
///
/// # Errors
/// No such label.
pub async fn unlabel_companies(db: &PgPool, actor: &Actor, id: Uuid, orgnrs: &[i64]) -> Result<MembersChanged> {
    let mut tx = db.begin().await?;
    let before = visible(&mut tx, actor, id).await?;
    actor.ensure(&mut tx).await?;
    let told = told(&before.name, before.scope);
    let done = change_members::remove(&mut tx, actor.user, Holder::Label(id), &told, orgnrs).await?;
    let label = visible(&mut tx, actor, id).await?;
    record(&mut tx, actor, "label.remove", id, change_members::detail(done.orgnrs.len(), done.change)).await?;
    tx.commit().await?;
    Ok(MembersChanged::new(&done, 0, label.item_count.into()))
}
