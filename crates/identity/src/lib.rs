//! Who somebody is: access tokens of a Supabase project, of built-in accounts, and API tokens, all verified here.

pub mod access_token;
pub mod admission;
mod answer;
mod common_password;
pub mod jwks;
pub mod limits;
pub mod oidc;
pub mod password;
mod recent;
pub mod second_factor;
pub mod secret;
mod supabase;

use std::time::Duration;

use domain::access::{Role, Scope};
use jsonwebtoken::Algorithm;
use store::PgPool;
use store::api_tokens::Bearer;
use store::sealing::Sealer;
use store::sessions::{Session, SessionLimits};
use uuid::Uuid;

use self::access_token::AccessTokens;
use self::admission::Admission;
use self::jwks::Policy;
use self::limits::Limits;
use self::oidc::Provider;
use self::password::Passwords;
use self::recent::Recent;
use self::second_factor::Missing;
use self::supabase::Supabase;
use config::{AccountDomains, Config};

/// API tokens begin with this, so that people and scanners know one when they see it.
pub const API_TOKEN_PREFIX: &str = "lode_";
/// How long another process may go on with what was taken back here.
const RECHECK_AFTER: Duration = Duration::from_secs(5);
/// No token of ours or of Supabase is longer.
const MAX_TOKEN_BYTES: usize = 8 << 10;

/// What a request brings to prove whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credential {
    /// A token in `Authorization`.
    Bearer(String),
    /// The same in a request to the scraper service, where tokens that are for it alone count too.
    ScraperBearer(String),
    /// The secret of a session's cookie. Whoever reads it has made sure that no foreign page sent the request.
    Cookie(String),
}

/// How somebody proved who they are.
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

/// What a token proved.
#[derive(Clone, Debug)]
pub struct Proof {
    /// The person.
    pub user: Uuid,
    /// Their role.
    pub role: Role,
    /// Their address, where it is known.
    pub email: Option<String>,
    /// How.
    pub kind: Kind,
    /// What an API token is for; `None` for a person.
    pub scopes: Option<Vec<Scope>>,
    /// Session of a built-in account.
    pub session: Option<Uuid>,
}

/// Why a token proves nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is nobody's: forged, over, taken back, or its owner is kept out. A stranger is not told which.
    Nobody,
    /// It is somebody's, whom the settings let not in; the sentence says why.
    NotAdmitted(&'static str),
    /// It is somebody's who has to prove a second factor first.
    SecondFactor(Missing),
    /// It could not be checked now; the sentence says why. Nobody is let in meanwhile.
    Unavailable(String),
}

impl Refusal {
    /// The database did not answer.
    #[must_use]
    #[allow(clippy::needless_pass_by_value, reason = "for map_err")]
    pub fn database(error: sqlx::Error) -> Self {
        tracing::error!(%error, "who asks could not be looked up");
        Self::Unavailable("the database does not answer right now; try again in a moment".to_owned())
    }
}

/// Verifies tokens; one per process.
pub struct Identity {
    supabase: Option<Supabase>,
    /// Whether built-in accounts are in use.
    has_accounts: bool,
    /// How long sessions of built-in accounts go on.
    pub session_limits: SessionLimits,
    /// Seals and opens secrets in the database.
    pub sealer: Sealer,
    /// Whether there is a mail server to tell people with.
    pub sends_mail: bool,
    /// Whether people can be mailed a link: there is a mail server, and an address to lead to.
    pub mails_links: bool,
    /// Whose addresses may have an account.
    pub account_domains: AccountDomains,
    /// Identity providers that people may sign in with; none where no accounts are kept here.
    pub providers: Vec<Provider>,
    /// The least role whose people need a second factor.
    second_factor_role: Option<Role>,
    /// Signs and verifies access tokens of built-in accounts.
    pub access_tokens: AccessTokens,
    /// Hashes and compares passwords.
    pub passwords: Passwords,
    /// How often somebody may ask.
    pub limits: Limits,
    /// How much costly work somebody may have under way.
    pub admission: Admission,
    sessions: Recent<Uuid, Session>,
    /// Session and person of a cookie's secret, by its hash.
    cookies: Recent<Vec<u8>, (Uuid, Uuid)>,
    bearers: Recent<Vec<u8>, Bearer>,
    /// Whether a person of a Supabase token is kept out.
    standings: Recent<Uuid, bool>,
}

