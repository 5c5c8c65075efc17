//! What people do with the result of an analysis: approve or reject it, change its report, and take that back.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use domain::analysis::{AutoApproval, Change, Edit, Lever, Part, Recommendation};
use domain::orgnr::Orgnr;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use services::analyses::results;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::report_dto::AnalysisReportDto;
use crate::body::{JsonBody, at_most};
use crate::input::{PathParams, orgnr};
use crate::principal::Principal;
use crate::problem::{Problem, Result};
use crate::state::AppState;

/// Changes of one request.
const MOST_EDITS: usize = 100;

/// Every route of this file.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(judge)).routes(routes!(edit)).routes(routes!(undo)).routes(routes!(history))
}

/// Which results of a run need no person to be approved.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AutoApprovalDto {
    /// The least fit score, 0 to 100; a result without a score is never approved by the rule.
    #[schema(minimum = 0, maximum = 100)]
    min_points: u8,
    /// Only where every sentence that was written stood the check, and there is one.
    only_verified: bool,
}

impl AutoApprovalDto {
    /// The rule, where it can be kept.
    pub fn rule(self, pointer: &str) -> Result<AutoApproval> {
        let rule = AutoApproval { min_points: self.min_points, only_verified: self.only_verified };
        rule.check().map_err(|message| Problem::input(format!("{pointer}/min_points"), message))?;
        Ok(rule)
    }
}

impl From<AutoApproval> for AutoApprovalDto {
    fn from(rule: AutoApproval) -> Self {
        Self { min_points: rule.min_points, only_verified: rule.only_verified }
    }
}

/// What somebody decided about an analysis.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct VerdictRequest {
    /// `approved`, `rejected`, or null to take it back.
    verdict: Option<String>,
}

/// What stands now.
#[derive(Debug, Serialize, ToSchema)]
struct VerdictDto {
    verdict: Option<String>,
}

/// Approves or rejects what the analysis says about a company. What is approved in a run of the team becomes the company's fit score,
/// recommendation and levers in the screen; taking it back takes them away.
#[utoipa::path(put, path = "/api/analysis/runs/{id}/companies/{orgnr}/verdict", tag = "runs",
    params(("id" = Uuid, Path), ("orgnr" = String, Path)), request_body = VerdictRequest,
    responses((status = 200, body = VerdictDto)))]
async fn judge(
    person: Principal,
    State(state): State<AppState>,
    PathParams((id, number)): PathParams<(Uuid, String)>,
    JsonBody(request): JsonBody<VerdictRequest>,
) -> Result<Json<VerdictDto>> {
    let company: Orgnr = orgnr(&number, "orgnr")?;
    let verdict = match request.verdict.as_deref() {
        None => None,
        Some(verdict @ ("approved" | "rejected")) => Some(verdict),
        Some(_) => return Err(Problem::input("/verdict", "verdict is approved, rejected or null")),
    };
    results::judge(&state.db, &person, id, company, verdict).await?;
    Ok(Json(VerdictDto { verdict: request.verdict }))
}

/// One change of a report. Positions count from 0 in the report as the changes before have left it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
enum EditDto {
    /// A person's words in the place of a sentence of a part.
    Replace {
        /// A section of `GET /api/analysis/vocabulary`, `suggestion` or `open_question`.
        part: String,
        index: usize,
        #[schema(min_length = 1, max_length = 1000)]
        text: String,
    },
    /// A sentence of a part is taken out.
    Remove {
        /// A section of `GET /api/analysis/vocabulary`, `suggestion` or `open_question`.
        part: String,
        index: usize,
    },
    /// A person's sentence that replaces none.
    Add {
        /// A section of `GET /api/analysis/vocabulary`, `suggestion` or `open_question`.
        part: String,
        #[schema(min_length = 1, max_length = 1000)]
        text: String,
    },
    /// Other words for the sentence of `by_people` at this position.
    Rewrite {
        index: usize,
        #[schema(min_length = 1, max_length = 1000)]
        text: String,
    },
    /// The sentence of `by_people` at this position is taken out.
    Drop { index: usize },
    /// What a person would do with the company; null for the score's recommendation again.
    Recommend {
        /// `pursue`, `watch` or `pass`.
        recommendation: Option<String>,
    },
    /// Which levers a person sees; null for those of the analysis again.
    Levers {
        /// Keys of `GET /api/analysis/vocabulary`.
        levers: Option<Vec<String>>,
    },
}

fn part_of(key: &str, index: usize) -> Result<Part> {
    Part::find(key).ok_or_else(|| {
        let known: Vec<&str> = Part::all().map(Part::key).collect();
        Problem::input(
            format!("/edits/{index}/part"),
            format!("there is no part “{key}”; there are {}", known.join(", ")),
        )
    })
}

fn read(edit: EditDto, place: usize) -> Result<Edit> {
    Ok(match edit {
        EditDto::Replace { part, index, text } => Edit::Replace { part: part_of(&part, place)?, index, text },
        EditDto::Remove { part, index } => Edit::Remove { part: part_of(&part, place)?, index },
        EditDto::Add { part, text } => Edit::Add { part: part_of(&part, place)?, text },
        EditDto::Rewrite { index, text } => Edit::Rewrite { index, text },
        EditDto::Drop { index } => Edit::Drop { index },
        EditDto::Recommend { recommendation: None } => Edit::Recommend(None),
        EditDto::Recommend { recommendation: Some(key) } => {
            let found = Recommendation::ALL.iter().copied().find(|one| one.key() == key);
            Edit::Recommend(Some(found.ok_or_else(|| {
                Problem::input(
                    format!("/edits/{place}/recommendation"),
                    "recommendation is pursue, watch, pass or null",
                )
            })?))
        }
        EditDto::Levers { levers: None } => Edit::Levers(None),
        EditDto::Levers { levers: Some(keys) } => {
            at_most(&keys, Lever::ALL.len(), "levers")?;
            let of = |(number, key): (usize, &String)| {
                let found = Lever::ALL.iter().copied().find(|lever| lever.key() == key);
                found.ok_or_else(|| {
                    let message = format!("there is no lever “{key}”; GET /api/analysis/vocabulary lists them");
                    Problem::input(format!("/edits/{place}/levers/{number}"), message)
                })
            };
            Edit::Levers(Some(keys.iter().enumerate().map(of).collect::<Result<_>>()?))
        }
    })
}

