//! Changes of prospects as JSON.

use chrono::NaiveDate;
use domain::access::Visibility;
use domain::prospect::Change;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::dto::ProspectDto;
use crate::problem::{Problem, Result};

/// Declares a body that changes a prospect: its own fields beside those of the change, read together, so that a key of neither is refused.
macro_rules! change_body {
    ($(#[$outer:meta])* pub struct $name:ident { $($(#[$inner:meta])* pub $field:ident: $kind:ty,)* }) => {
        $(#[$outer])*
        #[derive(Clone, Debug, Deserialize, ToSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($(#[$inner])* pub $field: $kind,)*
            /// Key of the stage.
            pub stage: Option<String>,
            #[serde(default, deserialize_with = "given", alias = "ownerId")]
            #[schema(nullable)]
            pub owner_id: Option<Option<Uuid>>,
            #[serde(default, deserialize_with = "given", alias = "nextAction")]
            #[schema(nullable)]
            pub next_action: Option<Option<String>>,
            #[serde(default, deserialize_with = "given", alias = "nextActionOn")]
            #[schema(nullable)]
            pub next_action_on: Option<Option<NaiveDate>>,
            #[serde(default, deserialize_with = "given", alias = "lastContactOn")]
            #[schema(nullable)]
            pub last_contact_on: Option<Option<NaiveDate>>,
            /// Whole SEK.
            #[serde(default, deserialize_with = "given", alias = "valueSek")]
            #[schema(nullable)]
            pub value_sek: Option<Option<i64>>,
            #[serde(default, deserialize_with = "given", alias = "passReason")]
            #[schema(nullable)]
            pub pass_reason: Option<Option<String>>,
            #[serde(default, deserialize_with = "given", alias = "passNote")]
            #[schema(nullable)]
            pub pass_note: Option<Option<String>>,
            /// `private` or `team`.
            #[schema(pattern = "^(private|team)$")]
            pub scope: Option<String>,
            /// True takes it out of the pipeline, false puts it back.
            pub removed: Option<bool>,
            /// The version that the change was made from; or send `If-Match`.
            pub version: Option<i32>,
        }

        impl $name {
            /// The change in the domain's terms; texts trimmed, an empty one is null.
            ///
            /// # Errors
            /// 422 when the scope is neither of the two.
            pub fn read(self, pointer: &str) -> Result<Change> {
                let scope = self.scope.map(|name| {
                    Visibility::from_name(&name)
                        .ok_or_else(|| Problem::input(format!("{pointer}/scope"), "scope is private or team"))
                });
                Ok(Change {
                    stage: self.stage,
                    owner: self.owner_id,
                    next_action: trimmed(self.next_action),
                    next_action_on: self.next_action_on,
                    last_contact_on: self.last_contact_on,
                    value_sek: self.value_sek,
                    pass_reason: trimmed(self.pass_reason),
                    pass_note: trimmed(self.pass_note),
                    scope: scope.transpose()?,
                    removed: self.removed,
                })
            }
        }
    };
}

change_body! {
    /// What is to be different; a field that is left out stays, null empties it.
    pub struct ProspectChange {}
}

change_body! {
    /// One change among many.
    pub struct BulkChange {
        /// The prospect.
        pub id: Uuid,
    }
}

/// Tells a field that is null from one that is left out.
fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> std::result::Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

fn trimmed(given: Option<Option<String>>) -> Option<Option<String>> {
    given.map(|text| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()))
}

/// Many changes, all of them or none.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkRequest {
    /// At most 5 000.
    #[schema(min_items = 1, max_items = 5000)]
    pub changes: Vec<BulkChange>,
}

/// How a prospect was before a change, with the version it has now: sent back as a bulk change it takes the change back.
#[derive(Debug, Serialize, ToSchema)]
pub struct FormerProspectDto {
    pub id: Uuid,
    pub orgnr: String,
    pub stage: String,
    pub owner_id: Option<Uuid>,
    pub next_action: Option<String>,
    pub next_action_on: Option<NaiveDate>,
    pub last_contact_on: Option<NaiveDate>,
    pub value_sek: Option<i64>,
    pub pass_reason: Option<String>,
    pub pass_note: Option<String>,
    pub scope: String,
    pub removed: bool,
    /// The version after the change.
    pub version: i32,
}

/// What a bulk change did.
#[derive(Debug, Serialize, ToSchema)]
pub struct BulkResponse {
    /// Prospects that are different now; those that were so already are not counted.
    pub changed: usize,
    /// How they were, for taking it back.
    pub before: Vec<FormerProspectDto>,
}

/// Companies to add to the pipeline.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddRequest {
    /// At most 5 000.
    #[serde(default)]
    pub orgnrs: Vec<String>,
    /// One company, instead of `orgnrs`.
    pub orgnr: Option<String>,
    /// Key of the stage; the first open one without.
    pub stage: Option<String>,
    /// Who answers for them; whoever adds them without.
    #[serde(alias = "ownerId")]
    pub owner_id: Option<Uuid>,
    /// `team` (default) or `private`.
    #[schema(pattern = "^(private|team)$")]
    pub scope: Option<String>,
    /// Needed when the stage is a pass.
    #[serde(alias = "passReason")]
    pub pass_reason: Option<String>,
    #[serde(alias = "passNote")]
    pub pass_note: Option<String>,
    /// Moves companies that are in the pipeline already to the stage too, instead of only telling of them.
    #[serde(default)]
    pub reopen: bool,
}

/// A prospect that was made.
#[derive(Debug, Serialize, ToSchema)]
pub struct NewProspectDto {
    pub id: Uuid,
    pub orgnr: String,
}

/// What became of the companies.
#[derive(Debug, Serialize, ToSchema)]
pub struct AddResponse {
    /// New in the pipeline.
    pub added: Vec<NewProspectDto>,
    /// In it already and left as they are: who looked at them, in which stage, why they were passed on. At most 200 are told.
    pub already: Vec<ProspectDto>,
    pub already_count: usize,
    /// Had been removed and are back; as they were, for taking it back.
    pub restored: Vec<FormerProspectDto>,
    /// Were in it and have been moved; as they were.
    pub reopened: Vec<FormerProspectDto>,
    /// Numbers that Lode does not know.
    pub unknown: Vec<String>,
}

/// The former state of a prospect, with its present version.
#[must_use]
pub fn former(before: &domain::prospect::Prospect, version: i32) -> FormerProspectDto {
    FormerProspectDto {
        id: before.id,
        orgnr: before.orgnr.to_string(),
        stage: before.stage.clone(),
        owner_id: before.owner,
        next_action: before.next_action.clone(),
        next_action_on: before.next_action_on,
        last_contact_on: before.last_contact_on,
        value_sek: before.value_sek,
        pass_reason: before.pass_reason.clone(),
        pass_note: before.pass_note.clone(),
        scope: before.scope.as_str().to_owned(),
        removed: before.removed_at.is_some(),
        version,
    }
}
