//! Exports as the API shows them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use domain::filter::json::to_json;
use domain::filter::parse::parse;
use services::exports::request::{Export, Status};

use crate::universe::dto::{FilterTree, file_body};

file_body! {
    /// What is to be exported.
    pub struct NewExportRequest {
        /// `screen` (default): the companies of a filter. `list`: those of a list, excluded ones too unless `include_excluded` is false. `prospects`: the pipeline.
        #[schema(pattern = "^(screen|list|prospects)$")]
        pub what: Option<String>,
        /// The list, with `what: "list"`.
        pub list_id: Option<Uuid>,
        /// Which prospects, with `what: "prospects"`.
        pub prospects: Option<ProspectsChoice>,
    }
}

/// Which prospects are wanted, as in `GET /api/prospects`.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ProspectsChoice {
    /// `private`, `team` or `all` (default).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// Keys of stages, joined by commas.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
    /// Id of the owner, `me`, or `none`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// `overdue`, `today` (or before), `week` (the next seven days or before), `none`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// Only those that nobody touched for longer than their stage allows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stale: Option<bool>,
    /// Letters of the company's name, or the first digits of its number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Of one company.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub orgnr: Option<String>,
    /// Removed ones too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub removed: Option<bool>,
}

/// Where an export stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExportStatus {
    /// Waits for a worker.
    Queued,
    /// Is being written.
    Running,
    /// Can be downloaded.
    Ready,
    /// Was kept for its time and is gone.
    Expired,
    /// Was stopped.
    Cancelled,
    /// Cannot be written; `error` says why.
    Failed,
}

impl From<Status> for ExportStatus {
    fn from(status: Status) -> Self {
        match status {
            Status::Queued => Self::Queued,
            Status::Running => Self::Running,
            Status::Ready => Self::Ready,
            Status::Expired => Self::Expired,
            Status::Cancelled => Self::Cancelled,
            Status::Failed => Self::Failed,
        }
    }
}

/// An export.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ExportDto {
    /// Identity.
    pub id: Uuid,
    /// `screen`, `list` or `prospects`.
    pub what: String,
    /// The filter as text (empty: every company), or the name of the list.
    pub title: String,
    /// The filter of a screen as a tree, for whoever words it; null without one, and where the title is a name.
    pub filter: Option<FilterTree>,
    /// `csv`, `xlsx` or `parquet`.
    pub format: String,
    /// Where it stands.
    pub status: ExportStatus,
    /// Whether it was asked to stop and has not yet.
    pub is_cancel_requested: bool,
    /// Rows that are written.
    pub rows_done: i64,
    /// Of how many; null while nobody has counted them.
    pub rows_total: Option<i64>,
    /// Name of the file, once it is written.
    pub file_name: Option<String>,
    /// Its size.
    pub bytes: Option<i64>,
    /// Version of the data that it is of.
    pub data_version: Option<String>,
    /// Why it failed, or why its last attempt did.
    pub error: Option<String>,
    /// The job that writes it.
    pub job_id: i64,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// When it was last begun.
    pub started_at: Option<DateTime<Utc>>,
    /// When the file was written.
    pub finished_at: Option<DateTime<Utc>>,
    /// Until when the file is kept.
    pub expires_at: Option<DateTime<Utc>>,
    /// Where the file is, while there is one.
    pub download_url: Option<String>,
}

/// The filter that the title of a screen's export writes. One that cannot be read any more is shown as it was written.
fn filter_of(what: &str, title: &str) -> Option<FilterTree> {
    if what != "screen" || title.is_empty() {
        return None;
    }
    parse(title).ok().map(|filter| FilterTree(to_json(&filter)))
}

impl ExportDto {
    /// The export as it stands at a time.
    pub fn new(export: Export, now: DateTime<Utc>) -> Self {
        let status = export.status(now);
        let is_written = matches!(status, Status::Ready | Status::Expired);
        Self {
            download_url: (status == Status::Ready).then(|| format!("/api/exports/{}/download", export.id)),
            id: export.id,
            filter: filter_of(&export.what, &export.title),
            what: export.what,
            title: export.title,
            format: export.format,
            status: status.into(),
            is_cancel_requested: export.is_cancel_requested && status.is_open(),
            rows_done: export.rows_written.or(export.rows_done).unwrap_or(0),
            rows_total: export.rows_written.or(export.rows_total).or(export.rows_expected),
            file_name: export.file_name,
            bytes: export.bytes,
            data_version: export.data_version,
            error: export.error.filter(|_| !is_written && status != Status::Cancelled),
            job_id: export.job_id,
            created_at: export.created_at,
            started_at: export.started_at,
            finished_at: export.finished_at,
            expires_at: export.expires_at,
        }
    }
}

/// The exports of a person.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ExportList {
    /// Newest first, at most 200.
    pub items: Vec<ExportDto>,
    /// Workers that write exports and gave a sign within the last half minute. Without any, what is queued waits.
    pub workers: usize,
    /// Whether somebody has paused the queue of exports.
    pub is_paused: bool,
    /// Days that a file is kept.
    pub kept_days: u16,
}
