//! What the house has noted about companies: lists that hold them, labels, exclusion.

use std::collections::HashMap;

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use domain::access::Permission;
use domain::facts::{CompanyFacts, FactValue};
use domain::filter::evaluate::{Row, holds};
use domain::filter::{FieldId, Filter};
use domain::orgnr::Orgnr;
use serde::{Deserialize, Serialize};
use store::lists::Wanted;
use utoipa::ToSchema;
use uuid::Uuid;

use super::items::{numbers, written};
use super::visible;
use crate::input::{JsonBody, PathParams};
use crate::principal::Principal;
use crate::problem::{Problem, Result};
use crate::state::AppState;
use services::lists::{as_key, followed};
use universe::sets::{Asker, Members, SetError, resolve};

/// Companies of one request about marks.
const MOST_MARKED: usize = 1_000;

/// A list that holds a company.
#[derive(Debug, Serialize, ToSchema)]
pub struct MembershipDto {
    id: Uuid,
    name: String,
    /// `private` or `team`.
    scope: String,
    /// `static` or `dynamic`.
    kind: String,
    /// Why it is on the list.
    note: Option<String>,
    /// When it was put there; null for a dynamic list.
    added_at: Option<DateTime<Utc>>,
}

/// The lists that hold a company.
#[derive(Debug, Serialize, ToSchema)]
pub struct MembershipsDto {
    items: Vec<MembershipDto>,
}

/// A company's facts with the sets that it is in.
struct Standing<'a> {
    facts: &'a CompanyFacts,
    sets: &'a Members,
}

impl Row for Standing<'_> {
    fn orgnr(&self) -> Orgnr {
        self.facts.orgnr
    }

    fn value(&self, field: FieldId) -> &FactValue {
        self.facts.value(field)
    }

    fn is_in(&self, set: &str) -> bool {
        self.sets.get(set).is_some_and(|members| members.binary_search(&self.facts.orgnr.number()).is_ok())
    }
}

/// The lists that one may see and that hold the company, dynamic ones included.
#[utoipa::path(get, path = "/api/companies/{orgnr}/lists", tag = "lists", params(("orgnr" = String, Path)),
    responses((status = 200, body = MembershipsDto)))]
pub async fn list_memberships(
    person: Principal,
    State(state): State<AppState>,
    PathParams(orgnr): PathParams<String>,
) -> Result<Json<MembershipsDto>> {
    person.require(Permission::ReadWork)?;
    let orgnr = crate::input::orgnr(&orgnr, "orgnr")?;
    let (kept, lists, facts) = {
        let mut conn = state.db.acquire().await?;
        let kept = store::lists::memberships(&mut conn, person.user, as_key(orgnr)).await?;
        let wanted = Wanted { archived: Some(false), ..Wanted::default() };
        let lists = store::lists::visible_to(&mut conn, person.user, wanted).await?;
        (kept, lists, store::company_facts::read(&mut conn, &[as_key(orgnr)]).await?)
    };
    let mut items: Vec<MembershipDto> = kept
        .into_iter()
        .map(|list| MembershipDto {
            id: list.id,
            name: list.name,
            scope: list.scope.as_str().to_owned(),
            kind: "static".to_owned(),
            note: list.note,
            added_at: Some(list.added_at),
        })
        .collect();
    for list in lists.into_iter().filter(|list| list.is_dynamic) {
        let (Some(facts), Ok(filter)) = (facts.first(), followed(&list)) else { continue };
        // Whether the house has excluded the company is said elsewhere on its page.
        let asker = Asker { user: person.user, include_excluded: true };
        if is_within(&state, asker, filter, facts).await? {
            items.push(MembershipDto {
                id: list.id,
                name: list.name,
                scope: list.scope.as_str().to_owned(),
                kind: "dynamic".to_owned(),
                note: None,
                added_at: None,
            });
        }
    }
    items.sort_by_cached_key(|list| (list.name.to_lowercase(), list.id));
    Ok(Json(MembershipsDto { items }))
}

