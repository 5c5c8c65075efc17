//! `/auth/v1`: the protocol of Supabase Auth for accounts that this installation keeps, so that `@supabase/supabase-js` signs
//! in here as it does there. Shapes and error codes follow that service (GoTrue); people cannot sign up by themselves.

mod answer;
mod cookie;
mod factors;
mod links;
mod providers;
mod token;
mod user;

use axum::Json;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::HeaderMap;
use http::{StatusCode, header};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use self::answer::AuthError;
pub use self::answer::second_factor_sentence;
use super::input::{LONGEST_TEXT, check_json};
use super::principal::address::ClientAddress;
use super::request_id;
use super::session_cookie;
use super::state::AppState;
use identity::second_factor::Missing;
use identity::{Kind, Refusal};
use services::accounts::Caller;
use services::people::{self, Session};

/// No message of the protocol is larger.
const BODY_LIMIT: usize = 64 << 10;

/// Every route of this folder.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(token::token))
        .routes(routes!(user::user, user::change_user))
        .routes(routes!(user::logout))
        .routes(routes!(cookie::session_of_cookie))
        .routes(routes!(cookie::scraper_token))
        .routes(routes!(links::invite))
        .routes(routes!(links::verify))
        .routes(routes!(links::recover))
        .routes(routes!(links::sign_up))
        .routes(routes!(factors::enrol))
        .routes(routes!(factors::challenge))
        .routes(routes!(factors::prove))
        .routes(routes!(factors::remove))
        .routes(routes!(factors::renew_codes, factors::codes_left))
        .routes(routes!(providers::begin))
        .routes(routes!(providers::finish))
        .routes(routes!(providers::begin_link))
        .routes(routes!(providers::finish_link))
        .routes(routes!(providers::identities))
        .routes(routes!(providers::unlink))
        .routes(routes!(settings))
        .routes(routes!(health))
        .routes(routes!(keys))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
}

/// What is switched on here.
#[derive(Debug, Serialize, ToSchema)]
struct AuthSettings {
    /// Ways to sign in: `email`, and the identity providers of the settings.
    external: Value,
    disable_signup: bool,
    mailer_autoconfirm: bool,
    phone_autoconfirm: bool,
}

/// What is switched on here.
#[utoipa::path(get, path = "/auth/v1/settings", tag = "sign-in", responses((status = 200, body = AuthSettings)))]
async fn settings(State(state): State<AppState>) -> Result<Json<AuthSettings>, AuthError> {
    require_accounts(&state)?;
    let mut external = serde_json::Map::new();
    external.extend(state.identity.providers.iter().map(|provider| (provider.settings.key.clone(), true.into())));
    external.extend([("email".to_owned(), true.into()), ("phone".to_owned(), false.into())]);
    external.insert("anonymous_users".to_owned(), false.into());
    Ok(Json(AuthSettings {
        external: external.into(),
        disable_signup: true,
        mailer_autoconfirm: true,
        phone_autoconfirm: false,
    }))
}

/// Which service answers.
#[derive(Debug, Serialize, ToSchema)]
struct AuthHealth {
    name: &'static str,
    version: &'static str,
    description: &'static str,
}

/// Whether accounts can be used here.
#[utoipa::path(get, path = "/auth/v1/health", tag = "sign-in", responses((status = 200, body = AuthHealth)))]
async fn health(State(state): State<AppState>) -> Result<Json<AuthHealth>, AuthError> {
    require_accounts(&state)?;
    let description = "Accounts of this Lode, by the protocol of Supabase Auth";
    Ok(Json(AuthHealth { name: "Lode", version: env!("CARGO_PKG_VERSION"), description }))
}

/// Public keys: none.
#[derive(Debug, Serialize, ToSchema)]
struct AuthKeys {
    #[schema(value_type = Vec<Object>)]
    keys: Vec<Value>,
}

/// Public keys of access tokens. There are none: they are signed with a secret that this installation alone knows.
#[utoipa::path(get, path = "/auth/v1/.well-known/jwks.json", tag = "sign-in", responses((status = 200, body = AuthKeys)))]
async fn keys(State(state): State<AppState>) -> Result<Json<AuthKeys>, AuthError> {
    require_accounts(&state)?;
    Ok(Json(AuthKeys { keys: Vec::new() }))
}

fn require_accounts(state: &AppState) -> Result<(), AuthError> {
    if state.identity.has_accounts() {
        return Ok(());
    }
    Err(AuthError::new(StatusCode::NOT_FOUND, "not_found", "built-in accounts are not in use here"))
}

fn caller(address: Option<ClientAddress>, headers: &HeaderMap) -> Caller {
    let user_agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).map(str::to_owned);
    Caller { address: address.map(|address| address.0), user_agent, request_id: request_id::current() }
}

/// Counts an attempt that somebody could repeat to guess a secret.
fn count_attempt(state: &AppState, caller: &Caller) -> Result<(), AuthError> {
    let Some(address) = caller.address else { return Ok(()) };
    state.identity.limits.count_sign_in(address).map_err(|wait| AuthError::too_many(wait.retry_after_seconds))
}

/// What a session must have proved for a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Needs {
    /// The password, or a link: to see who one is, to prove more, to sign out.
    FirstFactor,
    /// The second factor too, where the person has one: to change what they prove themselves with.
    OwnFactor,
    /// Whatever this installation asks of the person.
    Everything,
}

/// The session behind the request's access token or cookie, read anew: what happens here must not rest on a remembered answer.
async fn session(state: &AppState, headers: &HeaderMap, needs: Needs) -> Result<Session, AuthError> {
    let credential = session_cookie::credential(headers, "/auth/v1").ok_or_else(|| {
        AuthError::new(StatusCode::UNAUTHORIZED, "no_authorization", "This endpoint requires a valid Bearer token")
    })?;
    let (proof, _) =
        state.identity.verify_first_factor(&state.db, &credential).await.map_err(|refusal| match refusal {
            Refusal::Nobody => AuthError::new(StatusCode::FORBIDDEN, "bad_jwt", "invalid JWT"),
            Refusal::NotAdmitted(why) => AuthError::new(StatusCode::FORBIDDEN, "not_admin", why),
            Refusal::SecondFactor(missing) => AuthError::second_factor(missing),
            Refusal::Unavailable(why) => AuthError::new(StatusCode::SERVICE_UNAVAILABLE, "unexpected_failure", why),
        })?;
    if let Err(wait) = state.identity.limits.count_request(proof.user) {
        return Err(AuthError::too_many(wait.retry_after_seconds));
    }
    let gone =
        || AuthError::new(StatusCode::FORBIDDEN, "session_not_found", "Session from session_id claim does not exist");
    let id = proof.session.filter(|_| proof.kind == Kind::Builtin).ok_or_else(gone)?;
    let session = people::session(&state.db, id, state.identity.session_limits).await?.ok_or_else(gone)?;
    match (needs, state.identity.missing(&session)) {
        (_, None) | (Needs::FirstFactor, _) | (Needs::OwnFactor, Some(Missing::Enrol)) => Ok(session),
        (Needs::OwnFactor | Needs::Everything, Some(missing)) => Err(AuthError::second_factor(missing)),
    }
}

fn read<T: DeserializeOwned>(headers: &HeaderMap, body: &[u8]) -> Result<T, AuthError> {
    check_json(headers.get(header::CONTENT_TYPE), body, LONGEST_TEXT)?;
    serde_json::from_slice(body).map_err(|error| {
        AuthError::new(StatusCode::BAD_REQUEST, "bad_json", format!("Could not parse request body as JSON: {error}"))
    })
}
