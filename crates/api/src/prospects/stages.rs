//! The stages of the pipeline.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use chrono::Utc;
use domain::access::Permission;
use domain::pipeline::{Outcome, Stage, stage_key};
use domain::prospect::PASS_REASONS;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::explain;
use crate::input::JsonBody;
use crate::principal::Principal;
use crate::problem::{Problem, Result};
use crate::state::AppState;
use services::prospects::configure::{StagesError, configure};
use services::prospects::find;

/// A stage.
#[derive(Debug, Serialize, ToSchema)]
pub struct StageDto {
    /// Stable name, as prospects name it.
    key: String,
    /// Name given by the team; null for a default stage under its default name.
    name: Option<String>,
    /// `open`, `closed` or `passed`.
    outcome: &'static str,
    /// A prospect that nobody touched for more days is stale; null for never.
    stale_after_days: Option<i32>,
    /// No longer part of the pipeline; histories still name it.
    is_retired: bool,
    /// Prospects in it that the reader may see.
    prospect_count: i64,
}

/// The pipeline.
#[derive(Debug, Serialize, ToSchema)]
pub struct StagesDto {
    /// In order, retired ones last.
    stages: Vec<StageDto>,
    /// Reasons for passing on a company.
    pass_reasons: Vec<&'static str>,
    /// For changing the stages.
    version: i32,
}

/// A stage as somebody wants it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StageRequest {
    /// Of a stage that is there; a new one gets its key from its name.
    key: Option<String>,
    /// 1 to 60 characters; null for a default stage under its default name.
    name: Option<String>,
    /// `open` (default), `closed` or `passed`.
    outcome: Option<String>,
    /// 1 to 3650; null for never.
    #[serde(alias = "staleAfterDays")]
    stale_after_days: Option<i32>,
}

/// The whole pipeline as somebody wants it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StagesRequest {
    /// In order. A stage that is left out is retired.
    #[schema(min_items = 2, max_items = 30)]
    stages: Vec<StageRequest>,
    /// Where the prospects of retired stages go: key to key. Private ones that the reader does not see go there too; where nothing
    /// is said, to the first stage with the same outcome.
    #[serde(default)]
    moves: BTreeMap<String, String>,
    /// The version that the change was made from.
    version: i32,
}

async fn read(state: &AppState, person: &Principal) -> Result<StagesDto> {
    let (version, stages, counts) = find::stages(&state.db, person).await?;
    let stages = stages
        .into_iter()
        .map(|kept| StageDto {
            prospect_count: counts.get(&kept.stage.key).copied().unwrap_or_default(),
            key: kept.stage.key,
            name: kept.stage.name,
            outcome: kept.stage.outcome.as_str(),
            stale_after_days: kept.stage.stale_after_days,
            is_retired: kept.is_retired,
        })
        .collect();
    Ok(StagesDto { stages, pass_reasons: PASS_REASONS.to_vec(), version })
}

/// The stages of the pipeline in order, and the reasons for passing.
#[utoipa::path(get, path = "/api/prospects/stages", tag = "prospects", responses((status = 200, body = StagesDto)))]
pub async fn list_stages(person: Principal, State(state): State<AppState>) -> Result<Json<StagesDto>> {
    person.require(Permission::ReadWork)?;
    read(&state, &person).await.map(Json)
}

/// Renames, reorders, adds and retires stages, all at once.
#[utoipa::path(put, path = "/api/prospects/stages", tag = "prospects", request_body = StagesRequest,
    responses((status = 200, body = StagesDto), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn replace_stages(
    person: Principal,
    State(state): State<AppState>,
    JsonBody(request): JsonBody<StagesRequest>,
) -> Result<Json<StagesDto>> {
    person.require(Permission::ManageTeamWork)?;
    let (_, known, _) = find::stages(&state.db, &person).await?;
    let mut taken: Vec<String> = known.into_iter().map(|kept| kept.stage.key).collect();
    let mut stages = Vec::with_capacity(request.stages.len());
    for (index, stage) in request.stages.into_iter().enumerate() {
        let name = stage.name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
        let key = match (stage.key, &name) {
            (Some(key), _) if taken.contains(&key) => key,
            (Some(key), _) => {
                return Err(Problem::input(
                    format!("/stages/{index}/key"),
                    format!("there is no stage {key:?}; leave the key of a new one out"),
                ));
            }
            (None, None) => return Err(Problem::input(format!("/stages/{index}/name"), "a new stage needs a name")),
            (None, Some(name)) => {
                let key = stage_key(name, &taken.iter().map(String::as_str).collect::<Vec<_>>());
                taken.push(key.clone());
                key
            }
        };
        let outcome = Outcome::from_name(stage.outcome.as_deref().unwrap_or("open"))
            .ok_or_else(|| Problem::input(format!("/stages/{index}/outcome"), "outcome is open, closed or passed"))?;
        stages.push(Stage { key, name, outcome, stale_after_days: stage.stale_after_days });
    }
    person.ensure_user(&state.db).await?;
    let done = configure(&state.db, &person, request.version, &stages, &request.moves, Utc::now()).await;
    match done {
        Ok(()) => read(&state, &person).await.map(Json),
        Err(error @ StagesError::Changed) => {
            let mut problem = Problem::new(StatusCode::CONFLICT, format!("{error}; load them again, then change them"));
            problem.current = serde_json::to_value(read(&state, &person).await?).ok().map(Box::new);
            Err(problem)
        }
        Err(StagesError::Wrong(None, error)) => Err(Problem::input(format!("/{}", error.field), error.message)),
        Err(StagesError::Wrong(Some(index), error)) => {
            Err(Problem::input(format!("/stages/{index}/{}", error.field), error.message))
        }
        Err(error @ StagesError::InUse { .. }) => Err(Problem::input("/moves", error.to_string())),
        Err(StagesError::Move(error)) => Err(explain(&state, &person, error, "", StatusCode::CONFLICT).await),
    }
}
