//! Reading the pipeline: the board and table, one prospect with its history, and the same as a file.

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, Utc};
use domain::access::Permission;
use http::{HeaderValue, header};
use serde::Deserialize;
use store::companies::key;
use store::prospects::cards::{self, Card};
use store::prospects::history;
use utoipa::IntoParams;
use uuid::Uuid;

use super::dto::{ProspectDetailDto, ProspectDto, ProspectsDto, ProspectsQuery, StayDto};
use super::with_ids;
use crate::input::{PathParams, QueryParams, orgnr};
use crate::principal::Principal;
use crate::problem::{Problem, Result};
use crate::state::AppState;
use crate::views::wanted_scope;
use services::exports::order::file_name;
use services::exports::record::note_prospects;
use services::exports::{FileFormat, Language};
use services::prospects::file;
use services::prospects::question::{Due, Question};
use universe::blocking;

/// Most prospects of one answer.
const MOST: u32 = 10_000;

/// The prospects that one may see.
#[utoipa::path(get, path = "/api/prospects", tag = "prospects", params(ProspectsQuery),
    responses((status = 200, body = ProspectsDto), (status = 422, body = Problem)))]
pub async fn list_prospects(
    person: Principal,
    State(state): State<AppState>,
    QueryParams(query): QueryParams<ProspectsQuery>,
) -> Result<Json<ProspectsDto>> {
    person.require(Permission::ReadWork)?;
    let cards = wanted(&state, &person, &query, Utc::now()).await?;
    let total = cards.first().map_or(0, |card| card.total);
    let items: Vec<_> = cards.into_iter().map(|card| ProspectDto::new(card, &person)).collect();
    Ok(Json(ProspectsDto { count: items.len(), total, items }))
}

async fn wanted(state: &AppState, person: &Principal, query: &ProspectsQuery, now: DateTime<Utc>) -> Result<Vec<Card>> {
    let question = question(person, query)?;
    let limit = i64::from(query.limit.unwrap_or(5_000).min(MOST));
    let offset = i64::try_from(query.offset.unwrap_or(0)).unwrap_or(i64::MAX);
    let wanted = question.wanted(now.date_naive());
    Ok(cards::list(&mut *state.db.acquire().await?, person.user, &wanted, now, limit, offset).await?)
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
    let mut conn = state.db.acquire().await?;
    let card = with_ids(&mut conn, &person, &[id]).await?.pop();
    let card = card.ok_or_else(|| Problem::not_found(format!("there is no prospect {id} that you can see")))?;
    let now = Utc::now();
    let stays = history::stays(&mut conn, id).await?.into_iter().map(|stay| StayDto::new(stay, now)).collect();
    Ok(Json(ProspectDetailDto { prospect: ProspectDto::new(card, &person), stays }))
}

/// Which file.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ExportParams {
    /// `csv` (default) or `xlsx`.
    pub format: Option<String>,
    /// `sv` or `en` (default): language of the headings.
    pub language: Option<String>,
}

/// The prospects of the same question as a file, in the same order.
#[utoipa::path(get, path = "/api/prospects/export", tag = "prospects", params(ProspectsQuery, ExportParams),
    responses((status = 200, description = "CSV or a workbook", content_type = "application/octet-stream", body = Vec<u8>),
        (status = 422, body = Problem)))]
pub async fn export_prospects(
    person: Principal,
    State(state): State<AppState>,
    QueryParams(params): QueryParams<ExportQuery>,
) -> Result<Response> {
    person.require(Permission::Export)?;
    let (query, params) = params.split();
    let format = FileFormat::from_name(params.format.as_deref().unwrap_or("csv"))
        .ok_or_else(|| Problem::input("format", "format is csv or xlsx"))?;
    let language = Language::from_name(params.language.as_deref().unwrap_or("en"))
        .ok_or_else(|| Problem::input("language", "language is sv or en"))?;
    let now = Utc::now();
    let query = ProspectsQuery { limit: Some(MOST), ..query };
    let cards = wanted(&state, &person, &query, now).await?;
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

/// The question and the file in one query string.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportQuery {
    scope: Option<String>,
    stage: Option<String>,
    owner: Option<String>,
    due: Option<String>,
    stale: Option<bool>,
    q: Option<String>,
    orgnr: Option<String>,
    removed: Option<bool>,
    format: Option<String>,
    language: Option<String>,
}

impl ExportQuery {
    fn split(self) -> (ProspectsQuery, ExportParams) {
        let Self { scope, stage, owner, due, stale, q, orgnr, removed, format, language } = self;
        let query = ProspectsQuery { scope, stage, owner, due, stale, q, orgnr, removed, limit: None, offset: None };
        (query, ExportParams { format, language })
    }
}
