//! A run's model: who writes, in which language, for how much; what a company would be asked; and the words of an analysis.

use axum::Json;
use axum::extract::State;
use domain::analysis::{Degree, Lever, Recommendation, Section, Template};
use domain::evidence::Language;
use domain::label::Label;
use domain::orgnr::Orgnr;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use services::analyses::{self, Cost, Question};
use services::models;
use services::runs::{self as act, RunModel};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::analysis::wanted_template;
use super::dto::{RunDto, units};
use crate::body::JsonBody;
use crate::input::{PathParams, orgnr};
use crate::label::BilingualLabel;
use crate::principal::Principal;
use crate::problem::{Problem, Result};
use crate::state::AppState;

/// What is asked where nobody names a template.
pub const USUAL_TEMPLATE: &str = "full";

/// Every route of this file.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(preview)).routes(routes!(set_budget)).routes(routes!(vocabulary))
}

/// What a body says of who writes and by which template.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// The model, by its provider's name.
    pub provider: Option<&'a str>,
    /// `sv` or `en`.
    pub language: Option<&'a str>,
    /// What the calls may cost together.
    pub budget: Option<f64>,
    /// A shipped template.
    pub template_key: Option<&'a str>,
    /// A saved template.
    pub template_id: Option<Uuid>,
    /// A template of this run alone.
    pub template: Option<&'a Value>,
}

impl<'a> Wanted<'a> {
    /// The shipped template: the named one; the usual one where a model is named and no template.
    #[must_use]
    pub fn shipped_template(&self) -> Option<&'a str> {
        let names_one = self.template.is_some() || self.template_id.is_some();
        self.template_key.or((self.provider.is_some() && !names_one).then_some(USUAL_TEMPLATE))
    }
}

/// The model of a body; `None` where rules write.
pub async fn read(state: &AppState, wanted: Wanted<'_>) -> Result<Option<RunModel>> {
    let language = match wanted.language {
        None | Some("sv") => "sv",
        Some("en") => "en",
        Some(_) => return Err(Problem::input("/language", "language is sv or en")),
    };
    let budget = wanted.budget.map(|amount| millionths(amount, "/budget")).transpose()?;
    let Some(name) = wanted.provider else { return Ok(None) };
    let found = models::named(&state.models, name)?;
    Ok(Some(RunModel {
        provider: found.provider,
        model: found.model,
        language: language.to_owned(),
        budget: Some(budget.unwrap_or(state.models.run_limit())),
        template_key: wanted.shipped_template().map(str::to_owned),
    }))
}

/// The first model that can be asked, for callers that name none; `None` where rules write.
pub async fn usual(state: &AppState) -> Result<Option<RunModel>> {
    let found = state.models.first_ready().await?;
    Ok(found.map(|provider| RunModel {
        provider: provider.name.clone(),
        model: provider.model.clone(),
        language: "sv".to_owned(),
        budget: Some(state.models.run_limit()),
        template_key: Some(USUAL_TEMPLATE.to_owned()),
    }))
}

/// As [`read`], of a model that can be asked now and a template that asks something.
pub async fn ready(state: &AppState, wanted: Wanted<'_>, template: &(Uuid, i32, Value)) -> Result<Option<RunModel>> {
    let Some(model) = read(state, wanted).await? else { return Ok(None) };
    if questions_of(&template.2)?.questions.is_none() {
        return Err(Problem::input("/template", "the template asks a model nothing; use one with questions"));
    }
    state.models.ready(&model.provider).await?;
    Ok(Some(model))
}

/// An amount of the settings' currency in millionths.
fn millionths(amount: f64, pointer: &str) -> Result<i64> {
    if !(0.0..=1e9).contains(&amount) {
        let message = "an amount from 0 to 1000000000 in the currency of the settings is expected";
        return Err(Problem::input(pointer, message));
    }
    #[allow(clippy::cast_possible_truncation, reason = "at most 10^15")]
    Ok((amount * 1e6).round() as i64)
}

