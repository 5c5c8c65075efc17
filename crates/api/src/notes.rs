//! Notes on companies.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use domain::access::{Permission, Visibility};
use domain::note::NoteKind;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::input::{JsonBody, PathParams, orgnr};
use super::principal::Principal;
use super::problem::{Problem, Result};
use super::state::AppState;
use services::notes::{self as actions, Draft, Note, NoteError};

/// Every route of this file.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list_notes, write_note))
        .routes(routes!(rewrite_note, delete_note))
        .routes(routes!(restore_note))
        .routes(routes!(list_revisions))
}

/// A note.
#[derive(Debug, Serialize, ToSchema)]
struct CompanyNoteDto {
    id: Uuid,
    orgnr: String,
    /// `private` or `team`.
    scope: String,
    /// `note`, `call`, `email` or `meeting`.
    kind: String,
    /// The text; `@[Name](id)` mentions a person.
    body: String,
    author_id: Option<Uuid>,
    author_name: Option<String>,
    /// Whether the asking person wrote it.
    is_own: bool,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    /// Above 1: it was edited; the former texts are kept.
    version: i32,
}

impl CompanyNoteDto {
    fn new(note: Note, person: &Principal) -> Self {
        Self {
            id: note.id,
            orgnr: note.orgnr.to_string(),
            scope: note.scope,
            kind: note.kind,
            body: note.body,
            is_own: note.author_id == Some(person.user),
            author_id: note.author_id,
            author_name: note.author_name,
            created_at: note.created_at,
            updated_at: note.updated_at,
            version: note.version,
        }
    }
}

/// Notes, newest first.
#[derive(Debug, Serialize, ToSchema)]
struct CompanyNotesDto {
    items: Vec<CompanyNoteDto>,
}

/// What somebody writes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CompanyNoteRequest {
    /// 1 to 20 000 characters; `@[Name](id)` mentions a person, who is told.
    body: String,
    /// `note` (default), `call`, `email` or `meeting`.
    kind: Option<String>,
    /// `team` (default) or `private`; of an existing note it stays.
    scope: Option<String>,
    /// When changing a note: the version that the change was made from.
    version: Option<i32>,
}

/// A text that a note had before.
#[derive(Debug, Serialize, ToSchema)]
struct NoteRevisionDto {
    version: i32,
    body: String,
    kind: String,
    /// Who replaced this text, and when.
    replaced_by_name: Option<String>,
    replaced_at: DateTime<Utc>,
}

/// Former texts, newest first.
#[derive(Debug, Serialize, ToSchema)]
struct NoteRevisionsDto {
    items: Vec<NoteRevisionDto>,
}

fn draft(request: &CompanyNoteRequest) -> Result<Draft> {
    let kind = NoteKind::from_name(request.kind.as_deref().unwrap_or("note"))
        .ok_or_else(|| Problem::input("/kind", "kind is note, call, email or meeting"))?;
    Ok(Draft { kind, body: request.body.trim().to_owned() })
}

fn explain(error: NoteError) -> Problem {
    match error {
        NoteError::Text | NoteError::PrivateMention => Problem::input("/body", error.to_string()),
        NoteError::NoCompany | NoteError::Unknown => Problem::not_found(error.to_string()),
        NoteError::Changed | NoteError::Full(_) => Problem::new(StatusCode::CONFLICT, error.to_string()),
        NoteError::Database(error) => services::error::ServiceError::from(error).into(),
    }
}

/// The note; 404 when there is none that the person may see.
async fn find(state: &AppState, person: &Principal, id: Uuid) -> Result<Note> {
    let note = actions::find(&state.db, person, id).await?;
    note.ok_or_else(|| explain(NoteError::Unknown))
}

/// What a colleague wrote is changed by whoever answers for the team.
fn allow_change(person: &Principal, note: &Note) -> Result<()> {
    if note.author_id == Some(person.user) { Ok(()) } else { Ok(person.require(Permission::ManageTeamWork)?) }
}

/// The notes on a company that one may see.
#[utoipa::path(get, path = "/api/companies/{orgnr}/notes", tag = "notes", params(("orgnr" = String, Path)),
    responses((status = 200, body = CompanyNotesDto)))]
