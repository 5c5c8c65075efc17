//! Frozen screens: take one, look at it, run it again and see what changed.

use axum::Json;
use axum::extract::State;
use domain::filter::Filter;
use domain::orgnr::Orgnr;
use http::StatusCode;
use uuid::Uuid;

use super::dto::{
    FilterTree, PageParams, SnapshotCauseDto, SnapshotChangeDto, SnapshotDetailResponse, SnapshotDifferenceResponse,
    SnapshotDto, SnapshotRequest, SnapshotsResponse,
};
use super::selection;
use crate::body::JsonBody;
use crate::input::{PathParams, QueryParams};
use crate::principal::Principal;
use crate::problem::{self, Problem};
use crate::state::AppState;
use services::snapshots::{self, Difference, Snapshot};
use universe::screen_changes::{ScreenChange, explain};

/// Companies explained per direction of a difference.
const MOST_EXPLAINED: usize = 1_000;

impl From<Snapshot> for SnapshotDto {
    fn from(snapshot: Snapshot) -> Self {
        Self {
            id: snapshot.id,
            name: snapshot.name,
            text: snapshot.filter_text,
            filter: FilterTree(snapshot.filter),
            data_version: snapshot.data_version,
            count: u64::try_from(snapshot.company_count).unwrap_or(0),
            hash: snapshot.hash,
            created_at: snapshot.created_at,
        }
    }
}

/// Freezes a screen: filter, data version, companies and their hash.
#[utoipa::path(post, path = "/api/universe/snapshots", tag = "universe", request_body = SnapshotRequest,
    responses((status = 201, body = SnapshotDto), (status = 422, body = Problem)))]
pub async fn create(
    person: Principal,
    State(state): State<AppState>,
    JsonBody(body): JsonBody<SnapshotRequest>,
) -> problem::Result<(StatusCode, Json<SnapshotDto>)> {
    let selected = selection::read(body.selection())?;
    let name = body.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
    if name.is_some_and(|name| name.chars().count() > 200 || name.contains('\0')) {
        return Err(Problem::input("/name", "a name has at most 200 characters"));
    }
    let asker = selected.asked_by(&person);
    let taken = snapshots::create(&state.db, &state.index, &person, asker, selected.whole, name).await?;
    Ok((StatusCode::CREATED, Json(taken.into())))
}

/// Frozen screens, newest first.
#[utoipa::path(get, path = "/api/universe/snapshots", tag = "universe", params(PageParams),
    responses((status = 200, body = SnapshotsResponse), (status = 422, body = Problem)))]
pub async fn list(
    State(state): State<AppState>,
    QueryParams(page): QueryParams<PageParams>,
) -> problem::Result<Json<SnapshotsResponse>> {
    let (limit, offset) = (page.limit.map_or(50, |limit| limit.0.min(500)), page.offset.map_or(0, |offset| offset.0));
    let (items, total) = snapshots::page(&state.db, limit, offset).await?;
    Ok(Json(SnapshotsResponse {
        items: items.into_iter().map(Into::into).collect(),
        total: u64::try_from(total).unwrap_or(0),
    }))
}

/// A frozen screen with a page of its companies.
#[utoipa::path(get, path = "/api/universe/snapshots/{id}", tag = "universe", params(("id" = Uuid, Path), PageParams),
    responses((status = 200, body = SnapshotDetailResponse), (status = 404, body = Problem)))]
pub async fn one(
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
    QueryParams(page): QueryParams<PageParams>,
) -> problem::Result<Json<SnapshotDetailResponse>> {
    let limit = page.limit.and_then(|limit| i32::try_from(limit.0.min(10_000)).ok()).unwrap_or(100);
    let offset = page.offset.map_or(0, |offset| i32::try_from(offset.0).unwrap_or(i32::MAX).min(i32::MAX - 20_000));
    let (snapshot, orgnrs) = snapshots::find(&state.db, id, limit, offset).await?;
    let orgnrs = orgnrs.iter().map(ToString::to_string).collect();
    Ok(Json(SnapshotDetailResponse { snapshot: snapshot.into(), orgnrs }))
}

/// Removes a frozen screen.
#[utoipa::path(delete, path = "/api/universe/snapshots/{id}", tag = "universe", params(("id" = Uuid, Path)),
    responses((status = 204), (status = 404, body = Problem)))]
pub async fn remove(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> problem::Result<StatusCode> {
    snapshots::remove(&state.db, &person, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Runs a frozen screen again: who entered, who left, and the figures that caused it.
#[utoipa::path(post, path = "/api/universe/snapshots/{id}/rerun", tag = "universe", params(("id" = Uuid, Path)),
    responses((status = 200, body = SnapshotDifferenceResponse), (status = 404, body = Problem)))]
pub async fn rerun(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> problem::Result<Json<SnapshotDifferenceResponse>> {
    let (snapshot, filter, difference) = snapshots::rerun(&state.db, &state.index, &person, id, MOST_EXPLAINED).await?;
    let explain = |orgnrs: &[Orgnr], entered: bool| {
        orgnrs.iter().take(MOST_EXPLAINED).map(|orgnr| change(&filter, &difference, *orgnr, entered)).collect()
    };
    Ok(Json(SnapshotDifferenceResponse {
        entered: explain(&difference.entered, true),
        left: explain(&difference.left, false),
        total: difference.total,
        hash: difference.hash.clone(),
        data_version: difference.data_version.clone(),
        entered_count: difference.entered.len() as u64,
        left_count: difference.left.len() as u64,
        snapshot: snapshot.into(),
    }))
}

fn change(filter: &Filter, difference: &Difference, orgnr: Orgnr, entered: bool) -> SnapshotChangeDto {
    let ScreenChange { orgnr, name, reason, causes } = explain(filter, difference, orgnr, entered);
    let causes = causes
        .into_iter()
        .map(|cause| SnapshotCauseDto {
            condition: cause.condition,
            field: cause.field,
            before: cause.before,
            after: cause.after,
        })
        .collect();
    SnapshotChangeDto { orgnr, name, reason, causes }
}
