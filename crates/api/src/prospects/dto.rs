//! Prospects as JSON.

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::Visibility;
use domain::orgnr::Orgnr;
use domain::prospect::Change;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::principal::Principal;
use crate::problem::{Problem, Result};
use services::prospects::{Card, Stay};

/// A company in the pipeline.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProspectDto {
    pub id: Uuid,
    /// Organisation number, ten digits.
    pub orgnr: String,
    /// Name of the company.
    pub name: Option<String>,
    /// Code of the municipality.
    pub municipality: Option<String>,
    /// State of the company in the register.
    pub company_status: Option<String>,
    /// Whether the company is fictitious.
    pub is_demo: bool,
    /// Currency of the figures.
    pub currency: Option<String>,
    /// Net sales of the latest year.
    pub revenue: Option<i64>,
    /// EBITDA of the latest year.
    pub ebitda: Option<i64>,
    /// EBITDA over revenue; 12 % is 0.12.
    pub ebitda_margin: Option<f64>,
    pub employees: Option<f64>,
    /// Last day of the year that the figures are of.
    pub period_end: Option<NaiveDate>,
    /// `private` or `team`.
    pub scope: String,
    /// Key of the stage.
    pub stage: String,
    /// Since when it stands there.
    pub stage_since: DateTime<Utc>,
    pub owner_id: Option<Uuid>,
    pub owner_name: Option<String>,
    /// What is to be done next.
    pub next_action: Option<String>,
    /// By when.
    pub next_action_on: Option<NaiveDate>,
    /// When somebody last spoke with the company.
    pub last_contact_on: Option<NaiveDate>,
    /// Estimated value in whole SEK.
    pub value_sek: Option<i64>,
    /// Why it was passed on; null unless its stage is a pass.
    pub pass_reason: Option<String>,
    /// The same in words.
    pub pass_note: Option<String>,
    /// Whether the asking person added it.
    pub is_own: bool,
    pub created_by_name: Option<String>,
    pub created_at: DateTime<Utc>,
    pub updated_by_name: Option<String>,
    pub updated_at: DateTime<Utc>,
    /// The last change or note by anybody.
    pub touched_at: DateTime<Utc>,
    /// Nobody touched it for longer than its stage allows.
    pub is_stale: bool,
    /// Notes on the company that the asking person may see.
    pub note_count: i64,
    /// When it was taken out of the pipeline.
    pub removed_at: Option<DateTime<Utc>>,
    /// For `If-Match` and `version`.
    pub version: i32,
}

impl ProspectDto {
    /// The card as its reader sees it.
    #[must_use]
    pub fn new(card: Card, person: &Principal) -> Self {
        Self {
            id: card.id,
            orgnr: format!("{:010}", card.orgnr),
            name: card.company_name,
            municipality: card.municipality,
            company_status: card.company_status,
            is_demo: card.is_demo,
            currency: card.currency,
            revenue: card.revenue,
            ebitda: card.ebitda,
            ebitda_margin: card.ebitda_margin,
            employees: card.employees,
            period_end: card.period_end,
            scope: card.scope,
            stage: card.stage,
            stage_since: card.stage_since,
            owner_id: card.owner_id,
            owner_name: card.owner_name,
            next_action: card.next_action,
            next_action_on: card.next_action_on,
            last_contact_on: card.last_contact_on,
            value_sek: card.value_sek,
            pass_reason: card.pass_reason,
            pass_note: card.pass_note,
            is_own: card.created_by == Some(person.user),
            created_by_name: card.created_by_name,
            created_at: card.created_at,
            updated_by_name: card.updated_by_name,
            updated_at: card.updated_at,
            touched_at: card.touched_at,
            is_stale: card.is_stale,
            note_count: card.note_count,
            removed_at: card.removed_at,
            version: card.version,
        }
    }
}

/// Prospects by stage, then what is due first.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProspectsDto {
    pub items: Vec<ProspectDto>,
    /// How many are in `items`.
    pub count: usize,
    /// How many the question has.
    pub total: i64,
}

