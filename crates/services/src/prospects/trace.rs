//! What a change of prospects leaves behind: the activity of each company, the audit log, and messages to new owners.

use std::collections::BTreeMap;

use domain::access::Visibility;
use domain::orgnr::Orgnr;
use domain::pipeline::{Outcome, Stage};
use domain::prospect::Prospect;
use serde_json::{Map, Value, json};
use sqlx::PgConnection;
use store::{activity, audit, notifications};
use uuid::Uuid;

use crate::actor::Actor;

/// A prospect before and after, with the names of the fields that differ.
pub struct Changed {
    pub before: Prospect,
    pub after: Prospect,
    pub fields: Vec<&'static str>,
}

/// Records the changes, companies with the same story in one event.
pub async fn record(
    conn: &mut PgConnection,
    actor: &Actor,
    action: &'static str,
    changes: &[Changed],
    stages: &[Stage],
) -> sqlx::Result<()> {
    let mut stories: BTreeMap<(bool, &'static str, String), (Value, Vec<Orgnr>)> = BTreeMap::new();
    for change in changes {
        let is_private = change.before.scope == Visibility::Private && change.after.scope == Visibility::Private;
        for (kind, detail) in tell(change, stages) {
            let story = stories.entry((is_private, kind, detail.to_string())).or_insert_with(|| (detail, Vec::new()));
            story.1.push(change.after.orgnr);
        }
    }
    let mut told = Vec::new();
    for ((is_private, kind, _), (detail, orgnrs)) in stories {
        let companies: Vec<String> = orgnrs.iter().map(ToString::to_string).collect();
        told.push(json!({ "kind": kind, "detail": detail, "orgnrs": companies }));
        let entry = activity::Entry { actor: Some(actor.user), kind, orgnrs: &orgnrs, detail };
        if is_private {
            activity::record_private(conn, &entry).await?;
        } else {
            activity::record(conn, &entry).await?;
        }
    }
    let event = match changes {
        [] => return Ok(()),
        [one] => actor.event(action).about("prospect", one.after.id).of_company(one.after.orgnr),
        _ => actor.event(action),
    };
    audit::record(conn, &event.with(json!({ "count": changes.len(), "changes": told }))).await?;
    tell_new_owners(conn, actor, changes).await
}

/// What happened to one prospect, as kinds of activity with what is needed to tell it.
fn tell(change: &Changed, stages: &[Stage]) -> Vec<(&'static str, Value)> {
    let (before, after) = (&change.before, &change.after);
    let mut told = Vec::new();
    let mut edited = Map::new();
    for field in &change.fields {
        match *field {
            "stage" => {
                let is_pass = stages.iter().any(|s| s.key == after.stage && s.outcome == Outcome::Passed);
                let mut detail = json!({ "from": before.stage, "to": after.stage });
                if is_pass {
                    detail["pass_reason"] = json!(after.pass_reason);
                    detail["pass_note"] = json!(after.pass_note);
                }
                told.push((if is_pass { "prospect.passed" } else { "prospect.moved" }, detail));
            }
            "removed" if after.removed_at.is_some() => told.push(("prospect.removed", json!({ "stage": after.stage }))),
            "removed" => told.push(("prospect.restored", json!({ "stage": after.stage }))),
            // Told with the move they belong to.
            "pass_reason" | "pass_note" if before.stage != after.stage => {}
            field => {
                let value = |prospect: &Prospect| match field {
                    "owner_id" => json!(prospect.owner),
                    "next_action" => json!(prospect.next_action),
                    "next_action_on" => json!(prospect.next_action_on),
                    "last_contact_on" => json!(prospect.last_contact_on),
                    "value_sek" => json!(prospect.value_sek),
                    "pass_reason" => json!(prospect.pass_reason),
                    "pass_note" => json!(prospect.pass_note),
                    _ => json!(prospect.scope.as_str()),
                };
                edited.insert(field.to_owned(), json!({ "from": value(before), "to": value(after) }));
            }
        }
    }
    if !edited.is_empty() {
        told.push(("prospect.edited", json!({ "fields": edited })));
    }
    told
}

/// One message per new owner, however many prospects they were given.
async fn tell_new_owners(conn: &mut PgConnection, actor: &Actor, changes: &[Changed]) -> sqlx::Result<()> {
    let mut given: BTreeMap<Uuid, Vec<&Prospect>> = BTreeMap::new();
    for change in changes.iter().filter(|change| change.before.owner != change.after.owner) {
        if let Some(owner) = change.after.owner.filter(|owner| *owner != actor.user) {
            given.entry(owner).or_default().push(&change.after);
        }
    }
    for (owner, prospects) in given {
        tell_owner(conn, actor, owner, &prospects.iter().map(|prospect| prospect.orgnr).collect::<Vec<_>>()).await?;
    }
    Ok(())
}

/// Tells a person that they answer for companies now.
pub async fn tell_owner(conn: &mut PgConnection, actor: &Actor, owner: Uuid, orgnrs: &[Orgnr]) -> sqlx::Result<()> {
    if owner == actor.user || orgnrs.is_empty() {
        return Ok(());
    }
    let message = notifications::Message {
        to: &[owner],
        kind: "assigned",
        actor: Some(actor.user),
        orgnr: if let [one] = orgnrs { Some(*one) } else { None },
        subject: None,
        detail: json!({ "count": orgnrs.len() }),
        unique_key: None,
    };
    notifications::send(conn, &message).await.map(drop)
}