async fn list_notes(
    person: Principal,
    State(state): State<AppState>,
    PathParams(number): PathParams<String>,
) -> Result<Json<CompanyNotesDto>> {
    person.require(Permission::ReadWork)?;
    let company = orgnr(&number, "orgnr")?;
    let found = actions::of_company(&state.db, &person, company).await?;
    Ok(Json(CompanyNotesDto { items: found.into_iter().map(|note| CompanyNoteDto::new(note, &person)).collect() }))
}

/// Writes a note on a company.
#[utoipa::path(post, path = "/api/companies/{orgnr}/notes", tag = "notes", params(("orgnr" = String, Path)),
    request_body = CompanyNoteRequest,
    responses((status = 201, body = CompanyNoteDto), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn write_note(
    person: Principal,
    State(state): State<AppState>,
    PathParams(number): PathParams<String>,
    JsonBody(request): JsonBody<CompanyNoteRequest>,
) -> Result<(StatusCode, Json<CompanyNoteDto>)> {
    person.require(Permission::EditWork)?;
    let company = orgnr(&number, "orgnr")?;
    let scope = Visibility::from_name(request.scope.as_deref().unwrap_or("team"))
        .ok_or_else(|| Problem::input("/scope", "scope is private or team"))?;
    let draft = draft(&request)?;
    person.ensure_user(&state.db).await?;
    let id = actions::write(&state.db, &person, company, scope, &draft).await.map_err(explain)?;
    Ok((StatusCode::CREATED, Json(CompanyNoteDto::new(find(&state, &person, id).await?, &person))))
}

/// Replaces the text of a note; the former one is kept.
#[utoipa::path(put, path = "/api/notes/{id}", tag = "notes", params(("id" = Uuid, Path)), request_body = CompanyNoteRequest,
    responses((status = 200, body = CompanyNoteDto), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem)))]
async fn rewrite_note(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
    JsonBody(request): JsonBody<CompanyNoteRequest>,
) -> Result<Json<CompanyNoteDto>> {
    person.require(Permission::EditWork)?;
    let note = find(&state, &person, id).await?;
    allow_change(&person, &note)?;
    let version = request.version.ok_or_else(|| Problem::input("/version", "say which version was changed"))?;
    let draft = draft(&request)?;
    match actions::rewrite(&state.db, &person, &note, version, &draft).await {
        Ok(()) => Ok(Json(CompanyNoteDto::new(find(&state, &person, id).await?, &person))),
        Err(error @ NoteError::Changed) => {
            let mut problem = explain(error);
            problem.current =
                serde_json::to_value(CompanyNoteDto::new(find(&state, &person, id).await?, &person)).ok().map(Box::new);
            Err(problem)
        }
        Err(error) => Err(explain(error)),
    }
}

/// Deletes a note; it can be brought back.
#[utoipa::path(delete, path = "/api/notes/{id}", tag = "notes", params(("id" = Uuid, Path)),
    responses((status = 204), (status = 404, body = Problem)))]
async fn delete_note(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<StatusCode> {
    person.require(Permission::EditWork)?;
    let note = find(&state, &person, id).await?;
    allow_change(&person, &note)?;
    actions::set_deleted(&state.db, &person, &note, true).await.map_err(explain)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Brings a deleted note back.
#[utoipa::path(post, path = "/api/notes/{id}/restore", tag = "notes", params(("id" = Uuid, Path)),
    responses((status = 200, body = CompanyNoteDto), (status = 404, body = Problem)))]
async fn restore_note(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<Json<CompanyNoteDto>> {
    person.require(Permission::EditWork)?;
    let note = find(&state, &person, id).await?;
    allow_change(&person, &note)?;
    actions::set_deleted(&state.db, &person, &note, false).await.map_err(explain)?;
    Ok(Json(CompanyNoteDto::new(find(&state, &person, id).await?, &person)))
}

/// The texts that a note had before.
#[utoipa::path(get, path = "/api/notes/{id}/revisions", tag = "notes", params(("id" = Uuid, Path)),
    responses((status = 200, body = NoteRevisionsDto), (status = 404, body = Problem)))]
async fn list_revisions(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<Json<NoteRevisionsDto>> {
    person.require(Permission::ReadWork)?;
    find(&state, &person, id).await?;
    let found = actions::revisions(&state.db, id).await?;
    let items = found
        .into_iter()
        .map(|one| NoteRevisionDto {
            version: one.version,
            body: one.body,
            kind: one.kind,
            replaced_by_name: one.replaced_by_name,
            replaced_at: one.replaced_at,
        })
        .collect();
    Ok(Json(NoteRevisionsDto { items }))
}
