//! The API's description: `/api/openapi.json` and a page to browse it.

use axum::Router;
use utoipa::openapi::OpenApi;
use utoipa_swagger_ui::{Config, SwaggerUi};

/// Serves the description and the page, both from the binary itself.
pub fn router<S: Clone + Send + Sync + 'static>(description: OpenApi) -> Router<S> {
    SwaggerUi::new("/api/docs")
        .url("/api/openapi.json", description)
        .config(Config::default().use_base_layout().try_it_out_enabled(true).validator_url("none"))
        .into()
}
