//! Webhooks of the organisation: made, changed, tried, and how their calls went.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use domain::access::Permission;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::input::{JsonBody, PathParams};
use super::principal::Principal;
use super::problem::{Problem, Result};
use super::state::AppState;
use services::webhooks::{self, Draft};

/// Every route of this file.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list_webhooks, create_webhook))
        .routes(routes!(change_webhook, delete_webhook))
        .routes(routes!(renew_secret))
        .routes(routes!(test_webhook))
        .routes(routes!(list_calls))
        .routes(routes!(retry_call))
}

/// A webhook without its secret.
#[derive(Debug, Serialize, ToSchema)]
struct WebhookDto {
    id: Uuid,
    name: String,
    url: String,
    is_active: bool,
    created_by_name: Option<String>,
    created_at: DateTime<Utc>,
    /// Watched screens that call it.
    monitor_count: i64,
    /// Calls that failed permanently in the last seven days.
    failed_count: i64,
}

/// Webhooks by name.
#[derive(Debug, Serialize, ToSchema)]
struct WebhooksDto {
    items: Vec<WebhookDto>,
}

/// What somebody writes of a webhook.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WebhookRequest {
    /// 1 to 200 characters.
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    name: String,
    /// `https://…`
    url: String,
    /// False: it is not called.
    #[serde(alias = "isActive")]
    is_active: Option<bool>,
}

impl WebhookRequest {
    fn draft(&self) -> Draft<'_> {
        Draft { name: self.name.trim(), url: self.url.trim(), is_active: self.is_active.unwrap_or(true) }
    }
}

/// A secret, shown this once.
#[derive(Debug, Serialize, ToSchema)]
struct WebhookSecretDto {
    id: Uuid,
    /// `whsec_…`; verifies the signature of every call.
    secret: String,
}

/// How a trial call went.
#[derive(Debug, Serialize, ToSchema)]
struct WebhookTestDto {
    is_delivered: bool,
    /// What the other side answered.
    status: Option<u16>,
    error: Option<String>,
}

/// A call.
#[derive(Debug, Serialize, ToSchema)]
struct WebhookCallDto {
    /// `webhook-id` of the call.
    id: Uuid,
    event: String,
    /// `waiting`, `delivered` or `failed`.
    state: String,
    attempts: i32,
    /// What the other side answered last.
    status: Option<i32>,
    error: Option<String>,
    created_at: DateTime<Utc>,
    attempted_at: Option<DateTime<Utc>>,
}

/// Calls, newest first.
#[derive(Debug, Serialize, ToSchema)]
struct WebhookCallsDto {
    items: Vec<WebhookCallDto>,
}

/// The webhooks of the organisation.
#[utoipa::path(get, path = "/api/admin/webhooks", tag = "admin", responses((status = 200, body = WebhooksDto)))]
async fn list_webhooks(person: Principal, State(state): State<AppState>) -> Result<Json<WebhooksDto>> {
    person.require(Permission::ManageUsers)?;
    let found = webhooks::list(&state.db).await?;
    let items = found
        .into_iter()
        .map(|one| WebhookDto {
            id: one.id,
            name: one.name,
            url: one.url,
            is_active: one.is_active,
            created_by_name: one.created_by_name,
            created_at: one.created_at,
            monitor_count: one.monitor_count,
            failed_count: one.failed_count,
        })
        .collect();
    Ok(Json(WebhooksDto { items }))
}

/// Makes a webhook; its secret is shown this once.
#[utoipa::path(post, path = "/api/admin/webhooks", tag = "admin", request_body = WebhookRequest,
    responses((status = 201, body = WebhookSecretDto), (status = 422, body = Problem)))]
