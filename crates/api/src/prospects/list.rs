//! Reading the pipeline: the board and table, one prospect with its history, and the same as a file.

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, Utc};
use domain::access::Permission;
use http::{HeaderValue, header};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::dto::{ProspectDetailDto, ProspectDto, ProspectsDto, ProspectsQuery, StayDto, cursor};
use crate::body::values::Whole;
use crate::input::{PathParams, QueryParams, orgnr};
use crate::principal::Principal;
use crate::problem::{Problem, Result};
use crate::state::AppState;
use crate::views::wanted_scope;
use services::companies::key;
use services::exports::order::file_name;
use services::exports::record::note_prospects;
use services::exports::{FileFormat, Language};
use services::prospects::question::{Due, Question};
use services::prospects::{Card, file, find};
use universe::blocking;

/// Most prospects of one answer.
const MOST: i64 = 10_000;

/// The prospects that one may see.
#[utoipa::path(get, path = "/api/prospects", tag = "prospects", params(ProspectsQuery),
    responses((status = 200, body = ProspectsDto), (status = 422, body = Problem)))]
pub async fn list_prospects(
    person: Principal,
    State(state): State<AppState>,
    QueryParams(query): QueryParams<ProspectsQuery>,
) -> Result<Json<ProspectsDto>> {
    person.require(Permission::ReadWork)?;
    let (cards, next) = wanted(&state, &person, &query, Utc::now()).await?;
    let total = cards.first().map_or(0, |card| card.total);
    let next = next.as_ref().map(cursor);
    let items: Vec<_> = cards.into_iter().map(|card| ProspectDto::new(card, &person)).collect();
    Ok(Json(ProspectsDto { count: items.len(), total, items, next }))
}

async fn wanted(
    state: &AppState,
    person: &Principal,
    query: &ProspectsQuery,
    now: DateTime<Utc>,
) -> Result<(Vec<Card>, Option<find::CardPlace>)> {
    let question = question(person, query)?;
    let limit = query.limit.map_or(5_000, |limit| limit.0.min(MOST));
    let after = query.after()?;
    let offset = query.offset.map_or(0, |offset| offset.0);
    let page = find::Page { after: after.as_ref(), offset, limit };
    Ok(find::page(&state.db, person, &question, now, page).await?)
}

/// Reads the question out of a query.
///
/// # Errors
/// 422 that names the place.
pub fn question(person: &Principal, query: &ProspectsQuery) -> Result<Question> {
    let stages = query.stage.as_deref().map(|list| list.split(',').map(|key| key.trim().to_owned()).collect());
    let owner = match query.owner.as_deref() {
        None | Some("none") => None,
        Some("me") => Some(person.user),
        Some(id) => {
            let id = Uuid::parse_str(id);
            Some(id.map_err(|_| Problem::input("owner", "owner is the id of a person, me or none"))?)
        }
    };
    let due = match query.due.as_deref() {
        None => None,
        Some("none") => Some(Due::Undated),
        Some("overdue") => Some(Due::Overdue),
        Some("today") => Some(Due::Today),
        Some("week") => Some(Due::Week),
        Some(_) => return Err(Problem::input("due", "due is overdue, today, week or none")),
    };
    let orgnrs = match query.orgnr.as_deref() {
        None => None,
        Some(text) => Some(vec![key(orgnr(text, "orgnr")?)]),
    };
    Ok(Question {
        scope: wanted_scope(query.scope.as_deref())?.map(|scope| scope.as_str().to_owned()),
        stages,
        owner,
        is_unowned: query.owner.as_deref() == Some("none"),
        due,
        is_stale: query.stale.unwrap_or(false),
        q: query.q.clone(),
        orgnrs,
        with_removed: query.removed.unwrap_or(false),
    })
}

/// One prospect with its way through the pipeline.
#[utoipa::path(get, path = "/api/prospects/{id}", tag = "prospects", params(("id" = Uuid, Path)),
    responses((status = 200, body = ProspectDetailDto), (status = 404, body = Problem)))]
pub async fn get_prospect(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<Json<ProspectDetailDto>> {
    person.require(Permission::ReadWork)?;
    let (card, stays) = find::with_stays(&state.db, &person, id).await?;
    let now = Utc::now();
    let stays = stays.into_iter().map(|stay| StayDto::new(stay, now)).collect();
    Ok(Json(ProspectDetailDto { prospect: ProspectDto::new(card, &person), stays }))
}

/// The prospects of the same question as a file, in the same order.
#[utoipa::path(get, path = "/api/prospects/export", tag = "prospects", params(ExportQuery),
    responses((status = 200, description = "CSV or a workbook", content_type = "application/octet-stream", body = Vec<u8>),
        (status = 422, body = Problem)))]
pub async fn export_prospects(
    person: Principal,
    State(state): State<AppState>,
    QueryParams(params): QueryParams<ExportQuery>,
) -> Result<Response> {
    person.require(Permission::Export)?;
    let (query, format, language) = params.split();
    let format = FileFormat::from_name(format.as_deref().unwrap_or("csv"))
        .filter(|format| format.is_for_people())
        .ok_or_else(|| Problem::input("format", "format is csv or xlsx"))?;
    let language = Language::from_name(language.as_deref().unwrap_or("en"))
        .ok_or_else(|| Problem::input("language", "language is sv or en"))?;
    let now = Utc::now();
    let query = ProspectsQuery { limit: Some(Whole(MOST)), ..query };
    let (cards, _) = wanted(&state, &person, &query, now).await?;
    let stages = note_prospects(&state.db, &person, &cards).await?;
    let bytes = blocking::run(move |_| file::write(&cards, &stages, format, language))
        .await
        .map_err(Problem::internal)?
        .map_err(Problem::internal)?;
    let name = format!("attachment; filename=\"{}\"", file_name("prospects", now, format.as_str()));
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(format.media_type()));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&name).map_err(Problem::internal)?);
    Ok(response)
}

/// The question of `GET /api/prospects` and which file, in one query string.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ExportQuery {
    /// `private`, `team` or `all` (default).
    #[param(pattern = "^(all|private|team)$")]
    scope: Option<String>,
    /// Keys of stages, joined by commas.
    stage: Option<String>,
    /// Id of the owner, `me`, or `none`.
    #[param(pattern = "^(me|none|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$")]
    owner: Option<String>,
    /// `overdue`, `today` (or before), `week` (the next seven days or before), `none`.
    #[param(pattern = "^(overdue|today|week|none)$")]
    due: Option<String>,
    /// Only those that nobody touched for longer than their stage allows.
    stale: Option<bool>,
    /// Letters of the company's name, or the first digits of its number.
    q: Option<String>,
    /// Of one company.
    orgnr: Option<String>,
    /// Removed ones too.
    removed: Option<bool>,
    /// `csv` (default) or `xlsx`.
    format: Option<String>,
    /// `sv` or `en` (default): language of the headings.
    language: Option<String>,
}

impl ExportQuery {
    /// The question, the format and the language.
    fn split(self) -> (ProspectsQuery, Option<String>, Option<String>) {
        let Self { scope, stage, owner, due, stale, q, orgnr, removed, format, language } = self;
        let query = ProspectsQuery { scope, stage, owner, due, stale, q, orgnr, removed, ..ProspectsQuery::default() };
        (query, format, language)
    }
}
