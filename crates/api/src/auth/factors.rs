//! Second factors by the protocol of Supabase Auth (`auth.mfa` of its library): authenticator apps, and recovery codes beside them.

use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use axum::{Extension, Json};
use chrono::{DateTime, TimeDelta, Utc};
use http::{HeaderMap, StatusCode};
use qrcode::QrCode;
use qrcode::render::svg;
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
use services::accounts::second_factor::{self, Factor, FactorError};

/// How long the web app is told to wait for a code. A code proves itself; nothing is kept of a challenge.
const CHALLENGE_MINUTES: i64 = 5;
/// The side of the QR code in pixels, at least.
const QR_CODE_SIZE: u32 = 220;

impl From<FactorError> for AuthError {
    fn from(error: FactorError) -> Self {
        let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
        let text = error.to_string();
        match error {
            FactorError::Unknown => Self::new(StatusCode::NOT_FOUND, "mfa_factor_not_found", text),
            FactorError::Wrong => Self::new(unprocessable, "mfa_verification_failed", text),
            FactorError::Locked(until) => Self::too_many((until - Utc::now()).num_seconds().max(0).cast_unsigned() + 1),
            FactorError::Stale => Self::new(StatusCode::FORBIDDEN, "reauthentication_needed", text),
            FactorError::Name(_) => Self::new(unprocessable, "validation_failed", text),
            FactorError::TooMany(_) => Self::new(unprocessable, "too_many_enrolled_mfa_factors", text),
            FactorError::NoKey => Self::new(unprocessable, "mfa_totp_enroll_not_enabled", text),
            FactorError::Failed(error) => error.into(),
        }
    }
}

/// A second factor of a person.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuthFactor {
    id: Uuid,
    friendly_name: String,
    /// `totp`.
    factor_type: &'static str,
    /// `verified` once a first code was right, else `unverified`.
    status: &'static str,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl From<Factor> for AuthFactor {
    fn from(factor: Factor) -> Self {
        Self {
            id: factor.id,
            friendly_name: factor.name,
            factor_type: "totp",
            status: if factor.confirmed_at.is_some() { "verified" } else { "unverified" },
            created_at: factor.created_at,
            updated_at: factor.confirmed_at.unwrap_or(factor.created_at),
        }
    }
}

/// What to add.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct EnrolRequest {
    /// `totp`.
    factor_type: String,
    /// What its person calls the app, 1 to 100 characters; without one it is called so itself.
    friendly_name: String,
    /// What the app calls this installation; `Lode` without it.
    issuer: String,
}

/// An app that waits for its first code.
#[derive(Serialize, ToSchema)]
pub struct EnrolAnswer {
    id: Uuid,
    /// `totp`.
    #[serde(rename = "type")]
    kind: &'static str,
    friendly_name: String,
    totp: TotpSecret,
}

/// What the app and this installation share, shown once.
#[derive(Serialize, ToSchema)]
pub struct TotpSecret {
    /// `otpauth://…` as an SVG picture, for the camera.
    qr_code: String,
    /// The secret in base32, to be typed.
    secret: String,
    /// `otpauth://totp/…`
    uri: String,
}

/// Adds an authenticator app to one's account. It counts once its first code was right (`verify`). Needs a sign-in, or a proof of the
/// present second factor, of the last quarter of an hour.
#[utoipa::path(post, path = "/auth/v1/factors", tag = "sign-in", request_body = EnrolRequest,
    responses((status = 200, body = EnrolAnswer), (status = 401, body = AuthErrorBody), (status = 403, body = AuthErrorBody),
        (status = 422, body = AuthErrorBody)))]
pub async fn enrol(
    State(state): State<AppState>,
    address: Option<Extension<ClientAddress>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, AuthError> {
    require_accounts(&state)?;
    let session = session(&state, &headers, Needs::OwnFactor).await?;
    let request: EnrolRequest = read(&headers, &body)?;
    if request.factor_type != "totp" {
        let message = "factor_type is totp";
        return Err(AuthError::new(StatusCode::UNPROCESSABLE_ENTITY, "validation_failed", message));
    }
    let caller = caller(address.map(|address| address.0), &headers);
    let issuer = Some(request.issuer.trim()).filter(|issuer| (1..=60).contains(&issuer.chars().count()));
    let issuer = issuer.unwrap_or("Lode");
    let name = &request.friendly_name;
    let new = second_factor::enrol(&state.db, &state.identity, &session, name, issuer, &caller, Utc::now()).await?;
    let code = QrCode::new(&new.address).map_err(anyhow::Error::from)?;
    let qr_code = code.render::<svg::Color<'_>>().min_dimensions(QR_CODE_SIZE, QR_CODE_SIZE).build();
    let totp = TotpSecret { qr_code, secret: new.secret, uri: new.address };
    Ok(secret_answer(Json(EnrolAnswer { id: new.id, kind: "totp", friendly_name: new.name, totp })))
}

/// Until when a code is waited for.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChallengeAnswer {
    id: Uuid,
    /// `totp`.
    #[serde(rename = "type")]
    kind: &'static str,
    /// Seconds since 1970.
    expires_at: i64,
}