/// Changes of a report.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EditRequest {
    /// The version that the person has seen.
    #[schema(minimum = 1)]
    version: i32,
    /// One to 100, made in their order, all or none.
    #[schema(min_items = 1, max_items = 100)]
    edits: Vec<EditDto>,
}

/// What changed at a place.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangeDto {
    /// A part of the report, `recommendation`, `levers`, or `version 3` where that one was put back.
    place: String,
    /// What stood there; null where nothing did.
    #[schema(value_type = Option<Object>)]
    before: Value,
    /// What stands there now; null where nothing does.
    #[schema(value_type = Option<Object>)]
    after: Value,
}

impl From<Change> for ChangeDto {
    fn from(change: Change) -> Self {
        Self { place: change.place, before: change.before, after: change.after }
    }
}

/// A report after a change.
#[derive(Debug, Serialize, ToSchema)]
struct RevisedDto {
    /// Version that it has now.
    version: i32,
    #[schema(value_type = AnalysisReportDto)]
    report: Value,
    changes: Vec<ChangeDto>,
}

impl From<results::Revised> for RevisedDto {
    fn from(revised: results::Revised) -> Self {
        let changes = revised.changes.into_iter().map(ChangeDto::from).collect();
        Self { version: revised.version, report: revised.report, changes }
    }
}

/// Changes the report of a company. A person's words stand apart from the checked sentences, and the history keeps what stood before.
#[utoipa::path(patch, path = "/api/analysis/runs/{id}/companies/{orgnr}/report", tag = "runs",
    params(("id" = Uuid, Path), ("orgnr" = String, Path)), request_body = EditRequest,
    responses((status = 200, body = RevisedDto), (status = 409, description = "The report was changed meanwhile", body = Problem)))]
async fn edit(
    person: Principal,
    State(state): State<AppState>,
    PathParams((id, number)): PathParams<(Uuid, String)>,
    JsonBody(request): JsonBody<EditRequest>,
) -> Result<Json<RevisedDto>> {
    let company: Orgnr = orgnr(&number, "orgnr")?;
    if request.edits.is_empty() {
        return Err(Problem::input("/edits", "at least one edit is expected"));
    }
    at_most(&request.edits, MOST_EDITS, "edits")?;
    let edits: Vec<Edit> =
        request.edits.into_iter().enumerate().map(|(place, edit)| read(edit, place)).collect::<Result<_>>()?;
    Ok(Json(results::edit(&state.db, &person, id, company, request.version, &edits).await?.into()))
}

/// Which change is taken back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UndoRequest {
    /// The version that the person has seen.
    #[schema(minimum = 1)]
    version: i32,
    /// The version whose change is taken back, with all that came after it.
    #[schema(minimum = 2)]
    undone: i32,
}

/// Puts the report back that stood before a version was made; the history keeps both.
#[utoipa::path(post, path = "/api/analysis/runs/{id}/companies/{orgnr}/report/undo", tag = "runs",
    params(("id" = Uuid, Path), ("orgnr" = String, Path)), request_body = UndoRequest,
    responses((status = 200, body = RevisedDto), (status = 409, description = "The report was changed meanwhile", body = Problem)))]
async fn undo(
    person: Principal,
    State(state): State<AppState>,
    PathParams((id, number)): PathParams<(Uuid, String)>,
    JsonBody(request): JsonBody<UndoRequest>,
) -> Result<Json<RevisedDto>> {
    let company: Orgnr = orgnr(&number, "orgnr")?;
    Ok(Json(results::undo(&state.db, &person, id, company, request.version, request.undone).await?.into()))
}

/// A change of a report.
#[derive(Debug, Serialize, ToSchema)]
struct ReportChangeDto {
    /// The version that it made.
    version: i32,
    /// Who made it; null once their account is gone.
    made_by: Option<String>,
    made_at: DateTime<Utc>,
    #[schema(value_type = Vec<ChangeDto>)]
    changes: Value,
}

/// The changes of a report.
#[derive(Debug, Serialize, ToSchema)]
struct ReportHistoryDto {
    /// Newest first.
    items: Vec<ReportChangeDto>,
}

/// What people changed in the report of a company: who, when, what stood there before.
#[utoipa::path(get, path = "/api/analysis/runs/{id}/companies/{orgnr}/report/history", tag = "runs",
    params(("id" = Uuid, Path), ("orgnr" = String, Path)), responses((status = 200, body = ReportHistoryDto)))]
async fn history(
    person: Principal,
    State(state): State<AppState>,
    PathParams((id, number)): PathParams<(Uuid, String)>,
) -> Result<Json<ReportHistoryDto>> {
    let company: Orgnr = orgnr(&number, "orgnr")?;
    let found = results::history(&state.db, &person, id, company).await?;
    let items = found.into_iter().map(|change| ReportChangeDto {
        version: change.version,
        made_by: change.made_by,
        made_at: change.made_at,
        changes: change.changes,
    });
    Ok(Json(ReportHistoryDto { items: items.collect() }))
}
