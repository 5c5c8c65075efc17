//! Prospects as JSON.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::body::values::{Offset, Whole};
use crate::principal::Principal;
use crate::problem::{Problem, Result};
use services::prospects::find::CardPlace;
use services::prospects::{Card, Stay};

/// A company in the pipeline.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProspectDto {
    pub id: Uuid,
    /// Organisation number, ten digits (Norway: nine).
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
            orgnr: card.orgnr.to_string(),
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
    /// For `after`; null on the last page.
    pub next: Option<String>,
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
    #[param(pattern = "^(all|private|team)$")]
    pub scope: Option<String>,
    /// Keys of stages, joined by commas.
    pub stage: Option<String>,
    /// Id of the owner, `me`, or `none`.
    #[param(pattern = "^(me|none|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$")]
    pub owner: Option<String>,
    /// `overdue`, `today` (or before), `week` (the next seven days or before), `none`.
    #[param(pattern = "^(overdue|today|week|none)$")]
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
    #[param(inline)]
    pub limit: Option<Whole<0, 4_294_967_295>>,
    /// `next` of the page before: what comes in or goes meanwhile moves no prospect past the reader.
    #[param(pattern = "^-?[0-9]{1,18}_(none|-?[0-9]{1,9})_[0-9a-f]{32}_.{1,100}$")]
    pub after: Option<String>,
    /// How many to pass over. Whoever turns pages takes `after`.
    #[param(inline)]
    pub offset: Option<Offset>,
}

/// The cursor that names a place between two prospects.
#[must_use]
pub fn cursor(place: &CardPlace) -> String {
    let due = place.next_action_on.map_or("none".to_owned(), |day| day.num_days_from_ce().to_string());
    format!("{}_{due}_{}_{}", place.touched_at.timestamp_micros(), place.id.simple(), place.stage)
}

fn read_cursor(text: &str) -> Option<CardPlace> {
    let mut parts = text.splitn(4, '_');
    let touched_at = DateTime::from_timestamp_micros(parts.next()?.parse().ok()?)?;
    let next_action_on = match parts.next()? {
        "none" => None,
        days => Some(NaiveDate::from_num_days_from_ce_opt(days.parse().ok()?)?),
    };
    let id = Uuid::parse_str(parts.next()?).ok()?;
    let stage = parts.next().filter(|stage| !stage.is_empty() && !stage.contains('\0'))?.to_owned();
    Some(CardPlace { stage, next_action_on, touched_at, id })
}

impl ProspectsQuery {
    /// The place that the page starts after.
    ///
    /// # Errors
    /// 422 for what is no cursor of this address.
    pub fn after(&self) -> Result<Option<CardPlace>> {
        let wrong = || Problem::input("after", "after takes the `next` of the page before");
        self.after.as_deref().map(|text| read_cursor(text).ok_or_else(wrong)).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_of_prospects_is_read_back_and_other_words_are_none() {
        for next_action_on in [None, NaiveDate::from_ymd_opt(2026, 2, 28)] {
            let place = CardPlace {
                stage: "in_discussion".to_owned(),
                next_action_on,
                touched_at: DateTime::from_timestamp_micros(1_796_065_475_123_456).unwrap(),
                id: Uuid::from_u128(7),
            };
            assert_eq!(read_cursor(&cursor(&place)), Some(place));
        }
        let id = "00000000000000000000000000000007";
        for text in ["", "1", "1_none", &format!("1_none_{id}"), &format!("1_none_{id}_"), &format!("1_day_{id}_new")] {
            assert_eq!(read_cursor(text), None, "{text}");
        }
    }
}
