//! Who asks, checked in one place for every route of the API.
//!
//! An installation without sign-in has one person, its local owner. With `REQUIRE_AUTH=true` each request to the API carries a
//! Supabase access token (HS256 by `SUPABASE_JWT_SECRET`), checked for signature, expiry, audience and, where the project
//! is known, issuer. The role comes from `app_metadata.role`, which only the project's administrators can set; without one the
//! person is a viewer. What each route asks of them stands in [`super::access`].

pub mod address;

use std::net::IpAddr;

use axum::extract::{FromRequestParts, MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::access::{Permission, Role, Scope};
use http::request::Parts;
use http::{HeaderValue, StatusCode, header};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::Deserialize;
use store::audit;
use uuid::Uuid;

use self::address::ClientAddress;
use super::access::{self, Access};
use super::problem::{Problem, Result};
use super::request_id;
use super::state::AppState;
use crate::config::Config;

/// How the person behind a request proved who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Not at all: this installation asks for no sign-in.
    Local,
    /// By an access token of a Supabase project.
    Supabase,
    /// By an access token of a built-in account.
    Builtin,
    /// By an API token.
    ApiToken,
}

impl Kind {
    /// The name used in the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::Supabase => "supabase",
            Self::Builtin => "builtin",
            Self::ApiToken => "api_token",
        }
    }
}

/// The person behind a request.
#[derive(Clone, Debug)]
pub struct Principal {
    /// Identity.
    pub user: Uuid,
    /// What they may do.
    pub role: Role,
    /// E-mail address, where the token has one.
    pub email: Option<String>,
    /// How they proved it.
    pub kind: Kind,
    /// What the API token is for; `None` for a person, whose role alone decides.
    pub scopes: Option<Vec<Scope>>,
    /// Where the request came from.
    pub address: Option<IpAddr>,
}

impl Principal {
    /// Whoever reaches an installation that asks for no sign-in.
    fn local_owner() -> Self {
        Self {
            user: store::users::LOCAL_OWNER,
            role: Role::Admin,
            email: None,
            kind: Kind::Local,
            scopes: None,
            address: None,
        }
    }

    /// Whether role and scopes include the permission.
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        let is_in_scope = match &self.scopes {
            None => true,
            Some(scopes) => permission.scope().is_some_and(|needed| scopes.contains(&needed)),
        };
        is_in_scope && self.role.may(permission)
    }

    /// Lets the request go on when role and scopes include the permission.
    ///
    /// # Errors
    /// 403 that names the role or the scope that is needed.
    pub fn require(&self, permission: Permission) -> Result<()> {
        if self.may(permission) {
            return Ok(());
        }
        let (needed, own) = (permission.least_role(), self.role);
        let detail = if !own.may(permission) {
            format!("this needs the role {}; yours is {}", needed.as_str(), own.as_str())
        } else if let Some(scope) = permission.scope() {
            format!("this needs an API token with the scope {}", scope.as_str())
        } else {
            "this cannot be done with an API token; sign in".to_owned()
        };
        Err(Problem::new(StatusCode::FORBIDDEN, detail))
    }

    /// An event of the audit log that says who, from where and in which request; add what it is about.
    #[must_use]
    pub fn event(&self, action: &'static str) -> audit::Event {
        audit::Event {
            actor: Some(self.user),
            address: self.address,
            request_id: request_id::current(),
            ..audit::Event::new(action)
        }
    }
}

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
    let principal = match who_asks(&state, &request) {
        Ok(principal) => principal,
        Err(problem) => {
            let mut response = problem.into_response();
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            return response;
        }
    };
    let allowed = match access {
        Some(Access::May(permission)) => principal.require(permission),
        Some(Access::Person | Access::Anyone) => Ok(()),
        None => return refuse_unlisted(route.as_deref().unwrap_or_default()),
    };
    if let Err(problem) = allowed {
        return problem.into_response();
    }
    request.extensions_mut().insert(principal);
    next.run(request).await
}

/// A route without a line in the table is nobody's to call, and neither is a method that its line does not name.
fn refuse_unlisted(route: &str) -> Response {
    let methods = access::methods(route);
    if methods.is_empty() {
        tracing::error!(route, "this route has no line in the permission table of http/access.rs: nobody may call it");
        let detail = "nobody may call this address: it has no line in the permission table";
        return Problem::new(StatusCode::FORBIDDEN, detail).into_response();
    }
    let detail = "this address does not know that method; see /api/docs";
    let mut response = Problem::new(StatusCode::METHOD_NOT_ALLOWED, detail).into_response();
    response.headers_mut().extend(HeaderValue::from_str(&methods.join(",")).map(|value| (header::ALLOW, value)));
    response
}

