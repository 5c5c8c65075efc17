//! A company's filings, and the packages they came in.

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, NaiveDate, Utc};
use domain::filing::{UnusedFigure, UnusedFigures};
use http::{HeaderValue, header};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::body::values::Whole;
use super::figures::shape::ContextDays;
use super::input::{PathParams, QueryParams, orgnr as parse_orgnr};
use super::problem::{self, Problem};
use super::state::AppState;
use services::companies::{self, orgnr_of};
use services::filed_document;

/// A company's filings.
#[derive(Debug, Serialize, ToSchema)]
pub struct FilingsResponse {
    /// Newest period first.
    pub filings: Vec<FilingView>,
    /// Number of filings.
    pub count: usize,
}

/// One filing.
#[derive(Debug, Serialize, ToSchema)]
pub struct FilingView {
    /// Identity.
    pub id: Uuid,
    /// annual_report, esef_report, register_accounts, table or demo.
    pub kind: String,
    /// k2, k3, ifrs, norwegian_gaap or unknown.
    pub framework: String,
    /// Date of the taxonomy.
    pub taxonomy: Option<NaiveDate>,
    /// First day of the newest period in it.
    pub period_start: Option<NaiveDate>,
    /// Last day of the newest period in it.
    pub period_end: Option<NaiveDate>,
    /// `company`, `group` or both.
    pub scopes: Vec<String>,
    /// `group` when the filing holds group accounts, else `company`.
    pub scope: String,
    /// When it was registered, where the source tells.
    pub filed_at: Option<NaiveDate>,
    /// Since when the public could know it.
    pub known_on: NaiveDate,
    /// What `known_on` is: `registered` (the register's date), `archive` (last day of the week of the register's archive),
    /// `document` (signed or adopted), `deadline` (the last lawful day) or `imported`; null where that was not noted.
    pub known_by: Option<String>,
    /// When it was imported.
    pub imported_at: DateTime<Utc>,
    /// Program that made the document.
    pub software: Option<String>,
    /// Hash of the package.
    pub sha256: String,
    /// Size of the package.
    pub size_bytes: i64,
    /// Name of the package.
    pub file_name: Option<String>,
    /// Number of statements in it.
    pub periods: i64,
    /// Where the figures come from when there is no package.
    pub provenance: Option<String>,
    /// What the parser went past.
    pub warnings: Vec<String>,
    /// Tagged figures of known lines that are in the filing and were not used, by reason.
    pub unused: Vec<UnusedFiguresView>,
    /// Where the package can be fetched; null when only the figures are kept.
    pub download_url: Option<String>,
}

/// The figures of a filing that were not used for one reason.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnusedFiguresView {
    /// no_year, opening_balance, part_of_company, other_target, in_tuple, fraction, unknown_transformation, not_a_number,
    /// other_currency, other_unit or too_large.
    pub reason: String,
    /// What the reason is about: a day, two days, a transformation, a unit, a target; may be empty.
    pub detail: String,
    /// How many.
    pub count: u32,
    /// All of it in a sentence.
    pub sentence: String,
    /// The first of them.
    pub figures: Vec<UnusedFigureView>,
}

/// One figure that was not used.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnusedFigureView {
    /// Concept of the taxonomy.
    pub concept: String,
    /// Key of the line that it could have been.
    pub line: String,
    /// Id of the context in the document.
    pub context: String,
    /// The days of that context.
    pub context_period: Option<ContextDays>,
    /// The text between the tags; empty where it was not read.
    pub as_filed: String,
}

impl From<UnusedFigures> for UnusedFiguresView {
    fn from(group: UnusedFigures) -> Self {
        Self {
            reason: group.reason.as_str().to_owned(),
            sentence: group.sentence(),
            detail: group.detail,
            count: group.count,
            figures: group.figures.into_iter().map(UnusedFigureView::from).collect(),
        }
    }
}

impl From<UnusedFigure> for UnusedFigureView {
    fn from(figure: UnusedFigure) -> Self {
        Self {
            concept: figure.concept,
            line: figure.line,
            context: figure.context,
            context_period: figure.period.map(ContextDays::from),
            as_filed: figure.as_filed,
        }
    }
}

