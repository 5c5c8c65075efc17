//! Watched screens of the asking person, and what changed on them.

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
use services::error::stored;
use services::monitors::check::Checked;
use services::monitors::watch::{self, FoundChange, Monitor, Wish};
use universe::screen_changes::ScreenChange;

/// Every route of this file.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list_monitors))
        .routes(routes!(watch_view))
        .routes(routes!(stop_watching))
        .routes(routes!(check_now))
        .routes(routes!(get_change))
}

/// A watched screen.
#[derive(Debug, Serialize, ToSchema)]
struct MonitorDto {
    id: Uuid,
    view_id: Uuid,
    view_name: String,
    /// `import`: told after each import that changed the screen; `daily`: told once a day.
    rhythm: String,
    by_email: bool,
    webhook_id: Option<Uuid>,
    is_active: bool,
    checked_at: Option<DateTime<Utc>>,
    /// Why the last check failed.
    error: Option<String>,
    created_at: DateTime<Utc>,
}

impl From<Monitor> for MonitorDto {
    fn from(monitor: Monitor) -> Self {
        Self {
            id: monitor.id,
            view_id: monitor.view_id,
            view_name: monitor.view_name,
            rhythm: monitor.rhythm,
            by_email: monitor.by_email,
            webhook_id: monitor.webhook_id,
            is_active: monitor.is_active,
            checked_at: monitor.checked_at,
            error: monitor.error,
            created_at: monitor.created_at,
        }
    }
}

/// A webhook that a monitor may call.
#[derive(Debug, Serialize, ToSchema)]
struct WebhookChoiceDto {
    id: Uuid,
    name: String,
}

/// The watched screens, and what they may be told by.
#[derive(Debug, Serialize, ToSchema)]
struct MonitorsDto {
    items: Vec<MonitorDto>,
    webhooks: Vec<WebhookChoiceDto>,
    /// Whether the installation can send emails.
    can_email: bool,
}

/// How somebody wants to be told.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WatchRequest {
    /// `import` (default) or `daily`.
    rhythm: Option<String>,
    /// An email too.
    #[serde(default, alias = "byEmail")]
    by_email: bool,
    /// A webhook to call too.
    #[serde(alias = "webhookId")]
    webhook_id: Option<Uuid>,
    /// False pauses it.
    #[serde(alias = "isActive")]
    is_active: Option<bool>,
}

/// What a check found.
#[derive(Debug, Serialize, ToSchema)]
struct CheckedDto {
    /// `remembered` (nothing to compare with before), `same`, `changed` or `nothing`.
    outcome: &'static str,
    /// The change that was found.
    change_id: Option<Uuid>,
}

/// A difference on a watched screen.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScreenDifferenceDto {
    id: Uuid,
    monitor_id: Uuid,
    view_id: Uuid,
    view_name: String,
    found_at: DateTime<Utc>,
    /// The screen as text.
    text: String,
    /// Companies on the screen then.
    total: i64,
    entered_count: i64,
    left_count: i64,
    /// The first 200 of those that entered.
    entered: Vec<ScreenChangeDto>,
    /// The first 200 of those that left.
    left: Vec<ScreenChangeDto>,
}

/// A company that entered or left.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScreenChangeDto {
    orgnr: String,
    name: Option<String>,
    /// `new`, `removed` or `changed`.
    reason: String,
    causes: Vec<ScreenCauseDto>,
}

/// The figure that turned a condition.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScreenCauseDto {
    /// The condition as text.
    condition: String,
    /// Key of the field.
    field: String,
    #[schema(value_type = Object)]
    before: serde_json::Value,
    #[schema(value_type = Object)]
    after: serde_json::Value,
}

