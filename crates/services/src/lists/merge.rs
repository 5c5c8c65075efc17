//! Lists made of lists: what an expression of them holds, and several poured into one.

use std::collections::HashMap;
use std::sync::Arc;

use domain::orgnr::Orgnr;
use screen::CompanySet;
use serde_json::json;
use store::PgPool;
use store::lists::{self, List};
use store::membership_changes::Holder;
use universe::index::ScreenIndex;
use universe::sets::Asker;
use uuid::Uuid;

use super::change_list::{record, visible};
use super::combine::Expression;
use super::items::{MembersChanged, locked};
use super::{change_members, following, members_of, told};
use crate::actor::Actor;
use crate::error::{Result, ServiceError};

/// The lists by id, in one statement.
async fn find(db: &PgPool, actor: &Actor, ids: &[Uuid]) -> Result<HashMap<Uuid, List>> {
    let found = lists::find_each(&mut *db.acquire().await?, actor.user, ids).await?;
    Ok(found.into_iter().map(|list| (list.id, list)).collect())
}

fn missing(id: Uuid, pointer: &str) -> ServiceError {
    ServiceError::input(pointer, format!("there is no list {id} that you can see"))
}

/// The companies of an expression. Kept lists that this process has not seen are read in one statement, however many there are.
///
/// # Errors
/// The expression names a list that the person cannot see, or too many.
pub async fn companies(db: &PgPool, index: &ScreenIndex, actor: &Actor, expression: &Expression) -> Result<CompanySet> {
    let ids = expression.lists().map_err(|error| ServiceError::input("/expression", error.to_string()))?;
    let ids: Vec<Uuid> = ids.into_iter().collect();
    let found = find(db, actor, &ids).await?;
    if let Some(id) = ids.iter().find(|id| !found.contains_key(*id)) {
        return Err(missing(*id, "/expression"));
    }
    let (followed, kept): (Vec<&List>, Vec<&List>) = found.values().partition(|list| list.is_dynamic);
    let kept: Vec<(Uuid, i64)> = kept.iter().map(|list| (list.id, list.membership_version)).collect();
    let mut members = index.sets.of_lists(&kept).await?;
    for list in followed {
        let now = following(index, db, Asker::person(actor.user), list).await?;
        members.insert(list.id, Arc::new(now.into_iter().map(Orgnr::number).collect()));
    }
    Ok(expression.companies(&members))
}

/// Pours lists into a list, notes included; with `archive` they are put away afterwards.
///
/// # Errors
/// A list that the person cannot see; one of theirs is to be put away that is somebody else's; the list itself is dynamic.
pub async fn merge(
    db: &PgPool,
    index: &ScreenIndex,
    actor: &Actor,
    id: Uuid,
    from: &[Uuid],
    archive: bool,
) -> Result<MembersChanged> {
    // Dynamic lists are asked before the transaction begins, so that nothing is locked meanwhile.
    let (mut followed, mut kept) = (Vec::new(), Vec::new());
    let found = find(db, actor, from).await?;
    for (place, one) in from.iter().enumerate() {
        let list = found.get(one).ok_or_else(|| missing(*one, &format!("/from/{place}")))?;
        if archive {
            actor.may_change(list.owner_id)?;
        }
        if list.is_dynamic {
            followed.extend(members_of(index, db, Asker::person(actor.user), list).await?);
        } else {
            kept.push(list.id);
        }
    }
    let mut tx = db.begin().await?;
    actor.ensure(&mut tx).await?;
    visible(&mut tx, actor, id).await?;
    let all: Vec<Uuid> = kept.iter().copied().chain([id]).collect();
    lists::items::lock_each(&mut tx, &all).await?;
    let into = locked(&mut tx, actor, id).await?;
    let mut added = lists::items::copy_from(&mut tx, id, &kept, actor.user).await?;
    added.extend(lists::items::add(&mut tx, id, &followed, actor.user, None).await?.orgnrs);
    let known = added.len() as u64;
    let told = told(&into.name, into.scope);
    let done = change_members::note_added(&mut tx, actor.user, Holder::List(id), &told, added, known).await?;
    if archive {
        for one in from {
            lists::archive(&mut tx, *one, true).await?;
        }
    }
    let list = visible(&mut tx, actor, id).await?;
    let detail = json!({ "from": from, "count": known, "archived": archive, "change": done.change });
    record(&mut tx, actor, "list.merge", id, detail).await?;
    tx.commit().await?;
    Ok(MembersChanged { changed: known, unknown: 0, item_count: list.item_count.into(), change: done.change })
}
