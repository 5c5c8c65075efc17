//! Signing in by an identity provider (OpenID Connect), and the providers of one's own account.
//!
//! A page begins, sends the browser to the address that it gets, and gives what came back to `finish`. Between the two it keeps the secret of
//! the sign-in, which nothing of what travels through the provider tells.

use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use chrono::{DateTime, Utc};
use http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::answer::{AuthError, AuthErrorBody};
use super::cookie::{Delivery, SessionAnswer};
use super::token::secret_answer;
use super::{Needs, caller, count_attempt, read, require_accounts, session};
use crate::input::PathParams;
use crate::principal::address::ClientAddress;
use crate::state::AppState;
use identity::oidc::ProviderError;
use services::accounts::provider_sign_in::{self, AccountIdentity, Answer, Begun, ProviderSignInError};

impl From<ProviderSignInError> for AuthError {
    fn from(error: ProviderSignInError) -> Self {
        use ProviderSignInError as Refused;
        let text = error.to_string();
        let (status, code) = match error {
            Refused::Unknown(_) => (StatusCode::NOT_FOUND, "provider_disabled"),
            Refused::Flow => (StatusCode::BAD_REQUEST, "bad_oauth_state"),
            Refused::Provider(ProviderError::Away(_)) => (StatusCode::SERVICE_UNAVAILABLE, "provider_unavailable"),
            Refused::Provider(ProviderError::Code(_) | ProviderError::Fault(..)) => {
                (StatusCode::FORBIDDEN, "bad_oauth_callback")
            }
            Refused::NoAddress(_) | Refused::Unverified(_) => {
                (StatusCode::FORBIDDEN, "provider_email_needs_verification")
            }
            Refused::NotInvited(_) => (StatusCode::FORBIDDEN, "signup_disabled"),
            Refused::NoRole(_) => (StatusCode::FORBIDDEN, "no_role"),
            Refused::Taken(_) => (StatusCode::FORBIDDEN, "email_exists"),
            Refused::Linked(_) => (StatusCode::CONFLICT, "identity_already_exists"),
            Refused::Disabled => (StatusCode::FORBIDDEN, "user_banned"),
            Refused::Stale => (StatusCode::FORBIDDEN, "reauthentication_needed"),
            Refused::NoIdentity => (StatusCode::NOT_FOUND, "identity_not_found"),
            Refused::OnlyWay => (StatusCode::UNPROCESSABLE_ENTITY, "single_identity_not_deletable"),
            Refused::Failed(error) => return error.into(),
        };
        Self::new(status, code, text)
    }
}

/// A sign-in that was begun.
#[derive(Serialize, ToSchema)]
pub struct ProviderBegun {
    /// Where the browser goes.
    url: String,
    /// What the page keeps until the browser comes back, and tells nobody but `finish`.
    secret: String,
}

impl From<Begun> for ProviderBegun {
    fn from(Begun { url, secret }: Begun) -> Self {
        Self { url, secret }
    }
}

/// What the browser came back with.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct ProviderReturn {
    /// What `begin` answered.
    secret: String,
    /// `state` of the address that the provider sent the browser to.
    state: String,
    /// `code` of that address.
    code: String,
    /// `iss` of that address, where it is there.
    iss: Option<String>,
}

impl ProviderReturn {
    fn answer<'a>(&'a self, provider: &'a str) -> Answer<'a> {
        Answer { provider, secret: &self.secret, state: &self.state, code: &self.code, issuer: self.iss.as_deref() }
    }
}

/// Begins a sign-in by an identity provider of the settings.
#[utoipa::path(post, path = "/auth/v1/providers/{provider}/begin", tag = "sign-in",
    params(("provider" = String, Path, description = "Its name in the settings")),
    responses((status = 200, body = ProviderBegun), (status = 404, body = AuthErrorBody), (status = 429, body = AuthErrorBody),
        (status = 503, body = AuthErrorBody)))]
pub async fn begin(
    State(state): State<AppState>,
    PathParams(provider): PathParams<String>,
    address: Option<Extension<ClientAddress>>,
    headers: HeaderMap,
) -> Result<Response, AuthError> {
    require_accounts(&state)?;
    count_attempt(&state, &caller(address.map(|address| address.0), &headers))?;
    let begun = provider_sign_in::begin(&state.db, &state.identity, &provider, None, Utc::now()).await?;
    Ok(secret_answer(Json(ProviderBegun::from(begun))))
}

/// Signs in with what the provider sent the browser back with, once. Who comes for the first time needs an invitation to an address that the
/// provider has verified, or one of a domain that may have accounts (`LODE_ACCOUNT_DOMAINS`, `OIDC_<NAME>_ROLE`).
#[utoipa::path(post, path = "/auth/v1/providers/{provider}/finish", tag = "sign-in", request_body = ProviderReturn,
    params(("provider" = String, Path, description = "Its name in the settings")),
    responses((status = 200, body = SessionAnswer), (status = 400, body = AuthErrorBody), (status = 403, body = AuthErrorBody),
        (status = 404, body = AuthErrorBody), (status = 409, body = AuthErrorBody), (status = 429, body = AuthErrorBody),
        (status = 503, body = AuthErrorBody)))]
