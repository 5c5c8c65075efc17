//! Runs of `lode import`: what was read, what changed, what was refused and why.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::input::{PathParams, QueryParams};
use super::problem::{Problem, Result};
use super::state::AppState;
use crate::body::values::{Offset, Whole};
use ingest::report::ImportReport;
use services::error::stored;
use services::imports::{self, ImportRun};

/// A run that committed nothing for so long while it says it runs was killed.
const SILENT_MINUTES: i64 = 5;

/// Every route of this file.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list_imports)).routes(routes!(get_import)).routes(routes!(list_rejections))
}

/// Which part of a list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Page {
    /// How many at most, 1 to 500; 50 when not given.
    #[param(inline)]
    limit: Option<Whole<1, 500>>,
    /// How many to leave out first.
    #[param(inline)]
    offset: Option<Offset>,
}

impl Page {
    fn bounds(&self) -> (i64, i64) {
        (self.limit.map_or(50, |limit| limit.0), self.offset.map_or(0, |offset| offset.0))
    }
}

/// One input file.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct ImportFileDto {
    /// Name without its folder.
    pub name: String,
    /// Size.
    pub bytes: u64,
}

/// One run.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ImportRunDto {
    /// Identity.
    pub id: Uuid,
    /// `filings`, `register`, `scb`, `accounts` or `companies`.
    pub kind: String,
    /// `running`, `completed`, `cancelled`, `failed`, or `interrupted`: killed, the same command goes on from there.
    pub status: String,
    /// Whether nothing was written.
    pub is_dry_run: bool,
    /// The files.
    pub files: Vec<ImportFileDto>,
    /// What it did so far.
    pub report: ImportReport,
    /// Why it failed.
    pub error: Option<String>,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When its last batch was committed.
    pub updated_at: DateTime<Utc>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
}

impl ImportRunDto {
    fn new(run: ImportRun, now: DateTime<Utc>) -> Result<Self> {
        let is_silent = run.status == "running" && now - run.updated_at > TimeDelta::minutes(SILENT_MINUTES);
        Ok(Self {
            files: stored(&format!("files of import {}", run.id), run.inputs)?,
            report: stored(&format!("report of import {}", run.id), run.report)?,
            id: run.id,
            kind: run.kind,
            status: if is_silent { "interrupted".to_owned() } else { run.status },
            is_dry_run: run.is_dry_run,
            error: run.error,
            started_at: run.started_at,
            updated_at: run.updated_at,
            finished_at: run.finished_at,
        })
    }
}

/// A page of runs.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ImportList {
    /// Newest first.
    pub items: Vec<ImportRunDto>,
    /// How many there are in all.
    pub total: i64,
}

/// A row or entry that was refused.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RejectionDto {
    /// File, with archive entries after `!`.
    pub file: String,
    /// Row or entry number within the file, from 1; 0 is the file as a whole.
    pub item: i64,
    /// Line, column, byte or field.
    pub place: Option<String>,
    /// What is wrong.
    pub reason: String,
    /// What can be done.
    pub remedy: Option<String>,
    /// A few characters of the input.
    pub sample: Option<String>,
}

/// One run with the first page of its rejections.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ImportDetail {
    /// The run.
    #[serde(flatten)]
    pub run: ImportRunDto,
    /// The first 100, in the order of the input.
    pub rejections: Vec<RejectionDto>,
    /// How many there are in all.
    pub rejections_total: i64,
}

/// A page of rejections.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RejectionList {
    /// In the order of the input.
    pub items: Vec<RejectionDto>,
    /// How many there are in all.
    pub total: i64,
}

/// Import runs, newest first.
#[utoipa::path(get, path = "/api/imports", tag = "imports", params(Page),
    responses((status = 200, body = ImportList), (status = 422, body = Problem, content_type = "application/problem+json")))]
async fn list_imports(State(state): State<AppState>, QueryParams(page): QueryParams<Page>) -> Result<Json<ImportList>> {
    let (limit, offset) = page.bounds();
    let (runs, total) = imports::page(&state.db, limit, offset).await?;
    let now = Utc::now();
    Ok(Json(ImportList {
        items: runs.into_iter().map(|run| ImportRunDto::new(run, now)).collect::<Result<_>>()?,
        total,
    }))
}

/// One import run with its report and first rejections.
#[utoipa::path(get, path = "/api/imports/{id}", tag = "imports", params(("id" = Uuid, Path, description = "Identity of the run")),
    responses((status = 200, body = ImportDetail), (status = 404, body = Problem, content_type = "application/problem+json")))]
async fn get_import(State(state): State<AppState>, PathParams(id): PathParams<Uuid>) -> Result<Json<ImportDetail>> {
    let run = imports::find(&state.db, id).await?;
    let (rejections, rejections_total) = page_of(&state, id, 100, 0).await?;
    Ok(Json(ImportDetail { run: ImportRunDto::new(run, Utc::now())?, rejections, rejections_total }))
}

/// What an import run refused, in the order of the input.
#[utoipa::path(get, path = "/api/imports/{id}/rejections", tag = "imports",
    params(("id" = Uuid, Path, description = "Identity of the run"), Page),
    responses((status = 200, body = RejectionList), (status = 404, body = Problem, content_type = "application/problem+json")))]
async fn list_rejections(
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
    QueryParams(page): QueryParams<Page>,
) -> Result<Json<RejectionList>> {
    let (limit, offset) = page.bounds();
    imports::find(&state.db, id).await?;
    let (items, total) = page_of(&state, id, limit, offset).await?;
    Ok(Json(RejectionList { items, total }))
}

async fn page_of(state: &AppState, id: Uuid, limit: i64, offset: i64) -> Result<(Vec<RejectionDto>, i64)> {
    let (rejections, total) = imports::rejections(&state.db, id, limit, offset).await?;
    let rejections = rejections
        .into_iter()
        .map(|r| RejectionDto {
            file: r.file,
            item: r.item,
            place: r.place,
            reason: r.reason,
            remedy: r.remedy,
            sample: r.sample,
        })
        .collect();
    Ok((rejections, total))
}
