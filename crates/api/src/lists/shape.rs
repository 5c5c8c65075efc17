//! Lists on the wire.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::body::values::Whole;
use crate::principal::Principal;
use crate::problem::{Problem, Result};
use crate::universe::dto::FilterTree;
use services::lists::show::{ListPlace, ShownList};

/// Which lists are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListsQuery {
    /// `private`, `team` or `all` (default).
    #[param(pattern = "^(all|private|team)$")]
    pub scope: Option<String>,
    /// `no` (default): lists in use; `yes`: those put away; `all`.
    #[param(pattern = "^(no|yes|all)$")]
    pub archived: Option<String>,
    /// How many at most, 1 to 1000; 1000 when not given.
    #[param(inline)]
    pub limit: Option<Whole<1, 1_000>>,
    /// `next` of the page before.
    #[param(pattern = "^[0-9]{1,16}_[0-9a-f]{32}$")]
    pub after: Option<String>,
}

/// The cursor that names a place between two lists.
#[must_use]
pub fn cursor(place: ListPlace) -> String {
    format!("{}_{}", place.updated_at.timestamp_micros(), place.id.simple())
}

fn read_cursor(text: &str) -> Option<ListPlace> {
    let (at, id) = text.split_once('_')?;
    Some(ListPlace { updated_at: DateTime::from_timestamp_micros(at.parse().ok()?)?, id: Uuid::parse_str(id).ok()? })
}

impl ListsQuery {
    /// The place that the page starts after.
    ///
    /// # Errors
    /// 422 for what is no cursor of this address.
    pub fn after(&self) -> Result<Option<ListPlace>> {
        let wrong = || Problem::input("after", "after takes the `next` of the page before");
        self.after.as_deref().map(|text| read_cursor(text).ok_or_else(wrong)).transpose()
    }

    /// Those put away (true), those in use (false), or both.
    ///
    /// # Errors
    /// 422 when it is neither of the three.
    pub fn archived(&self) -> Result<Option<bool>> {
        match self.archived.as_deref() {
            None | Some("no") => Ok(Some(false)),
            Some("yes") => Ok(Some(true)),
            Some("all") => Ok(None),
            Some(_) => Err(Problem::input("archived", "archived is no, yes or all")),
        }
    }
}

/// What a person writes of a list. Names in camelCase are understood too.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListRequest {
    /// 1 to 200 characters.
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub name: Option<String>,
    /// What it is for; empty clears it.
    pub description: Option<String>,
    /// `private` (default) or `team`.
    #[schema(pattern = "^(private|team)$")]
    pub scope: Option<String>,
    /// `static` (default): keeps companies. `dynamic`: follows its filter.
    #[schema(pattern = "^(static|dynamic)$")]
    pub kind: Option<String>,
    /// The view it was made from.
    #[serde(alias = "sourceViewId")]
    pub source_view_id: Option<Uuid>,
    /// The screen it was made from, or follows.
    #[serde(alias = "filterJson", alias = "filter_json")]
    #[schema(value_type = Option<FilterTree>)]
    pub filter: Option<Value>,
    /// Companies to put in it at once.
    pub orgnrs: Option<Vec<String>>,
    /// Version that the change was made from; a list changed meanwhile is refused with 409.
    pub version: Option<i32>,
}

/// Whether a list is put away.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ArchiveRequest {
    /// Put it away, or take it out again.
    pub archived: bool,
}

/// How the copy of a list is called.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DuplicateRequest {
    /// 1 to 200 characters.
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub name: String,
    /// `private` (default) or `team`.
    #[schema(pattern = "^(private|team)$")]
    pub scope: Option<String>,
}

/// A list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListDto {
    /// Identity.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// `private` or `team`.
    pub scope: String,
    /// `static` (keeps companies) or `dynamic` (follows its filter).
    pub kind: String,
    /// Whether the asking person made it.
    pub is_own: bool,
    /// Who made it.
    pub owner_name: String,
    /// The view it was made from.
    pub source_view_id: Option<Uuid>,
    /// The screen it was made from, or follows.
    #[schema(value_type = Option<FilterTree>)]
    pub filter: Option<Value>,
    /// The filter in words, in the answer about a single list.
    pub filter_text: Option<String>,
    /// Companies in it; null for a dynamic list while the index loads, or when its filter cannot be asked any more.
    pub item_count: Option<i64>,
    /// Companies in it that carry a note, in the answer about a single list.
    pub note_count: Option<i64>,
    /// When it was put away.
    pub archived_at: Option<DateTime<Utc>>,
    /// Counts changes of the list itself, for `If-Match`.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it or its companies were last changed.
    pub updated_at: DateTime<Utc>,
}

impl ListDto {
    /// The list as its reader sees it.
    #[must_use]
    pub fn new(shown: ShownList, person: &Principal) -> Self {
        let ShownList { list, count, filter_text } = shown;
        Self {
            id: list.id,
            name: list.name,
            description: list.description,
            scope: list.scope.as_str().to_owned(),
            kind: if list.is_dynamic { "dynamic" } else { "static" }.to_owned(),
            is_own: list.owner_id == person.user,
            owner_name: list.owner_name,
            source_view_id: list.source_view_id,
            filter: list.filter,
            filter_text,
            item_count: count,
            note_count: None,
            archived_at: list.archived_at,
            version: list.version,
            created_at: list.created_at,
            updated_at: list.updated_at,
        }
    }
}

/// Lists, last changed first.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListsDto {
    /// The lists, last changed first.
    pub items: Vec<ListDto>,
    /// How many are in `items`.
    pub count: usize,
    /// For `after`; null on the last page.
    pub next: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_back_and_other_words_are_none() {
        let place = ListPlace {
            updated_at: DateTime::from_timestamp_micros(1_796_065_475_123_456).unwrap(),
            id: Uuid::from_u128(7),
        };
        assert_eq!(read_cursor(&cursor(place)), Some(place));
        for text in ["", "_", "5", "5_x", "x_00000000000000000000000000000007", "9223372036854775807_07"] {
            assert_eq!(read_cursor(text), None, "{text}");
        }
    }
}
