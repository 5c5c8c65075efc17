//! Adds companies to the pipeline, and tells which of them were looked at before.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use domain::access::Visibility;
use domain::orgnr::Orgnr;
use domain::pipeline::{Outcome, Stage};
use domain::prospect::{Change, Prospect, apply};
use serde_json::json;
use sqlx::PgConnection;
use store::companies::key;
use store::prospects::NewProspect;
use store::{PgPool, activity, audit, people, pipeline, prospects};
use uuid::Uuid;

use super::ProspectError;
use super::edit::write;
use super::trace::{Changed, tell_owner};
use crate::actor::Actor;

/// Companies to add.
#[derive(Clone, Debug)]
pub struct Addition {
    /// The companies; repeated ones count once.
    pub orgnrs: Vec<Orgnr>,
    /// The team's pipeline or the person's own.
    pub scope: Visibility,
    /// Key of the stage; the first open one without.
    pub stage: Option<String>,
    /// Who answers for them.
    pub owner: Option<Uuid>,
    /// Why, when the stage is a pass.
    pub pass_reason: Option<String>,
    /// The same in words.
    pub pass_note: Option<String>,
    /// Moves those that are in the pipeline already to the stage too, instead of only telling of them.
    pub reopen: bool,
}

/// What became of them.
#[derive(Clone, Debug, Default)]
pub struct Added {
    /// New in the pipeline.
    pub added: Vec<(Uuid, Orgnr)>,
    /// Were in it once, had been removed, and are back: as they were before.
    pub restored: Vec<Prospect>,
    /// Are in it already and were left as they are.
    pub already: Vec<Prospect>,
    /// Were in it and have been moved, because `reopen` asked for it: as they were before.
    pub reopened: Vec<Prospect>,
    /// Companies that Lode does not know.
    pub unknown: Vec<Orgnr>,
}

/// Adds the companies, all in one transaction.
///
/// # Errors
/// [`ProspectError`]; then nothing was changed.
pub async fn add(db: &PgPool, actor: &Actor, addition: &Addition, now: DateTime<Utc>) -> Result<Added, ProspectError> {
    let mut tx = db.begin().await?;
    let stages = pipeline::hold(&mut tx).await?;
    let added = add_within(&mut tx, actor, addition, &stages, now).await?;
    tx.commit().await?;
    Ok(added)
}

/// The same in the caller's transaction, which holds the pipeline.
///
/// # Errors
/// [`ProspectError`].
pub async fn add_within(
    conn: &mut PgConnection,
    actor: &Actor,
    addition: &Addition,
    stages: &[Stage],
    now: DateTime<Utc>,
) -> Result<Added, ProspectError> {
    let stage = match &addition.stage {
        Some(key) => stages.iter().find(|stage| stage.key == *key),
        None => stages.iter().find(|stage| stage.outcome == Outcome::Open),
    };
    let stage = stage.ok_or_else(|| ProspectError::wrong(0, "stage", "there is no such stage in the pipeline"))?;
    if let Some(owner) = addition.owner
        && people::known(conn, &[owner]).await?.is_empty()
    {
        return Err(ProspectError::wrong(0, "owner_id", "there is no such person; see GET /api/people"));
    }
    let numbers: Vec<i64> = addition.orgnrs.iter().map(|orgnr| key(*orgnr)).collect();
    let known = prospects::lock_of(conn, actor.user, addition.scope, &numbers).await?;
    let taken: HashSet<Orgnr> = known.iter().map(|prospect| prospect.orgnr).collect();
    let fresh: Vec<i64> = addition.orgnrs.iter().filter(|o| !taken.contains(o)).map(|o| key(*o)).collect();

    let mut result = Added { added: insert(conn, actor, addition, stage, &fresh, now).await?, ..Added::default() };
    let made: HashSet<Orgnr> = result.added.iter().map(|(_, orgnr)| *orgnr).collect();
    let left: Vec<i64> = fresh.into_iter().filter(|number| made.iter().all(|orgnr| key(*orgnr) != *number)).collect();
    // Somebody may have added them between the look and the insert.
    let meanwhile =
        if left.is_empty() { Vec::new() } else { prospects::lock_of(conn, actor.user, addition.scope, &left).await? };
    let seen: HashSet<Orgnr> = taken.iter().chain(&made).copied().chain(meanwhile.iter().map(|p| p.orgnr)).collect();
    let mut unknown: Vec<Orgnr> = addition.orgnrs.iter().filter(|orgnr| !seen.contains(orgnr)).copied().collect();
    unknown.sort();
    unknown.dedup();
    result.unknown = unknown;

    let mut changes = Vec::new();
    for before in known.into_iter().chain(meanwhile) {
        if before.removed_at.is_none() && (!addition.reopen || before.stage == stage.key) {
            result.already.push(before);
            continue;
        }
        let change = Change {
            stage: Some(stage.key.clone()),
            removed: Some(false),
            owner: addition.owner.map(Some),
            pass_reason: addition.pass_reason.clone().map(Some),
            pass_note: addition.pass_note.clone().map(Some),
            ..Change::default()
        };
        let mut after = before.clone();
        let fields =
            apply(&mut after, &change, stages, now).map_err(|error| ProspectError::Wrong { index: 0, error })?;
        let side = if before.removed_at.is_some() { &mut result.restored } else { &mut result.reopened };
        side.push(before.clone());
        changes.push(Changed { before, after, fields });
    }
    write(conn, actor, "prospect.update", changes, stages).await?;
    Ok(result)
}

