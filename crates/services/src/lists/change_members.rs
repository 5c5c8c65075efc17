//! Putting companies into a list, a label or the exclusions, taking them out, and taking such a change back.
//!
//! Each works in the caller's transaction: the members, the count, the record of the change, the audit log and the
//! companies' activity are there together or not at all.

use serde_json::json;
use store::PgConnection;
use store::activity::{self, Entry};
use store::membership_changes::{self, Done, Former, Holder};
use uuid::Uuid;

use super::as_orgnrs;

/// What companies' activity tells of the list or the label.
#[derive(Clone, Debug)]
pub struct Told {
    /// Its name; for exclusions the reason.
    pub name: String,
    /// Whether only its owner may know.
    pub is_private: bool,
}

/// What a change did.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// The companies that were put in or taken out.
    pub orgnrs: Vec<i64>,
    /// Known companies among the given ones; for a removal, those that were in.
    pub known: u64,
    /// Under which id it can be taken back; `None` when nothing changed.
    pub change: Option<Uuid>,
}

/// Puts companies in. `note` says why: it may be left out for lists, is nothing for labels, and stands for the reason of an
/// exclusion.
///
/// # Errors
/// When the database does not answer or the holder does not exist.
pub async fn add(
    conn: &mut PgConnection,
    actor: Uuid,
    holder: Holder,
    told: &Told,
    orgnrs: &[i64],
    note: Option<&str>,
) -> sqlx::Result<Changed> {
    let added = match holder {
        Holder::List(list) => store::lists::items::add(conn, list, orgnrs, actor, note).await?,
        Holder::Label(label) => store::labels::add(conn, label, orgnrs, actor).await?,
        Holder::Exclusions => store::exclusions::add(conn, orgnrs, note.unwrap_or_default(), actor).await?,
    };
    note_added(conn, actor, holder, told, added.orgnrs, added.known).await
}

/// Keeps the record of companies that were just put in by other means, such as a merge.
///
/// # Errors
/// When the database does not answer.
pub async fn note_added(
    conn: &mut PgConnection,
    actor: Uuid,
    holder: Holder,
    told: &Told,
    orgnrs: Vec<i64>,
    known: u64,
) -> sqlx::Result<Changed> {
    let done = Done::Added(orgnrs);
    let change = membership_changes::record(conn, holder, actor, &done).await?;
    tell(conn, actor, holder, told, done.orgnrs(), true).await?;
    let Done::Added(orgnrs) = done else { return Ok(Changed { orgnrs: Vec::new(), known, change }) };
    Ok(Changed { orgnrs, known, change })
}

/// Takes companies out.
///
/// # Errors
/// When the database does not answer or the holder does not exist.
pub async fn remove(
    conn: &mut PgConnection,
    actor: Uuid,
    holder: Holder,
    told: &Told,
    orgnrs: &[i64],
) -> sqlx::Result<Changed> {
    let former = match holder {
        Holder::List(list) => store::lists::items::remove(conn, list, orgnrs).await?,
        Holder::Label(label) => store::labels::remove(conn, label, orgnrs).await?,
        Holder::Exclusions => store::exclusions::remove(conn, orgnrs).await?,
    };
    let done = Done::Removed(former);
    let change = membership_changes::record(conn, holder, actor, &done).await?;
    tell(conn, actor, holder, told, done.orgnrs(), false).await?;
    let orgnrs = done.orgnrs().to_vec();
    Ok(Changed { known: orgnrs.len() as u64, orgnrs, change })
}

/// Takes a change back: what it put in goes, what it took out comes back as it was. Members that others changed
/// meanwhile stay as they made them. The taking back is no change of its own.
///
/// # Errors
/// When the database does not answer or the holder does not exist.
pub async fn undo(
    conn: &mut PgConnection,
    actor: Uuid,
    holder: Holder,
    told: &Told,
    id: Uuid,
    done: &Done,
) -> sqlx::Result<Vec<i64>> {
    let orgnrs = match (done, holder) {
        (Done::Added(orgnrs), Holder::List(list)) => store::lists::items::remove(conn, list, orgnrs).await?.orgnrs,
        (Done::Added(orgnrs), Holder::Label(label)) => store::labels::remove(conn, label, orgnrs).await?.orgnrs,
        (Done::Added(orgnrs), Holder::Exclusions) => store::exclusions::remove(conn, orgnrs).await?.orgnrs,
        (Done::Removed(former), _) => put_back(conn, holder, former).await?,
    };
    membership_changes::mark_undone(conn, id).await?;
    tell(conn, actor, holder, told, &orgnrs, matches!(done, Done::Removed(_))).await?;
    Ok(orgnrs)
}

/// Tells it on the companies' pages: to everyone, or of a private list or label to its owner.
async fn tell(
    conn: &mut PgConnection,
    actor: Uuid,
    holder: Holder,
    told: &Told,
    orgnrs: &[i64],
    added: bool,
) -> sqlx::Result<()> {
    let kind = match (holder, added) {
        (Holder::List(_), true) => "list.added",
        (Holder::List(_), false) => "list.removed",
        (Holder::Label(_), true) => "label.added",
        (Holder::Label(_), false) => "label.removed",
        (Holder::Exclusions, true) => "exclusion.added",
        (Holder::Exclusions, false) => "exclusion.removed",
    };
    let detail = match holder {
        Holder::Exclusions => json!({ "reason": told.name }),
        Holder::List(id) | Holder::Label(id) => json!({ "id": id, "name": told.name }),
    };
    let orgnrs = as_orgnrs(orgnrs);
    let entry = Entry { actor: Some(actor), kind, orgnrs: &orgnrs, detail };
    if told.is_private { activity::record_private(conn, &entry).await } else { activity::record(conn, &entry).await }
}

async fn put_back(conn: &mut PgConnection, holder: Holder, former: &Former) -> sqlx::Result<Vec<i64>> {
    match holder {
        Holder::List(list) => store::lists::items::put_back(conn, list, former).await,
        Holder::Label(label) => store::labels::put_back(conn, label, former).await,
        Holder::Exclusions => store::exclusions::put_back(conn, former).await,
    }
}

/// What the logs say of companies that were put in, taken out, or brought back.
#[must_use]
pub fn detail(count: usize, change: Option<Uuid>) -> serde_json::Value {
    json!({ "count": count, "change": change })
}