impl Identity {
    /// As the settings say; nothing is fetched yet.
    ///
    /// # Errors
    /// When no HTTP client can be made, or a file that should hold the key of secrets does not.
    pub fn from_config(config: &Config, policy: Policy) -> anyhow::Result<Self> {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_secs(5))
            .user_agent(concat!("lode/", env!("CARGO_PKG_VERSION")))
            .build()?;
        let sealer = Sealer::new(&config.sign_in.secret_keys(&config.data_dir)?);
        let idle = Duration::from_secs(u64::from(config.sign_in.session_idle_minutes) * 60);
        Ok(Self {
            session_limits: SessionLimits {
                idle_seconds: idle.as_secs_f64(),
                absolute_seconds: f64::from(config.sign_in.session_hours) * 3600.0,
            },
            supabase: Supabase::from_config(config, &client, policy),
            has_accounts: config.has_accounts(),
            access_tokens: AccessTokens::new(idle, sealer.clone()),
            sealer,
            sends_mail: config.smtp_url.is_some(),
            mails_links: config.smtp_url.is_some() && config.public_url.is_some(),
            account_domains: config.sign_in.account_domains.clone(),
            providers: providers(config, policy)?,
            second_factor_role: config.sign_in.second_factor_role.as_deref().and_then(Role::from_name),
            passwords: Passwords::default(),
            limits: Limits::new(config.rate_limit_per_minute, config.sign_in_limit_per_minute),
            admission: Admission::default(),
            sessions: Recent::new(RECHECK_AFTER),
            cookies: Recent::new(RECHECK_AFTER),
            bearers: Recent::new(RECHECK_AFTER),
            standings: Recent::new(RECHECK_AFTER),
        })
    }

    /// The identity provider of this name.
    #[must_use]
    pub fn provider(&self, key: &str) -> Option<&Provider> {
        self.providers.iter().find(|provider| provider.settings.key == key)
    }

    /// Whether built-in accounts are in use.
    #[must_use]
    pub fn has_accounts(&self) -> bool {
        self.has_accounts
    }

    /// Who the token belongs to, with everything proved that is asked of them.
    ///
    /// # Errors
    /// When it proves nothing or not enough, or cannot be checked now.
    pub async fn verify(&self, db: &PgPool, credential: &Credential) -> Result<Proof, Refusal> {
        match self.verify_first_factor(db, credential).await? {
            (proof, None) => Ok(proof),
            (_, Some(missing)) => Err(Refusal::SecondFactor(missing)),
        }
    }

    /// Who the token belongs to, and what they lack of a second factor: for proving one, and for what may be done before.
    ///
    /// # Errors
    /// When it proves nothing, or cannot be checked now.
    pub async fn verify_first_factor(
        &self,
        db: &PgPool,
        credential: &Credential,
    ) -> Result<(Proof, Option<Missing>), Refusal> {
        let (token, audiences) = match credential {
            Credential::Cookie(secret) => return self.verify_cookie(db, secret).await,
            Credential::Bearer(token) => (token, &[access_token::EVERYTHING][..]),
            Credential::ScraperBearer(token) => (token, &[access_token::EVERYTHING, access_token::SCRAPER][..]),
        };
        if token.len() > MAX_TOKEN_BYTES {
            return Err(Refusal::Nobody);
        }
        if token.starts_with(API_TOKEN_PREFIX) {
            // Made in a session that had proved everything.
            return Ok((self.verify_api_token(db, token).await?, None));
        }
        // `none` is no algorithm that can be read here.
        let header = jsonwebtoken::decode_header(token).map_err(|_| Refusal::Nobody)?;
        if self.has_accounts
            && header.alg == Algorithm::HS256
            && let Some((user, session)) = self.access_tokens.verify(db, token, &header, audiences).await?
        {
            return self.verify_session(db, user, session).await;
        }
        let project = self.supabase.as_ref().ok_or(Refusal::Nobody)?;
        let claims = project.verify(token, &header).await?;
        let (role, user) = (project.admit(&claims)?, claims.sub);
        if !self.account_domains.admit(claims.email.as_deref().unwrap_or_default()) {
            return Err(Refusal::NotAdmitted(
                "addresses of this domain are not let in here; an administrator adds the domain to LODE_ACCOUNT_DOMAINS",
            ));
        }
        if self.is_kept_out(db, user, claims.email.as_deref(), role).await? {
            return Err(Refusal::Nobody);
        }
        let missing = (!claims.has_second_factor() && self.needs_second_factor(role)).then_some(Missing::Prove);
        let proof = Proof { user, role, email: claims.email, kind: Kind::Supabase, scopes: None, session: None };
        Ok((proof, missing))
    }

    /// Whether people of this role need a second factor.
    #[must_use]
    pub fn needs_second_factor(&self, role: Role) -> bool {
        self.second_factor_role.is_some_and(|least| role >= least)
    }

    /// What a session lacks of a second factor.
    #[must_use]
    pub fn missing(&self, session: &Session) -> Option<Missing> {
        match (session.second_factor_at, session.has_second_factor) {
            (Some(_), true) => None,
            (None, true) => Some(Missing::Prove),
            // One that was taken away after it was proved proves nothing any more.
            (_, false) => self.needs_second_factor(session.role).then_some(Missing::Enrol),
        }
    }

    /// Makes that what was taken back counts at once in this process; in others within five seconds.
    pub fn recheck_everybody(&self) {
        self.sessions.clear();
        self.cookies.clear();
        self.bearers.clear();
        self.standings.clear();
    }

    async fn verify_cookie(&self, db: &PgPool, secret: &str) -> Result<(Proof, Option<Missing>), Refusal> {
        if !self.has_accounts || secret.len() > MAX_TOKEN_BYTES {
            return Err(Refusal::Nobody);
        }
        let hash = secret::digest(secret);
        let (session, user) = match self.cookies.get(&hash) {
            Some(known) => known,
            None => {
                let read = async { store::sessions::find_by_cookie(&mut *db.acquire().await?, &hash).await };
                let found = read.await.map_err(Refusal::database)?.ok_or(Refusal::Nobody)?;
                self.cookies.put(hash, found);
                found
            }
        };
        self.verify_session(db, user, session).await
    }

    async fn verify_session(
        &self,
        db: &PgPool,
        user: Uuid,
        session: Uuid,
    ) -> Result<(Proof, Option<Missing>), Refusal> {
        let session = match self.sessions.get(&session) {
            Some(session) => session,
            None => {
                let read = async {
                    let mut conn = db.acquire().await?;
                    let found = store::sessions::find_alive(&mut conn, session, self.session_limits).await?;
                    if found.is_some() {
                        store::sessions::note_used(&mut conn, session).await?;
                        store::users::note_seen(&mut conn, user).await?;
                    }
                    Ok(found)
                };
                let found = read.await.map_err(Refusal::database)?.ok_or(Refusal::Nobody)?;
                self.sessions.put(session, found.clone());
                found
            }
        };
        if session.user != user {
            return Err(Refusal::Nobody);
        }
        let missing = self.missing(&session);
        let proof = Proof {
            user,
            role: session.role,
            email: Some(session.email),
            kind: Kind::Builtin,
            scopes: None,
            session: Some(session.id),
        };
        Ok((proof, missing))
    }

    async fn verify_api_token(&self, db: &PgPool, token: &str) -> Result<Proof, Refusal> {
        let hash = secret::digest(token);
        let bearer = match self.bearers.get(&hash) {
            Some(bearer) => bearer,
            None => {
                let read = async { store::api_tokens::find_bearer(&mut *db.acquire().await?, &hash).await };
                let found = read.await.map_err(Refusal::database)?.ok_or(Refusal::Nobody)?;
                self.bearers.put(hash, found.clone());
                found
            }
        };
        Ok(Proof {
            user: bearer.user,
            role: bearer.role,
            email: Some(bearer.email),
            kind: Kind::ApiToken,
            scopes: Some(bearer.scopes),
            session: None,
        })
    }

    /// Gives the person of a Supabase token their row, so that everything else can name them.
    async fn is_kept_out(&self, db: &PgPool, user: Uuid, email: Option<&str>, role: Role) -> Result<bool, Refusal> {
        if let Some(is_kept_out) = self.standings.get(&user) {
            return Ok(is_kept_out);
        }
        let read = async {
            let mut conn = db.acquire().await?;
            store::users::ensure(&mut conn, user, email, role).await?;
            store::users::note_seen(&mut conn, user).await?;
            let found = store::users::find(&mut conn, user).await?;
            Ok(found.is_none_or(|user| user.disabled_at.is_some()))
        };
        let is_kept_out = read.await.map_err(Refusal::database)?;
        self.standings.put(user, is_kept_out);
        Ok(is_kept_out)
    }
}

/// The identity providers of the settings, where accounts are kept here. Without a public address nobody could come back from one, which
/// the settings refuse.
fn providers(config: &Config, policy: Policy) -> reqwest::Result<Vec<Provider>> {
    let public_url = config.public_url.as_deref().filter(|_| config.has_accounts());
    let Some(public_url) = public_url else { return Ok(Vec::new()) };
    config.sign_in.providers.iter().map(|settings| Provider::new(settings.clone(), public_url, policy)).collect()
}