fn questions_of(template: &Value) -> Result<Template> {
    serde_json::from_value(template.clone())
        .map_err(|error| Problem::input("/template", format!("not a template: {error}")))
}

/// What calls would cost, in `currency`.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CostDto {
    /// Likely: by calls that were recorded, or a guess while there are none.
    expected: f64,
    /// At most, with one call for each company: so much is set aside before a call.
    most: f64,
    /// Calls: one for each company of which something is known.
    calls: i64,
    /// Tokens of the prompts together; a guess from their length.
    input_tokens: i64,
    /// Tokens of the answers together, at most.
    most_output_tokens: i64,
    /// What the run may cost together.
    budget: Option<f64>,
    /// What is left of the month's limit.
    month_left: f64,
    currency: String,
}

async fn shown(state: &AppState, cost: Cost, budget: Option<i64>) -> Result<CostDto> {
    let spending = models::spending(&state.models).await?;
    Ok(CostDto {
        expected: units(cost.expected),
        most: units(cost.most),
        calls: cost.calls,
        input_tokens: cost.input_tokens,
        most_output_tokens: cost.most_output_tokens,
        budget: budget.map(units),
        month_left: units((spending.limit - spending.spent).max(0)),
        currency: spending.currency,
    })
}

fn language_of(model: &RunModel) -> Language {
    if model.language == "en" { Language::En } else { Language::Sv }
}

fn question<'a>(model: &'a RunModel, id: Uuid, version: i32, template: &'a Template) -> Question<'a> {
    let name =
        model.template_key.clone().unwrap_or_else(|| if id.is_nil() { "own".to_owned() } else { id.to_string() });
    Question {
        provider: &model.provider,
        purpose: "preview".to_owned(),
        template_name: format!("{name}@{version}"),
        template,
        language: language_of(model),
    }
}

/// What a run over these companies would cost.
pub async fn estimated(
    state: &AppState,
    model: &RunModel,
    (id, version, body): &(Uuid, i32, Value),
    orgnrs: &[Orgnr],
) -> Result<CostDto> {
    let template = questions_of(body)?;
    let question = question(model, *id, *version, &template);
    let cost = analyses::cost_of(&state.models, &state.db, &state.artifacts, &question, orgnrs).await?;
    shown(state, cost, model.budget).await
}

/// A company, a model and a template.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PreviewRequest {
    /// The company.
    orgnr: String,
    /// The model, by its provider's name.
    provider: String,
    /// `sv` (when not given) or `en`.
    #[schema(pattern = "^(sv|en)$")]
    language: Option<String>,
    /// A shipped template; `full` when no template is named.
    template_key: Option<String>,
    /// A saved template.
    #[serde(alias = "templateId")]
    template_id: Option<Uuid>,
    /// A template that is not saved.
    #[schema(value_type = Option<Object>)]
    template: Option<Value>,
    /// What the calls may cost together, as of a run.
    #[schema(minimum = 0, maximum = 1e9)]
    budget: Option<f64>,
}

/// What a company would be asked.
#[derive(Debug, Serialize, ToSchema)]
struct PreviewDto {
    /// The dossier, as `lode evidence check --dossier` reads it.
    #[schema(value_type = Object)]
    dossier: Value,
    dossier_sha256: String,
    /// What was taken out of the company's pages: `[{"kind", "url", "text"}]`.
    #[schema(value_type = Vec<super::report_dto::FlagDto>)]
    flags: Value,
    /// Facts and sentences for which the model's window had no room.
    facts_left_out: usize,
    sentences_left_out: usize,
    /// The rules, as they are sent.
    system: String,
    /// The question with the dossier, as it is sent.
    user: String,
    /// The JSON schema of the answer.
    #[schema(value_type = Object)]
    schema: Value,
    prompt_version: String,
    cost: CostDto,
}