async fn is_within(state: &AppState, asker: Asker, filter: Filter, facts: &CompanyFacts) -> Result<bool> {
    match resolve(&state.index.sets, asker, filter).await {
        Ok(resolved) => Ok(holds(&resolved.filter, &Standing { facts, sets: &resolved.sets })),
        Err(SetError::Database(error)) => Err(error.into()),
        // A list whose filter this person cannot ask holds nothing for them.
        Err(_) => Ok(false),
    }
}

/// Companies to tell about.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MarksRequest {
    /// At most 1000.
    orgnrs: Vec<String>,
    /// Also what this list says of them.
    list_id: Option<Uuid>,
}

/// A label on a company.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LabelMarkDto {
    id: Uuid,
    name: String,
    /// grey, red, orange, yellow, green, teal, blue or purple.
    color: String,
}

/// Why a company is hidden.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExclusionMarkDto {
    reason: String,
    added_by: Option<String>,
    added_at: DateTime<Utc>,
}

/// What a list says of a company in it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ItemDto {
    note: Option<String>,
    added_by: Option<String>,
    added_at: DateTime<Utc>,
}

/// What is noted about a company.
#[derive(Debug, Serialize, ToSchema)]
pub struct MarksDto {
    orgnr: String,
    labels: Vec<LabelMarkDto>,
    /// Lists in use that hold it.
    list_count: i64,
    /// Set when the house has excluded it.
    exclusion: Option<ExclusionMarkDto>,
    /// What the asked list says of it; null when it is not in it.
    item: Option<ItemDto>,
}

/// What is noted about companies.
#[derive(Debug, Serialize, ToSchema)]
pub struct MarksResponse {
    /// By number, each once.
    items: Vec<MarksDto>,
}

/// Labels, number of lists, exclusion, and what a list says of them, for a page of companies.
#[utoipa::path(post, path = "/api/companies/marks", tag = "lists", request_body = MarksRequest,
    responses((status = 200, body = MarksResponse), (status = 422, body = Problem)))]
pub async fn company_marks(
    person: Principal,
    State(state): State<AppState>,
    JsonBody(request): JsonBody<MarksRequest>,
) -> Result<Json<MarksResponse>> {
    person.require(Permission::ReadWork)?;
    if request.orgnrs.len() > MOST_MARKED {
        return Err(Problem::input("/orgnrs", format!("at most {MOST_MARKED} companies at once")));
    }
    let keys = numbers(&request.orgnrs)?;
    let mut conn = state.db.acquire().await?;
    let mut items = HashMap::new();
    if let Some(list) = request.list_id {
        visible(&mut conn, &person, list).await?;
        for item in store::lists::items::details(&mut conn, list, &keys).await? {
            let told = ItemDto { note: item.note, added_by: item.added_by, added_at: item.added_at };
            items.insert(item.orgnr, told);
        }
    }
    let mut labels: HashMap<i64, Vec<LabelMarkDto>> = HashMap::new();
    for mark in store::company_marks::labels(&mut conn, person.user, &keys).await? {
        let told = LabelMarkDto { id: mark.label, name: mark.name, color: mark.color };
        labels.entry(mark.orgnr).or_default().push(told);
    }
    let counts: HashMap<i64, i64> =
        store::company_marks::list_counts(&mut conn, person.user, &keys).await?.into_iter().collect();
    let mut exclusions = HashMap::new();
    for exclusion in store::exclusions::of(&mut conn, &keys).await? {
        let told =
            ExclusionMarkDto { reason: exclusion.reason, added_by: exclusion.added_by, added_at: exclusion.added_at };
        exclusions.insert(exclusion.orgnr, told);
    }
    let items = keys
        .into_iter()
        .map(|key| MarksDto {
            orgnr: written(key),
            labels: labels.remove(&key).unwrap_or_default(),
            list_count: counts.get(&key).copied().unwrap_or(0),
            exclusion: exclusions.remove(&key),
            item: items.remove(&key),
        })
        .collect();
    Ok(Json(MarksResponse { items }))
}
