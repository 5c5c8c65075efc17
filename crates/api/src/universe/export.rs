//! The whole result as CSV or Excel: the screen's own filter, columns and order, of any size, streamed.
//!
//! A client that goes away ends the work: the writer notices at the next piece that nobody takes it. `POST /api/exports` has the same
//! file made by a job.

use std::io::{self, Write};

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::response::Response;
use chrono::Utc;
use domain::filter::FieldId;
use http::{HeaderName, HeaderValue, header};
use screen::RowId;
use serde::Deserialize;
use tokio::sync::mpsc;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::ReceiverStream;
use utoipa::IntoParams;

use super::dto::{ExportRequest, FileParts, SortDto};
use super::question::{self, Column};
use super::selection;
use crate::body::JsonBody;
use crate::body::values::OneOrMany;
use crate::input::QueryParams;
use crate::principal::Principal;
use crate::problem::{self, Problem};
use crate::state::AppState;
use services::exports::order::file_name;
use services::exports::record::note_screen;
use services::exports::sheet::{Columns, Selection};
use services::exports::{FileFormat, Language, Line, Sheet, delimited, spreadsheet};
use universe::blocking;
use universe::engines::{Screen, open};

/// Rows between looks at whether the client is still there.
const LOOK_EVERY: usize = 2_000;
/// Bytes sent at a time.
const PIECE: usize = 256 << 10;

type Pieces = mpsc::Sender<io::Result<Bytes>>;

/// The whole result of a screen as a file.
#[utoipa::path(post, path = "/api/universe/export", tag = "universe", request_body = ExportRequest,
    responses((status = 200, description = "CSV, or a workbook with a provenance sheet; x-total-count holds the number of rows",
        content_type = "application/octet-stream", body = Vec<u8>),
        (status = 422, body = Problem), (status = 503, body = Problem)))]
pub async fn export(
    person: Principal,
    State(state): State<AppState>,
    JsonBody(body): JsonBody<ExportRequest>,
) -> problem::Result<Response> {
    file(&state, &person, &body).await
}

/// The same as a link, so that the browser itself saves the file.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DownloadParams {
    /// The filter language.
    pub text: Option<String>,
    /// Free text.
    pub q: Option<String>,
    /// `field` or `-field` for descending, several joined by commas.
    pub sort: Option<String>,
    /// Fields joined by commas.
    pub columns: Option<String>,
    /// csv or xlsx.
    #[param(pattern = "^(csv|xlsx)$")]
    pub format: Option<String>,
    /// sv or en.
    #[param(pattern = "^(sv|en)$")]
    pub language: Option<String>,
    /// Whether companies on the exclusion list are wanted too.
    pub include_excluded: Option<bool>,
}

/// The whole result of a screen as a file, by a link.
#[utoipa::path(get, path = "/api/universe/export", operation_id = "download_export", tag = "universe", params(DownloadParams),
    responses((status = 200, description = "As the answer to POST", content_type = "application/octet-stream", body = Vec<u8>),
        (status = 422, body = Problem), (status = 503, body = Problem)))]
pub async fn download(
    person: Principal,
    State(state): State<AppState>,
    QueryParams(params): QueryParams<DownloadParams>,
) -> problem::Result<Response> {
    let split = |text: &str| {
        text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    };
    let key = |key: String| match key.strip_prefix('-') {
        Some(field) => SortDto { by: field.to_owned(), dir: Some("desc".to_owned()) },
        None => SortDto { by: key, dir: Some("asc".to_owned()) },
    };
    let body = ExportRequest {
        text: params.text,
        q: params.q,
        format: params.format,
        language: params.language,
        include_excluded: params.include_excluded,
        columns: params.columns.as_deref().map(split),
        sort: params.sort.map(|sort| OneOrMany::Many(split(&sort).into_iter().map(key).collect())),
        ..ExportRequest::default()
    };
    file(&state, &person, &body).await
}

/// Which file is asked for; CSV when nothing is said.
///
/// # Errors
/// 422 that names the place.
pub fn format(parts: FileParts<'_>) -> Result<FileFormat, Problem> {
    let name = parts.format.unwrap_or(FileFormat::Csv.as_str());
    FileFormat::from_name(name).ok_or_else(|| Problem::input("/format", "format is csv or xlsx"))
}

