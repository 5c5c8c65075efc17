//! What an uploaded table will be read as; nothing is written.

use axum::Json;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::extract::{DefaultBodyLimit, State};
use ingest::ImportKind;
use ingest::preview::{preview, table_kind};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sources::table::preview::{Column, KnownField, Preview, PreviewRow, Problem as TableProblem, fields};
use tokio::io::AsyncWriteExt;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use identity::admission::Cost;
use universe::blocking;

use super::costs;
use super::input::QueryParams;
use super::principal::Principal;
use super::problem::{Problem, Result};
use super::state::AppState;

/// Largest file that is looked at. Of delimited text its beginning is enough.
const MAX_BYTES: usize = 128 << 20;
const MAX_MAPPING_BYTES: usize = 1 << 20;

/// Every route of this file.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(preview_import)).layer(DefaultBodyLimit::max(MAX_BYTES + MAX_MAPPING_BYTES))
}

/// What the file holds.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct PreviewQuery {
    /// `accounts` or `companies`.
    kind: String,
}

/// A form with a table.
#[derive(ToSchema)]
#[allow(dead_code, reason = "it describes the form; the form is read as it streams in")]
struct PreviewForm {
    /// The table; of delimited text its first megabytes are enough.
    #[schema(content_media_type = "application/octet-stream")]
    file: Vec<u8>,
    /// How its columns are called.
    #[schema(content_media_type = "text/plain")]
    mapping: Option<Vec<u8>>,
}

/// A table as it will be read.
#[derive(Debug, Serialize, ToSchema)]
struct ImportPreview {
    /// The sheet of a workbook.
    sheet: Option<String>,
    /// The delimiter of a text: `;`, `,`, `|` or `tab`.
    delimiter: Option<String>,
    /// The encoding of a text, once it has letters beyond ASCII: `utf-8` or `windows-1252`.
    encoding: Option<String>,
    /// Line (or row of the sheet) of the headings.
    header_line: u64,
    /// The mark before decimals where the table or the mapping settles it.
    decimal: Option<String>,
    /// `positive` when costs are positive numbers and are turned, `negative` when they are kept.
    costs: String,
    /// Every column in its order.
    columns: Vec<PreviewColumn>,
    /// What is told of the table as a whole, one sentence each.
    told: Vec<String>,
    /// Why it cannot be read as it is; empty when it can.
    problems: Vec<PreviewProblem>,
    /// The first rows as they will be read.
    rows: Vec<PreviewRowDto>,
    /// Rows that were looked at.
    looked_at: u64,
    /// Rows among them that will be refused.
    refused: u64,
    /// The mapping that reads the table so, to be corrected and kept.
    mapping: String,
    /// What a column can be read as.
    fields: Vec<PreviewField>,
}

/// A column of a table.
#[derive(Debug, Serialize, ToSchema)]
struct PreviewColumn {
    /// Counted from 1.
    number: u64,
    heading: String,
    /// The field that it is read as.
    field: Option<String>,
    /// `kr`, `tkr`, `mkr` or `mdkr`.
    unit: Option<String>,
    /// The currency that its heading names.
    currency: Option<String>,
    /// Why it is not read.
    reason: Option<String>,
    /// Whether it is not read although its heading names something that Lode knows.
    is_known: bool,
    /// Its first cells that hold something.
    samples: Vec<String>,
}

/// Something that stands in the way, and what to do about it.
#[derive(Debug, Serialize, ToSchema)]
struct PreviewProblem {
    reason: String,
    remedy: Option<String>,
}

/// A row as it will be read.
#[derive(Debug, Serialize, ToSchema)]
struct PreviewRowDto {
    /// The line it starts on.
    line: u64,
    /// Values by field: amounts in whole units, days as YYYY-MM-DD.
    #[schema(value_type = Object)]
    values: Map<String, Value>,
    /// Whether it is a sole trader's, of whom nothing is kept.
    is_sole_trader: bool,
    /// Why it is refused.
    problem: Option<PreviewProblem>,
    /// What is told of it.
    told: Vec<String>,
}

/// A field that a column can be read as.
#[derive(Debug, Serialize, ToSchema)]
struct PreviewField {
    key: String,
    label_sv: String,
    label_en: String,
    /// Whether it is an amount, which has a unit.
    is_amount: bool,
}

impl From<Preview> for ImportPreview {
    fn from(seen: Preview) -> Self {
        Self {
            sheet: seen.sheet,
            delimiter: seen.delimiter,
            encoding: seen.encoding,
            header_line: seen.header_line,
            decimal: seen.decimal.map(String::from),
            costs: seen.costs.to_owned(),
            columns: seen.columns.into_iter().map(PreviewColumn::from).collect(),
            told: seen.told,
            problems: seen.problems.into_iter().map(PreviewProblem::from).collect(),
            rows: seen.rows.into_iter().map(PreviewRowDto::from).collect(),
            looked_at: seen.looked_at,
            refused: seen.refused,
            mapping: seen.mapping,
            fields: Vec::new(),
        }
    }
}

