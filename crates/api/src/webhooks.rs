//! Webhooks of the house: made, changed, tried, and how their calls went.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use domain::access::Permission;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{audit, deliveries, webhooks};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::input::{JsonBody, PathParams};
use super::principal::Principal;
use super::problem::{Problem, Result};
use super::state::AppState;
use outbound::guard::read_url;
use outbound::send::{Senders, send_one};
use outbound::webhook::{Caller, new_secret};

/// Calls that the log of a webhook shows.
const MOST_CALLS: i64 = 100;

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
    /// Calls that failed for good in the last seven days.
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
    name: String,
    /// `https://…`
    url: String,
    /// False: it is not called.
    #[serde(alias = "isActive")]
    is_active: Option<bool>,
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

fn missing(id: Uuid) -> Problem {
    Problem::not_found(format!("there is no webhook {id}"))
}

fn check(request: &WebhookRequest, state: &AppState) -> Result<()> {
    if !(1..=200).contains(&request.name.trim().chars().count()) {
        return Err(Problem::input("/name", "a name has 1 to 200 characters"));
    }
    read_url(&request.url, state.config.webhook_allow_private)
        .map(drop)
        .map_err(|refusal| Problem::input("/url", refusal.to_string()))
}

/// The webhooks of the house.
#[utoipa::path(get, path = "/api/admin/webhooks", tag = "admin", responses((status = 200, body = WebhooksDto)))]
async fn list_webhooks(person: Principal, State(state): State<AppState>) -> Result<Json<WebhooksDto>> {
    person.require(Permission::ManageUsers)?;
    let found = webhooks::list(&mut *state.db.acquire().await?).await?;
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
    check(&request, &state)?;
    person.ensure_user(&state).await?;
    let secret = new_secret();
    let (name, url) = (request.name.trim(), request.url.trim());
    let mut tx = state.db.begin().await?;
    let id = webhooks::insert(&mut tx, name, url, &secret, person.user).await?;
    let detail = json!({ "name": name, "host": host(url) });
    audit::record(&mut tx, &person.event("webhook.create").about("webhook", id).with(detail)).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(WebhookSecretDto { id, secret })))
}

/// The host alone: path and query of an address may hold a secret.
fn host(url: &str) -> Option<String> {
    reqwest::Url::parse(url).ok()?.host_str().map(str::to_owned)
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
    check(&request, &state)?;
    let (name, url, is_active) = (request.name.trim(), request.url.trim(), request.is_active.unwrap_or(true));
    let mut tx = state.db.begin().await?;
    if !webhooks::update(&mut tx, id, name, url, is_active).await? {
        return Err(missing(id));
    }
    let detail = json!({ "name": name, "host": host(url), "is_active": is_active });
    audit::record(&mut tx, &person.event("webhook.update").about("webhook", id).with(detail)).await?;
    tx.commit().await?;
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
    let mut tx = state.db.begin().await?;
    if !webhooks::delete(&mut tx, id).await? {
        return Err(missing(id));
    }
    audit::record(&mut tx, &person.event("webhook.delete").about("webhook", id)).await?;
    tx.commit().await?;
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
    let secret = new_secret();
    let mut tx = state.db.begin().await?;
    if !webhooks::set_secret(&mut tx, id, &secret).await? {
        return Err(missing(id));
    }
    audit::record(&mut tx, &person.event("webhook.renew_secret").about("webhook", id)).await?;
    tx.commit().await?;
    Ok(Json(WebhookSecretDto { id, secret }))
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
    let now = Utc::now();
    let mut tx = state.db.begin().await?;
    if !webhooks::list(&mut tx).await?.iter().any(|one| one.id == id) {
        return Err(missing(id));
    }
    let body = json!({ "type": "webhook.test", "timestamp": now, "data": {} });
    let delivery = deliveries::insert_call(&mut tx, id, "webhook.test", &body).await?;
    // The runner must not make it too.
    deliveries::hold(&mut tx, delivery, now + chrono::TimeDelta::minutes(2)).await?;
    audit::record(&mut tx, &person.event("webhook.test").about("webhook", id)).await?;
    tx.commit().await?;
    let caller = Caller::new(state.config.webhook_allow_private).map_err(Problem::internal)?;
    let outcome = send_one(&state.db, &Senders { caller, postman: None }, delivery, now).await?;
    Ok(Json(match outcome {
        Some(Ok(status)) => WebhookTestDto { is_delivered: true, status: Some(status), error: None },
        Some(Err(error)) => {
            // A trial is not tried again behind the person's back.
            let status = error.status.map(i32::from);
            let mut conn = state.db.acquire().await?;
            deliveries::note_attempt(&mut conn, delivery, "failed", status, Some(&error.reason), None).await?;
            WebhookTestDto { is_delivered: false, status: error.status, error: Some(error.reason) }
        }
        None => return Err(missing(id)),
    }))
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
    let found = deliveries::of_webhook(&mut *state.db.acquire().await?, id, MOST_CALLS).await?;
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

/// Puts a call that failed for good back among those that wait.
#[utoipa::path(post, path = "/api/admin/webhooks/{id}/calls/{call}/retry", tag = "admin",
    params(("id" = Uuid, Path), ("call" = Uuid, Path)), responses((status = 204), (status = 404, body = Problem)))]
async fn retry_call(
    person: Principal,
    State(state): State<AppState>,
    PathParams((id, call)): PathParams<(Uuid, Uuid)>,
) -> Result<StatusCode> {
    person.require(Permission::ManageUsers)?;
    let mut tx = state.db.begin().await?;
    if !deliveries::retry(&mut tx, id, call).await? {
        return Err(Problem::not_found(format!("there is no failed call {call}")));
    }
    audit::record(&mut tx, &person.event("webhook.retry").about("webhook", id).with(json!({ "call": call }))).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
