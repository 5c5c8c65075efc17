//! Reading the pipeline: the board and table, one prospect with its history, and the same as a file.

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, Days, Utc};
use domain::access::Permission;
use domain::orgnr::Orgnr;
use http::{HeaderValue, header};
use serde::Deserialize;
use serde_json::json;
use store::companies::key;
use store::prospects::cards::{self, Card, Wanted};
use store::prospects::history;
use store::{activity, audit};
use utoipa::IntoParams;
use uuid::Uuid;

use super::dto::{ProspectDetailDto, ProspectDto, ProspectsDto, ProspectsQuery, StayDto};
use super::with_ids;
use crate::actions::prospects::file::{self, FileFormat, Language};
use crate::http::input::{PathParams, QueryParams, orgnr};
use crate::http::principal::Principal;
use crate::http::problem::{Problem, Result};
use crate::http::state::AppState;
use crate::http::views::wanted_scope;

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
    let stages: Option<Vec<String>> =
        query.stage.as_deref().map(|list| list.split(',').map(|key| key.trim().to_owned()).collect());
    let owner = match query.owner.as_deref() {
        None | Some("none") => None,
        Some("me") => Some(person.user),
        Some(id) => {
            let id = Uuid::parse_str(id);
            Some(id.map_err(|_| Problem::input("owner", "owner is the id of a person, me or none"))?)
        }
    };
    let today = now.date_naive();
    let due_until = match query.due.as_deref() {
        None | Some("none") => None,
        Some("overdue") => today.checked_sub_days(Days::new(1)),
        Some("today") => Some(today),
        Some("week") => today.checked_add_days(Days::new(7)),
        Some(_) => return Err(Problem::input("due", "due is overdue, today, week or none")),
    };
    let company: Option<[i64; 1]> = match query.orgnr.as_deref() {
        None => None,
        Some(text) => Some([key(orgnr(text, "orgnr")?)]),
    };
    let wanted = Wanted {
        scope: wanted_scope(query.scope.as_deref())?,
        stages: stages.as_deref(),
        owner,
        is_unowned: query.owner.as_deref() == Some("none"),
        due_until,
        is_undated: query.due.as_deref() == Some("none"),
        is_stale: query.stale.unwrap_or(false),
        // What is due matters only while a prospect is being worked.
        is_open: due_until.is_some(),
        q: query.q.as_deref().map(str::trim).filter(|q| !q.is_empty()),
        orgnrs: company.as_ref().map(<[i64; 1]>::as_slice),
        ids: None,
        with_removed: query.removed.unwrap_or(false),
    };
    let limit = i64::from(query.limit.unwrap_or(5_000).min(MOST));
    let offset = i64::try_from(query.offset.unwrap_or(0)).unwrap_or(i64::MAX);
    Ok(cards::list(&mut *state.db.acquire().await?, person.user, &wanted, now, limit, offset).await?)
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
    let format = match params.format.as_deref() {
        None | Some("csv") => FileFormat::Csv,
        Some("xlsx") => FileFormat::Xlsx,
        Some(_) => return Err(Problem::input("format", "format is csv or xlsx")),
    };
    let language = match params.language.as_deref() {
        None | Some("en") => Language::English,
        Some("sv") => Language::Swedish,
        Some(_) => return Err(Problem::input("language", "language is sv or en")),
    };
    let now = Utc::now();
    let query = ProspectsQuery { limit: Some(MOST), ..query };
    let cards = wanted(&state, &person, &query, now).await?;
    let mut tx = state.db.begin().await?;
    let (_, stages) = store::pipeline::read(&mut tx).await?;
    let orgnrs: Vec<Orgnr> = cards.iter().filter_map(|card| store::companies::orgnr_of(card.orgnr).ok()).collect();
    let detail = json!({ "what": "prospects", "count": cards.len() });
    let entry =
        activity::Entry { actor: Some(person.user), kind: "company.exported", orgnrs: &orgnrs, detail: detail.clone() };
    activity::record(&mut tx, &entry).await?;
    audit::record(&mut tx, &person.event("prospects.export").with(detail)).await?;
    tx.commit().await?;
    let (bytes, media_type, ending) =
        tokio::task::spawn_blocking(move || file::write(&cards, &stages, format, language))
            .await
            .map_err(Problem::internal)?
            .map_err(Problem::internal)?;
    let name = format!("attachment; filename=\"lode-prospects-{}.{ending}\"", now.format("%Y-%m-%d"));
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
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