/// Makes the new ones; a pass is a second step, so that the history has both and its reason is checked in one place.
async fn insert(
    conn: &mut PgConnection,
    actor: &Actor,
    addition: &Addition,
    stage: &Stage,
    fresh: &[i64],
    now: DateTime<Utc>,
) -> Result<Vec<(Uuid, Orgnr)>, ProspectError> {
    let owner = addition.owner.or(Some(actor.user));
    let new = NewProspect { scope: addition.scope, stage: &stage.key, owner, created_by: actor.user };
    check_first(addition, stage, owner, actor.user, now)?;
    let added = prospects::insert(conn, fresh, &new).await?;
    if added.is_empty() {
        return Ok(added);
    }
    let orgnrs: Vec<Orgnr> = added.iter().map(|(_, orgnr)| *orgnr).collect();
    let mut detail = json!({ "stage": stage.key });
    if stage.outcome == Outcome::Passed {
        let ids: Vec<Uuid> = added.iter().map(|(id, _)| *id).collect();
        let reason = addition.pass_reason.as_deref();
        prospects::set_pass_reason(conn, &ids, reason, addition.pass_note.as_deref()).await?;
        detail["pass_reason"] = json!(addition.pass_reason);
        detail["pass_note"] = json!(addition.pass_note);
    }
    let kind = if stage.outcome == Outcome::Passed { "prospect.passed" } else { "prospect.added" };
    let entry = activity::Entry { actor: Some(actor.user), kind, orgnrs: &orgnrs, detail: detail.clone() };
    match addition.scope {
        Visibility::Team => activity::record(conn, &entry).await?,
        Visibility::Private => activity::record_private(conn, &entry).await?,
    }
    let event = match added.as_slice() {
        [(id, orgnr)] => actor.event("prospect.create").about("prospect", id).of_company(*orgnr),
        _ => actor.event("prospect.create"),
    };
    let companies: Vec<String> = orgnrs.iter().map(ToString::to_string).collect();
    detail["count"] = json!(added.len());
    detail["orgnrs"] = json!(companies);
    audit::record(conn, &event.with(detail)).await?;
    if let Some(owner) = owner {
        tell_owner(conn, actor, owner, &orgnrs).await?;
    }
    Ok(added)
}

/// Checks what every new prospect will be, on a stand-in, so that the rules are those of a change.
fn check_first(
    addition: &Addition,
    stage: &Stage,
    owner: Option<Uuid>,
    by: Uuid,
    now: DateTime<Utc>,
) -> Result<(), ProspectError> {
    let Some(orgnr) = addition.orgnrs.first().copied() else { return Ok(()) };
    let mut stand_in = Prospect {
        id: Uuid::nil(),
        orgnr,
        scope: addition.scope,
        stage: stage.key.clone(),
        stage_since: now,
        owner,
        next_action: None,
        next_action_on: None,
        last_contact_on: None,
        value_sek: None,
        pass_reason: None,
        pass_note: None,
        created_by: Some(by),
        removed_at: None,
        version: 1,
    };
    let change = Change {
        pass_reason: addition.pass_reason.clone().map(Some),
        pass_note: addition.pass_note.clone().map(Some),
        ..Change::default()
    };
    let stages = std::slice::from_ref(stage);
    apply(&mut stand_in, &change, stages, now).map(drop).map_err(|error| ProspectError::Wrong { index: 0, error })
}