async fn create_webhook(
    person: Principal,
    State(state): State<AppState>,
    JsonBody(request): JsonBody<WebhookRequest>,
) -> Result<(StatusCode, Json<WebhookSecretDto>)> {
    person.require(Permission::ManageUsers)?;
    let allow_private = state.config.webhook_allow_private;
    let (id, secret) =
        webhooks::create(&state.db, &state.identity.sealer, &person, &request.draft(), allow_private).await?;
    Ok((StatusCode::CREATED, Json(WebhookSecretDto { id, secret })))
}

/// Changes a webhook.
#[utoipa::path(put, path = "/api/admin/webhooks/{id}", tag = "admin", params(("id" = Uuid, Path)),
    request_body = WebhookRequest, responses((status = 204), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn change_webhook(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
    JsonBody(request): JsonBody<WebhookRequest>,
) -> Result<StatusCode> {
    person.require(Permission::ManageUsers)?;
    webhooks::change(&state.db, &person, id, &request.draft(), state.config.webhook_allow_private).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Deletes a webhook with the log of its calls.
#[utoipa::path(delete, path = "/api/admin/webhooks/{id}", tag = "admin", params(("id" = Uuid, Path)),
    responses((status = 204), (status = 404, body = Problem)))]
async fn delete_webhook(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<StatusCode> {
    person.require(Permission::ManageUsers)?;
    webhooks::delete(&state.db, &person, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives a webhook a new secret, shown this once; the old one signs nothing more.
#[utoipa::path(post, path = "/api/admin/webhooks/{id}/secret", tag = "admin", params(("id" = Uuid, Path)),
    responses((status = 200, body = WebhookSecretDto), (status = 404, body = Problem)))]
async fn renew_secret(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<Json<WebhookSecretDto>> {
    person.require(Permission::ManageUsers)?;
    Ok(Json(WebhookSecretDto {
        id,
        secret: webhooks::renew_secret(&state.db, &state.identity.sealer, &person, id).await?,
    }))
}

/// Calls a webhook once with a harmless message, now.
#[utoipa::path(post, path = "/api/admin/webhooks/{id}/test", tag = "admin", params(("id" = Uuid, Path)),
    responses((status = 200, body = WebhookTestDto), (status = 404, body = Problem)))]
async fn test_webhook(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<Json<WebhookTestDto>> {
    person.require(Permission::ManageUsers)?;
    let trial =
        webhooks::test(&state.db, &state.identity.sealer, &person, id, state.config.webhook_allow_private, Utc::now())
            .await?;
    Ok(Json(WebhookTestDto { is_delivered: trial.error.is_none(), status: trial.status, error: trial.error }))
}

/// The calls of a webhook.
#[utoipa::path(get, path = "/api/admin/webhooks/{id}/calls", tag = "admin", params(("id" = Uuid, Path)),
    responses((status = 200, body = WebhookCallsDto)))]
async fn list_calls(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<Json<WebhookCallsDto>> {
    person.require(Permission::ManageUsers)?;
    let found = webhooks::calls(&state.db, id).await?;
    let items = found
        .into_iter()
        .map(|one| WebhookCallDto {
            id: one.id,
            event: one.event,
            state: one.state,
            attempts: one.attempts,
            status: one.status,
            error: one.error,
            created_at: one.created_at,
            attempted_at: one.attempted_at,
        })
        .collect();
    Ok(Json(WebhookCallsDto { items }))
}

/// Puts a call that failed permanently back among those that wait.
#[utoipa::path(post, path = "/api/admin/webhooks/{id}/calls/{call}/retry", tag = "admin",
    params(("id" = Uuid, Path), ("call" = Uuid, Path)), responses((status = 204), (status = 404, body = Problem)))]
async fn retry_call(
    person: Principal,
    State(state): State<AppState>,
    PathParams((id, call)): PathParams<(Uuid, Uuid)>,
) -> Result<StatusCode> {
    person.require(Permission::ManageUsers)?;
    webhooks::retry_call(&state.db, &person, id, call).await?;
    Ok(StatusCode::NO_CONTENT)
}
