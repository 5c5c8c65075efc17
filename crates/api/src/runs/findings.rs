//! What is known of one company from its website and from analyses, and the page texts that quotes stand in.

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, Utc};
use http::{HeaderValue, header};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::input::{PathParams, orgnr};
use crate::principal::Principal;
use crate::problem::{Problem, Result};
use crate::state::AppState;
use services::findings;

/// Analyses of one company that are shown.
const ANALYSES: i64 = 10;

/// Every route of this file.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(company_findings)).routes(routes!(page_text))
}

/// Where a company's website is, and what proves it.
#[derive(Debug, Serialize, ToSchema)]
struct HomepageDto {
    /// `verified`, `unverified` (shown, never used) or `none`.
    status: String,
    url: Option<String>,
    /// `orgnr`, `address` or `register`.
    proof: Option<String>,
    proof_quote: Option<String>,
    proof_url: Option<String>,
    /// What was tried, the likeliest first.
    #[schema(value_type = Vec<HomepageCandidateDto>)]
    candidates: Value,
    checked_at: DateTime<Utc>,
}

/// An address that may be the company's website, and what came of it.
#[derive(Debug, ToSchema)]
#[allow(dead_code, reason = "describes what `jobs::enrich_company` keeps")]
struct HomepageCandidateDto {
    url: String,
    /// `known` (proved before), `register`, `name`, `search` or `scraper`.
    source: String,
    /// What proves it (`orgnr`, `address`, `register`), or why it is not used: `not_an_address`, `anothers_number`, `no_proof`,
    /// `no_answer`, or what the crawler met, e.g. `not_resolved`, `timed_out`, `status`, `robots`.
    outcome: String,
    /// The same in more words, in English; for `anothers_number` that number.
    #[schema(required = false)]
    detail: Option<String>,
}

/// A page of the website.
#[derive(Debug, Serialize, ToSchema)]
struct PageDto {
    url: String,
    title: Option<String>,
    language: Option<String>,
    /// SHA-256 of its text; `GET /api/pages/{sha256}` answers with it.
    sha256: String,
    fetched_at: DateTime<Utc>,
    checked_at: DateTime<Utc>,
}

/// Something that was found out.
#[derive(Debug, Serialize, ToSchema)]
struct EnrichmentDto {
    /// `about_summary`, `website_insights` or `company_profile`.
    kind: String,
    /// Every passage has `quote`, `url`, `sha256` and `fetched_at`.
    #[schema(value_type = Object)]
    data: Value,
    /// `rules`, or the name of a model.
    method: String,
    method_version: i32,
    run_id: Option<Uuid>,
    made_at: DateTime<Utc>,
}

/// What an analysis says of the company.
#[derive(Debug, Serialize, ToSchema)]
struct AnalysisDto {
    run_id: Uuid,
    run_name: String,
    /// Findings with their evidence, score by dimension, what it rests on.
    #[schema(value_type = Object)]
    result: Value,
    points: Option<i16>,
    method: String,
    made_at: DateTime<Utc>,
    verdict: Option<String>,
}

/// What is known of a company beyond registers and filings.
#[derive(Debug, Serialize, ToSchema)]
struct FindingsDto {
    /// Null when nobody looked.
    homepage: Option<HomepageDto>,
    pages: Vec<PageDto>,
    enrichments: Vec<EnrichmentDto>,
    /// Newest first.
    analyses: Vec<AnalysisDto>,
}

/// What a company's website and analyses say, each with its evidence.
#[utoipa::path(get, path = "/api/companies/{orgnr}/findings", tag = "companies", params(("orgnr" = String, Path)),
    responses((status = 200, body = FindingsDto)))]
async fn company_findings(
    person: Principal,
    State(state): State<AppState>,
    PathParams(number): PathParams<String>,
) -> Result<Json<FindingsDto>> {
    let company = orgnr(&number, "orgnr")?;
    let known = findings::of_company(&state.db, &person, company, ANALYSES).await?;
    let homepage = known.homepage.map(|found| HomepageDto {
        status: found.status,
        url: found.url,
        proof: found.proof,
        proof_quote: found.proof_quote,
        proof_url: found.proof_url,
        candidates: found.candidates,
        checked_at: found.checked_at,
    });
    let pages = known.pages.into_iter().map(|page| PageDto {
        url: page.url,
        title: page.title,
        language: page.language,
        sha256: page.sha256,
        fetched_at: page.fetched_at,
        checked_at: page.checked_at,
    });
    let pages = pages.collect();
    let found = known.enrichments.into_iter().map(|found| EnrichmentDto {
        kind: found.kind,
        data: found.data,
        method: found.method,
        method_version: found.method_version,
        run_id: found.run_id,
        made_at: found.made_at,
    });
    let found = found.collect();
    let said = known.analyses.into_iter().map(|analysis| AnalysisDto {
        run_id: analysis.run_id,
        run_name: analysis.run_name,
        result: analysis.result,
        points: analysis.points,
        method: analysis.method,
        made_at: analysis.made_at,
        verdict: analysis.verdict,
    });
    Ok(Json(FindingsDto { homepage, pages, enrichments: found, analyses: said.collect() }))
}

/// The text of a page as it was read, by its hash: what a quote can be checked against. It is plain text whatever it says.
#[utoipa::path(get, path = "/api/pages/{sha256}", tag = "companies", params(("sha256" = String, Path)),
    responses((status = 200, description = "The text", body = String, content_type = "text/plain")))]
async fn page_text(State(state): State<AppState>, PathParams(sha256): PathParams<String>) -> Result<Response> {
    let missing = || Problem::not_found(format!("there is no page text {sha256}"));
    // Only texts of pages: the same store keeps filings and exports.
    if !findings::knows_text(&state.db, &sha256).await? {
        return Err(missing());
    }
    let (_, pieces) = state.artifacts.get(&sha256).await.map_err(Problem::internal)?.ok_or_else(missing)?;
    let mut response = Response::new(Body::from_stream(pieces));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=31536000, immutable"));
    Ok(response)
}
