//! The companies of a list: which they are, putting them in, taking them out, why they are on it.

use axum::Json;
use axum::extract::State;
use domain::access::Permission;
use domain::orgnr::Orgnr;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::input::{self, JsonBody, PathParams};
use crate::principal::Principal;
use crate::problem::{Problem, Result};
use crate::state::AppState;
use services::lists::items::{self, MembersChanged};
use services::lists::{MOST_MEMBERS, as_key};

/// Longest note, in characters.
const MOST_NOTE: usize = 4_000;

/// Companies to add or remove.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemsRequest {
    /// At most 100 000.
    pub orgnrs: Vec<String>,
    /// Why they are added, up to 4000 characters; those that are in the list keep theirs.
    pub note: Option<String>,
}

/// What adding or removing did.
#[derive(Debug, Serialize, ToSchema)]
pub struct ItemsChanged {
    /// Companies that were added, or removed.
    pub changed: u64,
    /// Given companies that Lode does not know; none when removing.
    pub unknown: u64,
    /// Companies in it now.
    pub item_count: i64,
    /// Takes it back: `POST /api/changes/{change_id}/undo`. Null when nothing changed.
    pub change_id: Option<Uuid>,
}

impl From<MembersChanged> for ItemsChanged {
    fn from(done: MembersChanged) -> Self {
        Self { changed: done.changed, unknown: done.unknown, item_count: done.item_count, change_id: done.change }
    }
}

/// Every company of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct MembersDto {
    /// Ascending.
    orgnrs: Vec<String>,
    count: usize,
}

/// Why a company is on a list.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListNoteRequest {
    /// Up to 4000 characters; null or empty clears it.
    note: Option<String>,
    /// The note that the writer saw (null for none). When it is given and somebody wrote another meanwhile, the answer is 409
    /// with that note.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    expected: Option<Option<String>>,
}

/// Tells `null` from a key that is left out.
fn present<'de, D: serde::Deserializer<'de>>(from: D) -> std::result::Result<Option<Option<String>>, D::Error> {
    Option::<String>::deserialize(from).map(Some)
}

/// The note as it stands now.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListNoteDto {
    note: Option<String>,
    /// The note before.
    former: Option<String>,
}

/// Reads organisation numbers, every wrong one named; sorted, each once.
///
/// # Errors
/// 422.
pub fn numbers(orgnrs: &[String]) -> Result<Vec<i64>> {
    if orgnrs.len() > MOST_MEMBERS {
        let message = format!("at most {MOST_MEMBERS} companies at once; send several requests");
        return Err(Problem::input("/orgnrs", message));
    }
    let mut numbers: Vec<i64> = input::orgnrs(orgnrs)?.into_iter().map(as_key).collect();
    numbers.sort_unstable();
    numbers.dedup();
    Ok(numbers)
}

/// A note without surrounding spaces; `None` when nothing is left.
///
/// # Errors
/// 422 when it is too long.
pub fn read_note(note: Option<&str>, most: usize) -> Result<Option<&str>> {
    let note = note.map(str::trim).filter(|note| !note.is_empty());
    if note.is_some_and(|note| note.chars().count() > most || note.contains('\0')) {
        return Err(Problem::input("/note", format!("a note has at most {most} characters")));
    }
    Ok(note)
}

/// An organisation number as the API writes it; Norwegian ones have nine digits.
pub fn written(number: i64) -> String {
    Orgnr::from_number(number.cast_unsigned()).map_or_else(|_| number.to_string(), |orgnr| orgnr.to_string())
}

/// The companies of a list, by number; their figures come from a screen with the condition `in list`.
#[utoipa::path(get, path = "/api/lists/{id}/items", tag = "lists", params(("id" = Uuid, Path)), responses((status = 200, body = MembersDto)))]
pub async fn list_items(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<Json<MembersDto>> {
    person.require(Permission::ReadWork)?;
    let members = items::members(&state.db, &state.index, &person, id).await?;
    let orgnrs: Vec<_> = members.into_iter().map(written).collect();
    Ok(Json(MembersDto { count: orgnrs.len(), orgnrs }))
}

/// Puts companies in; those that are in it stay.
#[utoipa::path(post, path = "/api/lists/{id}/items", tag = "lists", params(("id" = Uuid, Path)), request_body = ItemsRequest,
    responses((status = 200, body = ItemsChanged)))]
pub async fn add_items(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
    JsonBody(request): JsonBody<ItemsRequest>,
) -> Result<Json<ItemsChanged>> {
    person.require(Permission::EditWork)?;
    let orgnrs = numbers(&request.orgnrs)?;
    let note = read_note(request.note.as_deref(), MOST_NOTE)?;
    Ok(Json(items::add(&state.db, &person, id, &orgnrs, note).await?.into()))
}

/// Takes companies out.
#[utoipa::path(post, path = "/api/lists/{id}/items/remove", tag = "lists", params(("id" = Uuid, Path)), request_body = ItemsRequest,
    responses((status = 200, body = ItemsChanged)))]
pub async fn remove_items(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
    JsonBody(request): JsonBody<ItemsRequest>,
) -> Result<Json<ItemsChanged>> {
    person.require(Permission::EditWork)?;
    let orgnrs = numbers(&request.orgnrs)?;
    Ok(Json(items::remove(&state.db, &person, id, &orgnrs).await?.into()))
}

/// Writes why a company is on a list.
#[utoipa::path(put, path = "/api/lists/{id}/items/{orgnr}/note", tag = "lists",
    params(("id" = Uuid, Path), ("orgnr" = String, Path)), request_body = ListNoteRequest,
    responses((status = 200, body = ListNoteDto), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn write_note(
    person: Principal,
    State(state): State<AppState>,
    PathParams((id, orgnr)): PathParams<(Uuid, String)>,
    JsonBody(request): JsonBody<ListNoteRequest>,
) -> Result<Json<ListNoteDto>> {
    person.require(Permission::EditWork)?;
    let orgnr = input::orgnr(&orgnr, "orgnr")?;
    let note = read_note(request.note.as_deref(), MOST_NOTE)?;
    let expected = request.expected.as_ref().map(Option::as_deref);
    let done = items::write_note(&state.db, &person, id, orgnr, note, expected).await?;
    if !done.is_written {
        let message = "somebody else wrote another note meanwhile; `current` holds it: compare, then send again";
        let mut problem = Problem::new(http::StatusCode::CONFLICT, message);
        problem.current = Some(Box::new(json!({ "note": done.former })));
        return Err(problem);
    }
    Ok(Json(ListNoteDto { note: note.map(str::to_owned), former: done.former }))
}