fn who_asks(state: &AppState, request: &Request) -> Result<Principal> {
    let principal = if state.config.require_auth {
        request
            .headers()
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "))
            .and_then(|token| verify(token, &state.config))
            .ok_or_else(unauthorised)?
    } else {
        Principal::local_owner()
    };
    let address = request.extensions().get::<ClientAddress>().map(|address| address.0);
    Ok(Principal { address, ..principal })
}

#[derive(Deserialize)]
struct Claims {
    sub: Uuid,
    email: Option<String>,
    app_metadata: Option<AppMetadata>,
}

#[derive(Deserialize)]
struct AppMetadata {
    role: Option<String>,
}

/// The person that a token proves; `None` for every token that proves nobody, whatever the reason.
fn verify(token: &str, config: &Config) -> Option<Principal> {
    let secret = config.supabase_jwt_secret.as_deref().filter(|secret| !secret.is_empty())?;
    let mut validation = Validation::new(Algorithm::HS256);
    validation.set_audience(&["authenticated"]);
    validation.set_required_spec_claims(&["exp", "aud", "sub"]);
    if let Some(project) = &config.supabase_url {
        validation.set_issuer(&[format!("{}/auth/v1", project.trim_end_matches('/'))]);
        validation.set_required_spec_claims(&["exp", "aud", "sub", "iss"]);
    }
    let key = DecodingKey::from_secret(secret.as_bytes());
    let claims = jsonwebtoken::decode::<Claims>(token, &key, &validation).ok()?.claims;
    let role = claims.app_metadata.and_then(|metadata| metadata.role);
    let role = role.as_deref().and_then(Role::from_name).unwrap_or(Role::Viewer);
    Some(Principal { user: claims.sub, role, email: claims.email, kind: Kind::Supabase, scopes: None, address: None })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jsonwebtoken::{EncodingKey, Header, encode};
    use serde_json::{Value, json};

    const SECRET: &str = "a-secret-of-at-least-thirty-two-bytes";

    fn config() -> Config {
        let settings = [
            ("REQUIRE_AUTH", "true"),
            ("SUPABASE_JWT_SECRET", SECRET),
            ("SUPABASE_URL", "https://project.supabase.co"),
            ("HOME", "/home/somebody"),
        ];
        let lookup = |name: &str| settings.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        Config::from_values(lookup).unwrap()
    }

    fn claims() -> Value {
        json!({
            "sub": "5f0c0e0a-3f6d-4c0e-8f7f-0d6f6f0d6f6f", "aud": "authenticated", "exp": 4_102_444_800u64,
            "iss": "https://project.supabase.co/auth/v1", "email": "anna@example.se", "app_metadata": { "role": "partner" },
        })
    }

    fn token(claims: &Value, secret: &str) -> String {
        encode(&Header::default(), claims, &EncodingKey::from_secret(secret.as_bytes())).unwrap()
    }

    #[test]
    fn a_token_with_the_projects_claims_and_secret_is_its_person() {
        let person = verify(&token(&claims(), SECRET), &config()).unwrap();
        assert_eq!((person.role, person.email.as_deref()), (Role::Partner, Some("anna@example.se")));
    }

    #[test]
    fn a_role_that_a_person_could_write_themselves_counts_for_nothing() {
        let mut claims = claims();
        claims["app_metadata"] = json!(null);
        claims["user_metadata"] = json!({ "role": "admin" });
        claims["role"] = json!("authenticated");
        assert_eq!(verify(&token(&claims, SECRET), &config()).unwrap().role, Role::Viewer);
    }

    #[test]
    fn forged_expired_and_foreign_tokens_prove_nobody() {
        let config = config();
        let with = |key: &str, value: Value| {
            let mut claims = claims();
            claims[key] = value;
            token(&claims, SECRET)
        };
        // {"alg":"none","typ":"JWT"}, and the claims unsigned.
        let body = token(&claims(), SECRET).split('.').nth(1).unwrap().to_owned();
        let unsigned = format!("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{body}.");
        for (what, token) in [
            ("another key", token(&claims(), "another-secret-of-thirty-two-bytes!!")),
            ("expired", with("exp", json!(1_000_000_000))),
            ("no expiry", with("exp", json!(null))),
            ("another audience", with("aud", json!("anon"))),
            ("another issuer", with("iss", json!("https://evil.example/auth/v1"))),
            ("no person", with("sub", json!("nobody"))),
            ("no signature", unsigned),
            ("nonsense", "x.y.z".to_owned()),
            ("nothing", String::new()),
        ] {
            assert!(verify(&token, &config).is_none(), "{what}");
        }
    }
}
