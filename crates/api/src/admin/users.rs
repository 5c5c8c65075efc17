//! People and their roles, invitations, and everybody's API tokens.

use std::collections::HashMap;

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use domain::access::Role;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::input::{JsonBody, PathParams};
use crate::me::ApiTokens;
use crate::principal::Principal;
use crate::problem::{Problem, Result};
use crate::state::AppState;
use services::accounts::LinkKind;
use services::accounts::invite_user::{Invitation, InviteError, Link, invite_user, mail_invitation, renew_link};
use services::accounts::manage_token::revoke_token;
use services::accounts::manage_user::{ManageError, UserChange, manage_user};
use services::accounts::refresh_session::{Which, end_sessions};
use services::accounts::second_factor::reset;
use services::people::{self, User};

/// Every route of this file.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list_users, create_user))
        .routes(routes!(change_user))
        .routes(routes!(make_link))
        .routes(routes!(sign_out_user))
        .routes(routes!(reset_second_factor))
        .routes(routes!(list_tokens))
        .routes(routes!(revoke_any_token))
}

/// A person, as administrators see them.
#[derive(Debug, Serialize, ToSchema)]
struct AdminUser {
    id: Uuid,
    email: String,
    display_name: String,
    /// `viewer`, `analyst`, `partner` or `admin`.
    role: &'static str,
    /// `builtin`: an account kept here; `supabase`: known by their token, which also says their role.
    origin: &'static str,
    /// Since when they are kept out.
    disabled_at: Option<DateTime<Utc>>,
    last_seen_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    /// Whether an invitation waits to be accepted.
    is_invited: bool,
    /// Until when the invitation works; null when it is over or there is none.
    invitation_expires_at: Option<DateTime<Utc>>,
    /// Since when they ask to be erased; null when they do not.
    erasure_asked_at: Option<DateTime<Utc>>,
}

impl AdminUser {
    fn new(user: User, invited: &HashMap<Uuid, Option<DateTime<Utc>>>) -> Self {
        Self {
            is_invited: invited.contains_key(&user.id),
            erasure_asked_at: None,
            invitation_expires_at: invited.get(&user.id).copied().flatten(),
            id: user.id,
            email: user.email,
            display_name: user.display_name,
            role: user.role.as_str(),
            origin: user.origin.as_str(),
            disabled_at: user.disabled_at,
            last_seen_at: user.last_seen_at,
            created_at: user.created_at,
        }
    }
}

/// People by name.
#[derive(Debug, Serialize, ToSchema)]
struct AdminUsers {
    items: Vec<AdminUser>,
    /// Whether accounts are kept here, so that people can be invited.
    has_accounts: bool,
    /// Whether invitations and links for forgotten passwords can be mailed: there is a mail server, and an address to lead to.
    mails_links: bool,
}

/// Everybody who has an account or came with a token.
#[utoipa::path(get, path = "/api/admin/users", tag = "admin", responses((status = 200, body = AdminUsers)))]
async fn list_users(State(state): State<AppState>) -> Result<Json<AdminUsers>> {
    let (everybody, invited) = people::everybody(&state.db).await?;
    let asked: HashMap<_, _> = services::personal_data::asked(&state.db).await?.into_iter().collect();
    let items = everybody
        .into_iter()
        .map(|user| AdminUser { erasure_asked_at: asked.get(&user.id).copied(), ..AdminUser::new(user, &invited) });
    let items = items.collect();
    Ok(Json(AdminUsers { items, has_accounts: state.identity.has_accounts(), mails_links: state.identity.mails_links }))
}

/// Whom to invite.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewUser {
    email: String,
    /// The name that colleagues see; the address's first part when it is left out.
    display_name: Option<String>,
    /// `viewer`, `analyst`, `partner` or `admin`.
    role: String,
    /// Whether the invitation is mailed to them instead of being shown here; where `mails_links` says so.
    #[serde(default)]
    by_email: bool,
}

/// A one-time link. It is shown once and works once.
#[derive(Debug, Serialize, ToSchema)]
struct AccountLink {
    /// Whose.
    user_id: Uuid,
    /// `invite` or `recovery`.
    kind: &'static str,
    /// The address behind the web app's origin; its secret stands behind `#` and is sent to no server. Null for one that is mailed.
    path: Option<String>,
    /// When it stops working; null for one that is mailed, which is made when it is sent.
    expires_at: Option<DateTime<Utc>>,
}

impl From<Link> for AccountLink {
    fn from(link: Link) -> Self {
        Self {
            user_id: link.user,
            kind: link.kind.as_str(),
            path: Some(link.path()),
            expires_at: Some(link.expires_at),
        }
    }
}

fn role(name: &str) -> Result<Role> {
    Role::from_name(name).ok_or_else(|| {
        Problem::input("/role", format!("{name:?} is no role; there are viewer, analyst, partner, admin"))
    })
}

/// Makes an account and its invitation, to be passed on or, with `by_email`, mailed.
#[utoipa::path(post, path = "/api/admin/users", tag = "admin", request_body = NewUser,
    responses((status = 201, body = AccountLink), (status = 409, description = "The address has an account")))]
