//! The file of an export.

use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use chrono::Utc;
use http::{HeaderValue, StatusCode, header};
use uuid::Uuid;

use crate::input::PathParams;
use crate::principal::Principal;
use crate::problem::{Problem, Result};
use crate::state::AppState;
use services::exports::FileFormat;
use services::exports::request::{self, Export, Status};

/// The file, as long as it is kept.
#[utoipa::path(get, path = "/api/exports/{id}/download", tag = "exports",
    params(("id" = Uuid, Path, description = "Identity of the export")),
    responses((status = 200, description = "CSV, or a workbook with a provenance sheet", content_type = "application/octet-stream",
            body = Vec<u8>),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It is not written", body = Problem, content_type = "application/problem+json"),
        (status = 410, description = "It was kept for its time", body = Problem, content_type = "application/problem+json")))]
pub async fn download_file(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<Response> {
    let export = request::find(&state.db, &person, id).await?;
    let Some(sha256) = stored(&export)? else { return Err(gone()) };
    request::note_download(&state.db, &person, &export).await?;
    let Some((size, content)) = state.artifacts.get(&sha256).await.map_err(Problem::internal)? else {
        return Err(gone());
    };
    let mut response = Body::from_stream(content).into_response();
    let headers = response.headers_mut();
    let media_type = FileFormat::from_name(&export.format).map_or("application/octet-stream", FileFormat::media_type);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(size));
    let name = format!("attachment; filename=\"{}\"", export.file_name.as_deref().unwrap_or("lode"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&name).map_err(Problem::internal)?);
    // Who may fetch it, and for how long, changes.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    Ok(response)
}

/// The hash of the file; `None` when the file is gone already.
fn stored(export: &Export) -> Result<Option<String>> {
    match export.status(Utc::now()) {
        Status::Ready => Ok(export.sha256.clone()),
        Status::Expired => Ok(None),
        status => {
            let remedy = if status.is_open() { "wait until it is ready" } else { "ask for it again" };
            let detail = format!("the export is {} and has no file; {remedy}", status.as_str());
            Err(Problem::new(StatusCode::CONFLICT, detail))
        }
    }
}

fn gone() -> Problem {
    Problem::new(StatusCode::GONE, "the file was kept for its time and is gone; ask for the export again")
}
