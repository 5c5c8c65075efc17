//! Changing the pipeline: adding companies, changing one prospect or thousands.

use std::collections::HashMap;

use axum::Json;
use axum::extract::State;
use chrono::Utc;
use domain::access::{Permission, Visibility};
use http::{HeaderMap, StatusCode, header};
use uuid::Uuid;

use super::change_dto::{
    AddRequest, AddResponse, BulkRequest, BulkResponse, FormerProspectDto, NewProspectDto, ProspectChange, former,
};
use super::dto::ProspectDto;
use super::explain;
use crate::input::{self, JsonBody, PathParams};
use crate::principal::Principal;
use crate::problem::{Problem, Result};
use crate::state::AppState;
use services::prospects::add::{Addition, add};
use services::prospects::edit::{Edit, edit};
use services::prospects::find;

/// Prospects that one request may add or change.
const MOST: usize = 5_000;
/// Prospects that an answer tells of by name.
const MOST_TOLD: usize = 200;

/// Adds companies to the pipeline. Those that are in it already stay as they are and are told of.
#[utoipa::path(post, path = "/api/prospects", tag = "prospects", request_body = AddRequest,
    responses((status = 200, body = AddResponse), (status = 422, body = Problem)))]
pub async fn add_prospects(
    person: Principal,
    State(state): State<AppState>,
    JsonBody(request): JsonBody<AddRequest>,
) -> Result<Json<AddResponse>> {
    person.require(Permission::EditWork)?;
    if request.orgnrs.len() > MOST {
        return Err(Problem::input("/orgnrs", format!("at most {MOST} companies at once; send several requests")));
    }
    let mut orgnrs = input::orgnrs(&request.orgnrs)?;
    if let Some(text) = &request.orgnr {
        orgnrs.push(input::orgnr(text, "/orgnr")?);
    }
    if orgnrs.is_empty() {
        return Err(Problem::input("/orgnrs", "name at least one company"));
    }
    let scope = Visibility::from_name(request.scope.as_deref().unwrap_or("team"))
        .ok_or_else(|| Problem::input("/scope", "scope is private or team"))?;
    let text = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let addition = Addition {
        orgnrs,
        scope,
        stage: request.stage,
        owner: request.owner_id,
        pass_reason: text(request.pass_reason),
        pass_note: text(request.pass_note),
        reopen: request.reopen,
    };
    person.ensure_user(&state.db).await?;
    let added = match add(&state.db, &person, &addition, Utc::now()).await {
        Ok(added) => added,
        Err(error) => return Err(explain(&state, &person, error, "", StatusCode::CONFLICT).await),
    };
    let told: Vec<Uuid> = added.already.iter().take(MOST_TOLD).map(|prospect| prospect.id).collect();
    let already = find::with_ids(&state.db, &person, &told).await?;
    // A change of a locked prospect raises its version by one.
    let formers = |prospects: &[domain::prospect::Prospect]| -> Vec<FormerProspectDto> {
        prospects.iter().map(|prospect| former(prospect, prospect.version + 1)).collect()
    };
    Ok(Json(AddResponse {
        added: added.added.iter().map(|(id, orgnr)| NewProspectDto { id: *id, orgnr: orgnr.to_string() }).collect(),
        already_count: added.already.len(),
        already: already.into_iter().map(|card| ProspectDto::new(card, &person)).collect(),
        restored: formers(&added.restored),
        reopened: formers(&added.reopened),
        unknown: added.unknown.iter().map(|orgnr| orgnr.to_string()).collect(),
    }))
}

/// Changes a prospect. Needs the version that the change was made from, as `If-Match` or `version`; when somebody else was
/// faster the answer is 412 or 409 with the present state in `current`.
#[utoipa::path(patch, path = "/api/prospects/{id}", tag = "prospects", params(("id" = Uuid, Path)),
    request_body = ProspectChange,
    responses((status = 200, body = ProspectDto), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 412, body = Problem), (status = 422, body = Problem), (status = 428, body = Problem)))]
pub async fn change_prospect(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
    headers: HeaderMap,
    JsonBody(request): JsonBody<ProspectChange>,
) -> Result<Json<ProspectDto>> {
    person.require(Permission::EditWork)?;
    let (version, collided) = match headers.get(header::IF_MATCH).map(|value| value.to_str().unwrap_or_default()) {
        Some(tag) => (read_tag(tag)?, StatusCode::PRECONDITION_FAILED),
        None => (request.version, StatusCode::CONFLICT),
    };
    let Some(version) = version else {
        return Err(Problem::new(
            StatusCode::PRECONDITION_REQUIRED,
            "say which version the change was made from, as If-Match: \"3\" or as version in the body",
        ));
    };
    let edits = [Edit { id, version: Some(version), change: request.read("")? }];
    person.ensure_user(&state.db).await?;
    if let Err(error) = edit(&state.db, &person, &edits, Utc::now()).await {
        return Err(explain(&state, &person, error, "", collided).await);
    }
    let card = find::one(&state.db, &person, id).await?;
    Ok(Json(ProspectDto::new(card, &person)))
}

/// `"3"`, `3` or `W/"3"`.
fn read_tag(tag: &str) -> Result<Option<i32>> {
    let text = tag.trim().trim_start_matches("W/").trim_matches('"');
    text.parse()
        .map(Some)
        .map_err(|_| Problem::input("If-Match", format!("{tag:?} is not the version of a prospect, such as \"3\"")))
}

/// Changes many prospects, all of them or none.
#[utoipa::path(post, path = "/api/prospects/bulk", tag = "prospects", request_body = BulkRequest,
    responses((status = 200, body = BulkResponse), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem)))]
pub async fn change_many(
    person: Principal,
    State(state): State<AppState>,
    JsonBody(request): JsonBody<BulkRequest>,
) -> Result<Json<BulkResponse>> {
    person.require(Permission::EditWork)?;
    if !(1..=MOST).contains(&request.changes.len()) {
        return Err(Problem::input("/changes", format!("1 to {MOST} changes at once")));
    }
    let mut edits = Vec::with_capacity(request.changes.len());
    for (index, one) in request.changes.into_iter().enumerate() {
        let (id, version) = (one.id, one.version);
        edits.push(Edit { id, version, change: one.read(&format!("/changes/{index}"))? });
    }
    person.ensure_user(&state.db).await?;
    let edited = match edit(&state.db, &person, &edits, Utc::now()).await {
        Ok(edited) => edited,
        Err(error) => return Err(explain(&state, &person, error, "/changes/{}", StatusCode::CONFLICT).await),
    };
    let versions: HashMap<Uuid, i32> = edited.after.iter().map(|prospect| (prospect.id, prospect.version)).collect();
    let before = edited.before.iter().map(|p| former(p, versions.get(&p.id).copied().unwrap_or(p.version))).collect();
    Ok(Json(BulkResponse { changed: edited.after.len(), before }))
}
