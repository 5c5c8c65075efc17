//! The signed-in person: who it is, changing name and password, signing out.

use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use chrono::Utc;
use http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::answer::{AuthError, AuthErrorBody, AuthUser};
use super::{Needs, caller, cookie, count_attempt, read, require_accounts, session};
use crate::principal::address::ClientAddress;
use crate::state::AppState;
use services::accounts::change_password::{ChangeError, change_name, change_password};
use services::accounts::provider_sign_in::sign_out_url;
use services::accounts::refresh_session::{Which, end_sessions};

/// Who is signed in.
#[utoipa::path(get, path = "/auth/v1/user", tag = "sign-in",
    responses((status = 200, body = AuthUser), (status = 401, body = AuthErrorBody), (status = 403, body = AuthErrorBody)))]
pub async fn user(State(state): State<AppState>, headers: HeaderMap) -> Result<Json<AuthUser>, AuthError> {
    require_accounts(&state)?;
    let session = session(&state, &headers, Needs::FirstFactor).await?;
    answer(&state, session.user).await
}

async fn answer(state: &AppState, user: uuid::Uuid) -> Result<Json<AuthUser>, AuthError> {
    let account = services::people::account(&state.db, user).await?;
    let account = account.ok_or_else(|| AuthError::new(StatusCode::NOT_FOUND, "user_not_found", "User not found"))?;
    let (factors, _) = services::accounts::second_factor::of_user(&state.db, user).await?;
    Ok(Json(AuthUser::new(&account, factors)))
}

/// What is to change.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct UserUpdate {
    /// The new password.
    password: Option<String>,
    /// The present one; not needed within an hour after following a link.
    current_password: Option<String>,
    /// Addresses are changed by administrators only.
    email: Option<String>,
    /// Other facts about the person.
    data: Option<UserData>,
}

/// Facts that a person writes about themselves.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default)]
pub struct UserData {
    /// The name that colleagues see, 1 to 100 characters.
    display_name: Option<String>,
}

/// Changes one's own password and name. A new password ends every other session.
#[utoipa::path(put, path = "/auth/v1/user", tag = "sign-in", request_body = UserUpdate,
    responses((status = 200, body = AuthUser), (status = 401, body = AuthErrorBody), (status = 422, body = AuthErrorBody)))]
pub async fn change_user(
    State(state): State<AppState>,
    address: Option<Extension<ClientAddress>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<AuthUser>, AuthError> {
    require_accounts(&state)?;
    let session = session(&state, &headers, Needs::OwnFactor).await?;
    let update: UserUpdate = read(&headers, &body)?;
    let caller = caller(address.map(|address| address.0), &headers);
    let invalid = |message: &str| AuthError::new(StatusCode::UNPROCESSABLE_ENTITY, "validation_failed", message);
    if update.email.is_some_and(|email| !email.eq_ignore_ascii_case(&session.email)) {
        return Err(invalid("an administrator changes e-mail addresses"));
    }
    if let Some(password) = update.password {
        count_attempt(&state, &caller)?;
        let now = Utc::now();
        change_password(&state.db, &state.identity, &session, update.current_password, password, &caller, now)
            .await
            .map_err(|error| match error {
                ChangeError::Weak(why) => AuthError::weak_password(why),
                ChangeError::NeedsPassword => AuthError::new(
                    StatusCode::UNPROCESSABLE_ENTITY,
                    "current_password_required",
                    "Give the present password too",
                ),
                ChangeError::ByProvider => AuthError::new(
                    StatusCode::UNPROCESSABLE_ENTITY,
                    "password_by_link_only",
                    ChangeError::ByProvider.to_string(),
                ),
                ChangeError::Same => AuthError::new(
                    StatusCode::UNPROCESSABLE_ENTITY,
                    "same_password",
                    "New password should be different from the old password.",
                ),
                ChangeError::SignIn(error) => AuthError::of_sign_in(error, now),
            })?;
    }
    if let Some(name) = update.data.and_then(|data| data.display_name) {
        let name = name.trim();
        if !(1..=100).contains(&name.chars().count()) {
            return Err(invalid("display_name has 1 to 100 characters"));
        }
        change_name(&state.db, &session, name, &caller).await?;
    }
    answer(&state, session.user).await
}

/// Which sessions end.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct LogoutQuery {
    /// `global` (default: all), `local` (this one) or `others`.
    scope: Option<String>,
}

/// Where the browser goes after a sign-out, so that the identity provider ends its own session too.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignedOut {
    /// The provider's address for that.
    sign_out_url: String,
}

/// Signs out. Where the session began by an identity provider whose own session is to end too (`OIDC_<NAME>_SIGN_OUT`), the answer says where
/// the browser goes.
#[utoipa::path(post, path = "/auth/v1/logout", tag = "sign-in", params(LogoutQuery),
    responses((status = 200, body = SignedOut), (status = 204), (status = 401, body = AuthErrorBody), (status = 403, body = AuthErrorBody)))]
pub async fn logout(
    State(state): State<AppState>,
    Query(query): Query<LogoutQuery>,
    address: Option<Extension<ClientAddress>>,
    headers: HeaderMap,
) -> Result<Response, AuthError> {
    require_accounts(&state)?;
    let session = session(&state, &headers, Needs::FirstFactor).await?;
    let which = match query.scope.as_deref() {
        None | Some("global") => Which::All,
        Some("local") => Which::This(session.id),
        Some("others") => Which::Others(session.id),
        Some(_) => {
            let message = "scope is global, local or others";
            return Err(AuthError::new(StatusCode::BAD_REQUEST, "validation_failed", message));
        }
    };
    let caller = caller(address.map(|address| address.0), &headers);
    let is_this_over = !matches!(which, Which::Others(_));
    let back_to = format!("{}/login", state.config.public_url.as_deref().unwrap_or_default());
    let sign_out_url =
        if is_this_over { sign_out_url(&state.db, &state.identity, session.id, &back_to).await? } else { None };
    end_sessions(&state.db, &state.identity, session.user, which, &caller, session.user).await?;
    let mut answer = match sign_out_url {
        Some(sign_out_url) => Json(SignedOut { sign_out_url }).into_response(),
        None => StatusCode::NO_CONTENT.into_response(),
    };
    if is_this_over {
        cookie::forget(&headers, &mut answer);
    }
    Ok(answer)
}