/// The language that is asked for; Swedish when nothing is said.
///
/// # Errors
/// 422 that names the place.
pub fn language(parts: FileParts<'_>) -> Result<Language, Problem> {
    let name = parts.language.unwrap_or("sv");
    Language::from_name(name).ok_or_else(|| Problem::input("/language", "language is sv or en"))
}

/// The columns that are asked for, the name first.
///
/// # Errors
/// 422 that names the place.
pub fn columns(parts: FileParts<'_>) -> Result<Columns, Problem> {
    let mut fields: Vec<FieldId> = FieldId::find("name").into_iter().collect();
    for column in question::columns(parts.columns)? {
        if let Column::Field(field) = column
            && !fields.contains(&field)
        {
            fields.push(field);
        }
    }
    Ok(Columns { fields, language: language(parts)?, as_keys: parts.keys })
}

async fn file(state: &AppState, person: &Principal, body: &ExportRequest) -> problem::Result<Response> {
    let (selected, wanted) = (selection::read(body.selection())?, body.file());
    let sorts = selection::sort(wanted.sort)?;
    let (format, columns) = (format(wanted)?, columns(wanted)?);
    let screen = open(&state.index, selected.asked_by(person), selected.whole.clone()).await?;
    let by = sorts.clone();
    let done = blocking::run(move |_| {
        let selection = screen.state.select(&screen.filter, &screen.sets);
        let rows = screen.state.page(&selection, &by, 0, u32::MAX);
        (screen, rows)
    });
    let (screen, rows) = done.await.map_err(Problem::internal)?;
    let selection = Selection {
        filter: &selected.whole,
        hides_excluded: screen.hides_excluded,
        sorts: &sorts,
        version: screen.state.version(),
        rows: rows.len() as u64,
        made_at: Utc::now(),
    };
    let sheet = Sheet::new(&columns, &selection);
    // Written before the first byte leaves.
    let (whole, include_excluded) = (&selected.whole, selected.include_excluded);
    let (companies, columns) = (rows.len(), columns.fields.len());
    note_screen(&state.db, person, whole, include_excluded, companies, columns, format).await?;
    Ok(respond(screen, sheet, rows, format))
}

fn respond(screen: Screen, sheet: Sheet, rows: Vec<RowId>, format: FileFormat) -> Response {
    let (sender, receiver) = mpsc::channel(4);
    let (total, version) = (rows.len(), screen.state.version());
    tokio::task::spawn_blocking(move || {
        let line = |(index, row): (usize, &RowId)| {
            if index % LOOK_EVERY == 0 && sender.is_closed() {
                return Err(io::ErrorKind::BrokenPipe.into());
            }
            let values = sheet.fields.iter().map(|field| screen.state.value(*row, *field)).collect();
            Ok(Line { orgnr: screen.state.orgnr(*row), values })
        };
        let lines = rows.iter().enumerate().map(line);
        let out = Sent { pieces: sender.clone(), waiting: Vec::new() };
        let written = match format {
            FileFormat::Csv => delimited::write(&sheet, lines, out),
            FileFormat::Xlsx => spreadsheet::write(&sheet, lines, out),
        };
        if let Err(error) = written {
            // Nobody may be there to take it.
            let _ = sender.blocking_send(Err(error));
        }
    });
    let name = file_name("screen", Utc::now(), format.as_str());
    let mut response = Response::new(Body::from_stream(ReceiverStream::new(receiver).map(|piece| piece)));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(format.media_type()));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(HeaderName::from_static("x-total-count"), HeaderValue::from(total));
    headers.insert(HeaderName::from_static("x-data-version"), HeaderValue::from(version));
    response
}

/// Sends what is written to it, in pieces; an error means that nobody takes them any more.
struct Sent {
    pieces: Pieces,
    waiting: Vec<u8>,
}

impl Write for Sent {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.waiting.extend_from_slice(bytes);
        if self.waiting.len() >= PIECE {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let piece = Bytes::from(std::mem::take(&mut self.waiting));
        self.pieces.blocking_send(Ok(piece)).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}
