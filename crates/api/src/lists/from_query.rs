//! A list of every company that a screen matches, or one that follows the screen.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use domain::access::Permission;
use http::StatusCode;
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::shape::ListDto;
use super::{read_kind, shown};
use crate::input::JsonBytes;
use crate::principal::Principal;
use crate::problem::{Problem, Result};
use crate::state::AppState;
use crate::universe::body::{Object, SELECTION};
use crate::universe::dto::SelectionRequest;
use crate::universe::selection;
use crate::views::{body_name, body_scope};
use services::lists::{ListDraft, as_key, change_list};
use universe::engines::matching;

/// Body of `POST /api/lists/from_query`: the selection of a screen, as in `POST /api/universe/query`, and the list's name.
#[derive(Debug, Deserialize, ToSchema)]
#[allow(dead_code, reason = "describes the body, which is read key by key so that errors name their place")]
pub struct FromQueryRequest {
    /// 1 to 200 characters.
    name: String,
    /// Whose list: `private` (default) or `team`.
    list_scope: Option<String>,
    /// What it is for.
    description: Option<String>,
    /// `static` (default): the companies that match now. `dynamic`: whatever matches when it is opened.
    kind: Option<String>,
    /// The view it was made from.
    source_view_id: Option<Uuid>,
    /// Which companies.
    #[serde(flatten)]
    selection: SelectionRequest,
}

/// Makes a list of every company that a screen matches.
#[utoipa::path(post, path = "/api/lists/from_query", tag = "lists", request_body = FromQueryRequest,
    responses((status = 201, body = ListDto)))]
pub async fn create_from_query(
    person: Principal,
    State(state): State<AppState>,
    JsonBytes(body): JsonBytes,
) -> Result<(StatusCode, Json<ListDto>)> {
    person.require(Permission::EditWork)?;
    let more = ["name", "list_scope", "listScope", "description", "kind", "source_view_id", "sourceViewId"];
    let body = Object::read(&with_own_scope(&body), SELECTION, &more)?;
    let text = |key: &str, camel: &str| Ok::<_, Problem>(body.text(key)?.or(body.text(camel)?));
    let whose = text("list_scope", "listScope")?;
    let view = text("source_view_id", "sourceViewId")?
        .map(|id| Uuid::parse_str(id).map_err(|_| Problem::input("/source_view_id", "a view's id is a UUID")))
        .transpose()?;
    let selected = selection::read(&body)?;
    let draft = ListDraft {
        name: body_name(body.text("name")?.unwrap_or_default())?,
        description: body.text("description")?.map(str::to_owned),
        scope: body_scope(whose)?,
        filter: None,
        source_view_id: view,
        is_dynamic: read_kind(body.text("kind")?)?.unwrap_or(false),
    };
    let orgnrs: Vec<i64> = if draft.is_dynamic {
        Vec::new()
    } else {
        let asker = selected.asked_by(&person);
        let found = matching(&state.index, &state.db, asker, selected.whole.clone(), Vec::new()).await?;
        found.into_iter().map(as_key).collect()
    };
    let list = change_list::create(&state.db, &person, draft, Some(selected.whole), &orgnrs).await?;
    Ok((StatusCode::CREATED, Json(shown(&state, &person, list).await?)))
}

/// In a screen `scope` says whose figures; a list's `private` or `team` is understood under that name too.
fn with_own_scope(body: &Bytes) -> Bytes {
    let Ok(mut object) = serde_json::from_slice::<serde_json::Map<String, Value>>(body) else { return body.clone() };
    match object.get("scope").and_then(Value::as_str) {
        Some("private" | "team") => {
            let scope = object.remove("scope").unwrap_or_default();
            object.insert("list_scope".to_owned(), scope);
            serde_json::to_vec(&object).map_or_else(|_| body.clone(), Bytes::from)
        }
        _ => body.clone(),
    }
}