pub async fn finish(
    State(state): State<AppState>,
    PathParams(provider): PathParams<String>,
    address: Option<Extension<ClientAddress>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, AuthError> {
    require_accounts(&state)?;
    let delivery = Delivery::of(&state, &headers)?;
    let caller = caller(address.map(|address| address.0), &headers);
    count_attempt(&state, &caller)?;
    let returned: ProviderReturn = read(&headers, &body)?;
    let answer = returned.answer(&provider);
    let issued = provider_sign_in::finish(&state.db, &state.identity, answer, &caller, Utc::now()).await?;
    delivery.answer(&state, &headers, issued).await
}

/// Begins to add an identity provider to one's own account. Needs a sign-in, or a proof of the second factor, of the last quarter of an hour.
#[utoipa::path(post, path = "/auth/v1/providers/{provider}/begin_link", tag = "sign-in",
    params(("provider" = String, Path, description = "Its name in the settings")),
    responses((status = 200, body = ProviderBegun), (status = 401, body = AuthErrorBody), (status = 403, body = AuthErrorBody),
        (status = 404, body = AuthErrorBody), (status = 429, body = AuthErrorBody), (status = 503, body = AuthErrorBody)))]
pub async fn begin_link(
    State(state): State<AppState>,
    PathParams(provider): PathParams<String>,
    headers: HeaderMap,
) -> Result<Response, AuthError> {
    require_accounts(&state)?;
    let session = session(&state, &headers, Needs::OwnFactor).await?;
    let begun = provider_sign_in::begin(&state.db, &state.identity, &provider, Some(&session), Utc::now()).await?;
    Ok(secret_answer(Json(ProviderBegun::from(begun))))
}

/// Adds the identity provider to one's own account, in the session in which that was begun. Every other session ends.
#[utoipa::path(post, path = "/auth/v1/providers/{provider}/finish_link", tag = "sign-in", request_body = ProviderReturn,
    params(("provider" = String, Path, description = "Its name in the settings")),
    responses((status = 204), (status = 400, body = AuthErrorBody), (status = 401, body = AuthErrorBody),
        (status = 403, body = AuthErrorBody), (status = 404, body = AuthErrorBody), (status = 409, body = AuthErrorBody),
        (status = 503, body = AuthErrorBody)))]
pub async fn finish_link(
    State(state): State<AppState>,
    PathParams(provider): PathParams<String>,
    address: Option<Extension<ClientAddress>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, AuthError> {
    require_accounts(&state)?;
    let session = session(&state, &headers, Needs::OwnFactor).await?;
    let caller = caller(address.map(|address| address.0), &headers);
    let returned: ProviderReturn = read(&headers, &body)?;
    let answer = returned.answer(&provider);
    provider_sign_in::link(&state.db, &state.identity, &session, answer, &caller, Utc::now()).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// An identity provider that one's account is signed in to by.
#[derive(Debug, Serialize, ToSchema)]
pub struct LinkedProvider {
    id: Uuid,
    /// Its name in the settings.
    provider: String,
    /// The address that it told last.
    email: Option<String>,
    created_at: DateTime<Utc>,
    /// When somebody last signed in by it.
    last_sign_in_at: Option<DateTime<Utc>>,
}

impl From<AccountIdentity> for LinkedProvider {
    fn from(identity: AccountIdentity) -> Self {
        Self {
            id: identity.id,
            provider: identity.provider,
            email: identity.email,
            created_at: identity.created_at,
            last_sign_in_at: identity.last_used_at,
        }
    }
}

/// The identity providers of one's own account.
#[utoipa::path(get, path = "/auth/v1/identities", tag = "sign-in",
    responses((status = 200, body = [LinkedProvider]), (status = 401, body = AuthErrorBody), (status = 403, body = AuthErrorBody)))]
pub async fn identities(
    State(state): State<AppState>,
    headers: HeaderMap,
) -> Result<Json<Vec<LinkedProvider>>, AuthError> {
    require_accounts(&state)?;
    let session = session(&state, &headers, Needs::OwnFactor).await?;
    let linked = provider_sign_in::of_user(&state.db, session.user).await?;
    Ok(Json(linked.into_iter().map(LinkedProvider::from).collect()))
}

/// Takes an identity provider away from one's own account, unless it is the only way to sign in. Every other session ends. Needs a sign-in, or a
/// proof of the second factor, of the last quarter of an hour.
#[utoipa::path(delete, path = "/auth/v1/identities/{id}", tag = "sign-in", params(("id" = Uuid, Path)),
    responses((status = 204), (status = 401, body = AuthErrorBody), (status = 403, body = AuthErrorBody),
        (status = 404, body = AuthErrorBody), (status = 422, body = AuthErrorBody)))]
pub async fn unlink(
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
    address: Option<Extension<ClientAddress>>,
    headers: HeaderMap,
) -> Result<Response, AuthError> {
    require_accounts(&state)?;
    let session = session(&state, &headers, Needs::OwnFactor).await?;
    let caller = caller(address.map(|address| address.0), &headers);
    provider_sign_in::unlink(&state.db, &state.identity, &session, id, &caller, Utc::now()).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