async fn create_user(
    person: Principal,
    State(state): State<AppState>,
    JsonBody(request): JsonBody<NewUser>,
) -> Result<(StatusCode, Json<AccountLink>)> {
    if !state.identity.has_accounts() {
        let detail = "no accounts are kept here: invite people in the Supabase project, or set LODE_ACCOUNTS=builtin";
        return Err(Problem::new(StatusCode::CONFLICT, detail));
    }
    let role = role(&request.role)?;
    let name = request.display_name.as_deref();
    let domains = &state.identity.account_domains;
    let invitation = Invitation { email: &request.email, display_name: name, role, domains };
    let explain = |error| match error {
        InviteError::Address(why) => Problem::input("/email", why),
        InviteError::Exists(_) => Problem::new(StatusCode::CONFLICT, error.to_string()),
        InviteError::Failed(error) => error.into(),
    };
    let (caller, actor) = (person.caller(), Some(person.user));
    if !request.by_email {
        let link = invite_user(&state.db, &invitation, &caller, actor, Utc::now()).await.map_err(explain)?;
        return Ok((StatusCode::CREATED, Json(link.into())));
    }
    if !state.identity.mails_links {
        let why = "nothing can be mailed here: set SMTP_URL, SMTP_FROM and LODE_PUBLIC_URL, or leave by_email out and pass the link on";
        return Err(Problem::input("/by_email", why));
    }
    let user_id = mail_invitation(&state.db, &invitation, &caller, actor).await.map_err(explain)?;
    let mailed = AccountLink { user_id, kind: LinkKind::Invite.as_str(), path: None, expires_at: None };
    Ok((StatusCode::CREATED, Json(mailed)))
}

/// What is to change of a person.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UserPatch {
    /// New role; a Supabase project decides on its people's.
    role: Option<String>,
    /// The name that colleagues see, 1 to 100 characters.
    display_name: Option<String>,
    /// Whether they are kept out; their sessions end at once, their tokens rest.
    disabled: Option<bool>,
}

/// Changes role or name, keeps a person out or lets them in again.
#[utoipa::path(patch, path = "/api/admin/users/{id}", tag = "admin", params(("id" = Uuid, Path)), request_body = UserPatch,
    responses((status = 200, body = AdminUser), (status = 409, description = "E.g. the last administrator")))]
async fn change_user(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
    JsonBody(patch): JsonBody<UserPatch>,
) -> Result<Json<AdminUser>> {
    let display_name = patch.display_name.map(|name| name.trim().to_owned());
    if display_name.as_ref().is_some_and(|name| !(1..=100).contains(&name.chars().count())) {
        return Err(Problem::input("/display_name", "a name has 1 to 100 characters"));
    }
    let change =
        UserChange { role: patch.role.as_deref().map(role).transpose()?, display_name, disabled: patch.disabled };
    let user = manage_user(&state.db, Some(&state.identity), id, &change, &person.caller(), Some(person.user))
        .await
        .map_err(|error| match error {
            ManageError::Unknown(_) => Problem::not_found(error.to_string()),
            ManageError::Refused(why) => Problem::new(StatusCode::CONFLICT, why),
            ManageError::Failed(error) => services::error::ServiceError::from(error).into(),
        })?;
    let (_, invited) = people::everybody(&state.db).await?;
    Ok(Json(AdminUser::new(user, &invited)))
}

/// Makes a new one-time link: the invitation again, or one to choose a new password. Earlier links stop working.
#[utoipa::path(post, path = "/api/admin/users/{id}/link", tag = "admin", params(("id" = Uuid, Path)),
    responses((status = 201, body = AccountLink), (status = 404)))]
async fn make_link(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<(StatusCode, Json<AccountLink>)> {
    let link = renew_link(&state.db, id, &person.caller(), Some(person.user), Utc::now()).await?;
    let link = link.ok_or_else(|| Problem::not_found(format!("user {id} has no account here")))?;
    Ok((StatusCode::CREATED, Json(link.into())))
}

/// Ends every session of a person.
#[utoipa::path(post, path = "/api/admin/users/{id}/sign_out", tag = "admin", params(("id" = Uuid, Path)),
    responses((status = 204)))]
async fn sign_out_user(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<StatusCode> {
    end_sessions(&state.db, &state.identity, id, Which::All, &person.caller(), person.user).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes every second factor and recovery code of a person away who lost theirs, and ends their sessions: they sign in by password and add
/// a new one.
#[utoipa::path(delete, path = "/api/admin/users/{id}/second_factor", tag = "admin", params(("id" = Uuid, Path)),
    responses((status = 204), (status = 404)))]
async fn reset_second_factor(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<StatusCode> {
    let removed = reset(&state.db, Some(&state.identity), id, &person.caller(), Some(person.user), Utc::now()).await?;
    removed.ok_or_else(|| Problem::not_found(format!("there is no account {id} here")))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Everybody's API tokens.
#[utoipa::path(get, path = "/api/admin/tokens", tag = "admin", responses((status = 200, body = ApiTokens)))]
async fn list_tokens(State(state): State<AppState>) -> Result<Json<ApiTokens>> {
    Ok(Json(people::tokens(&state.db, None).await?.into()))
}

/// Takes anybody's API token back.
#[utoipa::path(delete, path = "/api/admin/tokens/{id}", tag = "admin", params(("id" = Uuid, Path)),
    responses((status = 204), (status = 404)))]
async fn revoke_any_token(
    person: Principal,
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
) -> Result<StatusCode> {
    let identity = Some(&*state.identity);
    if revoke_token(&state.db, identity, id, None, &person.caller(), Some(person.user)).await? {
        return Ok(StatusCode::NO_CONTENT);
    }
    Err(Problem::not_found(format!("there is no token {id}")))
}
