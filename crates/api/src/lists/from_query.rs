//! A list of every company that a screen matches, or one that follows the screen.

use axum::Json;
use axum::extract::State;
use domain::access::Permission;
use http::StatusCode;
use uuid::Uuid;

use super::shape::ListDto;
use super::{read_kind, shown};
use crate::body::JsonBody;
use crate::principal::Principal;
use crate::problem::Result;
use crate::state::AppState;
use crate::universe::dto::screen_body;
use crate::universe::selection;
use crate::views::{body_name, body_scope};
use services::lists::{ListDraft, as_key, change_list};
use universe::engines::matching;

screen_body! {
    /// Body of `POST /api/lists/from_query`: the selection of a screen, as in `POST /api/universe/query`, and the list's name.
    pub struct FromQueryRequest {
        /// 1 to 200 characters.
        #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
        pub name: String,
        /// Whose list: `private` (default) or `team`; also understood under `scope`, which in a screen says whose figures.
        #[serde(alias = "listScope")]
        #[schema(pattern = "^(private|team)$")]
        pub list_scope: Option<String>,
        /// What it is for.
        pub description: Option<String>,
        /// `static` (default): the companies that match now. `dynamic`: whatever matches when it is opened.
        #[schema(pattern = "^(static|dynamic)$")]
        pub kind: Option<String>,
        /// The view it was made from.
        #[serde(alias = "sourceViewId")]
        pub source_view_id: Option<Uuid>,
    }
}

/// Makes a list of every company that a screen matches.
#[utoipa::path(post, path = "/api/lists/from_query", tag = "lists", request_body = FromQueryRequest,
    responses((status = 201, body = ListDto)))]
pub async fn create_from_query(
    person: Principal,
    State(state): State<AppState>,
    JsonBody(mut body): JsonBody<FromQueryRequest>,
) -> Result<(StatusCode, Json<ListDto>)> {
    person.require(Permission::EditWork)?;
    let own_scope = body.scope.take_if(|scope| matches!(scope.as_str(), "private" | "team"));
    let whose = body.list_scope.clone().or(own_scope);
    let selected = selection::read(body.selection())?;
    let draft = ListDraft {
        name: body_name(&body.name)?,
        description: body.description,
        scope: body_scope(whose.as_deref())?,
        filter: None,
        source_view_id: body.source_view_id,
        is_dynamic: read_kind(body.kind.as_deref())?.unwrap_or(false),
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
