//! Taking back a change of the members of a list, a label or the exclusions.

use domain::access::Permission;
use serde_json::json;
use store::PgPool;
use store::membership_changes::{self, Holder};
use universe::sets::Sets;
use uuid::Uuid;

use super::change_members::{self, Told};
use super::told;
use crate::actor::Actor;
use crate::error::{Result, ServiceError};

/// Takes back a change that the person made within 30 days: the companies that it put in go, those that it took out come back with their
/// notes. Returns how many; those that others changed meanwhile stay as they made them.
///
/// # Errors
/// No such change; it was taken back already; what could be done then is not allowed any more.
pub async fn take_back(db: &PgPool, sets: &Sets, actor: &Actor, id: Uuid) -> Result<usize> {
    let missing = || ServiceError::Missing(format!("there is no change {id} of yours that could be taken back"));
    let mut tx = db.begin().await?;
    let change = membership_changes::find_own(&mut tx, actor.user, id).await?.ok_or_else(missing)?;
    if change.undone_at.is_some() {
        return Err(ServiceError::Conflict("this change was taken back already".to_owned()));
    }
    // What could be done then may not be allowed any more: the list may be gone, or made private by its owner.
    let told = match change.holder {
        Holder::List(list) => store::lists::find(&mut tx, actor.user, list)
            .await?
            .filter(|list| !list.is_dynamic)
            .map(|list| told(&list.name, list.scope)),
        Holder::Label(label) => {
            store::labels::find(&mut tx, actor.user, label).await?.map(|label| told(&label.name, label.scope))
        }
        Holder::Exclusions => {
            actor.require(Permission::ManageTeamWork)?;
            Some(Told { name: String::new(), is_private: false })
        }
    };
    let told = told.ok_or_else(missing)?;
    let orgnrs = change_members::undo(&mut tx, actor.user, change.holder, &told, id, &change.done).await?;
    let mut event = actor.event("change.undo").with(json!({ "change": id, "count": orgnrs.len() }));
    if let Some(holder) = change.holder.id() {
        event = event.about(change.holder.kind(), holder);
    }
    store::audit::record(&mut tx, &event).await?;
    tx.commit().await?;
    if change.holder == Holder::Exclusions {
        sets.forget_exclusions();
    }
    Ok(orgnrs.len())
}
