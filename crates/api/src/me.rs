//! Who one is, what one may do, one's sessions and API tokens.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use domain::access::{Permission, Scope};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::input::{JsonBody, PathParams};
use super::principal::Principal;
use super::problem::{Problem, Result};
use super::state::AppState;
use identity::Kind;
use services::accounts::manage_token::{TokenRequest, create_token, revoke_token};
use services::accounts::refresh_session::{Which, end_sessions};
use services::people::{self, ApiToken};

/// Every route of this file.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(me))
        .routes(routes!(list_sessions))
        .routes(routes!(end_session))
        .routes(routes!(list_tokens, make_token))
        .routes(routes!(revoke))
}

/// The asking person.
#[derive(Debug, Serialize, ToSchema)]
pub struct Me {
    /// Identity.
    pub id: Uuid,
    /// E-mail address, where it is known.
    pub email: Option<String>,
    /// Name that colleagues see.
    pub display_name: String,
    /// `viewer`, `analyst`, `partner` or `admin`.
    pub role: &'static str,
    /// How they proved who they are: `local` (no sign-in here), `supabase`, `builtin` or `api_token`.
    pub kind: &'static str,
    /// Since when they ask to be erased; null when they do not.
    pub erasure_asked_at: Option<DateTime<Utc>>,
    /// What they may do, by role and scopes.
    pub permissions: Vec<&'static str>,
    /// Scopes of the API token; null for a person.
    pub scopes: Option<Vec<&'static str>>,
}

/// Who asks.
#[utoipa::path(get, path = "/api/me", tag = "identity", responses((status = 200, body = Me)))]
async fn me(person: Principal, State(state): State<AppState>) -> Result<Json<Me>> {
    let known = people::find(&state.db, person.user).await?;
    let email = match person.kind {
        Kind::Local => None,
        _ => person.email.clone().or_else(|| known.as_ref().map(|user| user.email.clone())),
    };
    let asked = services::personal_data::asked(&state.db).await?;
    let erasure_asked_at = asked.into_iter().find(|(user, _)| *user == person.user).map(|(_, at)| at);
    let display_name = known.map(|user| user.display_name).or_else(|| email.clone()).unwrap_or_default();
    Ok(Json(Me {
        id: person.user,
        email,
        display_name,
        role: person.role.as_str(),
        kind: person.kind.as_str(),
        erasure_asked_at,
        permissions: Permission::ALL.into_iter().filter(|p| person.may(*p)).map(Permission::as_str).collect(),
        scopes: person.scopes.map(|scopes| scopes.iter().map(|scope| scope.as_str()).collect()),
    }))
}

/// Somewhere one is signed in.
#[derive(Debug, Serialize, ToSchema)]
struct SessionDto {
    id: Uuid,
    /// `password`, `invite` or `recovery`.
    method: String,
    /// Network address where it began.
    address: Option<String>,
    /// The program.
    user_agent: Option<String>,
    created_at: DateTime<Utc>,
    /// When it was last renewed.
    refreshed_at: DateTime<Utc>,
    /// Whether this very request belongs to it.
    is_current: bool,
}

/// Sessions, the one renewed last first.
#[derive(Debug, Serialize, ToSchema)]
struct Sessions {
    items: Vec<SessionDto>,
}

/// Where one is signed in with a built-in account.
#[utoipa::path(get, path = "/api/me/sessions", tag = "identity", responses((status = 200, body = Sessions)))]
async fn list_sessions(person: Principal, State(state): State<AppState>) -> Result<Json<Sessions>> {
    let found = people::sessions(&state.db, person.user, state.identity.session_limits).await?;
    let items = found.into_iter().map(|entry| SessionDto {
        is_current: Some(entry.id) == person.session,
        id: entry.id,
        method: entry.method,
        address: entry.address,
        user_agent: entry.user_agent,
        created_at: entry.created_at,
        refreshed_at: entry.refreshed_at,
    });
    Ok(Json(Sessions { items: items.collect() }))
}

/// Ends one of one's own sessions.
#[utoipa::path(delete, path = "/api/me/sessions/{id}", tag = "identity", params(("id" = Uuid, Path)),
    responses((status = 204), (status = 404)))]
