//! Templates of analyses: those that come with the program, and saved ones in versions.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use domain::analysis::{SHIPPED, Template};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use services::templates::{self, StoredTemplate};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::analysis::checked;
use crate::input::{JsonBody, PathParams, QueryParams};
use crate::label::BilingualLabel;
use crate::principal::Principal;
use crate::problem::{Problem, Result};
use crate::state::AppState;
use crate::views::body_name;

/// Every route of this file.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list_templates, create_template))
        .routes(routes!(read_template, change_template, delete_template))
        .routes(routes!(restore_template))
}

/// What a template says: dimensions with weights, each measured by fields of the catalogue.
#[derive(Debug, ToSchema)]
#[allow(dead_code, reason = "describes `domain::analysis::Template`, which knows no OpenAPI")]
struct TemplateBodyDto {
    /// 1 to 20, with weights whose sum is above 0.
    dimensions: Vec<TemplateDimensionDto>,
    /// What a model is asked; a template without is for rules alone.
    #[schema(required = false)]
    questions: Option<TemplateQuestionsDto>,
    /// Which results need no person to be approved; a run may say otherwise.
    #[schema(required = false)]
    auto_approval: Option<super::results::AutoApprovalDto>,
}

/// What a model is asked.
#[derive(Debug, ToSchema)]
#[allow(dead_code, reason = "describes `domain::analysis::Questions`")]
struct TemplateQuestionsDto {
    /// What sentences are asked for, of `GET /api/analysis/vocabulary`.
    sections: Vec<String>,
    /// Whether levers are asked for.
    #[schema(required = false)]
    levers: bool,
    /// Whether the fit of each dimension is asked for.
    #[schema(required = false)]
    fit: bool,
    /// Whether open questions are asked for.
    #[schema(required = false)]
    open_questions: bool,
    /// The question in own words; `{company}`, `{orgnr}`, `{language}` and the template's own variables are filled in.
    #[schema(required = false)]
    instructions: String,
    /// Variables of the template: name → text.
    #[schema(required = false)]
    variables: std::collections::BTreeMap<String, String>,
    /// Tokens of the answer at most, 200 to 16000.
    max_output_tokens: u32,
}

/// One side of the fit.
#[derive(Debug, ToSchema)]
#[allow(dead_code, reason = "describes `domain::analysis::Dimension`")]
struct TemplateDimensionDto {
    /// Stable name within the template: 1 to 40 small letters, digits and `_`.
    key: String,
    /// What people read; the key where there is none.
    #[schema(required = false)]
    label: Option<String>,
    /// Share of the total relative to the other weights, 0 to 1000.
    weight: f64,
    /// 1 to 20.
    measures: Vec<TemplateMeasureDto>,
}

/// A field and the straight line that turns its value into 0 to 1.
#[derive(Debug, ToSchema)]
#[allow(dead_code, reason = "describes `domain::analysis::Measure`")]
struct TemplateMeasureDto {
    /// Key of a field of the catalogue that holds a number.
    field: String,
    /// Value, in the field's unit, that counts 0.
    worst: f64,
    /// Value that counts 1; below `worst` where less is better.
    best: f64,
}

/// A way to score companies.
#[derive(Debug, Serialize, ToSchema)]
struct TemplateDto {
    /// Null for one that comes with the program.
    id: Option<Uuid>,
    /// Name of a template that comes with the program and asks a model; null for others.
    key: Option<&'static str>,
    /// What a template that comes with the program is for.
    description: Option<BilingualLabel>,
    version: i32,
    /// The version that it has come to; the same where this is the newest one.
    newest_version: i32,
    name: String,
    #[schema(value_type = TemplateBodyDto)]
    template: Value,
    made_at: Option<DateTime<Utc>>,
    /// When it was deleted; only one that is asked for by its id can be.
    deleted_at: Option<DateTime<Utc>>,
}

impl From<StoredTemplate> for TemplateDto {
    fn from(found: StoredTemplate) -> Self {
        let StoredTemplate { id, version, newest_version, name, body, made_at, deleted_at } = found;
        let (key, description) = (None, None);
        Self {
            key,
            description,
            id: Some(id),
            version,
            newest_version,
            name,
            template: body,
            made_at: Some(made_at),
            deleted_at,
        }
    }
}

