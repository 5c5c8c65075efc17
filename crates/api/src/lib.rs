//! The HTTP API and the web app: one file per resource, every route listed in [`router`].

pub mod access;
mod activity;
mod admin;
mod ai_reports;
mod auth;
mod body;
mod changes;
mod companies;
mod costs;
mod coverage;
mod database;
mod description;
mod diagnosis;
mod docs;
mod exclusions;
mod exports;
mod figures;
mod filings;
mod financials;
mod health;
mod home;
mod import_mappings;
mod import_preview;
mod import_upload;
pub mod imports;
pub mod input;
pub mod jobs;
mod label;
mod labels;
mod layers;
mod lists;
mod live;
mod me;
mod metrics;
mod models;
mod monitors;
mod notes;
mod notifications;
mod people;
mod personal_data;
pub mod principal;
pub mod problem;
pub mod process;
mod prospects;
pub mod request_id;
mod runs;
mod scraper;
pub mod server;
mod service_error;
mod session_cookie;
mod site;
pub mod state;
mod status;
pub mod universe;
mod views;
mod web;
mod web_packed;
mod webhooks;
mod worker;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use http::{HeaderValue, Method, header};
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};
use tower_http::cors::CorsLayer;
use utoipa::openapi::{ContactBuilder, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use state::AppState;

pub use metrics::{install as install_metrics, note_build, watch_pool};
pub use web::is_built_in as has_web_app;
pub use worker::router as worker_router;

/// Every route of the API that is part of the contract.
fn api() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(introduction())
        .routes(routes!(health::health))
        .routes(routes!(health::ready))
        .routes(routes!(status::status))
        .routes(routes!(status::capabilities))
        .routes(routes!(status::config))
        .routes(routes!(diagnosis::diagnose))
        .routes(routes!(database::info))
        .routes(routes!(companies::search))
        .routes(routes!(companies::batch))
        .routes(routes!(companies::record::company))
        .routes(routes!(financials::financials))
        .routes(routes!(filings::filings))
        .routes(routes!(filings::download))
        .routes(routes!(filings::document))
        .routes(routes!(figures::figure))
        .routes(routes!(coverage::coverage))
        .merge(imports::router())
        .merge(import_upload::router())
        .merge(import_preview::router())
        .merge(import_mappings::router())
        .merge(jobs::router())
        .merge(ai_reports::router())
        .merge(universe::router())
        .merge(lists::router())
        .merge(live::router())
        .merge(labels::router())
        .merge(exclusions::router())
        .merge(exports::router())
        .merge(changes::router())
        .merge(views::router())
        .merge(runs::router())
        .merge(models::router())
        .merge(people::router())
        .merge(prospects::router())
        .merge(home::router())
        .merge(monitors::router())
        .merge(webhooks::router())
        .merge(notes::router())
        .merge(activity::router())
        .merge(notifications::router())
        .merge(me::router())
        .merge(personal_data::router())
        .merge(admin::router())
        .merge(auth::router())
}

/// The description of the API, as committed in `openapi.json`.
#[must_use]
pub fn openapi() -> OpenApi {
    description::complete(api().into_openapi())
}

/// Every route of the scraper service.
fn scraper_api() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(introduction()).routes(routes!(health::health)).merge(scraper::router())
}

/// The description of the scraper service's API, as committed in `openapi-scraper.json`.
#[must_use]
pub fn scraper_openapi() -> OpenApi {
    description::complete(scraper_api().into_openapi())
}

/// Everything that the scraper service serves, with the same layers as the main API.
pub fn scraper_router(state: AppState, scraper: Arc<::scraper::Scraper>) -> Router {
    let (api, description) = scraper_api().split_for_parts();
    let description = description::complete(description);
    let described = axum::routing::get(move || std::future::ready(axum::Json(description.clone())));
    let routes = Router::new()
        .merge(api.layer(axum::Extension(scraper)))
        .route("/scraper/api/openapi.json", described)
        .merge(metrics::router());
    layered(routes, state)
}

