//! Lists made of lists: what an expression of them holds, and several poured into one.

use std::collections::HashMap;

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
use super::{change_members, lock_in_order, members_of, told};
use crate::actor::Actor;
use crate::error::{Result, ServiceError};

async fn find(db: &PgPool, actor: &Actor, id: Uuid, pointer: &str) -> Result<List> {
    let found = lists::find(&mut *db.acquire().await?, actor.user, id).await?;
    found.ok_or_else(|| ServiceError::input(pointer, format!("there is no list {id} that you can see")))
}

/// The companies of an expression, ascending.
///
/// # Errors
/// The expression names a list that the person cannot see, or too many.
pub async fn companies(db: &PgPool, index: &ScreenIndex, actor: &Actor, expression: &Expression) -> Result<Vec<i64>> {
    let ids = expression.lists().map_err(|error| ServiceError::input("/expression", error.to_string()))?;
    let mut members = HashMap::new();
    for id in ids {
        let list = find(db, actor, id, "/expression").await?;
        members.insert(id, members_of(index, db, Asker::person(actor.user), &list).await?);
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
    for (place, one) in from.iter().enumerate() {
        let list = find(db, actor, *one, &format!("/from/{place}")).await?;
        if archive {
            actor.may_change(list.owner_id)?;
        }
        if list.is_dynamic {
            followed.extend(members_of(index, db, Asker::person(actor.user), &list).await?);
        } else {
            kept.push(list.id);
        }
    }
    let mut tx = db.begin().await?;
    actor.ensure(&mut tx).await?;
    visible(&mut tx, actor, id).await?;
    let all: Vec<Uuid> = kept.iter().copied().chain([id]).collect();
    lock_in_order(&mut tx, &all).await?;
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
