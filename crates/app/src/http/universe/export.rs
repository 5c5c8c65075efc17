//! The whole result as CSV or Excel: the screen's own filter, columns and order, of any size, streamed.
//!
//! A client that goes away ends the work: the writer notices at the next piece that nobody takes it.

use std::io;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::response::Response;
use chrono::Utc;
use domain::filter::print::print;
use domain::filter::{Condition, FieldId, Filter};
use http::{HeaderName, HeaderValue, header};
use screen::{RowId, Sort};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use tokio::sync::mpsc;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::ReceiverStream;
use utoipa::IntoParams;

use super::body::{Object, SELECTION};
use super::dto::ExportRequest;
use super::query::Column;
use super::{query, selection, spreadsheet};
use crate::actions::universe::{Screen, open};
use crate::http::input::QueryParams;
use crate::http::principal::Principal;
use crate::http::problem::{self, Problem};
use crate::http::state::AppState;
use crate::index::sets::EXCLUDED;

/// Rows made at a time.
const PIECE: usize = 2_000;

/// Which file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Csv,
    Xlsx,
}

/// Everything a file is made from.
pub struct Sheet {
    /// Fields in the order of the columns, after the organisation number.
    pub fields: Vec<FieldId>,
    /// Headings, the organisation number's first.
    pub headings: Vec<String>,
    /// What the file says about itself.
    pub provenance: Vec<(String, String)>,
    /// Rows in order.
    pub rows: Vec<RowId>,
}

/// Where the pieces of the file go; an error means that nobody takes them any more.
pub type Pieces = mpsc::Sender<io::Result<Bytes>>;

/// The whole result of a screen as a file.
#[utoipa::path(post, path = "/api/universe/export", tag = "universe", request_body = ExportRequest,
    responses((status = 200, description = "CSV, or a workbook with a provenance sheet; x-total-count holds the number of rows",
        content_type = "application/octet-stream", body = Vec<u8>),
        (status = 422, body = Problem), (status = 503, body = Problem)))]
pub async fn export(person: Principal, State(state): State<AppState>, body: Bytes) -> problem::Result<Response> {
    let body = Object::read(&body, SELECTION, &["sort", "columns", "format", "language", "keys"])?;
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
    pub format: Option<String>,
    /// sv or en.
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
    let mut body = Map::new();
    let texts = [("text", params.text), ("q", params.q), ("format", params.format), ("language", params.language)];
    for (key, value) in texts {
        body.extend(value.map(|value| (key.to_owned(), Value::from(value))));
    }
    if let Some(wanted) = params.include_excluded {
        body.insert("include_excluded".to_owned(), wanted.into());
    }
    let split = |text: &str| {
        text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    };
    if let Some(columns) = params.columns {
        body.insert("columns".to_owned(), split(&columns).into());
    }
    if let Some(sort) = params.sort {
        let key = |key: &String| match key.strip_prefix('-') {
            Some(field) => json!({ "by": field, "dir": "desc" }),
            None => json!({ "by": key, "dir": "asc" }),
        };
        body.insert("sort".to_owned(), split(&sort).iter().map(key).collect());
    }
    let bytes = Bytes::from(Value::Object(body).to_string());
    let body = Object::read(&bytes, SELECTION, &["sort", "columns", "format", "language", "keys"])?;
    file(&state, &person, &body).await
}

async fn file(state: &AppState, person: &Principal, body: &Object) -> problem::Result<Response> {
    let selected = selection::read(body)?;
    let sorts = selection::sort(body)?;
    let format = match body.text("format")? {
        None | Some("csv") => Format::Csv,
        Some("xlsx") => Format::Xlsx,
        Some(_) => return Err(Problem::input("/format", "format is csv or xlsx")),
    };
    let swedish = match body.text("language")? {
        None | Some("sv") => true,
        Some("en") => false,
        Some(_) => return Err(Problem::input("/language", "language is sv or en")),
    };
    let keys = body.flag("keys")?.unwrap_or(false);
    let mut fields: Vec<FieldId> = FieldId::find("name").into_iter().collect();
    for column in query::columns(body)? {
        if let Column::Field(field) = column
            && !fields.contains(&field)
        {
            fields.push(field);
        }
    }
    let headings = headings(&fields, swedish, keys);
    let screen = open(&state.index, selected.asked_by(person), selected.whole.clone()).await?;
    // What was left out is part of what the file is: names as they were asked for, and the exclusions.
    let mut filter = selected.whole;
    if screen.hides_excluded {
        let excluded = Filter::Condition(Condition::InSet { set: EXCLUDED.to_owned() });
        filter = Filter::all([filter, Filter::not(excluded)]);
    }
    let (screen, sheet) = sheet(screen, &filter, sorts, fields, headings, swedish).await?;
    // Written before the first byte leaves. Without the filter, which may name a list that only its owner knows.
    let detail = json!({ "companies": sheet.rows.len(), "columns": sheet.fields.len() });
    let mut tx = state.db.begin().await?;
    store::audit::record(&mut tx, &person.event("universe.export").with(detail)).await?;
    tx.commit().await?;
    Ok(respond(screen, sheet, format))
}

fn headings(fields: &[FieldId], swedish: bool, keys: bool) -> Vec<String> {
    let first = match (keys, swedish) {
        (true, _) => "orgnr",
        (false, true) => "Organisationsnummer",
        (false, false) => "Organisation number",
    };
    let heading = |field: &FieldId| {
        let field = field.field();
        match (keys, swedish) {
            (true, _) => field.key,
            (false, true) => field.label.sv,
            (false, false) => field.label.en,
        }
    };
    std::iter::once(first).chain(fields.iter().map(heading)).map(str::to_owned).collect()
}

