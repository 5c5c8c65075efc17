//! The companies of a list: which they are, putting them in, taking them out, why they are on it.

use domain::orgnr::Orgnr;
use serde_json::json;
use store::lists::items::NoteChange;
use store::lists::{self, List};
use store::membership_changes::Holder;
use store::{PgConnection, PgPool};
use universe::index::ScreenIndex;
use universe::sets::Asker;
use uuid::Uuid;

use super::change_list::{missing, record, visible};
use super::change_members::{self, Changed};
use super::{as_key, members_of, told};
use crate::actor::Actor;
use crate::error::{Result, ServiceError};

/// What adding or removing companies did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MembersChanged {
    /// Companies that were added, or removed.
    pub changed: u64,
    /// Given companies that Lode does not know; none when removing.
    pub unknown: u64,
    /// Companies in it now.
    pub item_count: i64,
    /// Under which id the change can be taken back; `None` when nothing changed.
    pub change: Option<Uuid>,
}

impl MembersChanged {
    /// The outcome; `given` counts the companies that were to be added.
    pub(crate) fn new(done: &Changed, given: usize, item_count: i64) -> Self {
        Self {
            changed: done.orgnrs.len() as u64,
            unknown: (given as u64).saturating_sub(done.known),
            item_count,
            change: done.change,
        }
    }
}

/// The companies of a list as the person sees it, ascending.
///
/// # Errors
/// No such list; the filter of a dynamic one cannot be asked any more.
pub async fn members(db: &PgPool, index: &ScreenIndex, actor: &Actor, id: Uuid) -> Result<Vec<i64>> {
    let list = visible(&mut *db.acquire().await?, actor, id).await?;
    Ok(members_of(index, db, Asker::person(actor.user), &list).await?)
}

fn refuse_dynamic(list: &List) -> Result<()> {
    if !list.is_dynamic {
        return Ok(());
    }
    let message = "this list follows its filter: change the filter, or make it static by PUT with kind static first";
    Err(ServiceError::Conflict(message.to_owned()))
}

/// The list, locked, when it can be changed by hand.
pub(super) async fn locked(conn: &mut PgConnection, actor: &Actor, id: Uuid) -> Result<List> {
    if !lists::items::lock(conn, id).await? {
        return Err(missing(id));
    }
    let list = visible(conn, actor, id).await?;
    refuse_dynamic(&list)?;
    Ok(list)
}

/// Puts companies in; those that are in it stay, with their notes.
///
/// # Errors
/// No such list; it is dynamic.
pub async fn add(db: &PgPool, actor: &Actor, id: Uuid, orgnrs: &[i64], note: Option<&str>) -> Result<MembersChanged> {
    let mut tx = db.begin().await?;
    let list = visible(&mut tx, actor, id).await?;
    refuse_dynamic(&list)?;
    actor.ensure(&mut tx).await?;
    let told = told(&list.name, list.scope);
    let done = change_members::add(&mut tx, actor.user, Holder::List(id), &told, orgnrs, note).await?;
    let list = visible(&mut tx, actor, id).await?;
    record(&mut tx, actor, "list.add", id, change_members::detail(done.orgnrs.len(), done.change)).await?;
    tx.commit().await?;
    Ok(MembersChanged::new(&done, orgnrs.len(), list.item_count.into()))
}

/// Takes companies out.
///
/// # Errors
/// No such list; it is dynamic.
pub async fn remove(db: &PgPool, actor: &Actor, id: Uuid, orgnrs: &[i64]) -> Result<MembersChanged> {
    let mut tx = db.begin().await?;
    let list = visible(&mut tx, actor, id).await?;
    refuse_dynamic(&list)?;
    actor.ensure(&mut tx).await?;
    let told = told(&list.name, list.scope);
    let done = change_members::remove(&mut tx, actor.user, Holder::List(id), &told, orgnrs).await?;
    let list = visible(&mut tx, actor, id).await?;
    record(&mut tx, actor, "list.remove", id, change_members::detail(done.orgnrs.len(), done.change)).await?;
    tx.commit().await?;
    Ok(MembersChanged::new(&done, 0, list.item_count.into()))
}

/// Writes why a company is on a list. `expected` is the note that the writer saw; where another stands now, nothing is written.
///
/// # Errors
/// No such list, or the company is not on it.
pub async fn write_note(
    db: &PgPool,
    actor: &Actor,
    id: Uuid,
    orgnr: Orgnr,
    note: Option<&str>,
    expected: Option<Option<&str>>,
) -> Result<NoteChange> {
    let mut tx = db.begin().await?;
    visible(&mut tx, actor, id).await?;
    let done = lists::items::write_note(&mut tx, id, as_key(orgnr), note, expected).await?;
    let done = done.ok_or_else(|| ServiceError::Missing(format!("{orgnr} is not on the list {id}")))?;
    if done.is_written {
        record(&mut tx, actor, "list.note", id, json!({ "orgnr": orgnr.to_string() })).await?;
        tx.commit().await?;
    }
    Ok(done)
}