/// A stay in a stage.
#[derive(Debug, Serialize, ToSchema)]
pub struct StayDto {
    /// Key of the stage.
    pub stage: String,
    pub entered_at: DateTime<Utc>,
    /// Null while it lasts.
    pub left_at: Option<DateTime<Utc>>,
    /// How long, in seconds.
    pub seconds: i64,
    pub moved_by_name: Option<String>,
    pub pass_reason: Option<String>,
    pub pass_note: Option<String>,
}

impl StayDto {
    /// The stay, measured until `now` while it lasts.
    #[must_use]
    pub fn new(stay: Stay, now: DateTime<Utc>) -> Self {
        Self {
            seconds: (stay.left_at.unwrap_or(now) - stay.entered_at).num_seconds().max(0),
            stage: stay.stage,
            entered_at: stay.entered_at,
            left_at: stay.left_at,
            moved_by_name: stay.moved_by_name,
            pass_reason: stay.pass_reason,
            pass_note: stay.pass_note,
        }
    }
}

/// A prospect with its way through the pipeline.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProspectDetailDto {
    #[serde(flatten)]
    pub prospect: ProspectDto,
    /// Every stay in a stage, oldest first.
    pub stays: Vec<StayDto>,
}

/// Which prospects are wanted; together.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ProspectsQuery {
    /// `private`, `team` or `all` (default).
    pub scope: Option<String>,
    /// Keys of stages, joined by commas.
    pub stage: Option<String>,
    /// Id of the owner, `me`, or `none`.
    pub owner: Option<String>,
    /// `overdue`, `today` (or before), `week` (the next seven days or before), `none`.
    pub due: Option<String>,
    /// Only those that nobody touched for longer than their stage allows.
    pub stale: Option<bool>,
    /// Letters of the company's name, or the first digits of its number.
    pub q: Option<String>,
    /// Of one company.
    pub orgnr: Option<String>,
    /// Removed ones too.
    pub removed: Option<bool>,
    /// At most 10 000 (default 5 000).
    pub limit: Option<u32>,
    pub offset: Option<u64>,
}

/// What is to be different; a field that is left out stays, null empties it.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProspectChange {
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
    pub scope: Option<String>,
    /// True takes it out of the pipeline, false puts it back.
    pub removed: Option<bool>,
    /// The version that the change was made from; or send `If-Match`.
    pub version: Option<i32>,
}

/// Tells a field that is null from one that is left out.
fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> std::result::Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

impl ProspectChange {
    /// The change in the domain's terms; texts trimmed, an empty one is null.
    ///
    /// # Errors
    /// 422 when the scope is neither of the two.
    pub fn read(self, pointer: &str) -> Result<Change> {
        let text = |value: Option<Option<String>>| {
            value.map(|text| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()))
        };
        let scope = self.scope.map(|name| {
            Visibility::from_name(&name)
                .ok_or_else(|| Problem::input(format!("{pointer}/scope"), "scope is private or team"))
        });
        Ok(Change {
            stage: self.stage,
            owner: self.owner_id,
            next_action: text(self.next_action),
            next_action_on: self.next_action_on,
            last_contact_on: self.last_contact_on,
            value_sek: self.value_sek,
            pass_reason: text(self.pass_reason),
            pass_note: text(self.pass_note),
            scope: scope.transpose()?,
            removed: self.removed,
        })
    }
}

/// One change among many.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct BulkChange {
    pub id: Uuid,
    #[serde(flatten)]
    pub change: ProspectChange,
}

/// Many changes, all of them or none.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkRequest {
    /// At most 5 000.
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
        orgnr: digits(before.orgnr),
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

/// Ten digits without a hyphen, as the API writes numbers.
#[must_use]
pub fn digits(orgnr: Orgnr) -> String {
    format!("{:010}", orgnr.number())
}
