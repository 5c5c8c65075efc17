//! Access tokens of built-in accounts: JWTs with the claims of Supabase's, signed with a key that every process reads from
//! the database.

use std::sync::Arc;
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;
use chrono::{DateTime, Utc};
use domain::access::Role;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::sealing::Sealer;
use store::signing_keys::{self, SigningKey};
use store::{PgConnection, PgPool};
use tokio::sync::Mutex;
use uuid::Uuid;

use super::{Refusal, secret};

/// How long an access token is good at most; the web app renews it before.
const MOST_LIFETIME: Duration = Duration::from_secs(3600);
const ISSUER: &str = "lode";
/// The audience of a token that is good for whatever its holder may do, as Supabase names it.
pub const EVERYTHING: &str = "authenticated";
/// The audience of a token that the scraper service alone accepts: the web app asks for one where that service has an origin of its own,
/// which the cookie of a session does not reach.
pub const SCRAPER: &str = "scraper";
/// Between two looks for keys that another process may have made.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// Signs and verifies.
pub struct AccessTokens {
    lifetime: Duration,
    sealer: Sealer,
    keys: ArcSwap<Vec<SigningKey>>,
    last_look: Mutex<Option<Instant>>,
}

/// Whom a token is for.
#[derive(Clone, Debug)]
pub struct Holder<'a> {
    /// The person.
    pub user: Uuid,
    /// Their session.
    pub session: Uuid,
    /// Their address.
    pub email: &'a str,
    /// The name that colleagues see.
    pub display_name: &'a str,
    /// Their role when it was signed; the server asks the database, this is for the web app.
    pub role: Role,
    /// How the session began.
    pub method: &'a str,
    /// When it began.
    pub since: DateTime<Utc>,
    /// When a second factor was proved in it.
    pub second_factor_at: Option<DateTime<Utc>>,
    /// [`EVERYTHING`] or [`SCRAPER`].
    pub audience: &'static str,
}

#[derive(Deserialize, Serialize)]
struct Claims {
    sub: Uuid,
    session_id: Uuid,
}

impl AccessTokens {
    /// For sessions that end when they are idle for so long: their tokens are good for half of that, an hour at most, so that whoever
    /// works renews them in time.
    #[must_use]
    pub fn new(idle: Duration, sealer: Sealer) -> Self {
        Self { lifetime: MOST_LIFETIME.min(idle / 2), sealer, keys: ArcSwap::default(), last_look: Mutex::default() }
    }

    /// How long a token is good.
    #[must_use]
    pub fn lifetime(&self) -> Duration {
        self.lifetime
    }

    /// Signs a token that is good for [`Self::lifetime`] from `now` on.
    ///
    /// # Errors
    /// When the key cannot be read or made.
    pub async fn sign(
        &self,
        conn: &mut PgConnection,
        holder: &Holder<'_>,
        now: DateTime<Utc>,
    ) -> anyhow::Result<String> {
        let mut key = self.keys.load().first().cloned();
        if key.is_none() {
            signing_keys::ensure(conn, &self.sealer, &secret::random_bytes()).await?;
            self.keys.store(Arc::new(signing_keys::current(conn, &self.sealer).await?));
            key = self.keys.load().first().cloned();
        }
        let key =
            key.ok_or_else(|| anyhow::anyhow!("there is no signing key that can be opened; see the log above"))?;
        let header = Header { kid: Some(key.id.to_string()), ..Header::new(Algorithm::HS256) };
        let claims = json!({
            "iss": ISSUER, "aud": holder.audience, "role": "authenticated",
            "sub": holder.user, "email": holder.email, "phone": "", "session_id": holder.session,
            "iat": now.timestamp(), "exp": now.timestamp() + self.lifetime.as_secs().cast_signed(),
            "aal": if holder.second_factor_at.is_some() { "aal2" } else { "aal1" },
            "amr": methods(holder),
            "is_anonymous": false,
            "app_metadata": app_metadata(holder.role),
            "user_metadata": { "display_name": holder.display_name },
        });
        Ok(jsonwebtoken::encode(&header, &claims, &EncodingKey::from_secret(&key.secret))?)
    }

    /// Person and session of a token that we signed for one of the audiences and that is not over; `None` for one that names no key of ours.
    ///
    /// # Errors
    /// [`Refusal::Nobody`] when a key of ours is named and the rest is not right.
    pub async fn verify(
        &self,
        db: &PgPool,
        token: &str,
        header: &Header,
        audiences: &[&str],
    ) -> Result<Option<(Uuid, Uuid)>, Refusal> {
        let Some(id) = header.kid.as_deref().and_then(|id| id.parse::<Uuid>().ok()) else { return Ok(None) };
        let Some(key) = self.key(db, id).await? else { return Ok(None) };
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_audience(audiences);
        validation.set_issuer(&[ISSUER]);
        validation.set_required_spec_claims(&["exp", "aud", "iss", "sub"]);
        validation.leeway = 5;
        let key = DecodingKey::from_secret(&key.secret);
        let claims = jsonwebtoken::decode::<Claims>(token, &key, &validation).map_err(|_| Refusal::Nobody)?.claims;
        Ok(Some((claims.sub, claims.session_id)))
    }

    async fn key(&self, db: &PgPool, id: Uuid) -> Result<Option<SigningKey>, Refusal> {
        let known = |keys: &[SigningKey]| keys.iter().find(|key| key.id == id).cloned();
        if let Some(key) = known(&self.keys.load()) {
            return Ok(Some(key));
        }
        let mut last_look = self.last_look.lock().await;
        if last_look.is_none_or(|at| at.elapsed() >= LOOK_EVERY) {
            *last_look = Some(Instant::now());
            let read = async { signing_keys::current(&mut *db.acquire().await?, &self.sealer).await };
            self.keys.store(Arc::new(read.await.map_err(Refusal::database)?));
        }
        Ok(known(&self.keys.load()))
    }
}

/// How the person proved who they are, the newest first, as Supabase writes it.
fn methods(holder: &Holder<'_>) -> Value {
    let first = json!({ "method": holder.method, "timestamp": holder.since.timestamp() });
    let second = holder.second_factor_at.map(|at| json!({ "method": "totp", "timestamp": at.timestamp() }));
    second.into_iter().chain([first]).collect()
}

/// What administrators decide of a person, in the place where Supabase has it.
#[must_use]
pub fn app_metadata(role: Role) -> Value {
    json!({ "provider": "email", "providers": ["email"], "role": role.as_str() })
}