/// Everything that is served, with the layers every request passes through.
pub fn router(state: AppState) -> Router {
    let (api, description) = api().split_for_parts();
    let routes = Router::new()
        .merge(api)
        .merge(docs::router(description::complete(description)))
        .merge(metrics::router())
        .fallback(web::serve);
    layered(routes, state)
}

/// From how many bytes on an answer is packed fast rather than well.
const LONG_ANSWER: u64 = 32 * 1024;

/// The layers every request passes through.
fn layered(routes: Router<AppState>, state: AppState) -> Router {
    let cors = cors(&state.config.cors_origins);
    // Less than a packet is sent as it is. What is short is packed well; what is long or streamed is packed fast, so that packing does
    // not take longer than sending. The inner layer comes first, and the outer one leaves alone what is packed.
    let packed = |above: u64, level: CompressionLevel| {
        CompressionLayer::new().quality(level).compress_when(
            SizeAbove::new(above)
                .and(NotForContentType::new("application/zip"))
                .and(NotForContentType::SSE)
                .and(NotForContentType::IMAGES),
        )
    };
    routes
        .with_state(state.clone())
        .layer(from_fn_with_state(state.clone(), costs::wait_for_turn))
        .layer(from_fn_with_state(state.clone(), principal::authenticate))
        .layer(from_fn_with_state(state.clone(), principal::address::note_address))
        .layer(from_fn(layers::etag))
        .layer(DefaultBodyLimit::max(layers::BODY_LIMIT))
        .layer(from_fn(layers::check_address))
        .layer(from_fn(layers::limit_time))
        .layer(packed(LONG_ANSWER, CompressionLevel::Fastest))
        .layer(packed(1024, CompressionLevel::Default))
        .layer(CatchPanicLayer::custom(layers::explain_panic))
        .layer(from_fn(layers::explain_errors))
        .layer(cors)
        .layer(from_fn_with_state(state.clone(), site::refuse_foreign))
        .layer(from_fn_with_state(state, process::end_connections))
        .layer(from_fn(layers::secure))
        .layer(from_fn(layers::observe))
        .layer(from_fn(request_id::assign))
}

/// Exact origins only; without any, browsers allow the same origin alone.
fn cors(origins: &[String]) -> CorsLayer {
    if origins.is_empty() {
        return CorsLayer::new();
    }
    CorsLayer::new()
        .allow_origin(origins.iter().filter_map(|origin| HeaderValue::from_str(origin).ok()).collect::<Vec<_>>())
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE])
        .allow_headers([
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            header::IF_MATCH,
            header::IF_NONE_MATCH,
            request_id::HEADER,
            header::HeaderName::from_static(services::trace::HEADER),
            header::HeaderName::from_static("tracestate"),
            // What @supabase/supabase-js sends along.
            header::HeaderName::from_static("apikey"),
            header::HeaderName::from_static("x-client-info"),
            header::HeaderName::from_static("x-supabase-api-version"),
        ])
        .expose_headers([header::ETAG, header::CONTENT_DISPOSITION, header::RETRY_AFTER, request_id::HEADER])
        .allow_credentials(true)
        .max_age(Duration::from_secs(600))
}

fn introduction() -> OpenApi {
    OpenApiBuilder::new()
        .info(
            InfoBuilder::new()
                .title("Lode")
                .version(env!("CARGO_PKG_VERSION"))
                .description(Some(
                    "Companies with traceable figures. JSON in snake_case; amounts in whole units of the stated currency; \
                     ratios as 0.12 for 12 %; a missing value is null. Errors are application/problem+json.",
                ))
                .contact(Some(ContactBuilder::new().name(Some("Lode")).build()))
                .license(Some(LicenseBuilder::new().name("MIT OR Apache-2.0").build()))
                .build(),
        )
        .build()
}
