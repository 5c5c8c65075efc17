//! The pipeline: its stages in order, and what a team may make of them.

use serde::{Deserialize, Serialize};

use crate::prospect::{ChangeError, wrong};

/// What being in a stage means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Being worked.
    Open,
    /// Ended by the other side, or done.
    Closed,
    /// We said no, with a reason.
    Passed,
}

impl Outcome {
    /// The name used in the database and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Passed => "passed",
        }
    }

    /// Reads [`Outcome::as_str`] back.
    #[must_use]
    pub fn from_name(text: &str) -> Option<Self> {
        [Self::Open, Self::Closed, Self::Passed].into_iter().find(|outcome| outcome.as_str() == text)
    }
}

/// A stage of the pipeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// Stable name.
    pub key: String,
    /// Name given by the team; `None` for a default stage under its default name.
    pub name: Option<String>,
    /// What being in it means.
    pub outcome: Outcome,
    /// A prospect that nobody touched for more days than this is stale.
    pub stale_after_days: Option<i32>,
}

/// Checks a whole pipeline: unique keys, at least one open and one passed stage, names within bounds.
///
/// # Errors
/// The index of the first wrong stage (or `None` for the pipeline as a whole), the field, and what is expected.
pub fn check_stages(stages: &[Stage]) -> Result<(), (Option<usize>, ChangeError)> {
    if !(2..=30).contains(&stages.len()) {
        return Err((None, wrong("stages", "a pipeline has 2 to 30 stages")));
    }
    for (index, stage) in stages.iter().enumerate() {
        let at = |field, message: &str| Err((Some(index), wrong(field, message)));
        let is_slug = stage.key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if !is_slug || !(1..=60).contains(&stage.key.len()) {
            return at("key", "a key has 1 to 60 lower-case letters, digits and underscores");
        }
        if stages[..index].iter().any(|other| other.key == stage.key) {
            return at("key", "two stages cannot have the same key");
        }
        if let Some(name) = &stage.name {
            if !(1..=60).contains(&name.trim().chars().count()) || name.contains('\0') {
                return at("name", "a name has 1 to 60 characters");
            }
            let same = |other: &Stage| other.name.as_ref().is_some_and(|o| o.to_lowercase() == name.to_lowercase());
            if stages[..index].iter().any(same) {
                return at("name", "two stages cannot have the same name");
            }
        }
        if stage.stale_after_days.is_some_and(|days| !(1..=3650).contains(&days)) {
            return at("stale_after_days", "days are between 1 and 3650; null for never");
        }
    }
    for outcome in [Outcome::Open, Outcome::Passed] {
        if !stages.iter().any(|stage| stage.outcome == outcome) {
            let message = format!("at least one stage has the outcome {}", outcome.as_str());
            return Err((None, wrong("stages", message)));
        }
    }
    Ok(())
}

/// A key for a stage of this name: lower-case ASCII, never one of `taken`.
#[must_use]
pub fn stage_key(name: &str, taken: &[&str]) -> String {
    let folded = crate::filter::fold::fold(name);
    let mut key = String::new();
    for letter in folded.chars() {
        if letter.is_ascii_alphanumeric() {
            key.push(letter);
        } else if !key.is_empty() && !key.ends_with('_') {
            key.push('_');
        }
    }
    key.truncate(50);
    let key = key.trim_end_matches('_');
    let key = if key.is_empty() { "stage" } else { key };
    if !taken.contains(&key) {
        return key.to_owned();
    }
    let free = (2..).map(|number| format!("{key}_{number}")).find(|candidate| !taken.contains(&candidate.as_str()));
    free.unwrap_or_else(|| key.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stage(key: &str, outcome: Outcome) -> Stage {
        Stage { key: key.to_owned(), name: None, outcome, stale_after_days: None }
    }

    #[test]
    fn a_pipeline_can_be_worked_and_passed_on() {
        let right = vec![stage("new", Outcome::Open), stage("passed", Outcome::Passed)];
        assert_eq!(check_stages(&right), Ok(()));
        let (index, error) = check_stages(&[stage("new", Outcome::Open), stage("lost", Outcome::Closed)]).unwrap_err();
        assert_eq!((index, error.field), (None, "stages"));
        let twice = vec![stage("new", Outcome::Open), stage("new", Outcome::Open), stage("passed", Outcome::Passed)];
        assert_eq!(check_stages(&twice).unwrap_err().0, Some(1));
        let named = |name: &str| Stage { name: Some(name.to_owned()), ..stage(&stage_key(name, &[]), Outcome::Open) };
        let same = vec![named("Ny"), Stage { key: "b".to_owned(), ..named("ny") }, stage("passed", Outcome::Passed)];
        assert_eq!(check_stages(&same).unwrap_err().1.field, "name");
    }

    #[test]
    fn keys_come_from_names_and_are_never_taken_twice() {
        assert_eq!(stage_key("Möte bokat!", &[]), "mote_bokat");
        assert_eq!(stage_key("Möte bokat", &["mote_bokat"]), "mote_bokat_2");
        assert_eq!(stage_key("谈判", &[]), "stage");
    }
}
