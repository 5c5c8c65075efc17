//! `/api/exports`: large files that a job writes. Everybody sees their own and nobody else's.

mod dto;
mod file;
mod order;
mod own;

use http::StatusCode;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::problem::Problem;
use super::state::AppState;
use services::exports::request::ExportError;

/// Every route of this folder.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(own::list_exports, order::start_export))
        .routes(routes!(own::get_export, own::remove_export))
        .routes(routes!(own::cancel_export))
        .routes(routes!(own::retry_export))
        .routes(routes!(file::download_file))
}

impl From<ExportError> for Problem {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Unknown(_) => Self::not_found(error.to_string()),
            ExportError::TooMany | ExportError::Wrong { .. } => Self::new(StatusCode::CONFLICT, error.to_string()),
            ExportError::Database(error) => services::error::ServiceError::from(error).into(),
            ExportError::Queue(error) => Self::internal(error),
            ExportError::Artifacts(error) => Self::internal(format!("{error:#}")),
        }
    }
}
