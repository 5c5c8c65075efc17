//! The whole result as CSV, Excel or Parquet: the screen's own filter, columns and order, of any size, streamed.
//!
//! A client that goes away ends the work: the writer notices at the next piece that nobody takes it. `POST /api/exports` has the same
//! file made by a job.

use std::collections::HashMap;
use std::io::{self, Write};

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::response::Response;
use chrono::Utc;
use domain::filter::FieldId;
use http::{HeaderMap, HeaderName, HeaderValue, header};
use screen::RowId;
use serde::Deserialize;
use tokio::runtime::Handle;
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
use crate::site;
use crate::state::AppState;
use services::PgPool;
use services::exports::noted::{NotedFor, list_of};
use services::exports::order::file_name;
use services::exports::record::{describe, note_screen};
use services::exports::sheet::{Columns, Selection};
use services::exports::{FileFormat, Language, Line, Sheet, columnar, delimited, spreadsheet};
use universe::blocking;
use universe::engines::{Screen, open};

/// Rows between looks at whether the client is still there.
const LOOK_EVERY: usize = 2_000;
/// Bytes sent at a time.
const PIECE: usize = 256 << 10;

type Pieces = mpsc::Sender<io::Result<Bytes>>;

/// The whole result of a screen as a file.
#[utoipa::path(post, path = "/api/universe/export", tag = "universe", request_body = ExportRequest,
    responses((status = 200, description = "CSV, a workbook with a provenance sheet, or Parquet; x-total-count holds the number of rows",
        content_type = "application/octet-stream", body = Vec<u8>),
        (status = 422, body = Problem), (status = 503, body = Problem)))]
pub async fn export(
    person: Principal,
    State(state): State<AppState>,
    headers: HeaderMap,
    JsonBody(body): JsonBody<ExportRequest>,
) -> problem::Result<Response> {
    file(&state, &person, &headers, &body).await
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
    /// csv, xlsx or parquet.
    #[param(pattern = "^(csv|xlsx|parquet)$")]
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
    headers: HeaderMap,
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
    file(&state, &person, &headers, &body).await
}

/// Which file is asked for; CSV when nothing is said.
///
/// # Errors
/// 422 that names the place.
pub fn format(parts: FileParts<'_>) -> Result<FileFormat, Problem> {
    let name = parts.format.unwrap_or(FileFormat::Csv.as_str());
    FileFormat::from_name(name).ok_or_else(|| Problem::input("/format", "format is csv, xlsx or parquet"))
}

/// The language that is asked for; Swedish when nothing is said.
///
/// # Errors
/// 422 that names the place.
pub fn language(parts: FileParts<'_>) -> Result<Language, Problem> {
    let name = parts.language.unwrap_or("sv");
    Language::from_name(name).ok_or_else(|| Problem::input("/language", "language is sv or en"))
}

/// The columns that are asked for, the name first; by their keys in a file for programs.
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
    let as_keys = parts.keys || !format(parts)?.is_for_people();
    Ok(Columns { fields, language: language(parts)?, as_keys, base: None })
}

async fn file(
    state: &AppState,
    person: &Principal,
    headers: &HeaderMap,
    body: &ExportRequest,
) -> problem::Result<Response> {
    let (selected, wanted) = (selection::read(body.selection())?, body.file());
    let sorts = selection::sort(wanted.sort)?;
    let (format, mut columns) = (format(wanted)?, columns(wanted)?);
    columns.base = site::address(&state.config, headers);
    let told = describe(&state.db, person, &selected.whole).await?;
    let noted = (!columns.as_keys).then(|| NotedFor { user: person.user, list: list_of(&told.kept) });
    let screen = open(&state.index, selected.asked_by(person), selected.whole.clone()).await?;
    let by = sorts.clone();
    let done = blocking::run(move |_| {
        let selection = screen.state.select(&screen.filter, &screen.sets);
        let rows = screen.state.page(&selection, &by, 0, u32::MAX);
        (screen, rows)
    });
    let (screen, rows) = done.await.map_err(Problem::internal)?;
    let selection = Selection {
        filter: &told.named,
        has_list: noted.is_some_and(|noted| noted.list.is_some()),
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
    let noted = noted.map(|noted| (noted, state.db.clone()));
    Ok(respond(screen, sheet, rows, noted, format))
}

fn respond(
    screen: Screen,
    sheet: Sheet,
    rows: Vec<RowId>,
    noted: Option<(NotedFor, PgPool)>,
    format: FileFormat,
) -> Response {
    let (sender, receiver) = mpsc::channel(4);
    let (total, version) = (rows.len(), screen.state.version());
    let runtime = Handle::current();
    tokio::task::spawn_blocking(move || {
        let mut notes = HashMap::new();
        let line = |(index, row): (usize, &RowId)| {
            if index % LOOK_EVERY == 0 {
                if sender.is_closed() {
                    return Err(io::ErrorKind::BrokenPipe.into());
                }
                if let Some((noted, db)) = &noted {
                    let piece = rows.iter().skip(index).take(LOOK_EVERY);
                    let numbers: Vec<u64> = piece.map(|row| screen.state.orgnr(*row)).collect();
                    let read = async { noted.read(&mut *db.acquire().await?, &numbers).await };
                    notes = runtime.block_on(read).map_err(io::Error::other)?;
                }
            }
            let values = sheet.fields.iter().map(|field| screen.state.value(*row, *field)).collect();
            let orgnr = screen.state.orgnr(*row);
            Ok(Line { orgnr, values, noted: notes.remove(&orgnr).unwrap_or_default() })
        };
        let lines = rows.iter().enumerate().map(line);
        let out = Sent { pieces: sender.clone(), waiting: Vec::new() };
        let written = match format {
            FileFormat::Csv => delimited::write(&sheet, lines, out),
            FileFormat::Xlsx => spreadsheet::write(&sheet, lines, out),
            FileFormat::Parquet => columnar::write(&sheet, lines, out),
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
