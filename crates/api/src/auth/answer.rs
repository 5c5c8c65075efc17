//! Answers in the shapes of Supabase Auth.

use axum::Json;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use serde_json::{Value, json};
use services::error::{DatabaseError, ServiceError};
use services::people::Account;
use utoipa::ToSchema;
use uuid::Uuid;

use super::factors::AuthFactor;
use crate::problem::Problem;
use identity::access_token::app_metadata;
use identity::second_factor::Missing;
use services::accounts::Issued;
use services::accounts::second_factor::Factor;
use services::accounts::sign_in::SignInError;

/// An error as that service writes it; `error_code` is what programs go by.
#[derive(Debug)]
pub struct AuthError {
    status: StatusCode,
    error_code: &'static str,
    message: String,
    weak_password: bool,
    retry_after_seconds: Option<u64>,
}

/// The body of an error.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuthErrorBody {
    /// HTTP status.
    code: u16,
    /// E.g. `invalid_credentials`.
    error_code: &'static str,
    /// One sentence.
    msg: String,
    /// Reasons why a password is not taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    weak_password: Option<Value>,
}

impl AuthError {
    /// An error with its code.
    pub fn new(status: StatusCode, error_code: &'static str, message: impl Into<String>) -> Self {
        Self { status, error_code, message: message.into(), weak_password: false, retry_after_seconds: None }
    }

    /// Whether it says that the caller is nobody, rather than that something does not work or was asked too often.
    #[must_use]
    pub fn is_of_caller(&self) -> bool {
        matches!(self.status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN)
    }

    /// 422: the password is not taken.
    pub fn weak_password(message: impl Into<String>) -> Self {
        let error = Self::new(StatusCode::UNPROCESSABLE_ENTITY, "weak_password", message);
        Self { weak_password: true, ..error }
    }

    /// 403: the second factor comes first.
    pub fn second_factor(missing: Missing) -> Self {
        Self::new(StatusCode::FORBIDDEN, "insufficient_aal", second_factor_sentence(missing))
    }

    /// 429: asked too often, or locked.
    pub fn too_many(retry_after_seconds: u64) -> Self {
        let message = format!("Too many attempts; try again in {retry_after_seconds} seconds");
        let error = Self::new(StatusCode::TOO_MANY_REQUESTS, "over_request_rate_limit", message);
        Self { retry_after_seconds: Some(retry_after_seconds), ..error }
    }

    /// Why nobody was signed in.
    pub fn of_sign_in(error: SignInError, now: DateTime<Utc>) -> Self {
        match error {
            SignInError::Wrong => {
                Self::new(StatusCode::BAD_REQUEST, "invalid_credentials", "Invalid login credentials")
            }
            SignInError::Locked(until) => Self::too_many((until - now).num_seconds().max(0).cast_unsigned() + 1),
            SignInError::Failed(error) => error.into(),
        }
    }
}

/// What to do about a second factor that is missing.
#[must_use]
pub fn second_factor_sentence(missing: Missing) -> &'static str {
    match missing {
        Missing::Prove => "prove your second factor first: a code of your authenticator app, or a recovery code",
        Missing::Enrol => "your role needs a second factor: add an authenticator app to your account first",
    }
}

impl IntoResponse for AuthError {
    fn into_response(self) -> Response {
        let body = AuthErrorBody {
            code: self.status.as_u16(),
            error_code: self.error_code,
            weak_password: self.weak_password.then(|| json!({ "reasons": ["length"], "message": self.message })),
            msg: self.message,
        };
        let mut response = (self.status, Json(body)).into_response();
        if let Some(seconds) = self.retry_after_seconds {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<Problem> for AuthError {
    fn from(problem: Problem) -> Self {
        let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let error_code = if status.is_client_error() { "validation_failed" } else { "unexpected_failure" };
        Self::new(status, error_code, problem.detail)
    }
}

impl From<anyhow::Error> for AuthError {
    fn from(error: anyhow::Error) -> Self {
        // Logged once and judged as everywhere: a database that does not answer is 503.
        Problem::from(error).into()
    }
}

impl From<DatabaseError> for AuthError {
    fn from(error: DatabaseError) -> Self {
        ServiceError::from(error).into()
    }
}

impl From<ServiceError> for AuthError {
    fn from(error: ServiceError) -> Self {
        let problem = Problem::from(error);
        let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self::new(status, "unexpected_failure", problem.detail)
    }
}

/// A person as the web app's library knows them.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuthUser {
    id: Uuid,
    aud: &'static str,
    role: &'static str,
    email: String,
    phone: &'static str,
    email_confirmed_at: DateTime<Utc>,
    confirmed_at: DateTime<Utc>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    /// `role` is the role in Lode.
    app_metadata: Value,
    /// `display_name`.
    user_metadata: Value,
    #[schema(value_type = Vec<Object>)]
    identities: Vec<Value>,
    /// Second factors.
    factors: Vec<AuthFactor>,
    is_anonymous: bool,
    /// The invitation's address, where one was just made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action_link: Option<String>,
}

impl From<&Account> for AuthUser {
    fn from(account: &Account) -> Self {
        Self {
            id: account.user,
            aud: "authenticated",
            role: "authenticated",
            email: account.email.clone(),
            phone: "",
            email_confirmed_at: account.created_at,
            confirmed_at: account.created_at,
            created_at: account.created_at,
            updated_at: account.created_at,
            app_metadata: app_metadata(account.role),
            user_metadata: json!({ "display_name": account.display_name }),
            identities: Vec::new(),
            factors: Vec::new(),
            is_anonymous: false,
            action_link: None,
        }
    }
}

impl AuthUser {
    /// The person with their second factors.
    pub fn new(account: &Account, factors: Vec<Factor>) -> Self {
        Self { factors: factors.into_iter().map(AuthFactor::from).collect(), ..Self::from(account) }
    }
}

/// A pair of tokens.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuthSession {
    /// For `Authorization: Bearer`.
    access_token: String,
    token_type: &'static str,
    /// Seconds.
    expires_in: u64,
    /// Seconds since 1970.
    expires_at: i64,
    /// Buys the next pair, once.
    refresh_token: String,
    user: AuthUser,
}

impl From<Issued> for AuthSession {
    fn from(issued: Issued) -> Self {
        Self {
            user: AuthUser::new(&issued.account, issued.factors),
            access_token: issued.access_token,
            token_type: "bearer",
            expires_in: issued.expires_in.as_secs(),
            expires_at: issued.expires_at.timestamp(),
            refresh_token: issued.refresh_token,
        }
    }
}
