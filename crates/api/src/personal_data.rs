//! What is kept of a person: its export, and its erasure.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use chrono::Utc;
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::input::PathParams;
use super::principal::Principal;
use super::problem::{Problem, Result};
use super::state::AppState;
use services::personal_data::{self, EraseError};

/// Every route of this file.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(export)).routes(routes!(ask_erasure, withdraw_erasure)).routes(routes!(erase))
}

/// Everything that is kept of the asking person.
#[derive(Debug, Serialize, ToSchema)]
struct PersonalData {
    /// When it was read (RFC 3339).
    exported_at: String,
    /// Who they are.
    #[schema(value_type = Object)]
    person: Value,
    /// By table and column: how many rows name them, how many of them are left out, and the rows.
    #[schema(value_type = Object)]
    records: Value,
}

/// Everything that is kept of oneself, as a file. Secrets, and what is kept of them, are left out; of each table at most 10 000 rows are told.
#[utoipa::path(get, path = "/api/me/export", tag = "identity", responses((status = 200, body = PersonalData)))]
async fn export(person: Principal, State(state): State<AppState>) -> Result<Response> {
    let found = personal_data::export(&state.db, person.user, &person.caller(), Utc::now()).await?;
    let mut answer = Json(found).into_response();
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"lode-my-data.json\""));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}

/// Asks that what is kept of oneself is erased; administrators see it and do it.
#[utoipa::path(post, path = "/api/me/erasure", tag = "identity", responses((status = 204)))]
async fn ask_erasure(person: Principal, State(state): State<AppState>) -> Result<StatusCode> {
    personal_data::ask_erasure(&state.db, person.user, true, &person.caller()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes the request back.
#[utoipa::path(delete, path = "/api/me/erasure", tag = "identity", responses((status = 204)))]
async fn withdraw_erasure(person: Principal, State(state): State<AppState>) -> Result<StatusCode> {
    personal_data::ask_erasure(&state.db, person.user, false, &person.caller()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Erases a person permanently: account, sessions, messages and private things are deleted; shared work keeps a number that leads to nobody.
#[utoipa::path(delete, path = "/api/admin/users/{id}/personal_data", tag = "admin", params(("id" = Uuid, Path)),
    responses((status = 204), (status = 404), (status = 409, description = "E.g. oneself, or the last administrator")))]
async fn erase(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<StatusCode> {
    personal_data::erase(&state.db, &state.identity, id, &person.caller(), person.user).await.map_err(|error| {
        match error {
            EraseError::Unknown(_) => Problem::not_found(error.to_string()),
            EraseError::Refused(why) => Problem::new(StatusCode::CONFLICT, why),
            EraseError::Failed(error) => error.into(),
        }
    })?;
    Ok(StatusCode::NO_CONTENT)
}