impl ScreenDifferenceDto {
    /// The difference with at most `most` companies per direction.
    ///
    /// # Errors
    /// 500 when the stored companies cannot be read.
    pub fn new(change: FoundChange, most: usize) -> Result<Self> {
        let read = |companies: serde_json::Value| -> Result<Vec<ScreenChangeDto>> {
            let companies: Vec<ScreenChange> = stored(&format!("companies of change {}", change.id), companies)?;
            let companies = companies
                .into_iter()
                .take(most)
                .map(|one| ScreenChangeDto {
                    // As the rest of the API writes numbers.
                    orgnr: one.orgnr.replace(['-', ' '], ""),
                    name: one.name,
                    reason: one.reason,
                    causes: one
                        .causes
                        .into_iter()
                        .map(|cause| ScreenCauseDto {
                            condition: cause.condition,
                            field: cause.field,
                            before: cause.before,
                            after: cause.after,
                        })
                        .collect(),
                })
                .collect();
            Ok(companies)
        };
        Ok(Self {
            id: change.id,
            monitor_id: change.monitor_id,
            view_id: change.view_id,
            view_name: change.view_name,
            found_at: change.found_at,
            text: change.filter_text,
            total: change.total,
            entered_count: change.entered_count,
            left_count: change.left_count,
            entered: read(change.entered)?,
            left: read(change.went)?,
        })
    }
}

/// The screens that one watches.
#[utoipa::path(get, path = "/api/monitors", tag = "monitors", responses((status = 200, body = MonitorsDto)))]
async fn list_monitors(person: Principal, State(state): State<AppState>) -> Result<Json<MonitorsDto>> {
    person.require(Permission::ReadWork)?;
    let (watched, callable) = watch::list(&state.db, &person).await?;
    let webhooks = callable.into_iter().map(|one| WebhookChoiceDto { id: one.id, name: one.name }).collect();
    let items = watched.into_iter().map(MonitorDto::from).collect();
    Ok(Json(MonitorsDto { items, webhooks, can_email: state.config.smtp_url.is_some() }))
}

/// Watches a view, or changes how one is told of it.
#[utoipa::path(put, path = "/api/views/{id}/monitor", tag = "monitors", params(("id" = Uuid, Path)), request_body = WatchRequest,
    responses((status = 200, body = MonitorDto), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn watch_view(
    person: Principal,
    State(state): State<AppState>,
    PathParams(view): PathParams<Uuid>,
    JsonBody(request): JsonBody<WatchRequest>,
) -> Result<Json<MonitorDto>> {
    person.require(Permission::EditWork)?;
    let rhythm = match request.rhythm.as_deref() {
        None | Some("import") => "import",
        Some("daily") => "daily",
        Some(_) => return Err(Problem::input("/rhythm", "rhythm is import or daily")),
    };
    if request.by_email && state.config.smtp_url.is_none() {
        return Err(Problem::input("/by_email", "this installation sends no emails: SMTP_URL is not set"));
    }
    let wish = Wish {
        rhythm,
        by_email: request.by_email,
        webhook_id: request.webhook_id,
        is_active: request.is_active.unwrap_or(true),
    };
    let public_url = state.config.public_url.as_deref();
    let monitor = watch::watch(&state.db, &state.index.sets, &person, view, &wish, public_url, Utc::now()).await?;
    Ok(Json(monitor.into()))
}

/// Stops watching.
#[utoipa::path(delete, path = "/api/monitors/{id}", tag = "monitors", params(("id" = Uuid, Path)),
    responses((status = 204), (status = 404, body = Problem)))]
async fn stop_watching(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<StatusCode> {
    person.require(Permission::EditWork)?;
    watch::stop(&state.db, &person, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Checks a watched screen now.
#[utoipa::path(post, path = "/api/monitors/{id}/check", tag = "monitors", params(("id" = Uuid, Path)),
    responses((status = 200, body = CheckedDto), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn check_now(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<Json<CheckedDto>> {
    person.require(Permission::EditWork)?;
    let public_url = state.config.public_url.as_deref();
    let found = watch::check_now(&state.db, &state.index.sets, &person, id, public_url, Utc::now()).await?;
    let (outcome, change_id) = match found {
        Checked::Changed(change) => ("changed", Some(change)),
        Checked::Remembered => ("remembered", None),
        Checked::Same => ("same", None),
        Checked::Nothing => ("nothing", None),
    };
    Ok(Json(CheckedDto { outcome, change_id }))
}

/// What changed on a watched screen: who entered, who left, and because of which figures.
#[utoipa::path(get, path = "/api/monitors/changes/{id}", tag = "monitors", params(("id" = Uuid, Path)),
    responses((status = 200, body = ScreenDifferenceDto), (status = 404, body = Problem)))]
async fn get_change(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<Json<ScreenDifferenceDto>> {
    person.require(Permission::ReadWork)?;
    let change = watch::find_change(&state.db, &person, id).await?;
    Ok(Json(ScreenDifferenceDto::new(change, usize::MAX)?))
}
