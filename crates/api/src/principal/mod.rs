//! Who asks, checked in one place for every route of the API.
//!
//! An installation without sign-in has one person, its local owner. With `REQUIRE_AUTH=true` each request carries a token, or
//! the cookie of a session ([`super::session_cookie`]), which [`identity`] verifies. What each route asks of its caller stands in [`super::access`].

pub mod address;

use std::net::IpAddr;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{FromRequestParts, MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::StreamExt;
use http::request::Parts;
use http::{HeaderMap, HeaderValue, StatusCode, header};

use self::address::ClientAddress;
use super::access::{self, Access};
use super::problem::{Problem, Result};
use super::request_id;
use super::session_cookie;
use super::state::AppState;
use identity::limits::TooMany;
use identity::{Credential, Kind, Refusal};

/// How often the rights of whoever follows a stream of events are looked up again.
const LOOK_AGAIN_EVERY: Duration = Duration::from_secs(5);

/// The `type` of the problem that a second factor comes first.
const SECOND_FACTOR: &str = "second-factor-required";

/// The person behind a request, as use cases know them.
pub use services::actor::Actor as Principal;

impl FromRequestParts<AppState> for Principal {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self> {
        // The layer below put it there; without the layer nobody is let in.
        parts.extensions.get::<Self>().cloned().ok_or_else(unauthorised)
    }
}

fn unauthorised() -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, "sign in: send a valid access token as “Authorization: Bearer …”")
}

/// The layer that finds out who asks, and whether they may: the one place where the permission table is applied. The web
/// app's own files, which match no route, need nobody; unknown addresses under `/api` are not told apart for strangers.
pub async fn authenticate(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let access = match &route {
        Some(route) => access::of(request.method(), route),
        None if request.uri().path().starts_with("/api") => Some(Access::Person),
        None => Some(Access::Anyone),
    };
    if access == Some(Access::Anyone) {
        return next.run(request).await;
    }
    // Who may ask for nothing there that needs a token is told of the method, not of a token.
    if access.is_none() && route.as_deref().is_some_and(access::is_open) {
        return refuse_unlisted(route.as_deref().unwrap_or_default());
    }
    // Taken out first: a request's body cannot be shared while somebody is awaited.
    let credential = session_cookie::credential(request.headers(), request.uri().path());
    let address = request.extensions().get::<ClientAddress>().map(|address| address.0);
    let principal = match who_asks(&state, credential.as_ref(), address).await {
        Ok(principal) => principal,
        Err(problem) => {
            let mut response = problem.into_response();
            if response.status() == StatusCode::UNAUTHORIZED {
                response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            return response;
        }
    };
    if principal.kind != Kind::Local
        && let Err(wait) = state.identity.limits.count_request(principal.user)
    {
        return too_many(wait);
    }
    let allowed = match access {
        Some(Access::May(permission)) => principal.require(permission).map_err(Problem::from),
        Some(Access::Person | Access::Anyone) => Ok(()),
        None => return refuse_unlisted(route.as_deref().unwrap_or_default()),
    };
    if let Err(problem) = allowed {
        return problem.into_response();
    }
    let is_known_person = principal.kind != Kind::Local;
    request.extensions_mut().insert(principal);
    let response = next.run(request).await;
    let is_stream = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == "text/event-stream");
    if is_known_person && is_stream { while_allowed(state, access, credential, address, response) } else { response }
}

/// A stream of events ends when whoever follows it may not any more: signed out, disabled, or with another role.
fn while_allowed(
    state: AppState,
    access: Option<Access>,
    credential: Option<Credential>,
    address: Option<IpAddr>,
    response: Response,
) -> Response {
    let refused = async move {
        loop {
            tokio::time::sleep(LOOK_AGAIN_EVERY).await;
            let is_allowed = match who_asks(&state, credential.as_ref(), address).await {
                Ok(principal) => match access {
                    Some(Access::May(permission)) => principal.may(permission),
                    _ => true,
                },
                // A database that does not answer for a moment has refused nobody.
                Err(problem) => problem.status == StatusCode::SERVICE_UNAVAILABLE.as_u16(),
            };
            if !is_allowed {
                return;
            }
        }
    };
    let (parts, body) = response.into_parts();
    Response::from_parts(parts, Body::from_stream(body.into_data_stream().take_until(Box::pin(refused))))
}

/// A route without a line in the table is nobody's to call, and neither is a method that its line does not name.
fn refuse_unlisted(route: &str) -> Response {
    let methods = access::methods(route);
    if methods.is_empty() {
        tracing::error!(
            route,
            "this route has no line in the permission table of crates/api/src/access.rs: nobody may call it"
        );
        let detail = "nobody may call this address: it has no line in the permission table";
        return Problem::new(StatusCode::FORBIDDEN, detail).into_response();
    }
    let detail = "this address does not know that method; see /api/docs";
    let mut response = Problem::new(StatusCode::METHOD_NOT_ALLOWED, detail).into_response();
    response.headers_mut().extend(HeaderValue::from_str(&methods.join(",")).map(|value| (header::ALLOW, value)));
    response
}

async fn who_asks(state: &AppState, credential: Option<&Credential>, address: Option<IpAddr>) -> Result<Principal> {
    if !state.config.require_auth {
        return Ok(Principal { address, request_id: request_id::current(), ..Principal::local_owner() });
    }
    let credential = credential.ok_or_else(unauthorised)?;
    let proof = state.identity.verify(&state.db, credential).await.map_err(|refusal| match refusal {
        Refusal::Nobody => unauthorised(),
        Refusal::SecondFactor(missing) => Problem {
            kind: SECOND_FACTOR,
            ..Problem::new(StatusCode::FORBIDDEN, crate::auth::second_factor_sentence(missing))
        },
        Refusal::NotAdmitted(why) => Problem::new(StatusCode::FORBIDDEN, why),
        Refusal::Unavailable(why) => Problem::unavailable(why),
    })?;
    Ok(Principal {
        user: proof.user,
        role: proof.role,
        email: proof.email,
        kind: proof.kind,
        scopes: proof.scopes,
        session: proof.session,
        address,
        request_id: request_id::current(),
    })
}

/// The token of the `Authorization` header; the name of the scheme is written in any case of letters.
#[must_use]
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

/// The answer to somebody who asked too often.
#[must_use]
pub fn too_many(wait: TooMany) -> Response {
    let seconds = wait.retry_after_seconds;
    let detail = format!("too many requests; try again in {seconds} s");
    let mut response = Problem::new(StatusCode::TOO_MANY_REQUESTS, detail).into_response();
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}