/// Shows what a model would be asked about one company and what that would cost, without asking. To see the answer too, start a run over the
/// one company and read its trace.
#[utoipa::path(post, path = "/api/analysis/preview", tag = "runs", request_body = PreviewRequest,
    responses((status = 200, body = PreviewDto), (status = 409, description = "Nothing is known of the company")))]
async fn preview(State(state): State<AppState>, JsonBody(body): JsonBody<PreviewRequest>) -> Result<Json<PreviewDto>> {
    let company = orgnr(&body.orgnr, "/orgnr")?;
    let wanted = Wanted {
        provider: Some(&body.provider),
        language: body.language.as_deref(),
        budget: body.budget,
        template_key: body.template_key.as_deref(),
        template_id: body.template_id,
        template: body.template.as_ref(),
    };
    let (_, (id, version, template)) = wanted_template(&state, wanted).await?;
    let model =
        read(&state, wanted).await?.ok_or_else(|| Problem::input("/provider", "name the model that would write"))?;
    let template = questions_of(&template)?;
    let question = question(&model, id, version, &template);
    let made = analyses::preview(&state.models, &state.db, &state.artifacts, &question, company).await?;
    let value = |value: serde_json::Result<Value>| value.map_err(Problem::internal);
    Ok(Json(PreviewDto {
        dossier: value(serde_json::to_value(&made.dossier.made.dossier))?,
        dossier_sha256: made.dossier.sha256,
        flags: value(serde_json::to_value(&made.dossier.made.flags))?,
        facts_left_out: made.dossier.made.facts_left_out,
        sentences_left_out: made.dossier.made.sentences_left_out,
        system: made.system,
        user: made.user,
        schema: made.schema,
        prompt_version: made.prompt_version,
        cost: shown(&state, made.cost, model.budget).await?,
    }))
}

/// What a run may cost.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct BudgetRequest {
    /// What all calls of the run may cost together, in the currency of the settings.
    #[schema(minimum = 0, maximum = 1e9)]
    budget: f64,
}

/// Sets what the calls of a run may cost together. What its old budget stopped goes on with `POST /api/runs/{id}/retry`.
#[utoipa::path(put, path = "/api/runs/{id}/budget", tag = "runs", params(("id" = Uuid, Path)), request_body = BudgetRequest,
    responses((status = 200, body = RunDto), (status = 409, description = "The run is by rules")))]
async fn set_budget(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
    JsonBody(request): JsonBody<BudgetRequest>,
) -> Result<Json<RunDto>> {
    let budget = millionths(request.budget, "/budget")?;
    let run = super::visible(&state, &person, id).await?;
    act::set_budget(&state.db, &run, budget, person.event("run.budget")).await?;
    Ok(Json(super::shown(&state, &person, id).await?))
}

/// A word with what people read.
#[derive(Debug, Serialize, ToSchema)]
struct WordDto {
    key: &'static str,
    label: BilingualLabel,
}

/// The fixed words of an analysis.
#[derive(Debug, Serialize, ToSchema)]
struct VocabularyDto {
    sections: Vec<WordDto>,
    levers: Vec<WordDto>,
    /// Impact and effort of a lever.
    degrees: Vec<WordDto>,
    recommendations: Vec<WordDto>,
}

fn words<T: Copy>(all: &[T], key: fn(T) -> &'static str, label: fn(T) -> Label) -> Vec<WordDto> {
    all.iter().map(|word| WordDto { key: key(*word), label: label(*word).into() }).collect()
}

/// Sections, levers, degrees and recommendations, with their labels.
#[utoipa::path(get, path = "/api/analysis/vocabulary", tag = "runs", responses((status = 200, body = VocabularyDto)))]
async fn vocabulary() -> Json<VocabularyDto> {
    Json(VocabularyDto {
        sections: words(Section::ALL, Section::key, Section::label),
        levers: words(Lever::ALL, Lever::key, Lever::label),
        degrees: words(Degree::ALL, Degree::key, Degree::label),
        recommendations: words(Recommendation::ALL, Recommendation::key, Recommendation::label),
    })
}