/// Begins to prove a second factor. A part of the protocol: a code proves itself, and nothing is kept of a challenge.
#[utoipa::path(post, path = "/auth/v1/factors/{id}/challenge", tag = "sign-in", params(("id" = Uuid, Path)),
    responses((status = 200, body = ChallengeAnswer), (status = 401, body = AuthErrorBody), (status = 403, body = AuthErrorBody),
        (status = 404, body = AuthErrorBody)))]
pub async fn challenge(
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
    headers: HeaderMap,
) -> Result<Json<ChallengeAnswer>, AuthError> {
    require_accounts(&state)?;
    let session = session(&state, &headers, Needs::FirstFactor).await?;
    let (factors, _) = second_factor::of_user(&state.db, session.user).await?;
    if !factors.iter().any(|factor| factor.id == id) {
        return Err(FactorError::Unknown.into());
    }
    let expires_at = (Utc::now() + TimeDelta::minutes(CHALLENGE_MINUTES)).timestamp();
    Ok(Json(ChallengeAnswer { id: Uuid::new_v4(), kind: "totp", expires_at }))
}

/// A code.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct ProveRequest {
    /// Six digits of the app, or a recovery code.
    code: String,
}

/// Proves a second factor: six digits of the app, or one of the recovery codes, each good once. The session goes on with the tokens of the
/// answer alone. The first code of an app confirms it, ends other sessions and makes one-time links worthless.
#[utoipa::path(post, path = "/auth/v1/factors/{id}/verify", tag = "sign-in", params(("id" = Uuid, Path)), request_body = ProveRequest,
    responses((status = 200, body = SessionAnswer), (status = 401, body = AuthErrorBody), (status = 403, body = AuthErrorBody),
        (status = 404, body = AuthErrorBody), (status = 422, body = AuthErrorBody), (status = 429, body = AuthErrorBody)))]
pub async fn prove(
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
    address: Option<Extension<ClientAddress>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, AuthError> {
    require_accounts(&state)?;
    let delivery = Delivery::of(&state, &headers)?;
    let caller = caller(address.map(|address| address.0), &headers);
    count_attempt(&state, &caller)?;
    let session = session(&state, &headers, Needs::FirstFactor).await?;
    let request: ProveRequest = read(&headers, &body)?;
    let issued =
        second_factor::prove(&state.db, &state.identity, &session, id, &request.code, &caller, Utc::now()).await?;
    delivery.answer(&state, &headers, issued).await
}

/// Which second factor went.
#[derive(Debug, Serialize, ToSchema)]
pub struct RemovedFactor {
    id: Uuid,
}

/// Takes one of one's own second factors away, and ends other sessions. Needs a proof of the last quarter of an hour.
#[utoipa::path(delete, path = "/auth/v1/factors/{id}", tag = "sign-in", params(("id" = Uuid, Path)),
    responses((status = 200, body = RemovedFactor), (status = 401, body = AuthErrorBody), (status = 403, body = AuthErrorBody),
        (status = 404, body = AuthErrorBody)))]
pub async fn remove(
    State(state): State<AppState>,
    PathParams(id): PathParams<Uuid>,
    address: Option<Extension<ClientAddress>>,
    headers: HeaderMap,
) -> Result<Json<RemovedFactor>, AuthError> {
    require_accounts(&state)?;
    let session = session(&state, &headers, Needs::OwnFactor).await?;
    let caller = caller(address.map(|address| address.0), &headers);
    second_factor::remove(&state.db, &state.identity, &session, id, &caller, Utc::now()).await?;
    Ok(Json(RemovedFactor { id }))
}

/// Codes that stand in for the app, each good once.
#[derive(Serialize, ToSchema)]
pub struct RecoveryCodes {
    /// Ten codes, shown this once.
    codes: Vec<String>,
}

/// Makes new recovery codes; earlier ones are worth nothing. Needs a proof of the second factor of the last quarter of an hour.
#[utoipa::path(post, path = "/auth/v1/recovery_codes", tag = "sign-in",
    responses((status = 200, body = RecoveryCodes), (status = 401, body = AuthErrorBody), (status = 403, body = AuthErrorBody),
        (status = 404, body = AuthErrorBody)))]
pub async fn renew_codes(
    State(state): State<AppState>,
    address: Option<Extension<ClientAddress>>,
    headers: HeaderMap,
) -> Result<Response, AuthError> {
    require_accounts(&state)?;
    let session = session(&state, &headers, Needs::OwnFactor).await?;
    let caller = caller(address.map(|address| address.0), &headers);
    let codes = second_factor::renew_codes(&state.db, &state.identity, &session, &caller, Utc::now()).await?;
    Ok(secret_answer(Json(RecoveryCodes { codes })))
}

/// How many recovery codes are left.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecoveryCodesLeft {
    left: i64,
}

/// How many of one's own recovery codes are left.
#[utoipa::path(get, path = "/auth/v1/recovery_codes", tag = "sign-in",
    responses((status = 200, body = RecoveryCodesLeft), (status = 401, body = AuthErrorBody), (status = 403, body = AuthErrorBody)))]
pub async fn codes_left(
    State(state): State<AppState>,
    headers: HeaderMap,
) -> Result<Json<RecoveryCodesLeft>, AuthError> {
    require_accounts(&state)?;
    let session = session(&state, &headers, Needs::OwnFactor).await?;
    let (_, left) = second_factor::of_user(&state.db, session.user).await?;
    Ok(Json(RecoveryCodesLeft { left }))
}
