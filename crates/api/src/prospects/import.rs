//! Taking over an existing pipeline from a file.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Multipart, State};
use chrono::Utc;
use domain::access::Permission;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::explain;
use crate::principal::Principal;
use crate::problem::{Problem, Result};
use crate::state::AppState;
use services::prospects::import::{ImportError, ImportOptions, ImportReport, Rejection, import};

/// Rejected rows that an answer names.
const MOST_REJECTIONS: usize = 1_000;

/// A file and what a person decides about it.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes the form")]
pub struct ImportForm {
    /// The table: delimited text or an Excel workbook (.xlsx, its first visible sheet that holds anything), at most 5 000 rows and 2 MB.
    #[schema(format = Binary, content_media_type = "application/octet-stream")]
    file: String,
    /// An `ImportDecisions` as JSON.
    decisions: Option<String>,
}

/// What a person decides about a file.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ImportDecisions {
    /// Field to heading; headings are recognised where nothing is said, an empty one leaves the field out.
    columns: BTreeMap<String, String>,
    /// A value of the stage column to the key of a stage.
    stages: BTreeMap<String, String>,
    /// Companies that are in the pipeline already take over what the file says; otherwise they stay as they are.
    update_existing: bool,
    /// Only report what would happen.
    dry_run: bool,
}

/// A value of the stage column.
#[derive(Debug, Serialize, ToSchema)]
pub struct StageValueDto {
    value: String,
    /// Rows that have it.
    count: usize,
    /// Key of the stage it means; null while nobody has said.
    stage: Option<String>,
}

/// A row that was not taken.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportRejectionDto {
    /// Line of the file, from 1.
    line: u64,
    field: Option<&'static str>,
    reason: String,
    remedy: Option<String>,
    /// Numbers of companies that could be meant.
    candidates: Vec<String>,
}

/// What the import did, or would do.
#[derive(Debug, Serialize, ToSchema)]
pub struct PipelineImportDto {
    headings: Vec<String>,
    /// Field to heading, as used.
    columns: BTreeMap<&'static str, String>,
    stage_values: Vec<StageValueDto>,
    /// Rows that are not blank.
    rows: usize,
    added: usize,
    updated: usize,
    unchanged: usize,
    rejected_count: usize,
    /// At most 1 000.
    rejected: Vec<ImportRejectionDto>,
    /// Whether it was written.
    is_applied: bool,
}

impl From<ImportReport> for PipelineImportDto {
    fn from(report: ImportReport) -> Self {
        let rejection = |one: Rejection| ImportRejectionDto {
            line: one.line,
            field: one.field,
            reason: one.reason,
            remedy: one.remedy,
            candidates: one.candidates.into_iter().map(|orgnr| orgnr.to_string()).collect(),
        };
        Self {
            headings: report.headings,
            columns: report.columns,
            stage_values: report
                .stage_values
                .into_iter()
                .map(|one| StageValueDto { value: one.value, count: one.count, stage: one.stage })
                .collect(),
            rows: report.rows,
            added: report.added,
            updated: report.updated,
            unchanged: report.unchanged,
            rejected_count: report.rejected.len(),
            rejected: report.rejected.into_iter().take(MOST_REJECTIONS).map(rejection).collect(),
            is_applied: report.is_applied,
        }
    }
}

/// Takes over a pipeline from a table, or reports what that would do.
#[utoipa::path(post, path = "/api/prospects/import", tag = "prospects",
    request_body(content = ImportForm, content_type = "multipart/form-data"),
    responses((status = 200, body = PipelineImportDto), (status = 422, body = Problem)))]
pub async fn import_prospects(
    person: Principal,
    State(state): State<AppState>,
    mut form: Multipart,
) -> Result<Json<PipelineImportDto>> {
    person.require(Permission::EditWork)?;
    let (mut file, mut decisions) = (None, ImportDecisions::default());
    while let Some(part) = form.next_field().await.map_err(|error| Problem::new(error.status(), error.body_text()))? {
        let name = part.name().unwrap_or_default().to_owned();
        let bytes = part.bytes().await.map_err(|error| Problem::new(error.status(), error.body_text()))?;
        match name.as_str() {
            "file" => file = Some(bytes),
            "decisions" => {
                decisions = serde_json::from_slice(&bytes)
                    .map_err(|error| Problem::input("/decisions", format!("decisions cannot be read: {error}")))?;
            }
            other => return Err(Problem::input(format!("/{other}"), "the form has the parts file and decisions")),
        }
    }
    let file = file.ok_or_else(|| Problem::input("/file", "the form has no part “file”"))?;
    let options = ImportOptions {
        columns: decisions.columns,
        stages: decisions.stages,
        update_existing: decisions.update_existing,
        is_trial: decisions.dry_run,
    };
    person.ensure_user(&state.db).await?;
    match import(&state.db, &person, &file, &options, Utc::now()).await {
        Ok(report) => Ok(Json(report.into())),
        Err(ImportError::File(error)) => Err(Problem::source("/file", &error)),
        Err(ImportError::Mapping(field, message)) => {
            Err(Problem::input(format!("/decisions/columns/{field}"), message))
        }
        Err(ImportError::Write(error)) => Err(explain(&state, &person, error, "", StatusCode::CONFLICT).await),
        Err(ImportError::Note(error)) => Err(Problem::internal(error)),
    }
}
