//! A prospect: a company that somebody works on, in one stage of the pipeline, and the rules of changing it.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::access::Visibility;
use crate::orgnr::Orgnr;
use crate::pipeline::{Outcome, Stage};

/// Why a company is passed on: stable names, to which the web app has words. `other` asks for free text.
pub const PASS_REASONS: [&str; 12] = [
    "too_small",
    "too_large",
    "industry",
    "location",
    "profitability",
    "growth",
    "balance_sheet",
    "customer_concentration",
    "owner_not_selling",
    "price",
    "no_response",
    "other",
];

/// A company in the pipeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prospect {
    /// Identity.
    pub id: Uuid,
    /// The company.
    pub orgnr: Orgnr,
    /// Who can see it.
    pub scope: Visibility,
    /// Key of its stage.
    pub stage: String,
    /// When it came into the stage.
    pub stage_since: DateTime<Utc>,
    /// Who answers for it.
    pub owner: Option<Uuid>,
    /// What is to be done next.
    pub next_action: Option<String>,
    /// By when.
    pub next_action_on: Option<NaiveDate>,
    /// When somebody last spoke with the company.
    pub last_contact_on: Option<NaiveDate>,
    /// Estimated value in whole SEK.
    pub value_sek: Option<i64>,
    /// One of [`PASS_REASONS`], while the stage is a pass.
    pub pass_reason: Option<String>,
    /// The reason in words.
    pub pass_note: Option<String>,
    /// Who added it.
    pub created_by: Option<Uuid>,
    /// Taken out of the pipeline.
    pub removed_at: Option<DateTime<Utc>>,
    /// Counts changes.
    pub version: i32,
}

/// What somebody wants to change; a field that is not named stays. For fields that can be empty, `Some(None)` empties them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Key of another stage.
    pub stage: Option<String>,
    /// Another owner, or none.
    pub owner: Option<Option<Uuid>>,
    /// What is to be done next.
    pub next_action: Option<Option<String>>,
    /// By when.
    pub next_action_on: Option<Option<NaiveDate>>,
    /// When somebody last spoke with the company.
    pub last_contact_on: Option<Option<NaiveDate>>,
    /// Estimated value in whole SEK.
    pub value_sek: Option<Option<i64>>,
    /// One of [`PASS_REASONS`].
    pub pass_reason: Option<Option<String>>,
    /// The reason in words.
    pub pass_note: Option<Option<String>>,
    /// Private or team.
    pub scope: Option<Visibility>,
    /// Taken out of the pipeline, or put back.
    pub removed: Option<bool>,
}

/// Why a change is not allowed: the field by its name in the API, and what is expected of it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {message}")]
pub struct ChangeError {
    /// Name of the field.
    pub field: &'static str,
    /// What is wrong and what is expected.
    pub message: String,
}

pub(crate) fn wrong(field: &'static str, message: impl Into<String>) -> ChangeError {
    ChangeError { field, message: message.into() }
}