async fn sheet(
    screen: Screen,
    filter: &Filter,
    sorts: Vec<Sort>,
    fields: Vec<FieldId>,
    headings: Vec<String>,
    swedish: bool,
) -> Result<(Screen, Sheet), Problem> {
    let say = |sv: &str, en: &str| if swedish { sv.to_owned() } else { en.to_owned() };
    let text = print(filter);
    let mut provenance = vec![
        (
            say("Källa", "Source"),
            say("Lode: öppna register och inlämnade årsredovisningar", "Lode: open registers and filed annual reports"),
        ),
        (say("Urval", "Filter"), if text.is_empty() { say("alla företag", "every company") } else { text }),
        (say("Dataversion", "Data version"), screen.state.version().to_string()),
        (say("Skapad", "Made at"), Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Secs, true)),
        (
            say("Enheter", "Units"),
            say("belopp i hela kronor, andelar som 0,12 för 12 %", "amounts in whole kronor, shares as 0.12 for 12 %"),
        ),
    ];
    let order: Vec<String> = sorts
        .iter()
        .map(|sort| {
            let key = match sort.by {
                screen::SortBy::Orgnr => "orgnr",
                screen::SortBy::Field(field) => field.field().key,
            };
            format!("{key} {}", if sort.descending { "desc" } else { "asc" })
        })
        .collect();
    provenance.push((say("Ordning", "Order"), order.join(", ")));
    for field in &fields {
        let field = field.field();
        let formula = if swedish { field.formula.sv } else { field.formula.en };
        let label = if swedish { field.label.sv } else { field.label.en };
        provenance.push((format!("{label} ({})", field.key), formula.to_owned()));
    }
    let done = tokio::task::spawn_blocking(move || {
        let selection = screen.state.select(&screen.filter, &screen.sets);
        let rows = screen.state.page(&selection, &sorts, 0, u32::MAX);
        (screen, rows)
    });
    let (screen, rows) = done.await.map_err(Problem::internal)?;
    let count = (say("Antal företag", "Companies"), rows.len().to_string());
    provenance.insert(2, count);
    Ok((screen, Sheet { fields, headings, provenance, rows }))
}

fn respond(screen: Screen, sheet: Sheet, format: Format) -> Response {
    let (sender, receiver) = mpsc::channel(4);
    let total = sheet.rows.len();
    let version = screen.state.version();
    tokio::task::spawn_blocking(move || {
        let written = match format {
            Format::Csv => write_csv(&screen, &sheet, &sender),
            Format::Xlsx => spreadsheet::write(&screen, &sheet, &sender),
        };
        if let Err(error) = written {
            // Nobody may be there to take it.
            let _ = sender.blocking_send(Err(error));
        }
    });
    let (media_type, name) = match format {
        Format::Csv => ("text/csv; charset=utf-8", "lode.csv"),
        Format::Xlsx => ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "lode.xlsx"),
    };
    let mut response = Response::new(Body::from_stream(ReceiverStream::new(receiver).map(|piece| piece)));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(HeaderName::from_static("x-total-count"), HeaderValue::from(total));
    headers.insert(HeaderName::from_static("x-data-version"), HeaderValue::from(version));
    response
}

/// A text that a spreadsheet program would take for a formula gets an apostrophe in front.
#[must_use]
pub fn harmless(text: &str) -> std::borrow::Cow<'_, str> {
    match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠') => format!("'{text}").into(),
        _ => text.into(),
    }
}

fn write_csv(screen: &Screen, sheet: &Sheet, pieces: &Pieces) -> io::Result<()> {
    // The mark tells Excel that the text is UTF-8.
    let mut buffer = "\u{feff}".as_bytes().to_vec();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(sheet.headings.iter().map(|heading| harmless(heading).into_owned()))?;
    for rows in sheet.rows.chunks(PIECE) {
        for row in rows {
            let orgnr = format!("{:010}", screen.state.orgnr(*row));
            let cells = sheet.fields.iter().map(|field| cell(&screen.state.value(*row, *field)));
            writer.write_record(std::iter::once(orgnr).chain(cells))?;
        }
        buffer.append(&mut writer.into_inner().map_err(|error| io::Error::other(error.to_string()))?);
        writer = csv::Writer::from_writer(Vec::new());
        if pieces.blocking_send(Ok(Bytes::from(std::mem::take(&mut buffer)))).is_err() {
            return Ok(());
        }
    }
    buffer.append(&mut writer.into_inner().map_err(|error| io::Error::other(error.to_string()))?);
    if !buffer.is_empty() {
        let _ = pieces.blocking_send(Ok(Bytes::from(buffer)));
    }
    Ok(())
}

/// A value as a cell of text; numbers with a decimal point.
fn cell(value: &domain::facts::FactValue) -> String {
    use domain::facts::FactValue::{Boolean, Date, Integer, Null, Real, Text, Texts};
    match value {
        Null => String::new(),
        Integer(number) => number.to_string(),
        Real(number) => number.to_string(),
        Boolean(yes) => yes.to_string(),
        Date(day) => day.to_string(),
        Text(text) => harmless(text).into_owned(),
        Texts(codes) => codes.join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn formulas_become_text() {
        for hostile in ["=1+1", "+46 8", "-2+3", "@SUM(A1)", "\t=1", "＝1"] {
            assert_eq!(harmless(hostile), format!("'{hostile}"));
        }
        assert_eq!(harmless("Åkeri & Söner"), "Åkeri & Söner");
    }
}
