//! Models that write: which there are, what they can do, and what is spent.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use http::StatusCode;
use serde::Serialize;
use serde_json::Value;
use services::models::{self, ModelView, Spending};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::input::PathParams;
use super::principal::Principal;
use super::problem::Result;
use super::runs::units;
use super::state::AppState;

/// Every route of this file.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list_models)).routes(routes!(list_model_settings)).routes(routes!(probe_model))
}

/// A model that a run can name.
#[derive(Debug, Serialize, ToSchema)]
struct ModelDto {
    /// The provider's name in the settings.
    name: String,
    model: String,
    /// Whether it answered when it was last asked what it can do.
    is_ready: bool,
    /// Why it did not; null where it did, or was not asked yet.
    error: Option<String>,
    /// Price of a million input tokens.
    input_price: f64,
    /// Price of a million output tokens.
    output_price: f64,
}

/// What is spent of the month's limit.
#[derive(Debug, Serialize, ToSchema)]
struct SpendingDto {
    /// Spent and set aside in this month (UTC).
    spent: f64,
    limit: f64,
    /// What a run may cost where nobody says otherwise.
    run_limit: f64,
    currency: String,
}

impl From<Spending> for SpendingDto {
    fn from(spending: Spending) -> Self {
        Self {
            spent: units(spending.spent),
            limit: units(spending.limit),
            run_limit: units(spending.run_limit),
            currency: spending.currency,
        }
    }
}

/// The models of this installation; none where rules write everything.
#[derive(Debug, Serialize, ToSchema)]
struct ModelsDto {
    items: Vec<ModelDto>,
    month: SpendingDto,
}

fn is_ready(view: &ModelView) -> bool {
    view.seen.as_ref().is_some_and(|seen| seen.abilities.is_some())
}

/// The models that runs can name, and what is spent of the month's limit.
#[utoipa::path(get, path = "/api/models", tag = "runs", responses((status = 200, body = ModelsDto)))]
async fn list_models(State(state): State<AppState>) -> Result<Json<ModelsDto>> {
    let items = models::models(&state.models).await?.into_iter().map(|view| ModelDto {
        is_ready: is_ready(&view),
        error: view.seen.as_ref().and_then(|seen| seen.error.clone()),
        name: view.name,
        model: view.model,
        input_price: units(view.input_price),
        output_price: units(view.output_price),
    });
    Ok(Json(ModelsDto { items: items.collect(), month: models::spending(&state.models).await?.into() }))
}

/// What a provider was seen to be able to do; how `abilities` is described.
#[derive(Debug, Serialize, ToSchema)]
#[allow(dead_code, reason = "describes `llm::Abilities`")]
struct AbilitiesDto {
    /// The strictest way of asking for structure that it takes: `json_schema`, `json_object` or `plain`.
    structure: String,
    /// Whether it keeps to a schema, rather than only taking it.
    is_enforced: bool,
    /// Whether answers come in pieces.
    streams: bool,
    /// Whether it tells how many tokens it took.
    reports_usage: bool,
}

/// A model with its settings, without its key.
#[derive(Debug, Serialize, ToSchema)]
struct ModelSettingsDto {
    #[serde(flatten)]
    model: ModelDto,
    /// Address without credentials.
    base_url: String,
    has_key: bool,
    context_tokens: u32,
    max_output_tokens: u32,
    #[schema(value_type = Option<AbilitiesDto>)]
    abilities: Option<Value>,
    /// When it was last asked; null where it was not.
    probed_at: Option<DateTime<Utc>>,
}

/// Every model with its settings.
#[derive(Debug, Serialize, ToSchema)]
struct ModelSettingsListDto {
    items: Vec<ModelSettingsDto>,
    month: SpendingDto,
}

/// The models with their settings and what they were seen to be able to do.
#[utoipa::path(get, path = "/api/admin/models", tag = "admin", responses((status = 200, body = ModelSettingsListDto)))]
async fn list_model_settings(State(state): State<AppState>) -> Result<Json<ModelSettingsListDto>> {
    let items = models::models(&state.models).await?.into_iter().map(|view| {
        let is_ready = is_ready(&view);
        let (abilities, error, probed_at) = match view.seen {
            Some(seen) => (seen.abilities, seen.error, Some(seen.probed_at)),
            None => (None, None, None),
        };
        ModelSettingsDto {
            model: ModelDto {
                name: view.name,
                model: view.model,
                is_ready,
                error,
                input_price: units(view.input_price),
                output_price: units(view.output_price),
            },
            base_url: view.base_url,
            has_key: view.has_key,
            context_tokens: view.context_tokens,
            max_output_tokens: view.max_output_tokens,
            abilities,
            probed_at,
        }
    });
    Ok(Json(ModelSettingsListDto { items: items.collect(), month: models::spending(&state.models).await?.into() }))
}

/// Has a worker ask a model what it can do.
#[utoipa::path(post, path = "/api/admin/models/{name}/probe", tag = "admin", params(("name" = String, Path)),
    responses((status = 202, description = "A worker asks it as soon as one is free"), (status = 422, description = "No such model")))]
async fn probe_model(
    person: Principal,
    State(state): State<AppState>,
    PathParams(name): PathParams<String>,
) -> Result<StatusCode> {
    models::ask_again(&state.models, &person, &name).await?;
    Ok(StatusCode::ACCEPTED)
}