/// Templates, the built-in one first.
#[derive(Debug, Serialize, ToSchema)]
struct TemplatesDto {
    items: Vec<TemplateDto>,
    /// Those that ask a model and come with the program, by their `key`.
    shipped: Vec<TemplateDto>,
}

/// Every template in its newest version.
#[utoipa::path(get, path = "/api/analysis/templates", tag = "runs", responses((status = 200, body = TemplatesDto)))]
async fn list_templates(State(state): State<AppState>) -> Result<Json<TemplatesDto>> {
    let built_in = TemplateDto {
        key: None,
        description: None,
        id: None,
        version: 1,
        newest_version: 1,
        name: "Acquisition".to_owned(),
        template: serde_json::to_value(Template::acquisition()).map_err(Problem::internal)?,
        made_at: None,
        deleted_at: None,
    };
    let saved = templates::list(&state.db).await?;
    let items = std::iter::once(built_in).chain(saved.into_iter().map(Into::into)).collect();
    let mut shipped = Vec::with_capacity(SHIPPED.len());
    for template in &SHIPPED {
        shipped.push(TemplateDto {
            id: None,
            key: Some(template.key),
            description: Some(template.description.into()),
            version: template.version,
            newest_version: template.version,
            name: template.name.en.to_owned(),
            template: serde_json::to_value(template.template()).map_err(Problem::internal)?,
            made_at: None,
            deleted_at: None,
        });
    }
    Ok(Json(TemplatesDto { items, shipped }))
}

/// A template that somebody wrote.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TemplateRequest {
    /// 1 to 200 characters.
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    name: String,
    #[schema(value_type = TemplateBodyDto)]
    template: Value,
    /// The version that a change was made from; one that was changed meanwhile is refused with 409.
    version: Option<i32>,
}

/// Saves a template.
#[utoipa::path(post, path = "/api/analysis/templates", tag = "runs", request_body = TemplateRequest,
    responses((status = 201, body = TemplateDto)))]
async fn create_template(
    person: Principal,
    State(state): State<AppState>,
    JsonBody(request): JsonBody<TemplateRequest>,
) -> Result<(StatusCode, Json<TemplateDto>)> {
    let (name, template) = (body_name(&request.name)?, checked(request.template, "/template")?);
    let kept = templates::create(&state.db, &person, &name, &template).await?;
    Ok((StatusCode::CREATED, Json(kept.into())))
}

/// Which version of a template.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct TemplateQuery {
    /// The newest one when not given.
    version: Option<i32>,
}

/// A template in one of its versions. One that was deleted can still be read, for runs were made with it.
#[utoipa::path(get, path = "/api/analysis/templates/{id}", tag = "runs", params(("id" = Uuid, Path), TemplateQuery),
    responses((status = 200, body = TemplateDto), (status = 404, body = Problem)))]
async fn read_template(
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
    QueryParams(query): QueryParams<TemplateQuery>,
) -> Result<Json<TemplateDto>> {
    let found = templates::find_version(&state.db, id, query.version).await?;
    Ok(Json(found.into()))
}

/// Saves a new version of a template; runs keep the version that they were made with.
#[utoipa::path(put, path = "/api/analysis/templates/{id}", tag = "runs", params(("id" = Uuid, Path)), request_body = TemplateRequest,
    responses((status = 200, body = TemplateDto), (status = 409, description = "Changed meanwhile")))]
async fn change_template(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
    JsonBody(request): JsonBody<TemplateRequest>,
) -> Result<Json<TemplateDto>> {
    let (name, template) = (body_name(&request.name)?, checked(request.template, "/template")?);
    let kept = templates::change(&state.db, &person, id, &name, &template, request.version).await?;
    Ok(Json(kept.into()))
}

/// Deletes a template, which can be brought back. Runs that were made with it keep it.
#[utoipa::path(delete, path = "/api/analysis/templates/{id}", tag = "runs", params(("id" = Uuid, Path)),
    responses((status = 204), (status = 404, body = Problem)))]
async fn delete_template(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<StatusCode> {
    templates::delete(&state.db, &person, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Brings a deleted template back; one that is not deleted stays as it is.
#[utoipa::path(post, path = "/api/analysis/templates/{id}/restore", tag = "runs", params(("id" = Uuid, Path)),
    responses((status = 200, body = TemplateDto), (status = 404, body = Problem)))]
async fn restore_template(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<Json<TemplateDto>> {
    Ok(Json(templates::restore(&state.db, &person, id).await?.into()))
}
