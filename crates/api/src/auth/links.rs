//! Invitations and links for forgotten passwords.

use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use axum::{Extension, Json};
use chrono::Utc;
use domain::access::{Permission, Role};
use http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};
use services::accounts::LinkKind;
use utoipa::ToSchema;

use super::answer::{AuthError, AuthErrorBody, AuthUser};
use super::cookie::{Delivery, SessionAnswer};
use super::token::secret_answer;
use super::{Needs, caller, count_attempt, read, require_accounts, session};
use crate::principal::address::ClientAddress;
use crate::state::AppState;
use services::accounts::accept_link::accept_link;
use services::accounts::ask_recovery::ask_recovery;
use services::accounts::invite_user::{Invitation, InviteError, invite_user};

/// Whom to invite.
#[derive(Debug, Deserialize, ToSchema)]
pub struct InviteRequest {
    email: String,
    /// More about the person.
    #[serde(default)]
    data: InviteData,
}

/// What an administrator says of a new person.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default)]
pub struct InviteData {
    /// The name that colleagues see.
    display_name: Option<String>,
    /// `viewer` (default), `analyst`, `partner` or `admin`.
    role: Option<String>,
}

/// Invites a person (administrators only). Nothing is mailed: `action_link` is for the administrator to pass on.
#[utoipa::path(post, path = "/auth/v1/invite", tag = "sign-in", request_body = InviteRequest,
    responses((status = 200, body = AuthUser), (status = 401, body = AuthErrorBody), (status = 403, body = AuthErrorBody),
        (status = 422, body = AuthErrorBody)))]
pub async fn invite(
    State(state): State<AppState>,
    address: Option<Extension<ClientAddress>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, AuthError> {
    require_accounts(&state)?;
    let session = session(&state, &headers, Needs::Everything).await?;
    if !session.role.may(Permission::ManageUsers) {
        return Err(AuthError::new(StatusCode::FORBIDDEN, "not_admin", "User not allowed"));
    }
    let request: InviteRequest = read(&headers, &body)?;
    let invalid = |message: String| AuthError::new(StatusCode::UNPROCESSABLE_ENTITY, "validation_failed", message);
    let role = request.data.role.as_deref().unwrap_or("viewer");
    let role = Role::from_name(role).ok_or_else(|| invalid(format!("{role:?} is no role")))?;
    let caller = caller(address.map(|address| address.0), &headers);
    let name = request.data.display_name.as_deref();
    let domains = &state.identity.account_domains;
    let invitation = Invitation { email: &request.email, display_name: name, role, domains };
    let link =
        invite_user(&state.db, &invitation, &caller, Some(session.user), Utc::now()).await.map_err(
            |error| match error {
                InviteError::Address(why) => invalid(why),
                InviteError::Exists(_) => AuthError::new(
                    StatusCode::UNPROCESSABLE_ENTITY,
                    "email_exists",
                    "A user with this email address has already been registered",
                ),
                InviteError::Failed(error) => error.into(),
            },
        )?;
    let account = services::people::account(&state.db, link.user).await?;
    let account = account.ok_or_else(|| AuthError::new(StatusCode::NOT_FOUND, "user_not_found", "User not found"))?;
    let base = state.config.public_url.as_deref().unwrap_or_default();
    let mut user = AuthUser::from(&account);
    user.action_link = Some(format!("{base}{}", link.path()));
    Ok(secret_answer(Json(user)))
}

/// A one-time link's secret.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct VerifyRequest {
    /// `invite` or `recovery`.
    #[serde(rename = "type")]
    kind: String,
    token_hash: String,
    /// Another name of the same.
    token: String,
}

/// Signs in by a one-time link. The session may choose a password without a present one for an hour.
#[utoipa::path(post, path = "/auth/v1/verify", tag = "sign-in", request_body = VerifyRequest,
    responses((status = 200, body = SessionAnswer), (status = 403, body = AuthErrorBody)))]
pub async fn verify(
    State(state): State<AppState>,
    address: Option<Extension<ClientAddress>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, AuthError> {
    require_accounts(&state)?;
    let delivery = Delivery::of(&state, &headers)?;
    let caller = caller(address.map(|address| address.0), &headers);
    count_attempt(&state, &caller)?;
    let request: VerifyRequest = read(&headers, &body)?;
    let kind = LinkKind::from_name(&request.kind)
        .ok_or_else(|| AuthError::new(StatusCode::BAD_REQUEST, "validation_failed", "type is invite or recovery"))?;
    let token = if request.token_hash.is_empty() { &request.token } else { &request.token_hash };
    let issued = accept_link(&state.db, &state.identity, kind, token, &caller, Utc::now()).await?;
    let issued = issued
        .ok_or_else(|| AuthError::new(StatusCode::FORBIDDEN, "otp_expired", "Email link is invalid or has expired"))?;
    delivery.answer(&state, &headers, issued).await
}

/// Whose password was forgotten.
#[derive(Debug, Deserialize, ToSchema)]
pub struct RecoverRequest {
    email: String,
}

/// Nothing, whoever asks.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuthNothing {}

/// Asks for a new password. The answer is always the same. Where there is a mail server (`SMTP_URL`, `LODE_PUBLIC_URL`), a link is mailed to
/// whoever has an account by that address, at most every five minutes; else administrators see the request in the audit log and make a link.
#[utoipa::path(post, path = "/auth/v1/recover", tag = "sign-in", request_body = RecoverRequest,
    responses((status = 200, body = AuthNothing), (status = 429, body = AuthErrorBody)))]
pub async fn recover(
    State(state): State<AppState>,
    address: Option<Extension<ClientAddress>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<AuthNothing>, AuthError> {
    require_accounts(&state)?;
    let caller = caller(address.map(|address| address.0), &headers);
    count_attempt(&state, &caller)?;
    let request: RecoverRequest = read(&headers, &body)?;
    ask_recovery(&state.db, &state.identity, &caller, request.email.trim()).await?;
    Ok(Json(AuthNothing {}))
}

/// Refuses: people are invited.
#[utoipa::path(post, path = "/auth/v1/signup", tag = "sign-in", responses((status = 422, body = AuthErrorBody)))]
pub async fn sign_up(State(state): State<AppState>) -> Result<Json<AuthNothing>, AuthError> {
    require_accounts(&state)?;
    Err(AuthError::new(StatusCode::UNPROCESSABLE_ENTITY, "signup_disabled", "Signups not allowed for this instance"))
}
