//! Which prospects are wanted, as pages and exports ask for them.

use chrono::{Days, NaiveDate};
use domain::access::Visibility;
use serde::{Deserialize, Serialize};
use store::prospects::cards::Wanted;
use uuid::Uuid;

/// By when something is due. Kept as a word, because a question may be answered on a later day than it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Due {
    /// Before today.
    Overdue,
    /// Today or before.
    Today,
    /// Within seven days, or before.
    Week,
    /// Nothing has a day.
    Undated,
}

/// A question about the pipeline; its parts hold together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Question {
    /// `private` or `team`; both without.
    pub scope: Option<String>,
    /// Keys of stages.
    pub stages: Option<Vec<String>>,
    /// Of this owner.
    pub owner: Option<Uuid>,
    /// Without an owner.
    pub is_unowned: bool,
    /// By when something is due.
    pub due: Option<Due>,
    /// Only those that nobody touched for longer than their stage allows.
    pub is_stale: bool,
    /// Letters of the company's name, or the first digits of its number.
    pub q: Option<String>,
    /// Of these companies.
    pub orgnrs: Option<Vec<i64>>,
    /// Removed ones too.
    pub with_removed: bool,
}

impl Question {
    /// The question as it is asked of the database on a day.
    #[must_use]
    pub fn wanted(&self, today: NaiveDate) -> Wanted<'_> {
        let due_until = match self.due {
            None | Some(Due::Undated) => None,
            Some(Due::Overdue) => today.checked_sub_days(Days::new(1)),
            Some(Due::Today) => Some(today),
            Some(Due::Week) => today.checked_add_days(Days::new(7)),
        };
        Wanted {
            scope: self.scope.as_deref().and_then(Visibility::from_name),
            stages: self.stages.as_deref(),
            owner: self.owner,
            is_unowned: self.is_unowned,
            due_until,
            is_undated: self.due == Some(Due::Undated),
            is_stale: self.is_stale,
            // What is due matters only while a prospect is being worked.
            is_open: due_until.is_some(),
            q: self.q.as_deref().map(str::trim).filter(|q| !q.is_empty()),
            orgnrs: self.orgnrs.as_deref(),
            ids: None,
            with_removed: self.with_removed,
        }
    }
}