impl From<Column> for PreviewColumn {
    fn from(column: Column) -> Self {
        Self {
            number: column.number,
            heading: column.heading,
            field: column.field.map(str::to_owned),
            unit: column.unit.map(str::to_owned),
            currency: column.currency,
            reason: column.reason,
            is_known: column.is_known,
            samples: column.samples,
        }
    }
}

impl From<TableProblem> for PreviewProblem {
    fn from(problem: TableProblem) -> Self {
        Self { reason: problem.reason, remedy: problem.remedy }
    }
}

impl From<PreviewRow> for PreviewRowDto {
    fn from(row: PreviewRow) -> Self {
        Self {
            line: row.line,
            values: row.values,
            is_sole_trader: row.is_sole_trader,
            problem: row.problem.map(PreviewProblem::from),
            told: row.told,
        }
    }
}

impl From<KnownField> for PreviewField {
    fn from(field: KnownField) -> Self {
        let (key, label) = (field.key.to_owned(), field.label);
        Self { key, label_sv: label.sv.to_owned(), label_en: label.en.to_owned(), is_amount: field.is_amount }
    }
}

/// Says what a table will be read as: which heading is which field in which unit, what is left out and why, and the first
/// rows as they will be read. Writes nothing.
#[utoipa::path(post, path = "/api/imports/preview", tag = "imports", params(PreviewQuery),
    request_body(content = PreviewForm, content_type = "multipart/form-data"),
    responses((status = 200, body = ImportPreview), (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
async fn preview_import(
    State(state): State<AppState>,
    principal: Principal,
    QueryParams(query): QueryParams<PreviewQuery>,
    form: std::result::Result<Multipart, MultipartRejection>,
) -> Result<Json<ImportPreview>> {
    let kind = ImportKind::from_name(&query.kind).and_then(table_kind);
    let kind = kind.ok_or_else(|| Problem::input("kind", "only tables of accounts and companies have a preview"))?;
    let mut form = form.map_err(|rejection| Problem::input("", rejection.body_text()))?;
    let folder = state.config.data_dir.join("work");
    tokio::fs::create_dir_all(&folder).await.map_err(Problem::internal)?;
    let (mut file, mut mapping) = (None, None);
    while let Some(mut field) = form.next_field().await.map_err(broken)? {
        match field.name() {
            Some("file") if file.is_none() => {
                let temporary = tempfile::tempfile_in(&folder).map_err(Problem::internal)?;
                let mut to = tokio::fs::File::from_std(temporary.try_clone().map_err(Problem::internal)?);
                while let Some(piece) = field.chunk().await.map_err(broken)? {
                    to.write_all(&piece).await.map_err(Problem::internal)?;
                }
                to.flush().await.map_err(Problem::internal)?;
                file = Some(temporary);
            }
            Some("mapping") if mapping.is_none() => {
                let mut bytes = Vec::new();
                // The limit of the form is the file's: what is kept in memory has its own.
                while let Some(piece) = field.chunk().await.map_err(broken)? {
                    if bytes.len() + piece.len() > MAX_MAPPING_BYTES {
                        return Err(Problem::input("mapping", "a mapping is a page of text"));
                    }
                    bytes.extend_from_slice(&piece);
                }
                let text = String::from_utf8(bytes);
                mapping = Some(text.map_err(|_| Problem::input("mapping", "the mapping is not UTF-8; save it so"))?);
            }
            other => {
                let name = other.unwrap_or_default().to_owned();
                return Err(Problem::input(
                    name.clone(),
                    format!("the form has one file and one mapping, not another {name:?}"),
                ));
            }
        }
    }
    let file = file.ok_or_else(|| Problem::input("file", "the form holds no file"))?;
    // The file is on disk until its turn: what is read of it takes memory, like any other upload.
    let turn = costs::turn(&state, principal.user, Cost::Upload).await?;
    let reading = blocking::for_request(turn, blocking::run(move |_| preview(kind, file, mapping.as_deref())));
    let seen = reading.await.map_err(Problem::internal)?.map_err(|error| Problem::source("file", &error))?;
    let fields = fields(kind).into_iter().map(PreviewField::from).collect();
    Ok(Json(ImportPreview { fields, ..seen.into() }))
}

fn broken(error: axum::extract::multipart::MultipartError) -> Problem {
    Problem::new(error.status(), format!("the upload ended early or is no form: {}", error.body_text()))
}