/// Applies a change at the moment `now`; returns the names of the fields that are different now, none when nothing is.
///
/// # Errors
/// The first field that breaks a rule: an unknown stage, a pass without a reason, text or value out of bounds.
pub fn apply(
    prospect: &mut Prospect,
    change: &Change,
    stages: &[Stage],
    now: DateTime<Utc>,
) -> Result<Vec<&'static str>, ChangeError> {
    let before = prospect.clone();
    if let Some(key) = &change.stage {
        prospect.stage.clone_from(key);
    }
    let stage = stages.iter().find(|stage| stage.key == prospect.stage);
    // A stage that was retired while the prospect stood in it is left where it is, but nothing moves into it.
    if stage.is_none() && prospect.stage != before.stage {
        return Err(wrong("stage", format!("there is no stage {:?} in the pipeline", prospect.stage)));
    }
    if prospect.stage != before.stage {
        prospect.stage_since = now;
    }
    set(&mut prospect.owner, change.owner.as_ref());
    set(&mut prospect.next_action, change.next_action.as_ref());
    set(&mut prospect.next_action_on, change.next_action_on.as_ref());
    set(&mut prospect.last_contact_on, change.last_contact_on.as_ref());
    set(&mut prospect.value_sek, change.value_sek.as_ref());
    set(&mut prospect.pass_reason, change.pass_reason.as_ref());
    set(&mut prospect.pass_note, change.pass_note.as_ref());
    if let Some(scope) = change.scope {
        prospect.scope = scope;
    }
    match change.removed {
        Some(true) if prospect.removed_at.is_none() => prospect.removed_at = Some(now),
        Some(false) => prospect.removed_at = None,
        _ => {}
    }
    if stage.is_some_and(|stage| stage.outcome == Outcome::Passed) {
        check_reason(prospect)?;
    } else if stage.is_some() {
        let is_given = change.pass_reason.as_ref().is_some_and(Option::is_some)
            || change.pass_note.as_ref().is_some_and(Option::is_some);
        if is_given {
            return Err(wrong("pass_reason", "a reason for passing needs a stage whose outcome is passed"));
        }
        // A reason belongs to a pass; the history keeps the one that was.
        prospect.pass_reason = None;
        prospect.pass_note = None;
    }
    check(prospect)?;
    Ok(differences(&before, prospect))
}

fn set<T: Clone>(field: &mut Option<T>, change: Option<&Option<T>>) {
    if let Some(value) = change {
        field.clone_from(value);
    }
}

fn check_reason(prospect: &Prospect) -> Result<(), ChangeError> {
    let list = || PASS_REASONS.join(", ");
    match prospect.pass_reason.as_deref() {
        None => Err(wrong("pass_reason", format!("passing on a company needs a reason: one of {}", list()))),
        Some(reason) if !PASS_REASONS.contains(&reason) => {
            Err(wrong("pass_reason", format!("{reason:?} is not a reason; it is one of {}", list())))
        }
        Some("other") if prospect.pass_note.as_deref().is_none_or(|note| note.trim().is_empty()) => {
            Err(wrong("pass_note", "the reason “other” needs a few words"))
        }
        Some(_) => Ok(()),
    }
}

fn check(prospect: &Prospect) -> Result<(), ChangeError> {
    let within = |text: &Option<String>, most: usize| {
        text.as_deref().is_none_or(|text| (1..=most).contains(&text.chars().count()) && !text.contains('\0'))
    };
    if !within(&prospect.next_action, 500) {
        return Err(wrong("next_action", "a next action has 1 to 500 characters; null empties it"));
    }
    if !within(&prospect.pass_note, 2000) {
        return Err(wrong("pass_note", "a note on a pass has 1 to 2000 characters; null empties it"));
    }
    if prospect.value_sek.is_some_and(|value| !(0..=1_000_000_000_000_000).contains(&value)) {
        return Err(wrong("value_sek", "a value estimate is between 0 and 10¹⁵ SEK"));
    }
    if prospect.scope == Visibility::Private && prospect.owner.is_some() && prospect.owner != prospect.created_by {
        return Err(wrong("owner_id", "a private prospect belongs to whoever added it; share it with the team first"));
    }
    Ok(())
}

fn differences(before: &Prospect, after: &Prospect) -> Vec<&'static str> {
    let fields = [
        ("stage", before.stage != after.stage),
        ("owner_id", before.owner != after.owner),
        ("next_action", before.next_action != after.next_action),
        ("next_action_on", before.next_action_on != after.next_action_on),
        ("last_contact_on", before.last_contact_on != after.last_contact_on),
        ("value_sek", before.value_sek != after.value_sek),
        ("pass_reason", before.pass_reason != after.pass_reason),
        ("pass_note", before.pass_note != after.pass_note),
        ("scope", before.scope != after.scope),
        ("removed", before.removed_at != after.removed_at),
    ];
    fields.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect()
}

#[cfg(test)]
mod tests;