/// The company's filings, newest period first.
#[utoipa::path(get, path = "/api/companies/{orgnr}/filings", tag = "companies",
    params(("orgnr" = String, Path, description = "Organisation number, with or without hyphen")),
    responses((status = 200, body = FilingsResponse), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn filings(
    State(state): State<AppState>,
    PathParams(orgnr): PathParams<String>,
) -> problem::Result<Json<FilingsResponse>> {
    let orgnr = parse_orgnr(&orgnr, "orgnr")?;
    let lines = companies::filings(&state.db, orgnr).await?;
    let filings: Vec<_> = lines
        .into_iter()
        .map(|line| FilingView {
            scope: if line.scopes.iter().any(|scope| scope == "group") { "group" } else { "company" }.to_owned(),
            download_url: line.is_stored.then(|| format!("/api/filings/{}/download", line.id)),
            id: line.id,
            kind: line.kind,
            framework: line.framework,
            taxonomy: line.taxonomy,
            period_start: line.period_start,
            period_end: line.period_end,
            scopes: line.scopes,
            filed_at: line.filed_at,
            known_on: line.known_on,
            known_by: line.known_by,
            imported_at: line.imported_at,
            software: line.software,
            sha256: line.sha256,
            size_bytes: line.size_bytes,
            file_name: line.file_name,
            periods: line.periods,
            provenance: line.provenance,
            warnings: line.warnings,
            unused: line.unused.0.into_iter().map(UnusedFiguresView::from).collect(),
        })
        .collect();
    Ok(Json(FilingsResponse { count: filings.len(), filings }))
}

/// The package of a filing, byte for byte as it was imported.
#[utoipa::path(get, path = "/api/filings/{id}/download", tag = "companies",
    params(("id" = Uuid, Path, description = "Id of the filing")),
    responses((status = 200, content_type = "application/zip", body = Vec<u8>), (status = 404, body = Problem)))]
pub async fn download(State(state): State<AppState>, PathParams(id): PathParams<Uuid>) -> problem::Result<Response> {
    let package = companies::package(&state.db, id).await?;
    let Some((size, content)) = state.artifacts.get(&package.sha256).await.map_err(Problem::internal)? else {
        return Err(Problem::not_found(if package.is_stored {
            "the package is missing from the artifact store; import it again"
        } else {
            "only the figures of this filing are kept, not its package"
        }));
    };
    let name = package.file_name.unwrap_or_else(|| {
        orgnr_of(package.orgnr).map_or_else(|_| "filing.zip".to_owned(), |orgnr| format!("{orgnr}.zip"))
    });
    let name = name.rsplit(['/', '\\', '!']).next().unwrap_or("filing.zip");
    let mut response = Body::from_stream(content).into_response();
    let headers = response.headers_mut();
    let mut set = |header, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(header, value);
        }
    };
    set(header::CONTENT_TYPE, media_type(name));
    set(header::CONTENT_LENGTH, &size.to_string());
    set(header::CONTENT_DISPOSITION, &disposition(name));
    // The name is a hash of the content, so it never changes.
    set(header::ETAG, &format!("\"{}\"", package.sha256));
    set(header::CACHE_CONTROL, "private, max-age=31536000, immutable");
    Ok(response)
}

/// Which document of a filing, and which figure is marked in it.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DocumentParams {
    /// Position of the document in the package, from 1 (default 1), as a figure's `document` says.
    #[param(inline)]
    pub document: Option<Whole<1, 65_535>>,
    /// Concept of the tagged number that is marked.
    pub concept: Option<String>,
    /// Id of its context.
    pub context: Option<String>,
}

/// A filed document as a page that is safe to show: its text, tables and styles, without anything that runs, loads or sends. The
/// tagged number that is asked for is marked as `<mark id="lode-figure">`. What was filed, byte for byte, is the download.
#[utoipa::path(get, path = "/api/filings/{id}/document", tag = "companies",
    params(("id" = Uuid, Path, description = "Id of the filing"), DocumentParams),
    responses((status = 200, content_type = "text/html", body = String), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn document(
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
    QueryParams(params): QueryParams<DocumentParams>,
) -> problem::Result<Response> {
    let place = params.document.map_or(0, |place| place.count() - 1);
    let figure = params.concept.zip(params.context);
    let html = filed_document::page(&state.db, &state.artifacts, id, place, figure).await?;
    let mut response = html.into_response();
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        // Whoever opens the address by itself is shown a page of no origin that can do nothing.
        (header::CONTENT_SECURITY_POLICY, DOCUMENT_POLICY),
        (header::CACHE_CONTROL, "private, max-age=86400"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    Ok(response)
}

/// What the browser lets the page of a filed document do: be looked at.
const DOCUMENT_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'; sandbox";

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("zip" | "xbri") => "application/zip",
        // Never rendered in our origin: a filed document may hold scripts.
        _ => "application/octet-stream",
    }
}

/// RFC 6266 with the name in ASCII and, where it differs, in UTF-8.
fn disposition(name: &str) -> String {
    let ascii: String =
        name.chars().map(|c| if c.is_ascii_graphic() && !matches!(c, '"' | '\\') { c } else { '_' }).collect();
    let utf8: String = name
        .bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect();
    format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{utf8}")
}
