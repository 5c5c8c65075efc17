//! Changes prospects: one card, or thousands, in one transaction.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::pipeline::Stage;
use domain::prospect::{Change, Prospect, apply};
use sqlx::PgConnection;
use store::{PgPool, people, pipeline, prospects};
use uuid::Uuid;

use super::ProspectError;
use super::trace::{Changed, record};
use crate::actor::Actor;

/// A change of one prospect.
#[derive(Clone, Debug)]
pub struct Edit {
    /// Which prospect.
    pub id: Uuid,
    /// The version that the change was made from; `None` takes whatever is there.
    pub version: Option<i32>,
    /// What is to be different.
    pub change: Change,
}

/// Prospects before and after, in the same order; those that the change left as they were are not among them.
#[derive(Clone, Debug, Default)]
pub struct Edited {
    /// As they were.
    pub before: Vec<Prospect>,
    /// As they are, with the new version.
    pub after: Vec<Prospect>,
}

/// Applies the edits, all of them or none.
///
/// # Errors
/// [`ProspectError`]; then nothing was changed.
pub async fn edit(db: &PgPool, actor: &Actor, edits: &[Edit], now: DateTime<Utc>) -> Result<Edited, ProspectError> {
    let mut tx = db.begin().await?;
    let stages = pipeline::hold(&mut tx).await?;
    let edited = edit_within(&mut tx, actor, edits, &stages, now).await?;
    tx.commit().await?;
    Ok(edited)
}

/// The same in the caller's transaction, which holds the pipeline.
///
/// # Errors
/// [`ProspectError`].
pub async fn edit_within(
    conn: &mut PgConnection,
    actor: &Actor,
    edits: &[Edit],
    stages: &[Stage],
    now: DateTime<Utc>,
) -> Result<Edited, ProspectError> {
    let ids: Vec<Uuid> = edits.iter().map(|edit| edit.id).collect();
    let mut locked: HashMap<Uuid, Prospect> =
        prospects::lock(conn, actor.user, &ids).await?.into_iter().map(|prospect| (prospect.id, prospect)).collect();
    if let Some(unknown) = ids.iter().find(|id| !locked.contains_key(id)) {
        return Err(ProspectError::Unknown(*unknown));
    }
    let is_old = |edit: &Edit| edit.version.is_some_and(|version| locked[&edit.id].version != version);
    let old: Vec<Uuid> = edits.iter().filter(|edit| is_old(edit)).map(|edit| edit.id).collect();
    if !old.is_empty() {
        return Err(ProspectError::Changed(old));
    }
    check_owners(conn, edits).await?;
    let mut changes: Vec<Changed> = Vec::new();
    for (index, edit) in edits.iter().enumerate() {
        let Some(before) = locked.remove(&edit.id) else {
            return Err(ProspectError::wrong(index, "id", "the same prospect stands in the request twice"));
        };
        let mut after = before.clone();
        let fields =
            apply(&mut after, &edit.change, stages, now).map_err(|error| ProspectError::Wrong { index, error })?;
        if !fields.is_empty() {
            changes.push(Changed { before, after, fields });
        }
    }
    write(conn, actor, "prospect.update", changes, stages).await
}

/// Writes changes of locked prospects and everything they leave behind.
pub(super) async fn write(
    conn: &mut PgConnection,
    actor: &Actor,
    action: &'static str,
    mut changes: Vec<Changed>,
    stages: &[Stage],
) -> Result<Edited, ProspectError> {
    if changes.is_empty() {
        return Ok(Edited::default());
    }
    let is_move = |change: &Changed| change.fields.iter().any(|field| matches!(*field, "stage" | "removed"));
    let moved: Vec<Uuid> = changes.iter().filter(|change| is_move(change)).map(|change| change.after.id).collect();
    let after: Vec<Prospect> = changes.iter().map(|change| change.after.clone()).collect();
    prospects::write(conn, &after, &moved, Some(actor.user)).await?;
    record(conn, actor, action, &changes, stages).await?;
    for change in &mut changes {
        change.after.version += 1;
    }
    let (before, after) = changes.into_iter().map(|change| (change.before, change.after)).unzip();
    Ok(Edited { before, after })
}

async fn check_owners(conn: &mut PgConnection, edits: &[Edit]) -> Result<(), ProspectError> {
    let owner_of = |edit: &Edit| edit.change.owner.flatten();
    let owners: Vec<Uuid> = edits.iter().filter_map(owner_of).collect();
    if owners.is_empty() {
        return Ok(());
    }
    let known = people::known(conn, &owners).await?;
    match edits.iter().position(|edit| owner_of(edit).is_some_and(|owner| !known.contains(&owner))) {
        None => Ok(()),
        Some(index) => Err(ProspectError::wrong(index, "owner_id", "there is no such person; see GET /api/people")),
    }
}
