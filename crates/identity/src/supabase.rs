//! Access tokens of a Supabase project: HS256 by its secret, or signed with a private key whose public half the project shows.

use domain::access::Role;
use jsonwebtoken::{Algorithm, DecodingKey, Header, Validation};
use serde::Deserialize;
use uuid::Uuid;

use super::Refusal;
use super::jwks::{Jwks, Policy};
use config::Config;

/// What a token says once it is verified.
#[derive(Debug, Deserialize)]
pub struct Claims {
    /// The person.
    pub sub: Uuid,
    /// Their address.
    pub email: Option<String>,
    app_metadata: Option<AppMetadata>,
    #[serde(default)]
    is_anonymous: bool,
    /// `aal2` once a second factor was proved.
    aal: Option<String>,
    /// One issuer. The library takes a list that holds ours too; no Supabase project writes one, so whoever does is somebody else.
    #[serde(default, rename = "iss")]
    _issuer: Option<String>,
}

#[derive(Debug, Deserialize)]
struct AppMetadata {
    role: Option<String>,
}

impl Claims {
    /// Whether the session's person proved a second factor.
    #[must_use]
    pub fn has_second_factor(&self) -> bool {
        self.aal.as_deref() == Some("aal2")
    }

    /// The role that the project's administrators gave, when Lode knows it.
    fn role(&self) -> Option<Role> {
        self.app_metadata.as_ref()?.role.as_deref().and_then(Role::from_name)
    }
}

/// How tokens of the project are verified.
pub struct Supabase {
    secret: Option<DecodingKey>,
    issuer: Option<String>,
    jwks: Option<Jwks>,
    default_role: Option<Role>,
    allow_anonymous: bool,
}

impl Supabase {
    /// `None` when the settings name no project.
    #[must_use]
    pub fn from_config(config: &Config, client: &reqwest::Client, policy: Policy) -> Option<Self> {
        let secret = config.supabase_jwt_secret.as_deref();
        let issuer = config.supabase_url.as_deref().map(|url| format!("{}/auth/v1", url.trim_end_matches('/')));
        if secret.is_none() && issuer.is_none() {
            return None;
        }
        if secret.is_some_and(|secret| secret.len() < 32) {
            tracing::warn!("SUPABASE_JWT_SECRET is shorter than 32 bytes: short secrets can be guessed from one token");
        }
        Some(Self {
            secret: secret.map(|secret| DecodingKey::from_secret(secret.as_bytes())),
            jwks: issuer
                .as_ref()
                .map(|issuer| Jwks::new(format!("{issuer}/.well-known/jwks.json"), client.clone(), policy)),
            issuer,
            default_role: config.sign_in.supabase_default_role.as_deref().and_then(Role::from_name),
            allow_anonymous: config.sign_in.supabase_allow_anonymous,
        })
    }

    /// The role of a person whose token was verified.
    ///
    /// # Errors
    /// [`Refusal::NotAdmitted`] when the settings let such people not in.
    pub fn admit(&self, claims: &Claims) -> Result<Role, Refusal> {
        if claims.is_anonymous && !self.allow_anonymous {
            return Err(Refusal::NotAdmitted("anonymous users are not let in; sign in with an account"));
        }
        claims.role().or(self.default_role).ok_or(Refusal::NotAdmitted(
            "your account has no role here: an administrator of the Supabase project sets app_metadata.role",
        ))
    }

    /// What the token says, when the project signed it for us and it is not over.
    ///
    /// # Errors
    /// [`Refusal::Nobody`] for every token that proves nothing, whatever the reason.
    pub async fn verify(&self, token: &str, header: &Header) -> Result<Claims, Refusal> {
        if header.alg == Algorithm::HS256 {
            let key = self.secret.as_ref().ok_or(Refusal::Nobody)?;
            return self.decode(token, key, Algorithm::HS256);
        }
        // The key decides on the algorithm, never the token.
        let (jwks, id) = self.jwks.as_ref().zip(header.kid.as_deref()).ok_or(Refusal::Nobody)?;
        let found = jwks.key(id).await?.filter(|key| key.algorithm == header.alg).ok_or(Refusal::Nobody)?;
        self.decode(token, &found.key, found.algorithm)
    }

    fn decode(&self, token: &str, key: &DecodingKey, algorithm: Algorithm) -> Result<Claims, Refusal> {
        let mut validation = Validation::new(algorithm);
        validation.set_audience(&["authenticated"]);
        validation.set_required_spec_claims(&["exp", "aud", "sub"]);
        validation.validate_nbf = true;
        if let Some(issuer) = &self.issuer {
            validation.set_issuer(&[issuer]);
            validation.set_required_spec_claims(&["exp", "aud", "sub", "iss"]);
        }
        jsonwebtoken::decode::<Claims>(token, key, &validation).map(|data| data.claims).map_err(|_| Refusal::Nobody)
    }
}
