//! What the asking person is told.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use domain::access::Permission;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::input::{JsonBody, QueryParams};
use super::principal::Principal;
use super::problem::Result;
use super::state::AppState;
use crate::body::values::Whole;
use services::notifications;

/// Every route of this file.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list_notifications)).routes(routes!(mark_notifications))
}

/// A page of notifications.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct NotificationsQuery {
    /// Only unread ones.
    unread: Option<bool>,
    /// Only those sent before the one with this id.
    before: Option<i64>,
    /// How many; 30 when not given, 200 at most, however many more are asked for.
    #[param(inline)]
    limit: Option<Whole<0, 4_294_967_295>>,
}

/// A notification.
#[derive(Debug, Serialize, ToSchema)]
struct NotificationDto {
    id: i64,
    /// `mention`, `assigned`, `screen_changed`, `screen_digest`, …
    kind: String,
    /// Whoever caused it.
    actor_name: Option<String>,
    /// The company it is about.
    orgnr: Option<String>,
    company_name: Option<String>,
    /// The object it is about, such as `note:<id>`.
    subject: Option<String>,
    /// What is needed to show it; depends on the kind.
    #[schema(value_type = Object)]
    detail: Value,
    created_at: DateTime<Utc>,
    read_at: Option<DateTime<Utc>>,
}

/// Notifications, newest first.
#[derive(Debug, Serialize, ToSchema)]
struct NotificationsDto {
    items: Vec<NotificationDto>,
    /// All that are unread, also beyond this page.
    unread_count: i64,
    /// For `before`; null at the end.
    next: Option<i64>,
}

/// Which to mark.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MarkRequest {
    /// These; all of them when left out.
    ids: Option<Vec<i64>>,
    /// True (default) marks them as read, false as unread.
    read: Option<bool>,
}

/// What changed.
#[derive(Debug, Serialize, ToSchema)]
struct MarkResponse {
    /// Those that were not so before: sent back with the other `read`, they are as they were.
    ids: Vec<i64>,
    unread_count: i64,
}

/// One's own notifications.
#[utoipa::path(get, path = "/api/notifications", tag = "notifications", params(NotificationsQuery),
    responses((status = 200, body = NotificationsDto)))]
async fn list_notifications(
    person: Principal,
    State(state): State<AppState>,
    QueryParams(query): QueryParams<NotificationsQuery>,
) -> Result<Json<NotificationsDto>> {
    person.require(Permission::ReadWork)?;
    let limit = query.limit.map_or(30, |limit| limit.0.clamp(1, 200));
    let unread = query.unread.unwrap_or(false);
    let (found, unread_count) = notifications::page(&state.db, &person, unread, query.before, limit).await?;
    let is_full = i64::try_from(found.len()).is_ok_and(|count| count == limit);
    let next = found.last().filter(|_| is_full).map(|one| one.id);
    let items = found
        .into_iter()
        .map(|one| NotificationDto {
            id: one.id,
            kind: one.kind,
            actor_name: one.actor_name,
            orgnr: one.orgnr.map(|orgnr| orgnr.to_string()),
            company_name: one.company_name,
            subject: one.subject,
            detail: one.detail,
            created_at: one.created_at,
            read_at: one.read_at,
        })
        .collect();
    Ok(Json(NotificationsDto { items, unread_count, next }))
}

/// Marks one's own notifications as read or unread.
#[utoipa::path(post, path = "/api/notifications/mark", tag = "notifications", request_body = MarkRequest,
    responses((status = 200, body = MarkResponse)))]
async fn mark_notifications(
    person: Principal,
    State(state): State<AppState>,
    JsonBody(request): JsonBody<MarkRequest>,
) -> Result<Json<MarkResponse>> {
    person.require(Permission::ReadWork)?;
    let is_read = request.read.unwrap_or(true);
    let (ids, unread_count) = notifications::mark(&state.db, &person, request.ids.as_deref(), is_read).await?;
    Ok(Json(MarkResponse { ids, unread_count }))
}