async fn end_session(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<StatusCode> {
    let own = people::sessions(&state.db, person.user, state.identity.session_limits).await?;
    if !own.iter().any(|entry| entry.id == id) {
        return Err(Problem::not_found(format!("you have no session {id}")));
    }
    end_sessions(&state.db, &state.identity, person.user, Which::This(id), &person.caller(), person.user).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// An API token; the token itself was shown when it was made.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApiTokenDto {
    id: Uuid,
    user_id: Uuid,
    user_email: String,
    name: String,
    /// Its first characters.
    hint: String,
    /// `read`, `write`, `export`, `run`, `import`, `admin`.
    scopes: Vec<&'static str>,
    created_at: DateTime<Utc>,
    /// Null: never.
    expires_at: Option<DateTime<Utc>>,
    is_expired: bool,
    /// To the minute.
    last_used_at: Option<DateTime<Utc>>,
}

/// API tokens, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApiTokens {
    items: Vec<ApiTokenDto>,
}

impl From<Vec<ApiToken>> for ApiTokens {
    fn from(tokens: Vec<ApiToken>) -> Self {
        let now = Utc::now();
        let items = tokens.into_iter().map(|token| ApiTokenDto {
            id: token.id,
            user_id: token.user,
            user_email: token.email,
            name: token.name,
            hint: token.hint,
            scopes: token.scopes.iter().map(|scope| scope.as_str()).collect(),
            created_at: token.created_at,
            expires_at: token.expires_at,
            is_expired: token.expires_at.is_some_and(|at| at <= now),
            last_used_at: token.last_used_at,
        });
        Self { items: items.collect() }
    }
}

/// One's own API tokens.
#[utoipa::path(get, path = "/api/tokens", tag = "identity", responses((status = 200, body = ApiTokens)))]
async fn list_tokens(person: Principal, State(state): State<AppState>) -> Result<Json<ApiTokens>> {
    Ok(Json(people::tokens(&state.db, Some(person.user)).await?.into()))
}

/// What a token is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewTokenRequest {
    /// 1 to 100 characters.
    #[schema(min_length = 1, max_length = 100, pattern = r"\S")]
    name: String,
    /// At least one of `read`, `write`, `export`, `run`, `import`, `admin`; it never gives more than its owner's role.
    #[schema(min_items = 1)]
    scopes: Vec<String>,
    /// 1 to 730; null: never, which only administrators may choose.
    expires_in_days: Option<u32>,
}

/// A token that was made. It cannot be shown again.
#[derive(Debug, Serialize, ToSchema)]
struct CreatedToken {
    id: Uuid,
    /// For `Authorization: Bearer`.
    token: String,
    expires_at: Option<DateTime<Utc>>,
}

/// Makes an API token of one's own.
#[utoipa::path(post, path = "/api/tokens", tag = "identity", request_body = NewTokenRequest,
    responses((status = 201, body = CreatedToken)))]
async fn make_token(
    person: Principal,
    State(state): State<AppState>,
    JsonBody(body): JsonBody<NewTokenRequest>,
) -> Result<(StatusCode, Json<CreatedToken>)> {
    let name = body.name.trim();
    if !(1..=100).contains(&name.chars().count()) {
        return Err(Problem::input("/name", "a name has 1 to 100 characters"));
    }
    let mut scopes = Vec::new();
    for (at, scope) in body.scopes.iter().enumerate() {
        let scope = Scope::from_name(scope).ok_or_else(|| {
            let known = Scope::ALL.map(Scope::as_str).join(", ");
            Problem::input(format!("/scopes/{at}"), format!("{scope:?} is no scope; there are {known}"))
        })?;
        scopes.push(scope);
    }
    scopes.sort_unstable();
    scopes.dedup();
    if scopes.is_empty() {
        return Err(Problem::input("/scopes", "a token needs at least one scope"));
    }
    match body.expires_in_days {
        Some(1..=730) => {}
        None if person.may(Permission::ManageUsers) => {}
        None => return Err(Problem::input("/expires_in_days", "only administrators make tokens that never end")),
        Some(_) => return Err(Problem::input("/expires_in_days", "a token lives for 1 to 730 days")),
    }
    let request = TokenRequest { name: name.to_owned(), scopes, expires_in_days: body.expires_in_days };
    let made = create_token(&state.db, person.user, &request, &person.caller(), Some(person.user), Utc::now()).await?;
    Ok((StatusCode::CREATED, Json(CreatedToken { id: made.id, token: made.token, expires_at: made.expires_at })))
}

/// Takes one of one's own tokens back.
#[utoipa::path(delete, path = "/api/tokens/{id}", tag = "identity", params(("id" = Uuid, Path)),
    responses((status = 204), (status = 404)))]
async fn revoke(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<StatusCode> {
    let identity = Some(&*state.identity);
    if revoke_token(&state.db, identity, id, Some(person.user), &person.caller(), Some(person.user)).await? {
        return Ok(StatusCode::NO_CONTENT);
    }
    Err(Problem::not_found(format!("you have no token {id}")))
}
