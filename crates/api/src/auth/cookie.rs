//! How a session that begins or goes on is handed over: as a pair of tokens, or in a cookie that no script can read.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use chrono::Utc;
use http::{HeaderMap, Method, StatusCode, header};
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::{AuthError, AuthErrorBody, AuthSession, AuthUser};
use super::token::secret_answer;
use super::{Needs, require_accounts, session};
use crate::session_cookie;
use crate::site;
use crate::state::AppState;
use services::accounts::Issued;
use services::accounts::cookie_session::{keep_in_cookie, scraper_token as new_scraper_token};

/// How a session is handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// As tokens in the answer, for programs and for pages of other origins.
    Tokens,
    /// In a cookie, for the pages of this server.
    Cookie,
}

impl Delivery {
    /// As the request asks.
    ///
    /// # Errors
    /// When a page of another origin asks for a cookie.
    pub fn of(state: &AppState, headers: &HeaderMap) -> Result<Self, AuthError> {
        if !session_cookie::is_asked_for(headers) {
            return Ok(Self::Tokens);
        }
        if site::is_own_page(&state.config, &Method::POST, headers) {
            return Ok(Self::Cookie);
        }
        let message = "a session is held in a cookie for pages of this server alone; where a proxy changes the name that the server \
                       is asked by, set LODE_PUBLIC_URL to the address that people use";
        Err(AuthError::new(StatusCode::FORBIDDEN, "validation_failed", message))
    }

    /// The answer that hands the session over.
    pub async fn answer(self, state: &AppState, headers: &HeaderMap, issued: Issued) -> Result<Response, AuthError> {
        if self == Self::Tokens {
            return Ok(secret_answer(Json(SessionAnswer::Tokens(AuthSession::from(issued)))));
        }
        let secret = keep_in_cookie(&state.db, &state.identity, issued.session).await?;
        let seconds = state.identity.session_limits.absolute_seconds;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "settings allow 90 days at most")]
        let cookie = session_cookie::set(&state.config, headers, &secret, seconds as u64);
        let mut answer = secret_answer(Json(SessionAnswer::Cookie(CookieSession {
            aal: level(issued.has_second_factor_proof),
            user: Some(AuthUser::new(&issued.account, issued.factors)),
        })));
        answer.headers_mut().extend(cookie.map(|cookie| (header::SET_COOKIE, cookie)));
        Ok(answer)
    }
}

fn level(is_second_factor_proved: bool) -> &'static str {
    if is_second_factor_proved { "aal2" } else { "aal1" }
}

/// A session that is handed over.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum SessionAnswer {
    /// As tokens.
    Tokens(AuthSession),
    /// In the cookie that comes with the answer (`x-lode-session: cookie`).
    Cookie(CookieSession),
}

/// A session that is held in a cookie.
#[derive(Debug, Serialize, ToSchema)]
pub struct CookieSession {
    /// Whose; null when nobody is signed in.
    user: Option<AuthUser>,
    /// `aal2` when a second factor was proved, else `aal1`.
    aal: &'static str,
}

/// Who is signed in by the session's cookie. Asking as nobody is no error: it is how the web app finds out.
#[utoipa::path(get, path = "/auth/v1/session", tag = "sign-in",
    responses((status = 200, body = CookieSession), (status = 429, body = AuthErrorBody), (status = 503, body = AuthErrorBody)))]
pub async fn session_of_cookie(State(state): State<AppState>, headers: HeaderMap) -> Result<Response, AuthError> {
    require_accounts(&state)?;
    let session = match session(&state, &headers, Needs::FirstFactor).await {
        Ok(session) => session,
        Err(error) if error.is_of_caller() => {
            // A cookie that is worth nothing is left alone: clearing it here could take away one that another window has just been given.
            return Ok(secret_answer(Json(CookieSession { user: None, aal: level(false) })));
        }
        Err(error) => return Err(error),
    };
    let account = services::people::account(&state.db, session.user).await?;
    let (factors, _) = services::accounts::second_factor::of_user(&state.db, session.user).await?;
    let user = account.map(|account| AuthUser::new(&account, factors));
    let is_proved = session.has_second_factor && session.second_factor_at.is_some();
    Ok(secret_answer(Json(CookieSession { user, aal: level(is_proved) })))
}

/// Makes the browser forget the cookie of a session that was ended.
pub fn forget(headers: &HeaderMap, answer: &mut Response) {
    if session_cookie::is_asked_for(headers) {
        for cookie in session_cookie::clear(headers) {
            answer.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
}

/// A token for the scraper service.
#[derive(Serialize, ToSchema)]
pub struct ScraperToken {
    /// For `Authorization: Bearer` of requests to the scraper service; worth nothing elsewhere.
    access_token: String,
    /// Seconds.
    expires_in: u64,
}

/// A token for the scraper service alone, for a session that is held in a cookie: that service may have an origin of its own.
#[utoipa::path(post, path = "/auth/v1/scraper_token", tag = "sign-in",
    responses((status = 200, body = ScraperToken), (status = 401, body = AuthErrorBody), (status = 403, body = AuthErrorBody)))]
pub async fn scraper_token(State(state): State<AppState>, headers: HeaderMap) -> Result<Response, AuthError> {
    require_accounts(&state)?;
    let session = session(&state, &headers, Needs::Everything).await?;
    let access_token = new_scraper_token(&state.db, &state.identity, &session, Utc::now()).await?;
    let expires_in = state.identity.access_tokens.lifetime().as_secs();
    Ok(secret_answer(Json(ScraperToken { access_token, expires_in })))
}
