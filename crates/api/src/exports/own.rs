//! One's own exports: looked at, stopped, asked for again, removed.

use axum::Json;
use axum::extract::State;
use chrono::Utc;
use http::StatusCode;
use uuid::Uuid;

use super::dto::{ExportDto, ExportList};
use crate::input::PathParams;
use crate::principal::Principal;
use crate::problem::{Problem, Result};
use crate::state::AppState;
use services::exports::request;

/// One's own exports, newest first, and whether anybody works on them.
#[utoipa::path(get, path = "/api/exports", tag = "exports", responses((status = 200, body = ExportList)))]
pub async fn list_exports(person: Principal, State(state): State<AppState>) -> Result<Json<ExportList>> {
    let own = request::list(&state.db, &person).await?;
    let now = Utc::now();
    Ok(Json(ExportList {
        items: own.exports.into_iter().map(|export| ExportDto::new(export, now)).collect(),
        workers: own.workers,
        is_paused: own.is_paused,
        kept_days: state.config.export_days,
    }))
}

/// One export of one's own, with how far it is.
#[utoipa::path(get, path = "/api/exports/{id}", tag = "exports", params(("id" = Uuid, Path, description = "Identity of the export")),
    responses((status = 200, body = ExportDto), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub async fn get_export(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<Json<ExportDto>> {
    Ok(Json(one(&state, &person, id).await?))
}

/// The export as it stands now.
///
/// # Errors
/// 404 when the person has none of this id.
pub async fn one(state: &AppState, person: &Principal, id: Uuid) -> Result<ExportDto> {
    Ok(ExportDto::new(request::find(&state.db, person, id).await?, Utc::now()))
}

/// Stops an export. One that waits is cancelled at once; one that is being written is told and stops within moments.
#[utoipa::path(post, path = "/api/exports/{id}/cancel", tag = "exports",
    params(("id" = Uuid, Path, description = "Identity of the export")),
    responses((status = 200, body = ExportDto), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It has ended", body = Problem, content_type = "application/problem+json")))]
pub async fn cancel_export(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<Json<ExportDto>> {
    request::cancel(&state.db, &person, id, Utc::now()).await?;
    Ok(Json(one(&state, &person, id).await?))
}

/// Asks again for an export that failed, was cancelled or has expired, of the data as it is now.
#[utoipa::path(post, path = "/api/exports/{id}/retry", tag = "exports",
    params(("id" = Uuid, Path, description = "Identity of the export")),
    responses((status = 202, body = ExportDto), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It is ready, or not finished; or too many are not", body = Problem,
            content_type = "application/problem+json")))]
pub async fn retry_export(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<(StatusCode, Json<ExportDto>)> {
    request::retry(&state.db, &person, id, Utc::now()).await?;
    Ok((StatusCode::ACCEPTED, Json(one(&state, &person, id).await?)))
}

/// Removes an export with its file; one that is not finished is stopped.
#[utoipa::path(delete, path = "/api/exports/{id}", tag = "exports",
    params(("id" = Uuid, Path, description = "Identity of the export")),
    responses((status = 204), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub async fn remove_export(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<StatusCode> {
    request::remove(&state.db, &state.artifacts, &person, id, Utc::now()).await?;
    Ok(StatusCode::NO_CONTENT)
}
