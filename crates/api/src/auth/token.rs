//! Signing in by password, and renewing a session.

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use chrono::Utc;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::answer::{AuthError, AuthErrorBody};
use super::cookie::{Delivery, SessionAnswer};
use super::{caller, count_attempt, read, require_accounts};
use crate::principal::address::ClientAddress;
use crate::state::AppState;
use services::accounts::refresh_session::{RefreshError, refresh_session};
use services::accounts::sign_in::sign_in;

/// How a session is to be had.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct GrantQuery {
    /// `password` or `refresh_token`.
    #[param(pattern = "^(password|refresh_token)$")]
    grant_type: Option<String>,
}

/// What proves it: address and password, or a refresh token.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct GrantRequest {
    /// With `grant_type=password`.
    email: String,
    /// With `grant_type=password`.
    password: String,
    /// With `grant_type=refresh_token`.
    refresh_token: String,
}

/// Signs in, or renews a session. With `x-lode-session: cookie` (pages of this server alone) the session is held in a cookie, and there are no
/// tokens. A refresh token is used once; one that is used again later ends its session.
#[utoipa::path(post, path = "/auth/v1/token", tag = "sign-in", params(GrantQuery), request_body = GrantRequest,
    responses((status = 200, body = SessionAnswer), (status = 400, body = AuthErrorBody), (status = 429, body = AuthErrorBody)))]
pub async fn token(
    State(state): State<AppState>,
    Query(query): Query<GrantQuery>,
    address: Option<Extension<ClientAddress>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, AuthError> {
    require_accounts(&state)?;
    let delivery = Delivery::of(&state, &headers)?;
    let request: GrantRequest = read(&headers, &body)?;
    let caller = caller(address.map(|address| address.0), &headers);
    let now = Utc::now();
    let issued = match query.grant_type.as_deref() {
        Some("password") => {
            count_attempt(&state, &caller)?;
            if request.email.is_empty() || request.password.is_empty() {
                let message = "missing email or password";
                return Err(AuthError::new(StatusCode::BAD_REQUEST, "validation_failed", message));
            }
            sign_in(&state.db, &state.identity, &request.email, request.password, &caller, now)
                .await
                .map_err(|error| AuthError::of_sign_in(error, now))?
        }
        Some("refresh_token") => refresh_session(&state.db, &state.identity, &request.refresh_token, &caller, now)
            .await
            .map_err(|error| match error {
                RefreshError::Unknown => AuthError::new(
                    StatusCode::BAD_REQUEST,
                    "refresh_token_not_found",
                    "Invalid Refresh Token: Refresh Token Not Found",
                ),
                RefreshError::Reused => AuthError::new(
                    StatusCode::BAD_REQUEST,
                    "refresh_token_already_used",
                    "Invalid Refresh Token: Already Used",
                ),
                RefreshError::Failed(error) => error.into(),
            })?,
        _ => {
            let message = "grant_type is password or refresh_token";
            return Err(AuthError::new(StatusCode::BAD_REQUEST, "invalid_request", message));
        }
    };
    delivery.answer(&state, &headers, issued).await
}

/// An answer that holds tokens is kept by nobody on the way.
pub fn secret_answer(body: impl IntoResponse) -> Response {
    let mut response = body.into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
