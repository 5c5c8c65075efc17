//! Files that a person uploads to be imported: streamed to the artifact store, then read by a job.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::multipart::{Field, Multipart, MultipartRejection};
use axum::extract::{DefaultBodyLimit, State};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;
use tokio::io::AsyncWriteExt;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::input::QueryParams;
use super::principal::Principal;
use super::problem::{Problem, Result};
use super::state::AppState;
use ingest::ImportKind;
use jobs::import_files::{ImportFiles, Upload};
use services::imports;

/// Largest upload, all files together.
const MAX_BYTES: u64 = 8 << 30;
const MAX_FILES: usize = 200;
/// A mapping is a page of text.
const MAX_MAPPING_BYTES: u64 = 1 << 20;

/// Every route of this file.
pub fn router() -> OpenApiRouter<AppState> {
    // The size is watched here, piece by piece.
    OpenApiRouter::new().routes(routes!(upload)).layer(DefaultBodyLimit::disable())
}

/// What the files hold.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct UploadQuery {
    /// `filings`, `register`, `scb`, `accounts` or `companies`.
    kind: String,
    /// Count what would happen; write nothing.
    dry_run: Option<bool>,
}

/// A form with files.
#[derive(ToSchema)]
#[allow(dead_code, reason = "it describes the form; the form is read as it streams in")]
struct UploadForm {
    /// The files; archives may hold many.
    #[schema(content_media_type = "application/octet-stream")]
    file: Vec<Vec<u8>>,
    /// How the columns of a table are called.
    #[schema(content_media_type = "application/toml")]
    mapping: Option<Vec<u8>>,
}

/// An upload that was accepted.
#[derive(Debug, Serialize, ToSchema)]
struct Accepted {
    /// The job that reads it: GET /api/jobs/{id} tells how far it is and, at the end, which import it became.
    job_id: i64,
    /// Whether the same upload is already waiting or being read: that one is meant.
    is_repeated: bool,
    /// Bytes taken.
    bytes: u64,
}

/// Uploads files and has them imported in the background.
#[utoipa::path(post, path = "/api/imports", tag = "imports", params(UploadQuery),
    request_body(content = UploadForm, content_type = "multipart/form-data"),
    responses((status = 202, body = Accepted), (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
async fn upload(
    State(state): State<AppState>,
    principal: Principal,
    QueryParams(query): QueryParams<UploadQuery>,
    form: std::result::Result<Multipart, MultipartRejection>,
) -> Result<(StatusCode, Json<Accepted>)> {
    let kind = ImportKind::from_name(&query.kind).ok_or_else(|| {
        let kinds: Vec<_> = ImportKind::ALL.iter().map(|kind| kind.name()).collect();
        Problem::input("kind", format!("{:?} is no kind of import; there are {}", query.kind, kinds.join(", ")))
    })?;
    let mut form = form.map_err(|rejection| Problem::input("", rejection.body_text()))?;
    let (mut files, mut mapping, mut bytes) = (Vec::new(), None, 0);
    // The files as they came, until something names what the artifact store has of them.
    let mut received = BTreeMap::new();
    while let Some(field) = form.next_field().await.map_err(broken)? {
        match field.name() {
            Some("file") => {
                if files.len() == MAX_FILES {
                    return Err(Problem::input(
                        "file",
                        format!("at most {MAX_FILES} files at once; pack them into one"),
                    ));
                }
                let (file, temporary) = keep(&state, field, MAX_BYTES - bytes).await?;
                received.insert(file.sha256.clone(), temporary);
                let path = std::path::Path::new(&file.name);
                if !kind.wants(path) {
                    let endings = kind.endings().join(", ");
                    let told = format!("{}: files of the kind {} end in {endings}", file.name, kind.name());
                    return Err(Problem::input("file", told));
                }
                bytes += file.bytes;
                files.push(file);
            }
            Some("mapping") => {
                let (file, temporary) = keep(&state, field, MAX_MAPPING_BYTES).await?;
                received.insert(file.sha256.clone(), temporary);
                mapping = Some(file);
            }
            other => {
                let name = other.unwrap_or_default().to_owned();
                return Err(Problem::input(
                    name.clone(),
                    format!("the form has no field {name:?}; it has file and mapping"),
                ));
            }
        }
    }
    if files.is_empty() {
        return Err(Problem::input("file", "the form holds no file"));
    }
    let job = ImportFiles { kind: kind.name().to_owned(), files, mapping, is_dry_run: query.dry_run == Some(true) };
    let received =
        received.iter().map(|(sha256, file): (&String, &NamedTempFile)| (sha256.clone(), file.path())).collect();
    let done = imports::enqueue(&state.db, &state.artifacts, &principal, &job, &received).await?;
    Ok((StatusCode::ACCEPTED, Json(Accepted { job_id: done.job, is_repeated: done.is_repeated, bytes })))
}

/// Streams a field to a temporary file, computing its hash on the way, and from there to the artifact store.
async fn keep(state: &AppState, mut field: Field<'_>, most: u64) -> Result<(Upload, NamedTempFile)> {
    let name = field.file_name().unwrap_or_default().rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    if name.is_empty() || name.chars().count() > 200 || name.chars().any(char::is_control) {
        return Err(Problem::input("file", "each file needs a name of at most 200 characters"));
    }
    let folder = state.config.data_dir.join("work");
    tokio::fs::create_dir_all(&folder).await.map_err(Problem::internal)?;
    let temporary = NamedTempFile::new_in(&folder).map_err(Problem::internal)?;
    let mut to = tokio::fs::File::from_std(temporary.reopen().map_err(Problem::internal)?);
    let (mut hash, mut bytes) = (Sha256::new(), 0_u64);
    while let Some(piece) = field.chunk().await.map_err(broken)? {
        bytes += piece.len() as u64;
        if bytes > most {
            let detail = format!("{name}: the upload is too large; use lode import on the server, or split it");
            return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, detail));
        }
        hash.update(&piece);
        to.write_all(&piece).await.map_err(Problem::internal)?;
    }
    to.flush().await.map_err(Problem::internal)?;
    if bytes == 0 {
        return Err(Problem::input("file", format!("{name} is empty")));
    }
    let sha256 = hex::encode(hash.finalize());
    state.artifacts.put_file(&sha256, temporary.path()).await?;
    Ok((Upload { name, sha256, bytes }, temporary))
}

fn broken(error: axum::extract::multipart::MultipartError) -> Problem {
    Problem::new(error.status(), format!("the upload ended early or is no form: {}", error.body_text()))
}
