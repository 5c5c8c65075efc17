//! Who asks, checked in one place for every route of the API.
//!
//! An installation without sign-in has one person, its local owner. With `REQUIRE_AUTH=true` each request to the API carries a
//! Supabase access token (HS256 by `SUPABASE_JWT_SECRET`), checked for signature, expiry, audience and, where the project
//! is known, issuer. The role comes from `app_metadata.role`, which only the project's administrators can set; without one the
//! person is a viewer.

use axum::extract::{FromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::access::{Permission, Role};
use http::request::Parts;
use http::{HeaderValue, StatusCode, header};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::Deserialize;
use uuid::Uuid;

use super::problem::{Problem, Result};
use super::state::AppState;
use crate::config::Config;

/// The person behind a request.
#[derive(Clone, Debug)]
pub struct Principal {
    /// Identity.
    pub user: Uuid,
    /// What they may do.
    pub role: Role,
    /// E-mail address, where the token has one.
    pub email: Option<String>,
}

impl Principal {
    /// Whoever reaches an installation that asks for no sign-in.
    fn local_owner() -> Self {
        Self { user: store::users::LOCAL_OWNER, role: Role::Admin, email: None }
    }

    /// Lets the request go on when the role includes the permission.
    ///
    /// # Errors
    /// 403 that names the role that is needed.
    pub fn require(&self, permission: Permission) -> Result<()> {
        if self.role.may(permission) {
            return Ok(());
        }
        let (needed, own) = (permission.least_role().as_str(), self.role.as_str());
        Err(Problem::new(StatusCode::FORBIDDEN, format!("this needs the role {needed}; yours is {own}")))
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

/// The layer that finds out who asks. Everything under `/api` needs a person, and `/metrics` too, which tells about the
/// business; health checks and the web app's own files do not.
pub async fn authenticate(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let is_open = !(path.starts_with("/api") || path.starts_with("/metrics"));
    if !state.config.require_auth {
        request.extensions_mut().insert(Principal::local_owner());
    } else if !is_open {
        let token = request
            .headers()
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "));
        match token.and_then(|token| verify(token, &state.config)) {
            Some(principal) => {
                request.extensions_mut().insert(principal);
            }
            None => {
                let mut response = unauthorised().into_response();
                response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
                return response;
            }
        }
    }
    next.run(request).await
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
    Some(Principal { user: claims.sub, role, email: claims.email })
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
